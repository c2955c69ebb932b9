import type { Block, Draft } from "../draft/draft.ts";
import { perBlock } from "../draft/incremental/per-block.ts";
import { MASK } from "../draft/prose.ts";
import { changedWords, findChanges, type Change } from "./changes.ts";
import {
  closesDraft,
  type DraftPair,
  isLikeTitle,
  opensDraft,
  countShared,
  getTitles,
} from "./pair-of-drafts.ts";
import { getOutline } from "./outline.ts";
import {
  areNumbered,
  isCaption,
  isCredit,
  isDemonstrated,
  isSummary,
  linksTo,
  opensEntries,
  opensTwins,
} from "./purpose.ts";
import type { Repeat } from "./repeats.ts";
import { isOfSentences } from "./sentence-starts.ts";
import { blockOfWord, type Row } from "./row.ts";
import { spanOfWord, type Sequence } from "./sequence.ts";

/** What is measured of two copies of a passage; all the judge knows of them. Lengths are in words. */
export interface Facts extends RowFacts, PairFacts {
  /** Both stand under one heading; else the share of words that their headings have in common, from 0 to 1. */
  readonly sameSection: boolean;
  readonly likeHeading: number;
  /** Blocks between the two: marks of tabs, conditions and variants, of which a reader sees one; other directives, and code. */
  readonly markers: number;
  readonly between: number;
  /** Edits: a name, number or code put for another; longer wordings, or fewer words for more. */
  readonly slots: number;
  readonly reworded: number;
  /** The share of code, a code block after one of the two counted as half, from 0 to 1. */
  readonly code: number;
  /** Both are items; of lists in lists; one alone is. */
  readonly items: boolean;
  readonly nested: boolean;
  readonly oneItem: boolean;
  /** One of them stands in a callout or a quotation. */
  readonly callout: boolean;
  /** Both begin right under headings of the same words, and with the same sentence. */
  readonly twins: boolean;
}

/** What is measured of two copies by their rows of words, without their drafts. */
export interface RowFacts {
  /** In common; and spanned by the longer copy, paragraphs that were put in left out. */
  readonly matched: number;
  readonly spanned: number;
  /** Between the two copies; 0 in two drafts. */
  readonly apart: number;
  /** Edits that leave words on one side alone; those that put words for words. */
  readonly oneSided: number;
  readonly replaced: number;
  readonly changed: number;
  readonly paragraphs: number;
  /** Both copies begin and end where blocks do. */
  readonly whole: boolean;
  /** Other repeats in the draft, or in the two; those that share a copy. */
  readonly repeats: number;
  readonly sharing: number;
  readonly draftWords: number;
}

/** What is known of two drafts, and of where in them the copies stand. */
interface PairFacts extends Places {
  readonly series: boolean;
  /** The passage stands twice on purpose by all that is known beside its words: it is a hint at most. */
  readonly meant: boolean;
  /** A teaser of the other draft, or the next row of a pattern: it is not reported. */
  readonly expected: boolean;
}

/** Where in two drafts the copies stand. */
export interface Places {
  /** The copy in the later draft, and that in the earlier, stands among the first paragraphs; both stand among the last. */
  readonly opensLater: boolean;
  readonly opensEarlier: boolean;
  readonly closesBoth: boolean;
}

const ONE_DRAFT: PairFacts = {
  series: false,
  opensLater: false,
  opensEarlier: false,
  closesBoth: false,
  meant: false,
  expected: false,
};

/** Where the copies of a repeat stand in two drafts. */
export function locate({ aStart, aEnd, bStart, bEnd }: Repeat, later: Row, earlier: Row): Places {
  return {
    opensLater: opensDraft(later, aStart, aEnd),
    opensEarlier: opensDraft(earlier, bStart, bEnd),
    closesBoth: closesDraft(later, aStart, aEnd) && closesDraft(earlier, bStart, bEnd),
  };
}

/** Which of two drafts is which makes no difference. */
function measurePair(
  drafts: DraftPair,
  { repeat, spanned }: Measured,
  later: Sequence,
  earlier: Sequence,
): PairFacts {
  const { aStart, aEnd, bStart, bEnd } = repeat;
  const places = locate(repeat, later, earlier);
  const { opensLater, opensEarlier, closesBoth } = places;
  const teases = isTeaser(drafts, repeat, later, earlier);
  return {
    ...places,
    series: drafts.isSeries,
    expected: teases && spanned <= LONGEST_TEASER,
    meant:
      drafts.isShared ||
      (opensLater && opensEarlier) ||
      closesBoth ||
      teases ||
      (isNote(later, aStart) && isNote(earlier, bStart)) ||
      (opensLater && isUnderTitle(later, earlier, bStart)) ||
      (opensEarlier && isUnderTitle(earlier, later, aStart)) ||
      isQuoted(later, aStart, aEnd) !== isQuoted(earlier, bStart, bEnd),
  };
}

