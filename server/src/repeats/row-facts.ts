import { changedWords, type Change, findChanges } from "./changes.ts";
import { closesDraft, opensDraft } from "./pair-of-drafts.ts";
import type { Repeat } from "./repeats.ts";
import { blockOfWord, type Row } from "./row.ts";
import { isOfSentences } from "./sentence-starts.ts";

/** What is measured about two copies from their rows of words, without their drafts. */
export interface RowFacts {
  /** In common; and spanned by the longer copy, without inserted paragraphs. */
  readonly matched: number;
  readonly spanned: number;
  /** Between the two copies; 0 in two drafts. */
  readonly apart: number;
  /** Edits that leave words on one side only; those that replace words. */
  readonly oneSided: number;
  readonly replaced: number;
  readonly changed: number;
  readonly paragraphs: number;
  /** Both copies begin and end at block boundaries. */
  readonly whole: boolean;
  /** Other repeats in the draft, or in the two; those that share a copy. */
  readonly repeats: number;
  readonly sharing: number;
  /** The share of its phrases that a third place has, too, from 0 to 1. */
  readonly inThirdPlace: number;
  /** Phrases beside the two that their draft has twice, and that both drafts have; for each word. */
  readonly repeatedBeside: number;
  readonly sharedBeside: number;
  /** Phrases that one draft has twice outside all its repeats; for each word. */
  readonly scattered: number;
}

/** Whether a paragraph of another draft is the same, but for one place at most. */
export function isPasted({ whole, changed, matched }: RowFacts): boolean {
  return whole && changed <= 1 && matched >= PASTED;
}

/** In words: shorter paragraphs, such as notices and credits, are shared on purpose. */
const PASTED = 40;

/** Where the copies are in two drafts. */
export interface Places {
  /** The copy in the later draft, and that in the earlier, are among the first paragraphs; both are among the last. */
  readonly opensLater: boolean;
  readonly opensEarlier: boolean;
  readonly closesBoth: boolean;
}

/** Where the copies of a repeat are in two drafts. */
export function locate({ aStart, aEnd, bStart, bEnd }: Repeat, later: Row, earlier: Row): Places {
  return {
    opensLater: opensDraft(later, aStart, aEnd),
    opensEarlier: opensDraft(earlier, bStart, bEnd),
    closesBoth: closesDraft(later, aStart, aEnd) && closesDraft(earlier, bStart, bEnd),
  };
}

/** What is known about a repeat before the others are. */
export interface Measured {
  readonly repeat: Repeat;
  readonly changes: readonly Change[];
  readonly spanned: number;
  /** The most words that it has in one paragraph. */
  readonly longest: number;
  readonly sentences: boolean;
}

export function measure(repeat: Repeat, later: Row, earlier: Row): Measured {
  let spanned = 0;
  let longest = 0;
  for (const chain of repeat.chains) {
    spanned += Math.max(chain.aEnd - chain.aStart, chain.bEnd - chain.bStart);
    longest = Math.max(longest, longestInBlock(chain.aStart, chain.aEnd, later));
  }
  if (repeat.copies === 1) {
    const { chains } = repeat;
    const aFirst = chains[0]?.aStart ?? repeat.aStart;
    const aLast = chains.at(-1)?.aEnd ?? repeat.aEnd;
    const bFirst = Math.min(...chains.map((chain) => chain.bStart));
    const bLast = Math.max(...chains.map((chain) => chain.bEnd));
    spanned += Math.max(0, aFirst - repeat.aStart, bFirst - repeat.bStart);
    spanned += Math.max(0, repeat.aEnd - aLast, repeat.bEnd - bLast);
  }
  return {
    repeat,
    changes: repeat.copies > 1 ? [] : findChanges(repeat),
    spanned: Math.max(spanned, repeat.matched, 1),
    longest,
    sentences:
      isOfSentences(later, repeat.aStart, repeat.aEnd) &&
      isOfSentences(earlier, repeat.bStart, repeat.bEnd),
  };
}

