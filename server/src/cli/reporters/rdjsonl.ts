import type { Severity } from "../../draft/finding.ts";
import type { Report } from "../report.ts";
import type { Range, ReportedFinding, Utf8Columns } from "../reported.ts";
import type { Reporter } from "./reporter.ts";
import { type Located, located } from "./support/gravest.ts";

/**
 * Reviewdog's diagnostics, one a line. Lines and columns count from 1, columns in bytes of UTF-8.
 * https://github.com/reviewdog/reviewdog/tree/master/proto/rdf
 */
export const rdjsonl: Reporter = {
  name: "rdjsonl",
  summary: "for reviewdog: one diagnostic a line, with suggestions",
  syntax: "json",
  reportedFixes: "all",
  says: { fixes: false, emptiness: false, skipped: false, problems: false },
  report,
};

const SEVERITIES: Readonly<Record<Severity, string>> = {
  error: "ERROR",
  warning: "WARNING",
  information: "INFO",
  hint: "INFO",
};

function report(report: Report): string {
  return located(report)
    .map((one) => `${JSON.stringify(diagnostic(one))}\n`)
    .join("");
}

function diagnostic({ path, finding }: Located): object {
  return {
    message: finding.message,
    location: { path, range: toRdRange(finding.range, finding.columns) },
    severity: SEVERITIES[finding.severity],
    source: { name: "galley" },
    code: { value: finding.rule },
    suggestions: finding.fixes.flatMap(suggestion),
    // The bytes of another place's line are not known here: a line is enough to find it.
    relatedLocations: finding.related.map((place) => ({
      message: place.message,
      location: {
        path: place.path ?? path,
        range: {
          start: { line: place.range.start.line + 1 },
          end: { line: place.range.end.line + 1 },
        },
      },
    })),
  };
}

/** A suggestion is one edit, taken by itself: a fix of several can’t be one, as half of it would do damage. */
function suggestion({ edits }: ReportedFinding["fixes"][number]): object[] {
  const [edit, ...more] = edits;
  if (edit?.columns === undefined || more.length > 0) return [];
  return [{ range: toRdRange(edit.range, edit.columns), text: edit.newText }];
}

function toRdRange({ start, end }: Range, columns: Utf8Columns): object {
  return {
    start: { line: start.line + 1, column: columns.start + 1 },
    end: { line: end.line + 1, column: columns.end + 1 },
  };
}
