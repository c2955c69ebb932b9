import type { Block } from "./draft.ts";

/** What has been computed from each block: one row a block, with a place in it for each function. */
const rows = new WeakMap<Block, unknown[]>();
let places = 0;

// Several functions look at one block in a row, so most of them find its row at hand.
let lastBlock: Block | undefined;
let lastRow: unknown[] = [];

/**
 * The function, which computes its value once for each block and keeps it with the block. A block is
 * the same object in every version of a draft that it stands unchanged in, and so is what it gives.
 * (A value of `undefined` is not kept.)
 * All such functions share one WeakMap: a dozen, each with every block in it, cost more to keep than
 * to compute what they hold.
 */
export function perBlock<T>(compute: (block: Block) => T): (block: Block) => T {
  const place = places++;
  return (block) => {
    const row = block === lastBlock ? lastRow : rowOf(block);
    // Only this function writes to its place.
    const known = row[place] as T | undefined;
    if (known !== undefined) return known;
    const value = compute(block);
    row[place] = value;
    return value;
  };
}

function rowOf(block: Block): unknown[] {
  let row = rows.get(block);
  if (row === undefined) {
    row = new Array<unknown>(places).fill(undefined);
    rows.set(block, row);
  }
  lastBlock = block;
  lastRow = row;
  return row;
}
