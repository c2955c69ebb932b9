import { alignGap } from "./align.ts";
import { edgeAfter, edgeBefore, snapApart, snapTogether } from "./edges.ts";
import { grownBeside } from "./grow.ts";
import { type Group, joined } from "./groups.ts";
import { likelyPieces } from "./likely-pieces.ts";
import { clipped, firstOf, lastOf, pieceOf, type Piece, wordsIn } from "./pieces.ts";
import type { Row } from "./row.ts";

/**
 * A passage that stands twice: one or more pieces that follow each other. Word numbers of the later
 * and of the earlier row; both ends lie where a block or a sentence begins or ends.
 */
export interface Run {
  readonly aStart: number;
  readonly aEnd: number;
  readonly bStart: number;
  readonly bEnd: number;
  /** By place in the later sequence. */
  readonly pieces: readonly Piece[];
  /** How many words the two have in common, in order. */
  readonly matched: number;
  /** Above 1 where the passage stands so many times in a row, all but the first in the later part. */
  readonly copies: number;
}

/** The passages of `later` that stand in `earlier` too; given one row twice, those that stand in it once more further up. */
export function findRuns(later: Row, earlier: Row): Run[] {
  const groups = joined(likelyPieces(later, earlier), later === earlier);
  const found = groups.flatMap((group) => snapped(group, later, earlier) ?? []);
  return completed(found, later, earlier);
}

/** All runs by place, with what stands beside them and is alike, as far as no other run has it; those that meet are one. */
function completed(runs: readonly Run[], later: Row, earlier: Row): Run[] {
  const all = [...runs].sort((x, y) => x.aStart - y.aStart || x.aEnd - y.aEnd);
  const within = later === earlier;
  const found: Run[] = [];
  let taken = 0;
  all.forEach((run, at) => {
    const next = Math.max(run.aEnd, all[at + 1]?.aStart ?? later.words.length);
    const whole = grown(run, later, earlier, taken, next);
    taken = Math.max(taken, whole.aEnd);
    const before = found.at(-1);
    const meets =
      before?.aEnd === whole.aStart &&
      before.bEnd === whole.bStart &&
      before.copies + whole.copies === 2 &&
      (!within || whole.bEnd <= before.aStart);
    if (!meets) found.push(whole);
    else {
      const pieces = [...before.pieces, ...whole.pieces];
      const { aEnd, bEnd } = whole;
      found[found.length - 1] = { ...before, aEnd, bEnd, pieces, matched: wordsIn(pieces) };
    }
  });
  return found;
}

/**
 * A run with its neighbours, which may take the later words from `aFirst` up to `aLast`. What stands again and again in
 * a row has itself beside it.
 */
function grown(run: Run, later: Row, earlier: Row, aFirst: number, aLast: number): Run {
  if (run.copies > 1) return run;
  const within = later === earlier;
  let { aStart, bStart, aEnd, bEnd } = run;
  const [head, ...rest] = run.pieces;
  let first = head;
  if (first !== undefined && firstOf(run.pieces, "bStart") === first) {
    const limit = { a: Math.min(aStart, Math.max(aFirst, within ? bEnd : 0)), b: 0 };
    const before = grownBeside(later, earlier, { a: aStart, b: bStart }, limit, false);
    ({ a: aStart, b: bStart } = before);
    [first] = pieceOf([...before.anchors, ...first.anchors]);
  }
  const pieces = first === undefined ? rest : [first, ...rest];
  const last = pieces.at(-1);
  if (last !== undefined && lastOf(pieces, "bEnd") === last) {
    const limit = { a: aLast, b: within ? aStart : earlier.words.length };
    const after = grownBeside(later, earlier, { a: aEnd, b: bEnd }, limit, true);
    ({ a: aEnd, b: bEnd } = after);
    pieces.splice(-1, 1, ...pieceOf([...last.anchors, ...after.anchors]));
  }
  return { ...run, aStart, bStart, aEnd, bEnd, pieces, matched: wordsIn(pieces) };
}

/** A group as a run whose ends lie between sentences or blocks; none where nothing is left. */
function snapped(group: Group, later: Row, earlier: Row): Run | undefined {
  const within = later === earlier;
  let { aStart, aEnd, bStart, bEnd } = group;
  let copies = 1;
  const period = aStart - bStart;
  if (within && bEnd > aStart && aEnd - aStart >= 2 * period) {
    // The passage stands again and again in a row.
    copies = Math.round((aEnd - aStart) / period) + 1;
    bEnd = aStart;
  }
  // Where pieces come in another order, each side begins and ends with another one.
  const { pieces } = group;
  const sameFirst = firstOf(pieces, "aStart") === firstOf(pieces, "bStart");
  const sameLast = lastOf(pieces, "aEnd") === lastOf(pieces, "bEnd");
  const starts = sameFirst ? snapTogether : snapApart;
  const ends = sameLast ? snapTogether : snapApart;
  [aStart, bStart] = starts(edgeBefore(later, aStart, aEnd), edgeBefore(earlier, bStart, bEnd));
  [aEnd, bEnd] = ends(edgeAfter(later, aStart, aEnd), edgeAfter(earlier, bStart, bEnd));
  if (within && bEnd > aStart) bEnd = aStart;
  if (aEnd <= aStart || bEnd <= bStart) return undefined;
  const span = { aStart, aEnd, bStart, bEnd };
  if (copies > 1) return { ...span, pieces, matched: group.matched, copies };
  // What the sentences at the ends share is part of the passage, what lies beyond them is none.
  const inside = pieces.flatMap((piece) => clipped(piece, span));
  const first = inside[0];
  const last = inside.at(-1);
  if (first === undefined || last === undefined) return undefined;
  const { words: aWords } = later;
  const { words: bWords } = earlier;
  if (firstOf(inside, "bStart") === first) {
    const before = alignGap(aWords, aStart, first.aStart, bWords, bStart, first.bStart);
    inside.splice(0, 1, ...pieceOf([...before, ...first.anchors]));
  }
  if (lastOf(inside, "bEnd")?.bEnd === last.bEnd) {
    const after = alignGap(aWords, last.aEnd, aEnd, bWords, last.bEnd, bEnd);
    inside.push(...pieceOf([...(inside.pop()?.anchors ?? []), ...after]));
  }
  return { ...span, pieces: inside, matched: wordsIn(inside), copies };
}
