import type { Report } from "./finding.ts";
import { shifted } from "../text/span.ts";

/** A report moved by `by` UTF-16 units, with everything in it that is about the same draft. */
export function shiftedReport<T extends Report>(report: T, by: number): T {
  if (by === 0) return report;
  return {
    ...report,
    start: report.start + by,
    end: report.end + by,
    ...(report.openSpan === undefined ? {} : { openSpan: shifted(report.openSpan, by) }),
    ...(report.related === undefined
      ? {}
      : {
          related: report.related.map((place) =>
            place.uri === undefined ? shifted(place, by) : place,
          ),
        }),
    ...(report.fixes === undefined
      ? {}
      : {
          fixes: report.fixes.map((fix) =>
            fix.uri === undefined
              ? { ...fix, edits: fix.edits.map((edit) => shifted(edit, by)) }
              : fix,
          ),
        }),
  };
}
