import { computeOnce, objectCache } from "../draft/incremental/memoize.ts";
import type { Draft } from "../draft/draft.ts";
import { atLeast, type Severity } from "../draft/finding.ts";
import type { Span } from "../text/span.ts";
import type { Change } from "./changes.ts";
import { mayReport } from "./bound.ts";
import { MOST_COMPARED, type RepeatIndex } from "./index.ts";
import { unpackedRow } from "./packed-row.ts";
import { passageOf, type Passage } from "./passage.ts";
import { compareNames, draftPair, type DraftPair, type NamedDraft } from "./pair-of-drafts.ts";
import { findRuns } from "./runs.ts";
import { sequenceOf, type Sequence } from "./sequence.ts";
import { judged, type JudgedRun, shareOf, WHOLE } from "./judge.ts";
import type { Sensitivity } from "./signals.ts";

export interface ElsewhereOptions {
  readonly minWords: number;
  /** A passage that stands in more drafts is boilerplate. */
  readonly maxDrafts: number;
  readonly sensitivity?: Sensitivity | undefined;
}

/** A passage of a draft, and what is like it in other drafts: one copy at least. */
export interface SharedPassage {
  readonly here: Passage;
  readonly copies: readonly PassageCopy[];
  /** How loudly it is reported at the most: as the surest of the copies; a hint where it is shared on purpose, or reported in the other draft. */
  readonly severity: Severity;
}

export interface PassageCopy {
  readonly uri: string;
  readonly passage: Passage;
  /** Differences, with the words of the draft in question as the a side. */
  readonly changes: readonly Change[];
  /** The words of the passage in the draft in question, and those of the copy in its own. */
  readonly own: Words;
  readonly theirs: Words;
  readonly sequence: Sequence;
  readonly otherSequence: Sequence;
  /** The draft in question was written later than the other. */
  readonly isLater: boolean;
}

/** What a draft has that others have too: it is a copy as a whole, or shares passages, by their places. */
export type SharedWithOthers =
  | {
      readonly draft: Draft;
      readonly wholeCopyOf: string;
      /** How much of the draft is in the other; undefined where the two are equal. */
      readonly percent: number | undefined;
    }
  | { readonly passages: readonly SharedPassage[] };

/**
 * The drafts that `sharedWithOthers` asks for, besides the draft itself: of those that one is compared with, the ones
 * of which something may be reported. Nothing is read; of most pairs their rows alone show that nothing is.
 */
export function partnersToRead(
  uri: string,
  index: RepeatIndex,
  options: ElsewhereOptions,
): readonly string[] {
  const others = index.comparedWith(uri, options.maxDrafts);
  const own = index.printsOf(uri);
  if (others.length === 0 || own === undefined) return [];
  const equals = new Set(index.copiesOf(uri));
  const ownRow = computeOnce(() => unpackedRow(own.row));
  return others.filter((otherUri) => {
    const other = index.printsOf(otherUri);
    if (other === undefined || equals.has(otherUri)) return true;
    const isTurned = compareNames(uri, otherUri) < 0;
    const [later, earlier] = isTurned ? [other, own] : [own, other];
    const [laterUri, earlierUri] = isTurned ? [otherUri, uri] : [uri, otherUri];
    const { minWords, sensitivity } = options;
    const given = [laterUri, earlier.content, earlier.layout, minWords, sensitivity];
    return reportablePairs(later, earlierUri, given, () =>
      mayReport({ uri, row: ownRow() }, { uri: otherUri, row: unpackedRow(other.row) }, options),
    );
  });
}

/**
 * What one draft has that others have too. Both drafts are read again through `draftOf` and aligned;
 * `partnersToRead` tells beforehand which ones it will ask for, besides the draft itself. Of a
 * pair, both sides come from the same alignment.
 *
 * Of a pair of passages one is reported by the rule's severity, in the draft that was written later; in
 * the other it is a hint. What is a hint in the later draft is not reported in the other.
 * A draft that as a whole is in another is one hint; nothing is said of it in that.
 */
export function sharedWithOthers(
  uri: string,
  index: RepeatIndex,
  draftOf: (uri: string) => Draft | undefined,
  options: ElsewhereOptions,
): SharedWithOthers {
  const others = partnersToRead(uri, index, options);
  // Most drafts share nothing that is reported, and need not be read.
  const draft = others.length === 0 ? undefined : draftOf(uri);
  if (draft === undefined) return { passages: [] };
  const equals = new Set(index.copiesOf(uri));
  const found: Found[] = [];
  for (const otherUri of others) {
    const otherDraft = draftOf(otherUri);
    if (otherDraft === undefined) continue;
    const other = { uri: otherUri, draft: otherDraft };
    const drafts = draftPair({ uri, draft }, other);
    if (equals.has(otherUri)) {
      if (!drafts.isLater || drafts.isVariant) continue;
      return { draft, wholeCopyOf: otherUri, percent: undefined };
    }
    const shared = aligned({ uri, draft }, other, drafts, options);
    const runs = shared.map(({ run }) => run);
    const share = shareOf(runs, sequenceOf(draft));
    const otherShare = shareOf(runs, sequenceOf(otherDraft));
    if (Math.max(share, otherShare) >= WHOLE) {
      // The one that is in the other is the copy; of two that are, the later.
      const isCopy = share >= WHOLE && (otherShare < WHOLE || drafts.isLater);
      if (!isCopy || drafts.isVariant) continue;
      return { draft, wholeCopyOf: other.uri, percent: Math.round(100 * Math.min(1, share)) };
    }
    for (const one of shared) {
      const { start, end } = one.own;
      if (one.run.severity === undefined) continue;
      if (!index.isBoilerplate(uri, start, end, options.maxDrafts)) found.push(one);
    }
  }
  return { passages: grouped(found).flatMap(sharedPassage) };
}

