import fc from "fast-check";
import { createColors } from "picocolors";
import stringWidth from "string-width";
import { describe, expect, test } from "vitest";
import { pretty } from "../../../server/src/cli/reporters/pretty.ts";
import { getColumns } from "../../../server/src/cli/reporters/support/columns.ts";
import { write } from "../../../server/src/cli/reporters/index.ts";
import type { Report } from "../../../server/src/cli/report.ts";
import { runs } from "../../support/property.ts";
import { findingMadeUp, reportMadeUp } from "../reports.ts";
import { place, RIGHT, WRONG } from "../support.ts";
import { wording } from "../../../server/src/text/wording.ts";

/* The report for readers on terminals of any width. */

/** The columns, and whether it is a terminal: from COLUMNS or else the terminal, and none for a pipe. */
test.each([
  [undefined, true, 72, 72],
  [undefined, false, 72, undefined],
  [undefined, true, undefined, undefined],
  [undefined, true, 0, undefined],
  ["40", true, 72, 40],
  ["40", false, undefined, 40],
  ["1", false, undefined, 20],
  ["0", true, 72, 72],
  ["", false, undefined, undefined],
  ["4x", false, undefined, undefined],
  ["-40", true, 72, 72],
])("with COLUMNS=%s, a terminal (%s) of %s columns has %s", (said, isTTY, own, expected) => {
  const screen = { isTTY, ...(own !== undefined && { columns: own }) };
  expect(getColumns(screen, said === undefined ? {} : { COLUMNS: said })).toBe(expected);
});

/** Text that takes no column, one, or two, some of it of several characters that the marked span may cut. */
const LETTERS = [
  "a",
  " ",
  "\t",
  "e\u0301",
  "\u0301",
  "語",
  "ﾞ",
  "한",
  "👩‍👧",
  "\u200D",
  "🇩🇪",
  "❤\uFE0F",
  "1\uFE0F\u20E3",
];
const units = fc.string({
  unit: fc.constantFrom(...LETTERS.flatMap((one) => [one, ...Array.from(one)])),
  maxLength: 30,
});
const words = fc.string({
  unit: fc.constantFrom("a", "語", " ", "e\u0301", "x/y", "::error::"),
  maxLength: 120,
});

const finding = fc
  .record({
    message: words,
    line: fc.constantFrom(0, 99, 123_456),
    excerpt: fc.record({ before: units, marked: units, after: units }),
    path: fc.option(words, { nil: undefined }),
    restored: fc.array(words, { maxLength: 1 }),
  })
  .map(({ message, line, excerpt, path, restored }) => {
    const range = { start: { line, character: 0 }, end: { line, character: 1 } };
    const related = [{ ...(path !== undefined && { path }), range, message }];
    return findingMadeUp("warning", { message, range, excerpt, related, restored });
  });

const anyReport: fc.Arbitrary<Report> = fc
  .record({
    findings: fc.array(finding, { maxLength: 3 }),
    // From this number on there is an overview.
    times: fc.constantFrom(1, 20),
    path: words,
    fixes: fc.array(
      fc.record({
        path: words,
        line: fc.nat(),
        rule: words,
        what: words.map((text) => wording("{0}", text)),
      }),
    ),
    since: fc.option(words, { nil: undefined }),
    counts: fc.nat(2),
  })
  .map(({ findings, times, path, fixes, since, counts }) =>
    reportMadeUp(
      [{ path, words: 1, findings: Array.from({ length: times }, () => findings).flat() }],
      {
        ...{ fixes, since, fixable: counts, hiddenHints: counts, unchecked: counts },
        skipped: counts === 2 ? [{ path, reason: path }] : undefined,
      },
    ),
  );

const colors = createColors(true);

