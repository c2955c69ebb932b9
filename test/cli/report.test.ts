import { expect, test } from "vitest";
import {
  counted,
  countFindings,
  countsInWords,
  uncheckedNote,
  countWords,
} from "../../server/src/cli/report.ts";
import { findingMadeUp, reportMadeUp } from "./reports.ts";
import { say } from "../../server/src/text/wording.ts";

test.each([
  [0, "0 words"],
  [1, "1 word"],
  [2, "2 words"],
  [1200, "1,200 words"],
])("%i: %s", (count, text) => {
  expect(counted(count, "word")).toBe(text);
});

test("a plural may be its own word", () => {
  expect([1, 2].map((count) => counted(count, "entry", "entries"))).toEqual([
    "1 entry",
    "2 entries",
  ]);
});

test("findings and words are summed over all drafts", () => {
  const findings = [findingMadeUp("warning"), findingMadeUp("hint")];
  const report = reportMadeUp([
    { path: "a.md", words: 3, findings },
    { path: "b.md", words: 4, findings: [findingMadeUp("warning")] },
  ]);
  expect([
    countFindings(report),
    countFindings(report, "warning"),
    countFindings(report, "error"),
  ]).toEqual([3, 2, 0]);
  expect(countWords(report)).toBe(7);
  expect([countFindings(reportMadeUp([])), countWords(reportMadeUp([]))]).toEqual([0, 0]);
});

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

test("files that were left out are noted, unless they are listed", () => {
  expect(uncheckedNote(reportMadeUp([], { unchecked: 0 }))).toBeUndefined();
  const note = (unchecked: number): string | undefined => {
    const words = uncheckedNote(reportMadeUp([], { unchecked }));
    return words && say(words);
  };
  expect(note(1)).toMatch(/^1 file was not checked/);
  expect(note(2)).toMatch(/^2 files were not checked/);
  expect(uncheckedNote(reportMadeUp([], { unchecked: 2, skipped: [] }))).toBeUndefined();
});