/** The most words that a stretch has in one paragraph. */
function longestInBlock(start: number, end: number, row: Row): number {
  let longest = 0;
  forEachPart(row, start, end, (index, words) => {
    if (row.blocks.isParagraph(index)) longest = Math.max(longest, words);
  });
  return longest;
}

/** Measures the repeats of one row, or of two, together. */
export function withRowFacts(
  all: readonly Measured[],
  later: Row,
  earlier: Row,
): (Measured & { readonly facts: RowFacts })[] {
  // Most drafts repeat nothing.
  if (all.length === 0) return [];
  const measureDensity = densityOf(all, later, earlier);
  const byBlock = new Map<number, number>();
  for (const one of all) {
    for (const block of startBlocks(one)) byBlock.set(block, (byBlock.get(block) ?? 0) + 1);
  }
  return all.map((one) => {
    const repeats = all.length - 1;
    const sharing = startBlocks(one).reduce((sum, block) => sum + (byBlock.get(block) ?? 1) - 1, 0);
    const facts = { ...measureRows(one, later, earlier), ...measureDensity(one.repeat) };
    return { facts: { repeats, sharing, ...facts }, ...one };
  });

  /** The blocks in which the copies begin; of two drafts, that of the earlier. */
  function startBlocks({ repeat }: Measured): number[] {
    const there = blockOfWord(earlier, repeat.bStart);
    const here = blockOfWord(later, repeat.aStart);
    return later !== earlier || here === there ? [there] : [there, here];
  }
}

function measureRows(
  { repeat, changes, spanned }: Measured,
  later: Row,
  earlier: Row,
): Omit<RowFacts, "repeats" | "sharing" | keyof Density> {
  let oneSided = 0;
  let paragraphs = 0;
  for (const { aStart, aEnd, bStart, bEnd } of changes) {
    if (aEnd === aStart || bEnd === bStart) oneSided++;
  }
  forEachPart(later, repeat.aStart, repeat.aEnd, (index) => {
    if (later.blocks.isParagraph(index)) paragraphs++;
  });
  return {
    matched: repeat.matched,
    spanned,
    apart: later === earlier ? Math.max(0, repeat.aStart - repeat.bEnd) : 0,
    oneSided,
    replaced: changes.length - oneSided,
    changed: changedWords(changes),
    paragraphs,
    whole:
      isOfBlocks(later, repeat.aStart, repeat.aEnd) &&
      isOfBlocks(earlier, repeat.bStart, repeat.bEnd),
  };
}

type Density = Pick<RowFacts, "inThirdPlace" | "repeatedBeside" | "sharedBeside" | "scattered">;

/** How much else is said twice: an accident is alone, but what follows a pattern has its like. Phrases are shingles. */
function densityOf(
  all: readonly Measured[],
  later: Row,
  earlier: Row,
): (repeat: Repeat) => Density {
  const isWithin = later === earlier;
  const times = countShingles(later);
  const otherTimes = isWithin ? times : countShingles(earlier);
  const here: Side = { shingles: later.shingles, times, otherTimes };
  const there: Side = { shingles: earlier.shingles, times: otherTimes, otherTimes: times };
  const words = later.words.length + (isWithin ? 0 : earlier.words.length);
  const countBeside = (test: Test): ((repeat: Repeat) => number) => {
    const all = count(here, test) + (isWithin ? 0 : count(there, test));
    return ({ aStart, aEnd, bStart, bEnd }) =>
      all - count(here, test, aStart, aEnd) - count(there, test, bStart, bEnd);
  };
  const isTwice: Test = (shingle, side) => (side.times.get(shingle) ?? 0) > 1;
  const countRepeated = countBeside(isTwice);
  const scattered = isWithin ? countOutside(all, here, isTwice) : 0;
  const countShared = isWithin
    ? () => 0
    : countBeside((shingle, side) => side.otherTimes.has(shingle));
  const isInThird: Test = (shingle) =>
    (times.get(shingle) ?? 0) + (isWithin ? 0 : (otherTimes.get(shingle) ?? 0)) > 2;
  return (repeat) => {
    const { aStart, aEnd, bStart, bEnd } = repeat;
    const beside = words - (aEnd - aStart) - (bEnd - bStart) + FEW_WORDS;
    const phrases = count(here, () => true, aStart, aEnd);
    return {
      inThirdPlace: count(here, isInThird, aStart, aEnd) / Math.max(1, phrases),
      repeatedBeside: countRepeated(repeat) / beside,
      sharedBeside: countShared(repeat) / beside,
      scattered,
    };
  };
}

