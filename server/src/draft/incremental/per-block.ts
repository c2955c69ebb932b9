import type { Block } from "../draft.ts";

/**
 * Makes functions that compute their value once for each object and keep it with the object. (A value
 * of `undefined` is not kept.) All of them share one hidden property of it, a row with a place for
 * each function. (`attached` does the same for any; this one is asked most.)
 */
export function keptWith<K extends object>(): <T>(compute: (object: K) => T) => (object: K) => T {
  const key = Symbol("kept");
  let places = 0;
  const newRow = (object: K): unknown[] => {
    const row = new Array<unknown>(places).fill(undefined);
    Object.defineProperty(object, key, { value: row });
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

/**
 * The function, computed once for each block. A block is the same object in every version of a draft
 * that it stands unchanged in, and so is what it gives.
 */
export const perBlock = keptWith<Block>();
