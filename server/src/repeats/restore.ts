import { type Allowance, newAllowance } from "../deletion/allowance.ts";
import { computeOnce, objectCache } from "../draft/incremental/memoize.ts";
import { blockAt, type Draft, holdsProse } from "../draft/draft.ts";
import { type Finding, type Fix, isRepeat } from "../draft/finding.ts";
import type { Edit } from "../text/edits.ts";
import { quotedEach } from "../text/excerpt.ts";
import { lineAt } from "../text/lines.ts";
import { linesOfDraft } from "../draft/incremental/draft-lines.ts";
import { MASK, sourceSpan } from "../draft/prose.ts";
import { overlaps, type Span, within } from "../text/span.ts";
import { type Copy, type Inserted, toCopy } from "./copies.ts";
import { toPassage, type Passage } from "./passage.ts";
import { hasEmptyMark, putBack, type PutBack, readAsMeant, toZone, type Zone } from "./put-back.ts";
import { blockOfWord } from "./row.ts";
import { areInOneSentence } from "./sentence-starts.ts";
import { findRepeats } from "./repeats.ts";
import { getSequence, type Sequence } from "./sequence.ts";
import { getWords } from "./words.ts";
import { partitionPoint, partitionPointBy } from "../text/search.ts";
import { type Argument, type Wording, wording } from "../text/wording.ts";
import { addToList } from "../text/lists.ts";

/**
 * Adds fixes to findings about lost words that take the words from another copy of the passage. `findings` are in the
 * order of `lint`. A draft without a hole in a repeat costs almost nothing.
 */
export function withRestorations(draft: Draft, findings: readonly Finding[]): readonly Finding[] {
  if (!findings.some(isRepeat)) return findings;
  const allowance = newAllowance();
  return findings.map((finding) => {
    const fixes = restorations(draft, findings, finding, allowance);
    return fixes.length === 0
      ? finding
      : { ...finding, fixes: [...fixes, ...(finding.fixes ?? [])] };
  });
}

/** The fixes that restore what a finding misses from another copy of the passage; one for each wording. */
export function restorations(
  draft: Draft,
  findings: readonly Finding[],
  hole: Finding,
  allowance = newAllowance(),
): readonly Fix[] {
  if (!isHole(hole)) return [];
  const known = alignedOnce(findings, draft, draft, () => findings);
  return restorationsFor(hole, known, allowance).map(({ words, from, edits, certain }, _, all) => ({
    title: wording(
      "Restore {0} from line {1}",
      listed(words),
      lineAt(linesOfDraft(draft), from) + 1,
    ),
    safe: false,
    edits,
    // If the copies disagree, somebody has to choose.
    ...(certain && all.length === 1 ? { preferred: true as const } : {}),
  }));
}

/** Another text that may have a passage whole: another draft, or an earlier version of the draft. */
export interface RestoreSource {
  readonly draft: Draft;
  /** Its findings, in order of place, whose words are not restored. Requested once, and only if the text has words. */
  readonly findings: () => readonly Finding[];
  /** Where it is from, as the end of “Restore “the council” from …”. */
  readonly name: Argument;
}

/** Whether a finding is about lost words, so that it is worth looking for them. */
export function isHole(finding: Finding): boolean {
  return getGaps(finding).length > 0;
}

/**
 * The fixes that restore lost words from another text, one per wording. The texts are aligned once for all holes, in
 * time linear in both. None is preferred: what somebody else wrote may differ on purpose.
 */
export function restorationsFrom(
  draft: Draft,
  hole: Finding,
  source: RestoreSource,
  allowance = newAllowance(),
): readonly Fix[] {
  const known = alignedOnce(source, draft, source.draft, source.findings);
  return restorationsFor(hole, known, allowance).map(({ words, edits }) => ({
    title: wording("Restore {0} from {1}", listed(words), source.name),
    safe: false,
    edits,
  }));
}

/** How many earlier versions of a draft are considered. */
export const MOST_VERSIONS = 10;

/** The fixes, each wording once: the first of each. */
export function eachWordingOnce(fixes: readonly Fix[]): readonly Fix[] {
  const keys = fixes.map(({ edits }) => JSON.stringify(edits));
  return fixes.filter((_, index) => keys.indexOf(keys[index] ?? "") === index);
}

