import type { Block, Draft } from "../draft/draft.ts";
import { perBlock } from "../draft/incremental/per-block.ts";
import { MASK } from "../draft/prose.ts";
import { changedWords, changesOf, type Change } from "./changes.ts";
import {
  closesDraft,
  type DraftPair,
  isLikeTitle,
  opensDraft,
  sharedBy,
  titlesOf,
} from "./pair-of-drafts.ts";
import { outlineOf } from "./outline.ts";
import type { Run } from "./runs.ts";
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
}

/** What is measured of two copies by their rows of words, without their drafts. */
export interface RowFacts {
  /** In common; and spanned by the longer copy, paragraphs that were put in left out. */
  readonly matched: number;
  readonly spanned: number;
  /** Between the two copies; 0 in two drafts. */
  readonly apart: number;
  /** Edits that leave words on one side alone. */
  readonly oneSided: number;
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
};

/** Where the copies of a run stand in two drafts. */
export function placesOf({ aStart, aEnd, bStart, bEnd }: Run, later: Row, earlier: Row): Places {
  return {
    opensLater: opensDraft(later, aStart, aEnd),
    opensEarlier: opensDraft(earlier, bStart, bEnd),
    closesBoth: closesDraft(later, aStart, aEnd) && closesDraft(earlier, bStart, bEnd),
  };
}

/** Which of two drafts is which makes no difference. */
function factsOfPair(drafts: DraftPair, run: Run, later: Sequence, earlier: Sequence): PairFacts {
  const { aStart, aEnd, bStart, bEnd } = run;
  const places = placesOf(run, later, earlier);
  const { opensLater, opensEarlier, closesBoth } = places;
  return {
    ...places,
    series: drafts.isSeries,
    meant:
      drafts.isShared ||
      (opensLater && opensEarlier) ||
      closesBoth ||
      (isNote(later, aStart) && isNote(earlier, bStart)) ||
      (opensLater && isUnderTitleOf(later, earlier, bStart)) ||
      (opensEarlier && isUnderTitleOf(earlier, later, aStart)) ||
      isQuoted(later, aStart, aEnd) !== isQuoted(earlier, bStart, bEnd),
  };
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
      (draft.format.markup.labelOf(block) !== undefined || draft.format.markup.opensAside(block)),
  );
}

/** Whether a passage begins with or stands under a heading that is another draft's title: it tells there what that is about. */
function isUnderTitleOf(titled: Sequence, sequence: Sequence, start: number): boolean {
  const first = blockOfWord(sequence, start);
  const { blocks } = sequence.draft;
  const index =
    blocks[first]?.kind === "heading" ? first : outlineOf(sequence.draft).heading[first];
  const heading = blocks[index ?? -1]?.prose.text ?? "";
  return titlesOf(titled.draft).some((title) => isLikeTitle(title, heading));
}

/** Whether all blocks of a passage are block quotations. */
function isQuoted(sequence: Sequence, start: number, end: number): boolean {
  return blocksIn(sequence, start, end).every(({ block }) => block.quoteDepth > 0);
}

/** What is known of a run before the others are. */
export interface Measured {
  readonly run: Run;
  readonly changes: readonly Change[];
  readonly spanned: number;
  /** The most words that it has in one paragraph. */
  readonly longest: number;
  readonly sentences: boolean;
}

