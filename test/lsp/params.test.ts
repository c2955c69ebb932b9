import fc from "fast-check";
import { expect, onTestFinished, test } from "vitest";
import { type CodeAction, ErrorCodes } from "vscode-languageserver/node";
import { toClient } from "../../server/src/lsp/client.ts";
import { areValidParams } from "../../server/src/lsp/message-gate.ts";
import { openDraft } from "../support/for-one-test.ts";
import { codeOf, LIKE_VSCODE, startedServer } from "../support/lsp.ts";
import { runs } from "../support/property.ts";
import { spoiled } from "../support/spoiled.ts";

/* Whatever a client sends: it is told that its parameters are wrong, and the session continues. */

const TEXT = "The stalls open at the the market square at nine.\n";
const URI = "untitled:draft";
const RANGE = { start: { line: 0, character: 19 }, end: { line: 0, character: 26 } };

type Params = Readonly<Record<string, unknown>>;

/** The smallest valid parameters of each request. */
const REQUESTS: Readonly<Record<string, Params>> = {
  "textDocument/diagnostic": { textDocument: { uri: URI } },
  "textDocument/codeLens": { textDocument: { uri: URI } },
  "textDocument/codeAction": {
    textDocument: { uri: URI },
    range: RANGE,
    context: { diagnostics: [] },
  },
  "textDocument/hover": { textDocument: { uri: URI }, position: RANGE.start },
  "codeAction/resolve": { title: "An action" },
  "workspace/executeCommand": { command: "galley.goTo", arguments: [{ uri: URI, range: RANGE }] },
  "galley/draftState": { uri: URI },
  "galley/findings": { uris: [URI], hints: true },
  "galley/left": { uri: URI },
  "galley/includeKind": { uri: URI },
  "galley/kindEdit": { uri: URI, kind: "Lost words", way: "fix" },
  "galley/restoreAll": { uri: URI },
  "galley/removeStet": { uri: URI, range: RANGE, type: "phrase", text: "the the" },
  "galley/stetChoices": { uri: URI, range: RANGE },
};

const NOTIFICATIONS: Readonly<Record<string, Params>> = {
  "textDocument/didOpen": {
    textDocument: { uri: "untitled:other", languageId: "markdown", version: 1, text: TEXT },
  },
  "textDocument/didChange": {
    textDocument: { uri: URI, version: 2 },
    contentChanges: [{ range: RANGE, text: "the" }],
  },
  "textDocument/didSave": { textDocument: { uri: URI } },
  "textDocument/didClose": { textDocument: { uri: URI } },
  "workspace/didChangeWatchedFiles": { changes: [{ uri: "file:///a.md", type: 1 }] },
  "workspace/didChangeWorkspaceFolders": { event: { added: [], removed: [] } },
};

/** Not sent on the wire: one is held open, the other is sent once. */
const OTHERS: Readonly<Record<string, Params>> = {
  "workspace/diagnostic": { previousResultIds: [{ uri: URI, value: "clean" }] },
  initialize: { capabilities: {}, workspaceFolders: [{ uri: "file:///a", name: "a" }] },
};

const ALL: Readonly<Record<string, Params>> = { ...REQUESTS, ...NOTIFICATIONS, ...OTHERS };

/** Values that replace another. */
const WRONG = [
  ...[null, undefined, 7, -1, 0.5, true, "", "x", [], {}, [null], [{}], { uri: 7 }],
  { type: "fix" },
];

test("parameters of the protocol are valid, and so is an array with them", () => {
  for (const [method, params] of Object.entries(ALL)) {
    expect([method, areValidParams(method, params)]).toEqual([method, true]);
    expect([method, areValidParams(method, [params])]).toEqual([method, true]);
  }
});

test("whatever is passed in, the check only answers, and only an object can be valid", () => {
  fc.assert(
    fc.property(fc.constantFrom(...Object.keys(ALL)), fc.anything(), (method, params) => {
      const isValid = areValidParams(method, params);
      const inner: unknown = Array.isArray(params) && params.length === 1 ? params[0] : params;
      if (typeof inner !== "object" || inner === null) expect(isValid).toBe(false);
    }),
    runs(500),
  );
});

test("the client's capabilities and options may be anything", () => {
  const said = {
    capabilities: LIKE_VSCODE,
    initializationOptions: { settings: {}, commands: ["galley.compare"], docsBase: "file:///a" },
    workspaceFolders: [{ uri: "file:///a", name: "a" }],
  };
  let count = 0;
  for (const params of spoiled(said, WRONG)) {
    if (!areValidParams("initialize", params)) continue;
    expect(toClient(params as typeof said).folders.length).toBeLessThan(2);
    count++;
  }
  expect(count).toBeGreaterThan(300);
});

test("positions are non-negative integers", () => {
  const at = (line: unknown): Params => ({
    textDocument: { uri: URI },
    range: { start: { line: 0, character: 0 }, end: { line, character: 0 } },
    context: { diagnostics: [] },
  });
  const valid = [0, 1, 70, 1e9].map((line) => areValidParams("textDocument/codeAction", at(line)));
  expect(valid).toEqual([true, true, true, true]);
  for (const line of [-1, 0.5, NaN, Infinity, "0", null, undefined]) {
    expect([line, areValidParams("textDocument/codeAction", at(line))]).toEqual([line, false]);
  }
});

