/*
 * deletion/: removes a passage from a draft. Draft and span in, edits out, or nothing if there is no clean cut.
 *
 * It works by trial. The edits are planned from the pairs and containers of the markup (`cuts.ts`). Then the blocks
 * around the passage (`window.ts`) are parsed again without it. They must be the same blocks, in the same lists and
 * quotations (`shape.ts`), with balanced pairs and every other word (`clean-cut.ts`). Of several ways to treat white
 * space, the first that passes is used.
 *
 * A cut that leaves a heading, summary or caption above nothing, or renumbers a list, is offered but never made unless
 * chosen. Safe fixes that are made together are tried together.
 */

import { containersIn, pairsIn } from "../formats/structure/pairs.ts";
import { isCleanCut, isWordUnit, leavesOrphan, replacementIn } from "./clean-cut.ts";
import { Cuts, emptiedPair, isMargin, spaceAfter, spaceBefore } from "./cuts.ts";
import { type Block, blockAt, blockEnd, type Draft, holdsProse } from "../draft/draft.ts";
import { computeOnce } from "../draft/incremental/memoize.ts";
import type { Fix } from "../draft/finding.ts";
import type { Half } from "../draft/markup.ts";
import type { Edit } from "../text/edits.ts";
import { afterBreak, beforeBreak, lineEnd, lineStart } from "../text/lines.ts";
import { sourceSpan, type Prose } from "../draft/prose.ts";
import { shifted, type Span } from "../text/span.ts";
import { withoutEnd } from "../text/trim.ts";
import { windowAround } from "./window.ts";

/** How to remove a passage from a draft. Offsets are UTF-16 units of the draft's text. */
export interface Deletion {
  /** In order, and not touching. */
  readonly edits: readonly Edit[];
  /** What goes, without the space around it. */
  readonly taken: string;
  /** Besides the passage, only a meaningless frame goes: no link, and no component of the site's own. */
  readonly known: boolean;
  /** A heading, a summary or a caption is left above nothing, or a list begins with another number. */
  readonly orphans: boolean;
}

/**
 * The edits that delete the words of a span and leave the rest as well formed as before; undefined if there are none.
 * Whole blocks go with the marks of their lines and the blank lines up to the next block, sentences with the space
 * beside them. Half of a pair stays if its partner stays; an empty, meaningless frame goes too. The result was parsed
 * (`isCleanCut`), so this is too slow for a keystroke.
 */
export function findDeletion(draft: Draft, span: Span): Deletion | undefined {
  const { draft: near, offset } = windowAround(draft, span);
  const deletion = deletionIn(near, shifted(span, -offset));
  return deletion && { ...deletion, edits: deletion.edits.map((edit) => shifted(edit, offset)) };
}

function deletionIn(draft: Draft, span: Span): Deletion | undefined {
  const plan = planFor(draft, span);
  if (plan === undefined || plan.pieces.length === 0) return undefined;
  const { pieces, known } = plan;
  const taken = joinText(draft, pieces);
  const tried = new Set<string>();
  for (let variant = 0; variant < VARIANTS; variant++) {
    const cuts = pieces.map((piece) => toCut(draft, piece, variant));
    const key = cuts.map(({ start, end }) => `${start}-${end}`).join();
    if (tried.has(key) || !areApart(cuts)) continue;
    tried.add(key);
    if (!isCleanCut(draft, cuts, span)) continue;
    const edits = cuts.map(({ start, end }) => ({ start, end, newText: "" }));
    return { edits, taken, known, orphans: leavesOrphan(draft, cuts) };
  }
  return undefined;
}

/** What `findDeletion` would remove, untested; undefined if it would certainly remove nothing. */
export function deletedText(draft: Draft, span: Span): string | undefined {
  const { draft: near, offset } = windowAround(draft, span);
  const plan = planFor(near, shifted(span, -offset));
  return plan && joinText(near, plan.pieces);
}

function joinText({ text }: Draft, pieces: readonly Span[]): string {
  return pieces.map(({ start, end }) => text.slice(start, end)).join("\n");
}

/** A fix that deletes a passage, apart from its edits. */
export interface DeletionFix extends Pick<Fix, "title" | "kind" | "uri"> {
  readonly draft: Draft;
  readonly span: Span;
  /** Whether it is safe, given what it removes; undefined if it is not, whatever it removes. */
  readonly isSafe?: ((deletion: Deletion) => boolean) | undefined;
}

