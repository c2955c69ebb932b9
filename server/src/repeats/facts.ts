import { perBlock } from "../draft/incremental/per-block.ts";
import { type Change, sliceChange } from "./changes.ts";
import { countShared, type DraftPair } from "./pair-of-drafts.ts";
import { getOutline } from "./outline.ts";
import {
  isName,
  isOther,
  openingLabel,
  opensTwins,
  type Purpose,
  purposeInTwo,
  purposeWithin,
  toCopy,
} from "./purpose.ts";
import {
  forEachPart,
  locate,
  type Measured,
  MOST_FILLED,
  type Places,
  type RowFacts,
  withRowFacts,
} from "./row-facts.ts";
import type { Sequence } from "./sequence.ts";

/** What is measured about two copies of a passage: everything the judge knows about them. Lengths are in words. */
export interface Facts extends RowFacts, Places, Purpose {
  /** Of two drafts in a series. */
  readonly series: boolean;
  /** Both are under one heading; else the share of words that their headings have in common, from 0 to 1. */
  readonly sameSection: boolean;
  readonly likeHeading: number;
  /** Blocks between the two: marks of tabs and variants, shown one at a time; other directives, and code. */
  readonly markers: number;
  readonly between: number;
  /** Edits: a name, number or code replaced by another; longer wordings, or fewer words replacing more. */
  readonly slots: number;
  readonly reworded: number;
  /** The share of code, from 0 to 1; a code block after one of the two counts as half. */
  readonly code: number;
  /** Both are items; of lists in lists; one alone is. */
  readonly items: boolean;
  readonly nested: boolean;
  readonly oneItem: boolean;
  /** One of them is in a callout or a quotation. */
  readonly callout: boolean;
  /** Both begin right under headings of the same words, and with the same sentence. */
  readonly twins: boolean;
}

const ONE_DRAFT: Places = { opensLater: false, opensEarlier: false, closesBoth: false };

export interface Candidate extends Measured {
  readonly facts: Facts;
}

/** Measures the repeats of one draft, or of two, together. */
export function withFacts(
  all: readonly Measured[],
  later: Sequence,
  earlier: Sequence,
  drafts?: DraftPair,
): Candidate[] {
  return withRowFacts(all, later, earlier).map((one) => {
    return { ...one, facts: measureDrafts(one, later, earlier, drafts) };
  });
}

function measureDrafts(
  { repeat, changes, facts }: Measured & { readonly facts: RowFacts },
  later: Sequence,
  earlier: Sequence,
  drafts?: DraftPair,
): Facts {
  const within = later === earlier;
  const here = toCopy(later, repeat.aStart, repeat.aEnd);
  const there = toCopy(earlier, repeat.bStart, repeat.bEnd);
  const [a, b] = [getOutline(later.draft), getOutline(earlier.draft)];
  const between = (counts: Uint32Array): number =>
    within ? Math.max(0, (counts[here.first] ?? 0) - (counts[there.last + 1] ?? 0)) : 0;
  const aHeading = a.heading[here.first] ?? -1;
  const bHeading = b.heading[there.first] ?? -1;
  const start = later.draft.blocks[here.first];
  const other = earlier.draft.blocks[there.first];
  const sameSection =
    within &&
    aHeading === bHeading &&
    a.label[here.first] === b.label[there.first] &&
    !isOther(openingLabel(here), openingLabel(there));
  const code = codeIn(later, repeat.aStart, repeat.aEnd);
  const leadsToCode =
    Number(isCode(later, here.last + 1)) + Number(isCode(earlier, there.last + 1));
  const depths = [start?.listDepth ?? 0, other?.listDepth ?? 0];
  const items = depths.every((depth) => depth > 0);
  const likeHeading = sameSection ? 0 : similarity(later, aHeading, earlier, bHeading);
  const places = drafts === undefined ? ONE_DRAFT : locate(repeat, later, earlier);
  const copies = { here, there, changes, facts, sameSection, likeHeading, items, code };
  return {
    series: drafts?.isSeries === true,
    sameSection,
    likeHeading,
    markers: within
      ? between(a.markers) + Number(isOther(a.element[here.first], b.element[there.first]))
      : Number(isOther(a.tab[here.first], b.tab[there.first])),
    between: between(a.others),
    code: Math.min(1, code + leadsToCode / 2),
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
      opensTwins(later.draft, here.first, there.first) &&
      (changes[0]?.aStart ?? repeat.aEnd) - repeat.aStart >= TWIN_WORDS,
    ...facts,
    ...places,
    ...(drafts === undefined ? purposeWithin(copies) : purposeInTwo(copies, drafts, places)),
    ...countEdits(changes, later, earlier),
  };
}

function isCode({ draft }: Sequence, index: number): boolean {
  return draft.blocks[index]?.kind === "code";
}

/** How many words at the beginning of sections under the same heading are the same. */
const TWIN_WORDS = 8;

/** Of how many words of each of two blocks the beginnings are compared. */
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

/** The kinds of edits that turn one copy into the other, except those that leave words on one side only. */
function countEdits(
  changes: readonly Change[],
  later: Sequence,
  earlier: Sequence,
): Pick<Facts, "slots" | "reworded"> {
  const edits = { slots: 0, reworded: 0 };
  for (const change of changes) {
    const aLength = change.aEnd - change.aStart;
    const bLength = change.bEnd - change.bStart;
    if (aLength === 0 || bLength === 0) continue;
    const [here, there] = sliceChange(change, later, earlier);
    const isFilledIn = Math.max(aLength, bLength) <= MOST_FILLED && isName(here) && isName(there);
    if (isFilledIn) edits.slots++;
    else if (aLength !== bLength || aLength > MOST_FILLED) edits.reworded++;
  }
  return edits;
}

/** The share of code in the words from `start` up to `end`; each six units of a code block count as one word. */
function codeIn(sequence: Sequence, start: number, end: number): number {
  let code = 0;
  let total = 0;
  forEachPart(sequence, start, end, (index, words) => {
    const block = sequence.draft.blocks[index];
    if (block === undefined) return;
    const weight = block.kind === "code" ? block.source.length / 6 : words;
    code += weight * codeShare(block);
    total += weight;
  });
  return code / Math.max(total, 1);
}

const codeShare = perBlock(({ kind, marks, source }): number => {
  if (kind === "code") return 1;
  let units = 0;
  for (const { kind, start, end } of marks) if (kind === "code") units += end - start;
  return Math.min(1, units / Math.max(1, source.length));
});
