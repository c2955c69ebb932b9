import { attached } from "../draft/incremental/attached.ts";
import type { Draft } from "../draft/draft.ts";
import { atLeast, type Severity } from "../draft/finding.ts";
import type { Span } from "../text/span.ts";
import { changesOf, type Change } from "./changes.ts";
import type { RepeatIndex } from "./index.ts";
import { passageOf, type Passage } from "./passage.ts";
import { findRuns } from "./runs.ts";
import { sequenceOf, type Sequence } from "./sequence.ts";
import { judged, type JudgedRun } from "./judge.ts";
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
  /** How loudly it is told at the most: as the surest of the copies. */
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
 * What one draft has that others have too. Both drafts are read again through `draftOf` and aligned;
 * `index.partnersOf(uri)` tells beforehand which ones it will ask for, besides the draft itself. Of a
 * pair, both sides come from the same alignment.
 */
export function sharedWithOthers(
  uri: string,
  index: RepeatIndex,
  draftOf: (uri: string) => Draft | undefined,
  options: ElsewhereOptions,
): SharedWithOthers {
  const [copy] = index.copiesOf(uri);
  const partners = index.partnersOf(uri, options.maxDrafts);
  // Most drafts share nothing and need not be read.
  const draft = copy === undefined && partners.length === 0 ? undefined : draftOf(uri);
  if (draft === undefined) return { passages: [] };
  if (copy !== undefined && draftOf(copy) !== undefined) {
    return { draft, wholeCopyOf: copy, percent: undefined };
  }
  const found: Found[] = [];
  for (const partner of partners) {
    const other = draftOf(partner.uri);
    if (other === undefined) continue;
    const pair = aligned(uri, draft, partner.uri, other, options);
    const matched = pair.runs.reduce((sum, { run }) => sum + run.matched, 0);
    const words = pair.own.words.length;
    if (words > 0 && matched >= WHOLE * words) {
      const percent = Math.round((100 * matched) / words);
      return { draft, wholeCopyOf: partner.uri, percent };
    }
    for (const one of pair.runs) {
      const { start, end } = one.own;
      if (one.run.severity === undefined) continue;
      if (index.isBoilerplate(uri, start, end, options.maxDrafts)) continue;
      found.push({ ...one, uri: partner.uri, sequence: pair.own, otherSequence: pair.other });
    }
  }
  return { passages: grouped(found).flatMap(sharedPassage) };
}

function sharedPassage(group: readonly Found[]): readonly SharedPassage[] {
  const [first] = group;
  if (first === undefined) return [];
  const here = passageOf(first.sequence, first.own.start, first.own.end);
  const copies = group.map((one) => ({
    ...one,
    passage: passageOf(one.otherSequence, one.theirs.start, one.theirs.end),
  }));
  const severity = group.reduce<Severity>(
    (most, { run: { severity = "hint" } }) => (atLeast(severity, most) ? severity : most),
    "hint",
  );
  return [{ here, copies, severity }];
}

/** A draft with so much of it in another is a copy of that as a whole. */
const WHOLE = 0.9;

/** Words of a draft, `end` after the last. */
type Words = Span;

interface PairRun {
  readonly run: JudgedRun;
  readonly own: Words;
  readonly theirs: Words;
  /** Differences, with this draft's words as the a side. */
  readonly changes: readonly Change[];
}

interface Found extends PairRun {
  readonly uri: string;
  readonly sequence: Sequence;
  readonly otherSequence: Sequence;
}

interface Pair {
  readonly own: Sequence;
  readonly other: Sequence;
  readonly runs: readonly PairRun[];
}

const sequences = attached<Draft, Sequence>();

/** Compares two drafts, always the one with the lesser name as the earlier, so that both sides agree. */
function aligned(
  uri: string,
  draft: Draft,
  otherUri: string,
  otherDraft: Draft,
  options: ElsewhereOptions,
): Pair {
  const own = sequenceFor(draft);
  const other = sequenceFor(otherDraft);
  const isLater = uri > otherUri;
  const later = isLater ? own : other;
  const earlier = isLater ? other : own;
  const runs = judged(findRuns(later, earlier), later, earlier, options, [uri, otherUri]).map(
    (run): PairRun => {
      const a = { start: run.aStart, end: run.aEnd };
      const b = { start: run.bStart, end: run.bEnd };
      const changes = changesOf(run);
      return isLater
        ? { run, own: a, theirs: b, changes }
        : {
            run,
            own: b,
            theirs: a,
            changes: changes.map(({ aStart, aEnd, bStart, bEnd }) => ({
              aStart: bStart,
              aEnd: bEnd,
              bStart: aStart,
              bEnd: aEnd,
            })),
          };
    },
  );
  return { own, other, runs };
}

function sequenceFor(draft: Draft): Sequence {
  let sequence = sequences.get(draft);
  if (sequence === undefined) {
    sequence = sequenceOf(draft);
    sequences.set(draft, sequence);
  }
  return sequence;
}

/** Puts together what is about the same passage of this draft: one finding for it, whatever number of drafts have it. */
function grouped(found: Found[]): Found[][] {
  found.sort(
    (x, y) => x.own.start - y.own.start || y.own.end - x.own.end || (x.uri < y.uri ? -1 : 1),
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
