import { objectCache } from "../draft/incremental/memoize.ts";
import type { Block, Draft, Format } from "../draft/draft.ts";
import { blockAt, holdsProse } from "../draft/draft.ts";
import type { Finding, Fix } from "../draft/finding.ts";
import type { Edit } from "../text/edits.ts";
import { beginning } from "../text/excerpt.ts";
import { lineAt } from "../text/lines.ts";
import { linesOfDraft } from "../draft/incremental/draft-lines.ts";
import { MASK, sourceSpan } from "../draft/prose.ts";
import type { Span } from "../text/span.ts";
import { overlaps } from "../text/span.ts";
import { alignGap, type Anchor } from "./align.ts";
import { passageOf, type Passage } from "./passage.ts";
import { blockOfWord } from "./row.ts";
import { findRuns, type Run } from "./runs.ts";
import { sequenceOf, type Sequence } from "./sequence.ts";
import { wordsOf } from "./words.ts";
import { lowerBoundBy, partitionPoint } from "../text/search.ts";

/**
 * The findings of a draft, where those about lost words have fixes that take them from another copy of
 * their passage. `findings` are in order of place, as `lint` gives them. What they say decides what is
 * looked at, so a draft without a hole in a repeat costs next to nothing.
 */
export function withRestorations(draft: Draft, findings: readonly Finding[]): readonly Finding[] {
  if (!findings.some(isRepeat)) return findings;
  return findings.map((finding) => {
    const fixes = restorations(draft, findings, finding);
    return fixes.length === 0
      ? finding
      : { ...finding, fixes: [...fixes, ...(finding.fixes ?? [])] };
  });
}

/** The fixes that put back what a finding misses, as another copy of the passage has it; one for each wording. */
export function restorations(
  draft: Draft,
  findings: readonly Finding[],
  hole: Finding,
): readonly Fix[] {
  const gaps = gapsOf(hole);
  const first = gaps?.[0];
  if (gaps === undefined || first === undefined) return NONE;
  const known = knownOf(draft, findings);
  const block = blockAt(draft, first.start);
  if (!known.blocks.has(block)) return NONE;
  known.compared ??= compared(draft, known.repeats);
  const { sequence, copies } = known.compared;
  const flagged = (): readonly Finding[] => known.others;
  const restorations = restorationsFor(hole, gaps, sequence, copies, { sequence, flagged });
  if (restorations.length === 0) return NONE;
  const lines = linesOfDraft(draft);
  return restorations.map(({ words, from, edits, certain }) => ({
    title: `Restore ${listed(words)} from line ${lineAt(lines, from) + 1}`,
    safe: false,
    edits,
    // Where the copies disagree, somebody has to choose.
    ...(certain && restorations.length === 1 ? { preferred: true as const } : {}),
  }));
}

const NONE: readonly Fix[] = [];

/** Another text in which a passage may stand whole: another draft, or an earlier version of the draft. */
export interface RestoreSource {
  readonly draft: Draft;
  /** Its findings, in order of place. What one of them is about is not put back. Asked only where it has words, and once. */
  readonly findings: () => readonly Finding[];
  /** Where it is from, as the end of “Restore “the council” from …”. */
  readonly name: string;
}

/** Whether a finding is about lost words, so that it is worth while to look for them. */
export function isHole(finding: Finding): boolean {
  return (gapsOf(finding)?.length ?? 0) > 0;
}

/**
 * The fixes that put back what a finding misses, as another text has it; one for each wording. The texts are
 * aligned as the copies of a repeat are, as a whole and once for all holes, in time linear in both. None is preferred:
 * what somebody else wrote may differ on purpose.
 */
