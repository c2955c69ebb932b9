import type { Draft, Format } from "../draft/draft.ts";
import { MASK } from "../draft/prose.ts";
import type { Change } from "./changes.ts";
import type { Run } from "./runs.ts";
import { blockOfWord, spanOfWord, type Sequence } from "./sequence.ts";

/**
 * Whether two passages are alike on purpose: the same words in two tabs, the same steps under two
 * headings, or a text that is filled in with another name, number or command each time.
 */
export function isParallel(
  run: Run,
  changes: readonly Change[],
  matched: number,
  adjacent: boolean,
  later: Sequence,
  earlier: Sequence,
): boolean {
  const a = contextOf(later, run.aStart);
  const b = contextOf(earlier, run.bStart);
  if (a.tab !== undefined && b.tab !== undefined && a.tab !== b.tab) return true;
  const apart = a.heading !== b.heading || later !== earlier;
  if (apart && isSteps(later, run.aStart, run.aEnd) && isSteps(earlier, run.bStart, run.bEnd)) {
    return true;
  }
  // What differs in a heading says nothing of the text under it.
  const told = changes.filter(
    ({ aStart, aEnd, bStart, bEnd }) =>
      !(isHeading(later, aStart, aEnd) && isHeading(earlier, bStart, bEnd)),
  );
  if (told.length === 0) return false;
  const pairs = told.map((change) => pairOf(change, later, earlier));
  const bothItems = isItem(later, run.aStart) && isItem(earlier, run.bStart);
  const entries = bothItems && (pairs.length > 1 || isOtherSubject(told, run));
  // Nothing tells two paragraphs apart that follow each other: the second is the first, corrected.
  if (adjacent && !apart && !entries) return false;
  if (isSteady(pairs)) return true;
  if (apart && isUnderLikeHeadings(run, later, earlier) && areSwaps(told)) return true;
  const names = pairs.filter(
    ({ a, b }) => isName(a, later.draft.format) && isName(b, earlier.draft.format),
  ).length;
  const often = matched < FEW_WORDS * names;
  if (names === pairs.length && often && (apart || bothItems || matched < SHORT)) return true;
  const swapped = pairs.every((pair) => pair.a !== "" && pair.b !== "");
  return swapped && pairs.length >= 2 && bothItems && matched < LONG;
}

/** A name for at most so many words: one that differs in a long passage was corrected. */
const FEW_WORDS = 40;
/** A passage of fewer words that differs in its names alone says another thing. */
const SHORT = 25;
/** Items that differ in more than one place are items of one pattern, up to so many words. */
const LONG = 60;

/** Whether two items differ in what they begin with alone: people with the same office, products of one firm. */
function isOtherSubject(changes: readonly Change[], run: Run): boolean {
  const [change, second] = changes;
  if (change === undefined || second !== undefined) return false;
  const { aStart, aEnd, bStart, bEnd } = change;
  const shorter = Math.min(aEnd - aStart, bEnd - bStart);
  return aStart === run.aStart && bStart === run.bStart && shorter >= SUBJECT;
}

/** An item begins with another subject where so many words of it differ: fewer were corrected. */
const SUBJECT = 3;

/** Whether each change puts a word or two for as few. */
function areSwaps(changes: readonly Change[]): boolean {
  return changes.every(({ aStart, aEnd, bStart, bEnd }) => {
    const shorter = Math.min(aEnd - aStart, bEnd - bStart);
    return shorter > 0 && Math.max(aEnd - aStart, bEnd - bStart) <= 2;
  });
}

/** Whether both passages begin right under headings of one level that share half of their words or more, but not all. */
function isUnderLikeHeadings(run: Run, later: Sequence, earlier: Sequence): boolean {
  const a = blockOfWord(later, run.aStart) - 1;
  const b = blockOfWord(earlier, run.bStart) - 1;
  const own = later.draft.blocks[a];
  const other = earlier.draft.blocks[b];
  if (own?.kind !== "heading" || other?.kind !== "heading" || own.level !== other.level) {
    return false;
  }
  const ownWords = later.words.subarray(later.first[a], later.first[a + 1]);
  const otherWords = new Set(earlier.words.subarray(earlier.first[b], earlier.first[b + 1]));
  const shared = ownWords.filter((word) => otherWords.has(word)).length;
  const longer = Math.max(ownWords.length, otherWords.size);
  return shared < longer && shared * 2 >= longer;
}

