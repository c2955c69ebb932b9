import { expect, test } from "vitest";
import { newDraft, type Block, type Draft } from "../../../server/src/draft/draft.ts";
import { chunksOf, indexBlocks } from "../../../server/src/draft/incremental/chunks.ts";
import { getFormat } from "../../../server/src/formats/registry.ts";
import { bareBlock } from "../../../server/src/formats/support/blocks.ts";

const draftOf = (blocks: readonly Block[], previous?: Draft): Draft =>
  newDraft(getFormat("markdown"), "", { blocks, starts: blocks.map((_, at) => at) }, previous);

const COUNT = 1000;
const lines = Array.from({ length: COUNT }, (_, index) => bareBlock("code", String(index)));

test("only the chunks that an edit touches are looked through again", () => {
  let asked = 0;
  const even = indexBlocks((block) => {
    asked++;
    return Number(block.source) % 2 === 0;
  });
  const before = draftOf(lines);
  expect(even(before)).toEqual(Array.from({ length: COUNT / 2 }, (_, index) => index * 2));
  expect(asked).toBe(COUNT);

  for (const [from, cut, put] of [
    [500, 1, ["0"]],
    [0, 1, ["1", "2", "4"]],
    [COUNT - 1, 1, []],
    [300, 2, []],
    [COUNT, 0, ["6"]],
  ] as const) {
    const blocks = [...lines];
    blocks.splice(from, cut, ...put.map((source) => bareBlock("code", source)));
    const after = draftOf(blocks, before);
    asked = 0;
    const evens = blocks.flatMap(({ source }, index) => (Number(source) % 2 === 0 ? [index] : []));
    expect(even(after)).toEqual(evens);
    expect(asked).toBeLessThan(150);
    // The version before is still what it was.
    expect(even(before).length).toBe(COUNT / 2);
  }
});

test("a draft is its chunks in order, however often it is edited", () => {
  let draft = draftOf([]);
  expect(chunksOf(draft)).toEqual([]);
  for (let round = 0; round < 300; round++) {
    const blocks = [...draft.blocks];
    const at = (round * 7919) % (blocks.length + 1);
    const put = lines.slice(round, round + ((round * 31) % 90));
    blocks.splice(at, (round * 17) % 80, ...put);
    draft = draftOf(blocks, draft);
    expect(chunksOf(draft).flat()).toEqual(blocks);
    expect(chunksOf(draft).every(({ length }) => length > 0 && length <= 64)).toBe(true);
  }
});
