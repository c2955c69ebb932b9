import { describe, expect, test } from "vitest";
import type { Block } from "../../../server/src/draft/draft.ts";
import { MASK } from "../../../server/src/draft/prose.ts";
import { reader } from "../../../server/src/formats/plaintext/plaintext.ts";

/** All blocks that are read of a text. */
function blocksOf(text: string): Block[] {
  const read = reader(text, (slice) => slice);
  const blocks: Block[] = [];
  for (let found = read(0); found !== undefined;) {
    const { start, block } = found;
    expect(text.slice(start, start + block.source.length)).toBe(block.source);
    blocks.push(block);
    found = read(start + block.source.length);
  }
  return blocks;
}

function told(text: string): string[] {
  return blocksOf(text).map(
    ({ kind, level, prose, source }) =>
      `${kind}${level === 0 ? "" : level}: ${(prose.text || source).replaceAll(MASK, "▢")}`,
  );
}

describe("blocks", () => {
  test.each<[string, string[]]>([
    ["", []],
    ["\n \n", []],
    ["One is here.", ["paragraph: One is here."]],
    ["One is here.\n\nTwo is there.", ["paragraph: One is here.", "paragraph: Two is there."]],
    ["One is here.\nTwo is there.", ["paragraph: One is here.", "paragraph: Two is there."]],
    ["One is\n  here.", ["paragraph: One is\nhere."]],
    ["The Title\n\nOne is here.", ["heading2: The Title", "paragraph: One is here."]],
    ["THE TITLE\n\nOne is here.", ["heading1: THE TITLE", "paragraph: One is here."]],
    ["The title\n===\nOne is here.", ["heading1: The title", "paragraph: One is here."]],
    ["the title\n---\n", ["heading2: the title"]],
    // It ends a sentence, it begins small, it stands right above: no headings.
    ["The title.\n\nOne is here.", ["paragraph: The title.", "paragraph: One is here."]],
    ["the title\n\nOne is here.", ["paragraph: the title", "paragraph: One is here."]],
    ["The title\nis not.", ["paragraph: The title\nis not."]],
    ["* * *", ["break: * * *"]],
    ["-", ["empty-item: -"]],
    ["a | b | c | d\ne | f | g | h", ["directive: a | b | c | d\ne | f | g | h"]],
    ["a\t1\tb", ["directive: a\t1\tb"]],
    ["a    1    b", ["directive: a    1    b"]],
    [
      "From: a@b.c\nSubject: d\n\nOne is here.",
      ["metadata: From: a@b.c\nSubject: d", "paragraph: One is here."],
    ],
    ["See https://a.org/b. It is good.", ["paragraph: See ▢. It is good."]],
    ["- one\n- two", ["paragraph: one", "paragraph: two"]],
    [
      "Whose woods\nI think\nHis house\nIn the village",
      ["verse: Whose woods\nI think\nHis house\nIn the village"],
    ],
  ])("%j", (text, expected) => {
    expect(told(text)).toEqual(expected);
    // Other ends of lines make no difference to what is read.
    const ends = (end: string): string[] =>
      told(text.replaceAll("\n", end)).map((one) => one.replaceAll(end, "\n"));
    expect(ends("\r")).toEqual(expected);
    expect(ends("\r\n")).toEqual(expected);
  });
});

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
])("%j: lists, quotations, and where items start", (text, expected) => {
  expect(blocksOf(text).map((one) => [one.listDepth, one.quoteDepth, one.startsItem])).toEqual(
    expected,
  );
});

test("a block continues the one before if no blank line is between", () => {
  const continues = (text: string): boolean[] => blocksOf(text).map((one) => one.continues);
  expect(continues("\n\nOne is.\nTwo is.\n \nThree is.")).toEqual([false, true, false]);
});

test("an address is a link, without the punctuation after it", () => {
  const [block] = blocksOf("(See https://a.org/b?c=d).");
  expect(block?.marks).toEqual([
    { kind: "link", start: 5, end: 24, target: "https://a.org/b?c=d" },
  ]);
});

test("a block's source is what the caller makes of its slice", () => {
  const found = reader("One is here.", () => "cut")(0);
  expect(found?.block.source).toBe("cut");
});
