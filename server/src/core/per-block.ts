import { attached } from "./attached.ts";
import type { Block } from "./draft.ts";

/**
 * Makes functions that compute their value once for each object and keep it with the object. (A value
 * of `undefined` is not kept.) All of them share one hidden property of it, a row with a place for
 * each function; see `attached`.
 */
export function keptWith<K extends object>(): <T>(compute: (object: K) => T) => (object: K) => T {
  const rows = attached<K, unknown[]>();
  let places = 0;
  const rowOf = (object: K): unknown[] => {
    const row = new Array<unknown>(places).fill(undefined);
    rows.set(object, row);
    return row;
  };
  return <T>(compute: (object: K) => T) => {
    const place = places++;
    return (object) => {
      const row = rows.get(object) ?? rowOf(object);
      // Only this function writes to its place.
      const known = row[place] as T | undefined;
      if (known !== undefined) return known;
      const value = compute(object);
      row[place] = value;
      return value;
    };
  };
}

/**
 * The function, computed once for each block. A block is the same object in every version of a draft
 * that it stands unchanged in, and so is what it gives.
 */
export const perBlock = keptWith<Block>();
