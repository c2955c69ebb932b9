import { describe, expect, test } from "vitest";
import {
  Cuts,
  emptiedPair,
  isMargin,
  spaceAfter,
  spaceBefore,
} from "../../server/src/deletion/cuts.ts";
import type { FormatId } from "../../server/src/formats/registry.ts";
import type { Span } from "../../server/src/text/span.ts";
import { draftOf } from "../support/rules.ts";

/** A text and the spans between ⟦ and ⟧ in it. */
function cutIn(marked: string): { text: string; spans: Span[] } {
  const spans: Span[] = [];
  let text = "";
  for (const [index, part] of marked.split(/[⟦⟧]/).entries()) {
    if (index % 2 === 1) spans.push({ start: text.length, end: text.length + part.length });
    text += part;
  }
  return { text, spans };
}

test.each<[string, Span, "all" | "some" | "none"]>([
  ["before it", { start: 0, end: 2 }, "none"],
  ["up to it", { start: 0, end: 3 }, "none"],
  ["into it", { start: 2, end: 4 }, "some"],
  ["it", { start: 3, end: 6 }, "all"],
  ["in it", { start: 4, end: 5 }, "all"],
  ["a place in it", { start: 4, end: 4 }, "all"],
  ["over it", { start: 2, end: 7 }, "some"],
  ["after it", { start: 6, end: 8 }, "none"],
  ["the second", { start: 9, end: 10 }, "all"],
])("cuts of 9 to 10 and 3 to 6: %s", (_what, span, expected) => {
  const cuts = new Cuts([
    { start: 9, end: 10 },
    { start: 3, end: 6 },
  ]);
  expect(cuts.of(span)).toBe(expected);
  expect(cuts.spans.map(({ start }) => start)).toEqual([3, 9]);
});

describe("a pair is left around nothing", () => {
  test.each<[string, string, FormatId, string | undefined]>([
    ["tags", "<div>\n\n⟦So it is.⟧\n\n</div>\n", "markdown", "<div>"],
    ["a directive around an item", ":::note\n\n- ⟦So it is.⟧\n\n:::\n", "markdown", ":::note"],
    ["brackets", "It is (⟦so⟧) here.\n", "markdown", "("],
    ["two cuts and a space", "It is (⟦so⟧ ⟦far⟧) here.\n", "plaintext", "("],
    ["words are left", "<div>\n\n⟦So it is.⟧ And so on.\n\n</div>\n", "markdown", undefined],
    ["both halves go", "⟦<div>\n\nSo it is.\n\n</div>⟧\n", "markdown", undefined],
    ["it held nothing before", "<div>\n\n</div>\n\n⟦So it is.⟧\n", "markdown", undefined],
  ])("%s", (_what, marked, format, opener) => {
    const { text, spans } = cutIn(marked);
    const pair = emptiedPair(draftOf(text, format), new Cuts(spans));
    expect(pair && text.slice(pair[0].start, pair[0].end)).toBe(opener);
  });
});

test.each([
  ["a ⟦⟧b", "a"],
  ["a\n\n> ⟦⟧b", "a"],
  ["a > ⟦⟧b", "a >"],
  ["⟦⟧b", ""],
])("the space before the place in “%s”", (marked, left) => {
  const { text, spans } = cutIn(marked);
  expect(text.slice(0, spaceBefore(text, spans[0]?.start ?? -1))).toBe(left);
});

test.each([
  ["a⟦⟧ b", "b"],
  ["a⟦⟧\n> b", "b"],
  ["a⟦⟧ > b", "> b"],
  ["a⟦⟧", ""],
])("the space after the place in “%s”", (marked, right) => {
  const { text, spans } = cutIn(marked);
  expect(text.slice(spaceAfter(text, spans[0]?.start ?? -1))).toBe(right);
});

test.each([
  [
    ["", " ", "- ", "* ", "• ", "12. ", "1) ", "a) ", ": ", "- [x] ", "| ", "> - - ", "  1. - "],
    true,
  ],
  [["a", "-", "a. ", "1234567890. ", "- a ", "[x]", "| |"], false],
])("of %j each is only marks of lists and tables: %s", (margins, expected) => {
  expect(margins.filter((margin) => isMargin(margin) !== expected)).toEqual([]);
});
