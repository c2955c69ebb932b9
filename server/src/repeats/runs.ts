import { incremental } from "../draft/incremental/incremental.ts";
import { alignGap, type Anchor } from "./align.ts";
import { grownBeside, likeBeside } from "./grow.ts";
import { piecesFrom } from "./match.ts";
import {
  changeBetween,
  inParts,
  type Items,
  type Part,
  type PreviousParts,
  shiftOf,
  type WordChange,
} from "./parts.ts";
import { clipped, isMovedTo, movedPiece, pieceOf, type Piece } from "./pieces.ts";
import { blockOfWord, type Row } from "./row.ts";
import { seedsBetween, seedsWithin, type Seeds } from "./seeds.ts";
import { sentenceAt } from "./sentence-starts.ts";
import { sequenceOf, type Sequence } from "./sequence.ts";

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

/** Pieces may be this many words apart on either side and still be one run: a paragraph was put in, taken out or moved. */
const MAX_GAP = 220;
/** A run must hold this share of the words that it spans. */
const MIN_COVER = 0.5;
/** A piece with fewer words in common is chance. */
const MIN_MATCHED = 6;
/** How alike a piece must be to take part. */
const MIN_ALIKE = 0.55;
/** A piece of fewer words may be chance. */
const SOLID = 12;
const MAX_OPEN = 12;

/** The passages of `later` that stand in `earlier` too, which is another row. */
export function findRuns(later: Row, earlier: Row): Run[] {
  const pieces = inParts(likelyPiecesFrom(later, earlier, seedsBetween(later, earlier)));
  const found = pieces.flatMap(({ value }) => value);
  return completed(inParts(snappedFrom(later, earlier, found)), later, earlier);
}

/** The passages of a draft that stand in it once more further up. */
export function findRunsWithin({ draft }: Sequence): readonly Run[] {
  return foundWithin(draft).runs;
}

/** What was found in a draft, and by what. */
interface Found {
  readonly sequence: Sequence;
  readonly seeds: Seeds;
  readonly pieceParts: readonly Part<readonly Piece[]>[];
  readonly pieces: readonly Piece[];
  readonly runParts: readonly Part<readonly Snapped[]>[];
  readonly runs: readonly Run[];
}

/** What a change did not touch is found in the version before. */
const foundWithin = incremental((draft, last: Found | undefined): Found => {
  const sequence = sequenceOf(draft);
  const seeds = seedsWithin(sequence);
  const change = last && changeBetween(last.sequence, sequence);
  const pieceParts = inParts(
    likelyPiecesFrom(sequence, sequence, seeds),
    change && piecesBefore(last, change, seeds),
  );
  const pieces = pieceParts.flatMap(({ value }) => value);
  const runParts = inParts(
    snappedFrom(sequence, sequence, pieces),
    change && snappedBefore(last, change, pieces),
  );
  const runs = completed(runParts, sequence, sequence);
  return { sequence, seeds, pieceParts, pieces, runParts, runs };
});

function piecesBefore(
  { seeds, pieceParts }: Found,
  change: WordChange,
  now: Seeds,
): PreviousParts<readonly Piece[]> {
  const isMoved = (word = 0, place: number | undefined): boolean =>
    word + shiftOf(change, word) === place;
  return {
    parts: pieceParts,
    change,
    isSame: (index, at) => isMoved(seeds.a[index], now.a[at]) && isMoved(seeds.b[index], now.b[at]),
    moved: (pieces) => pieces.map((piece) => movedPiece(piece, change)),
  };
}

function snappedBefore(
  { runParts, pieces }: Found,
  change: WordChange,
  now: readonly Piece[],
): PreviousParts<readonly Snapped[]> {
  return {
    parts: runParts,
    change,
    isSame: (index, at) => {
      const piece = pieces[index];
      const other = now[at];
      return piece !== undefined && other !== undefined && isMovedTo(piece, other, change);
    },
    moved: (runs) => runs.map((one) => ({ ...one, run: movedRun(one.run, change) })),
  };
}

/** A run of which a change replaced no word, where it stands now. */
function movedRun(run: Run, change: WordChange): Run {
  const a = shiftOf(change, run.aStart);
  const b = shiftOf(change, run.bStart);
  if (a === 0 && b === 0) return run;
  return {
    ...run,
    aStart: run.aStart + a,
    aEnd: run.aEnd + a,
    bStart: run.bStart + b,
    bEnd: run.bEnd + b,
    pieces: run.pieces.map((piece) => movedPiece(piece, change)),
  };
}