/** The lines of each excerpt, without the line's number: text before the mark, the mark, and what points at it. */
function excerptsIn(lines: readonly string[]): string[][] {
  return lines.flatMap((line, at) => {
    const [, before, marked] = /│\u001B\[22m (.*?)\u001B\[33m(.*?)\u001B\[39m/.exec(line) ?? [];
    const [, blank, marks] =
      /│\u001B\[22m ( *)\u001B\[33m(\^+)\u001B\[39m$/.exec(lines[at + 1] ?? "") ?? [];
    if (before === undefined || marked === undefined || /^\^+$/.test(marked)) return [];
    return [[before, marked, blank ?? "none", marks ?? "none"]];
  });
}

describe("no line is wider than the terminal, and each mark points at its words", () => {
  test("in any report", () => {
    const counts = { cut: 0, whole: 0 };
    fc.assert(
      fc.property(anyReport, fc.constantFrom(undefined, 20, 21, 40, 80), (report, columns) => {
        const text = write(pretty, report, { colors, columns });
        const lines = text.split("\n");
        for (const line of lines) {
          expect(stringWidth(line)).toBeLessThanOrEqual(columns ?? Infinity);
          // A wrapped line never begins with a command to a CI runner.
          expect(line).not.toMatch(/^\s*::/);
        }
        const shown = excerptsIn(lines);
        expect(shown).toHaveLength(report.files[0]?.findings.length ?? 0);
        for (const [before = "", marked = "", blank = "", marks = ""] of shown) {
          expect(blank).toBe(" ".repeat(stringWidth(before)));
          expect(marks).toBe("^".repeat(Math.max(1, stringWidth(marked))));
          counts[before.includes("…") || marked.includes("…") ? "cut" : "whole"]++;
        }
      }),
      runs(60),
    );
    expect(Math.min(counts.cut, counts.whole)).toBeGreaterThan(10);
  });

  test("words are kept whole, and continued lines are indented", () => {
    const message =
      "“The council met on the the Monday”: the same word twice in a row. Delete one.";
    const before = "On the evening before the feast the council met on ";
    const excerpt = { before, marked: "the the", after: " Monday, and went home early…" };
    const findings = [findingMadeUp("warning", { message, excerpt })];
    const report = reportMadeUp([{ path: "a.md", words: 3, findings }]);
    const text = write(pretty, report, { colors: createColors(false), columns: 40 });
    expect(text).toBe(
      [
        "a.md",
        "  1:5  warning  “The council met on",
        "    the the Monday”: the same word twice",
        "    in a row. Delete one.  some-rule",
        "    1 │ …council met on the the Monday,…",
        "      │                 ^^^^^^^",
        "",
        "1 warning in 1 draft, 3 words, 1.50 s.",
        "",
      ].join("\n"),
    );
  });
});

const LONG = `${RIGHT.trim()} ${"The ferry was late again that day. ".repeat(9)}${WRONG}`;

test("the command line takes the width from COLUMNS, and does not wrap for a pipe or a file", async () => {
  const files = { "a.md": LONG };
  const widest = (text: string): number =>
    Math.max(...text.split("\n").map((line) => stringWidth(line)));
  const narrow = place(files, "", { COLUMNS: "40" });
  const ran = await narrow.galley("check", "--format=pretty", "--format=compact=report.txt");
  expect(widest(ran.out)).toBeLessThanOrEqual(40);
  expect(widest(narrow.read("report.txt"))).toBeGreaterThan(90);
  expect(widest((await place(files).galley("check")).out)).toBeGreaterThan(90);
});

test("the path of a copy in another draft is printed once, next to its place", async () => {
  // Shorter drafts that are the same may be meant to be.
  const passage = [
    RIGHT.trim(),
    "The ferry was late again that day, and the mayor waited for it on the quay.",
    "Nobody could say whether the new boat would ever come, and the harbour office had closed at noon.",
    "A cook from the inn by the water brought soup for those who had stayed until the evening.\n",
  ].join(" ");
  const at = place({ "long/path/one.md": passage, "long/path/two.md": `# Two\n\n${passage}` });
  const { out } = await at.galley("check", "--hints");
  expect(out).toMatch(/^ {6}╰ long\/path\/\w+\.md:\d+:1  The other (?:copy|draft)$/m);
});
