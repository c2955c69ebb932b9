import { expect, test } from "vitest";
import type { Block } from "../../../server/src/draft/draft.ts";
import { readPlainText } from "../../../server/src/formats/plaintext/plaintext.ts";

/** All blocks of a text. */
function blocksOf(text: string): Block[] {
  const { blocks, starts } = readPlainText(text);
  blocks.forEach(({ source }, index) => {
    expect(text.startsWith(source, starts[index])).toBe(true);
  });
  return blocks;
}

// Which blocks there are is tested in test/formats/plaintext.test.ts.

test.each([
  ["> a\n> b", [[0, 1, false]]],
  [
    ">> a\n\nb",
    [
      [0, 2, false],
      [0, 0, false],
    ],
  ],
  [
    "1. a\n2. b",
    [
      [1, 0, true],
      [1, 0, true],
    ],
  ],
  [
    "- a\n  - b",
    [
      [1, 0, true],
      [2, 0, true],
    ],
  ],
  ["\t\t- a", [[5, 0, true]]],
  [`${" ".repeat(40)}- a`, [[6, 0, true]]],
])("%j: lists, quotations, and starts of items", (text, expected) => {
  expect(blocksOf(text).map((one) => [one.listDepth, one.quoteDepth, one.startsItem])).toEqual(
    expected,
  );
});

test("a block continues the previous one if no blank line is between", () => {
  const continues = (text: string): boolean[] => blocksOf(text).map((one) => one.continues);
  expect(continues("\n\nOne is.\nTwo is.\n \nThree is.")).toEqual([false, true, false]);
});

test("an address is a link, without the punctuation after it", () => {
  const [block] = blocksOf("(See https://a.org/b?c=d).");
  expect(block?.marks).toEqual([
    { kind: "link", start: 5, end: 24, target: "https://a.org/b?c=d" },
  ]);
});
