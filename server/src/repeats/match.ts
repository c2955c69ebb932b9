import { alignGap, type Anchor } from "./align.ts";
import { pieceOf, type Piece } from "./pieces.ts";
import type { Row } from "./row.ts";
import type { Seeds } from "./seeds.ts";
import { SHINGLE } from "./words.ts";

/** Exact matches further apart than this many words belong to different pieces. */
const MAX_GAP = 48;
/** By how many words one side of a gap may be longer than the other. */
const MAX_DRIFT = 28;
/** How many words of a match may be those of the match before it already. */
const MAX_CUT = 4;
/** How many unfinished chains are kept; the oldest is finished to make room. */
const MAX_CHAINS = 24;
/** How far a match is extended to the left of the shingle that gave it. */
const MAX_LEFT = 48;
/** A chain with fewer words in exact matches is chance. */
const MIN_ANCHORED = 6;

/**
 * Finds the stretches of `later` that stand in `earlier` too; given one row twice, with the seeds within it, those
 * that stand again further up.
 *
 * Seed, chain and extend, as genome aligners do (MUMmer: Delcher et al. 1999; minimap2: Li 2018):
 * shingles that both have are looked up in a hash table and extended to exact matches, matches on
 * nearby diagonals are chained, and only the gaps of a chain are aligned. Each word is looked up
 * once, compared with its nearest earlier like alone, and each match meets a bounded number of open
 * chains, so the work grows with the text whatever the text is.
 */
export function findPieces(later: Row, earlier: Row, { a: as, b: bs }: Seeds): Piece[] {
  const { words: aWords } = later;
  const { words: bWords } = earlier;
  const chains = new Chains(aWords, bWords);
  let resume = 0;
  for (let index = 0; index < as.length; index++) {
    const a = as[index] ?? 0;
    const b = bs[index] ?? 0;
    if (a < resume) continue;
    const length = extent(aWords, a, bWords, b);
    if (length < SHINGLE) continue;
    const left = likeBefore(aWords, a, bWords, b);
    chains.add(a - left, b - left, length + left);
    resume = a + length - SHINGLE + 1;
  }
  return chains.finish();
}

/** How many words before two places are alike, as far as matches are extended. */
function likeBefore(aWords: Uint32Array, a: number, bWords: Uint32Array, b: number): number {
  const limit = Math.min(MAX_LEFT, a, b);
  let left = 0;
  while (left < limit && aWords[a - left - 1] === bWords[b - left - 1]) left++;
  return left;
}

function extent(aWords: Uint32Array, a: number, bWords: Uint32Array, b: number): number {
  const limit = Math.min(aWords.length - a, bWords.length - b);
  let length = 0;
  while (length < limit && aWords[a + length] === bWords[b + length]) length++;
  return length;
}

interface Chain {
  aEnd: number;
  bEnd: number;
  matched: number;
  readonly anchors: Anchor[];
}

/** Joins exact matches that follow each other on both sides to chains. */
class Chains {
  readonly #aWords: Uint32Array;
  readonly #bWords: Uint32Array;
  readonly #open: Chain[] = [];
  readonly #pieces: Piece[] = [];

  constructor(aWords: Uint32Array, bWords: Uint32Array) {
    this.#aWords = aWords;
    this.#bWords = bWords;
  }

  add(a: number, b: number, length: number): void {
    const open = this.#open;
    let best: Chain | undefined;
    let bestCost = Infinity;
    let bestCut = 0;
    for (let at = open.length - 1; at >= 0; at--) {
      const chain = open[at];
      if (chain === undefined) continue;
      const aGap = a - chain.aEnd;
      if (aGap > MAX_GAP) {
        open.splice(at, 1);
        this.#close(chain);
        continue;
      }
      const bGap = b - chain.bEnd;
      const cut = Math.max(0, -aGap, -bGap);
      if (cut > MAX_CUT || cut >= length || bGap > MAX_GAP) continue;
      const drift = Math.abs(aGap - bGap);
      if (drift > MAX_DRIFT) continue;
      const cost = drift * 2 + Math.max(aGap, bGap) + cut * 2;
      if (cost < bestCost) {
        best = chain;
        bestCost = cost;
        bestCut = cut;
      }
    }
    if (best === undefined) {
      if (open.length >= MAX_CHAINS) {
        const oldest = open.shift();
        if (oldest !== undefined) this.#close(oldest);
      }
      open.push({
        aEnd: a + length,
        bEnd: b + length,
        matched: length,
        anchors: [{ a, b, length }],
      });
      return;
    }
    const anchor = { a: a + bestCut, b: b + bestCut, length: length - bestCut };
    best.anchors.push(anchor);
    best.matched += anchor.length;
    best.aEnd = a + length;
    best.bEnd = b + length;
  }

  finish(): Piece[] {
    // As a match far behind all of them would.
    for (const chain of this.#open.reverse()) this.#close(chain);
    return this.#pieces;
  }

  #close(chain: Chain): void {
    if (chain.matched < MIN_ANCHORED) return;
    for (const anchors of split(this.#filled(chain.anchors))) {
      this.#pieces.push(...pieceOf(anchors).filter(({ matched }) => matched >= MIN_ANCHORED));
    }
  }

  /** The anchors with the words that the gaps between them share. */
  #filled(anchors: readonly Anchor[]): Anchor[] {
    const all: Anchor[] = [];
    let aEnd = -1;
    let bEnd = -1;
    for (const anchor of anchors) {
      if (aEnd >= 0) {
        all.push(...alignGap(this.#aWords, aEnd, anchor.a, this.#bWords, bEnd, anchor.b));
      }
      all.push(anchor);
      aEnd = anchor.a + anchor.length;
      bEnd = anchor.b + anchor.length;
    }
    return all;
  }
}

/** What a word that differs takes away from the score of a chain; a word that is shared adds 1. */
const PENALTY = 0.8;
/** A chain is split where its score falls this far below its best. */
const DROP = 12;

/**
 * Splits a row of anchors where too much differs between them, and cuts off what hangs on by chance:
 * the X-drop of BLAST (Altschul et al. 1990).
 */
function split(anchors: readonly Anchor[]): Anchor[][] {
  const rows: Anchor[][] = [];
  let start = 0;
  while (start < anchors.length) {
    let score = 0;
    let best = 0;
    let bestEnd = start;
    let from = start;
    let at = start;
    for (; at < anchors.length; at++) {
      const anchor = anchors[at];
      const before = anchors[at - 1];
      if (anchor === undefined) break;
      if (before !== undefined && at > from) {
        const aGap = anchor.a - before.a - before.length;
        const bGap = anchor.b - before.b - before.length;
        score -= PENALTY * Math.max(aGap, bGap);
      }
      if (score < 0 && best < SHINGLE * 2) {
        // Nothing worth keeping stands before: begin here.
        from = at;
        score = 0;
        best = 0;
      }
      if (best - score > DROP) break;
      score += anchor.length;
      if (score > best) {
        best = score;
        bestEnd = at + 1;
      }
    }
    if (bestEnd <= from) bestEnd = from + 1;
    rows.push(anchors.slice(from, bestEnd));
    start = Math.max(bestEnd, start + 1);
  }
  return rows;
}
