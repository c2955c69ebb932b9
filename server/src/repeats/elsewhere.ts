import { computeOnce, memoizeOn } from "../draft/incremental/memoize.ts";
import type { Draft } from "../draft/draft.ts";
import { atLeast, type Severity } from "../draft/finding.ts";
import { linkShare } from "../formats/support/block-marks.ts";
import type { Span } from "../text/span.ts";
import type { Chain } from "./chains.ts";
import type { Change } from "./changes.ts";
import { mayReport } from "./bound.ts";
import { areOfForm, sliceChanges } from "./form.ts";
import type { Fingerprints } from "./fingerprints.ts";
import { MOST_COMPARED, type RepeatIndex } from "./index.ts";
import { unpackedRow } from "./packed-row.ts";
import { toPassage, type Passage } from "./passage.ts";
import {
  compareNames,
  draftPair,
  type DraftPair,
  type NamedDraft,
  orderByName,
} from "./pair-of-drafts.ts";
import { findRepeats } from "./repeats.ts";
import { getSequence, type Sequence } from "./sequence.ts";
import { judgeRepeats, type JudgedRepeat, WHOLE } from "./judge.ts";
import { titleSpan } from "./title.ts";
import type { Sensitivity } from "./signals.ts";

export interface ElsewhereOptions {
  readonly minWords: number;
  /** A passage in more drafts than this is boilerplate. */
  readonly maxDrafts: number;
  readonly sensitivity?: Sensitivity | undefined;
}

/** A passage of a draft, and its copies in other drafts, at least one. */
export interface SharedPassage {
  readonly here: Passage;
  readonly copies: readonly PassageCopy[];
  /** Its highest severity: that of the surest copy; a hint if shared on purpose, or reported in the other draft. */
  readonly severity: Severity;
}

export interface PassageCopy {
  readonly uri: string;
  readonly passage: Passage;
  /** Differences, with the words of this draft as side a. */
  readonly changes: readonly Change[];
  /** What the two share, by place in one of the two. */
  readonly chains: readonly Chain[];
  /** The words of the passage in this draft, and those of the copy in its own. */
  readonly here: Span;
  readonly there: Span;
  readonly sequence: Sequence;
  readonly otherSequence: Sequence;
  /** This draft was written later than the other. */
  readonly isLater: boolean;
}

/** Another draft that contains nearly all of this one, or that this one contains as a whole. */
export interface WholeCopy {
  readonly draft: Draft;
  readonly uri: string;
  /** The other within this draft; undefined if this one is in the other. */
  readonly here: Passage | undefined;
  /** The same in the other. */
  readonly there: Span;
  /** How much of the contained one is the same. */
  readonly percent: number;
  /** The other has a later date; undefined unless both have one. */
  readonly isDatedLater: boolean | undefined;
  /** It seems to be an accident: reported in both. Otherwise it is a hint in the contained one, or the later one. */
  readonly isLoud: boolean;
}

/** What a draft shares with others. Shared passages are not listed if one is in the other as a whole. */
export interface SharedWithOthers {
  readonly wholes: readonly WholeCopy[];
  readonly passages: readonly SharedPassage[];
}

/** The partners for which something may be reported, judging by their rows alone. `sharedWithOthers` reads these. */
export function partnersToRead(
  uri: string,
  index: RepeatIndex,
  options: ElsewhereOptions,
): readonly string[] {
  const others = index.comparedWith(uri, options.maxDrafts);
  const prints = index.getPrints(uri);
  if (others.length === 0 || prints === undefined) return [];
  const equals = new Set(index.getCopies(uri));
  const row = computeOnce(() => unpackedRow(prints.row));
  return others.filter((otherUri) => {
    const other = index.getPrints(otherUri);
    if (other === undefined || equals.has(otherUri)) return true;
    const [later, earlier] = orderByName({ uri, prints }, { uri: otherUri, prints: other });
    const { content, layout } = earlier.prints;
    const given = [later.uri, earlier.uri, content, layout, options.minWords, options.sensitivity];
    const known = knownAnswers(later.prints);
    const key = given.join("\n");
    const answer =
      known.get(key) ??
      mayReport({ uri, row: row() }, { uri: otherUri, row: unpackedRow(other.row) }, options);
    // Names come and go while the later draft stays.
    if (known.size >= MOST_KNOWN) known.clear();
    known.set(key, answer);
    return answer;
  });
}

