import { expect, test } from "vitest";
import type { TextDocument } from "vscode";
import type { BaseLanguageClient } from "vscode-languageclient";
import { chooseStet } from "../../client/src/choose-stet.ts";
import type { UndoMessages } from "../../client/src/undo-message.ts";
import { newDesk } from "../support/vscode.ts";

/* Commands of a view's row, which may be about another draft than the active one. */

const SEEN = "file:///seen.md";
const ROW = { uri: "file:///row.md", range: {} };

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

/** Two open drafts, one of them active. */
function openBoth(): { seen: TextDocument; row: TextDocument } {
  asked.length = applied.length = 0;
  const desk = newDesk();
  const row = desk.write(ROW.uri, "");
  const seen = desk.write(SEEN, "");
  desk.activeEditor = { document: seen, selection: {} };
  const choice = { label: "This place", detail: "", about: "Lost words, line 1", edit: {} };
  answer = () => Promise.resolve({ version: 1, choices: [choice] });
  return { seen, row };
}

test("a row's stet is written to the row's draft, even if another file is active", async () => {
  const { seen, row } = openBoth();
  await chooseStet({ client, messages }, ROW);
  expect(asked).toEqual([ROW]);
  expect(applied).toEqual([[row, 1, seen.uri]]);
});

test("without a place it applies to the active draft", async () => {
  const { seen } = openBoth();
  await chooseStet({ client, messages }, undefined);
  expect(asked).toEqual([{ uri: SEEN, range: {} }]);
  expect(applied).toEqual([[seen, 1, seen.uri]]);
});
