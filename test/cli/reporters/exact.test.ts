import { createColors } from "picocolors";
import { expect, test } from "vitest";
import { checkstyle } from "../../../server/src/cli/reporters/checkstyle.ts";
import { compact } from "../../../server/src/cli/reporters/compact.ts";
import { github } from "../../../server/src/cli/reporters/github.ts";
import { gitlab } from "../../../server/src/cli/reporters/gitlab.ts";
import { json } from "../../../server/src/cli/reporters/json.ts";
import { junit } from "../../../server/src/cli/reporters/junit.ts";
import { pretty } from "../../../server/src/cli/reporters/pretty.ts";
import { rdjsonl } from "../../../server/src/cli/reporters/rdjsonl.ts";
import type { Reporter, ReportOptions } from "../../../server/src/cli/reporters/reporter.ts";
import { sarif } from "../../../server/src/cli/reporters/sarif.ts";
import type { ReportedFinding } from "../../../server/src/cli/reported.ts";
import type { Severity } from "../../../server/src/draft/finding.ts";
import { findingMadeUp, reportMadeUp } from "../reports.ts";

// That each format is well formed whatever is in it is held by report-formats.test.ts; here is what each says of one finding.

const OPTIONS: ReportOptions = { colors: createColors(false), hints: true };
const RANGE = { start: { line: 0, character: 4 }, end: { line: 0, character: 7 } };

function of(
  reporter: Reporter,
  more: Partial<ReportedFinding> = {},
  severity: Severity = "warning",
) {
  const findings = [findingMadeUp(severity, more)];
  return reporter.report(reportMadeUp([{ path: "b/a.md", words: 3, findings }]), OPTIONS);
}

const EDIT = { range: RANGE, columns: { start: 4, end: 7 }, newText: "" };
const FIX = { title: "Delete it", safe: true, edits: [EDIT] };
const RELATED = {
  range: { start: { line: 2, character: 0 }, end: { line: 2, character: 3 } },
  message: "here",
};

test("compact", () => {
  expect(of(compact)).toBe("b/a.md:1:5: warning: Something is wrong. [some-rule]\n");
});

test("checkstyle", () => {
  expect(of(checkstyle)).toBe(
    '<?xml version="1.0" encoding="UTF-8"?>\n<checkstyle version="4.3">\n<file name="b/a.md">\n' +
      '<error line="1" column="5" severity="warning" message="Something is wrong." source="galley.some-rule"/>\n' +
      "</file>\n</checkstyle>\n",
  );
  expect(of(checkstyle, {}, "hint")).toContain('severity="info"');
});

test("github: the gravest first, with the marks of its syntax escaped", () => {
  expect(of(github, { message: "100%\na" })).toBe(
    "::warning file=b/a.md,line=1,endLine=1,col=5,endColumn=8,title=Galley%3A some-rule::100%25%0Aa\n",
  );
  const findings = (["hint", "error", "warning"] as const).map((one) => findingMadeUp(one));
  const report = reportMadeUp([{ path: "a.md", words: 1, findings }]);
  expect(github.report(report, OPTIONS).match(/^::\w+/gm)).toEqual([
    "::error",
    "::warning",
    "::notice",
  ]);
  expect(github.report(report, { ...OPTIONS, hints: false }).match(/^::\w+/gm)).toHaveLength(2);
  expect(github.stepSummary?.(report, OPTIONS)).toMatch(
    /^### Galley: 1 error, 1 warning, 1 hint in 1 draft\n\n\| where /,
  );
  expect(github.stepSummary?.(reportMadeUp([]), OPTIONS)).toBe("");
});

test("gitlab: a fingerprint that stays wherever the passage stands in its draft", () => {
  const [issue] = JSON.parse(of(gitlab)) as { fingerprint: string }[];
  expect(issue).toMatchObject({
    description: "Something is wrong.",
    check_name: "some-rule",
    severity: "major",
    location: { path: "b/a.md", lines: { begin: 1, end: 1 } },
  });
  const moved = { start: { line: 9, character: 0 }, end: { line: 9, character: 3 } };
  expect(of(gitlab, { range: moved })).toContain(issue?.fingerprint);
  expect(of(gitlab, { digest: "ffffffff" })).not.toContain(issue?.fingerprint);
});

