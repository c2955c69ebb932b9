import type { Span } from "../text/span.ts";
import { alignGap, type Match } from "./align.ts";
import { blockOfWord, type Row } from "./row.ts";
import { sentenceOfWord } from "./sentence-starts.ts";

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
  const isPast = (unit: Unit, most: number): boolean =>
    isAfter ? unit.end > most : unit.start < most;
  const aUnit = unitBeside(later, a, isAfter);
  const bUnit = unitBeside(earlier, b, isAfter);
  if (aUnit === undefined || aUnit.isBlock !== bUnit?.isBlock) return undefined;
  if (isPast(aUnit, limit.a) || isPast(bUnit, limit.b)) return undefined;
  const longer = Math.max(aUnit.end - aUnit.start, bUnit.end - bUnit.start);
  if (longer > MOST_WORDS) return undefined;
  const { words: aWords } = later;
  const { words: bWords } = earlier;
  const matches = alignGap(aWords, aUnit.start, aUnit.end, bWords, bUnit.start, bUnit.end);
  const shared = matches.reduce((sum, { length }) => sum + length, 0);
  if (shared === 0 || shared < ALIKE * longer) return undefined;
  const side = isAfter ? "end" : "start";
  return { a: aUnit[side], b: bUnit[side], matches };
}

/** A paragraph, or a sentence of one. Word numbers. */
interface Unit extends Span {
  readonly isBlock: boolean;
}

/** The paragraph that begins with a word, or ends before it, if one does, else the sentence. */
function unitBeside(row: Row, word: number, isAfter: boolean): Unit | undefined {
  const inside = isAfter ? word : word - 1;
  const index = blockOfWord(row, inside);
  if (inside < 0 || inside >= row.words.length || !row.blocks.isParagraph(index)) return undefined;
  const isBeside = ({ start, end }: Span): boolean => (isAfter ? start : end) === word;
  const [start = 0, end = start] = row.first.subarray(index, index + 2);
  if (isBeside({ start, end })) return { start, end, isBlock: true };
  const sentence = sentenceOfWord(row, inside);
  return isBeside(sentence) ? { ...sentence, isBlock: false } : undefined;
}
