import { describe, expect, onTestFinished, test } from "vitest";
import type { MessageConnection } from "vscode-languageserver/node";
import { codeOf, type Place, PLACES, startedServer, WRONG } from "../support/lsp.ts";

/* Messages before `initialize`, a second `initialize`, and messages after `shutdown`. */

const PARAMS = { processId: null, rootUri: null, capabilities: {} };
const REQUESTS = ["textDocument/hover", "galley/rules", "galley/refused", "no/such", "shutdown"];

function listening(place: Place): MessageConnection {
  const { connection, end } = startedServer(place);
  onTestFinished(end);
  connection.listen();
  return connection;
}

describe.each(PLACES)("%s", (place) => {
  test("requests before “initialize”, a second one, and all after “shutdown” are refused", async () => {
    const connection = listening(place);
    const refused = async (methods: readonly string[], wanted: number): Promise<void> => {
      for (const method of methods) {
        expect([method, await codeOf(connection, method, PARAMS)]).toEqual([method, wanted]);
      }
    };
    await refused(REQUESTS, -32002);
    expect(await codeOf(connection, "initialize", PARAMS)).toBeUndefined();
    expect(await codeOf(connection, "galley/rules")).toBeUndefined();
    await refused(["initialize"], -32600);
    expect(await codeOf(connection, "galley/rules")).toBeUndefined();
    await refused(["no/such", "galley/refused"], -32601);
    await connection.sendNotification("initialized", {});
    await connection.sendRequest("shutdown");
    await refused([...REQUESTS, "initialize"], -32600);
  });

  test("notifications before “initialize” and after “shutdown” are dropped", async () => {
    const connection = listening(place);
    const published: string[] = [];
    connection.onNotification("textDocument/publishDiagnostics", ({ uri }: { uri: string }) => {
      published.push(uri);
    });
    const open = (uri: string): Promise<void> =>
      connection.sendNotification("textDocument/didOpen", {
        textDocument: { uri, languageId: "markdown", version: 1, text: WRONG },
      });
    await open("untitled:early");
    await connection.sendNotification("initialized", {});
    await connection.sendRequest("initialize", PARAMS);
    await connection.sendNotification("initialized", {});
    await open("untitled:in-time");
    await connection.sendRequest("galley/settled");
    expect(published).toEqual(["untitled:in-time"]);
    await connection.sendRequest("shutdown");
    await open("untitled:late");
    // Anything that a notification caused would arrive before the answer to a later request.
    for (let asked = 0; asked < 5; asked++) await codeOf(connection, "galley/rules");
    expect(published).toEqual(["untitled:in-time"]);
  });
});