export function restorationsFrom(
  draft: Draft,
  hole: Finding,
  source: RestoreSource,
): readonly Fix[] {
  const gaps = gapsOf(hole);
  if (gaps === undefined) return NONE;
  let aligned = alignments.get(source);
  if (aligned?.sequence.draft !== draft) {
    const sequence = sequenceOf(draft);
    const other = sequenceOf(source.draft);
    const copies: Copies = new Map();
    for (const run of findRuns(sequence, other)) {
      if (run.copies > 1) continue;
      const passage = passageOf(sequence, run.aStart, run.aEnd);
      addCopy(copies, new Copy(run, "a", passage), passage);
    }
    let found: readonly Finding[] | undefined;
    const flagged = (): readonly Finding[] =>
      (found ??= source.findings().filter((one) => !isRepeat(one)));
    aligned = { sequence, copies, origin: { sequence: other, flagged } };
    alignments.set(source, aligned);
  }
  const { sequence, copies, origin } = aligned;
  const restorations = restorationsFor(hole, gaps, sequence, copies, origin);
  return restorations.map(({ words, edits }) => ({
    title: `Restore ${listed(words)} from ${source.name}`,
    safe: false,
    edits,
  }));
}

const alignments = objectCache<
  RestoreSource,
  { readonly sequence: Sequence; readonly copies: Copies; readonly origin: Origin }
>();

/** The text that words are taken from. */
interface Origin {
  readonly sequence: Sequence;
  /** What is said of it: words that something is wrong with are not taken. */
  readonly flagged: () => readonly Finding[];
}

/** What copies of a passage have where it has gaps, each wording once. */
function restorationsFor(
  hole: Finding,
  gaps: readonly Span[],
  sequence: Sequence,
  copies: Copies,
  origin: Origin,
): readonly Restoration[] {
  const [first] = gaps;
  if (first === undefined) return [];
  const restorations = new Map<string, Restoration>();
  for (const one of copies.get(blockAt(sequence.draft, first.start)) ?? []) {
    if (!gaps.every((gap) => within(gap, one.passage))) continue;
    const restoration = restorationFrom(sequence, origin, hole, gaps, one);
    if (restoration === undefined) continue;
    const key = JSON.stringify(restoration.edits);
    if (restorations.get(key)?.certain !== true) restorations.set(key, restoration);
  }
  return [...restorations.values()];
}

function listed(words: readonly string[]): string {
  const most = Math.floor(MOST_SHOWN / words.length);
  return words.map((part) => `“${beginning(part.replaceAll(MASK, "…"), most)}”`).join(" and ");
}

/** The places where words are missing. */
function gapsOf(finding: Finding): readonly Span[] | undefined {
  return finding.fixes?.find(({ kind }) => kind === "placeholder")?.edits;
}

/** What is known of a draft's findings, memoised on the draft. */
interface Known {
  readonly findings: readonly Finding[];
  /** Those of a passage that stands in the draft twice, and all others. */
  readonly repeats: readonly Finding[];
  readonly others: readonly Finding[];
  /** The blocks that hold some of what stands twice: elsewhere nothing can be restored. */
  readonly blocks: ReadonlySet<number>;
  compared: Compared | undefined;
}

const cached = objectCache<Draft, Known>();

function knownOf(draft: Draft, findings: readonly Finding[]): Known {
  const before = cached.get(draft);
  if (before?.findings === findings) return before;
  const repeats = findings.filter(isRepeat);
  const made: Known = {
    findings,
    repeats,
    others: findings.filter((one) => !isRepeat(one)),
    blocks: blocksOf(draft, repeats),
    compared: undefined,
  };
  cached.set(draft, made);
  return made;
}

function isRepeat({ related, fixes }: Finding): boolean {
  return related?.[0]?.uri === undefined && fixes?.some(({ kind }) => kind === "repeat") === true;
}

/** The blocks that hold some of what these findings are about, here or at the other place. */
function blocksOf(draft: Draft, repeats: readonly Finding[]): Set<number> {
  const blocks = new Set<number>();
  for (const repeat of repeats) {
    for (const { start, end } of [repeat, ...(repeat.related ?? [])]) {
      const last = blockAt(draft, end);
      for (let block = blockAt(draft, start); block <= last; block++) blocks.add(block);
    }
  }
  return blocks;
}

interface Compared {
  readonly sequence: Sequence;
  readonly copies: Copies;
}

/** Copies by each block that they touch. */
type Copies = Map<number, Copy[]>;

function addCopy(copies: Copies, copy: Copy, { firstBlock, lastBlock }: Passage): void {
  for (let block = firstBlock; block <= lastBlock; block++) {
    const there = copies.get(block);
    if (there === undefined) copies.set(block, [copy]);
    else there.push(copy);
  }
}

