import type { Draft } from "../draft/draft.ts";
import type { Half } from "../draft/markup.ts";
import { pairsIn } from "../formats/structure/pairs.ts";
import { lineStart } from "../text/lines.ts";
import { partitionPointBy } from "../text/search.ts";
import type { Span } from "../text/span.ts";

/** Spans that are removed from a text, in UTF-16 units. */
export class Cuts {
  /** In order. */
  readonly spans: readonly Span[];

  constructor(spans: readonly Span[]) {
    this.spans = [...spans].sort((a, b) => a.start - b.start || a.end - b.end);
  }

  /** The first cut that ends after a place. */
  #after(at: number): Span | undefined {
    return this.spans[partitionPointBy(this.spans, ({ end }) => end <= at)];
  }

  /** Whether all of a stretch goes, some of it, or none. */
  of({ start, end }: Span): "all" | "some" | "none" {
    const cut = this.#after(start);
    if (cut === undefined || cut.start >= Math.max(end, start + 1)) return "none";
    return cut.start <= start && end <= cut.end ? "all" : "some";
  }
}

export const NO_CUTS = new Cuts([]);

/**
 * The first two halves of a pair that the cuts leave with nothing between them. Pairs that were empty before don't
 * count.
 */
export function emptiedPair(
  draft: Draft,
  cuts: Cuts,
): readonly [opener: Half, closer: Half] | undefined {
  const gaps = findGaps(draft, cuts);
  const gapAt = (at: number): Span | undefined => {
    const gap = gaps[partitionPointBy(gaps, ({ start }) => start <= at) - 1];
    return gap !== undefined && at <= gap.end ? gap : undefined;
  };
  const gone = new Set<number>();
  const openers = new Map<number, Half>();
  for (const half of pairsIn(draft)) {
    const isWritten = half.end > half.start;
    if (isWritten && cuts.of(half) === "all") gone.add(half.group);
    if (gone.has(half.group)) continue;
    const opener = openers.get(half.group);
    if (opener !== undefined && opener.end < half.start) {
      const gap = gapAt(opener.end);
      const between = { start: opener.end, end: half.start };
      if (gap !== undefined && gap === gapAt(half.start) && cuts.of(between) !== "none") {
        return [opener, half];
      }
    }
    openers.set(half.group, half);
  }
  return undefined;
}

/**
 * The stretches in which nothing is left: cuts, with the white space around them and the marks of the lines they begin
 * on, since a mark alone means nothing. In order, and separate.
 */
function findGaps(draft: Draft, cuts: Cuts): readonly Span[] {
  const gaps: Span[] = [];
  for (const cut of cuts.spans) {
    const gap = {
      start: marginBefore(draft.text, cut.start),
      end: spaceAfter(draft.text, cut.end),
    };
    const last = gaps.at(-1);
    if (last === undefined || gap.start > last.end) gaps.push(gap);
    else gaps[gaps.length - 1] = { start: last.start, end: Math.max(last.end, gap.end) };
  }
  return gaps;
}

/** With more units before a place on its line there is no margin: a line may be as long as a draft, with many cuts. */
const LONGEST_MARGIN = 200;

/** The start of a place's line, including the space before it, if only marks and white space come before the place. */
function marginBefore(text: string, at: number): number {
  const from = Math.max(0, at - LONGEST_MARGIN);
  const near = text.slice(from, at);
  const start = lineStart(near, near.length);
  const isWhole = start > 0 || from === 0;
  return spaceBefore(text, isWhole && isMargin(near.slice(start)) ? from + start : at);
}

/** Whether a line has only the marks of lists, tables and quotations before a place on it. */
export function isMargin(before: string): boolean {
  return /^ ?(?:(?:[-*+•‣◦▪●]|\d{1,9}[.)]|[a-z]\)|:) )*(?:\[[ xX]\] )?\|? ?$/.test(
    before.replace(/[\s>]+/g, " "),
  );
}

/** White space between words and lines. A form feed does not count: it begins a page. */
const SPACE = /[^\S\f]/;

/** The start of the white space before a place, including quotation marks of quotations at line starts. */
export function spaceBefore(text: string, from: number): number {
  let at = from;
  for (;;) {
    while (at > 0 && SPACE.test(text.charAt(at - 1))) at--;
    if (text.charAt(at - 1) !== ">") return at;
    let start = at;
    while (start > 0 && /[ \t>]/.test(text.charAt(start - 1))) start--;
    if (start > 0 && !/[\r\n]/.test(text.charAt(start - 1))) return at;
    at = start;
  }
}

/** The end of the white space after a place, including quotation marks of quotations at line starts. */
export function spaceAfter(text: string, from: number): number {
  let at = from;
  let fresh = from === 0 || /[\r\n]/.test(text.charAt(from - 1));
  while (at < text.length) {
    const char = text.charAt(at);
    if (char === "\n" || char === "\r") fresh = true;
    else if (char === ">" ? !fresh : !SPACE.test(char)) break;
    at++;
  }
  return at;
}