/** A lazy fix that deletes a passage. If that can't be done cleanly it has no edits, and must not be offered. */
export function deletionFix({ draft, span, isSafe, ...fix }: DeletionFix): Fix {
  const deletion = computeOnce(() => findDeletion(draft, span));
  return {
    ...fix,
    lazy: true,
    get safe(): boolean {
      if (isSafe === undefined) return false;
      const found = deletion();
      return found !== undefined && !found.orphans && isSafe(found);
    },
    get edits(): readonly Edit[] {
      return deletion()?.edits ?? NOTHING;
    },
  };
}

const NOTHING: readonly Edit[] = [];

/** A fix that moves one passage of a draft to the place of another. */
export interface ReplacementFix extends Pick<Fix, "title" | "kind"> {
  readonly draft: Draft;
  readonly span: Span;
  readonly by: Span;
}

/** A lazy fix that replaces one passage with another. */
export function replacementFix({ draft, span, by, ...fix }: ReplacementFix): Fix {
  const edits = computeOnce(() => findReplacement(draft, span, by));
  return {
    ...fix,
    lazy: true,
    safe: false,
    get edits(): readonly Edit[] {
      return edits();
    },
  };
}

function findReplacement(draft: Draft, span: Span, by: Span): readonly Edit[] {
  const here = windowAround(draft, span);
  const there = windowAround(draft, by);
  const [place, ...others] = planFor(here.draft, shifted(span, -here.offset))?.pieces ?? [];
  const [source, ...more] = planFor(there.draft, shifted(by, -there.offset))?.pieces ?? [];
  const removal = findDeletion(draft, by);
  if (place === undefined || source === undefined || removal === undefined) return NOTHING;
  if (others.length + more.length > 0) return NOTHING;
  const newText = there.draft.text.slice(source.start, source.end);
  const put = { ...shifted(place, here.offset), newText };
  if (removal.edits.some((cut) => cut.start < put.end && put.start < cut.end)) return NOTHING;
  // If the two passages are far apart, each is tried on its own.
  const isNear = removal.edits.some(
    ({ start, end }) => start < here.offset + here.draft.text.length && end > here.offset,
  );
  const made = isNear
    ? replacementIn(draft, removal.edits, [put])
    : replacementIn(here.draft, [], [shifted(put, -here.offset)]);
  return made === undefined ? NOTHING : [...removal.edits, put];
}

// ── What is to go ─────────────────────────────────────────────────────────────────────────────────

/** The spans to delete: whole blocks, with neighbours joined, and parts of blocks. */
function findTargets(draft: Draft, span: Span): Span[] | undefined {
  const targets: Span[] = [];
  let joins = false;
  const last = blockAt(draft, span.end - 1);
  for (let index = Math.max(0, blockAt(draft, span.start)); index <= last; index++) {
    const block = draft.blocks[index];
    const start = draft.starts[index] ?? 0;
    const end = blockEnd(draft, index);
    if (block === undefined || end <= span.start) continue;
    if (block.kind === "cell" && isPartOfTable(draft, index, span)) return undefined;
    let target: Span | undefined;
    if (start >= span.start && end <= span.end) target = { start, end };
    else if (holdsProse(block)) target = findPart(block, start, span);
    // Code, comments and the like have no parts.
    else return undefined;
    if (target === undefined) continue;
    if (targets.length === 0 && target.start === start && startsFramed(draft, block, start)) {
      return undefined;
    }
    const previous = targets.at(-1);
    const isWhole = target.start === start && target.end === end;
    if (joins && previous !== undefined && isWhole) {
      if (!isOnlyMarks(draft, previous.end, start)) return undefined;
      targets[targets.length - 1] = { start: previous.start, end: target.end };
    } else targets.push(target);
    joins = isWhole;
  }
  return targets.length === 0 ? undefined : targets;
}

/** Whether a block begins with a meaningful start tag, other than a paragraph's own. */
function startsFramed(draft: Draft, block: Block, start: number): boolean {
  if (!holdsProse(block) || !block.source.startsWith("<")) return false;
  const words = start + sourceSpan(block.prose, { start: 0, end: 1 }).start;
  return pairsIn(draft).some(
    (half) =>
      half.start >= start &&
      half.end <= words &&
      half.role === "opens" &&
      !half.bare &&
      !/^<(?:p|h[1-6])\b/i.test(draft.text.slice(half.start, half.end)),
  );
}