/**
 * Whether anything a draft shares with an earlier one may be reported, by everything else it depends on: both are
 * asked. It names the other and does not refer to it, because such chains of drafts would keep a whole archive in
 * memory.
 */
const knownAnswers = memoizeOn<Fingerprints>()(() => new Map<string, boolean>());

/** A draft is compared with fewer, but others that are compared with it ask about it, too. */
const MOST_KNOWN = 4 * MOST_COMPARED;

/**
 * The passages that a draft shares with others. It reads the draft and those of `partnersToRead` through `readDraft`.
 * Both sides of a pair come from one alignment.
 *
 * A passage is reported with the rule's severity in the later draft, and as a hint in the other. What is a hint in
 * the later draft is not reported in the other. Of a draft that is in another no passages are listed.
 */
export function sharedWithOthers(
  uri: string,
  index: RepeatIndex,
  readDraft: (uri: string) => Draft | undefined,
  options: ElsewhereOptions,
): SharedWithOthers {
  const others = partnersToRead(uri, index, options);
  // Most drafts share nothing that is reported, and need not be read.
  const draft = others.length === 0 ? undefined : readDraft(uri);
  if (draft === undefined) return { wholes: [], passages: [] };
  const equals = index.getCopies(uri);
  const wholes: WholeCopy[] = [];
  const sharedRepeats: SharedRepeat[] = [];
  for (const otherUri of others) {
    const otherDraft = readDraft(otherUri);
    if (otherDraft === undefined) continue;
    const one = { uri, draft };
    const other = { uri: otherUri, draft: otherDraft };
    const drafts = draftPair(one, other);
    const isEqual = equals.includes(otherUri);
    // Nobody needs to hear what two versions of a page share, except that one is a mere copy, which the copy reports.
    const isNews = isEqual ? drafts.isLater : options.sensitivity === "eager";
    if (drafts.isMirrored && !isNews) continue;
    if (isEqual) {
      const isCommon = equals.length >= options.maxDrafts;
      wholes.push(...wholeCopy(one, other, drafts, EQUAL, options, isCommon));
      continue;
    }
    const shared = sharedBetween(one, other, drafts, options);
    const alike = likeness(shared, draft, otherDraft);
    if (Math.max(alike.share, alike.otherShare) >= WHOLE) {
      wholes.push(...wholeCopy(one, other, drafts, alike, options));
      continue;
    }
    for (const one of shared) {
      const { here, there, repeat } = one;
      if (repeat.severity === undefined) continue;
      const isInMore = (most: number): boolean =>
        index.isBoilerplate(uri, here.start, here.end, most);
      const isCommon =
        isInMore(1 + MOST_OTHERS) ||
        index.isBoilerplate(otherUri, there.start, there.end, 1 + MOST_OTHERS);
      const isLeftOut = repeat.isMerelyExact ? isCommon : isInMore(options.maxDrafts);
      if (!isLeftOut) sharedRepeats.push({ ...one, isCommon });
    }
  }
  const isWithin = wholes.some(({ here, isLoud }) => here === undefined && isLoud);
  const passages = isWithin ? [] : groupByPassage(sharedRepeats).flatMap(sharedPassage);
  return { wholes, passages };
}

/** How much of each of two drafts is in the other, from 0 to 1, and the passages. */
interface Likeness {
  readonly share: number;
  readonly otherShare: number;
  readonly shared: readonly SharedRepeat[];
}

const EQUAL: Likeness = { share: 1, otherShare: 1, shared: [] };

function likeness(shared: readonly SharedRepeat[], draft: Draft, other: Draft): Likeness {
  const changes = shared.flatMap((one) => one.changes);
  return {
    shared,
    share: computeShare(
      draft,
      shared.map(({ here }) => here),
      changes.map(({ aStart, aEnd }) => ({ start: aStart, end: aEnd })),
    ),
    otherShare: computeShare(
      other,
      shared.map(({ there }) => there),
      changes.map(({ bStart, bEnd }) => ({ start: bStart, end: bEnd })),
    ),
  };
}

/** A word in several repeats counts once, so that a passage that occurs twice counts no more than another. */
function computeShare(draft: Draft, parts: readonly Span[], changed: readonly Span[]): number {
  const covered = countCovered(parts) - countCovered(changed);
  return covered / Math.max(1, getSequence(draft).words.length);
}

/** A draft with fewer words may well be in another: a notice, an included part. */
export const LEAST_WHOLE = 60;

