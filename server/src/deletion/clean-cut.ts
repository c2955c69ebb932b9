import { isOnlyCaption } from "../formats/structure/markup.ts";
import { containersIn, pairsIn } from "../formats/structure/pairs.ts";
import { applyEdits, type Edit } from "../text/edits.ts";
import { blockAt, blockEnd, type Draft, holdsProse } from "../draft/draft.ts";
import type { Half } from "../draft/markup.ts";
import { MASK, sourceSpan } from "../draft/prose.ts";
import type { Span } from "../text/span.ts";
import { Cuts, emptiedPair, NO_CUTS, spaceBefore } from "./cuts.ts";
import { getShape } from "./shape.ts";

/**
 * Whether a draft is as well formed without the text of `cuts` as with it. The draft is read again. What is left must
 * be the same blocks, in the same lists, items and quotations, except those that become empty. Of a pair of tags,
 * shortcodes, brackets and the like, both halves stay or both go, and none stays around nothing. `span`, if given, says
 * which words must go: no others, and all of them. Cuts are spans of the draft's text in UTF-16 units, in any order.
 */
export function isCleanCut(draft: Draft, cuts: readonly Span[], span?: Span): boolean {
  const cut = new Cuts(cuts);
  if (!keepsPairs(draft, cut)) return false;
  if (!keepsBlocksWhole(draft, cut)) return false;
  if (span !== undefined && !takesTheWords(draft, cut, span)) return false;
  const changes = cut.spans.map(({ start, end }) => ({ start, end, newText: "" }));
  const after = edited(draft, changes);
  return areEqual(getShape(draft, cut), getShape(after, NO_CUTS));
}

/** A draft with other text in it, and the places of that text, in the given order. */
export interface Replacement {
  readonly after: Draft;
  readonly places: readonly Span[];
}

/**
 * A draft without the text of `cuts` and with `puts`, which don't touch; undefined if it is not as well formed as
 * before: without both, it must be the same draft.
 */
export function replacementIn(
  draft: Draft,
  cuts: readonly Span[],
  puts: readonly Edit[],
): Replacement | undefined {
  if (!keepsPairs(draft, new Cuts(cuts))) return undefined;
  const changes = [...cuts.map(({ start, end }) => ({ start, end, newText: "" })), ...puts];
  const after = edited(draft, changes);
  const places = puts.map((put) => {
    const earlier = changes.filter(({ start }) => start < put.start);
    const grown = earlier.reduce(
      (sum, { start, end, newText }) => sum + newText.length - (end - start),
      0,
    );
    return { start: put.start + grown, end: put.start + grown + put.newText.length };
  });
  const gone = new Cuts([...cuts, ...puts]);
  return areEqual(getShape(draft, gone), getShape(after, new Cuts(places)))
    ? { after, places }
    : undefined;
}

/**
 * Whether a cut leaves a heading, a summary or a caption above nothing, or a numbered list that begins with another
 * number. The rest is still well formed, so such a cut may be offered, but not made unless chosen.
 */
export function leavesOrphan(draft: Draft, cuts: readonly Span[]): boolean {
  const cut = new Cuts(cuts);
  return cut.spans.some(
    (span) =>
      leavesHeading(draft, cut, span) ||
      leavesCaption(draft, cut, span) ||
      containersIn(draft).some(
        ({ number, start, end }) =>
          number !== undefined && span.start <= start && start < span.end && span.end < end,
      ),
  );
}

/** Whether the heading before a cut has nothing below it any more. */
function leavesHeading(draft: Draft, cuts: Cuts, span: Span): boolean {
  const { blocks, starts } = draft;
  const isLeft = (index: number): boolean => {
    const block = blocks[index];
    const start = starts[index] ?? 0;
    return (
      block !== undefined &&
      !draft.format.markup.isPairedMarkup(block) &&
      cuts.of({ start, end: start + block.source.length }) !== "all"
    );
  };
  let above = blockAt(draft, span.start);
  while (above >= 0 && !isLeft(above)) above--;
  const heading = blocks[above];
  if (heading?.kind !== "heading") return false;
  let below = above + 1;
  while (below < blocks.length && !isLeft(below)) below++;
  const next = blocks[below];
  return next === undefined || (next.kind === "heading" && next.level <= heading.level);
}

