import { attached } from "../draft/incremental/attached.ts";
import { deletionOf } from "../deletion/deletion.ts";
import type { Draft } from "../draft/draft.ts";
import type { Fix, Related, Report } from "../draft/finding.ts";
import { linesOfDraft } from "../draft/incremental/draft-lines.ts";
import type { Span } from "../text/span.ts";
import { changedWords, changesOf, type Change } from "./changes.ts";
import type { RepeatIndex } from "./index.ts";
import { linesOf, passageOf, type Passage } from "./passage.ts";
import { differences, isReferredTo, takesTheSame } from "./report.ts";
import { findRuns, isOfSentences, type Run } from "./runs.ts";
import { sequenceOf, type Sequence } from "./sequence.ts";
import { passages } from "./within.ts";

export interface ElsewhereOptions {
  readonly minWords: number;
  /** A passage that stands in more drafts is boilerplate. */
  readonly maxDrafts: number;
}

/**
 * What is said in one draft of the passages that other drafts have too. Both drafts are read again
 * through `draftOf` and aligned; `index.partnersOf(uri)` tells beforehand which ones it will ask for,
 * besides the draft itself. Of a pair, both sides come from the same alignment.
 * `nameOf` is how messages call a draft. Offsets are those of the draft, related ones those of the other.
 */
export function elsewhere(
  uri: string,
  index: RepeatIndex,
  draftOf: (uri: string) => Draft | undefined,
  options: ElsewhereOptions,
  nameOf: (uri: string) => string = fileName,
): Report[] {
  const [copy] = index.copiesOf(uri);
  const partners = index.partnersOf(uri, options.maxDrafts);
  // Most drafts share nothing and need not be read.
  const draft = copy === undefined && partners.length === 0 ? undefined : draftOf(uri);
  if (draft === undefined) return [];
  if (copy !== undefined && draftOf(copy) !== undefined) {
    return [wholeCopy(draft, copy, undefined, nameOf)];
  }
  const found: Found[] = [];
  for (const partner of partners) {
    const other = draftOf(partner.uri);
    if (other === undefined) continue;
    const pair = aligned(uri, draft, partner.uri, other, options);
    const matched = pair.runs.reduce((sum, { run }) => sum + run.matched, 0);
    const words = pair.own.words.length;
    if (words > 0 && matched >= WHOLE * words) {
      return [wholeCopy(draft, partner.uri, Math.round((100 * matched) / words), nameOf)];
    }
    for (const one of pair.runs) {
      const { start, end } = one.own;
      if (index.isBoilerplate(uri, start, end, options.maxDrafts)) continue;
      found.push({ ...one, uri: partner.uri, sequence: pair.own, otherSequence: pair.other });
    }
  }
  return grouped(found).map((group) => reportOf(uri, group, nameOf));
}

/** A draft with so much of it in another is a copy of that as a whole. */
const WHOLE = 0.9;

/** Words of a draft, `end` after the last. */
type Words = Span;

interface PairRun {
  readonly run: Run;
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
  const runs = passages(findRuns(later, earlier), later, earlier, options).map((run): PairRun => {
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
  });
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

function reportOf(uri: string, group: readonly Found[], nameOf: (uri: string) => string): Report {
  const [first] = group;
  if (first === undefined) throw new RangeError("A group holds at least one run.");
  const here = passageOf(first.sequence, first.own.start, first.own.end);
  const places = group.map((one) => ({
    one,
    passage: passageOf(one.otherSequence, one.theirs.start, one.theirs.end),
  }));
  const lines = linesOfDraft(here.draft);
  const named = places.map(
    ({ one, passage }) => `${linesOf(passage, linesOfDraft(passage.draft))} of ${nameOf(one.uri)}`,
  );
  const changed = changedWords(first.changes);
  const how =
    group.length > 1 || changed === 0
      ? ""
      : `, with ${changed} ${changed === 1 ? "word" : "words"} changed`;
  const own = linesOf(here, lines);
  const whole = here.startsBlock && here.endsBlock;
  const subject = !whole
    ? `These ${here.words} words repeat`
    : here.paragraphs > 1
      ? `${own.charAt(0).toUpperCase()}${own.slice(1)} (${here.paragraphs} paragraphs) repeat`
      : "Repeats";
  return {
    start: here.start,
    end: here.end,
    message: `${subject} ${listed(named)}${how}. Keep it in one draft, or let it stand.`,
    related: places.map(({ one, passage }): Related => ({
      uri: one.uri,
      start: passage.start,
      end: passage.end,
      message: differences(
        `The copy in ${nameOf(one.uri)}`,
        one.changes,
        one.sequence,
        one.otherSequence,
      ),
    })),
    fixes: fixesOf(uri, here, places, nameOf),
  };
}

function fixesOf(
  uri: string,
  here: Passage,
  places: readonly { readonly one: Found; readonly passage: Passage }[],
  nameOf: (uri: string) => string,
): Fix[] {
  const text = here.draft.text.slice(here.start, here.end);
  // Of two drafts only the one with the greater name may lose its copy unasked, so that one always stays.
  const safe = places.some(
    ({ one, passage }) =>
      uri > one.uri && passage.draft.text.slice(passage.start, passage.end) === text,
  );
  const fixes: Fix[] = [];
  const own = deletionOf(here.draft, here);
  if (own !== undefined) {
    const { edits } = own;
    const isSafe =
      safe &&
      !own.orphans &&
      !isReferredTo(here) &&
      places.every(
        ({ one, passage }) =>
          isOfSentences(one.sequence, one.own.start, one.own.end) && takesTheSame(own, passage),
      );
    fixes.push({ title: "Delete this copy", safe: isSafe, kind: "repeat", edits });
  }
  for (const { one, passage } of places) {
    const deletion = deletionOf(passage.draft, passage);
    if (deletion === undefined) continue;
    const title = `Delete the copy in ${nameOf(one.uri)}`;
    fixes.push({ title, safe: false, kind: "repeat", uri: one.uri, edits: deletion.edits });
  }
  return fixes;
}

function wholeCopy(
  draft: Draft,
  other: string,
  percent: number | undefined,
  nameOf: (uri: string) => string,
): Report {
  const end = draft.text.search(/[\r\n]|$/);
  const share = percent === undefined || percent >= 100 ? "" : `, ${percent} % of it`;
  return {
    start: 0,
    end,
    severity: "hint",
    message: `This draft stands in ${nameOf(other)} too${share}. Its passages are not told one by one.`,
    related: [{ uri: other, start: 0, end: 0, message: `The other draft, ${nameOf(other)}` }],
  };
}

function listed(items: readonly string[]): string {
  if (items.length <= 1) return items[0] ?? "";
  return `${items.slice(0, -1).join(", ")} and ${items.at(-1) ?? ""}`;
}

/** The last part of an address's path, readable. */
function fileName(uri: string): string {
  const name = uri.slice(uri.lastIndexOf("/") + 1);
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}