/** Whether a span contains a whole cell of a Markdown table but not the table. The columns would then shift. */
function isPartOfTable(draft: Draft, cell: number, span: Span): boolean {
  const start = draft.starts[cell] ?? 0;
  if (start < span.start || blockEnd(draft, cell) > span.end) return false;
  const table = containersIn(draft).find(
    (one) => one.kind === "table" && one.start <= start && start < one.end,
  );
  if (table === undefined) return false;
  const first = draft.starts.findIndex((one) => one >= table.start);
  return (
    (draft.starts[first] ?? 0) < span.start ||
    blockEnd(draft, blockAt(draft, table.end - 1)) > span.end
  );
}

/** Whether there is only markup between two blocks: no script, no picture. */
function isOnlyMarks(draft: Draft, start: number, end: number): boolean {
  return draft.format.markup.isOnlyMarkup(draft.text.slice(start, end));
}

/** The part of a block that contains the words of a span, with the marks that open and close them; in the draft. */
function findPart(block: Block, blockStart: number, span: Span): Span | undefined {
  const { prose } = block;
  const { text } = prose;
  let first = -1;
  let last = -1;
  let before = false;
  let after = false;
  for (let at = 0; at < text.length; at++) {
    if (!isWordUnit(text.charAt(at))) continue;
    const unit = sourceSpan(prose, { start: at, end: at + 1 });
    const isIn = blockStart + unit.start >= span.start && blockStart + unit.end <= span.end;
    if (isIn) {
      if (first < 0) first = at;
      last = at;
    } else if (first < 0) before = true;
    else after = true;
  }
  if (first < 0) return undefined;
  if (!before) {
    first = 0;
    while (/\s/.test(text.charAt(first))) first++;
  } else {
    while (
      first > 0 &&
      /[^\s\p{L}\p{N}\p{M}.!?…,;:)\]}>”’»\uFFFC\uD800-\uDFFF]/u.test(text.charAt(first - 1))
    ) {
      first--;
    }
  }
  let end = last + 1;
  const most = text.trimEnd().length;
  while (end < most && (!after || CLOSES.test(text.charAt(end)))) {
    // After the full stop inside a link's text, one behind the link belongs to something else.
    const stops = /[.!?…]/.test(text.charAt(end - 1)) && /[.!?…]/.test(text.charAt(end));
    if (stops && isParted(prose, end)) break;
    end++;
  }
  const part = sourceSpan(prose, { start: first, end });
  let sourceEnd = part.end;
  // The notes of its last sentence go with it.
  for (const mark of block.marks) {
    if (mark.kind === "footnote" && mark.start === sourceEnd) sourceEnd = mark.end;
  }
  // A whole block goes with its tags, if the span includes them.
  const blockEnd = blockStart + block.source.length;
  const isWhole = !before && !after;
  return {
    start: isWhole && blockStart >= span.start ? blockStart : blockStart + part.start,
    end: isWhole && blockEnd <= span.end ? blockEnd : blockStart + sourceEnd,
  };
}

