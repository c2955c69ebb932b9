import { expect, test } from "vitest";
import { shownReport } from "../../server/src/cli/shown-report.ts";
import type { Report } from "../../server/src/cli/report.ts";
import { findingMadeUp, reportMadeUp } from "./reports.ts";

const RANGE = { start: { line: 0, character: 0 }, end: { line: 0, character: 1 } };

/** A report in which each text that may be somebody else's is the same one. */
function reportOf(text: string): Report {
  const finding = findingMadeUp("warning", {
    rule: text,
    message: text,
    excerpt: { before: text, marked: text, after: text },
    related: [{ path: text, range: RANGE, message: text }],
    fixes: [{ title: text, safe: true, edits: [{ range: RANGE, newText: text }] }],
    restored: [text],
  });
  return reportMadeUp([{ path: text, words: 1, findings: [finding] }], {
    since: text,
    problems: [{ path: text, message: text, fatal: false }],
    skipped: [{ path: text, reason: text }],
  });
}

test("no text in it commands a terminal or a build log", () => {
  for (const hostile of ["a\u001B[2J", "a\r\u0008b", "\u202Ea", "a\u009B2J"]) {
    expect(JSON.stringify(shownReport(reportOf(hostile)))).not.toMatch(
      /[\u001B\u0008\u009B\u202E]|\\u001b|\\b/,
    );
  }
});

test("harmless texts stay as they are, and so do numbers and places", () => {
  const report = reportOf("The bridge is “open”.");
  expect(shownReport(report)).toEqual(report);
});

test("what is not given is not made up", () => {
  const report = reportMadeUp([{ path: "a.md", words: 1, findings: [findingMadeUp("hint")] }]);
  expect(shownReport(report)).toEqual({ ...report, since: undefined, skipped: undefined });
});

test("tabs are as wide in an excerpt as its marks below it are", () => {
  const [file] = shownReport(reportOf("\ta")).files;
  expect(file?.findings[0]?.excerpt.before).toBe("    a");
});