/** With other words in more places than one in so many, two drafts are of one form. */
const WORDS_OF_A_SWAP = 40;

/** What one of two drafts says about the pair: loud in both, or a hint in the copy alone. */
function wholeCopy(
  one: NamedDraft,
  other: NamedDraft,
  drafts: DraftPair,
  { share, otherShare, shared }: Likeness,
  { sensitivity }: ElsewhereOptions,
  isCommon = false,
): readonly WholeCopy[] {
  const isWithin = share >= WHOLE;
  const isTwin = isWithin && otherShare >= WHOLE;
  const words = computeOnce(() => fewestShared(one.draft, other.draft, shared));
  const isForm = (): boolean => {
    const edits = shared.flatMap(({ changes, sequence, otherSequence }) =>
      sliceChanges(changes, sequence, otherSequence),
    );
    const swaps = edits.filter((wordings) => !wordings.includes(""));
    const areMany = swaps.length * WORDS_OF_A_SWAP > words();
    return areMany || areOfForm(edits, one.draft, other.draft, drafts.pages);
  };
  const isLikely = (): boolean => drafts.isFileCopy || !isForm();
  const isPart = !isTwin && opensWithLinks((isWithin ? one : other).draft);
  const isOfText = isText(one.draft) && isText(other.draft);
  const isOnPurpose = drafts.isKept || isCommon || isPart || !isOfText;
  const isLoud = !isOnPurpose && words() >= LEAST_WHOLE && isLikely();
  // A term that a page explains too, a page of the pattern of another one, what was kept and has changed since, or the
  // page of another version or folder.
  const isIntended = !isLoud && (shared.length > 0 || drafts.isOtherVersion);
  if (isIntended && sensitivity !== "eager") return [];
  const isCopy = isWithin && (!isTwin || drafts.isLater);
  if (!isLoud && !isCopy) return [];
  const there = isTwin
    ? toPassage(getSequence(other.draft), 0, getSequence(other.draft).words.length)
    : wholePassage(
        getSequence(other.draft),
        shared.map((repeat) => repeat.there),
      );
  return [
    {
      draft: one.draft,
      uri: other.uri,
      here: isWithin
        ? undefined
        : wholePassage(
            getSequence(one.draft),
            shared.map((repeat) => repeat.here),
          ),
      there: there ?? titleSpan(other.draft),
      percent: Math.floor(100 * (isTwin ? Math.min : Math.max)(share, otherShare)),
      isDatedLater: drafts.isDated ? !drafts.isLater : undefined,
      isLoud,
    },
  ];
}

/** How many words two drafts share, of which one may be in the other. */
function fewestShared(one: Draft, other: Draft, shared: readonly SharedRepeat[]): number {
  const parts = [shared.map(({ here }) => here), shared.map(({ there }) => there)];
  const covered = shared.length === 0 ? [] : parts.map(countCovered);
  return Math.min(...[one, other].map((draft) => getSequence(draft).words.length), ...covered);
}

/** Whether a draft begins with links to others: a page of a manual that may be there in one piece, too. */
function opensWithLinks({ blocks }: Draft): boolean {
  const first = blocks.find(({ prose }) => /\p{L}/u.test(prose.text));
  return first !== undefined && linkShare(first) >= 1;
}

/** Whether enough of a draft are sentences, or paragraphs as long as some; an index has neither. */
const isText = memoizeOn<Draft>()((draft): boolean => {
  const { first } = getSequence(draft);
  let words = 0;
  draft.blocks.forEach(({ prose }, at) => {
    const length = (first[at + 1] ?? 0) - (first[at] ?? 0);
    if (length >= LONG_BLOCK || SENTENCE_END.test(prose.text)) words += length;
  });
  return words >= LEAST_WHOLE / 2;
});

