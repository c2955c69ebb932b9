import { attached } from "./attached.ts";
import type { Block } from "./draft.ts";

/** What has been computed from a block: a row with a place in it for each function. */
const rows = attached<Block, unknown[]>();
let places = 0;

/**
 * The function, which computes its value once for each block and keeps it with the block. A block is
 * the same object in every version of a draft that it stands unchanged in, and so is what it gives.
 * (A value of `undefined` is not kept.)
 *
 * All such functions share one hidden property of the block; see `attached`.
 */
export function perBlock<T>(compute: (block: Block) => T): (block: Block) => T {
  const place = places++;
  return (block) => {
    const row = rows.get(block) ?? newRow(block);
    // Only this function writes to its place.
    const known = row[place] as T | undefined;
    if (known !== undefined) return known;
    const value = compute(block);
    row[place] = value;
    return value;
  };
}

function newRow(block: Block): unknown[] {
  const row = new Array<unknown>(places).fill(undefined);
  rows.set(block, row);
  return row;
}
