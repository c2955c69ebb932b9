import { alignGap, type Match } from "./align.ts";
import { blockOfWord, type Row } from "./row.ts";
import { sentenceAt } from "./sentence-starts.ts";

/** Longer sentences and paragraphs that are alike have a chain of their own. */
const MOST_WORDS = 24;
/** The share of words that two of them must have in common, in order. */
const ALIKE = 0.6;

/** A place in both copies, in words. */
interface Ends {
  readonly a: number;
  readonly b: number;
}

/** Where the two copies now begin or end, and the matches that were added. */
export interface Grown extends Ends {
  /** In order on both sides. */
  readonly matches: readonly Match[];
}

/**
 * Extends both copies over similar short sentences and paragraphs next to them. These are too short and too different
 * to be found alone, but deleting the copy would leave them behind. `from` are the starts or ends of the copies,
 * `limit` the words that they must not pass.
 */
export function growBeside(
  later: Row,
  earlier: Row,
  from: Ends,
  limit: Ends,
  isAfter: boolean,
): Grown {
  let { a, b } = from;
  const matches: (readonly Match[])[] = [];
  for (;;) {
    const next = likeBeside(later, earlier, { a, b }, limit, isAfter);
    if (next === undefined) break;
    ({ a, b } = next);
    matches.push(next.matches);
  }
  return { a, b, matches: (isAfter ? matches : matches.reverse()).flat() };
}

/** The next similar sentence or paragraph; undefined if the neighbours differ or are long. */
function likeBeside(
  later: Row,
  earlier: Row,
  { a, b }: Ends,
  limit: Ends,
  isAfter: boolean,
): Grown | undefined {
  const unitBeside = isAfter ? unitAfter : unitBefore;
  const isPast = (unit: Unit, most: number): boolean =>
    isAfter ? unit.end > most : unit.start < most;
  const aUnit = unitBeside(later, a);
  const bUnit = unitBeside(earlier, b);
  if (aUnit === undefined || aUnit.isBlock !== bUnit?.isBlock) return undefined;
  if (isPast(aUnit, limit.a) || isPast(bUnit, limit.b)) return undefined;
  const matches = sharedBy(later, aUnit.start, aUnit.end, earlier, bUnit.start, bUnit.end);
  if (matches === undefined) return undefined;
  return isAfter
    ? { a: aUnit.end, b: bUnit.end, matches }
    : { a: aUnit.start, b: bUnit.start, matches };
}

/** The matches of two short units that are mostly alike. */
function sharedBy(
  later: Row,
  aStart: number,
  aEnd: number,
  earlier: Row,
  bStart: number,
  bEnd: number,
): readonly Match[] | undefined {
  const longer = Math.max(aEnd - aStart, bEnd - bStart);
  if (longer > MOST_WORDS) return undefined;
  const matches = alignGap(later.words, aStart, aEnd, earlier.words, bStart, bEnd);
  const shared = matches.reduce((sum, { length }) => sum + length, 0);
  return shared > 0 && shared >= ALIKE * longer ? matches : undefined;
}

/** A paragraph, or a sentence of one. Word numbers. */
interface Unit {
  readonly start: number;
  readonly end: number;
  readonly isBlock: boolean;
}

function unitAfter(row: Row, word: number): Unit | undefined {
  if (word >= row.words.length) return undefined;
  return unitAt(row, word, ({ start }) => start === word);
}

function unitBefore(row: Row, word: number): Unit | undefined {
  if (word <= 0) return undefined;
  return unitAt(row, word - 1, ({ end }) => end === word);
}

/** The paragraph that contains a word, if it qualifies, else the sentence. */
function unitAt(row: Row, word: number, isWanted: (unit: Unit) => boolean): Unit | undefined {
  const index = blockOfWord(row, word);
  if (!row.blocks.isParagraph(index)) return undefined;
  const first = row.first[index] ?? 0;
  const next = row.first[index + 1] ?? first;
  const whole = { start: first, end: next, isBlock: true };
  if (isWanted(whole)) return whole;
  const starts = row.blocks.sentenceStarts(index);
  const at = sentenceAt(starts, word - first);
  const end = starts[at + 1];
  const sentence = {
    start: first + (starts[at] ?? 0),
    end: end === undefined ? next : first + end,
    isBlock: false,
  };
  return isWanted(sentence) ? sentence : undefined;
}
