import type { Span } from "../text/span.ts";
import { partitionPointBy } from "../text/search.ts";
import { alignGap, type Match } from "./align.ts";
import type { Repeat } from "./repeats.ts";

/** Words that both copies have: where this copy has them, and where the other does. */
interface Pair {
  readonly here: number;
  readonly there: number;
  readonly length: number;
}

/** One copy of a repeat, and how its words are aligned with those of the other. */
export class Copy {
  readonly passage: Span;
  readonly #repeat: Repeat;
  readonly #side: "a" | "b";
  #pairs: readonly (readonly Pair[])[] | undefined;

  constructor(repeat: Repeat, side: "a" | "b", passage: Span) {
    this.#repeat = repeat;
    this.#side = side;
    this.passage = passage;
  }

  /**
   * The words that the other copy has before word `at` of this one, and then those that it has a few words away:
   * whoever lost one half of “Ann and Bo” lost the other. `here` and `there` are the words of the two texts.
   */
  insertedAt(at: number, here: Uint32Array, there: Uint32Array): readonly Inserted[] {
    this.#pairs ??= this.#aligned(here, there).map((pairs) => tidied(pairs, there));
    for (const pairs of this.#pairs) {
      const inserted = insertedAt(pairs, at, there);
      if (inserted.length > 0) return inserted;
    }
    return [];
  }

  /** The pairs in each run of chains that are in the same order in both copies, including those in the gaps between. */
  #aligned(here: Uint32Array, there: Uint32Array): Pair[][] {
    const { chains, aStart, bStart, aEnd, bEnd } = this.#repeat;
    const rows: Pair[][] = [];
    chains.forEach(({ matches }, index) => {
      const pairs = matches.map((match) => this.#pair(match));
      // Words at the ends of a repeat that only one copy has are not part of its chains.
      if (index === 0) pairs.unshift(this.#pair({ a: aStart, b: bStart, length: 0 }));
      if (index === chains.length - 1) pairs.push(this.#pair({ a: aEnd, b: bEnd, length: 0 }));
      const row = rows.at(-1);
      const last = row?.at(-1);
      const first = pairs[0];
      if (row === undefined || last === undefined || first === undefined) {
        rows.push(pairs);
        return;
      }
      const after = { here: last.here + last.length, there: last.there + last.length };
      if (after.here > first.here || after.there > first.there) rows.push(pairs);
      else {
        const between = alignGap(here, after.here, first.here, there, after.there, first.there);
        row.push(...between.map(({ a, b, length }) => ({ here: a, there: b, length })), ...pairs);
      }
    });
    return rows;
  }

  #pair({ a, b, length }: Match): Pair {
    return this.#side === "a" ? { here: a, there: b, length } : { here: b, there: a, length };
  }
}

/** A stretch with this few words may be aligned with another of the same words. */
const FEW = 3;

/**
 * The pairs, arranged so that the words that only one copy has are in as few places as possible: “our for more” is
 * aligned with “our tips for this for more” around the first “for”, where the lost words are in one place, before the
 * last.
 */
function tidied(pairs: readonly Pair[], words: Uint32Array): Pair[] {
  const tidy: Pair[] = [];
  pairs.forEach((pair, index) => {
    const previous = tidy.at(-1);
    const next = pairs[index + 1];
    const { here, there, length } = pair;
    const isShort = length > 0 && length <= FEW;
    const joinsBefore = previous !== undefined && previous.here + previous.length === here;
    const same = (from: number): boolean => {
      for (let at = 0; at < length; at++) if (words[from + at] !== words[there + at]) return false;
      return true;
    };
    if (previous !== undefined && joinsBefore && previous.there + previous.length === there) {
      tidy[tidy.length - 1] = { ...previous, length: previous.length + length };
    } else if (!isShort || !joinsBefore || next === undefined || here + length !== next.here) {
      tidy.push(pair);
    } else if (there + length < next.there && same(next.there - length)) {
      tidy.push({ ...pair, there: next.there - length });
    } else if (previous.there + previous.length < there && same(previous.there + previous.length)) {
      tidy[tidy.length - 1] = { ...previous, length: previous.length + length };
    } else {
      tidy.push(pair);
    }
  });
  return tidy;
}

/** Words of the other copy, and whether enough words before and after them are the same in both. */
export interface Inserted extends Span {
  /** The word of this copy that they stand before. */
  readonly at: number;
  /** The pair after them, which identifies them wherever they are slid to. */
  readonly next: Pair;
  readonly sureBefore: boolean;
  readonly sureAfter: boolean;
}

/** How many words must be the same on each side for the other copy's to be certainly what was meant. */
const SURE = 3;
/** Words are aligned at the first place that fits; the gap may be this many words from it. */
const MOST_SLIDE = 12;
/** Anything longer is not a loss in a sentence but another text. */
const MOST_WORDS = 40;

function insertedAt(pairs: readonly Pair[], at: number, words: Uint32Array): Inserted[] {
  for (let index = firstFrom(pairs, at); index < pairs.length; index++) {
    const previous = pairs[index - 1];
    const next = pairs[index];
    if (previous === undefined || next === undefined) continue;
    const place = previous.here + previous.length;
    if (place > at + MOST_SLIDE) return [];
    // “by the” may be aligned with “by the council, the” up to the first “the” or from the last on.
    const by = at - place;
    if (by < -Math.min(previous.length, MOST_SLIDE) || by > Math.min(next.length, MOST_SLIDE)) {
      continue;
    }
    const inserted = insertedBefore(pairs, index, by);
    if (inserted === undefined) continue;
    const start = inserted.start - by;
    const end = inserted.end - by;
    let fits = true;
    for (let step = 0; step < Math.abs(by); step++) {
      const [one, other] = by > 0 ? [start + step, end + step] : [start - 1 - step, end - 1 - step];
      if (words[one] !== words[other]) fits = false;
    }
    if (fits) return [inserted, ...insertedBeside(pairs, index, by)];
  }
  return [];
}

/** The words that only the other copy has before a pair, slid by some words. */
function insertedBefore(pairs: readonly Pair[], index: number, by: number): Inserted | undefined {
  const previous = pairs[index - 1];
  const next = pairs[index];
  if (previous === undefined || next === undefined) return undefined;
  const place = previous.here + previous.length;
  const start = previous.there + previous.length;
  const end = next.there;
  if (place !== next.here || end <= start || end - start > MOST_WORDS) return undefined;
  const edge = (pair: Pair, length: number): boolean => pair.length === 0 || length >= SURE;
  return {
    start: start + by,
    end: end + by,
    at: place + by,
    next,
    sureBefore: edge(previous, previous.length + by),
    sureAfter: edge(next, next.length - by),
  };
}

/** What only the other copy has on both sides of such words, if few words are between. */
function insertedBeside(pairs: readonly Pair[], index: number, by: number): Inserted[] {
  const beside: Inserted[] = [];
  for (const step of [-1, 1]) {
    for (let at = index; ; at += step) {
      const between = pairs[step < 0 ? at - 1 : at]?.length ?? 0;
      const apart = between - (at === index ? step * by : 0);
      const inserted = insertedBefore(pairs, at + step, 0);
      if (inserted === undefined || apart < 1 || apart > FEW) break;
      beside.push(inserted);
    }
  }
  return beside;
}

/** The first pair that may follow a change near a word. */
function firstFrom(pairs: readonly Pair[], at: number): number {
  return partitionPointBy(pairs, ({ here }) => here < at - MOST_SLIDE);
}
