import { alignGap, type Anchor } from "./align.ts";
import { blockOfWord, type Row } from "./row.ts";
import { sentenceAt } from "./sentence-starts.ts";

/** A paragraph or sentence of more words that is like its neighbour's has a piece of its own. */
const MOST_WORDS = 24;
/** The share of words that two of them must have in common, in order. */
const ALIKE = 0.6;

/** What was found beside a passage: where the two copies end or begin with it, and what they share in it. */
export interface Grown {
  readonly a: number;
  readonly b: number;
  /** In order on both sides. */
  readonly anchors: readonly Anchor[];
}

/** A place in both copies, in words. */
interface Ends {
  readonly a: number;
  readonly b: number;
}

/**
 * The short sentences and paragraphs right after or before both copies of a passage that are alike, though too
 * short and too much changed to be found by themselves: who deletes the copy would leave them behind.
 * `from` are the ends or starts of the copies in words, `limit` the words that they must not pass.
 */
export function grownBeside(
  later: Row,
  earlier: Row,
  from: Ends,
  limit: Ends,
  isAfter: boolean,
): Grown {
  let { a, b } = from;
  const found: (readonly Anchor[])[] = [];
  for (;;) {
    const next = likeBeside(later, earlier, { a, b }, limit, isAfter);
    if (next === undefined) break;
    ({ a, b } = next);
    found.push(next.anchors);
  }
  return { a, b, anchors: (isAfter ? found : found.reverse()).flat() };
}

/** The first of these, a sentence or a paragraph; undefined where what is beside the copies differs, or is long. */
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
  const own = unitBeside(later, a);
  const other = unitBeside(earlier, b);
  if (own === undefined || own.isBlock !== other?.isBlock) return undefined;
  if (isPast(own, limit.a) || isPast(other, limit.b)) return undefined;
  const anchors = sharedBy(later, own.start, own.end, earlier, other.start, other.end);
  if (anchors === undefined) return undefined;
  return isAfter
    ? { a: own.end, b: other.end, anchors }
    : { a: own.start, b: other.start, anchors };
}

/** What two units share, if that is most of both and they are short. */
function sharedBy(
  later: Row,
  aStart: number,
  aEnd: number,
  earlier: Row,
  bStart: number,
  bEnd: number,
): readonly Anchor[] | undefined {
  const longer = Math.max(aEnd - aStart, bEnd - bStart);
  if (longer > MOST_WORDS) return undefined;
  const anchors = alignGap(later.words, aStart, aEnd, earlier.words, bStart, bEnd);
  const shared = anchors.reduce((sum, { length }) => sum + length, 0);
  return shared > 0 && shared >= ALIKE * longer ? anchors : undefined;
}

/** A paragraph, where the passage ends with one, or a sentence of one; its end or start is a word's number. */
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

/** The paragraph that holds a word, where it is as wanted, else the sentence. */
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
