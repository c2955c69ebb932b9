import type { Range } from "vscode-languageserver";
import { describe, expect, test } from "vitest";
import type { Finding, Fix } from "../../../server/src/draft/finding.ts";
import { copyDeletion, ownDeletion } from "../../../server/src/lsp/actions/fixes.ts";
import { findingsAt, type LintedDraft } from "../../../server/src/lsp/linted.ts";
import { positionAt } from "../../../server/src/text/lines.ts";
import type { Span } from "../../../server/src/text/span.ts";
import { lintedDraft } from "../../support/action-support.ts";
import { draftOf, unmarked } from "../../support/rules.ts";
import { wording } from "../../../server/src/text/wording.ts";

/** A draft with a finding for each ⟦…⟧, named by its words. */
function linted(marked: string, fixes: readonly Fix[] = []): LintedDraft {
  const { text, spans } = unmarked(marked);
  const named = ({ start, end }: Span): Finding => ({
    ...{ start, end, severity: "warning", message: wording(""), fixes },
    rule: text.slice(start, end),
  });
  return lintedDraft(draftOf(text), spans.map(named));
}

function range({ lines }: LintedDraft, start: number, end: number): Range {
  return { start: positionAt(lines, start), end: positionAt(lines, end) };
}

/** The words of the findings that a range selects. */
const at = (draft: LintedDraft, start: number, end: number): string[] =>
  findingsAt(draft, range(draft, start, end)).map(({ rule }) => rule);

describe("the findings at a range", () => {
  const draft = linted("⟦one⟧ two⟦three⟧ four\n⟦five⟧");

  test("a cursor touches the words before and after it", () => {
    expect([0, 2, 3].map((offset) => at(draft, offset, offset))).toEqual([
      ["one"],
      ["one"],
      ["one"],
    ]);
    expect(at(draft, 5, 5)).toEqual([]);
    expect(at(draft, 7, 7)).toEqual(["three"]);
    expect(at(draft, 18, 18)).toEqual(["five"]);
  });

  test("a selection touches findings that share a letter with it, the best fit first", () => {
    expect(at(draft, 3, 7)).toEqual([]);
    expect(at(draft, 2, 8)).toEqual(["one", "three"]);
    expect(at(draft, 0, 22)).toEqual(["three", "five", "one"]);
  });

  test("a finding's exact span selects only that finding", () => {
    const one = linted("⟦one⟧ two");
    const both = { ...one, findings: [...linted("⟦one two⟧").findings, ...one.findings] };
    expect(at(both, 0, 3)).toEqual(["one"]);
    expect(at(both, 0, 7)).toEqual(["one two"]);
    expect(at(both, 1, 3)).toEqual(["one", "one two"]);
  });

  test("an empty finding is touched at its offset", () => {
    const empty = linted("one⟦⟧two");
    expect([at(empty, 2, 2), at(empty, 3, 3), at(empty, 2, 5)]).toEqual([[], [""], [""]]);
  });

  test("a place beyond the text is its end", () => {
    const beyond = { start: { line: 9, character: 9 }, end: { line: 9, character: 9 } };
    expect(findingsAt(draft, beyond).map(({ rule }) => rule)).toEqual(["five"]);
  });
});

describe("the deletion of the copy that a finding is about", () => {
  const fix = (more: Partial<Fix> = {}): Fix => ({
    title: wording("Delete"),
    safe: false,
    kind: "repeat",
    edits: [{ start: 0, end: 3, newText: "" }],
    ...more,
  });
  const [finding] = linted("⟦one⟧ two").findings;
  const of = (...fixes: Fix[]): Fix | undefined => finding && ownDeletion({ ...finding, fixes });

  test("is not a fix that deletes anything else", () => {
    const own = fix();
    expect(of(own)).toBe(own);
    expect(of(fix({ kind: "placeholder" }), own)).toBe(own);
    expect(of()).toBeUndefined();
    // In another draft, in the other copy, in nothing, and one that writes words.
    expect(of(fix({ uri: "b.md" }))).toBeUndefined();
    expect(of(fix({ edits: [{ start: 4, end: 7, newText: "" }] }))).toBeUndefined();
    expect(of(fix({ edits: [] }))).toBeUndefined();
    expect(of(fix({ edits: [{ start: 0, end: 3, newText: "x" }] }))).toBeUndefined();
  });

  test("belongs to the finding with that range, and to no other", () => {
    const draft = linted("⟦one⟧ two", [fix()]);
    expect(copyDeletion(draft, range(draft, 0, 3))?.title).toEqual(wording("Delete"));
    expect(copyDeletion(linted("⟦one⟧ two"), range(draft, 0, 3))).toBeUndefined();
    expect(copyDeletion(draft, range(draft, 0, 2))).toBeUndefined();
    expect(copyDeletion(draft, range(draft, 4, 7))).toBeUndefined();
  });
});