/** Finds pieces that are none by chance, by place. */
function likelyPiecesFrom(later: Row, earlier: Row, seeds: Seeds): Items<readonly Piece[]> {
  const within = later === earlier;
  const items = piecesFrom(later, earlier, seeds);
  const likelyOf = (pieces: readonly Piece[]): Piece[] =>
    (within ? pieces.flatMap((piece) => splitAtOverlap(piece, later)) : pieces).filter(
      (piece) => piece.matched >= MIN_MATCHED && alikeness(piece) >= MIN_ALIKE,
    );
  return {
    ...items,
    partFrom: (index, place) => {
      const part = items.partFrom(index, place);
      return { ...part, value: strongest(likelyOf(part.value)) };
    },
  };
}

/** A run as its pieces make it, and whether what stands beside it is alike. */
interface Snapped {
  readonly run: Run;
  readonly grows: boolean;
}

/** Finds the runs of pieces that are near each other, in no order. */
function snappedFrom(
  later: Row,
  earlier: Row,
  pieces: readonly Piece[],
): Items<readonly Snapped[]> {
  return {
    count: pieces.length,
    placeOf: (index) => pieces[index]?.aStart ?? 0,
    partFrom: (start, place) => {
      const dependsOn: number[] = [];
      let reach = 0;
      let end = start;
      for (let piece = pieces[end]; piece !== undefined; piece = pieces[++end]) {
        if (end > start && piece.aStart > reach) break;
        reach = Math.max(reach, piece.aEnd + MAX_GAP);
        dependsOn.push(piece.aStart - MAX_GAP, piece.aEnd + MAX_GAP);
        dependsOn.push(piece.bStart - MAX_GAP, piece.bEnd + MAX_GAP);
      }
      const value: Snapped[] = [];
      for (const group of joined(pieces.slice(start, end), later === earlier)) {
        const run = snapped(group, later, earlier);
        if (run === undefined) continue;
        value.push({ run, grows: isAlikeBeside(run, later, earlier) });
        // The block beside it as well.
        dependsOn.push(run.aStart - 1, run.aEnd + 1, run.bStart - 1, run.bEnd + 1);
      }
      return { start, end, place, reach, dependsOn, value };
    },
  };
}

