import type { Anchor } from "./align.ts";

/**
 * A stretch of words and its like elsewhere, by exact matches in order (`anchors`) with differences
 * between them. Word numbers of the later and of the earlier sequence; ends are after the last word.
 */
export interface Piece {
  readonly aStart: number;
  readonly aEnd: number;
  readonly bStart: number;
  readonly bEnd: number;
  readonly anchors: readonly Anchor[];
  readonly matched: number;
}

/** A piece of these anchors, which are in order on both sides; none where there are none. */
export function pieceOf(anchors: readonly Anchor[]): Piece[] {
  const first = anchors[0];
  const last = anchors.at(-1);
  if (first === undefined || last === undefined) return [];
  let matched = 0;
  for (const anchor of anchors) matched += anchor.length;
  return [
    {
      aStart: first.a,
      aEnd: last.a + last.length,
      bStart: first.b,
      bEnd: last.b + last.length,
      anchors,
      matched,
    },
  ];
}

/** Words of both copies; a side without a bound is taken as it is. */
export interface Bounds {
  readonly aStart?: number;
  readonly aEnd?: number;
  readonly bStart?: number;
  readonly bEnd?: number;
}

/** The part of a piece that lies within bounds on both sides; none where the copies share nothing there. */
export function clipped(piece: Piece, bounds: Bounds): Piece[] {
  const { aStart = 0, aEnd = Infinity, bStart = 0, bEnd = Infinity } = bounds;
  const isWithin =
    piece.aStart >= aStart && piece.aEnd <= aEnd && piece.bStart >= bStart && piece.bEnd <= bEnd;
  if (isWithin) return [piece];
  const anchors: Anchor[] = [];
  for (const { a, b, length } of piece.anchors) {
    const skip = Math.max(0, aStart - a, bStart - b);
    const left = Math.min(length, aEnd - a, bEnd - b) - skip;
    if (left > 0) anchors.push({ a: a + skip, b: b + skip, length: left });
  }
  return pieceOf(anchors);
}

export function wordsIn(pieces: readonly Piece[]): number {
  return pieces.reduce((sum, { matched }) => sum + matched, 0);
}

/** The piece that stands first in the later copy, or in the earlier. */
export function firstOf(pieces: readonly Piece[], by: "aStart" | "bStart"): Piece | undefined {
  return pieces.reduce<Piece | undefined>(
    (first, piece) => (first === undefined || piece[by] < first[by] ? piece : first),
    undefined,
  );
}

export function lastOf(pieces: readonly Piece[], by: "aEnd" | "bEnd"): Piece | undefined {
  return pieces.reduce<Piece | undefined>(
    (last, piece) => (last === undefined || piece[by] > last[by] ? piece : last),
    undefined,
  );
}
