import { type Schema, Validator } from "@cfworker/json-schema";
import sarifSchema from "@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json";
import fc from "fast-check";
import { Parser } from "htmlparser2";
import { readFileSync } from "node:fs";
import { createColors } from "picocolors";
import { describe, expect, test } from "vitest";
import { validateXML } from "xmllint-wasm";
import type { Report } from "../../server/src/cli/report.ts";
import { github } from "../../server/src/cli/reporters/github.ts";
import { gitlab } from "../../server/src/cli/reporters/gitlab.ts";
import { write, writeStepSummary } from "../../server/src/cli/reporters/index.ts";
import { junit } from "../../server/src/cli/reporters/junit.ts";
import { sarif } from "../../server/src/cli/reporters/sarif.ts";
import type { Reporter, ReportOptions } from "../../server/src/cli/reporters/reporter.ts";
import type { ReportedFinding } from "../../server/src/cli/reported.ts";
import { visiblePath, visibleProse } from "../../server/src/cli/visible.ts";
import { type Severity, SEVERITIES } from "../../server/src/draft/finding.ts";
import { runs } from "../support/property.ts";
import { findingMadeUp, fixMadeUp, reportMadeUp } from "./reports.ts";
import { homepage } from "../../package.json";

const OPTIONS: ReportOptions = { colors: createColors(false) };

function written(reporter: Reporter, report: Report, options = OPTIONS): string {
  return write(reporter, report, options);
}

function told(severity: Severity, line: number, more: Partial<ReportedFinding> = {}) {
  return findingMadeUp(severity, {
    rule: "repeated-word",
    message: `Message ${line}.`,
    range: { start: { line, character: 4 }, end: { line, character: 7 } },
    ...more,
  });
}

function reportOf(files: Readonly<Record<string, readonly ReportedFinding[]>>): Report {
  return reportMadeUp(
    Object.entries(files).map(([path, findings]) => ({ path, words: 10, findings })),
    { seconds: 0.5 },
  );
}

/** A repeat of two lines whose other copy is in another draft, and a fix. */
const COPY = { range: { start: { line: 3, character: 4 }, end: { line: 5, character: 2 } } };
const OTHER_COPY = { start: { line: 0, character: 0 }, end: { line: 1, character: 3 } };
const REPEAT = told("warning", 3, {
  rule: "repeated-block",
  message: "It says this twice.",
  ...COPY,
  related: [{ path: "b 1.md", range: OTHER_COPY, message: "The other [copy]" }],
  fixes: [fixMadeUp(COPY.range)],
});

const SAMPLE = reportOf({
  "a.md": [told("hint", 0), REPEAT],
  "b 1.md": [],
  "c.md": [told("error", 7, { message: "100 % wrong: a, b" })],
});

/** Texts that are special in one of the formats, or in none. */
const HOSTILE = [
  ...["]]>", "::error::", "%0A%25", "a,b:c", "\n", "\r\n", "\t", "\u0000", "\u001B[31m", "\uFFFE"],
  ...[
    "\u2028",
    "\u202E",
    "\uD83D",
    "\uDE00",
    "👩‍🚀",
    "</failure>",
    '"&amp;"',
    "[a](1)",
    "{0}",
    "| a |",
  ],
  ...["`", "@user #1", "https://example.org", "in/a", "<!--", "##[error]"],
];

const hostileText = fc
  .array(fc.oneof(fc.constantFrom(...HOSTILE), fc.string({ unit: "binary", maxLength: 4 })), {
    maxLength: 5,
  })
  .map((parts) => `x${parts.join("")}`);

const hostileMessage = fc.record({
  severity: fc.constantFrom(...SEVERITIES),
  message: hostileText,
});

const hostileReport = fc
  .array(fc.tuple(hostileText, fc.array(hostileMessage, { maxLength: 4 })), { maxLength: 3 })
  .map((files) =>
    reportMadeUp(
      files.map(([path, messages]) => ({
        path,
        words: 1,
        findings: messages.map(({ severity, message }, line) => told(severity, line, { message })),
      })),
    ),
  );

/** The content of a report: each finding's path and message. */
function saidIn({ files }: Report): [path: string, message: string][] {
  return files.flatMap(({ path, findings }) =>
    findings.map(({ message }): [string, string] => [path, message]),
  );
}

/** Checks a law for any report, whatever hostile texts it has. */
function forAnyReport(times: number, law: (report: Report) => void): void {
  fc.assert(fc.property(hostileReport, law), runs(times));
}

/** The part of a text that XML can express. */
function inXml(text: string): string {
  return text.replace(/[\uFFFE\uFFFF]/g, "\uFFFD");
}

interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  text: string;
}

