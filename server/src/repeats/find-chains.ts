import { alignGap, type Match } from "./align.ts";
import { toChain, type Chain } from "./chains.ts";
import type { Row } from "./row.ts";
import { SHINGLE } from "./words.ts";

/** Exact matches further apart than this many words belong to different chains. */
const MAX_GAP = 48;
/** By how many words one side of a gap may be longer than the other. */
const MAX_DRIFT = 28;
/** How many words of a match may already belong to the match before it. */
const MAX_CUT = 4;
/** How many unfinished chains are kept; the oldest is finished to make room. */
const MAX_CHAINS = 24;
/** How far a match is extended to the left of its seed. */
const MAX_LEFT = 48;
/** A chain with fewer matching words is chance. */
export const MIN_MATCHED = 6;

/**
 * Finds the stretches of `later` that `earlier` has too. Given one row twice, finds those that it repeats from further
 * up.
 *
 * Seed, chain and extend, as genome aligners do (MUMmer: Delcher et al. 1999; minimap2: Li 2018): seeds are extended to
 * exact matches, matches on nearby diagonals are chained, and only the gaps of a chain are aligned. Each word is looked
 * up once, and each match is tried against a bounded number of open chains, so the work is linear in the words.
 */
export function findChains(later: Row, earlier: Row): Chain[] {
  const { words: aWords, shingles } = later;
  const { words: bWords } = earlier;
  const isWithin = later === earlier;
  const places = isWithin ? new Map<number, number>() : firstPlaces(earlier);
  const chaining = new Chaining(aWords, bWords);
  let resume = 0;
  for (let a = 0; a < shingles.length; a++) {
    const shingle = (shingles[a] ?? 0) | 0;
    if (shingle === 0) continue;
    const b = places.get(shingle);
    if (isWithin) places.set(shingle, a);
    if (b === undefined || a < resume) continue;
    const length = extent(aWords, a, bWords, b);
    if (length < SHINGLE) continue;
    const left = likeBefore(aWords, a, bWords, b);
    chaining.add(a - left, b - left, length + left);
    resume = a + length - SHINGLE + 1;
  }
  return chaining.finish();
}

/** Where a row first has each shingle, as a signed number: unsigned ones would take extra room in a map. */
function firstPlaces({ shingles }: Row): Map<number, number> {
  const places = new Map<number, number>();
  for (let at = shingles.length - 1; at >= 0; at--) places.set((shingles[at] ?? 0) | 0, at);
  return places;
}

/** How many words before two places are equal, `MAX_LEFT` at most. */
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

interface OpenChain {
  aEnd: number;
  bEnd: number;
  matched: number;
  readonly matches: Match[];
}

/** Chaining exact matches that follow each other on both sides. */
class Chaining {
  readonly #aWords: Uint32Array;
  readonly #bWords: Uint32Array;
  readonly #open: OpenChain[] = [];
  readonly #chains: Chain[] = [];

  constructor(aWords: Uint32Array, bWords: Uint32Array) {
    this.#aWords = aWords;
    this.#bWords = bWords;
  }

  add(a: number, b: number, length: number): void {
    const open = this.#open;
    let best: OpenChain | undefined;
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
        matches: [{ a, b, length }],
      });
      return;
    }
    const match = { a: a + bestCut, b: b + bestCut, length: length - bestCut };
    best.matches.push(match);
    best.matched += match.length;
    best.aEnd = a + length;
    best.bEnd = b + length;
  }

  finish(): Chain[] {
    // In the order in which a match far behind all of them would close them.
    for (const chain of this.#open.reverse()) this.#close(chain);
    return this.#chains;
  }

  #close(chain: OpenChain): void {
    if (chain.matched < MIN_MATCHED) return;
    this.#chains.push(...split(this.#filled(chain.matches)).flatMap(toChain));
  }

  /** The matches, and those that aligning the gaps between them adds. */
  #filled(matches: readonly Match[]): Match[] {
    const all: Match[] = [];
    let aEnd = -1;
    let bEnd = -1;
    for (const match of matches) {
      if (aEnd >= 0) {
        all.push(...alignGap(this.#aWords, aEnd, match.a, this.#bWords, bEnd, match.b));
      }
      all.push(match);
      aEnd = match.a + match.length;
      bEnd = match.b + match.length;
    }
    return all;
  }
}

/** What a differing word costs in the score of a chain; a matching word scores 1. */
const PENALTY = 0.8;
/** A chain is split where its score falls this far below its best. */
const DROP = 12;

/** Splits matches where too much differs between them, and drops stragglers: BLAST's X-drop (Altschul et al. 1990). */
function split(matches: readonly Match[]): Match[][] {
  const rows: Match[][] = [];
  let start = 0;
  while (start < matches.length) {
    let score = 0;
    let best = 0;
    let bestEnd = start;
    let from = start;
    let at = start;
    for (; at < matches.length; at++) {
      const match = matches[at];
      const previous = matches[at - 1];
      if (match === undefined) break;
      if (previous !== undefined && at > from) {
        const aGap = match.a - previous.a - previous.length;
        const bGap = match.b - previous.b - previous.length;
        score -= PENALTY * Math.max(aGap, bGap);
      }
      if (score < 0 && best < SHINGLE * 2) {
        // Nothing so far is worth keeping.
        from = at;
        score = 0;
        best = 0;
      }
      if (best - score > DROP) break;
      score += match.length;
      if (score > best) {
        best = score;
        bestEnd = at + 1;
      }
    }
    if (bestEnd <= from) bestEnd = from + 1;
    rows.push(matches.slice(from, bestEnd));
    start = Math.max(bestEnd, start + 1);
  }
  return rows;
}
