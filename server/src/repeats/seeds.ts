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
  for (let at = earlier.length - 1; at >= 0; at--) places.set((earlier[at] ?? 0) | 0, at);
  places.delete(0);
  const [a, b]: [number[], number[]] = [[], []];
  for (let at = 0; at < later.length; at++) {
    const like = places.get((later[at] ?? 0) | 0);
    if (like === undefined) continue;
    a.push(at);
    b.push(like);
  }
  return { a, b };
}

/** Each word that begins a shingle from further up in the row, and its last place there. */
export function seedsWithin({ shingles }: Row): Seeds {
  const places: Places = new Map();
  const [a, b]: [number[], number[]] = [[], []];
  for (let at = 0; at < shingles.length; at++) {
    const shingle = (shingles[at] ?? 0) | 0;
    if (shingle === 0) continue;
    const previous = places.get(shingle);
    places.set(shingle, at);
    if (previous === undefined) continue;
    a.push(at);
    b.push(previous);
  }
  return { a, b };
}
