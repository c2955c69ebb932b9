import fc from "fast-check";
import { expect, test } from "vitest";
import type { Block, Draft } from "../../../server/src/draft/draft.ts";
import { blocksWhere, withFollowing } from "../../../server/src/draft/incremental/blocks-where.ts";
import { markdown } from "../../../server/src/formats/markdown/format.ts";
import { bareBlock } from "../../../server/src/formats/support/blocks.ts";
import { toDraft } from "../../../server/src/formats/support/reread.ts";
import { runs } from "../../support/property.ts";

const isEven = ({ source }: Block): boolean => Number(source) % 2 === 0;

function draftOf(blocks: Block[], previous?: Draft): Draft {
  return toDraft(markdown, "", { blocks, starts: blocks.map((_, at) => at * 10) }, previous);
}

test("tests only the blocks that a draft does not share with the version before", () => {
  const asked: string[] = [];
  const even = blocksWhere((block) => {
    asked.push(block.source);
    return isEven(block);
  });
  const indices = (draft: Draft): number[] => even(draft).map(({ index }) => index);
  const lines = Array.from("0123456789", (source) => bareBlock("code", source));
  const before = draftOf(lines);
  expect(indices(before)).toEqual([0, 2, 4, 6, 8]);
  expect(asked.splice(0)).toHaveLength(10);
  for (const [from, cut, put, found] of [
    [5, 1, ["10"], [0, 2, 4, 5, 6, 8]],
    [0, 1, ["1", "2", "4"], [1, 2, 4, 6, 8, 10]],
    [9, 1, [], [0, 2, 4, 6, 8]],
    [3, 2, [], [0, 2, 4, 6]],
    [10, 0, ["6"], [0, 2, 4, 6, 8, 10]],
  ] as const) {
    const blocks = lines.toSpliced(from, cut, ...put.map((source) => bareBlock("code", source)));
    const after = draftOf(blocks, before);
    expect(indices(after)).toEqual(found);
    expect(indices(after)).toEqual(found);
    expect(asked.splice(0)).toEqual(put);
    // The version before is still what it was.
    expect(indices(before)).toEqual([0, 2, 4, 6, 8]);
  }
});

test("after any edits it finds what it finds in a fresh draft, whichever versions were asked", () => {
  const edit = fc.record({
    at: fc.nat(12),
    cut: fc.nat(4),
    put: fc.array(fc.nat(3), { maxLength: 4 }),
    isAsked: fc.boolean(),
  });
  fc.assert(
    fc.property(fc.array(edit, { maxLength: 8 }), (edits) => {
      const even = blocksWhere(isEven);
      let draft = draftOf([]);
      for (const { at, cut, put, isAsked } of edits) {
        const added = put.map((number) => bareBlock("code", String(number)));
        const blocks = draft.blocks.toSpliced(at, cut, ...added);
        draft = draftOf(blocks, draft);
        if (isAsked) expect(even(draft)).toEqual(blocksWhere(isEven)(draftOf(blocks)));
      }
    }),
    runs(200),
  );
});

test("goes on to the blocks that follow, each once, for as long as it is told to", () => {
  const draft = draftOf(Array.from("2113210", (source) => bareBlock("code", source)));
  let isOdd = true;
  const seen: number[] = [];
  for (const { block, index } of withFollowing(draft, blocksWhere(isEven)(draft), () => isOdd)) {
    seen.push(index);
    isOdd = index < 2 || !isEven(block);
  }
  expect(seen).toEqual([0, 1, 2, 3, 4, 6]);
});