function elementsOf(xml: string): Element[] {
  const elements: Element[] = [];
  const open: Element[] = [];
  const parser = new Parser(
    {
      onopentag: (name, attributes) => {
        const element = { name, attributes: { ...attributes }, text: "" };
        elements.push(element);
        open.push(element);
      },
      ontext: (text) => {
        const element = open.at(-1);
        if (element !== undefined) element.text += text;
      },
      onclosetag: () => {
        open.pop();
      },
    },
    { xmlMode: true, decodeEntities: true },
  );
  parser.end(xml);
  return elements;
}

async function expectXml(reporter: Reporter, report: Report): Promise<void> {
  const schema = readFileSync(new URL(`schemas/${reporter.name}.xsd`, import.meta.url), "utf8");
  const xml = written(reporter, report);
  const { valid, errors } = await validateXML({
    xml: { fileName: "report.xml", contents: xml },
    schema: { fileName: "schema.xsd", contents: schema },
  });
  expect(errors).toEqual([]);
  expect(valid).toBe(true);
}

describe("github", () => {
  test("writes an annotation for each finding, the most severe first", () => {
    expect(written(github, SAMPLE)).toBe(
      [
        "::error file=c.md,line=8,endLine=8,col=5,endColumn=8,title=Galley%3A repeated-word::100 %25 wrong: a, b",
        "::warning file=a.md,line=4,endLine=6,col=5,endColumn=3,title=Galley%3A repeated-block::It says this twice.",
        "::notice file=a.md,line=1,endLine=1,col=5,endColumn=8,title=Galley%3A repeated-word::Message 0.",
        "",
      ].join("\n"),
    );
  });

  test("the runner reads back every message, whatever it contains", () => {
    forAnyReport(300, (report) => {
      const read = written(github, report).split("\n").slice(0, -1).map(runnerReads);
      const said = saidIn(report).map(([path, message]) => [
        visiblePath(path),
        visibleProse(message),
      ]);
      const byText = (list: object[]): string[] => list.map((one) => JSON.stringify(one)).sort();
      expect(byText(read)).toEqual(byText(said));
    });
  });

  test("the step's summary has all findings, as text", () => {
    expect(writeStepSummary(github, SAMPLE, OPTIONS)).toBe(
      [
        "### Galley: 1 error, 1 warning, 1 hint in 3 drafts",
        "",
        "| where | severity | what | rule |",
        "|---|---|---|---|",
        "| c&#46;md&#58;8 | error | 100 &#37; wrong&#58; a, b | repeated-word |",
        "| a&#46;md&#58;4 | warning | It says this twice. | repeated-block |",
        "| a&#46;md&#58;1 | hint | Message 0. | repeated-word |",
        "",
      ].join("\n"),
    );
    expect(writeStepSummary(github, reportOf({ "a.md": [] }), OPTIONS)).toBe("");
  });

  test("the summary's cells contain no Markdown, and read as the messages", () => {
    fc.assert(
      fc.property(hostileText, (message) => {
        const report = reportOf({ "a.md": [told("error", 0, { message })] });
        const row = writeStepSummary(github, report, OPTIONS).split("\n")[4] ?? "";
        const cell = row.split(" | ")[2] ?? "";
        const text = cell.replace(/&#(\d+);/g, (_, code) => String.fromCharCode(Number(code)));
        expect(text).toBe(visibleProse(message));
        expect(cell.replace(/&#\d+;/g, "")).not.toMatch(/[!-+/:-@[-`{-~]/);
      }),
      runs(300),
    );
  });

  test("the summary is at most 900 KB long, and counts the rest", () => {
    const message = "é".repeat(500);
    const findings = Array.from({ length: 2000 }, (_, line) =>
      told(line === 1999 ? "error" : "warning", line, { message }),
    );
    const text = writeStepSummary(github, reportOf({ "a.md": findings }), OPTIONS);
    const rows = text.split("\n").filter((line) => line.startsWith("| a&#46;md"));
    expect(rows[0]).toContain("| a&#46;md&#58;2000 | error |");
    expect(Buffer.byteLength(text)).toBeLessThan(900 * 1024);
    expect(Buffer.byteLength(text)).toBeGreaterThan(890_000);
    const left = (2000 - rows.length).toLocaleString("en-US");
    expect(text.trimEnd().endsWith(`\n\n${left} more findings not listed here.`)).toBe(true);
  });
});

/** The path and the message of a line, as `ActionCommand.TryParseV2` of actions/runner reads them. */
function runnerReads(line: string): [path: string, message: string] {
  const match = /^::(?:error|warning|notice) (?:.*?,)?file=(.*?)(?:,.*?)?::(.*)$/su.exec(line);
  if (match === null) throw new Error(`No command: ${line}`);
  const [, path = "", data = ""] = match;
  return [unescaped(path.replaceAll("%3A", ":").replaceAll("%2C", ",")), unescaped(data)];
}

function unescaped(text: string): string {
  return text.replaceAll("%0D", "\r").replaceAll("%0A", "\n").replaceAll("%25", "%");
}

interface Message {
  readonly message: { readonly text: string };
}

interface Place {
  readonly physicalLocation: { readonly artifactLocation: { readonly uri: string } };
}

interface Result extends Message {
  readonly level: string;
  readonly partialFingerprints: Readonly<Record<string, string>>;
  readonly locations: readonly Place[];
}

interface Run {
  readonly tool: { readonly driver: { readonly rules: readonly { readonly id: string }[] } };
  readonly invocations: readonly [{ readonly toolExecutionNotifications: readonly Message[] }];
  readonly results: readonly Result[];
}

interface Sarif {
  readonly runs: readonly [Run];
}

const SARIF = new Validator(sarifSchema as unknown as Schema, "4");

describe("sarif", () => {
  const parsed = (report: Report): Sarif => {
    const document = JSON.parse(written(sarif, report)) as Sarif;
    expect(SARIF.validate(document).errors).toEqual([]);
    return document;
  };

  test("has each rule with its page", () => {
    const [{ tool }] = parsed(SAMPLE).runs;
    expect(tool.driver.rules.map(({ id }) => id)).toEqual(["repeated-block", "repeated-word"]);
    const page = readFileSync("docs/rules/repeated-block.md", "utf8");
    expect(tool.driver.rules[0]).toMatchObject({
      helpUri: `${homepage}/blob/main/docs/rules/repeated-block.md`,
      help: { text: page, markdown: page },
      defaultConfiguration: { level: "warning" },
    });
  });

  test("has a repeat's first line, a link to its other copy, and a fingerprint", () => {
    const [run] = parsed(SAMPLE).runs;
    expect(run).toMatchObject({ columnKind: "utf16CodeUnits" });
    const copy = {
      artifactLocation: { uri: "a.md", uriBaseId: "%SRCROOT%" },
      region: { startLine: 4, startColumn: 5, endLine: 4, endColumn: 13 },
    };
    const other = {
      artifactLocation: { uri: "b%201.md", uriBaseId: "%SRCROOT%" },
      region: { startLine: 1, startColumn: 1, endLine: 2, endColumn: 4 },
    };
    expect(run.results[1]).toEqual({
      ruleId: "repeated-block",
      ruleIndex: 0,
      level: "warning",
      message: { text: "It says this twice. [The other \\[copy\\]](1)" },
      locations: [{ physicalLocation: copy }],
      partialFingerprints: { "galley/v1": "repeated-block/0a1b2c3d/1" },
      relatedLocations: [{ id: 1, physicalLocation: other, message: { text: "The other [copy]" } }],
    });
    expect(run.results.map(({ level }) => level)).toEqual(["note", "warning", "error"]);
  });

  test("counts equal findings in a draft", () => {
    const [{ results }] = parsed(reportOf({ "a.md": [told("hint", 0), told("hint", 1)] })).runs;
    expect(results.map((one) => one.partialFingerprints["galley/v1"])).toEqual([
      "repeated-word/0a1b2c3d/1",
      "repeated-word/0a1b2c3d/2",
    ]);
  });

  test("has at most 25,000 results, the most severe, and a note about the rest", () => {
    const warnings = Array.from({ length: 25_000 }, (_, line) => told("warning", line));
    const runOf = (findings: readonly ReportedFinding[]): Run =>
      (JSON.parse(written(sarif, reportOf({ "a.md": findings }))) as Sarif).runs[0];
    const all = runOf(warnings);
    expect(all.results).toHaveLength(25_000);
    expect(all.invocations[0].toolExecutionNotifications).toEqual([]);
    const run = runOf([...warnings, told("hint", 1), told("error", 2)]);
    expect(run.results).toHaveLength(25_000);
    expect(run.results[0]?.level).toBe("error");
    const [notification, ...more] = run.invocations[0].toolExecutionNotifications;
    expect(more).toEqual([]);
    expect(notification?.message.text).toMatch(/^2 more findings /);
  });

  test("is SARIF with the exact messages and paths, whatever they contain", () => {
    forAnyReport(100, (report) => {
      const [{ results }] = parsed(report).runs;
      const read = results.map(({ message, locations }) => {
        const uri = locations[0]?.physicalLocation.artifactLocation.uri ?? "";
        expect(uri).toMatch(/^(?:[\w.!~*'()/-]|%(?!2F)[\dA-F]{2})*$/);
        return [decodeURIComponent(uri), message.text];
      });
      const said = saidIn(report).map(([path, message]) => [
        path.replace(/\p{Cs}/gu, "\uFFFD"),
        message.includes("](") ? message.replace(/[\\[\]]/g, "\\$&") : message,
      ]);
      expect(read).toEqual(said);
    });
  });
});

describe("gitlab", () => {
  interface Issue {
    readonly description: string;
    readonly fingerprint: string;
    readonly location: { readonly path: string };
  }
  const parsed = (report: Report): Issue[] => JSON.parse(written(gitlab, report)) as Issue[];

  test("has the fields that GitLab reads, from info to blocker", () => {
    expect(parsed(SAMPLE)).toEqual([
      {
        description: "Message 0.",
        check_name: "repeated-word",
        fingerprint: expect.stringMatching(/^[\da-f]{64}$/) as unknown,
        severity: "info",
        location: { path: "a.md", lines: { begin: 1, end: 1 } },
      },
      {
        description: "It says this twice.",
        check_name: "repeated-block",
        fingerprint: expect.stringMatching(/^[\da-f]{64}$/) as unknown,
        severity: "major",
        location: { path: "a.md", lines: { begin: 4, end: 6 } },
      },
      {
        description: "100 % wrong: a, b",
        check_name: "repeated-word",
        fingerprint: expect.stringMatching(/^[\da-f]{64}$/) as unknown,
        severity: "blocker",
        location: { path: "c.md", lines: { begin: 8, end: 8 } },
      },
    ]);
    expect(parsed(reportOf({}))).toEqual([]);
  });

  test("has the exact messages and paths, and no fingerprint twice", () => {
    forAnyReport(100, (report) => {
      const issues = parsed(report);
      const read = issues.map(({ description, location }) => [location.path, description]);
      expect(read).toEqual(saidIn(report));
      expect(new Set(issues.map(({ fingerprint }) => fingerprint)).size).toBe(issues.length);
    });
  });

  test("a fingerprint stays the same when lines move", () => {
    const [before] = parsed(reportOf({ "a.md": [told("error", 0)] }));
    const [after] = parsed(reportOf({ "a.md": [told("error", 9)] }));
    expect(after?.fingerprint).toBe(before?.fingerprint);
    const other = told("error", 0, { digest: "ffffffff" });
    expect(parsed(reportOf({ "a.md": [other] }))[0]?.fingerprint).not.toBe(before?.fingerprint);
  });
});

describe("junit", () => {
  test("has a suite for each draft and a case for each finding", () => {
    expect(written(junit, SAMPLE)).toBe(
      [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<testsuites name="galley" tests="4" failures="2" errors="0" time="0.500">',
        '<testsuite name="a.md" tests="2" failures="1" errors="0" time="0">',
        '<testcase name="repeated-word (1:5)" classname="a.md" time="0"><system-out>a.md:1:5: hint: Message 0.</system-out></testcase>',
        '<testcase name="repeated-block (4:5)" classname="a.md" time="0"><failure message="It says this twice." type="warning">a.md:4:5: warning: It says this twice.</failure></testcase>',
        "</testsuite>",
        '<testsuite name="b 1.md" tests="1" failures="0" errors="0" time="0">',
        '<testcase name="galley" classname="b 1.md" time="0"/>',
        "</testsuite>",
        '<testsuite name="c.md" tests="1" failures="1" errors="0" time="0">',
        '<testcase name="repeated-word (8:5)" classname="c.md" time="0"><failure message="100 % wrong: a, b" type="error">c.md:8:5: error: 100 % wrong: a, b</failure></testcase>',
        "</testsuite>",
        "</testsuites>",
        "",
      ].join("\n"),
    );
  });

  test("has the messages, whatever they contain", () => {
    forAnyReport(200, (report) => {
      const elements = elementsOf(written(junit, report));
      const read = elements.filter(({ name }) => name === "failure" || name === "system-out");
      const said = report.files.flatMap(({ path, findings }) =>
        findings.map(({ message, severity }, line) =>
          inXml(`${visiblePath(path)}:${line + 1}:5: ${severity}: ${visibleProse(message)}`),
        ),
      );
      expect(read.map(({ text }) => text)).toEqual(said);
    });
  });
});

describe("junit, by its schema", () => {
  test("is valid by its schema, with and without findings", async () => {
    await expectXml(junit, SAMPLE);
    await expectXml(junit, reportOf({}));
    await expectXml(junit, reportOf({ "a.md": [] }));
  });

  test("is valid by its schema, whatever a message contains", async () => {
    const texts = [...HOSTILE, ...fc.sample(hostileText, runs(200))];
    const files = Object.fromEntries(
      texts.map((message, at) => [`${at}${message}`, [told("warning", at, { message })]]),
    );
    await expectXml(junit, reportOf(files));
  });
});
