import { expect, test } from "vitest";
import type { Finding } from "../../server/src/draft/finding.ts";
import { codeLenses } from "../../server/src/lsp/handlers/code-lens.ts";
import { COMPARE, DELETE_COPY, DELETE_DRAFT, GO_TO } from "../../server/src/protocol.ts";
import { lineIndex } from "../../server/src/text/lines.ts";
import { EVERYTHING, lintedDraft } from "../support/action-support.ts";
import { draftOf } from "../support/rules.ts";
import { wording } from "../../server/src/text/wording.ts";

const PASSAGE = "The mayor opened the old bridge over the river on Monday.";
const TEXT = `${PASSAGE}\n\nBetween.\n\n${PASSAGE}\n`;
const HERE = { start: TEXT.lastIndexOf(PASSAGE), end: TEXT.lastIndexOf(PASSAGE) + PASSAGE.length };
const THERE = { start: 0, end: PASSAGE.length, message: wording("") };

const FINDING: Finding = {
  ...HERE,
  rule: "r",
  severity: "warning",
  message: wording(""),
  related: [THERE],
  fixes: [
    { title: wording("Delete"), safe: false, kind: "repeat", edits: [{ ...HERE, newText: "" }] },
  ],
};

function lenses(finding: Finding, support = EVERYTHING): string[] {
  const linted = lintedDraft(draftOf(TEXT), [finding]);
  const other = (name: string) =>
    ["file:///b/other.md", "file:///b/גשר.md"].includes(name)
      ? { uri: name, version: null, lines: lineIndex(`x\n${TEXT}`) }
      : undefined;
  return codeLenses(linted, support, other).map(({ command, range }) => {
    expect(range.start.line).toBe(4);
    return `${command?.title ?? ""} (${command?.command ?? ""})`;
  });
}

test("names another draft, if that exists", () => {
  const related = { ...THERE, uri: "file:///b/other.md", start: 2, end: 60 };
  expect(lenses({ ...FINDING, related: [related] })[0]).toBe(
    `Repeats line 2 of other.md (${GO_TO})`,
  );
  expect(lenses({ ...FINDING, related: [{ ...related, uri: "file:///gone.md" }] })).toEqual([]);
  const hebrew = { ...related, uri: "file:///b/גשר.md" };
  expect(lenses({ ...FINDING, related: [hebrew] })[0]).toBe(
    `Repeats line 2 of \u2068גשר.md\u2069 (${GO_TO})`,
  );
});

test("there is none for a hint, a word, or something without a copy", () => {
  expect(lenses({ ...FINDING, severity: "hint" })).toEqual([]);
  expect(lenses({ ...FINDING, related: [{ ...THERE, end: 3 }] })).toEqual([]);
  expect(lenses({ ...FINDING, related: [] })).toEqual([]);
});

test("only offers what the client can do, and a fix in this draft", () => {
  const none = { ...EVERYTHING, showDocument: false, compare: false };
  expect(lenses(FINDING, none)).toEqual([`delete this copy (${DELETE_COPY})`]);
  const elsewhere = (FINDING.fixes ?? []).map((fix) => ({ ...fix, uri: "file:///b/other.md" }));
  expect(lenses({ ...FINDING, fixes: elsewhere }, none)).toEqual([]);
  expect(lenses({ ...FINDING, fixes: [] }, none)).toEqual([]);
});

test("above a draft that is a copy of another: comparing both to their ends, and deleting it", () => {
  const related = { ...THERE, uri: "file:///b/other.md", start: 2, end: 2 + TEXT.length };
  const fixes: Finding["fixes"] = [];
  const whole = { ...FINDING, end: HERE.start + 3, wholeDraft: true, fixes, related: [related] };
  expect(lenses(whole)).toEqual([
    `Repeats line 2 of other.md (${GO_TO})`,
    `compare (${COMPARE})`,
    `delete this draft (${DELETE_DRAFT})`,
  ]);
  expect(lenses(whole, { ...EVERYTHING, deleteDraft: false })).toHaveLength(2);
  const linted = lintedDraft(draftOf(TEXT), [whole]);
  const other = { uri: related.uri, version: null, lines: lineIndex(`x\n${TEXT}`) };
  const [, compare, deletion] = codeLenses(linted, EVERYTHING, () => other);
  expect(compare?.command?.arguments).toMatchObject([
    { range: { start: { line: 1 }, end: { line: 6 } } },
    { range: { start: { line: 4 }, end: { line: 5 } } },
  ]);
  expect(deletion?.command?.arguments).toEqual([{ uri: linted.uri }]);
  // A document without a file can't go to the trash.
  for (const uri of ["untitled:Untitled-1", "vscode-vfs://github/a/b/c.md"]) {
    expect(codeLenses({ ...linted, uri }, EVERYTHING, () => other)).toHaveLength(2);
  }
});