/** The copies of the passages that are reported: what is alike on purpose may differ on purpose. */
function compared(draft: Draft, repeats: readonly Finding[]): Compared {
  const sequence = sequenceOf(draft);
  const reported = new Set(repeats.map(({ start, end }) => `${start}-${end}`));
  const copies: Copies = new Map();
  const add = (run: Run, own: "a" | "b", passage: Passage): void => {
    addCopy(copies, new Copy(run, own, passage), passage);
  };
  for (const run of findRuns(sequence, sequence)) {
    const later = passageOf(sequence, run.aStart, run.aEnd);
    if (run.copies > 1 || !reported.has(`${later.start}-${later.end}`)) continue;
    add(run, "a", later);
    add(run, "b", passageOf(sequence, run.bStart, run.bEnd));
  }
  return { sequence, copies };
}

/** Words that two copies have in common: where they stand in one and in the other. */
interface Pair {
  readonly own: number;
  readonly other: number;
  readonly length: number;
}

/** One copy of a run, and how its words are aligned with those of the other. */
class Copy {
  readonly passage: Span;
  readonly #run: Run;
  readonly #own: "a" | "b";
  #pairs: readonly (readonly Pair[])[] | undefined;

  constructor(run: Run, own: "a" | "b", passage: Span) {
    this.#run = run;
    this.#own = own;
    this.passage = passage;
  }

