/*
 * text/: facts about text, and nothing else. It knows no draft, format or rule.
 *
 * Offsets are UTF-16 units, here and everywhere else. Lines and columns (`lines.ts`) are only for the protocol and for
 * reports. Text is compared in composed form, NFC (`composed.ts`), so that no letter has two spellings.
 */

/** A stretch of text: `start` is its first UTF-16 unit, `end` the one after its last. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** The span moved by `by` UTF-16 units; other fields of the object stay. */
export function shifted<T extends Span>(span: T, by: number): T {
  return by === 0 ? span : { ...span, start: span.start + by, end: span.end + by };
}

export function overlaps(a: Span, b: Span): boolean {
  return a.start < b.end && b.start < a.end;
}

/** The places of what `matchAll` has found. */
export function matchSpans(matches: Iterable<RegExpExecArray>): Span[] {
  return Array.from(matches, ({ 0: { length }, index }) => ({
    start: index,
    end: index + length,
  }));
}

/** Whether a span lies within another, and may end where it ends. */
export function within(inner: Span, outer: Span): boolean {
  return inner.start >= outer.start && inner.end <= outer.end;
}
