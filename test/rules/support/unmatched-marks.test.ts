import { describe, expect, test } from "vitest";
import type { Block } from "../../../server/src/draft/draft.ts";
import {
  PLAIN,
  unmatchedReports,
  wordEnd,
  wordStart,
  type UnpairedMarks,
} from "../../../server/src/rules/support/unmatched-marks.ts";
import { draftOf } from "../../support/rules.ts";
import { wording } from "../../../server/src/text/wording.ts";

/** Round brackets without a partner in their block. */
function unpaired(block: Block): UnpairedMarks {
  const { text } = block.prose;
  if (!/[()]/.test(text)) return PLAIN;
  const opens: number[] = [];
  const closes: number[] = [];
  for (const { 0: sign, index } of text.matchAll(/[()]/g)) {
    if (sign === "(") opens.push(index);
    else if (opens.pop() === undefined) closes.push(index);
  }
  return { opens, closes, reopens: text.startsWith("("), isPlain: false };
}

const find = unmatchedReports(unpaired, {
  unclosed: wording("a bracket that never closes."),
  unopened: wording("a bracket that was never opened."),
  closeWith: (mark) => wording("Close the bracket with {0}", mark),
  getCloser: () => ")",
  likelyEnd: ({ prose }) => prose.text.length,
});

/** The text with “!” after each mark without a partner. */
function told(text: string): string {
  const draft = draftOf(text, "plaintext");
  let shown = text;
  for (const { start, end, openSpan } of [...find(draft)].reverse()) {
    const place = openSpan === undefined ? end : start + 1;
    shown = `${shown.slice(0, place)}!${shown.slice(place)}`;
  }
  return shown;
}

const between = (count: number): string => "And so it went on.\n\n".repeat(count);

describe("marks without a partner", () => {
  test.each([
    "",
    "It is so.",
    "It (is) so.",
    "It (! is so.",
    "It is )! so.",
    "It (! is (! so.",
    "It (! is.\n\nIt is (! so.",
    // A later paragraph closes it.
    "It (is.\n\nIt is) so.",
    `It (is.\n\n${between(6)}It is) so.`,
    `It (! is.\n\n${between(7)}It is )! so.`,
    // The next one repeats it.
    "It (is.\n\n(It is) so.",
    // A heading ends it.
    "It (! is.\n\nThe Title\n\nIt is )! so.",
    // One closes, and another opens.
    "It (is.\n\nIt is) so (! then.",
    "It is )! so )! then.",
  ])("%j", (marked) => {
    expect(told(marked.replaceAll("!", ""))).toBe(marked);
  });

  test("cells are skipped", () => {
    expect(find(draftOf("a|b\n-|-\n(c|d\n"))).toEqual([]);
  });
});

test("a partner may still be typed up to the first place where it can't be", () => {
  const text = `It (is.\n\n${between(9)}It is so.`;
  const draft = draftOf(text, "plaintext");
  const { start = 0, end = 0 } = find(draft)[0]?.openSpan ?? {};
  expect(start).toBe(text.indexOf("("));
  expect(draft.starts.indexOf(end)).toBe(7);
  const short = draftOf("It (is.", "plaintext");
  expect(find(short).map(({ openSpan }) => openSpan)).toEqual([{ start: 3, end: 7 }]);
});

test.each([
  ["one two", 0, 3],
  ["one two.", 3, 7],
  ["one, two", 0, 3],
  ["one", 3, 3],
  ["", 0, 0],
])("in “%s” the word from %i on ends at %i", (text, from, end) => {
  expect(wordEnd(text, from)).toBe(end);
});

test.each([
  ["one two", 7, 4],
  ["one two", 3, 0],
  ["one two", 4, 4],
  ["", 0, 0],
  ["a".repeat(100), 100, 60],
])("in “%s” the word that ends at %i starts at %i", (text, at, start) => {
  expect(wordStart(text, at)).toBe(start);
});
