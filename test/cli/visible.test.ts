import { describe, expect, test } from "vitest";
import type { Report } from "../../server/src/cli/report.ts";
import { REPORTERS, write } from "../../server/src/cli/reporters/index.ts";
import { visible, visibleLines } from "../../server/src/cli/visible.ts";
import { createColors } from "picocolors";
import { place } from "./support.ts";

/** What a terminal or a build's log takes for more than a letter. */
const COMMAND = /[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]/u;

/** Every character of Unicode of that kind. */
const COMMANDS = Array.from({ length: 0x11_0000 }, (_, code) => code)
  .filter((code) => (code < 0xd800 || code > 0xdfff) && COMMAND.test(String.fromCodePoint(code)))
  .map((code) => String.fromCodePoint(code));

/** What is of the report itself: the ends of its lines, and colours. */
function withoutOwn(text: string): string {
  return text.replaceAll(/\u001B\[\d+m|\n/g, "");
}

function expectHarmless(text: string): void {
  expect(withoutOwn(text)).not.toMatch(COMMAND);
  expect(text).not.toMatch(/##\w*\[/);
  for (const line of text.split(/[\n\r]/)) expect(line).not.toMatch(/^\s*::/);
}

/** The report's own commands to GitHub's runner, of which each is a line. */
const OWN_COMMAND = /^::(?:error|warning|notice) file=[^:]*::/gm;

function reportOf(hostile: string): Report {
  const range = { start: { line: 0, character: 0 }, end: { line: 0, character: 1 } };
  const finding = {
    rule: "repeated-word",
    severity: "warning" as const,
    message: `“a${hostile}b” stands twice in a row.`,
    range,
    related: [
      { range, message: `The other ${hostile}` },
      { path: hostile, range, message: hostile },
    ],
    fixes: [{ title: hostile, safe: true, edits: [{ range, newText: hostile }] }],
    excerpt: { before: hostile, marked: hostile, after: hostile },
    firstLineEnd: 1,
    columns: { start: 0, end: 1 },
    digest: "0a1b2c3d",
  };
  return {
    files: [
      { path: hostile, words: 1, findings: [finding] },
      { path: `in${hostile}/x.md`, words: 1, findings: [finding] },
    ],
    problems: [{ path: hostile, message: hostile, fatal: true }],
    skipped: [{ path: hostile, reason: hostile }],
    unchecked: 1,
    fixed: 0,
    boilerplate: 0,
    seconds: 0,
  };
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

test("there are as many such characters as Unicode has", () => {
  // 65 controls, 2 separators, 12 that turn the direction of writing.
  expect(COMMANDS).toHaveLength(65 + 2 + 12);
});

describe.each(REPORTERS.map((reporter) => [reporter.name, reporter] as const))(
  "%s",
  (_name, reporter) => {
    const written = (report: Report, color: boolean): string =>
      write(reporter, report, { colors: createColors(color), hints: true });

    test("has no character that is a command to a terminal or a build", () => {
      const lines = written(reportOf("x"), false).split("\n").length;
      for (const one of HOSTILE) {
        for (const color of [false, true]) {
          const text = written(reportOf(one), color);
          expectHarmless(reporter.name === "github" ? text.replace(OWN_COMMAND, "") : text);
          expect(text.split("\n")).toHaveLength(lines);
        }
      }
    });

    test.runIf(reporter.syntax === "json")("parses to the texts as they are", () => {
      for (const one of HOSTILE) {
        const text = written(reportOf(one), true);
        const raw = reporter.report(reportOf(one), { colors: createColors(true), hints: true });
        const documents = (lines: string): unknown[] =>
          lines
            .trimEnd()
            .split("\n")
            .map((line) => JSON.parse(line) as unknown);
        expect(documents(text)).toEqual(documents(raw));
        expect(raw).toContain(JSON.stringify(one));
      }
    });
  },
);

test("what is shown stays one line, is the same for letters, and nothing is lost", () => {
  const plain = "“Zürich” – 日本 👩‍🚀 क्षि";
  expect(visible(plain)).toBe(plain);
  const shown = COMMANDS.map(visible);
  expect(new Set(shown).size).toBe(COMMANDS.length);
  expect(visible("\u001B[31m")).toBe("␛[31m");
  expect(visible("a\u202Eb")).toBe("a<U+202E>b");
  expect(visible("\uD800")).toBe("<U+D800>");
  expect(visibleLines("a\n::b\n")).toBe("a\ngalley: ::b\n");
});

test("names of files, arguments and drafts reach no stream as they are", async () => {
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