/** What copies of a passage have where it has gaps, each wording once. */
function restorationsFor(
  hole: Finding,
  known: Aligned,
  allowance: Allowance,
): readonly Restoration[] {
  const gaps = getGaps(hole);
  const [first] = gaps;
  if (first === undefined) return [];
  const restorations = new Map<string, Restoration>();
  for (const one of known.copies.get(blockAt(known.sequence.draft, first.start)) ?? []) {
    if (!gaps.every((gap) => within(gap, one.passage))) continue;
    const restoration = restorationFrom(known, hole, gaps, one, allowance);
    if (restoration === undefined) continue;
    const key = JSON.stringify(restoration.edits);
    if (restorations.get(key)?.certain !== true) restorations.set(key, restoration);
  }
  return [...restorations.values()];
}

function listed(words: readonly string[]): Wording {
  const shown = words.map((part) => part.replaceAll(MASK, "…"));
  return quotedEach(shown, MOST_SHOWN);
}

function getGaps(finding: Finding): readonly Span[] {
  return finding.fixes?.find(({ kind }) => kind === "placeholder")?.edits ?? [];
}

/** A draft, and the text that words are taken from. */
interface Aligned {
  readonly sequence: Sequence;
  readonly source: Sequence;
  /** The findings in the source: words with something wrong are not taken. */
  readonly flagged: () => readonly Finding[];
  /** Copies by each block of the draft that they touch. */
  readonly copies: ReadonlyMap<number, readonly Copy[]>;
}

const alignments = objectCache<object, Aligned>();

/** A draft aligned with a source, once for all holes: stored on the source, or, within one draft, on its findings. */
function alignedOnce(
  key: object,
  draft: Draft,
  source: Draft,
  findings: () => readonly Finding[],
): Aligned {
  const known = alignments.get(key);
  if (known?.sequence.draft === draft) return known;
  const reported = draft === source ? findings().filter(isRepeat) : undefined;
  const made = {
    sequence: getSequence(draft),
    source: getSequence(source),
    flagged: computeOnce(() => findings().filter((one) => !isRepeat(one))),
    copies: findCopies(getSequence(draft), getSequence(source), reported),
  };
  alignments.set(key, made);
  return made;
}

/** Within one draft the copies are those of reported repeats: what is alike on purpose may differ on purpose. */
function findCopies(
  sequence: Sequence,
  source: Sequence,
  repeats?: readonly Finding[],
): ReadonlyMap<number, readonly Copy[]> {
  const reported = repeats && new Set(repeats.map(({ start, end }) => `${start}-${end}`));
  const copies = new Map<number, Copy[]>();
  const add = (copy: Copy, { firstBlock, lastBlock }: Passage): void => {
    for (let block = firstBlock; block <= lastBlock; block++) addToList(copies, block, copy);
  };
  for (const repeat of reported?.size === 0 ? [] : findRepeats(sequence, source)) {
    const later = toPassage(sequence, repeat.aStart, repeat.aEnd);
    if (repeat.copies > 1 || reported?.has(`${later.start}-${later.end}`) === false) continue;
    add(toCopy(repeat, "a", later, sequence.words, source.words), later);
    if (reported === undefined) continue;
    const earlier = toPassage(sequence, repeat.bStart, repeat.bEnd);
    add(toCopy(repeat, "b", earlier, source.words, sequence.words), earlier);
  }
  return copies;
}

interface Restoration {
  readonly edits: readonly Edit[];
  /** What is put back at each place, for the title. */
  readonly words: readonly string[];
  /** Where the first of it is in the other copy. */
  readonly from: number;
  readonly certain: boolean;
}

