import { createColors } from "picocolors";
import { describe, expect, test } from "vitest";
import type { FileReport, Report } from "../../server/src/cli/report.ts";
import { REPORTERS, write } from "../../server/src/cli/reporters/index.ts";
import { compact } from "../../server/src/cli/reporters/compact.ts";
import { json } from "../../server/src/cli/reporters/json.ts";
import { pretty } from "../../server/src/cli/reporters/pretty.ts";
import type { Reporter } from "../../server/src/cli/reporters/reporter.ts";
import type { ReportedFinding } from "../../server/src/cli/reported.ts";
import type { Severity } from "../../server/src/draft/finding.ts";
import { findingMadeUp, fixMadeUp, reportMadeUp } from "./reports.ts";
import { place, WRONG } from "./support.ts";
import { wording } from "../../server/src/text/wording.ts";

const plain = createColors(false);

function reportedFinding(
  severity: Severity,
  line: number,
  more: Partial<ReportedFinding> = {},
): ReportedFinding {
  return findingMadeUp(severity, {
    message: `Something on line ${line + 1}.`,
    range: { start: { line, character: 4 }, end: { line, character: 7 } },
    ...more,
  });
}

function reportOf(files: readonly FileReport[], more: Partial<Report> = {}): Report {
  return reportMadeUp(files, { seconds: 1.23456, ...more });
}

function written(reporter: Reporter, report: Report): string {
  return write(reporter, report, { colors: plain });
}

const MADE = { path: "a.md", line: 6, rule: "some-rule", what: wording("took out “the”") };

const TWO: readonly FileReport[] = [
  {
    path: "a.md",
    words: 1200,
    findings: [reportedFinding("warning", 0), reportedFinding("hint", 2)],
  },
  { path: "b.md", words: 1, findings: [] },
];

test("every reporter is in the list, with its own name and summary", async () => {
  const names = REPORTERS.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
  const { galley } = place({ "a.md": WRONG });
  const { out } = await galley("check", "--help");
  const oneLine = out.replace(/\s+/g, " ");
  for (const { name, summary } of REPORTERS) {
    expect(name).toMatch(/^[a-z]+(?:-[a-z]+)*$/);
    expect(out).toMatch(new RegExp(`^  ${name} +\\S`, "m"));
    expect(oneLine).toContain(summary);
  }
  expect(oneLine).toContain(
    `(choices: ${names.map((name) => `"${name}"`).join(", ")}, default: "${pretty.name}"; in GitHub Actions "github")`,
  );
  expect((await galley("check")).out.split("\n")[0]).toBe(
    (await galley("check", "--format", pretty.name)).out.split("\n")[0],
  );
});

describe.each(REPORTERS)("$name", (reporter) => {
  test("ends with a line break, or is empty", () => {
    for (const report of [reportOf([]), reportOf(TWO)]) {
      expect(written(reporter, report)).toMatch(/^$|\n$/);
    }
  });

  test("has each draft's findings in order", () => {
    const text = written(reporter, reportOf(TWO));
    const at = ["line 1", "line 3"].map((words) => text.indexOf(words));
    expect(at[0]).toBeGreaterThan(-1);
    expect(at[1]).toBeGreaterThan(at[0] ?? 0);
  });

  test("includes what it declares", () => {
    const { isForReaders = false, listsSkipped = false, listsProblems = false } = reporter;
    const skipped = [{ path: "c.docx", reason: "It is no text." }];
    const problems = [{ path: "d.json", message: "It is broken.", fatal: false }];
    const text = written(reporter, reportOf(TWO, { skipped, problems, fixes: [MADE] }));
    expect(text.includes("a.md:7  some-rule  took out “the”\n")).toBe(isForReaders);
    expect(text.includes("It is no text.")).toBe(listsSkipped);
    expect(text.includes("It is broken.")).toBe(listsProblems);
    const empty = written(reporter, reportOf([]));
    expect(empty.includes("nothing was checked")).toBe(isForReaders);
  });
});

test("compact: a line for each finding, counted from 1", () => {
  expect(written(compact, reportOf(TWO))).toBe(
    "a.md:1:5: warning: Something on line 1. [some-rule]\n" +
      "a.md:3:5: hint: Something on line 3. [some-rule]\n",
  );
  expect(written(compact, reportOf([]))).toBe("");
});

test("json: one document, counted from 0, with each related place's path", () => {
  const range = { start: { line: 8, character: 0 }, end: { line: 8, character: 3 } };
  const findings = [
    reportedFinding("warning", 0, {
      related: [
        { range, message: "Here" },
        { path: "b.md", range, message: "There" },
      ],
      fixes: [fixMadeUp(range)],
    }),
  ];
  const report = reportOf([{ path: "a.md", words: 5, findings }], {
    fixes: [MADE, MADE],
    listed: 4,
    boilerplate: 1,
  });
  expect(JSON.parse(written(json, report))).toMatchObject({
    files: [
      {
        path: "a.md",
        words: 5,
        findings: [
          {
            range: { start: { line: 0, character: 4 } },
            related: [
              { path: "a.md", message: "Here" },
              { path: "b.md", message: "There" },
            ],
            fixes: [{ title: "Delete", safe: true, edits: [{ range, newText: "" }] }],
          },
        ],
      },
    ],
    summary: {
      files: 1,
      words: 5,
      findings: 1,
      seconds: 1.235,
      fixed: 2,
      listed: 4,
      boilerplate: 1,
    },
  });
  expect(JSON.parse(written(json, report))).not.toHaveProperty("skipped");
});

describe("pretty", () => {
  test("counts, and says what is hidden and how to see it", () => {
    const range = { start: { line: 0, character: 0 }, end: { line: 0, character: 1 } };
    const fixes = [fixMadeUp(range)];
    const findings = [
      reportedFinding("warning", 0, { fixes }),
      reportedFinding("warning", 1, {
        fixes,
        related: [{ path: "b.md", range, message: "There" }],
      }),
      reportedFinding("error", 3),
    ];
    const text = written(
      pretty,
      reportOf([{ path: "a.md", words: 1200, findings }], {
        fixes: [MADE],
        fixable: 1,
        hiddenHints: 3,
        listed: 1,
        boilerplate: 2,
        unchecked: 1,
      }),
    );
    expect(text.split("\n").slice(-8)).toEqual([
      "1 error, 2 warnings in 1 draft, 1,200 words, 1.23 s.",
      "Made 1 safe fix.",
      "1 finding can be fixed safely; --fix does it.",
      "3 hints not shown; --hints shows them.",
      "1 older finding not shown, as the baseline lists it; --no-baseline shows it.",
      "2 passages in many drafts taken for boilerplate and left out.",
      "1 file was not checked: --show-skipped says why.",
      "",
    ]);
    expect(text).toContain("      ╰ b.md:1:1  There\n");
  });

  test("says that nothing was found, and lists no draft without findings", () => {
    const text = written(pretty, reportOf([{ path: "b.md", words: 1, findings: [] }]));
    expect(text).toBe("Nothing found in 1 draft, 1 word, 1.23 s.\n");
  });
});
