import type { Connection, InitializeParams } from "vscode-languageserver";
import { TextDocumentSaveReason } from "vscode-languageserver";
import { describe, expect, test } from "vitest";
import { handleCodeActions } from "../../server/src/lsp/handlers/code-actions.ts";
import { handleCodeLens } from "../../server/src/lsp/handlers/code-lens.ts";
import { handleCommands } from "../../server/src/lsp/handlers/commands.ts";
import { handleConfiguration } from "../../server/src/lsp/handlers/configuration.ts";
import { handleDiagnostics } from "../../server/src/lsp/handlers/diagnostics.ts";
import { handleDocuments } from "../../server/src/lsp/handlers/documents.ts";
import { handleFiles } from "../../server/src/lsp/handlers/files.ts";
import { handleFolders } from "../../server/src/lsp/handlers/folders.ts";
import { handleHover } from "../../server/src/lsp/handlers/hover.ts";
import { handleLifecycle } from "../../server/src/lsp/handlers/lifecycle.ts";
import { handleRequests } from "../../server/src/lsp/handlers/requests.ts";
import type { Services } from "../../server/src/lsp/services.ts";
import {
  CARET,
  DELETE_COPY,
  DRAFT_STATE,
  GO_TO,
  INCLUDE_KIND,
  MARK_LOSSES,
  RULE_NAMES,
  STET_CHOICES,
} from "../../server/src/protocol.ts";
import { RULES } from "../../server/src/rules/index.ts";
import { newServices } from "../support/services.ts";

const WRONG = "The the council met on Monday.\n";
const TOKEN = { isCancellationRequested: false, onCancellationRequested: () => undefined };
const CANCELLED = { ...TOKEN, isCancellationRequested: true };

/** Services with handlers, and the messages that these answer. Events change the state, and nothing else is done. */
function handled(
  handle: (services: Services) => void,
  texts: Readonly<Record<string, string>> = {},
) {
  const services = newServices(texts);
  const handlers = new Map<string, (...args: unknown[]) => unknown>();
  const note =
    (name: string) =>
    (first: unknown, second?: unknown): void => {
      const [key, handler] = typeof first === "string" ? [first, second] : [name, first];
      handlers.set(key, handler as (...args: unknown[]) => unknown);
    };
  const registering = (target: object, prefix = ""): object =>
    new Proxy(target, {
      get: (from, name) =>
        typeof name === "string" && name.startsWith("on")
          ? note(prefix + name)
          : (Reflect.get(from, name) as unknown),
    });
  const { connection } = services;
  const edits: unknown[] = [];
  const parts = {
    ...connection,
    workspace: registering({ applyEdit: (edit: unknown) => (edits.push(edit), { applied: true }) }),
    languages: {
      diagnostics: { on: note("diagnostics"), onWorkspace: note("workspaceDiagnostics") },
    },
  };
  handle({ ...services, connection: registering(parts) as Connection });
  const call = async <T>(name: string, params?: unknown, token: unknown = TOKEN): Promise<T> => {
    const handler = handlers.get(name);
    if (handler === undefined) throw new Error(`Nobody handles ${name}.`);
    return (await handler(params, token)) as T;
  };
  return {
    services,
    call,
    edits,
    uri: services.folder.uriOf("a.md"),
    path: services.pathTo("a.md"),
  };
}

/** The same with a draft open. */
function opened(handle: (services: Services) => void, text = WRONG) {
  const all = handled(handle);
  all.services.open("a.md", text);
  return { ...all, textDocument: { uri: all.uri } };
}

test("the lifecycle: what the server can do depends on what the client can", async () => {
  const { call, services } = handled(handleLifecycle);
  const initialize = (capabilities: InitializeParams["capabilities"]) =>
    call<{ capabilities: object }>("onInitialize", { capabilities, workspaceFolders: null });
  expect((await initialize({})).capabilities).toMatchObject({
    diagnosticProvider: { interFileDependencies: true, workspaceDiagnostics: true },
    codeActionProvider: { resolveProvider: false },
  });
  const codeAction = { resolveSupport: { properties: ["edit"] }, dataSupport: true };
  const able = await initialize({ textDocument: { codeAction, codeLens: {} } });
  expect(able.capabilities).toHaveProperty("codeLensProvider");
  await call("onInitialized");
  expect(services.store.state.phase).toBe("starting");
  await call("onShutdown");
  expect(services.store.state.phase).toBe("stopped");
});

