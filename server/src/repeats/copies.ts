import type { Span } from "../text/span.ts";
import { lowerBoundBy } from "../text/search.ts";
import { alignGap, type Anchor } from "./align.ts";
import type { Run } from "./runs.ts";

/** Words that two copies have in common: where they stand in one and in the other. */
interface Pair {
  readonly own: number;
  readonly other: number;
  readonly length: number;
}

/** One copy of a run, and how its words are aligned with those of the other. */
export class Copy {
  readonly passage: Span;
  readonly #run: Run;
  readonly #own: "a" | "b";
  #pairs: readonly (readonly Pair[])[] | undefined;

  constructor(run: Run, own: "a" | "b", passage: Span) {
    this.#run = run;
    this.#own = own;
    this.passage = passage;
  }

  /**
   * The words of the other copy that stand where this one has none before its word `at`. `words` are those of the
   * other's text, `own` those of this one's.
   */
  insertedAt(at: number, own: Uint32Array, words: Uint32Array): Inserted | undefined {
    this.#pairs ??= this.#aligned(own, words).map((pairs) => tidied(pairs, words));
    for (const pairs of this.#pairs) {
      const found = insertedAt(pairs, at, words);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  /** The pairs of pieces that follow one another in both copies, and of the words between them, in one row. */
  #aligned(own: Uint32Array, words: Uint32Array): Pair[][] {
    const { pieces, aStart, bStart, aEnd, bEnd } = this.#run;
    const rows: Pair[][] = [];
    pieces.forEach(({ anchors }, index) => {
      const pairs = anchors.map((anchor) => this.#pair(anchor));
      // Words at the ends of a run that only one copy has are no part of its pieces.
      if (index === 0) pairs.unshift(this.#pair({ a: aStart, b: bStart, length: 0 }));
      if (index === pieces.length - 1) pairs.push(this.#pair({ a: aEnd, b: bEnd, length: 0 }));
      const row = rows.at(-1);
      const last = row?.at(-1);
      const first = pairs[0];
      if (row === undefined || last === undefined || first === undefined) {
        rows.push(pairs);
        return;
      }
      const after = { own: last.own + last.length, other: last.other + last.length };
      if (after.own > first.own || after.other > first.other) rows.push(pairs);
      else {
        const between = alignGap(own, after.own, first.own, words, after.other, first.other);
        row.push(...between.map(({ a, b, length }) => ({ own: a, other: b, length })), ...pairs);
      }
    });
    return rows;
  }

  #pair({ a, b, length }: Anchor): Pair {
    return this.#own === "a" ? { own: a, other: b, length } : { own: b, other: a, length };
  }
}

/** A stretch of so few words may be aligned with another of the same words. */
const FEW = 3;

/**
 * The pairs with the words that only one copy has in as few places as may be: “our for more” is aligned
 * with “our tips for this for more” around the first “for”, where the lost words are in one place, before
 * the last.
 */
function tidied(pairs: readonly Pair[], words: Uint32Array): Pair[] {
  const tidy: Pair[] = [];
  pairs.forEach((pair, index) => {
    const before = tidy.at(-1);
    const after = pairs[index + 1];
    const { own, other, length } = pair;
    const isShort = length > 0 && length <= FEW;
    const joinsBefore = before !== undefined && before.own + before.length === own;
    const same = (from: number): boolean => {
      for (let at = 0; at < length; at++) if (words[from + at] !== words[other + at]) return false;
      return true;
    };
    if (before !== undefined && joinsBefore && before.other + before.length === other) {
      tidy[tidy.length - 1] = { ...before, length: before.length + length };
    } else if (!isShort || !joinsBefore || after === undefined || own + length !== after.own) {
      tidy.push(pair);
    } else if (other + length < after.other && same(after.other - length)) {
      tidy.push({ ...pair, other: after.other - length });
    } else if (before.other + before.length < other && same(before.other + before.length)) {
      tidy[tidy.length - 1] = { ...before, length: before.length + length };
    } else {
      tidy.push(pair);
    }
  });
  return tidy;
}

/** Words of the other copy, and whether enough before and after them is the same in both. */
interface Inserted extends Span {
  readonly sureBefore: boolean;
  readonly sureAfter: boolean;
}

/** The fewest words that must be the same on each side for the other copy's to be surely meant. */
const SURE = 3;
/** Words are aligned by the first place that fits; the gap may be so many words from it. */
const MOST_SLIDE = 12;
/** What is longer is no loss in a sentence but another text. */
const MOST_WORDS = 40;

function insertedAt(pairs: readonly Pair[], at: number, words: Uint32Array): Inserted | undefined {
  for (let index = firstFrom(pairs, at); index < pairs.length; index++) {
    const before = pairs[index - 1];
    const after = pairs[index];
    if (before === undefined || after === undefined) continue;
    const place = before.own + before.length;
    if (place > at + MOST_SLIDE) return undefined;
    const start = before.other + before.length;
    const end = after.other;
    if (place !== after.own || end <= start || end - start > MOST_WORDS) continue;
    // “by the” may be aligned with “by the council, the” up to the first “the” or from the last on.
    const by = at - place;
    if (by < -Math.min(before.length, MOST_SLIDE) || by > Math.min(after.length, MOST_SLIDE)) {
      continue;
    }
    let fits = true;
    for (let step = 0; step < Math.abs(by); step++) {
      const [one, other] = by > 0 ? [start + step, end + step] : [start - 1 - step, end - 1 - step];
      if (words[one] !== words[other]) fits = false;
    }
    if (!fits) continue;
    const edge = (pair: Pair, length: number): boolean => pair.length === 0 || length >= SURE;
    return {
      start: start + by,
      end: end + by,
      sureBefore: edge(before, before.length + by),
      sureAfter: edge(after, after.length - by),
    };
  }
  return undefined;
}

/** The first pair that may stand after a change near a word. */
function firstFrom(pairs: readonly Pair[], at: number): number {
  return lowerBoundBy(pairs, at - MOST_SLIDE, ({ own }) => own);
}
