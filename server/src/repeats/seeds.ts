import type { Row } from "./row.ts";

/** Words of two rows that begin the same shingle: `a[i]` of the later, ascending, and `b[i]` of the earlier. */
export interface Seeds {
  readonly a: ArrayLike<number>;
  readonly b: ArrayLike<number>;
}

/** Where a row has a shingle, by the shingle as a signed number: unsigned ones would take extra room in a map. */
type Places = Map<number, number>;

/** Each word of the later row that begins a shingle of the earlier, and its first place there. */
export function seedsBetween({ shingles: later }: Row, { shingles: earlier }: Row): Seeds {
  const places: Places = new Map();
  earlier.forEach((shingle, at) => {
    if (shingle !== 0 && !places.has(shingle | 0)) places.set(shingle | 0, at);
  });
  const [a, b]: [number[], number[]] = [[], []];
  later.forEach((shingle, at) => {
    const like = places.get(shingle | 0);
    if (like === undefined) return;
    a.push(at);
    b.push(like);
  });
  return { a, b };
}

/** Each word that begins a shingle from further up in the row, and its last place there. */
export function seedsWithin({ shingles }: Row): Seeds {
  const places: Places = new Map();
  const [a, b]: [number[], number[]] = [[], []];
  shingles.forEach((shingle, at) => {
    if (shingle === 0) return;
    const previous = places.get(shingle | 0);
    places.set(shingle | 0, at);
    if (previous === undefined) return;
    a.push(at);
    b.push(previous);
  });
  return { a, b };
}
