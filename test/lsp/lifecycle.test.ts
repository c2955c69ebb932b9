import { describe, expect, onTestFinished, test } from "vitest";
import type { MessageConnection } from "vscode-languageserver/node";
import { codeOf, type Place, PLACES, startedServer } from "../support/lsp.ts";

/* What comes before `initialize`, twice, or after `shutdown`. */

const PARAMS = { processId: null, rootUri: null, capabilities: {} };
const REQUESTS = ["textDocument/hover", "galley/rules", "galley/refused", "no/such", "shutdown"];
const WRONG = "The stalls open at the the market square at nine.\n";

function listening(place: Place): MessageConnection {
  const { connection, end } = startedServer(place);
  onTestFinished(end);
  connection.listen();
  return connection;
}

describe.each(PLACES)("%s", (place) => {
  test.each(REQUESTS)("%s is refused before “initialize”", async (method) => {
    const connection = listening(place);
    expect(await codeOf(connection, method)).toBe(-32002);
    expect(await codeOf(connection, "initialize", PARAMS)).toBeUndefined();
    expect(await codeOf(connection, "galley/rules")).toBeUndefined();
  });

  test.each([...REQUESTS, "initialize"])("%s is refused after “shutdown”", async (method) => {
    const connection = listening(place);
    await connection.sendRequest("initialize", PARAMS);
    await connection.sendNotification("initialized", {});
    await connection.sendRequest("shutdown");
    expect(await codeOf(connection, method, PARAMS)).toBe(-32600);
  });

  test("a second “initialize” is refused, and the session goes on", async () => {
    const connection = listening(place);
    await connection.sendRequest("initialize", PARAMS);
    expect(await codeOf(connection, "initialize", PARAMS)).toBe(-32600);
    expect(await codeOf(connection, "galley/rules")).toBeUndefined();
    for (const method of ["no/such", "galley/refused"]) {
      expect(await codeOf(connection, method, {})).toBe(-32601);
    }
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
    // Whatever a notification set off would be heard before an answer that was asked for later.
    for (let asked = 0; asked < 5; asked++) await codeOf(connection, "galley/rules");
    expect(published).toEqual(["untitled:in-time"]);
  });
});
