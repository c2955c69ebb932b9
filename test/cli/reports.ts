import type { FileReport, Report } from "../../server/src/cli/report.ts";
import type { Range, ReportedFinding, ReportedFix } from "../../server/src/cli/reported.ts";
import type { Severity } from "../../server/src/draft/finding.ts";

/** A finding about “the” in “The the end.”, the first line of its draft. */
export function findingMadeUp(
  severity: Severity,
  more: Partial<ReportedFinding> = {},
): ReportedFinding {
  return {
    rule: "some-rule",
    severity,
    message: "Something is wrong.",
    start: 4,
    end: 7,
    range: { start: { line: 0, character: 4 }, end: { line: 0, character: 7 } },
    related: [],
    fixes: [],
    excerpt: { before: "The ", marked: "the", after: " end." },
    firstLineEnd: 12,
    digest: "0a1b2c3d",
    ...more,
  };
}

/** A safe fix that replaces a range with a text, which may be empty. */
export function fixMadeUp(range: Range, newText = "", title = "Delete"): ReportedFix {
  return { title, safe: true, edits: [{ start: 0, end: 1, range, newText }] };
}

/** A report of these drafts and nothing but the given parts. */
export function reportMadeUp(files: readonly FileReport[], more: Partial<Report> = {}): Report {
  return {
    files,
    problems: [],
    skipped: undefined,
    unchecked: 0,
    fixes: [],
    fixable: 0,
    hiddenHints: 0,
    listed: 0,
    boilerplate: 0,
    seconds: 1.5,
    ...more,
  };
}
