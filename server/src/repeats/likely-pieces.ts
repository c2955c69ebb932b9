import type { Anchor } from "./align.ts";
import { findPieces } from "./match.ts";
import { clipped, pieceOf, type Piece } from "./pieces.ts";
import { blockOfWord, type Row } from "./row.ts";
import { seedsBetween, seedsWithin } from "./seeds.ts";

/** A piece with fewer words in common is chance. */
export const MIN_MATCHED = 6;
/** How alike a piece must be to take part. */
const MIN_ALIKE = 0.55;
/** A piece of fewer words may be chance. */
export const SOLID = 12;

/**
 * The pieces of `later` that stand in `earlier` too and are none by chance, by place; given one row twice, those that
 * stand in it once more further up.
 */
export function likelyPieces(later: Row, earlier: Row): Piece[] {
  const within = later === earlier;
  const seeds = within ? seedsWithin(later) : seedsBetween(later, earlier);
  const found = findPieces(later, earlier, seeds);
  const apart = within ? found.flatMap((piece) => splitAtOverlap(piece, later)) : found;
  return strongest(
    apart.filter((piece) => piece.matched >= MIN_MATCHED && alikeness(piece) >= MIN_ALIKE),
  );
}

/** The share of its words that a piece has in common. */
function alikeness(piece: Piece): number {
  return piece.matched / Math.max(piece.aEnd - piece.aStart, piece.bEnd - piece.bStart, 1);
}

/**
 * A piece of one draft that runs into its own like further up, as pieces that do not.
 * One that hardly does is cut where the later copy begins: at the start of a block, if it can be.
 * One that runs on over itself stays where it is the same words again and again; else each round is
 * a piece.
 */
function splitAtOverlap(piece: Piece, row: Row): Piece[] {
  const period = piece.aStart - piece.bStart;
  const over = piece.bEnd - piece.aStart;
  // A gap can align words with later ones; that is no passage that stands further up.
  if (period < 1) return [];
  if (over <= 0) return [piece];
  if (over <= period / 2) {
    const shift = shiftToBlock(row, piece.aStart, over);
    return clipped(piece, { bStart: piece.bStart + shift, bEnd: piece.aStart + shift });
  }
  if (alikeness(piece) === 1 && piece.aEnd - piece.aStart >= 2 * period) return [piece];
  const shift = shiftToBlock(row, piece.aStart, Math.min(period, over));
  return rounds(piece, shift === 0 ? piece.aStart : piece.bStart + shift, period);
}

/** The stretches of a piece whose earlier sides end by `limit`, and by each `period` words after it. */
function rounds(piece: Piece, limit: number, period: number): Piece[] {
  const found: Piece[] = [];
  let end = limit;
  let anchors: Anchor[] = [];
  for (let anchor of piece.anchors) {
    for (;;) {
      if (anchor.b >= end) {
        found.push(...pieceOf(anchors));
        anchors = [];
        end += Math.ceil((anchor.b + 1 - end) / period) * period;
      }
      const room = end - anchor.b;
      if (anchor.length <= room) break;
      anchors.push({ ...anchor, length: room });
      anchor = { a: anchor.a + room, b: anchor.b + room, length: anchor.length - room };
    }
    anchors.push(anchor);
  }
  found.push(...pieceOf(anchors));
  return found;
}

/** How many words after `start` a block begins, if within `most`; else 0. */
function shiftToBlock(row: Row, start: number, most: number): number {
  const index = blockOfWord(row, start);
  const first = row.first[index] ?? 0;
  if (first === start) return 0;
  const next = (row.first[index + 1] ?? 0) - start;
  return next <= most ? next : 0;
}

/**
 * Of pieces that claim the same later words, the one with the most in common has them; what the other has
 * beside them stays a piece where it is none by chance. By place.
 */
function strongest(pieces: Piece[]): Piece[] {
  pieces.sort((x, y) => x.aStart - y.aStart || y.matched - x.matched);
  const kept: Piece[] = [];
  for (const one of pieces) {
    let piece: Piece | undefined = one;
    for (let at = kept.length - 1; at >= 0 && at >= kept.length - 16; at--) {
      const other = kept[at];
      if (other === undefined) break;
      const shared = Math.min(piece.aEnd, other.aEnd) - Math.max(piece.aStart, other.aStart);
      if (shared <= 0) continue;
      const shorter = Math.min(piece.aEnd - piece.aStart, other.aEnd - other.aStart);
      if (shared < 0.4 * shorter) continue;
      if (piece.matched > other.matched) {
        kept.splice(at, 1, ...solid(clipped(other, { aEnd: piece.aStart })));
      } else {
        [piece] = solid(clipped(piece, { aStart: other.aEnd }));
        if (piece === undefined) break;
      }
    }
    if (piece !== undefined) kept.push(piece);
  }
  return kept.sort((x, y) => x.aStart - y.aStart || y.matched - x.matched);
}

function solid(pieces: readonly Piece[]): readonly Piece[] {
  return pieces.filter(({ matched }) => matched >= SOLID);
}