function sharedPassage(group: readonly Found[]): readonly SharedPassage[] {
  const [first] = group;
  if (first === undefined) return [];
  const here = passageOf(first.sequence, first.own.start, first.own.end);
  const copies = group.map((one): PassageCopy => {
    const passage = passageOf(one.otherSequence, one.theirs.start, one.theirs.end);
    return { ...one, passage };
  });
  const isCommon = new Set(group.map(({ uri }) => uri)).size > MOST_OTHERS;
  const severity = group.reduce<Severity | undefined>((most, one) => {
    const own = severityHere(one, isCommon);
    return own === undefined || (most !== undefined && atLeast(most, own)) ? most : own;
  }, undefined);
  return severity === undefined ? [] : [{ here, copies, severity }];
}

/** A passage in more other drafts was pasted there again and again, as nobody does by accident. */
const MOST_OTHERS = 1;

/** How loudly a copy is reported in this draft: loudly in the later of two alone, where it is loud with a hint in the other. */
function severityHere({ run, isLater }: Found, isCommon: boolean): Severity | undefined {
  const isLoud = run.severity !== undefined && run.severity !== "hint" && !isCommon;
  if (isLater) return isLoud ? run.severity : "hint";
  return isLoud ? "hint" : undefined;
}

/** Words of a draft, `end` after the last. */
type Words = Span;

/** A run of two drafts, of which this one's words are the a side of the differences. */
interface Found extends Omit<PassageCopy, "passage"> {
  readonly run: JudgedRun;
}

/** Compares two drafts, always the one with the lesser name as the earlier, so that both sides agree. */
function aligned(
  own: NamedDraft,
  other: NamedDraft,
  drafts: DraftPair,
  options: ElsewhereOptions,
): Found[] {
  const isTurned = compareNames(own.uri, other.uri) < 0;
  const [later, earlier] = isTurned ? [other, own] : [own, other];
  return judgedRuns(later, earlier, drafts, options).map((run): Found => {
    const { aStart, aEnd, bStart, bEnd } = isTurned ? turned(run) : run;
    return {
      uri: other.uri,
      run,
      own: { start: aStart, end: aEnd },
      theirs: { start: bStart, end: bEnd },
      changes: isTurned ? run.changes.map(turned) : run.changes,
      sequence: sequenceOf(own.draft),
      otherSequence: sequenceOf(other.draft),
      isLater: drafts.isLater,
    };
  });
}

/**
 * A cache of what was last computed of two drafts, stored on what is known of the later one, by the earlier one's
 * name, since both are asked about. `given` is all that it depends on besides; it has no hold of the earlier draft:
 * drafts that had hold of others, and they of others, would keep a whole archive in memory. Names come and go while
 * the later draft stays, so beyond `MOST_KNOWN` of them all are forgotten, and those that are asked about come again.
 */
function cacheOfPairs<Value>() {
  interface Known {
    readonly given: readonly unknown[];
    readonly value: Value;
  }
  const pairs = objectCache<object, Map<string, Known>>();
  return (
    later: object,
    earlierUri: string,
    given: readonly unknown[],
    compute: () => Value,
  ): Value => {
    const ofLater = pairs.get(later) ?? new Map<string, Known>();
    pairs.set(later, ofLater);
    const known = ofLater.get(earlierUri);
    if (known?.given.every((one, at) => one === given[at]) === true) return known.value;
    const value = compute();
    if (ofLater.size >= MOST_KNOWN) ofLater.clear();
    ofLater.set(earlierUri, { given, value });
    return value;
  };
}

/** A draft is compared with fewer, and others that are compared with it ask about it, too. */
const MOST_KNOWN = 4 * MOST_COMPARED;

/** By drafts. */
const judgedPairs = cacheOfPairs<readonly JudgedRun[]>();
/** By fingerprints. */
const reportablePairs = cacheOfPairs<boolean>();

function judgedRuns(
  later: NamedDraft,
  earlier: NamedDraft,
  drafts: DraftPair,
  options: ElsewhereOptions,
): readonly JudgedRun[] {
  const { text, format } = earlier.draft;
  const given = [later.uri, text, format, options.minWords, options.sensitivity];
  return judgedPairs(later.draft, earlier.uri, given, () => {
    const [a, b] = [sequenceOf(later.draft), sequenceOf(earlier.draft)];
    return judged(findRuns(a, b), a, b, options, drafts);
  });
}

/** Two stretches with the other one as the a side. */
function turned({ aStart, aEnd, bStart, bEnd }: Change): Change {
  return { aStart: bStart, aEnd: bEnd, bStart: aStart, bEnd: aEnd };
}

/** Puts together what is about the same passage of this draft: one finding for it, whatever number of drafts have it. */
function grouped(found: Found[]): Found[][] {
  found.sort(
    (x, y) => x.own.start - y.own.start || y.own.end - x.own.end || compareNames(x.uri, y.uri),
  );
  const groups: Found[][] = [];
  for (const one of found) {
    const group = groups.at(-1);
    const first = group?.[0];
    const shared =
      first === undefined
        ? 0
        : Math.min(first.own.end, one.own.end) - Math.max(first.own.start, one.own.start);
    const shorter =
      first === undefined
        ? 1
        : Math.min(first.own.end - first.own.start, one.own.end - one.own.start);
    if (group !== undefined && shared * 2 > shorter) group.push(one);
    else groups.push([one]);
  }
  return groups;
}
