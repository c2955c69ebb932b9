import { expect, test } from "vitest";
import { countsInWords, uncheckedNotes } from "../../server/src/cli/report.ts";
import type { FileKind } from "../../server/src/settings/include-kind.ts";
import { findingMadeUp, reportMadeUp } from "./reports.ts";
import { say } from "../../server/src/text/wording.ts";

test.each([
  [["information"], "1 finding"],
  [["information", "hint"], "1 finding, 1 hint"],
  [["information", "warning", "information"], "1 warning, 2 other findings"],
  [["error", "information"], "1 error, 1 other finding"],
  [[], undefined],
] as const)("%j in words", (severities, words) => {
  const findings = severities.map((severity) => findingMadeUp(severity));
  const counts = countsInWords(reportMadeUp([{ path: "a.md", words: 3, findings }]));
  expect(counts && say(counts)).toBe(words);
});

const HTML: FileKind = { name: "HTML", pattern: "**/*.html" };

test("files that were left out are mentioned, unless they are listed", () => {
  const notes = (...of: Parameters<typeof reportMadeUp>): string[] =>
    uncheckedNotes(reportMadeUp(...of)).map((words) => say(words));
  expect(notes([], { unchecked: 0 })).toEqual([]);
  expect(notes([], { unchecked: 1 })).toEqual([expect.stringMatching(/^1 file was not checked/)]);
  expect(notes([], { unchecked: 2 })).toEqual([expect.stringMatching(/^2 files were not checked/)]);
  expect(notes([], { unchecked: 2, unasked: [HTML], skipped: [] })).toEqual([]);
  const draft = { path: "a.md", words: 3, findings: [] };
  expect(notes([draft], { unchecked: 0, unasked: [HTML] })).toEqual([]);
});

test("if there are no drafts, files that are not included are mentioned, with how to include them", () => {
  const notes = (...unasked: FileKind[]): string[] =>
    uncheckedNotes(reportMadeUp([], { unasked })).map((words) => say(words));
  const other = { name: "HTML", pattern: "**/*.HTM" };
  expect(notes(HTML, other, HTML)).toEqual([
    '2 HTML files were not read: "include": ["**/*.html"] in .galley.json reads them.',
    '1 HTML file was not read: "include": ["**/*.HTM"] in .galley.json reads such files.',
  ]);
});
