import type { Block } from "../draft.ts";

/**
 * Makes functions that compute their value once for each object and keep it with the object. (A value
 * of `undefined` is not kept.) All of them share one hidden property of it, a row with a place for
 * each function. (`attached` does the same for any; this one is asked most.)
 *
 * An object that `isSmall` gets no row of its own: what it gives is computed again once another small
 * object was asked.
 */
export function keptWith<K extends object>(
  isSmall?: (object: K) => boolean,
): <T>(compute: (object: K) => T) => (object: K) => T {
  const key = Symbol("kept");
  let places = 0;
  let lastSmall: K | undefined;
  let lastRow: unknown[] = [];
  const newRow = (object: K): unknown[] => {
    if (object === lastSmall) return lastRow;
    const row = new Array<unknown>(places).fill(undefined);
    if (isSmall?.(object) === true) {
      lastSmall = object;
      lastRow = row;
    } else {
      Object.defineProperty(object, key, { value: row });
    }
    return row;
  };
  return <T>(compute: (object: K) => T) => {
    const place = places++;
    return (object) => {
      const row =
        (object as Readonly<Record<symbol, unknown[] | undefined>>)[key] ?? newRow(object);
      // Only this function writes to its place.
      const known = row[place] as T | undefined;
      if (known !== undefined) return known;
      const value = compute(object);
      row[place] = value;
      return value;
    };
  };
}

/** What a block of fewer UTF-16 units gives takes less to compute again than to keep. */
const SMALL = 16;

/**
 * The function, computed once for each block. A block is the same object in every version of a draft
 * that it stands unchanged in, and so is what it gives. Nothing is kept with a block of a few letters:
 * so what is kept grows with the text, not with the number of its blocks.
 */
export const perBlock = keptWith<Block>(({ source }) => source.length < SMALL);