function restorationFrom(
  { sequence, source, flagged }: Aligned,
  hole: Finding,
  gaps: readonly Span[],
  copy: Copy,
  allowance: Allowance,
): Restoration | undefined {
  const puts: PutBack[] = [];
  const lost = getLost(sequence, source, gaps, copy);
  // What no finding is about may have been left out on purpose.
  let certain =
    hole.severity !== "hint" &&
    lost.length === gaps.length &&
    lost.every(({ gap }) => gap !== undefined);
  for (const [index, { block, inserted, gap }] of lost.entries()) {
    const zone = toZone(sequence, block, { start: inserted.at, end: inserted.at });
    const otherZone = toZone(source, blockOfWord(source, inserted.start), inserted);
    // Restoring one half would hide that the other is lost.
    if (zone === undefined || otherZone === undefined) return undefined;
    // Another rule's finding about the words would only repeat this.
    if (isFlagged(flagged(), otherZone.span)) return undefined;
    const put =
      gap === undefined
        ? putBackBeside(zone, otherZone, allowance)
        : putBack(zone, gap, otherZone, allowance);
    if (put === undefined) return undefined;
    puts.push(put);
    // It is the only word between two gaps.
    certain &&=
      (inserted.sureBefore || index > 0) && (inserted.sureAfter || index + 1 < lost.length);
  }
  const [first] = puts;
  if (first === undefined || (puts.length > 1 && !readAsMeant(sequence.draft, puts, allowance))) {
    return undefined;
  }
  return {
    edits: puts.map(({ edit }) => edit),
    words: puts.map(({ words }) => words),
    from: first.from,
    certain,
  };
}

/** Words that a copy has lost, at a gap that is reported or beside one. */
interface Lost {
  readonly block: number;
  readonly inserted: Inserted;
  readonly gap: Span | undefined;
}

/** What the other copy has at the gaps, and what it has beside it in the same sentence, in order. */
function getLost(
  sequence: Sequence,
  source: Sequence,
  gaps: readonly Span[],
  copy: Copy,
): readonly Lost[] {
  const lost = new Map<Inserted["next"], Lost>();
  for (const gap of gaps) {
    const block = blockAt(sequence.draft, gap.start);
    const at = wordAfter(sequence, block, gap);
    const [first, ...others] = copy.insertedAt(at);
    // The other copy has lost nothing that this one has kept.
    if (first === undefined) continue;
    lost.set(first.next, { block, inserted: first, gap });
    // A link without text is restored by its own finding.
    const isLink = ({ at }: Inserted, span?: Span): boolean => {
      const zone = toZone(sequence, block, { start: at, end: at });
      return zone !== undefined && hasEmptyMark(zone, span ?? zone.span);
    };
    for (const inserted of isLink(first, gap) ? [] : others) {
      const isKnown = lost.has(inserted.next) || isLink(inserted);
      if (isKnown || !areInOneSentence(source, first, inserted)) continue;
      lost.set(inserted.next, { block, inserted, gap: undefined });
    }
  }
  return [...lost.values()].sort((one, other) => one.inserted.at - other.inserted.at);
}

/** Restores words where no gap is reported: in the space after the marks there, or before them. */
function putBackBeside(zone: Zone, theirs: Zone, allowance: Allowance): PutBack | undefined {
  const { start, end } = zone.span;
  const text = zone.draft.text.slice(start, end);
  const after = { start: start + text.trimEnd().length, end };
  const before = { start, end: end - text.trimStart().length };
  return (
    putBack(zone, after, theirs, allowance) ??
    (text.trim() === "" ? undefined : putBack(zone, before, theirs, allowance))
  );
}

/** A finding with more units is about a passage. */
const LONG = 400;

/** Whether one of the findings, which are in order, covers a place. */
function isFlagged(findings: readonly Finding[], place: Span): boolean {
  const first = partitionPointBy(findings, ({ start }) => start < place.start - LONG);
  for (let at = first; at < findings.length; at++) {
    const finding = findings[at];
    if (finding === undefined || finding.start >= place.end) return false;
    if (overlaps(finding, place)) return true;
  }
  return false;
}

/** The first word after a gap, counted in the draft. */
function wordAfter({ draft, first }: Sequence, index: number, gap: Span): number {
  const block = draft.blocks[index];
  const start = draft.starts[index] ?? 0;
  if (block === undefined || !holdsProse(block)) return first[index] ?? 0;
  const { starts, ends } = getWords(block);
  const after = partitionPoint(0, starts.length, (word) => {
    const span = { start: starts[word] ?? 0, end: ends[word] ?? 0 };
    return start + sourceSpan(block.prose, span).end <= gap.start;
  });
  return (first[index] ?? 0) + after;
}

/** How much of the restored words a title shows, in UTF-16 units. */
const MOST_SHOWN = 40;
