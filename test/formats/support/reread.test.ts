import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Block, Draft } from "../../../server/src/draft/draft.ts";
import { verbatim } from "../../../server/src/draft/prose.ts";
import { FORMAT_IDS, getFormat } from "../../../server/src/formats/registry.ts";
import { placed, proseBlock, TOP } from "../../../server/src/formats/support/blocks.ts";
import {
  findDifference,
  isSameBlock,
  toDraft,
} from "../../../server/src/formats/support/reread.ts";
import { applyEdits } from "../../../server/src/text/edits.ts";
import { runs } from "../../support/property.ts";

// test/formats/incremental.test.ts checks that a changed text reads as it does from scratch.

function paragraph(text: string): Block {
  return proseBlock("paragraph", text, verbatim(text), []);
}

describe("the same block", () => {
  const block = paragraph("a");

  test("is equal in all fields", () => {
    expect(isSameBlock(block, block)).toBe(true);
    expect(isSameBlock(block, paragraph("a"))).toBe(true);
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
      expect(isSameBlock(block, other), JSON.stringify(other)).toBe(false);
      expect(isSameBlock(other, { ...other })).toBe(true);
    }
    const marked = { ...block, marks: [mark] };
    expect(isSameBlock(marked, { ...block, marks: [{ ...mark, end: 2 }] })).toBe(false);
  });

  test.each([
    ["from both ends and between", "abcde", "axcbe", [0, -1, 2, 1, 4]],
    ["once each, in order", "abac", "xaaayc", [-1, 0, 2, -1, -1, 3]],
    ["where all was taken out, or nothing", "aa", "", []],
    ["where something is put between its likes", "aa", "aaa", [0, 1, -1]],
  ])("is reused: %s", (_what, before, after, expected) => {
    const read = (text: string, previous?: Draft): Draft => {
      const letters = Array.from(text);
      const list = { blocks: letters.map(paragraph), starts: letters.map((_, at) => at) };
      return toDraft(getFormat("plaintext"), text, list, previous);
    };
    const known = read(before).blocks;
    const { blocks, starts } = read(after, read(before));
    expect({ blocks, starts }).toEqual({ blocks: read(after).blocks, starts: read(after).starts });
    const old = read(before);
    expect(read(after, old).blocks.map((one) => old.blocks.indexOf(one))).toEqual(expected);
    expect(known).toEqual(old.blocks);
  });
});

const text = fc.string({ unit: fc.constantFrom("a", "b"), maxLength: 70 });

test("a change is narrowed to the smallest one with the same effect", () => {
  fc.assert(
    fc.property(text, text, text, text, (front, cut, put, back) => {
      const before = front + cut + back;
      const after = front + put + back;
      const { start, oldEnd, newEnd } = findDifference(before, after);
      const edit = { start, end: oldEnd, newText: after.slice(start, newEnd) };
      expect(applyEdits(before, [edit])).toBe(after);
      // Its ends differ, or one side of it is empty.
      const isNarrow =
        start === oldEnd ||
        start === newEnd ||
        (before[start] !== after[start] && before[oldEnd - 1] !== after[newEnd - 1]);
      expect(isNarrow).toBe(true);
    }),
    runs(1000),
  );
});

/** A change may affect the characters next to it: line breaks, a byte order mark, the end of front matter. */
const piece = fc.constantFrom(
  ...["\uFEFF", "---\n", "---", "\n", "\r", "\r\n", "# A", "- b", "title: c", "|--|", "a|\\"],
);

test.each(FORMAT_IDS)("%s reads again what a change next to it affects", (id) => {
  const format = getFormat(id);
  const pieces = fc.array(piece, { maxLength: 12 }).map((all) => all.join(""));
  fc.assert(
    fc.property(pieces, pieces, fc.nat(40), fc.nat(4), (before, put, at, cut) => {
      const start = Math.min(at, before.length);
      const end = Math.min(start + cut, before.length);
      const after = before.slice(0, start) + put + before.slice(end);
      expect(format.parse(after, format.parse(before))).toEqual(format.parse(after));
    }),
    runs(1500),
  );
});