  /**
   * The words of the other copy that stand where this one has none before its word `at`. `words` are those of the
   * other's text, `own` those of this one's.
   */
  insertedAt(at: number, own: Uint32Array, words: Uint32Array): Inserted | undefined {
    this.#pairs ??= this.#aligned(own, words).map((pairs) => tidied(pairs, words));
    for (const pairs of this.#pairs) {
      const found = insertedAt(pairs, at, words);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  /** The pairs of pieces that follow one another in both copies, and of the words between them, in one row. */
  #aligned(own: Uint32Array, words: Uint32Array): Pair[][] {
    const { pieces, aStart, bStart, aEnd, bEnd } = this.#run;
    const rows: Pair[][] = [];
    pieces.forEach(({ anchors }, index) => {
      const pairs = anchors.map((anchor) => this.#pair(anchor));
      // Words at the ends of a run that only one copy has are no part of its pieces.
      if (index === 0) pairs.unshift(this.#pair({ a: aStart, b: bStart, length: 0 }));
      if (index === pieces.length - 1) pairs.push(this.#pair({ a: aEnd, b: bEnd, length: 0 }));
      const row = rows.at(-1);
      const last = row?.at(-1);
      const first = pairs[0];
      if (row === undefined || last === undefined || first === undefined) {
        rows.push(pairs);
        return;
      }
      const after = { own: last.own + last.length, other: last.other + last.length };
      if (after.own > first.own || after.other > first.other) rows.push(pairs);
      else {
        const between = alignGap(own, after.own, first.own, words, after.other, first.other);
        row.push(...between.map(({ a, b, length }) => ({ own: a, other: b, length })), ...pairs);
      }
    });
    return rows;
  }

  #pair({ a, b, length }: Anchor): Pair {
    return this.#own === "a" ? { own: a, other: b, length } : { own: b, other: a, length };
  }
}

/** A stretch of so few words may be aligned with another of the same words. */
const FEW = 3;

/**
 * The pairs with the words that only one copy has in as few places as may be: “our for more” is aligned
 * with “our tips for this for more” around the first “for”, where the lost words are in one place, before
 * the last.
 */
function tidied(pairs: readonly Pair[], words: Uint32Array): Pair[] {
  const tidy: Pair[] = [];
  pairs.forEach((pair, index) => {
    const before = tidy.at(-1);
    const after = pairs[index + 1];
    const { own, other, length } = pair;
    const isShort = length > 0 && length <= FEW;
    const joinsBefore = before !== undefined && before.own + before.length === own;
    const same = (from: number): boolean => {
      for (let at = 0; at < length; at++) if (words[from + at] !== words[other + at]) return false;
      return true;
    };
    if (before !== undefined && joinsBefore && before.other + before.length === other) {
      tidy[tidy.length - 1] = { ...before, length: before.length + length };
    } else if (!isShort || !joinsBefore || after === undefined || own + length !== after.own) {
      tidy.push(pair);
    } else if (other + length < after.other && same(after.other - length)) {
      tidy.push({ ...pair, other: after.other - length });
    } else if (before.other + before.length < other && same(before.other + before.length)) {
      tidy[tidy.length - 1] = { ...before, length: before.length + length };
    } else {
      tidy.push(pair);
    }
  });
  return tidy;
}

/** Words of the other copy, and whether enough before and after them is the same in both. */
interface Inserted extends Span {
  readonly sureBefore: boolean;
  readonly sureAfter: boolean;
}

/** The fewest words that must be the same on each side for the other copy's to be surely meant. */
const SURE = 3;
/** Words are aligned by the first place that fits; the gap may be so many words from it. */
const MOST_SLIDE = 12;
/** What is longer is no loss in a sentence but another text. */
const MOST_WORDS = 40;

function insertedAt(pairs: readonly Pair[], at: number, words: Uint32Array): Inserted | undefined {
  for (let index = firstFrom(pairs, at); index < pairs.length; index++) {
    const before = pairs[index - 1];
    const after = pairs[index];
    if (before === undefined || after === undefined) continue;
    const place = before.own + before.length;
    if (place > at + MOST_SLIDE) return undefined;
    const start = before.other + before.length;
    const end = after.other;
    if (place !== after.own || end <= start || end - start > MOST_WORDS) continue;
    // “by the” may be aligned with “by the council, the” up to the first “the” or from the last on.
    const by = at - place;
    if (by < -Math.min(before.length, MOST_SLIDE) || by > Math.min(after.length, MOST_SLIDE)) {
      continue;
    }
    let fits = true;
    for (let step = 0; step < Math.abs(by); step++) {
      const [one, other] = by > 0 ? [start + step, end + step] : [start - 1 - step, end - 1 - step];
      if (words[one] !== words[other]) fits = false;
    }
    if (!fits) continue;
    const edge = (pair: Pair, length: number): boolean => pair.length === 0 || length >= SURE;
    return {
      start: start + by,
      end: end + by,
      sureBefore: edge(before, before.length + by),
      sureAfter: edge(after, after.length - by),
    };
  }
  return undefined;
}

/** The first pair that may stand after a change near a word. */
function firstFrom(pairs: readonly Pair[], at: number): number {
  return lowerBoundBy(pairs, at - MOST_SLIDE, ({ own }) => own);
}

/** What gives a hole its words back. */
interface Restoration {
  readonly edits: readonly Edit[];
  /** What is put back at each place, for the title. */
  readonly words: readonly string[];
  /** Where the first of it stands in the other copy. */
  readonly from: number;
  readonly certain: boolean;
}

function restorationFrom(
  sequence: Sequence,
  origin: Origin,
  hole: Finding,
  gaps: readonly Span[],
  copy: Copy,
): Restoration | undefined {
  const edits: Edit[] = [];
  const words: string[] = [];
  let from: number | undefined;
  let certain = hole.severity !== "hint";
  for (const [index, gap] of gaps.entries()) {
    const block = blockAt(sequence.draft, gap.start);
    const at = wordAfter(sequence, block, gap);
    const inserted = copy.insertedAt(at, sequence.words, origin.sequence.words);
    const own = zoneAt(sequence, block, at, at);
    const theirs = inserted && zoneOf(origin.sequence, inserted);
    // The other copy has lost nothing that this one has kept.
    if (inserted === undefined || own === undefined || theirs === undefined) continue;
    // What another rule says of the words would only be said twice.
    if (isFlagged(origin.flagged(), theirs.span)) return undefined;
    const restored = filled(own, gap, theirs);
    if (restored === undefined) return undefined;
    edits.push(restored.edit);
    words.push(restored.words);
    from ??= theirs.span.start + restored.lead;
    // The word between two gaps is the only one there.
    certain &&=
      (inserted.sureBefore || index > 0) && (inserted.sureAfter || index + 1 < gaps.length);
  }
  certain &&= edits.length === gaps.length;
  return from === undefined ? undefined : { edits, words, from, certain };
}

/** A finding of more units is about a passage. */
const LONG = 400;

/** Whether one of the findings, which are in order, is about what stands at a place. */
function isFlagged(findings: readonly Finding[], place: Span): boolean {
  const first = lowerBoundBy(findings, place.start - LONG, ({ start }) => start);
  for (let at = first; at < findings.length; at++) {
    const finding = findings[at];
    if (finding === undefined || finding.start >= place.end) return false;
    if (overlaps(finding, place)) return true;
  }
  return false;
}

/** The first word that stands after a gap, counted in the draft. */
function wordAfter({ draft, first }: Sequence, index: number, gap: Span): number {
  const block = draft.blocks[index];
  const start = draft.starts[index] ?? 0;
  if (block === undefined || !holdsProse(block)) return first[index] ?? 0;
  const { starts, ends } = wordsOf(block);
  const after = partitionPoint(0, starts.length, (word) => {
    const span = { start: starts[word] ?? 0, end: ends[word] ?? 0 };
    return start + sourceSpan(block.prose, span).end <= gap.start;
  });
  return (first[index] ?? 0) + after;
}

/** What stands in a block between two words that are not next to each other, or between its end and one. */
interface Zone {
  readonly format: Format;
  readonly block: Block;
  /** Where the block starts in the draft. */
  readonly start: number;
  /** The zone in the draft. */
  readonly span: Span;
  /** The zone in the block's prose, and in it the words; an empty span where there are none. */
  readonly prose: Span;
  readonly words: Span;
  readonly atStart: boolean;
  readonly atEnd: boolean;
}

function zoneOf(sequence: Sequence, { start, end }: Span): Zone | undefined {
  return zoneAt(sequence, blockOfWord(sequence, start), start, end);
}

/** The zone of the words from `from` up to `to`; undefined where they are not of that block, or it is no prose. */
function zoneAt(
  { draft, first }: Sequence,
  index: number,
  from: number,
  to: number,
): Zone | undefined {
  const block = draft.blocks[index];
  const start = draft.starts[index] ?? 0;
  if (block === undefined || !holdsProse(block)) return undefined;
  const own = wordsOf(block);
  const begin = from - (first[index] ?? 0);
  const end = to - (first[index] ?? 0);
  if (begin < 0 || end > own.starts.length) return undefined;
  const prose = {
    start: begin === 0 ? 0 : (own.ends[begin - 1] ?? 0),
    end: own.starts[end] ?? block.prose.text.length,
  };
  const span = sourceSpan(block.prose, prose);
  return {
    format: draft.format,
    block,
    start,
    span: { start: start + span.start, end: start + span.end },
    prose,
    words:
      begin === end
        ? { start: prose.end, end: prose.end }
        : { start: own.starts[begin] ?? 0, end: own.ends[end - 1] ?? 0 },
    atStart: begin === 0,
    atEnd: end === own.starts.length,
  };
}

interface Filled {
  readonly edit: Edit;
  readonly words: string;
  /** How far into the zone the words begin. */
  readonly lead: number;
}

/**
 * Puts the words of one copy into the gap of the other, with the spaces and marks around them. The
 * marks that are there already must be the same in both; nothing but white space is replaced.
 */
function filled(own: Zone, gap: Span, theirs: Zone): Filled | undefined {
  const { block } = theirs;
  const place = { start: gap.start - own.start, end: gap.end - own.start };
  // A link in a link is none, and emphasis in emphasis may end it.
  const inMark = own.block.marks.some((mark) => mark.start < place.start && place.end < mark.end);
  const { core, text } = taken(theirs, inMark);
  if (text === undefined) return undefined;
  const mine = around(own, place);
  const other = around(theirs, core);
  const lead = joined(mine.before, other.before, true);
  const trail = joined(mine.after, other.after, false);
  if (lead === undefined || trail === undefined) return undefined;
  const source = own.block.source;
  const before = source.charAt(gap.start - own.start - 1);
  const after = source.charAt(gap.end - own.start);
  const opens = own.atStart && mine.before.trim() === "";
  const ends = own.atEnd && mine.after.trim() === "";
  let newText = text;
  // A copy that begins or ends its paragraph has no space there.
  if (opens || /\s/.test(before)) newText = lead.trimStart() + newText;
  else
    newText = (theirs.atStart && lead === "" && mine.before.trim() === "" ? " " : lead) + newText;
  if (ends || /\s/.test(after)) newText += trail.trimEnd();
  else newText += theirs.atEnd && trail === "" && mine.after.trim() === "" ? " " : trail;
  return {
    edit: { start: gap.start, end: gap.end, newText },
    words: block.prose.text.slice(theirs.words.start, theirs.words.end).replace(/\s+/g, " "),
    lead: core.start - (theirs.span.start - theirs.start),
  };
}

/**
 * What comes along of the other copy's marks between its words and those beside them: what stands here already would
 * stand twice. `isBefore`: they are those before the words.
 */
function joined(mine: string, theirs: string, isBefore: boolean): string | undefined {
  const own = marks(mine);
  if (own === "") return theirs.replace(/\s+/g, " ");
  const all = marks(theirs);
  if (isBefore ? !all.startsWith(own) : !all.endsWith(own)) return undefined;
  // A mark that only the other has belongs to the words: “Plan (CNAP).”
  const extra = all.length - own.length;
  let at = isBefore ? theirs.length : 0;
  for (let left = extra; left > 0; at += isBefore ? -1 : 1) {
    if (marks(theirs.charAt(isBefore ? at - 1 : at)) !== "") left--;
  }
  const taken = isBefore ? theirs.slice(at) : theirs.slice(0, at);
  const rest = isBefore ? theirs.slice(0, at) : theirs.slice(at);
  const space = isBefore
    ? rest.slice(rest.trimEnd().length)
    : rest.slice(0, rest.length - rest.trimStart().length);
  return (isBefore ? space + taken : taken + space).replace(/\s+/g, " ");
}

/** The marks of a text, whatever style the quotation marks have. */
function marks(text: string): string {
  return text.replace(/\s+/g, "").replace(/[“”„]/g, '"').replace(/[‘’]/g, "'");
}

/** The prose of a zone on both sides of a place in its block's source. */
function around({ block, prose }: Zone, place: Span): { before: string; after: string } {
  let before = "";
  let after = "";
  for (let at = prose.start; at < prose.end; at++) {
    const unit = sourceSpan(block.prose, { start: at, end: at + 1 });
    if (unit.end <= place.start) before += block.prose.text.charAt(at);
    else if (unit.start >= place.end) after += block.prose.text.charAt(at);
  }
  return { before, after };
}

/** The source of a zone's words; where that has half of some markup, or no markup may stand, their text without it. */
function taken(zone: Zone, asBare: boolean): { core: Span; text: string | undefined } {
  const { block, words } = zone;
  const bare = sourceSpan(block.prose, words);
  // The first and the last words of a block have its first and last marks.
  const whole = {
    start: zone.atStart ? 0 : zone.span.start - zone.start,
    end: zone.atEnd ? block.source.length : zone.span.end - zone.start,
  };
  let core = bare;
  let crosses = false;
  for (const mark of block.marks) {
    if (
      !overlaps(mark, bare) ||
      (mark.start <= bare.start && mark.end >= bare.end && !within(mark, whole))
    ) {
      continue;
    }
    if (within(mark, whole)) {
      core = { start: Math.min(core.start, mark.start), end: Math.max(core.end, mark.end) };
      crosses ||= asBare;
    } else {
      crosses = true;
    }
  }
  const source = block.source.slice(core.start, core.end);
  const plain = block.prose.text.slice(words.start, words.end).replace(/\s+/g, " ");
  const tags =
    zone.format.markup.holdsTag(source) && core.start === bare.start && core.end === bare.end;
  if (!crosses && !tags) return { core, text: zone.format.markup.toOneLine(source) };
  return { core: bare, text: plain.includes(MASK) ? undefined : plain };
}

function within(inner: Span, outer: Span): boolean {
  return inner.start >= outer.start && inner.end <= outer.end;
}

/** So much of the words that are put back is shown in a title, in UTF-16 units. */
const MOST_SHOWN = 40;