test("documents: what is opened, edited, saved and closed is so in the state", async () => {
  const { call, services, uri, path } = handled(handleDocuments);
  const text = (): string | undefined => services.store.state.workspace.open.get(path)?.text;
  const textDocument = { uri, languageId: "markdown", version: 1, text: "a" };
  await call("onDidOpenTextDocument", { textDocument });
  expect(text()).toBe("a");
  const contentChanges = [{ text: "b" }];
  await call("onDidChangeTextDocument", { textDocument: { uri, version: 2 }, contentChanges });
  expect(text()).toBe("b");
  await call(CARET, { uri, version: 2, position: null });
  for (const reason of [TextDocumentSaveReason.AfterDelay, TextDocumentSaveReason.Manual]) {
    await call("onWillSaveTextDocument", { textDocument: { uri }, reason });
  }
  await call("onDidSaveTextDocument", { textDocument: { uri } });
  expect(text()).toBe("b");
  await call("onDidCloseTextDocument", { textDocument: { uri } });
  expect(text()).toBeUndefined();
});

test("files, folders and settings: what changed is in the state", async () => {
  const files = handled(handleFiles);
  await files.call("onDidChangeWatchedFiles", { changes: [{ uri: files.uri, type: 1 }] });
  expect(files.services.store.state.changedFiles?.paths).toEqual([files.path]);

  const folders = handled(handleFolders);
  await folders.services.store.until(() => true);
  await Promise.resolve();
  const change = { added: [{ uri: "file:///more", name: "" }], removed: [] };
  await folders.call("onDidChangeWorkspaceFolders", change);
  expect(folders.services.store.state.workspace.folders).toContain("file:///more");

  const settings = handled(handleConfiguration);
  await settings.call("onDidChangeConfiguration", { settings: { x: 1 } });
  expect(settings.services.effects.map(({ type }) => type)).toContain("load-settings");
});

describe("diagnostics", () => {
  test("of a document: in full, and unchanged for who has them", async () => {
    const { call, textDocument } = opened(handleDiagnostics);
    const full = await call<{ resultId: string; items: unknown[] }>("diagnostics", {
      textDocument,
    });
    expect(full).toMatchObject({ kind: "full", items: [{ code: "repeated-word" }] });
    const again = { textDocument, previousResultId: full.resultId };
    expect(await call("diagnostics", again)).toEqual({
      kind: "unchanged",
      resultId: full.resultId,
    });
    await expect(call("diagnostics", again, CANCELLED)).rejects.toThrow();
  });

  test("of what is no draft: none", async () => {
    const { call } = handled(handleDiagnostics);
    const nothing = { textDocument: { uri: "file:///none.md" } };
    expect(await call("diagnostics", nothing)).toMatchObject({ kind: "full", items: [] });
  });

  test("of the workspace: a request that is cancelled is answered", async () => {
    const { call } = opened(handleDiagnostics);
    const token = {
      ...TOKEN,
      onCancellationRequested: (cancel: () => void) => {
        cancel();
      },
    };
    expect(await call("workspaceDiagnostics", { previousResultIds: [] }, token)).toEqual({
      items: [],
    });
  });
});

test("a hover: at a finding what its message has no room for, elsewhere nothing", async () => {
  const { call, textDocument } = opened(handleHover);
  const at = (character: number) =>
    call("onHover", { textDocument, position: { line: 0, character } });
  expect(await at(5)).toMatchObject({ range: { start: { line: 0, character: 0 } } });
  expect(await at(20)).toBeNull();
  const none = { textDocument: { uri: "file:///none.md" }, position: { line: 0, character: 0 } };
  expect(await call("onHover", none)).toBeNull();
  await expect(call("onHover", { ...none, textDocument }, CANCELLED)).rejects.toThrow();
});