/** In words: what leads to a page gives no more of it. */
const LONGEST_TEASER = 100;

/** Whether one copy leads to the other's draft, as a card or an item of a list does. */
function isTeaser(
  { pages }: DraftPair,
  repeat: Repeat,
  later: Sequence,
  earlier: Sequence,
): boolean {
  const { aStart, aEnd, bStart, bEnd } = repeat;
  const leads = (sequence: Sequence, start: number, end: number): boolean =>
    linksTo(sequence.draft, blockOfWord(sequence, start), blockOfWord(sequence, end - 1), pages);
  return leads(later, aStart, aEnd) || leads(earlier, bStart, bEnd);
}

/** The label that a block begins with, without case; "" for none. */
function labelIn({ draft }: Sequence, index: number): string {
  const block = draft.blocks[index];
  return block === undefined ? "" : draft.format.markup.openingLabel(block).text;
}

/** Whether a passage begins with or right after the mark of a callout. */
function isNote(sequence: Sequence, start: number): boolean {
  const { draft } = sequence;
  const first = blockOfWord(sequence, start);
  return [draft.blocks[first], draft.blocks[first - 1]].some(
    (block) =>
      block?.kind === "directive" &&
      (draft.format.markup.getLabel(block) !== undefined || draft.format.markup.opensAside(block)),
  );
}

/** Whether a passage begins with or stands under a heading that is another draft's title: it tells there what that is about. */
function isUnderTitle(titled: Sequence, sequence: Sequence, start: number): boolean {
  const first = blockOfWord(sequence, start);
  const { blocks } = sequence.draft;
  const index =
    blocks[first]?.kind === "heading" ? first : getOutline(sequence.draft).heading[first];
  const heading = blocks[index ?? -1]?.prose.text ?? "";
  return getTitles(titled.draft).some((title) => isLikeTitle(title, heading));
}

/** Whether all blocks of a passage are block quotations. */
function isQuoted(sequence: Sequence, start: number, end: number): boolean {
  return blocksIn(sequence, start, end).every(({ block }) => block.quoteDepth > 0);
}

/** What is known of a repeat before the others are. */
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

export interface Candidate extends Measured {
  readonly facts: Facts;
}

/** Measures the repeats of one draft, or of two, beside each other. */
export function withFacts(
  all: readonly Measured[],
  later: Sequence,
  earlier: Sequence,
  drafts?: DraftPair,
): Candidate[] {
  return withRowFacts(all, later, earlier).map(({ facts, ...one }) => {
    const pair = drafts === undefined ? ONE_DRAFT : measurePair(drafts, one, later, earlier);
    const expected = pair.expected || isNextRow(one, facts, later, earlier);
    return { ...one, facts: { ...facts, ...measureDrafts(one, pair, later, earlier), expected } };
  });
}

/** Whether a block says of one number what a block shortly before it says of another: “The 20.x line has two bugs”. */
function isNextRow(
  { changes }: Measured,
  { whole, spanned, apart }: RowFacts,
  later: Sequence,
  earlier: Sequence,
): boolean {
  return (
    later === earlier &&
    whole &&
    spanned <= LONGEST_ROW &&
    apart <= FURTHEST_ROW &&
    changes.length > 0 &&
    changes.every(
      ({ aStart, aEnd, bStart, bEnd }) =>
        NUMBER.test(sliceWords(later, aStart, aEnd)) &&
        NUMBER.test(sliceWords(earlier, bStart, bEnd)),
    )
  );
}

/** In words. Of a longer passage nobody writes a row, and more words are no row between two. */
const LONGEST_ROW = 25;
const FURTHEST_ROW = 60;

/** A figure, a version, or a number or its place in a row in words. */
const NUMBER =
  /^(?:v?\d[\d.,:x-]{0,20}%?|zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth)$/i;