/** Whether only a summary, a caption, a heading or the like is left in the tags around a cut. */
function leavesCaption(draft: Draft, cuts: Cuts, span: Span): boolean {
  const closers = new Map<number, Half>();
  let opener: Half | undefined;
  for (const half of pairsIn(draft)) {
    if (half.role === "closes" && half.start >= span.end) closers.set(half.group, half);
  }
  for (const half of pairsIn(draft)) {
    if (half.start >= span.start) break;
    if (half.role === "opens" && half.end <= span.start && closers.has(half.group)) opener = half;
  }
  const closer = opener && closers.get(opener.group);
  if (opener === undefined || closer === undefined) return false;
  let left = "";
  let at = opener.end;
  for (const { start, end } of cuts.spans) {
    if (end <= at || start >= closer.start) continue;
    left += draft.text.slice(at, Math.max(at, start));
    at = end;
  }
  return isOnlyCaption(left + draft.text.slice(at, Math.max(at, closer.start)));
}

function edited(draft: Draft, edits: readonly Edit[]): Draft {
  return draft.format.parse(applyEdits(draft.text, edits), draft);
}

function areEqual(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((token, index) => token === other[index]);
}

// ── Pairs ─────────────────────────────────────────────────────────────────────────────────────────

/** Whether both halves of each pair stay or both go, and none stays around nothing. */
function keepsPairs(draft: Draft, cuts: Cuts): boolean {
  const goes = new Map<number, boolean>();
  const ends = new Map<number, number>();
  for (const half of pairsIn(draft)) {
    if (half.end === half.start) {
      // If an end is not written, the whole element goes with its start tag.
      const from = ends.get(half.group);
      const to = spaceBefore(draft.text, half.start);
      const isGone = goes.get(half.group) === true;
      if (isGone && from !== undefined && to > from) {
        if (cuts.of({ start: from, end: to }) !== "all") return false;
      }
      continue;
    }
    const much = cuts.of(half);
    if (much === "some") return false;
    const isGone = goes.get(half.group);
    if (isGone !== undefined && isGone !== (much === "all")) return false;
    goes.set(half.group, much === "all");
    ends.set(half.group, half.end);
  }
  return emptiedPair(draft, cuts) === undefined;
}

// ── Blocks ────────────────────────────────────────────────────────────────────────────────────────

/** Whether no code, comment or the like is cut in two. Tags of a directive may stay. */
function keepsBlocksWhole(draft: Draft, cuts: Cuts): boolean {
  return draft.blocks.every((block, index) => {
    if (holdsProse(block) || block.kind === "directive" || block.kind === "empty-item") return true;
    const start = draft.starts[index] ?? 0;
    return cuts.of({ start, end: start + block.source.length }) !== "some";
  });
}

const WORD = /[\p{L}\p{N}\p{M}\uD800-\uDFFF\uFFFC]/u;

/** Whether a unit of prose is part of a word, or represents one. */
export function isWordUnit(unit: string): boolean {
  return unit === MASK || WORD.test(unit);
}

/** Whether the words in a span go, and no others. */
function takesTheWords(draft: Draft, cuts: Cuts, span: Span): boolean {
  const { markup } = draft.format;
  for (const [index, block] of draft.blocks.entries()) {
    const start = draft.starts[index] ?? 0;
    const end = blockEnd(draft, index);
    const much = cuts.of({ start, end });
    const isOut = end <= span.start || start >= span.end;
    if (!holdsProse(block)) {
      // Besides the words, only a meaningless frame goes.
      const isFrame = markup.isPairedMarkup(block) || markup.getLabel(block) === "plain";
      if (isOut && much !== "none" && !isFrame) return false;
      continue;
    }
    if (isOut && much === "none") continue;
    if (!isOut && much === "all" && start >= span.start && end <= span.end) continue;
    const { prose } = block;
    for (let at = 0; at < prose.text.length; at++) {
      if (!isWordUnit(prose.text.charAt(at))) continue;
      const inBlock = sourceSpan(prose, { start: at, end: at + 1 });
      const unit = { start: start + inBlock.start, end: start + inBlock.end };
      const goes = cuts.of(unit);
      if (goes === "some") return false;
      const isIn = unit.start >= span.start && unit.end <= span.end;
      if (isIn !== (goes === "all")) return false;
    }
  }
  return true;
}