test("code lenses: those of passages, and none of what is no draft", async () => {
  const passage =
    "The mayor opened the old bridge over the river on Monday morning, and many came.";
  const text = `${passage}\n\nBetween.\n\n${passage}\n`;
  const { call, textDocument } = opened(handleCodeLens, text);
  expect(await call<unknown[]>("onCodeLens", { textDocument })).not.toEqual([]);
  expect(await call("onCodeLens", { textDocument: { uri: "file:///none.md" } })).toEqual([]);
  await expect(call("onCodeLens", { textDocument }, CANCELLED)).rejects.toThrow();
});

describe("code actions", () => {
  const range = { start: { line: 0, character: 0 }, end: { line: 0, character: 7 } };

  test("are offered at a finding, and resolved for the version that they were for", async () => {
    const { call, textDocument, services, path } = opened(handleCodeActions);
    const params = { textDocument, range, context: { diagnostics: [] } };
    const actions = await call<{ title: string; data?: unknown }[]>("onCodeAction", params);
    const action = actions.find(({ title }) => title.startsWith("Delete"));
    expect(await call("onCodeActionResolve", action)).toHaveProperty("edit");
    const changes = [{ text: `${WRONG}x` }];
    services.store.dispatch({ type: "edited", path, version: 2, changes, at: 0, shown: [] });
    await expect(call("onCodeActionResolve", action)).rejects.toThrow();
    const foreign = { title: "x", data: { x: 1 } };
    expect(await call("onCodeActionResolve", foreign)).toBe(foreign);
  });

  test("are none where there is no draft", async () => {
    const { call } = handled(handleCodeActions);
    const params = {
      textDocument: { uri: "file:///none.md" },
      range,
      context: { diagnostics: [] },
    };
    expect(await call("onCodeAction", params)).toBeNull();
  });
});

describe("commands", () => {
  const run = (command: string, ...args: unknown[]) => ({ command, arguments: args });
  const range = { start: { line: 0, character: 0 }, end: { line: 0, character: 7 } };

  test("with arguments that are none are refused, and those of others are not the server's", async () => {
    const { call } = opened(handleCommands);
    for (const command of [GO_TO, DELETE_COPY, MARK_LOSSES]) {
      await expect(call("onExecuteCommand", run(command, 3))).rejects.toThrow();
      await expect(call("onExecuteCommand", { command })).rejects.toThrow();
    }
    expect(await call("onExecuteCommand", run("other"))).toBeUndefined();
  });

  test("show a place, and delete a copy that is there alone", async () => {
    const { call, services, uri, edits } = opened(handleCommands);
    await call("onExecuteCommand", run(GO_TO, { uri, range }));
    expect(services.sent.at(-1)?.[1]).toMatchObject({ uri, selection: range });
    await expect(call("onExecuteCommand", run(DELETE_COPY, { uri, range }))).rejects.toThrow();
    expect(edits).toEqual([]);
  });

  test("mark the losses, and say how many there were", async () => {
    const hole = opened(handleCommands, "The mayor went to the bank, or the .\n");
    expect(await hole.call("onExecuteCommand", run(MARK_LOSSES, { uri: hole.uri }))).toBe(1);
    expect(hole.edits).toHaveLength(1);
    const none = opened(handleCommands);
    expect(await none.call("onExecuteCommand", run(MARK_LOSSES, { uri: none.uri }))).toBe(0);
    expect(none.edits).toEqual([]);
  });
});

test("the requests of Galley's own protocol", async () => {
  const { call, uri, services } = opened(handleRequests);
  expect(await call(DRAFT_STATE, { uri })).toMatchObject({ state: "on", counts: { warning: 1 } });
  const range = { start: { line: 0, character: 0 }, end: { line: 0, character: 7 } };
  expect(await call(STET_CHOICES, { uri, range })).toMatchObject({ version: 1 });
  expect(await call(STET_CHOICES, { uri: "file:///none.md", range })).toBeNull();
  expect(await call<unknown[]>(RULE_NAMES)).toHaveLength(RULES.length);
  expect(await call(INCLUDE_KIND, { uri })).toBeNull();
  services.open("b.html", WRONG, "html");
  expect(
    JSON.stringify(await call(INCLUDE_KIND, { uri: services.folder.uriOf("b.html") })),
  ).toContain("**/*.{html");
});