test("json: with its fixes, and related places by their paths", () => {
  const document = JSON.parse(of(json, { fixes: [FIX], related: [RELATED] })) as unknown;
  expect(document).toMatchObject({
    files: [
      {
        path: "b/a.md",
        words: 3,
        findings: [
          {
            rule: "some-rule",
            severity: "warning",
            range: RANGE,
            related: [{ path: "b/a.md", range: RELATED.range, message: "here" }],
            fixes: [{ title: "Delete it", safe: true, edits: [{ range: RANGE, newText: "" }] }],
          },
        ],
      },
    ],
    problems: [],
    summary: { files: 1, words: 3, findings: 1, seconds: 1.5, fixed: 0, boilerplate: 0 },
  });
});

test("junit: a warning fails, a hint does not, and what could not be checked is an error", () => {
  expect(of(junit)).toContain('<failure message="Something is wrong." type="warning">');
  expect(of(junit)).toContain('tests="1" failures="1" errors="0" time="1.500"');
  expect(of(junit, {}, "hint")).toContain('failures="0"');
  const problems = [{ path: "c.md", message: "Gone.", fatal: true }];
  const text = junit.report(
    reportMadeUp([{ path: "a.md", words: 1, findings: [] }], { problems }),
    OPTIONS,
  );
  expect(text).toContain('tests="2" failures="0" errors="1"');
  expect(text).toContain('<error message="Gone.">c.md: Gone.</error>');
});

test("rdjsonl: a fix of one edit is a suggestion, one of several is none", () => {
  const told = (fix: typeof FIX): unknown => JSON.parse(of(rdjsonl, { fixes: [fix] }));
  expect(told(FIX)).toMatchObject({
    message: "Something is wrong.",
    location: {
      path: "b/a.md",
      range: { start: { line: 1, column: 5 }, end: { line: 1, column: 8 } },
    },
    severity: "WARNING",
    code: { value: "some-rule" },
    suggestions: [{ text: "" }],
  });
  expect(told({ ...FIX, edits: [EDIT, EDIT] })).toMatchObject({ suggestions: [] });
});

test("sarif: related places are links, and a long range is shown where it begins", () => {
  const long = { start: { line: 0, character: 4 }, end: { line: 8, character: 3 } };
  const { runs } = JSON.parse(of(sarif, { related: [RELATED], range: long })) as {
    runs: { results: unknown[]; tool: unknown }[];
  };
  expect(runs[0]?.results).toMatchObject([
    {
      ruleId: "some-rule",
      ruleIndex: 0,
      level: "warning",
      message: { text: "Something is wrong. [here](1)" },
      locations: [
        {
          physicalLocation: {
            artifactLocation: { uri: "b/a.md" },
            region: { startLine: 1, startColumn: 5, endLine: 1, endColumn: 13 },
          },
        },
      ],
      relatedLocations: [{ id: 1, message: { text: "here" } }],
    },
  ]);
  expect(of(sarif, { message: "a [b](c)" })).toContain("a \\\\[b\\\\](c)");
});

test("pretty: the line with its mark below it, as wide as it is on a terminal", () => {
  expect(of(pretty).split("\n").slice(0, 4)).toEqual([
    "b/a.md",
    "  1:5  warning  Something is wrong.  some-rule",
    "    1 │ The the end.",
    "      │     ^^^",
  ]);
  const wide = { before: "橋e\u0301", marked: "橋", after: "" };
  expect(of(pretty, { excerpt: wide }).split("\n")[3]).toBe("      │    ^^");
  expect(of(pretty, { related: [RELATED], restored: ["Put it back"] })).toContain(
    "      ╰ here: b/a.md:3:1\n      ╰ Put it back\n",
  );
  expect(of(pretty, { fixes: [FIX] })).toContain("1 finding can be fixed safely");
});
