import type { Report } from "./report.ts";
import type { ReportedFinding } from "./reported.ts";
import { visible, visiblePath, visibleProse } from "./visible.ts";

/** The report for printing: control characters and build-log commands in its texts are made visible. */
export function shownReport(report: Report): Report {
  return {
    ...report,
    since: report.since === undefined ? undefined : visibleProse(report.since),
    files: report.files.map(({ path, words, findings }) => ({
      path: visiblePath(path),
      words,
      findings: findings.map(shownFinding),
    })),
    problems: report.problems.map(({ path, message, fatal }) => ({
      path: visiblePath(path),
      message: visibleProse(message),
      fatal,
    })),
    skipped: report.skipped?.map(({ path, reason }) => ({
      path: visiblePath(path),
      reason: visibleProse(reason),
    })),
  };
}

function shownFinding(finding: ReportedFinding): ReportedFinding {
  const { before, marked, after } = finding.excerpt;
  return {
    ...finding,
    rule: visible(finding.rule),
    message: visibleProse(finding.message),
    related: finding.related.map(({ path, range, message }) => ({
      ...(path === undefined ? {} : { path: visiblePath(path) }),
      range,
      message: visibleProse(message),
    })),
    ...(finding.restored === undefined ? {} : { restored: finding.restored.map(visibleProse) }),
    fixes: finding.fixes.map((fix) => ({
      ...fix,
      title: visibleProse(fix.title),
      edits: fix.edits.map((edit) => ({ ...edit, newText: visible(edit.newText) })),
    })),
    excerpt: {
      before: shownExcerpt(before),
      marked: shownExcerpt(marked),
      after: shownExcerpt(after),
    },
  };
}

function shownExcerpt(text: string): string {
  return visible(text.replaceAll("\t", "    "));
}