/** Whether the words from `start` up to `end` stand in one heading. */
function isHeading(sequence: Sequence, start: number, end: number): boolean {
  if (end <= start) return false;
  const index = blockOfWord(sequence, start);
  return (
    sequence.draft.blocks[index]?.kind === "heading" && end <= (sequence.first[index + 1] ?? 0)
  );
}

interface Pair {
  readonly a: string;
  readonly b: string;
}

function pairOf(change: Change, later: Sequence, earlier: Sequence): Pair {
  return {
    a: textOf(later, change.aStart, change.aEnd),
    b: textOf(earlier, change.bStart, change.bEnd),
  };
}

function textOf(sequence: Sequence, start: number, end: number): string {
  if (end <= start) return "";
  const from = spanOfWord(sequence, start).start;
  const to = spanOfWord(sequence, end - 1).end;
  return sequence.draft.text.slice(from, Math.min(to, from + 400));
}

/** Whether one change comes back so often that it makes most of the difference. */
function isSteady(pairs: readonly Pair[]): boolean {
  if (pairs.length < 3) return false;
  const counts = new Map<string, number>();
  let most = 0;
  for (const { a, b } of pairs) {
    const key = `${a.toLowerCase()}\n${b.toLowerCase()}`;
    const count = (counts.get(key) ?? 0) + 1;
    counts.set(key, count);
    most = Math.max(most, count);
  }
  // In a long text other differences come along with it.
  return (most >= 3 && most >= 0.4 * pairs.length) || (most >= 6 && most >= 0.2 * pairs.length);
}

/** Whether a wording holds something that names: a capital, a figure, code. */
function isName(text: string, { markup }: Format): boolean {
  return /[\p{Lu}\p{N}_/]/u.test(text) || markup.holdsCode(text) || text.includes(MASK);
}

function isItem(sequence: Sequence, word: number): boolean {
  return (sequence.draft.blocks[blockOfWord(sequence, word)]?.listDepth ?? 0) > 0;
}

/** Whether most of a passage is steps of a numbered list. */
function isSteps(sequence: Sequence, start: number, end: number): boolean {
  const { draft, first } = sequence;
  let steps = 0;
  let numbered = false;
  for (let index = blockOfWord(sequence, start); index < draft.blocks.length; index++) {
    const from = Math.max(start, first[index] ?? 0);
    const to = Math.min(end, first[index + 1] ?? 0);
    if (from >= end) break;
    const block = draft.blocks[index];
    if (block === undefined || block.listDepth === 0) continue;
    if (block.startsItem) numbered ||= isNumberedItem(draft, index);
    steps += to - from;
  }
  return numbered && steps >= 0.8 * (end - start);
}

function isNumberedItem({ text, starts, format }: Draft, index: number): boolean {
  return format.markup.isNumberedItem(text, starts[index] ?? 0);
}

interface Context {
  /** The index of the heading that it stands under, -1 for none. */
  readonly heading: number;
  /** The mark that opens the tab that it stands in. */
  readonly tab: string | undefined;
}

/** How many blocks are looked at for what a passage stands under. */
const FAR = 200;

function contextOf(sequence: Sequence, word: number): Context {
  const { blocks, format } = sequence.draft;
  const own = blockOfWord(sequence, word);
  let tab: string | undefined;
  let tabKnown = false;
  for (let index = own; index >= 0 && index > own - FAR; index--) {
    const block = blocks[index];
    if (block === undefined) break;
    if (!tabKnown) {
      const mark = format.markup.tabMark(block);
      tab = mark.opens;
      tabKnown = tab !== undefined || (index < own && mark.closes);
    }
    if (block.kind === "heading" && index < own) {
      return { heading: index, tab: tabKnown ? tab : undefined };
    }
  }
  return { heading: -1, tab: tabKnown ? tab : undefined };
}

/** The index of the block that heads the passage at a word; -1 for none. */
export function headingOver(sequence: Sequence, word: number): number {
  return contextOf(sequence, word).heading;
}
