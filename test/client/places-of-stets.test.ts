import { beforeEach, expect, test, vi } from "vitest";
import type { BaseLanguageClient } from "vscode-languageclient";
import { chooseStet } from "../../client/src/choose-stet.ts";
import { RestoreAll } from "../../client/src/restore-all.ts";
import type { UndoMessages } from "../../client/src/undo-message.ts";

/* Commands of a view's row, which may be of another draft than the one that is looked at. */

const SEEN = { uri: "file:///seen.md", version: 7 };
const ROW = { uri: "file:///row.md", range: {} };
const DRAFT = { uri: ROW.uri, version: 1 };

const shown = vi.hoisted((): string[] => []);

vi.mock("vscode", async (original) => ({
  ...(await original<object>()),
  TabInputTextDiff: Object,
  Uri: { parse: String },
  Disposable: { from: () => undefined },
  commands: {
    registerCommand: () => undefined,
    executeCommand: (_: string, _before: unknown, after: { toString(): string }) =>
      shown.push(after.toString()),
  },
  ProgressLocation: { Notification: 15 },
  QuickPickItemKind: { Separator: -1 },
  window: {
    activeTextEditor: { document: { uri: "file:///seen.md", version: 7 }, selection: {} },
    tabGroups: { all: [], close: () => undefined },
    showQuickPick: (items: readonly { choice?: unknown }[]) =>
      Promise.resolve(items.find(({ choice }) => choice !== undefined)),
    showInformationMessage: (message: string, ...choices: string[]) => {
      if (choices.length === 0) throw new Error(`It says: ${message}`);
    },
    withProgress: (_: unknown, task: (...of: unknown[]) => unknown) =>
      task({}, { isCancellationRequested: true }),
  },
  workspace: {
    openTextDocument: (uri: string) => Promise.resolve({ uri, version: 1 }),
    onDidCloseTextDocument: () => undefined,
    registerTextDocumentContentProvider: () => undefined,
  },
}));

const asked: unknown[] = [];
let answer: () => Promise<unknown>;
const client = {
  sendRequest: (_: string, params: unknown) => {
    asked.push(params);
    return answer();
  },
  code2ProtocolConverter: { asUri: String, asRange: (range: unknown) => range },
  protocol2CodeConverter: { asUri: String, asWorkspaceEdit: (edit: unknown) => edit },
} as unknown as BaseLanguageClient;

const applied: unknown[][] = [];
const messages = {
  applyCurrent: (...given: unknown[]) => {
    applied.push(given.slice(2));
    return Promise.resolve(true);
  },
} as unknown as UndoMessages;

beforeEach(() => {
  asked.length = 0;
  applied.length = 0;
  const choice = { label: "This place", detail: "", about: "Lost words, line 1", edit: {} };
  answer = () => Promise.resolve({ version: 1, choices: [choice] });
});

test("a row's stet is written into its draft, and what is looked at is another file", async () => {
  await chooseStet(client, messages, ROW);
  expect(asked).toEqual([ROW]);
  expect(applied).toEqual([[DRAFT, 1, SEEN.uri]]);
});

test("without a place it is the draft that is looked at", async () => {
  await chooseStet(client, messages, undefined);
  expect(asked).toEqual([{ uri: SEEN.uri, range: {} }]);
  expect(applied).toEqual([[SEEN, 1, SEEN.uri]]);
});

test("who calls restoring off is told nothing", async () => {
  answer = () => Promise.reject(new Error("Request galley/restoreAll was cancelled"));
  await new RestoreAll().show(client, messages, SEEN as never);
  expect(asked).toHaveLength(1);
  expect(applied).toEqual([]);
});

test("each preview of what would be restored has an address of its own", async () => {
  answer = () => Promise.resolve({ version: 7, count: 1, edit: { get: () => [] } });
  const uri = { path: "/seen.md", toString: () => SEEN.uri, with: (of: object) => newUri(of) };
  const newUri = (of: object): object => ({ ...of, toString: () => JSON.stringify(of) });
  const document = { ...SEEN, uri, getText: () => "" };
  const restoring = new RestoreAll();
  for (let run = 0; run < 2; run++) await restoring.show(client, messages, document as never);
  expect(new Set(shown).size).toBe(2);
  expect(applied).toEqual([]);
});
