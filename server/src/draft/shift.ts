import type { Report } from "./finding.ts";
import { shifted, type Span } from "../text/span.ts";

/** A report moved by `by` UTF-16 units, with everything in it that refers to the same draft. */
export function shiftedReport<T extends Report>(report: T, by: number): T {
  return by === 0 ? report : movedReport(report, (span) => shifted(span, by));
}

/** A report in which `move` has moved every span that refers to the same draft. */
export function movedReport<T extends Report>(report: T, move: <S extends Span>(span: S) => S): T {
  const { openSpan, related, fixes } = report;
  return {
    ...move(report),
    ...(openSpan && { openSpan: move(openSpan) }),
    ...(related && {
      related: related.map((place) => (place.uri === undefined ? move(place) : place)),
    }),
    ...(fixes && {
      fixes: fixes.map((fix) =>
        fix.uri === undefined ? { ...fix, edits: fix.edits.map(move) } : fix,
      ),
    }),
  };
}