/** All runs by place, with what stands beside them and is alike, as far as no other run has it; those that meet are one. */
function completed(parts: readonly Part<readonly Snapped[]>[], later: Row, earlier: Row): Run[] {
  const all = parts
    .flatMap(({ value }) => value)
    .sort(({ run: x }, { run: y }) => x.aStart - y.aStart || x.aEnd - y.aEnd);
  const within = later === earlier;
  const found: Run[] = [];
  let taken = 0;
  all.forEach(({ run, grows }, at) => {
    const next = Math.max(run.aEnd, all[at + 1]?.run.aStart ?? later.words.length);
    const whole = grows ? grown(run, later, earlier, taken, next) : run;
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

/** Whether anything beside a run is alike. What stands again and again in a row has itself beside it. */
function isAlikeBeside(
  { aStart, aEnd, bStart, bEnd, copies }: Run,
  later: Row,
  earlier: Row,
): boolean {
  if (copies > 1) return false;
  const within = later === earlier;
  const first = { a: within ? bEnd : 0, b: 0 };
  const last = { a: later.words.length, b: within ? aStart : earlier.words.length };
  return (
    likeBeside(later, earlier, { a: aStart, b: bStart }, first, false) !== undefined ||
    likeBeside(later, earlier, { a: aEnd, b: bEnd }, last, true) !== undefined
  );
}

/** A run with its neighbours, which may take the later words from `aFirst` up to `aLast`. */
function grown(run: Run, later: Row, earlier: Row, aFirst: number, aLast: number): Run {
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

interface Group {
  aStart: number;
  aEnd: number;
  bStart: number;
  bEnd: number;
  matched: number;
  readonly pieces: Piece[];
}

/** Joins pieces that lie near each other on both sides, in whatever order, to groups. */
function joined(pieces: readonly Piece[], within: boolean): Group[] {
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

/** How many words pieces have in common. */
function wordsIn(pieces: readonly Piece[]): number {
  return pieces.reduce((sum, { matched }) => sum + matched, 0);
}

/** One side's end of a passage, and what stands around it. */
interface Edge {
  /** The end as matched. */
  readonly raw: number;
  /** The end of the sentence it lies in, outwards, and inwards; the latter is `raw` where there is none. */
  readonly outer: number;
  readonly inner: number;
  /** Which share of the sentence, and of the block, is missing outwards. */
  readonly sentenceMissing: number;
  readonly blockMissing: number;
  readonly block: number;
}

/** How much of a sentence may be missing at an end of a passage for it to count as part of it. */
const SENTENCE_SHARE = 0.5;
/** So many words of another sentence are no part of a passage. */
const FEW = 6;
/** How much of a block may be missing, and how many words at the most. */
const BLOCK_SHARE = 0.2;
const BLOCK_WORDS = 16;

/** Both sides start, or end, at their blocks, or at their sentences; a part of a sentence on both sides is left out. */
function snapTogether(a: Edge, b: Edge): [number, number] {
  if (isNearBlock(a) && isNearBlock(b) && a.block !== b.block) return [a.block, b.block];
  if (a.sentenceMissing > SENTENCE_SHARE && b.sentenceMissing > SENTENCE_SHARE) {
    return [a.inner, b.inner];
  }
  if (a.sentenceMissing > SENTENCE_SHARE || b.sentenceMissing > SENTENCE_SHARE) {
    // The end of a sentence that both share before the passage, or the beginning of one after it.
    const odd = Math.abs(a.inner - a.raw);
    if (odd <= FEW && odd === Math.abs(b.inner - b.raw)) return [a.inner, b.inner];
  }
  return [
    a.sentenceMissing <= SENTENCE_SHARE ? a.outer : a.raw,
    b.sentenceMissing <= SENTENCE_SHARE ? b.outer : b.raw,
  ];
}

/** Each side by itself: what one of them has of a sentence at its end is no part of the other. */
function snapApart(a: Edge, b: Edge): [number, number] {
  const snap = (edge: Edge): number =>
    edge.sentenceMissing <= SENTENCE_SHARE ? edge.outer : edge.inner;
  return [snap(a), snap(b)];
}

function firstOf(pieces: readonly Piece[], by: "aStart" | "bStart"): Piece | undefined {
  return pieces.reduce<Piece | undefined>(
    (first, piece) => (first === undefined || piece[by] < first[by] ? piece : first),
    undefined,
  );
}

function lastOf(pieces: readonly Piece[], by: "aEnd" | "bEnd"): Piece | undefined {
  return pieces.reduce<Piece | undefined>(
    (last, piece) => (last === undefined || piece[by] > last[by] ? piece : last),
    undefined,
  );
}

function isNearBlock(edge: Edge): boolean {
  return edge.blockMissing <= BLOCK_SHARE && Math.abs(edge.raw - edge.block) <= BLOCK_WORDS;
}

function edgeBefore(row: Row, start: number, end: number): Edge {
  const index = blockOfWord(row, start);
  const block = row.first[index] ?? 0;
  const blockEnd = Math.min(end, row.first[index + 1] ?? 0);
  const starts = row.blocks.sentenceStarts(index);
  const at = sentenceAt(starts, start - block);
  const outer = block + (starts[at] ?? 0);
  let next = at + 1 < starts.length ? block + (starts[at + 1] ?? 0) : blockEnd;
  next = Math.min(next, blockEnd);
  return {
    raw: start,
    outer,
    inner: next < end ? next : start,
    sentenceMissing: (start - outer) / Math.max(1, next - outer),
    blockMissing: (start - block) / Math.max(1, blockEnd - block),
    block,
  };
}

function edgeAfter(row: Row, start: number, end: number): Edge {
  const index = blockOfWord(row, end - 1);
  const blockStart = row.first[index] ?? 0;
  const from = Math.max(start, blockStart);
  const block = row.first[index + 1] ?? 0;
  const starts = row.blocks.sentenceStarts(index);
  const at = sentenceAt(starts, end - 1 - blockStart);
  const outer = at + 1 < starts.length ? blockStart + (starts[at + 1] ?? 0) : block;
  let sentence = blockStart + (starts[at] ?? 0);
  sentence = Math.max(sentence, from);
  return {
    raw: end,
    outer,
    inner: sentence > start ? sentence : end,
    sentenceMissing: (outer - end) / Math.max(1, outer - sentence),
    blockMissing: (block - end) / Math.max(1, block - from),
    block,
  };
}
