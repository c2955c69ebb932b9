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

test("a block knows whether it begins an item", () => {
  const starts = blocksOf("1. a\n2. b\n\nc").map((one) => one.startsItem);
  expect(starts).toEqual([true, true, false]);
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
