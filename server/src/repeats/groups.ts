import { MIN_MATCHED, SOLID } from "./likely-pieces.ts";
import { clipped, type Piece } from "./pieces.ts";

/** Pieces may be this many words apart on either side and still be one run: a paragraph was put in, taken out or moved. */
const MAX_GAP = 220;
/** A run must hold this share of the words that it spans. */
const MIN_COVER = 0.5;
const MAX_OPEN = 12;

/** Pieces that follow each other, in whatever order, and what they span and have in common. */
export interface Group {
  aStart: number;
  aEnd: number;
  bStart: number;
  bEnd: number;
  matched: number;
  readonly pieces: Piece[];
}

/** Joins pieces that lie near each other on both sides, in whatever order, to groups. */
export function joined(pieces: readonly Piece[], within: boolean): Group[] {
  const done: Group[] = [];
  const open: Group[] = [];
  for (const piece of pieces) {
    let best: Group | undefined;
    let bestCost = Infinity;
    let rest = piece;
    for (let at = open.length - 1; at >= 0; at--) {
      const group = open[at];
      if (group === undefined) continue;
      if (piece.aStart - group.aEnd > MAX_GAP) {
        open.splice(at, 1);
        done.push(group);
        continue;
      }
      const left = withoutHeld(piece, group);
      if (left === undefined) continue;
      const aGap = left.aStart - group.aEnd;
      const bGap = Math.max(0, left.bStart - group.bEnd, group.bStart - left.bEnd);
      // A few words in common further away are chance, the more so out of order.
      const weaker = Math.min(left.matched, group.matched);
      const inOrder = left.bStart >= group.bEnd;
      const reach = weaker * (weaker < SOLID ? (inOrder ? 1.5 : 0) : inOrder ? 4 : 3);
      if (Math.max(aGap, bGap) > Math.min(MAX_GAP, reach)) continue;
      const aStart = Math.min(group.aStart, left.aStart);
      const aEnd = Math.max(group.aEnd, left.aEnd);
      const bStart = Math.min(group.bStart, left.bStart);
      const bEnd = Math.max(group.bEnd, left.bEnd);
      if (within && bEnd > aStart) continue;
      const cover = (group.matched + left.matched) / Math.max(aEnd - aStart, bEnd - bStart);
      if (cover < MIN_COVER) continue;
      const cost = aGap + bGap;
      if (cost < bestCost) {
        best = group;
        bestCost = cost;
        rest = left;
      }
    }
    if (best === undefined) {
      if (open.length >= MAX_OPEN) {
        const oldest = open.shift();
        if (oldest !== undefined) done.push(oldest);
      }
      const { aStart, aEnd, bStart, bEnd, matched } = piece;
      open.push({ aStart, aEnd, bStart, bEnd, matched, pieces: [piece] });
      continue;
    }
    best.aEnd = rest.aEnd;
    best.bStart = Math.min(best.bStart, rest.bStart);
    best.bEnd = Math.max(best.bEnd, rest.bEnd);
    best.matched += rest.matched;
    best.pieces.push(rest);
  }
  // As a piece far behind all of them would.
  done.push(...open.reverse());
  return done;
}

/**
 * A piece, which begins after the group does, without the words that the group has on either side;
 * undefined where hardly anything is left: it is another copy.
 */
function withoutHeld(piece: Piece, group: Group): Piece | undefined {
  let [left] = clipped(piece, { aStart: group.aEnd });
  if (left === undefined) return undefined;
  if (left.bEnd > group.bEnd) [left] = clipped(left, { bStart: group.bEnd });
  else if (left.bStart < group.bStart) [left] = clipped(left, { bEnd: group.bStart });
  else {
    // Between the others: a paragraph that was moved within the run.
    for (const other of group.pieces) {
      if (left === undefined) break;
      if (left.bStart >= other.bEnd || left.bEnd <= other.bStart) continue;
      const isAfter: boolean = left.bStart >= other.bStart;
      [left] = clipped(left, isAfter ? { bStart: other.bEnd } : { bEnd: other.bStart });
    }
  }
  if (left === undefined || left.matched < MIN_MATCHED) return undefined;
  return left.matched >= Math.min(SOLID, piece.matched / 2) ? left : undefined;
}