export function measured(run: Run, later: Row, earlier: Row): Measured {
  let spanned = 0;
  let longest = 0;
  for (const piece of run.pieces) {
    spanned += Math.max(piece.aEnd - piece.aStart, piece.bEnd - piece.bStart);
    longest = Math.max(longest, longestInBlock(piece.aStart, piece.aEnd, later));
  }
  if (run.copies === 1) {
    const { pieces } = run;
    const aFirst = pieces[0]?.aStart ?? run.aStart;
    const aLast = pieces.at(-1)?.aEnd ?? run.aEnd;
    const bFirst = Math.min(...pieces.map((piece) => piece.bStart));
    const bLast = Math.max(...pieces.map((piece) => piece.bEnd));
    spanned += Math.max(0, aFirst - run.aStart, bFirst - run.bStart);
    spanned += Math.max(0, run.aEnd - aLast, run.bEnd - bLast);
  }
  return {
    run,
    changes: run.copies > 1 ? [] : changesOf(run),
    spanned: Math.max(spanned, run.matched, 1),
    longest,
    sentences:
      isOfSentences(later, run.aStart, run.aEnd) && isOfSentences(earlier, run.bStart, run.bEnd),
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

/** Measures the runs of one draft, or of two, beside each other. */
export function withFacts(
  all: readonly Measured[],
  later: Sequence,
  earlier: Sequence,
  drafts?: DraftPair,
): Candidate[] {
  return withRowFacts(all, later, earlier).map(({ facts, ...one }) => {
    const pair = drafts === undefined ? ONE_DRAFT : factsOfPair(drafts, one.run, later, earlier);
    return { ...one, facts: { ...facts, ...factsOfRun(one, pair, later, earlier) } };
  });
}

/** Measures the runs of one row, or of two, beside each other. */
export function withRowFacts(
  all: readonly Measured[],
  later: Row,
  earlier: Row,
): (Measured & { readonly facts: RowFacts })[] {
  const byBlock = new Map<number, number>();
  for (const one of all) {
    for (const block of startsOf(one)) byBlock.set(block, (byBlock.get(block) ?? 0) + 1);
  }
  return all.map((one) => {
    const repeats = all.length - 1;
    const sharing = startsOf(one).reduce((sum, block) => sum + (byBlock.get(block) ?? 1) - 1, 0);
    return { ...one, facts: { ...rowFactsOf(one, later, earlier), repeats, sharing } };
  });

  /** The blocks in which the copies begin; of two drafts, that of the earlier. */
  function startsOf({ run }: Measured): number[] {
    const there = blockOfWord(earlier, run.bStart);
    const here = blockOfWord(later, run.aStart);
    return later !== earlier || here === there ? [there] : [there, here];
  }
}

function rowFactsOf(
  { run, changes, spanned }: Measured,
  later: Row,
  earlier: Row,
): Omit<RowFacts, "repeats" | "sharing"> {
  let oneSided = 0;
  let paragraphs = 0;
  for (const { aStart, aEnd, bStart, bEnd } of changes) {
    if (aEnd === aStart || bEnd === bStart) oneSided++;
  }
  forEachPart(later, run.aStart, run.aEnd, (index) => {
    if (later.blocks.isParagraph(index)) paragraphs++;
  });
  return {
    matched: run.matched,
    spanned,
    apart: later === earlier ? Math.max(0, run.aStart - run.bEnd) : 0,
    oneSided,
    changed: changedWords(changes),
    paragraphs,
    whole: isOfBlocks(later, run.aStart, run.aEnd) && isOfBlocks(earlier, run.bStart, run.bEnd),
    draftWords: Math.min(later.words.length, earlier.words.length),
  };
}

/** Whether the words from `start` up to `end` are whole blocks. */
function isOfBlocks(row: Row, start: number, end: number): boolean {
  const { first } = row;
  return start === first[blockOfWord(row, start)] && end === first[blockOfWord(row, end - 1) + 1];
}

function factsOfRun(
  { run, changes }: Measured,
  pair: PairFacts,
  later: Sequence,
  earlier: Sequence,
): Omit<Facts, keyof RowFacts> {
  const within = later === earlier;
  const a = outlineOf(later.draft);
  const b = outlineOf(earlier.draft);
  const aFirst = blockOfWord(later, run.aStart);
  const aLast = blockOfWord(later, run.aEnd - 1);
  const bFirst = blockOfWord(earlier, run.bStart);
  const bLast = blockOfWord(earlier, run.bEnd - 1);
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
  const inside = blocksIn(later, run.aStart, run.aEnd);
  const depths = [start?.listDepth ?? 0, other?.listDepth ?? 0];
  const items = depths.every((depth) => depth > 0);
  const leadsToCode =
    Number(later.draft.blocks[aLast + 1]?.kind === "code") +
    Number(earlier.draft.blocks[bLast + 1]?.kind === "code");
  return {
    ...pair,
    // Two sections are explained step by step, each by itself.
    meant:
      pair.meant ||
      (items && !sameSection && isStep(later.draft, aFirst) && isStep(earlier.draft, bFirst)),
    sameSection,
    likeHeading: sameSection ? 0 : similarity(later, aHeading, earlier, bHeading),
    markers: within
      ? between(a.markers) + Number(isOther(a.element[aFirst], b.element[bFirst]))
      : Number(isOther(a.tab[aFirst], b.tab[bFirst])),
    between: between(a.others),
    ...editsOf(changes, later, earlier),
    code: Math.min(1, codeIn(inside) + leadsToCode / 2),
    items,
    nested: depths.every((depth) => depth > 1),
    oneItem: !items && depths.some((depth) => depth > 0),
    callout:
      (start?.quoteDepth ?? 0) > 0 ||
      (other?.quoteDepth ?? 0) > 0 ||
      (start !== undefined &&
        (later.draft.format.markup.opensCallout(start) || /^\s*[A-Z]{3,}:/.test(start.source))),
  };
}

/** Whether both copies stand in something that has a name, and not in the same. */
function isOther(own = "", other = ""): boolean {
  return own !== "" && other !== "" && own !== other;
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
  const wordsOf = ({ words, first }: Sequence, index: number): Set<number> =>
    new Set(
      words.subarray(first[index], Math.min((first[index] ?? 0) + COMPARED, first[index + 1] ?? 0)),
    );
  if (later.draft.blocks[a] === undefined || earlier.draft.blocks[b] === undefined) return 0;
  const own = wordsOf(later, a);
  const other = wordsOf(earlier, b);
  return sharedBy(own, other) / Math.max(own.size, other.size, 1);
}

/** What kinds of edits make one copy of the other, those aside that leave words on one side alone. */
function editsOf(
  changes: readonly Change[],
  later: Sequence,
  earlier: Sequence,
): Pick<Facts, "slots" | "reworded"> {
  const edits = { slots: 0, reworded: 0 };
  for (const { aStart, aEnd, bStart, bEnd } of changes) {
    const own = aEnd - aStart;
    const other = bEnd - bStart;
    if (own === 0 || other === 0) continue;
    const isFilledIn =
      Math.max(own, other) <= MOST_FILLED &&
      isName(later.draft, textOf(later, aStart, aEnd)) &&
      isName(earlier.draft, textOf(earlier, bStart, bEnd));
    if (isFilledIn) edits.slots++;
    else if (own !== other || own > MOST_FILLED) edits.reworded++;
  }
  return edits;
}

/**
 * What `editsOf` can count of changes whose words are not known. A short one may fill in a name; if not, it is a
 * rewording where its sides differ in length.
 */
export function editLengths(changes: readonly Change[]): EditLengths {
  const lengths = { long: 0, unequal: 0, equal: 0 };
  for (const { aStart, aEnd, bStart, bEnd } of changes) {
    const own = aEnd - aStart;
    const other = bEnd - bStart;
    if (own === 0 || other === 0) continue;
    if (Math.max(own, other) > MOST_FILLED) lengths.long++;
    else if (own === other) lengths.equal++;
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

function textOf(sequence: Sequence, start: number, end: number): string {
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
