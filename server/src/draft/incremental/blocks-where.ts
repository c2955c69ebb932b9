/*
 * How a rule that sees a whole draft costs only what a keystroke changed. Which blocks pass a test is stored on the
 * draft, and the next version tests only the blocks that it does not share with it. Rules visit those few alone, and
 * look at their neighbours as they are now.
 */

import { partitionPointBy } from "../../text/search.ts";
import type { Block, Draft, PlacedBlock } from "../draft.ts";
import { memoizeOn, objectCache } from "./memoize.ts";

type Test = (block: Block) => boolean;

/** The indices of the blocks that pass each test, in order. */
type Passing = Map<Test, readonly number[]>;

/** What a draft has in common with the version before: so many blocks at the beginning, and so many at the end. */
interface Shared {
  /** How many blocks the version before has. */
  readonly count: number;
  readonly start: number;
  readonly end: number;
}

/** It refers to what is known of the version before and not to that, which would keep all versions in memory. */
const before = objectCache<Draft, Shared & { readonly passing: Passing }>();

const getPassing = memoizeOn<Draft>()((): Passing => new Map());

/** Stores that a draft shares these blocks, as the same objects, with the version before. */
export function shareBlocks(draft: Draft, previous: Draft, shared: Shared): void {
  before.set(draft, { ...shared, passing: getPassing(previous) });
}

/**
 * A function from a draft to the blocks that pass a test, in order. The test may look at one block alone. It is made
 * once, not at each call: what is known is known of the test.
 */
export function blocksWhere(test: Test): (draft: Draft) => PlacedBlock[] {
  return (draft) => {
    const passing = getPassing(draft);
    const indices = passing.get(test) ?? findPassing(draft, test);
    passing.set(test, indices);
    return indices.flatMap((index) => placedBlock(draft, index) ?? []);
  };
}

function findPassing(draft: Draft, test: Test): readonly number[] {
  const { blocks } = draft;
  const last = before.get(draft);
  const known = last?.passing.get(test);
  const isKnown = last !== undefined && known !== undefined;
  const from = isKnown ? last.start : 0;
  const to = isKnown ? blocks.length - last.end : blocks.length;
  const found: number[] = [];
  for (let index = from; index < to; index++) {
    const block = blocks[index];
    if (block !== undefined && test(block)) found.push(index);
  }
  if (!isKnown) return found;
  const moved = blocks.length - last.count;
  const atEnd = partitionPointBy(known, (index) => index < last.count - last.end);
  const atStart = partitionPointBy(known, (index) => index < from);
  return [...known.slice(0, atStart), ...found, ...known.slice(atEnd).map((one) => one + moved)];
}

/** The given blocks of a draft, and those that follow one for as long as `goesOn` says so. */
export function* withFollowing(
  draft: Draft,
  given: readonly PlacedBlock[],
  goesOn: () => boolean,
): Generator<PlacedBlock> {
  let next = 0;
  for (const first of given) {
    let placed: PlacedBlock | undefined = first.index < next ? undefined : first;
    while (placed !== undefined) {
      yield placed;
      next = placed.index + 1;
      placed = goesOn() ? placedBlock(draft, next) : undefined;
    }
  }
}

function placedBlock({ blocks, starts }: Draft, index: number): PlacedBlock | undefined {
  const block = blocks[index];
  return block && { block, index, start: starts[index] ?? 0 };
}