/** A mark that closes a sentence, or a quotation in it. */
const CLOSES = /[^\s\p{L}\p{N}\p{M}([{<“‘„«\uFFFC\uD800-\uDFFF]/u;

/** Whether there is markup before a unit of prose. */
function isParted(prose: Prose, at: number): boolean {
  const previous = sourceSpan(prose, { start: at - 1, end: at });
  return sourceSpan(prose, { start: at, end: at + 1 }).start > previous.end;
}

// ── What stays of it, and what goes besides ───────────────────────────────────────────────────────

/** A stretch to be removed, without the space around it. */
interface Piece extends Span {
  /** A closing mark follows it, or an opening mark comes before it: no space belongs there. */
  readonly afterOpener: boolean;
  readonly beforeCloser: boolean;
}

interface Plan {
  readonly pieces: readonly Piece[];
  readonly known: boolean;
}

/** Pairs nested around nothing. More than this is no accident. */
const MOST_SHELLS = 60;

function planFor(draft: Draft, span: Span): Plan | undefined {
  const targets = findTargets(draft, span);
  return targets && makePlan(draft, targets);
}

function makePlan(draft: Draft, wanted: readonly Span[]): Plan | undefined {
  const halves = pairsIn(draft);
  let targets = wanted;
  let known = true;
  for (let round = 0; round < MOST_SHELLS; round++) {
    const staying = stayingIn(draft.text, halves, targets);
    const pieces = parted(draft.text, targets, staying);
    const shell = emptiedPair(draft, new Cuts(pieces));
    if (shell === undefined) {
      return { pieces: pieces.map((piece) => flanked(draft.text, halves, piece)), known };
    }
    const [opener, closer] = shell;
    // It would be empty, but is more than a frame, or is one branch of a condition.
    if (!opener.bare || opener.role !== "opens" || closer.role !== "closes") return undefined;
    known &&= opener.known;
    targets = joined([...targets, { start: opener.start, end: closer.end }]);
  }
  return undefined;
}

/** The halves in some stretches whose partners are outside. */
function stayingIn(text: string, halves: readonly Half[], targets: readonly Span[]): Half[] {
  const outside = new Set<number>();
  const inside: Half[] = [];
  const holders = new Map<number, Span>();
  let next = 0;
  for (const half of halves) {
    if (half.end === half.start) {
      // If an end is not written, the whole element goes with its start tag.
      const at = spaceBefore(text, half.start);
      const holder = holders.get(half.group);
      if (holder === undefined || at > holder.end) outside.add(half.group);
      continue;
    }
    while ((targets[next]?.end ?? Infinity) <= half.start) next++;
    const target = targets[next];
    if (target !== undefined && target.start <= half.start && half.end <= target.end) {
      inside.push(half);
      holders.set(half.group, target);
    } else {
      outside.add(half.group);
      // It extends beyond an edge, and stays whole.
      if (target !== undefined && target.start < half.end) inside.push(half);
    }
  }
  return inside.filter(({ group }) => outside.has(group));
}

/** What is left of stretches without some spans in them, and without space at its ends. */
function parted(text: string, targets: readonly Span[], staying: readonly Span[]): Span[] {
  const pieces: Span[] = [];
  const add = (from: number, to: number): void => {
    const start = Math.min(spaceAfter(text, from), to);
    const end = Math.max(spaceBefore(text, to), start);
    if (/[^\s>]/.test(text.slice(start, end))) pieces.push({ start, end });
  };
  let next = 0;
  for (const { start, end } of targets) {
    let at = start;
    for (let one = staying[next]; one !== undefined && one.start < end; one = staying[++next]) {
      if (one.start > at) add(at, one.start);
      at = Math.max(at, one.end);
      if (at > end) break;
    }
    if (at < end) add(at, end);
  }
  return pieces;
}

function joined(spans: readonly Span[]): Span[] {
  const all: Span[] = [];
  for (const span of [...spans].sort((a, b) => a.start - b.start || a.end - b.end)) {
    const previous = all.at(-1);
    if (previous !== undefined && span.start <= previous.end) {
      all[all.length - 1] = { start: previous.start, end: Math.max(previous.end, span.end) };
    } else all.push(span);
  }
  return all;
}

function flanked(text: string, halves: readonly Half[], piece: Span): Piece {
  const left = spaceBefore(text, piece.start);
  const right = spaceAfter(text, piece.end);
  return {
    ...piece,
    afterOpener: halves.some(({ end, role }) => end === left && role !== "closes"),
    beforeCloser: halves.some(({ start, role }) => start === right && role !== "opens"),
  };
}

// ── The space around it ───────────────────────────────────────────────────────────────────────────

const VARIANTS = 5;

/** A piece with some of the space around it. The best is tried first; parsing the rest decides which is right. */
function toCut(draft: Draft, piece: Piece, variant: number): Span {
  const { text } = draft;
  if (!ownsLines(draft, piece)) {
    return variant < 2 ? inLine(draft, piece, variant) : toNext(text, piece);
  }
  switch (variant) {
    case 0:
      return wholeLines(draft, piece, "better");
    case 1:
      return wholeLines(draft, piece, "worse");
    case 2:
      return wholeLines(draft, piece, "both");
    case 3:
      return toNext(text, piece);
    default:
      return inLine(draft, piece, 0);
  }
}

/** Whether only the marks of its containers are on its first and last lines with it. */
function ownsLines({ text }: Draft, piece: Span): boolean {
  const before = text.slice(lineStart(text, piece.start), piece.start);
  const after = text.slice(piece.end, lineEnd(text, piece.end));
  return isMargin(before) && /^[\s|]*$/.test(after);
}

/** The lines, and the blank lines before or after them, whichever separate less, or more, or none. */
function wholeLines(
  { text, format }: Draft,
  piece: Span,
  parts: "better" | "worse" | "both",
): Span {
  const start = lineStart(text, piece.start);
  const end = afterBreak(text, lineEnd(text, piece.end));
  if (parts === "both") return { start, end };
  let before = start;
  while (before > 0) {
    const previous = lineStart(text, beforeBreak(text, before));
    if (!isBlank(text.slice(previous, beforeBreak(text, before)))) break;
    before = previous;
  }
  let after = end;
  while (after < text.length) {
    const stop = lineEnd(text, after);
    if (!isBlank(text.slice(after, stop))) break;
    after = afterBreak(text, stop);
  }
  if (after >= text.length) {
    // Nothing follows. What separated it from the text before goes, and the last line's end stays.
    if (before === 0) return { start: 0, end: text.length };
    const endsLine = /[\n\r]$/.test(text);
    return { start: endsLine ? before : beforeBreak(text, before), end: text.length };
  }
  if (before === 0) return parts === "better" ? { start, end: after } : { start: 0, end };
  // A label leads directly to its content, without a line between.
  const label =
    before === start &&
    format.markup.isLabelLine(text.slice(lineStart(text, beforeBreak(text, start)), start));
  const keepsBefore =
    label || strength(text.slice(before, start)) >= strength(text.slice(end, after));
  return keepsBefore === (parts === "better") ? { start, end: after } : { start: before, end };
}

/** How well lines separate the text around them: not at all, within a quotation, or completely. */
function strength(lines: string): number {
  if (lines === "") return 0;
  const body = withoutEnd(lines, "\r\n");
  const ended = body.length < lines.length ? `${body}\n` : body;
  return /(?:^|[\r\n])[ \t]*(?:[\r\n]|$)/.test(ended) ? 2 : 1;
}

function isBlank(line: string): boolean {
  return /^(?:[^\S\f]|>)*$/.test(line);
}

/** Everything up to what comes next, which takes its place. */
function toNext(text: string, piece: Span): Span {
  return { start: piece.start, end: spaceAfter(text, piece.end) };
}

/** A stretch within a line, with the space before or after it. */
function inLine(draft: Draft, piece: Piece, variant: number): Span {
  const { text } = draft;
  let { start, end } = piece;
  const left = spaceBefore(text, start);
  const right = spaceAfter(text, end);
  const index = blockAt(draft, start);
  const opens =
    piece.afterOpener ||
    left < (draft.starts[index] ?? 0) ||
    start <= (firstWord(draft, index) ?? 0);
  const closes = piece.beforeCloser || right >= blockEnd(draft, index);
  if (opens && closes) {
    const clean = !/[\r\n]/.test(text.slice(left, start)) && !/[\r\n]/.test(text.slice(end, right));
    return variant === 0 && clean && piece.afterOpener && piece.beforeCloser
      ? { start: left, end: right }
      : { start, end };
  }
  if (opens) return { start, end: right };
  if (closes) return { start: left, end };
  if (left === start || right === end) {
    // There is one space, before or after it, which separates what is left.
    return { start, end };
  }
  const breaksBefore = /[\r\n]/.test(text.slice(left, start));
  const breaksAfter = /[\r\n]/.test(text.slice(end, right));
  const takesBefore = variant === 0 ? breaksAfter && !breaksBefore : true;
  if (takesBefore) start = left;
  else end = right;
  return { start, end };
}

/** Where the words of a block begin in the draft. */
function firstWord(draft: Draft, index: number): number | undefined {
  const block = draft.blocks[index];
  if (block === undefined || !holdsProse(block)) return undefined;
  const lead = block.prose.text.length - block.prose.text.trimStart().length;
  return (draft.starts[index] ?? 0) + sourceSpan(block.prose, { start: lead, end: lead + 1 }).start;
}

function areApart(cuts: readonly Span[]): boolean {
  return cuts.every((cut, index) => {
    const previous = cuts[index - 1];
    return cut.end > cut.start && (previous === undefined || previous.end <= cut.start);
  });
}
