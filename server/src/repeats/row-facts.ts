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
  readonly kin: number;
  /** Phrases outside the two that their draft has twice, and that both drafts have; for each word. */
  readonly own: number;
  readonly mutual: number;
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
  const measureKin = kinOf(later, earlier);
  const byBlock = new Map<number, number>();
  for (const one of all) {
    for (const block of startBlocks(one)) byBlock.set(block, (byBlock.get(block) ?? 0) + 1);
  }
  return all.map((one) => {
    const repeats = all.length - 1;
    const sharing = startBlocks(one).reduce((sum, block) => sum + (byBlock.get(block) ?? 1) - 1, 0);
    const facts = { ...measureRows(one, later, earlier), ...measureKin(one.repeat) };
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
): Omit<RowFacts, "repeats" | "sharing" | keyof Kin> {
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

type Kin = Pick<RowFacts, "kin" | "own" | "mutual">;

/** How much else is said twice: an accident is alone, but what follows a pattern has its like. Phrases are shingles. */
function kinOf(later: Row, earlier: Row): (repeat: Repeat) => Kin {
  const within = later === earlier;
  const [here, there] = [countShingles(later), countShingles(earlier)];
  const has = (times: Times, least: number) => (shingle: number) =>
    (times.get(shingle) ?? 0) >= least;
  const [ownHere, ownThere] = [has(here, 2), has(there, 2)];
  const [mutualHere, mutualThere] = [has(there, 1), has(here, 1)];
  const isKin = (shingle: number): boolean =>
    (here.get(shingle) ?? 0) + (within ? 0 : (there.get(shingle) ?? 0)) > 2;
  const inAll = (testHere: Test, testThere: Test): number =>
    count(later, testHere) + (within ? 0 : count(earlier, testThere));
  const own = inAll(ownHere, ownThere);
  const mutual = within ? 0 : inAll(mutualHere, mutualThere);
  const words = later.words.length + (within ? 0 : earlier.words.length);
  return ({ aStart, aEnd, bStart, bEnd }) => {
    const inBoth = (testHere: Test, testThere: Test): number =>
      count(later, testHere, aStart, aEnd) + count(earlier, testThere, bStart, bEnd);
    const others = words - (aEnd - aStart) - (bEnd - bStart) + FEW_WORDS;
    return {
      kin:
        count(later, isKin, aStart, aEnd) /
        Math.max(
          1,
          count(later, () => true, aStart, aEnd),
        ),
      own: (own - inBoth(ownHere, ownThere)) / others,
      mutual: within ? 0 : (mutual - inBoth(mutualHere, mutualThere)) / others,
    };
  };
}

/** In so few words a phrase that comes back says little. */
const FEW_WORDS = 100;

/** How often a row has each shingle. */
type Times = ReadonlyMap<number, number>;
type Test = (shingle: number) => boolean;

function countShingles({ shingles }: Row): Times {
  const times = new Map<number, number>();
  for (const one of shingles) times.set(one | 0, (times.get(one | 0) ?? 0) + 1);
  return times;
}

/** How many shingles of some words pass a test. */
function count({ shingles }: Row, test: Test, start = 0, end = shingles.length): number {
  let passed = 0;
  for (let at = start; at < end; at++) {
    const shingle = (shingles[at] ?? 0) | 0;
    if (shingle !== 0 && test(shingle)) passed++;
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
