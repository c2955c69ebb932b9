import { describe, expect, test } from "vitest";
import type { Report } from "../../../server/src/draft/finding.ts";
import { footnoteReports } from "../../../server/src/rules/support/footnote-halves.ts";
import { getLabels } from "../../../server/src/rules/support/labels.ts";
import { applyEdits } from "../../../server/src/text/edits.ts";
import { draftOf, withMarks } from "../../support/rules.ts";

function reports(text: string): readonly Report[] {
  const draft = draftOf(text);
  const labels = getLabels(draft);
  return draft.blocks.flatMap((block, index) =>
    block.marks
      .filter(({ kind }) => kind.startsWith("footnote"))
      .flatMap((mark) => footnoteReports(draft, index, mark, labels, "TK")),
  );
}

test.each([
  "One[^1].\n\n[^1]: Note.\n",
  "One⟦[^1]⟧.\n",
  "One⟦[^2]⟧ and [^1].\n\n[^1]: Note.\n",
  "One⟦[^note]⟧ and [^1].\n\n[^1]: Note.\n",
  // Where nothing is defined, only a number is surely a footnote; and patterns are none.
  "One[^note].\n",
  "One[^1]* and [^1]+.\n",
  "One[^a-z] and [^1].\n\n[^1]: Note.\n",
  "One[^1].\n\n[^1]: Note.\n\n⟦[^2]:⟧ Other.\n",
])("%j", (marked) => {
  const text = marked.replace(/[⟦⟧]/g, "");
  expect(withMarks(text, reports(text))).toBe(marked);
});

test("a lost text is added at the end, as a placeholder", () => {
  const text = "One[^1].\n";
  const [report] = reports(text);
  expect(report?.fixes?.map(({ edits }) => applyEdits(text, edits))).toEqual([
    "One[^1].\n\n[^1]: TK\n",
  ]);
});

describe("what nothing points to is deleted with all that is part of it", () => {
  test.each([
    ["a line", "[^2]: Other."],
    ["its next line", "[^2]: Other\nline."],
    ["what is indented below it", "[^2]: Other.\n\n    More.\n\n    - and more"],
  ])("%s", (_what, note) => {
    const text = `One[^1].\n\n${note}\n\n[^1]: Note.\n`;
    const [report] = reports(text);
    expect(report?.message).toMatch(/^“2”: nothing points to this footnote/);
    expect(report?.fixes?.map(({ edits }) => applyEdits(text, edits))).toEqual([
      "One[^1].\n\n[^1]: Note.\n",
    ]);
  });

  test("and nothing more", () => {
    const text = "One[^1].\n\n[^2]: Other.\n\nWords.\n\n[^1]: Note.\n";
    const [report] = reports(text);
    expect(report?.fixes?.map(({ edits }) => applyEdits(text, edits))).toEqual([
      "One[^1].\n\nWords.\n\n[^1]: Note.\n",
    ]);
  });
});
