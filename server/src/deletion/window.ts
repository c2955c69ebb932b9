import { memoizeOn } from "../draft/incremental/memoize.ts";
import { type Block, blockAt, blockEnd, type Draft } from "../draft/draft.ts";
import type { Half } from "../draft/markup.ts";
import { pairsIn } from "../formats/structure/pairs.ts";
import { isSameBlock } from "../formats/support/reread.ts";
import { lineStart } from "../text/lines.ts";
import { partitionPoint } from "../text/search.ts";
import type { Span } from "../text/span.ts";

/** A part of a draft, read on its own. `offset` is its place in the draft, in UTF-16 units. */
export interface Window {
  readonly draft: Draft;
  readonly offset: number;
}

/** How many blocks on each side are included: what goes wrong with a passage shows in its neighbours. */
const MARGIN = 4;

/** A window that would be larger than this share of its draft is not worth reading. */
const WORTH = 0.5;

/**
 * The blocks around a span as a draft of their own, so that questions about the span cost only its surroundings, not
 * the whole draft. It cuts no pair in two, and reads as it does in the draft: the same blocks with the same words. If
 * no smaller part does, it is the draft itself.
 */
export function windowAround(draft: Draft, span: Span): Window {
  const whole = { draft, offset: 0 };
  const { text, blocks } = draft;
  let first = Math.max(0, blockAt(draft, span.start) - MARGIN);
  let last = Math.min(
    blocks.length - 1,
    blockAt(draft, Math.max(span.start, span.end - 1)) + MARGIN,
  );
  const partners = partnersIn(draft);
  // It grows until it cuts no pair. Each round adds blocks, so it ends.
  for (;;) {
    const start = windowStart(draft, first);
    const end = windowEnd(draft, last);
    if (end - start > WORTH * text.length) return whole;
    const [from, to] = partners.extent(start, end);
    if (from >= start && to <= end) {
      const part = draft.format.parse(text.slice(start, end));
      return isAlike(part, blocks, first, last) ? { draft: part, offset: start } : whole;
    }
    if (from < start) first = Math.min(first - 1, Math.max(0, blockAt(draft, from)));
    if (to > end) last = Math.max(last + 1, blockAt(draft, to - 1));
    if (first < 0 || last >= blocks.length) return whole;
  }
}

/** Whether a part has the blocks of the draft from `first` to `last`. What comes before them is not compared. */
function isAlike(part: Draft, blocks: readonly Block[], first: number, last: number): boolean {
  if (part.blocks.length !== last - first + 1) return false;
  const alone = (block?: Block): Block | undefined => block && { ...block, continues: false };
  return part.blocks.every((block, index) =>
    isSameBlock(alone(block), alone(blocks[first + index])),
  );
}

/** The start of a window by its first block: that of its line, or the end of the tags before it. */
function windowStart(draft: Draft, index: number): number {
  if (index === 0) return 0;
  const start = draft.starts[index] ?? 0;
  const previousEnd = blockEnd(draft, index - 1);
  if (draft.format.markup.blocksOwnLines) {
    const line = lineStart(draft.text, start);
    return line < previousEnd ? start : line;
  }
  let at = previousEnd;
  for (const half of halvesBetween(pairsIn(draft), previousEnd, start)) {
    if (half.role === "opens") break;
    at = half.end;
  }
  return at;
}

function windowEnd(draft: Draft, index: number): number {
  const next = draft.starts[index + 1];
  if (next === undefined) return draft.text.length;
  return windowStart(draft, index + 1);
}

function* halvesBetween(halves: readonly Half[], from: number, to: number): Generator<Half> {
  const first = partitionPoint(0, halves.length, (at) => (halves[at]?.start ?? 0) < from);
  for (let at = first; at < halves.length; at++) {
    const half = halves[at];
    if (half === undefined || half.start >= to) return;
    yield half;
  }
}

/** The pairs of a draft, for looking up how far those with a half in a stretch extend. */
export interface Partners {
  /** The smallest start and the largest end of the pairs with a half in the stretch. */
  extent(start: number, end: number): readonly [from: number, to: number];
}

export function partnersIn(draft: Draft): Partners {
  const halves = pairsIn(draft);
  const spans = pairSpans(halves);
  return {
    extent: (start, end) => {
      let from = start;
      let to = end;
      for (const half of halvesBetween(halves, start, end)) {
        const span = spans.get(half.group);
        if (span === undefined) continue;
        from = Math.min(from, span.start);
        to = Math.max(to, span.end);
      }
      return [from, to];
    },
  };
}

/** How far each pair extends, by its group. */
const pairSpans = memoizeOn<readonly Half[]>()((halves): ReadonlyMap<number, Span> => {
  const spans = new Map<number, { start: number; end: number }>();
  for (const { group, start, end } of halves) {
    const span = spans.get(group);
    if (span === undefined) spans.set(group, { start, end });
    else {
      span.start = Math.min(span.start, start);
      span.end = Math.max(span.end, end);
    }
  }
  return spans;
});
