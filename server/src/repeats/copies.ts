import { computeOnce } from "../draft/incremental/memoize.ts";
import type { Span } from "../text/span.ts";
import { partitionPointBy } from "../text/search.ts";
import { alignGap, type Match } from "./align.ts";
import type { Repeat } from "./repeats.ts";

/** One copy of a repeat. */
export interface Copy {
  readonly passage: Span;
  /**
   * The words that the other copy has before word `at` of this one, and then those that it has a few words away:
   * whoever lost one half of “Ann and Bo” lost the other.
   */
  readonly insertedAt: (at: number) => readonly Inserted[];
}

/** The copy on one side of a repeat. `here` and `there` are the words of its text and of the other's. */
export function toCopy(
  repeat: Repeat,
  side: "a" | "b",
  passage: Span,
  here: Uint32Array,
  there: Uint32Array,
): Copy {
  const rows = computeOnce(() =>
    alignedRows(repeat, side, here, there).map((matches) => tidied(matches, there)),
  );
  const insertedIn = (at: number): readonly Inserted[] => {
    for (const matches of rows()) {
      const inserted = insertedAt(matches, at, there);
      if (inserted.length > 0) return inserted;
    }
    return [];
  };
  return { passage, insertedAt: insertedIn };
}

/** The matches in each row of them that is in the same order in both copies, with this copy's words as `a`. */
function alignedRows(
  { chains, aStart, bStart, aEnd, bEnd }: Repeat,
  side: "a" | "b",
  here: Uint32Array,
  there: Uint32Array,
): Match[][] {
  // Words at the ends of a repeat that only one copy has are not part of its chains.
  const all = [
    { a: aStart, b: bStart, length: 0 },
    ...chains.flatMap(({ matches }) => matches),
    { a: aEnd, b: bEnd, length: 0 },
  ];
  const rows: Match[][] = [];
  for (const { a, b, length } of all) {
    const match = side === "a" ? { a, b, length } : { a: b, b: a, length };
    const row = rows.at(-1);
    const last = row?.at(-1);
    const gap = last && { a: last.a + last.length, b: last.b + last.length };
    if (row === undefined || gap === undefined || gap.a > match.a || gap.b > match.b) {
      rows.push([match]);
    } else row.push(...alignGap(here, gap.a, match.a, there, gap.b, match.b), match);
  }
  return rows;
}

/** A stretch with this few words may be aligned with another of the same words. */
const FEW = 3;

/**
 * The matches, arranged so that the words that only one copy has are in as few places as possible: “our for more” is
 * aligned with “our tips for this for more” around the first “for”, where the lost words are in one place, before the
 * last.
 */
function tidied(matches: readonly Match[], words: Uint32Array): Match[] {
  const tidy: Match[] = [];
  matches.forEach((match, index) => {
    const previous = tidy.at(-1);
    const next = matches[index + 1];
    const { a, b, length } = match;
    const isShort = length > 0 && length <= FEW;
    const joinsBefore = previous !== undefined && previous.a + previous.length === a;
    const isLike = (from: number): boolean => areSame(words, from, b, length);
    if (previous !== undefined && joinsBefore && previous.b + previous.length === b) {
      tidy[tidy.length - 1] = { ...previous, length: previous.length + length };
    } else if (!isShort || !joinsBefore || next === undefined || a + length !== next.a) {
      tidy.push(match);
    } else if (b + length < next.b && isLike(next.b - length)) {
      tidy.push({ ...match, b: next.b - length });
    } else if (previous.b + previous.length < b && isLike(previous.b + previous.length)) {
      tidy[tidy.length - 1] = { ...previous, length: previous.length + length };
    } else {
      tidy.push(match);
    }
  });
  return tidy;
}

function areSame(words: Uint32Array, one: number, other: number, length: number): boolean {
  for (let at = 0; at < length; at++) if (words[one + at] !== words[other + at]) return false;
  return true;
}

/** Words of the other copy, and whether enough words before and after them are the same in both. */
export interface Inserted extends Span {
  /** The word of this copy that they stand before. */
  readonly at: number;
  /** The match after them, which identifies them wherever they are slid to. */
  readonly next: Match;
  readonly sureBefore: boolean;
  readonly sureAfter: boolean;
}

/** How many words must be the same on each side for the other copy's to be certainly what was meant. */
const SURE = 3;
/** Words are aligned at the first place that fits; the gap may be this many words from it. */
const MOST_SLIDE = 12;
/** Anything longer is not a loss in a sentence but another text. */
const MOST_WORDS = 40;

function insertedAt(matches: readonly Match[], at: number, words: Uint32Array): Inserted[] {
  const from = partitionPointBy(matches, ({ a }) => a < at - MOST_SLIDE);
  for (let index = from; index < matches.length; index++) {
    const previous = matches[index - 1];
    const next = matches[index];
    if (previous === undefined || next === undefined) continue;
    const place = previous.a + previous.length;
    if (place > at + MOST_SLIDE) return [];
    // “by the” may be aligned with “by the council, the” up to the first “the” or from the last on.
    const by = at - place;
    if (by < -Math.min(previous.length, MOST_SLIDE) || by > Math.min(next.length, MOST_SLIDE)) {
      continue;
    }
    const inserted = insertedBefore(matches, index, by);
    if (inserted === undefined) continue;
    const slid = Math.max(0, by);
    if (areSame(words, inserted.start - slid, inserted.end - slid, Math.abs(by)))
      return [inserted, ...insertedBeside(matches, index, by)];
  }
  return [];
}

/** The words that only the other copy has before a match, slid by some words. */
function insertedBefore(
  matches: readonly Match[],
  index: number,
  by: number,
): Inserted | undefined {
  const previous = matches[index - 1];
  const next = matches[index];
  if (previous === undefined || next === undefined) return undefined;
  const place = previous.a + previous.length;
  const start = previous.b + previous.length;
  const end = next.b;
  if (place !== next.a || end <= start || end - start > MOST_WORDS) return undefined;
  const edge = (match: Match, length: number): boolean => match.length === 0 || length >= SURE;
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
function insertedBeside(matches: readonly Match[], index: number, by: number): Inserted[] {
  const beside: Inserted[] = [];
  for (const step of [-1, 1]) {
    for (let at = index; ; at += step) {
      const between = matches[step < 0 ? at - 1 : at]?.length ?? 0;
      const apart = between - (at === index ? step * by : 0);
      const inserted = insertedBefore(matches, at + step, 0);
      if (inserted === undefined || apart < 1 || apart > FEW) break;
      beside.push(inserted);
    }
  }
  return beside;
}
