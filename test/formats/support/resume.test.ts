import { describe, expect, test } from "vitest";
import type { Block, Draft } from "../../../server/src/draft/draft.ts";
import { verbatim } from "../../../server/src/draft/prose.ts";
import { bareBlock, placed, proseBlock, TOP } from "../../../server/src/formats/support/blocks.ts";
import {
  readAll,
  reuseEqual,
  reuseEqualBlocks,
  sameBlock,
  type ReadNext,
} from "../../../server/src/formats/support/resume.ts";
import { getFormat } from "../../../server/src/formats/registry.ts";

// That a changed text reads as it does afresh, and how much of it is read, test/formats/incremental.test.ts holds.

const FORMAT = getFormat("plaintext");

/** Each line that has words is a block. */
const lines =
  (text: string): ReadNext =>
  (at) => {
    const match = /[^\n]+/g;
    match.lastIndex = at;
    const found = match.exec(text);
    return found === null ? undefined : { start: found.index, block: paragraph(found[0]) };
  };

function paragraph(text: string): Block {
  return proseBlock("paragraph", text, verbatim(text), []);
}

function read(text: string): Draft {
  return readAll(text, FORMAT, lines(text));
}

describe("reading block by block", () => {
  test.each([
    ["", []],
    ["\n\n", []],
    ["a", [0]],
    ["a\n\nb\n", [0, 3]],
    ["\na\nb", [1, 3]],
  ])("%j", (text, starts) => {
    expect(read(text).starts).toEqual(starts);
  });

  test("a block without text is refused, as reading would not end", () => {
    const empty: ReadNext = (at) => ({ start: at, block: bareBlock("break", "") });
    expect(() => readAll("a", FORMAT, empty)).toThrow("A block without text at 0.");
  });
});

describe("the same block", () => {
  const block = paragraph("a");

  test("is equal in all fields", () => {
    expect(sameBlock(block, block)).toBe(true);
    expect(sameBlock(block, paragraph("a"))).toBe(true);
    const mark = { kind: "code", start: 0, end: 1 } as const;
    const others: Block[] = [
      paragraph("b"),
      { ...block, kind: "heading" },
      { ...block, level: 1 },
      { ...block, prose: verbatim("b") },
      { ...block, prose: { ...block.prose, sourceStarts: [1] } },
      { ...block, prose: { ...block.prose, sourceEnds: [2] } },
      { ...block, marks: [mark] },
      placed(block, { ...TOP, listDepth: 1 }),
      placed(block, { ...TOP, quoteDepth: 1 }),
      placed(block, { ...TOP, startsItem: true }),
      placed(block, { ...TOP, continues: true }),
    ];
    for (const other of others) {
      expect(sameBlock(block, other), JSON.stringify(other)).toBe(false);
      expect(sameBlock(other, { ...other })).toBe(true);
    }
    const marked = { ...block, marks: [mark] };
    expect(sameBlock(marked, { ...block, marks: [{ ...mark, end: 2 }] })).toBe(false);
  });

  test("is used again once, in order", () => {
    const olds = [paragraph("a"), paragraph("b"), paragraph("a")];
    const reuse = reuseEqualBlocks(olds);
    const fresh = paragraph("a");
    expect(reuse(paragraph("a"))).toBe(olds[0]);
    expect(reuse(paragraph("a"))).toBe(olds[2]);
    expect(reuse(fresh)).toBe(fresh);
    expect(reuse(paragraph("b"))).toBe(olds[1]);
  });

  test("of a text that was read again is the old object, from both ends and between", () => {
    const before = read("a\nb\nc\nd\ne");
    const list = read("a\nx\nc\nb\ne");
    const { blocks, starts } = reuseEqual(before, {
      blocks: [...list.blocks],
      starts: [...list.starts],
    });
    expect(blocks).toEqual(list.blocks);
    expect(starts).toEqual(list.starts);
    expect(blocks.map((one) => before.blocks.indexOf(one))).toEqual([0, -1, 2, 1, 4]);
  });
});
