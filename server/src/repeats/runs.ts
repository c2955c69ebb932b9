import { alignGap, type Anchor } from "./align.ts";
import { holdsProse, type Block } from "../draft/draft.ts";
import { perBlock } from "../draft/incremental/per-block.ts";
import { sentencesOf } from "../language/sentences.ts";
import { findPieces, type Piece } from "./match.ts";
import { blockOfWord, type Sequence } from "./sequence.ts";
import { wordsOf } from "./words.ts";
import { upperBound } from "../text/search.ts";

/**
 * A passage that stands twice: one or more pieces that follow each other. Word numbers of the later
 * and of the earlier sequence; both ends lie where a block or a sentence begins or ends.
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

/** The passages of `later` that stand in `earlier` too, or, given one sequence twice, further up. */
export function findRuns(later: Sequence, earlier: Sequence): Run[] {
  const within = later === earlier;
  const pieces: Piece[] = [];
  for (const piece of findPieces(later, earlier)) {
    for (const part of within ? parted(piece, later) : [piece]) {
      if (part.matched >= MIN_MATCHED && alikeness(part) >= MIN_ALIKE) pieces.push(part);
    }
  }
  const runs: Run[] = [];
  for (const group of joined(strongest(pieces), within)) {
    const run = snapped(group, later, earlier);
    if (run !== undefined) runs.push(run);
  }
  return runs.sort((x, y) => x.aStart - y.aStart || x.aEnd - y.aEnd);
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
function parted(piece: Piece, sequence: Sequence): Piece[] {
  const period = piece.aStart - piece.bStart;
  const over = piece.bEnd - piece.aStart;
  // A gap can align words with later ones; that is no passage that stands further up.
  if (period < 1) return [];
  if (over <= 0) return [piece];
  if (over <= period / 2) {
    const shift = shiftToBlock(sequence, piece.aStart, over);
    return sliced(piece, piece.bStart + shift, piece.aStart + shift);
  }
  if (alikeness(piece) >= MANY_ALIKE && piece.aEnd - piece.aStart >= 2 * period) return [piece];
  const shift = shiftToBlock(sequence, piece.aStart, Math.min(period, over));
  return rounds(piece, shift === 0 ? piece.aStart : piece.bStart + shift, period);
}

/** The parts of a piece whose earlier sides end by `limit`, and by each `period` words after it. */
function rounds(piece: Piece, limit: number, period: number): Piece[] {
  const parts: Piece[] = [];
  let end = limit;
  let anchors: Anchor[] = [];
  for (let anchor of piece.anchors) {
    for (;;) {
      if (anchor.b >= end) {
        parts.push(...pieceOf(anchors));
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
  parts.push(...pieceOf(anchors));
  return parts;
}

function pieceOf(anchors: readonly Anchor[]): Piece[] {
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

/** How alike the rounds must be of what stands again and again in a row. */
const MANY_ALIKE = 0.97;

/** How many words after `start` a block begins, if within `most`; else 0. */
function shiftToBlock(sequence: Sequence, start: number, most: number): number {
  const index = blockOfWord(sequence, start);
  const first = sequence.first[index] ?? 0;
  if (first === start) return 0;
  const next = (sequence.first[index + 1] ?? 0) - start;
  return next <= most ? next : 0;
}

/** The part of a piece whose earlier side lies between two words; none where they share nothing there. */
function sliced(piece: Piece, start: number, end: number): Piece[] {
  const anchors: Anchor[] = [];
  for (const anchor of piece.anchors) {
    const skip = Math.max(0, start - anchor.b);
    const length = Math.min(anchor.length, end - anchor.b) - skip;
    if (length > 0) anchors.push({ a: anchor.a + skip, b: anchor.b + skip, length });
  }
  return pieceOf(anchors);
}

/** Of pieces that claim the same later words, the one with the most in common. */
function strongest(pieces: Piece[]): Piece[] {
  pieces.sort((x, y) => x.aStart - y.aStart || y.matched - x.matched);
  const kept: Piece[] = [];
  for (const piece of pieces) {
    let beaten = false;
    for (let at = kept.length - 1; at >= 0 && at >= kept.length - 16; at--) {
      const other = kept[at];
      if (other === undefined) break;
      const shared = Math.min(piece.aEnd, other.aEnd) - Math.max(piece.aStart, other.aStart);
      if (shared <= 0) continue;
      const shorter = Math.min(piece.aEnd - piece.aStart, other.aEnd - other.aStart);
      if (shared < 0.4 * shorter) continue;
      if (piece.matched > other.matched) kept.splice(at, 1);
      else {
        beaten = true;
        break;
      }
    }
    if (!beaten) kept.push(piece);
  }
  return kept;
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
    for (let at = open.length - 1; at >= 0; at--) {
      const group = open[at];
      if (group === undefined) continue;
      const aGap = piece.aStart - group.aEnd;
      if (aGap > MAX_GAP) {
        open.splice(at, 1);
        done.push(group);
        continue;
      }
      const bGap = gapTo(group, piece);
      // A few words in common further away are chance, the more so out of order.
      const weaker = Math.min(piece.matched, group.matched);
      const inOrder = piece.bStart >= group.bEnd - SLACK;
      const reach = weaker * (weaker < SOLID ? (inOrder ? 1.5 : 0) : inOrder ? 4 : 3);
      if (Math.max(aGap, bGap) > Math.min(MAX_GAP, reach)) continue;
      const aStart = Math.min(group.aStart, piece.aStart);
      const aEnd = Math.max(group.aEnd, piece.aEnd);
      const bStart = Math.min(group.bStart, piece.bStart);
      const bEnd = Math.max(group.bEnd, piece.bEnd);
      if (within && bEnd > aStart) continue;
      const cover = (group.matched + piece.matched) / Math.max(aEnd - aStart, bEnd - bStart);
      if (cover < MIN_COVER) continue;
      const cost = Math.max(aGap, 0) + bGap;
      if (cost < bestCost) {
        best = group;
        bestCost = cost;
      }
    }
    if (best === undefined) {
      if (open.length >= MAX_OPEN) {
        const oldest = open.shift();
        if (oldest !== undefined) done.push(oldest);
      }
      open.push({
        aStart: piece.aStart,
        aEnd: piece.aEnd,
        bStart: piece.bStart,
        bEnd: piece.bEnd,
        matched: piece.matched,
        pieces: [piece],
      });
      continue;
    }
    best.aEnd = Math.max(best.aEnd, piece.aEnd);
    best.aStart = Math.min(best.aStart, piece.aStart);
    best.bStart = Math.min(best.bStart, piece.bStart);
    best.bEnd = Math.max(best.bEnd, piece.bEnd);
    best.matched += piece.matched;
    best.pieces.push(piece);
  }
  done.push(...open);
  return done;
}

/** How far a piece is from a group on the earlier side; infinite where it takes words that the group has. */
function gapTo(group: Group, piece: Piece): number {
  if (piece.bStart >= group.bEnd - SLACK) return Math.max(0, piece.bStart - group.bEnd);
  if (piece.bEnd <= group.bStart + SLACK) return Math.max(0, group.bStart - piece.bEnd);
  // Between the others: a paragraph that was moved within the run.
  const clash = group.pieces.some(
    (other) => Math.min(other.bEnd, piece.bEnd) - Math.max(other.bStart, piece.bStart) > SLACK,
  );
  return clash ? Infinity : 0;
}

/** By how many words pieces may overlap that follow each other. */
const SLACK = 6;

/** A group as a run whose ends lie between sentences or blocks; none where nothing is left. */
function snapped(group: Group, later: Sequence, earlier: Sequence): Run | undefined {
  const within = later === earlier;
  let { aStart, aEnd, bStart, bEnd } = group;
  let copies = 1;
  if (within && bEnd > aStart) {
    // The passage stands again and again in a row.
    const period = aStart - bStart;
    copies = Math.max(2, Math.round((aEnd - aStart) / period)) + 1;
    bEnd = bStart + period;
  }
  // Where pieces come in another order, each side begins and ends with another one.
  const { pieces } = group;
  const sameFirst = firstOf(pieces, "aStart") === firstOf(pieces, "bStart");
  const sameLast = lastOf(pieces, "aEnd") === lastOf(pieces, "bEnd");
  const starts = sameFirst ? snapStarts : snapApart;
  const ends = sameLast ? snapEnds : snapApart;
  [aStart, bStart] = starts(edgeBefore(later, aStart, aEnd), edgeBefore(earlier, bStart, bEnd));
  [aEnd, bEnd] = ends(edgeAfter(later, aStart, aEnd), edgeAfter(earlier, bStart, bEnd));
  if (within && bEnd > aStart) bEnd = aStart;
  if (aEnd <= aStart || bEnd <= bStart) return undefined;
  const anchors = copies > 1 ? group.pieces : withEdges();
  return { aStart, aEnd, bStart, bEnd, pieces: anchors, matched: group.matched, copies };

  /** The pieces with the words that the sentences at both ends share beyond them. */
  function withEdges(): Piece[] {
    const pieces = [...group.pieces];
    const first = pieces[0];
    if (first !== undefined && first.aStart >= aStart && first.bStart >= bStart) {
      pieces[0] = grownBy(
        alignGap(later.words, aStart, first.aStart, earlier.words, bStart, first.bStart),
        first,
        [],
      );
    }
    const last = pieces.at(-1);
    if (last !== undefined && last.aEnd <= aEnd && last.bEnd <= bEnd) {
      pieces[pieces.length - 1] = grownBy(
        [],
        last,
        alignGap(later.words, last.aEnd, aEnd, earlier.words, last.bEnd, bEnd),
      );
    }
    return pieces;
  }
}

function grownBy(before: readonly Anchor[], piece: Piece, after: readonly Anchor[]): Piece {
  if (before.length + after.length === 0) return piece;
  return pieceOf([...before, ...piece.anchors, ...after])[0] ?? piece;
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

/** Both sides start at their blocks, or at their sentences; a part of a sentence on both sides is left out. */
function snapStarts(a: Edge, b: Edge): [number, number] {
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

const snapEnds = snapStarts;

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

function edgeBefore(sequence: Sequence, start: number, end: number): Edge {
  const index = blockOfWord(sequence, start);
  const block = sequence.first[index] ?? 0;
  const blockEnd = Math.min(end, sequence.first[index + 1] ?? 0);
  const starts = sentenceStarts(sequence.draft.blocks[index]);
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

function edgeAfter(sequence: Sequence, start: number, end: number): Edge {
  const index = blockOfWord(sequence, end - 1);
  const blockStart = sequence.first[index] ?? 0;
  const from = Math.max(start, blockStart);
  const block = sequence.first[index + 1] ?? 0;
  const starts = sentenceStarts(sequence.draft.blocks[index]);
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

const WHOLE = Uint32Array.of(0);

/** Which sentence a word is in, both counted in their block. */
export function sentenceAt(starts: Uint32Array, word: number): number {
  return Math.max(0, upperBound(starts, word) - 1);
}

/** Whether the words from `start` up to `end` are whole sentences. */
export function isOfSentences(sequence: Sequence, start: number, end: number): boolean {
  return startsSentence(sequence, start) && startsSentence(sequence, end);
}

/** Whether a sentence starts with a word, or the text ends before it. */
export function startsSentence(sequence: Sequence, word: number): boolean {
  if (word >= sequence.words.length) return true;
  const index = blockOfWord(sequence, word);
  const at = word - (sequence.first[index] ?? 0);
  const starts = sentenceStarts(sequence.draft.blocks[index]);
  return starts[sentenceAt(starts, at)] === at;
}

/** The words that sentences start with, counted from the start of the block. */
export function sentenceStarts(block: Block | undefined): Uint32Array {
  return block === undefined ? WHOLE : sentenceStartsOf(block);
}

const sentenceStartsOf = perBlock((block): Uint32Array => {
  if (!holdsProse(block)) return WHOLE;
  const words = wordsOf(block).starts;
  const found: number[] = [];
  let at = 0;
  for (const sentence of sentencesOf(block)) {
    while (at < words.length && (words[at] ?? 0) < sentence.start) at++;
    if (at < words.length && found.at(-1) !== at) found.push(at);
  }
  if (found[0] !== 0) found.unshift(0);
  return Uint32Array.from(found);
});
