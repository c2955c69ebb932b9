import { describe, expect, test } from "vitest";
import type { Report } from "../../server/src/cli/report.ts";
import { REPORTERS, write } from "../../server/src/cli/reporters/index.ts";
import {
  visible,
  visibleLines,
  visibleProse,
  visibleReport,
} from "../../server/src/cli/visible.ts";
import { createColors } from "picocolors";
import { findingMadeUp, fixMadeUp, reportMadeUp } from "./reports.ts";
import { place } from "./support.ts";

/** Characters that a terminal or a build log takes for more than text. */
const COMMAND = /[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]/u;

/** All such characters of Unicode. */
const COMMANDS = Array.from({ length: 0x11_0000 }, (_, code) => code)
  .filter((code) => (code < 0xd800 || code > 0xdfff) && COMMAND.test(String.fromCodePoint(code)))
  .map((code) => String.fromCodePoint(code));

/** The report's own: line ends and colours. */
function withoutOwn(text: string): string {
  return text.replaceAll(/\u001B\[\d+m|\n/g, "");
}

function expectHarmless(text: string): void {
  expect(withoutOwn(text)).not.toMatch(COMMAND);
  expect(text).not.toMatch(/##\w*\[/);
  for (const line of text.split(/[\n\r]/)) expect(line).not.toMatch(/^\s*::/);
}

/** The report's own commands to GitHub's runner, one per line. */
const OWN_COMMAND = /^::(?:error|warning|notice) file=[^:]*::/gm;

const RANGE = { start: { line: 0, character: 0 }, end: { line: 0, character: 1 } };

/** A report with this in each text that may come from somebody else. */
function reportOf(text: string): Report {
  const finding = findingMadeUp("warning", {
    rule: "repeated-word",
    message: `“a${text}b” stands twice in a row.`,
    range: RANGE,
    related: [
      { range: RANGE, message: `The other ${text}` },
      { path: text, range: RANGE, message: text },
    ],
    fixes: [fixMadeUp(RANGE, text, text)],
    excerpt: { before: text, marked: text, after: text },
    restored: [text],
  });
  const files = [text, `in${text}/x.md`].map((path) => ({ path, words: 1, findings: [finding] }));
  return reportMadeUp(files, {
    since: text,
    problems: [{ path: text, message: text, fatal: true }],
    skipped: [{ path: text, reason: text }],
    unchecked: 1,
  });
}

const SPEECH = [
  "::error::x",
  " \t::error::x",
  "##[error]x",
  "a ##vso[task.complete]x",
  "\u001B]0;title\u0007",
  "\u001B[2J\u001B[31m",
  "a\r\n::error::x",
];

const HOSTILE = [...COMMANDS, ...COMMANDS.map((one) => `x${one}::error file=a::b`), ...SPEECH];

test("Unicode has exactly this many such characters", () => {
  // 65 controls, 2 separators, 12 that change the direction of writing.
  expect(COMMANDS).toHaveLength(65 + 2 + 12);
});

describe.each(REPORTERS)("$name", (reporter) => {
  const written = (report: Report, color: boolean): string =>
    write(reporter, report, { colors: createColors(color) });

  test("has no character that is a command to a terminal or a build log", () => {
    const lines = written(reportOf("x"), false).split("\n").length;
    for (const one of HOSTILE) {
      for (const color of [false, true]) {
        const text = written(reportOf(one), color);
        expectHarmless(reporter.name === "github" ? text.replace(OWN_COMMAND, "") : text);
        expect(text.split("\n")).toHaveLength(lines);
      }
    }
  });

  test.runIf(reporter.syntax === "json")("parses to the original texts", () => {
    for (const one of HOSTILE) {
      const text = written(reportOf(one), true);
      const raw = reporter.report(reportOf(one), { colors: createColors(true) });
      const documents = (lines: string): unknown[] =>
        lines
          .trimEnd()
          .split("\n")
          .map((line) => JSON.parse(line) as unknown);
      expect(documents(text)).toEqual(documents(raw));
      expect(raw).toContain(JSON.stringify(one));
    }
  });
});

test("a visible text stays on one line, keeps its letters, and loses nothing", () => {
  const plain = "“Zürich” – 日本 👩‍🚀 क्षि";
  expect(visible(plain)).toBe(plain);
  const shown = COMMANDS.map(visible);
  expect(new Set(shown).size).toBe(COMMANDS.length);
  expect(visible("\u001B[31m")).toBe("␛[31m");
  expect(visible("a\u202Eb")).toBe("a<U+202E>b");
  expect(visible("\uD800")).toBe("<U+D800>");
  expect(visibleLines("a\n::b\n")).toBe("a\ngalley: ::b\n");
});

test("harmless texts of a report are unchanged, and missing ones are not invented", () => {
  const report = reportOf("The bridge is “open”.");
  expect(visibleReport(report)).toEqual(report);
  const small = reportMadeUp([{ path: "a.md", words: 1, findings: [findingMadeUp("hint")] }]);
  expect(visibleReport(small)).toEqual({ ...small, since: undefined, skipped: undefined });
});

test("a rule's id can't command a terminal either, and tabs in an excerpt are as wide as its marks", () => {
  const excerpt = { before: "\ta", marked: "b", after: "" };
  const findings = [findingMadeUp("hint", { rule: "a\u001B[2J", excerpt })];
  const [file] = visibleReport(reportMadeUp([{ path: "a.md", words: 1, findings }])).files;
  expect(file?.findings[0]).toMatchObject({ rule: "a␛[2J", excerpt: { before: "    a" } });
});

test("names of files, arguments and drafts reach no stream unescaped", async () => {
  // All of them at once, in names that are not too long.
  const most = COMMANDS.filter((one) => one !== "\0");
  const names = [most.slice(0, 40).join(""), most.slice(40).join(""), ...SPEECH];
  for (const one of names) {
    const name = one.replaceAll("/", "-");
    const draft = `The council${one} met on the the${one} Monday.\n`;
    const { galley } = place({ [`${name}.md`]: draft, [`${name}/bad.md`]: new Uint8Array([0]) });
    const runs: readonly string[][] = [
      ["check", "--hints"],
      ["check", "--format", "compact"],
      ["check", "--format", "json"],
      ["check", `${name}.gone`, `--config`, name],
      ["check", "--rule", `${name}=off`],
      ["check", "--rule", `broken-off=${name}`],
      ["check", "--format", name],
      ["check", `--${name}`],
      [name],
      ["rules", name],
      ["rules", "broken-off", name],
    ];
    for (const args of runs) {
      const { out, err } = await galley(...args);
      expectHarmless(out);
      expectHarmless(err);
      expect(out + err).not.toBe("");
    }
  }
});

test("right-to-left quotations stay isolated in text for people, where Galley put the marks, and nowhere else", () => {
  const kept = "“\u2068שלום a\u2069”: the same word twice.";
  expect(visibleProse(kept)).toBe(kept);
  expect(visibleProse(`${kept} ${kept}`)).toBe(`${kept} ${kept}`);
  expect(visible(kept)).not.toMatch(COMMAND);
  for (const one of [
    ...["\u2068שלום\u2069", "“\u2068שלום”", "“שלום\u2069”", "“\u2068hello\u2069”"],
    ...["“\u2068של\u202Eום\u2069”", "“\u2068של\u2068ום\u2069”", "“\u2067שלום\u2069”"],
    ...["“\u2068של\u0007ום\u2069”", "“a\u2068שלום\u2069”", "“\u2068שלום\u2069\u2069”"],
  ]) {
    expect(visibleProse(one), JSON.stringify(one)).not.toMatch(COMMAND);
  }
  expect(visibleProse("“\u2068של ##[error]\u2069”")).toBe("“\u2068של ##\\[error]\u2069”");
});

test("a report about a draft in Hebrew isolates its quotations, in each format", async () => {
  const { galley } = place({ "a.md": "[שלום לכל העולם]() אמר ראש העיר ביום שני.\n" });
  for (const { name, syntax } of REPORTERS) {
    const { out } = await galley("check", "--format", name, "--fail-on", "never");
    const marks = out.match(syntax === "json" ? /\\u206[89]/g : /[\u2068\u2069]/g) ?? [];
    expect([name, marks.length > 0, marks.length % 2]).toEqual([name, true, 0]);
  }
});