/** Measures the repeats of one row, or of two, beside each other. */
export function withRowFacts(
  all: readonly Measured[],
  later: Row,
  earlier: Row,
): (Measured & { readonly facts: RowFacts })[] {
  const byBlock = new Map<number, number>();
  for (const one of all) {
    for (const block of startBlocks(one)) byBlock.set(block, (byBlock.get(block) ?? 0) + 1);
  }
  return all.map((one) => {
    const repeats = all.length - 1;
    const sharing = startBlocks(one).reduce((sum, block) => sum + (byBlock.get(block) ?? 1) - 1, 0);
    return { ...one, facts: { ...measureRows(one, later, earlier), repeats, sharing } };
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
): Omit<RowFacts, "repeats" | "sharing"> {
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
    draftWords: Math.min(later.words.length, earlier.words.length),
  };
}

/** Whether the words from `start` up to `end` are whole blocks. */
function isOfBlocks(row: Row, start: number, end: number): boolean {
  const { first } = row;
  return start === first[blockOfWord(row, start)] && end === first[blockOfWord(row, end - 1) + 1];
}

function measureDrafts(
  { repeat, changes }: Measured,
  pair: PairFacts,
  later: Sequence,
  earlier: Sequence,
): Omit<Facts, keyof RowFacts> {
  const within = later === earlier;
  const a = getOutline(later.draft);
  const b = getOutline(earlier.draft);
  const aFirst = blockOfWord(later, repeat.aStart);
  const aLast = blockOfWord(later, repeat.aEnd - 1);
  const bFirst = blockOfWord(earlier, repeat.bStart);
  const bLast = blockOfWord(earlier, repeat.bEnd - 1);
  const between = (counts: Uint32Array): number =>
    within ? Math.max(0, (counts[aFirst] ?? 0) - (counts[bLast + 1] ?? 0)) : 0;
  const aHeading = a.heading[aFirst] ?? -1;
  const bHeading = b.heading[bFirst] ?? -1;
  const start = later.draft.blocks[aFirst];
  const other = earlier.draft.blocks[bFirst];
  const sameSection =
    within &&
    aHeading === bHeading &&
    a.label[aFirst] === b.label[bFirst] &&
    !isOther(labelIn(later, aFirst), labelIn(earlier, bFirst));
  const inside = blocksIn(later, repeat.aStart, repeat.aEnd);
  const depths = [start?.listDepth ?? 0, other?.listDepth ?? 0];
  const items = depths.every((depth) => depth > 0);
  const leadsToCode = Number(isCode(later, aLast + 1)) + Number(isCode(earlier, bLast + 1));
  return {
    ...pair,
    meant:
      pair.meant ||
      isMeant(changes, { aFirst, aLast, bFirst, bLast }, later, earlier) ||
      (start === inside.at(-1)?.block && isCredit(start)) ||
      // Two sections are explained step by step, each by itself.
      (items && !sameSection && isStep(later.draft, aFirst) && isStep(earlier.draft, bFirst)) ||
      (within && !sameSection && areNumbered(later.draft, aHeading, bHeading)),
    sameSection,
    likeHeading: sameSection ? 0 : similarity(later, aHeading, earlier, bHeading),
    markers: within
      ? between(a.markers) + Number(isOther(a.element[aFirst], b.element[bFirst]))
      : Number(isOther(a.tab[aFirst], b.tab[bFirst])),
    between: between(a.others),
    ...countEdits(changes, later, earlier),
    code: Math.min(1, codeIn(inside) + leadsToCode / 2),
    items,
    nested: depths.every((depth) => depth > 1),
    oneItem: !items && depths.some((depth) => depth > 0),
    callout:
      (start?.quoteDepth ?? 0) > 0 ||
      (other?.quoteDepth ?? 0) > 0 ||
      (start !== undefined &&
        (later.draft.format.markup.opensCallout(start) || /^\s*[A-Z]{3,}:/.test(start.source))),
    twins:
      within &&
      opensTwins(later.draft, aFirst, bFirst) &&
      (changes[0]?.aStart ?? repeat.aEnd) - repeat.aStart >= TWIN_WORDS,
  };
}

/** The first and last blocks of both copies. */
interface Ends {
  readonly aFirst: number;
  readonly aLast: number;
  readonly bFirst: number;
  readonly bLast: number;
}

/** Whether a passage stands twice on purpose, by what is right beside its copies and by what they begin with. */
function isMeant(
  changes: readonly Change[],
  { aFirst, aLast, bFirst, bLast }: Ends,
  later: Sequence,
  earlier: Sequence,
): boolean {
  const [a, b] = [later.draft, earlier.draft];
  return (
    opensEntries(a, aFirst, b, bFirst) ||
    isDemonstrated(a, aFirst) ||
    isDemonstrated(b, bFirst) ||
    isCaption(a, aFirst, aLast) ||
    isCaption(b, bFirst, bLast) ||
    (later === earlier && isSummary(b, bFirst, bLast)) ||
    isNextInRow(changes, later, earlier)
  );
}

/** Whether the copies are of two things in a row: “The first point has …”, “The second point has …”. */
function isNextInRow([first]: readonly Change[], later: Sequence, earlier: Sequence): boolean {
  if (first === undefined || first.aStart === first.aEnd || first.bStart === first.bEnd)
    return false;
  const { aStart, aEnd, bStart, bEnd } = first;
  return (
    PLACE.test(sliceWords(later, aStart, aEnd)) && PLACE.test(sliceWords(earlier, bStart, bEnd))
  );
}

const PLACE = /^(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|next|last)$/i;

function isCode({ draft }: Sequence, index: number): boolean {
  return draft.blocks[index]?.kind === "code";
}

/** Of sections under the same heading so many words are the same at the beginning. */
const TWIN_WORDS = 8;

/** Whether both copies stand in something that has a name, and not in the same. */
function isOther(here = "", there = ""): boolean {
  return here !== "" && there !== "" && here !== there;
}

interface PartOfBlock {
  readonly block: Block;
  readonly words: number;
}

/** The blocks that the words from `start` up to `end` stand in, each with how many of them. */
function blocksIn(sequence: Sequence, start: number, end: number): PartOfBlock[] {
  const parts: PartOfBlock[] = [];
  forEachPart(sequence, start, end, (index, words) => {
    const block = sequence.draft.blocks[index];
    if (block !== undefined) parts.push({ block, words });
  });
  return parts;
}

/** Gives the index of each block that the words from `start` up to `end` stand in, and how many of them. */
function forEachPart(
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

/** Of how many words of each of two blocks the first are compared. */
const COMPARED = 40;

/** The share of their words that two blocks have in common, from 0 to 1. */
function similarity(later: Sequence, a: number, earlier: Sequence, b: number): number {
  const firstWords = ({ words, first }: Sequence, index: number): Set<number> =>
    new Set(
      words.subarray(first[index], Math.min((first[index] ?? 0) + COMPARED, first[index + 1] ?? 0)),
    );
  if (later.draft.blocks[a] === undefined || earlier.draft.blocks[b] === undefined) return 0;
  const aWords = firstWords(later, a);
  const bWords = firstWords(earlier, b);
  return countShared(aWords, bWords) / Math.max(aWords.size, bWords.size, 1);
}

/** What kinds of edits make one copy of the other, those aside that leave words on one side alone. */
function countEdits(
  changes: readonly Change[],
  later: Sequence,
  earlier: Sequence,
): Pick<Facts, "slots" | "reworded"> {
  const edits = { slots: 0, reworded: 0 };
  for (const { aStart, aEnd, bStart, bEnd } of changes) {
    const aLength = aEnd - aStart;
    const bLength = bEnd - bStart;
    if (aLength === 0 || bLength === 0) continue;
    const isFilledIn =
      Math.max(aLength, bLength) <= MOST_FILLED &&
      isName(later.draft, sliceWords(later, aStart, aEnd)) &&
      isName(earlier.draft, sliceWords(earlier, bStart, bEnd));
    if (isFilledIn) edits.slots++;
    else if (aLength !== bLength || aLength > MOST_FILLED) edits.reworded++;
  }
  return edits;
}

/**
 * What `countEdits` can count without knowing the words. A short change may fill in a name; if not, it is a
 * rewording where its sides differ in length.
 */
export function editLengths(changes: readonly Change[]): EditLengths {
  const lengths = { long: 0, unequal: 0, equal: 0 };
  for (const { aStart, aEnd, bStart, bEnd } of changes) {
    const aLength = aEnd - aStart;
    const bLength = bEnd - bStart;
    if (aLength === 0 || bLength === 0) continue;
    if (Math.max(aLength, bLength) > MOST_FILLED) lengths.long++;
    else if (aLength === bLength) lengths.equal++;
    else lengths.unequal++;
  }
  return lengths;
}

/** How many changes put words for words: those too long to fill in a name, and shorter ones. */
export interface EditLengths {
  readonly long: number;
  readonly unequal: number;
  readonly equal: number;
}

/** A name that is filled in has so many words at the most. */
const MOST_FILLED = 4;

function sliceWords(sequence: Sequence, start: number, end: number): string {
  const from = spanOfWord(sequence, start).start;
  return sequence.draft.text.slice(from, Math.min(spanOfWord(sequence, end - 1).end, from + 400));
}

/** Whether a wording holds something that names: a capital, a figure, code. */
function isName({ format }: Draft, text: string): boolean {
  return /[\p{Lu}\p{N}_/]/u.test(text) || format.markup.holdsCode(text) || text.includes(MASK);
}

/** The share of code in a passage: of its words, and of a block of code every six units for one. */
function codeIn(parts: readonly PartOfBlock[]): number {
  let code = 0;
  let total = 0;
  for (const { block, words } of parts) {
    const weight = block.kind === "code" ? block.source.length / 6 : words;
    code += weight * codeShare(block);
    total += weight;
  }
  return code / Math.max(total, 1);
}

const codeShare = perBlock(({ kind, marks, source }): number => {
  if (kind === "code") return 1;
  let units = 0;
  for (const { kind, start, end } of marks) if (kind === "code") units += end - start;
  return Math.min(1, units / Math.max(1, source.length));
});

function isStep({ text, starts, format }: Draft, index: number): boolean {
  return format.markup.isNumberedItem(text, starts[index] ?? 0);
}
