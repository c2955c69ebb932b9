import { expect, test } from "vitest";
import { memoizeOn } from "../../../server/src/draft/incremental/memoize.ts";
import { perBlock } from "../../../server/src/draft/incremental/per-block.ts";
import type { Block } from "../../../server/src/draft/draft.ts";
import { markdown } from "../../../server/src/formats/markdown/format.ts";

const ONE = "One paragraph of several words.";
const TWO = "Two paragraphs of several words.";

function blocks(): readonly Block[] {
  return markdown.parse(`${ONE}\n\n${TWO}\n\n${ONE}\n`).blocks;
}

test("computes once for each block, in whatever order they are requested", () => {
  const asked: Block[] = [];
  const lengthOf = perBlock((block): number => {
    asked.push(block);
    return block.source.length;
  });
  const [one, two, again] = blocks();
  if (one === undefined || two === undefined || again === undefined)
    throw new Error("three blocks");
  for (const block of [one, two, one, one, again, two, again]) {
    expect(lengthOf(block)).toBe(block.source.length);
  }
  expect(asked).toEqual([one, two, again]);
});

test("keeps values of different functions apart, even if one asks the other about another block", () => {
  const [one, two] = blocks();
  if (one === undefined || two === undefined) throw new Error("two blocks");
  const sourceOf = perBlock((block): string => block.source);
  const isTwo = perBlock((block): boolean => block === two);
  const both = perBlock((block): string => sourceOf(block) + sourceOf(block === one ? two : one));
  for (let round = 0; round < 2; round++) {
    expect(both(one)).toBe(ONE + TWO);
    expect(both(two)).toBe(TWO + ONE);
    expect([isTwo(one), isTwo(two)]).toEqual([false, true]);
  }
});

test("a function created after a block was asked about works as well", () => {
  const [one] = blocks();
  if (one === undefined) throw new Error("a block");
  expect(perBlock((block): string => block.source)(one)).toBe(ONE);
  expect(perBlock((block): number => block.level)(one)).toBe(0);
});

test("values of two users of the same object are kept apart", () => {
  const object = {};
  const first = memoizeOn()(() => "first");
  const second = memoizeOn()(() => "second");
  for (let round = 0; round < 2; round++) {
    expect([first(object), second(object)]).toEqual(["first", "second"]);
  }
});