/** How many phrases outside all repeats of a draft pass a test, for each word there. */
function countOutside(all: readonly Measured[], side: Side, test: Test): number {
  const { length } = side.shingles;
  const spans = all.flatMap(({ repeat: { aStart, aEnd, bStart, bEnd } }) => [
    { start: aStart, end: aEnd },
    { start: bStart, end: bEnd },
  ]);
  spans.sort((one, other) => one.start - other.start);
  let [at, words, phrases] = [0, FEW_WORDS, 0];
  for (const { start, end } of [...spans, { start: length, end: length }]) {
    words += Math.max(0, start - at);
    phrases += count(side, test, at, start);
    at = Math.max(at, end);
  }
  return phrases / words;
}

/** In so few words a phrase that comes back says little. */
const FEW_WORDS = 100;

/** How often a row has each shingle. */
type Times = ReadonlyMap<number, number>;

/** The shingles of a row, and how often it and the other row have each. */
interface Side extends Pick<Row, "shingles"> {
  readonly times: Times;
  readonly otherTimes: Times;
}

type Test = (shingle: number, side: Side) => boolean;

function countShingles({ shingles }: Row): Times {
  const times = new Map<number, number>();
  for (const one of shingles) times.set(one | 0, (times.get(one | 0) ?? 0) + 1);
  return times;
}

/** How many shingles that begin with some words pass a test. */
function count(side: Side, test: Test, start = 0, end = side.shingles.length): number {
  let passed = 0;
  for (let at = start; at < end; at++) {
    const shingle = (side.shingles[at] ?? 0) | 0;
    if (shingle !== 0 && test(shingle, side)) passed++;
  }
  return passed;
}

/** Whether the words from `start` up to `end` are whole blocks. */
function isOfBlocks(row: Row, start: number, end: number): boolean {
  const { first } = row;
  return start === first[blockOfWord(row, start)] && end === first[blockOfWord(row, end - 1) + 1];
}

/** Calls back with the index of each block that contains words from `start` up to `end`, and with their number. */
export function forEachPart(
  row: Row,
  start: number,
  end: number,
  take: (index: number, words: number) => void,
): void {
  const { first } = row;
  for (let index = blockOfWord(row, start); index < first.length - 1; index++) {
    const from = Math.max(start, first[index] ?? 0);
    if (from >= end) break;
    const words = Math.min(end, first[index + 1] ?? 0) - from;
    if (words > 0) take(index, words);
  }
}

/** How many slots and rewordings some changes may be. */
export interface EditBounds {
  readonly slots: readonly [least: number, most: number];
  readonly reworded: number;
}

/**
 * The bounds of what `countEdits` counts, whatever the words are: a short change may fill in a name, or be a rewording if
 * its sides differ in length. Either all of those fill in names, or none does. If some do, the odds are no higher than in
 * the better case, because both signals count each further edit less.
 */
export function boundEdits(changes: readonly Change[]): readonly EditBounds[] {
  let [equal, long, unequal] = [0, 0, 0];
  for (const { aStart, aEnd, bStart, bEnd } of changes) {
    const aLength = aEnd - aStart;
    const bLength = bEnd - bStart;
    if (aLength === 0 || bLength === 0) continue;
    if (Math.max(aLength, bLength) > MOST_FILLED) long++;
    else if (aLength === bLength) equal++;
    else unequal++;
  }
  return [
    { slots: [unequal, unequal + equal], reworded: long },
    { slots: [0, equal], reworded: long + unequal },
  ];
}

/** A filled-in name has at most this many words. */
export const MOST_FILLED = 4;