const SENTENCE_END = /[\p{Sentence_Terminal}…:]["'”’»)\]\s]*$/u;
/** In words. Thai, for one, has no mark for the end of a sentence. */
const LONG_BLOCK = 30;

/** How many words are in at least one of the parts. */
function countCovered(parts: readonly Span[]): number {
  let count = 0;
  let covered = 0;
  for (const { start, end } of parts.toSorted((a, b) => a.start - b.start)) {
    count += Math.max(0, end - Math.max(start, covered));
    covered = Math.max(covered, end);
  }
  return count;
}

/** The passage made of all parts, if little is between them; else the longest of them. */
function wholePassage(sequence: Sequence, parts: readonly Span[]): Passage | undefined {
  const length = ({ start, end }: Span): number => end - start;
  const [longest] = parts.toSorted((a, b) => length(b) - length(a) || a.start - b.start);
  if (longest === undefined) return undefined;
  const start = Math.min(...parts.map((part) => part.start));
  const end = Math.max(...parts.map((part) => part.end));
  const words = parts.reduce((sum, part) => sum + length(part), 0);
  return words >= WHOLE * (end - start)
    ? toPassage(sequence, start, end)
    : toPassage(sequence, longest.start, longest.end);
}

function sharedPassage(group: readonly SharedRepeat[]): readonly SharedPassage[] {
  const [first] = group;
  if (first === undefined) return [];
  const here = toPassage(first.sequence, first.here.start, first.here.end);
  const copies = group.map((one): PassageCopy => {
    const passage = toPassage(one.otherSequence, one.there.start, one.there.end);
    return { ...one, passage };
  });
  const isCommon = first.isCommon || new Set(group.map(({ uri }) => uri)).size > MOST_OTHERS;
  const severity = group.reduce<Severity | undefined>((most, one) => {
    const level = severityHere(one, isCommon);
    return level === undefined || (most !== undefined && atLeast(most, level)) ? most : level;
  }, undefined);
  return severity === undefined ? [] : [{ here, copies, severity }];
}

/** A passage in more other drafts was pasted there repeatedly, which nobody does by accident. */
const MOST_OTHERS = 1;

/** The severity of a copy in this draft: loud only in the later of two, with a hint in the other. */
function severityHere({ repeat, isLater }: SharedRepeat, isCommon: boolean): Severity | undefined {
  const isLoud = repeat.severity !== undefined && repeat.severity !== "hint" && !isCommon;
  if (isLater) return isLoud ? repeat.severity : "hint";
  return isLoud ? "hint" : undefined;
}

/** A repeat in two drafts, seen from one: its words are side `a` of the changes. */
interface SharedRepeat extends Omit<PassageCopy, "passage"> {
  readonly repeat: JudgedRepeat;
  /** Most of it is in a third draft, too. */
  readonly isCommon?: boolean;
}

/** Compares two drafts, always in the same order, so that both sides agree. */
function sharedBetween(
  one: NamedDraft,
  other: NamedDraft,
  drafts: DraftPair,
  options: ElsewhereOptions,
): SharedRepeat[] {
  const [sequence, otherSequence] = [getSequence(one.draft), getSequence(other.draft)];
  const isTurned = orderByName(one, other)[0] === other;
  const [later, earlier] = isTurned ? [otherSequence, sequence] : [sequence, otherSequence];
  const repeats = judgeRepeats(findRepeats(later, earlier), later, earlier, options, drafts);
  return repeats.map((repeat): SharedRepeat => {
    const { aStart, aEnd, bStart, bEnd } = isTurned ? swapped(repeat) : repeat;
    return {
      uri: other.uri,
      repeat,
      here: { start: aStart, end: aEnd },
      there: { start: bStart, end: bEnd },
      changes: isTurned ? repeat.changes.map(swapped) : repeat.changes,
      chains: repeat.chains,
      sequence,
      otherSequence,
      isLater: drafts.isLater,
    };
  });
}

/** The change as the other draft sees it. */
function swapped({ aStart, aEnd, bStart, bEnd }: Change): Change {
  return { aStart: bStart, aEnd: bEnd, bStart: aStart, bEnd: aEnd };
}

/** Groups repeats of the same passage of this draft: it is one finding, however many drafts have it. */
function groupByPassage(repeats: SharedRepeat[]): SharedRepeat[][] {
  repeats.sort(
    (x, y) => x.here.start - y.here.start || y.here.end - x.here.end || compareNames(x.uri, y.uri),
  );
  const groups: SharedRepeat[][] = [];
  for (const one of repeats) {
    const group = groups.at(-1);
    const first = group?.[0];
    if (first !== undefined && shareMost(first.here, one.here)) group?.push(one);
    else groups.push([one]);
  }
  return groups;
}

/** Whether two stretches of words have more than half of the shorter in common. */
function shareMost(one: Span, other: Span): boolean {
  const shared = Math.min(one.end, other.end) - Math.max(one.start, other.start);
  return shared * 2 > Math.min(one.end - one.start, other.end - other.start);
}
