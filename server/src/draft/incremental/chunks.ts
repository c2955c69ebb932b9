import type { Block, Draft } from "../draft.ts";
import { incremental } from "./incremental.ts";
import { memoizeOn } from "./memoize.ts";

/*
 * How a rule that sees a whole draft costs only what a keystroke changed. A draft's blocks are cut into chunks, which
 * are the same objects in its next version but for the one that was typed in. Which blocks of a chunk a rule
 * is interested in is stored on the chunk; so a rule visits those few alone, and looks at their neighbours as
 * they are now.
 */

/** Some blocks of a draft that follow each other. */
export type Chunk = readonly Block[];

/** A chunk has at most this many blocks. */
const LONGEST = 64;

/** The chunks of a draft, in order. Where they are cut depends on its earlier versions: no result may depend on it. */
export const chunksOf = incremental((draft, last: readonly Chunk[] | undefined) =>
  cut(draft.blocks, last ?? []),
);

function cut(blocks: readonly Block[], last: readonly Chunk[]): readonly Chunk[] {
  let start = 0;
  let first = 0;
  for (let chunk = last[first]; chunk !== undefined; chunk = last[++first]) {
    if (!isAt(chunk, blocks, start)) break;
    start += chunk.length;
  }
  let end = blocks.length;
  let rest = last.length;
  for (let chunk = last[rest - 1]; chunk !== undefined; chunk = last[--rest - 1]) {
    const from = end - chunk.length;
    if (rest <= first || from < start || !isAt(chunk, blocks, from)) break;
    end = from;
  }
  const size = Math.ceil((end - start) / Math.ceil((end - start) / LONGEST));
  const chunks = last.slice(0, first);
  for (; start < end; start += size) chunks.push(blocks.slice(start, Math.min(end, start + size)));
  return chunks.concat(last.slice(rest));
}

/** Whether the blocks from `start` on are those of the chunk. */
function isAt(chunk: Chunk, blocks: readonly Block[], start: number): boolean {
  for (let index = 0; index < chunk.length; index++) {
    if (chunk[index] !== blocks[start + index]) return false;
  }
  return true;
}

/** The function, computed once per chunk. */
export const perChunk = memoizeOn<Chunk>();

/**
 * Makes an index of the blocks that pass a test, which may look at one block alone: a function from a draft to their
 * indices, in order. `given` is what the test needs besides, such as settings; it seldom changes, and only
 * the answers for the last one are stored.
 */
export function indexBlocks(test: (block: Block) => boolean): (draft: Draft) => number[];
export function indexBlocks<G>(
  test: (block: Block, given: G) => boolean,
): (draft: Draft, given: G) => number[];
export function indexBlocks<G>(test: (block: Block, given: G) => boolean) {
  const stored = perChunk((): { given?: G; found?: readonly number[] } => ({}));
  const inChunk = (chunk: Chunk, given: G): readonly number[] => {
    const last = stored(chunk);
    if (last.found === undefined || last.given !== given) {
      last.given = given;
      const found: number[] = [];
      for (const [index, block] of chunk.entries()) if (test(block, given)) found.push(index);
      last.found = found;
    }
    return last.found;
  };
  return (draft: Draft, given: G): number[] => {
    const found: number[] = [];
    let first = 0;
    for (const chunk of chunksOf(draft)) {
      for (const index of inChunk(chunk, given)) found.push(first + index);
      first += chunk.length;
    }
    return found;
  };
}

/** A block of a draft, its index, and where it begins, in UTF-16 units. */
export interface PlacedBlock {
  readonly block: Block;
  readonly index: number;
  readonly start: number;
}

/** The blocks of these indices, as `indexBlocks` gives them. */
export function* blocksAt(
  { blocks, starts }: Draft,
  indices: Iterable<number>,
): Generator<PlacedBlock> {
  for (const index of indices) {
    const block = blocks[index];
    if (block !== undefined) yield { block, index, start: starts[index] ?? 0 };
  }
}