test("a request with wrong or missing parameters is answered with InvalidParams, never with an internal error", async () => {
  const { client } = await openDraft(TEXT, {}, URI);
  for (const [method, params] of Object.entries(REQUESTS)) {
    for (const wrong of spoiled(params, WRONG)) {
      const code = await codeOf(client.connection, method, wrong);
      expect([undefined, ErrorCodes.InvalidParams], method).toContain(code);
    }
    expect([method, await client.diagnostics(URI)]).toMatchObject([method, [{}]]);
  }
  for (const method of [...Object.keys(REQUESTS), "workspace/diagnostic"]) {
    for (const wrong of [undefined, null, 7, "x", [], [null]]) {
      const code = await codeOf(client.connection, method, wrong);
      expect([method, wrong, code]).toEqual([method, wrong, ErrorCodes.InvalidParams]);
    }
  }
});

test("notifications with wrong parameters are dropped, and the session continues", async () => {
  const { client } = await openDraft(TEXT, {}, URI);
  let dropped = 0;
  const logged: unknown[] = [];
  client.connection.onNotification("window/logMessage", (params) => void logged.push(params));
  for (const [method, params] of Object.entries(NOTIFICATIONS)) {
    for (const wrong of spoiled(params, WRONG)) {
      if (areValidParams(method, wrong)) continue;
      await client.notify(method, wrong as object);
      dropped++;
    }
  }
  expect(await client.diagnostics(URI)).toHaveLength(1);
  expect(logged).toHaveLength(dropped);
  await client.settled();
});

test("“initialize” can be tried again after wrong parameters", async () => {
  const { connection, end } = startedServer();
  onTestFinished(end);
  connection.listen();
  const initialize = (params: unknown): Promise<unknown> =>
    connection.sendRequest("initialize", params);
  for (const wrong of [null, undefined, [], {}, { capabilities: null }]) {
    await expect(initialize(wrong)).rejects.toMatchObject({ code: ErrorCodes.InvalidParams });
  }
  expect(await initialize({ capabilities: {} })).toHaveProperty("capabilities");
});

test("a command with invalid arguments is answered with InvalidParams", async () => {
  const { client } = await openDraft(TEXT);
  const wrong = [undefined, [], [null], [{}], [{ uri: 7, range: RANGE }], ["x"]];
  const commands = {
    "galley.goTo": [...wrong, [{ uri: URI }]],
    "galley.deleteCopy": [...wrong, [{ uri: URI }]],
  };
  expect(client.server?.capabilities.executeCommandProvider?.commands.toSorted()).toEqual(
    Object.keys(commands).sort(),
  );
  expect(await client.request("workspace/executeCommand", { command: "other" })).toBeNull();
  for (const [command, all] of Object.entries(commands)) {
    for (const args of all) {
      const params = { command, ...(args && { arguments: args }) };
      expect([args, await codeOf(client.connection, "workspace/executeCommand", params)]).toEqual([
        args,
        ErrorCodes.InvalidParams,
      ]);
    }
  }
});

test("actions of a kind that is null are those of any kind", async () => {
  const { client } = await openDraft(TEXT, {}, URI);
  const context = { diagnostics: [], only: null };
  const params = { textDocument: { uri: URI }, range: RANGE, context };
  const ofAny = await client.request<CodeAction[]>("textDocument/codeAction", params);
  const titles = ofAny.map(({ title }) => title);
  expect(titles).toEqual(await client.titles(URI, RANGE));
  expect(titles).not.toEqual([]);
});

test("an action with damaged data is returned unchanged or refused, and does no harm", async () => {
  const { client } = await openDraft(TEXT, {}, URI);
  const [offered] = await client.actions(URI, RANGE);
  const data = offered?.data as unknown;
  expect(await client.resolve({ title: "An action", data })).toHaveProperty("edit");
  for (const wrong of spoiled(data, WRONG)) {
    const answer: unknown = await client
      .resolve({ title: "An action", data: wrong })
      .catch((error: unknown) => error);
    // −32801: ContentModified, for an offer that doesn't exist.
    const isFine = (answer as { code?: unknown }).code === -32801 || "title" in Object(answer);
    expect([wrong, isFine]).toEqual([wrong, true]);
    expect(answer).not.toHaveProperty("edit");
  }
  expect(await client.diagnostics(URI)).toHaveLength(1);
});

test("an action holds until its draft is edited or closed", async () => {
  const { client } = await openDraft(TEXT, {}, URI);
  const [edited] = await client.actions(URI, RANGE);
  await client.change(URI, { text: `It rained.\n\n${TEXT}` });
  await expect(client.resolve(edited as CodeAction)).rejects.toMatchObject({ code: -32801 });
  await client.change(URI, { text: TEXT });
  const [closed] = await client.actions(URI, RANGE);
  await client.close(URI);
  await client.open(URI, TEXT);
  await expect(client.resolve(closed as CodeAction)).rejects.toMatchObject({ code: -32801 });
});
