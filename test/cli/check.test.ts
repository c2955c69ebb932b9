import { Validator } from "@cfworker/json-schema";
import { symlinkSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { reportIn } from "../support/command.ts";
import { place, RIGHT, WRONG } from "./support.ts";

async function pathsIn(
  files: Readonly<Record<string, string | Uint8Array>>,
  ...args: string[]
): Promise<string[]> {
  const { out } = await place(files).galley("check", "--format", "json", ...args);
  return reportIn(out).files.map((file) => file.path);
}

test("exits with 1 for a warning, with 0 for none, and as --fail-on sets", async () => {
  const { galley } = place({ "wrong.md": WRONG, "right.md": RIGHT });
  const codes = async (...args: string[]) => (await galley("check", ...args)).code;
  expect([await codes("wrong.md"), await codes("right.md")]).toEqual([1, 0]);
  expect(await codes("wrong.md", "--fail-on", "never")).toBe(0);
});

test.each([
  ["warn", " Did you mean “warning”?"],
  ["eror", " Did you mean “error”?"],
  ["info", " Did you mean “information”?"],
  ["critical", ""],
  ["", ""],
])("for --fail-on %j it says what there is, and what is like it", async (given, hint) => {
  const { code, err } = await place({ "right.md": RIGHT }).galley("check", "--fail-on", given);
  expect(code).toBe(2);
  expect(err).toContain(`Allowed choices are error, warning, information, hint, never.${hint}\n`);
});

test("the JSON document has the documented shape", async () => {
  const { galley } = place({
    "a/wrong.md": WRONG,
    "right.md": RIGHT,
    "bad.md": new Uint8Array([0x61, 0, 0x62]),
  });
  const { out } = await galley("check", "--format", "json");
  const object = (properties: Record<string, unknown>): object => ({
    type: "object",
    required: Object.keys(properties),
    additionalProperties: false,
    properties,
  });
  const list = (items: object): object => ({ type: "array", items });
  const text = { type: "string" };
  const number = { type: "number" };
  const count = { type: "integer", minimum: 0 };
  const position = object({ line: count, character: count });
  const range = object({ start: position, end: position });
  const edits = list(object({ range, newText: text }));
  const finding = object({
    rule: text,
    severity: { enum: ["error", "warning", "information", "hint"] },
    message: text,
    range,
    related: list(object({ path: text, range, message: text })),
    fixes: list(object({ title: text, safe: { type: "boolean" }, edits })),
  });
  const schema = object({
    galley: { type: "string", pattern: "^\\d+\\.\\d+\\.\\d+" },
    files: list(object({ path: text, words: number, findings: list(finding) })),
    problems: list(object({ path: text, message: text })),
    summary: object({
      files: number,
      words: number,
      findings: number,
      seconds: number,
      fixed: number,
      listed: number,
      boilerplate: number,
    }),
  });
  const document: unknown = JSON.parse(out);
  expect(new Validator(schema, "7", false).validate(document).errors).toEqual([]);
  const span = { start: { line: 0, character: 19 }, end: { line: 0, character: 26 } };
  const repeated = { rule: "repeated-word", severity: "warning", range: span };
  expect(document).toMatchObject({
    files: [
      { path: "a/wrong.md", words: 10, findings: [repeated] },
      { path: "right.md", words: 9, findings: [] },
    ],
    problems: [{ path: "bad.md", message: "It is not text in UTF-8 or UTF-16." }],
    summary: { files: 2, words: 19, findings: 1 },
  });
});

test("a named file that can’t be read gives exit code 2, and the rest is checked", async () => {
  const { galley } = place({ "wrong.md": WRONG, "bin.md": new Uint8Array([0, 1, 2]) });
  const gone = await galley("check", "gone.md", "wrong.md", "--format", "compact");
  expect(gone.code).toBe(2);
  expect(gone.err).toBe("galley: gone.md: There is no such file or folder.\n");
  expect(gone.out).toMatch(/^wrong\.md:1:20: warning: .* \[repeated-word\]\n$/);
  expect((await galley("check", "bin.md")).code).toBe(2);
  const empty = 'galley: "": There is no such file or folder.\n';
  expect(await galley("check", "")).toMatchObject({ code: 2, err: empty });
  expect((await galley("check", ".", "--fail-on", "never")).code).toBe(0);
});

test(".gitignore is honoured, nested, in and outside a repository", async () => {
  const files = {
    ".gitignore": "out/\n*.tmp.md\n/top.md\n",
    "out/a.md": RIGHT,
    "x.tmp.md": RIGHT,
    "top.md": RIGHT,
    "sub/top.md": RIGHT,
    "sub/.gitignore": "!keep.tmp.md\nlocal.md\n",
    "sub/keep.tmp.md": RIGHT,
    "sub/local.md": RIGHT,
    "sub/deep/local.md": RIGHT,
    "local.md": RIGHT,
  };
  const expected = ["local.md", "sub/keep.tmp.md", "sub/top.md"];
  expect(await pathsIn(files)).toEqual(expected);
  expect(await pathsIn({ ...files, ".git/HEAD": "" })).toEqual(expected);
  // An ignored folder is checked if it is named.
  expect(await pathsIn(files, "out")).toEqual(["out/a.md"]);
});

test("the repository’s ignore file applies in a folder below it", async () => {
  const files = {
    ".git/HEAD": "",
    ".git/info/exclude": "private.md\n",
    ".gitignore": "*.tmp.md\n",
    "docs/a.tmp.md": RIGHT,
    "docs/a.md": RIGHT,
    "docs/private.md": RIGHT,
  };
  expect(await pathsIn(files, "docs")).toEqual(["docs/a.md"]);
});

test("include and exclude are relative to the config’s folder", async () => {
  const files = {
    "docs/.galley.json": `{"exclude": ["old"], "include": ["**/*.html", "**"]}`,
    "docs/old/a.md": RIGHT,
    "docs/a.md": RIGHT,
    "docs/b.html": `<p>${RIGHT}</p>`,
    "old/a.md": RIGHT,
    "c.html": `<p>${RIGHT}</p>`,
  };
  expect(await pathsIn(files)).toEqual(["docs/a.md", "docs/b.html", "old/a.md"]);
});

test("links in a circle, to nowhere and to the same file don't disturb a check", async () => {
  const { folder, galley } = place({ "a.md": RIGHT, "sub/b.md": RIGHT });
  symlinkSync(folder, path.join(folder, "sub/loop"));
  symlinkSync("nowhere.md", path.join(folder, "broken.md"));
  symlinkSync("self.md", path.join(folder, "self.md"));
  symlinkSync("sub/b.md", path.join(folder, "again.md"));
  const { code, out } = await galley("check", "--format", "json");
  const document = reportIn(out);
  expect(document.files.map((file) => file.path)).toHaveLength(2);
  expect(document.problems.map((problem) => problem.path)).toEqual(["broken.md", "self.md"]);
  expect(code).toBe(0);
});

test("an override applies only to the drafts it names", async () => {
  const config = { overrides: [{ files: ["/in/b.md"], rules: { "repeated-word": "off" } }] };
  const { out } = await place({
    ".galley.json": JSON.stringify(config),
    "in/a.md": WRONG,
    "in/b.md": WRONG,
    "in/c.md": WRONG,
  }).galley("check", "--format", "json");
  const told = reportIn(out).files.filter(({ findings }) =>
    findings.some(({ rule }) => rule === "repeated-word"),
  );
  expect(told.map(({ path }) => path)).toEqual(["in/a.md", "in/c.md"]);
});

test("a malformed config exits with 2, is reported once, and its other settings apply", async () => {
  const { galley } = place({
    ".galley.json": `{\n  "rules": {"repeated-wrod": "off"}\n}`,
    "wrong.md": WRONG,
    "also.md": WRONG,
  });
  const { code, err, out } = await galley("check", "--format", "json");
  expect(code).toBe(2);
  expect(err).toBe(
    "galley: .galley.json: 2:13: There is no rule “repeated-wrod”. Did you mean “repeated-word”? The rest of this file still applies.\n",
  );
  expect(reportIn(out).summary.findings).toBe(2);
  expect(reportIn(out).problems).toHaveLength(1);
});

test("a setting that a later one replaces is a mistake", async () => {
  const config = '{"accept": ["La La"], "accept": []}';
  const { galley } = place({ ".galley.json": config, "right.md": RIGHT });
  expect((await galley("check")).code).toBe(2);
});

test("the mistakes of a config file are reported even if it excludes every draft", async () => {
  const config = `{"include": ["docs/**"],\n"rules": {"nope": "off"},\n"exclude": ["@(x|y)"]}`;
  const { galley } = place({ ".galley.json": config, "wrong.md": WRONG });
  const { code, err } = await galley("check");
  expect(code).toBe(2);
  expect(err).toMatch(/\.galley\.json: 2:\d+: .*“nope”[^]*\.galley\.json: 3:\d+: /);
});

test.each(["hello", "[]", "\uFEFFhello", "// nothing but this\nhello"])(
  "nothing in a config file that is not an object, %j, applies",
  async (config) => {
    const { galley } = place({ ".galley.json": config, "wrong.md": WRONG });
    const { code, err } = await galley("check");
    expect(code).toBe(2);
    expect(err).toContain("Until this is fixed, the whole file is ignored.");
    expect(err).not.toContain("still applies");
  },
);

test.each(["", "\n", "// nothing yet\n"])("a config file may be empty, as %j", async (config) => {
  const { galley } = place({ ".galley.json": config, "wrong.md": WRONG });
  expect(await galley("check")).toMatchObject({ code: 1, err: "" });
});

test("a hostile config stops nothing: its mistakes are reported by line, and drafts are checked", async () => {
  const unknown = Array.from({ length: 20_000 }, (_, at) => `"r${at}":\n1`).join();
  for (const [config, told, findings] of [
    [`{"rules": {${unknown}}, "exclude": ["also.md"]}`, 31, 1],
    ["[".repeat(5_000), 1, 2],
    [Uint8Array.of(0x7b, 0xff, 0x7d), 1, 2],
    [`{"exclude": ["${"a".repeat(60_000)}", "${"*a".repeat(14)}", "(a+)+b", "also.md"]}`, 1, 1],
  ] as const) {
    const { galley } = place({ ".galley.json": config, "wrong.md": WRONG, "also.md": WRONG });
    const { code, err, out } = await galley("check", "--format", "json");
    expect(code).toBe(2);
    expect(reportIn(out).problems).toHaveLength(told);
    expect(reportIn(out).summary.findings).toBe(findings);
    const lines = [...err.matchAll(/\.galley\.json: (\d+):/g)].map(([, line]) => Number(line));
    expect(lines).toHaveLength(told);
    expect(lines).toEqual(lines.toSorted((a, b) => a - b));
    expect(Math.max(...err.split("\n").map((line) => line.length))).toBeLessThan(300);
  }
});

test("an accepted phrase of function words is a mistake, and suppresses no gap", async () => {
  const { galley } = place({
    ".galley.json": `{"accept": ["by the", "the"]}`,
    "a.md": "The bridge is safe, according to a report by the .\n",
  });
  const { code, out } = await galley("check", "--format", "json", "--fail-on", "never");
  expect(code).toBe(2);
  expect(reportIn(out).summary.findings).toBeGreaterThan(0);
  const { err } = await galley("check", "--fail-on", "never");
  expect(err).toMatch(/1:13: “by the” has only/);
});

test("--config is used instead of a nearer file, and --rule overrides all", async () => {
  const { galley } = place({
    ".galley.json": `{"rules": {"repeated-word": "error"}}`,
    "other.json": `{"rules": {"repeated-word": "off", "orphaned-fragment": "off"}}`,
    "wrong.md": WRONG,
  });
  const severity = async (...args: string[]): Promise<string> =>
    / (\w+): /.exec((await galley("check", "--format", "compact", ...args)).out)?.[1] ?? "none";
  expect(await severity()).toBe("error");
  expect(await severity("--config", "other.json")).toBe("none");
  expect(await severity("--config", "other.json", "--rule", "repeated-word=information")).toBe(
    "information",
  );
  expect((await galley("check", "--config", "gone.json")).code).toBe(2);
});

test("standard input is read as the file whose name is given", async () => {
  const { galley } = place({ ".galley.json": `{"rules": {"repeated-word": "error"}}` }, WRONG);
  const args = ["--stdin-filename", "x/y.md", "--format", "json"];
  const { out, code } = await galley("check", "-", ...args);
  expect(code).toBe(1);
  expect(reportIn(out)).toMatchObject({
    files: [{ path: "x/y.md", findings: [{ severity: "error" }] }],
  });
});

test.each([
  [["check", "--format", "xml"]],
  [["check", "--rule", "repeated-word"]],
  [["check", "--rule", "zebra=off"]],
  [["check", "--rule", "repeated-word=loud"]],
  [["check", "--fix-repeats"]],
  [["check", "--stdin-filename", "x.md"]],
  [["check", "-", "--fix"]],
  [["check", "-", "--fix-dry-run"]],
  [["check", "--fix", "--fix-dry-run"]],
  [["check", "--unknown"]],
  [["check", "--max-warnings", "-1"]],
  [["check", "--max-warnings", "many"]],
  [["chekc"]],
  [[]],
])("%s is a usage error", async (args) => {
  const { code, out, err } = await place({}).galley(...args);
  expect(code).toBe(2);
  expect(out).toBe("");
  expect(err).not.toBe("");
  expect(err).not.toMatch(/^\s+at /m);
});

test("help is also a command, for all commands and for each, and a version is printed", async () => {
  const { galley } = place({});
  expect((await galley("--version")).out).toMatch(/^\d+\.\d+\.\d+\n$/);
  expect(await galley("help")).toEqual(await galley("--help"));
  for (const name of ["check", "baseline", "init", "stets", "rules", "lsp"]) {
    const told = await galley("help", name);
    expect(told).toEqual(await galley(name, "--help"));
    expect([told.code, told.err]).toEqual([0, ""]);
    expect(told.out).toMatch(new RegExp(`^Usage: galley ${name} `));
  }
  const unknown = await galley("help", "chekc");
  expect([unknown.code, unknown.out]).toEqual([2, ""]);
});

test("colours can be set before or after the command, and -q is --quiet", async () => {
  const { galley } = place({ "a.md": WRONG, "b.md": RIGHT });
  const plain = (await galley("check", "--quiet")).out;
  expect((await galley("check", "-q")).out).toBe(plain);
  expect((await galley("check", "-q", "b.md")).out).toBe("");
  for (const args of [
    ["--color", "check"],
    ["check", "--color"],
  ]) {
    const { out } = await galley(...args, "-q");
    expect(out).toContain("\u001B[");
    expect(out.replace(/\u001B\[\d+m/g, "")).toBe(plain);
    expect((await galley(...args, "--no-color", "-q")).out).toBe(plain);
  }
});

test("--fix makes the safe fixes and reports the remaining findings", async () => {
  const text = `\uFEFFThe the council met on the\r\nthe Monday. “It was fine, she said.\r\n`;
  const { galley, read } = place({ "wrong.md": text });
  const { out } = await galley("check", "--fix", "--format", "json");
  expect(read("wrong.md")).toBe(
    `\uFEFFThe council met on the\r\nMonday. “It was fine, she said.\r\n`,
  );
  const left = reportIn(out).files[0]?.findings.map(({ rule }) => rule);
  expect(left).toEqual(["unclosed-quote"]);
  expect(reportIn(out).summary).toMatchObject({ fixed: 2 });
});

const TWICE =
  "The council voted on Monday to close the old bridge to lorries until the spring.\n\nShops on the quay fear for their trade.\n\n";
const COPY = TWICE + TWICE.split("\n\n", 1).join("") + "\n";

test("repeats are deleted only with --fix-repeats", async () => {
  const { galley, read } = place({ "a.md": COPY });
  await galley("check", "--fix");
  expect(read("a.md")).toBe(COPY);
  await galley("check", "--fix", "--fix-repeats");
  expect(read("a.md")).toBe(TWICE.trimEnd() + "\n");
});

test("pretty output shows the line and points at the words", async () => {
  const { galley } = place({ "a.md": `日本 and\tthe the bridge.\n`, "b.md": RIGHT });
  const { out } = await galley("check", "--rule", "repeated-word=warning");
  expect(out).toBe(`a.md
  1:8  warning  “日本 and the the bridge.”: the same word twice in a row. Delete one.  repeated-word
    1 │ 日本 and    the the bridge.
      │             ^^^^^^^

1 warning in 2 drafts, 14 words, ${/[\d.]+ s/.exec(out)?.[0] ?? ""}.
1 finding can be fixed safely; --fix does it.
`);
});

test("hints are counted, and shown with --hints", async () => {
  const { galley } = place({ "a.md": `<!-- stet -->\n\n${RIGHT}` });
  expect((await galley("check")).out).toContain("1 hint not shown; --hints shows them.");
  expect((await galley("check", "--hints")).out).toContain("unused-stet");
});

const BACKGROUND =
  "The bridge was built in 1931 by the harbour board, closed twice for repairs, and sold to the county for one pound in 1988.";

test("a passage shared by two named drafts is reported in the later one, and only named drafts are compared", async () => {
  const { galley } = place({
    "a.md": `${RIGHT}\n${BACKGROUND}\n\nThe mayor left early on Monday.\n`,
    "sub/b.md": `Shops on the quay fear for their trade.\n\n${BACKGROUND}\n`,
    "c.md": RIGHT,
  });
  const told = async (...args: string[]): Promise<string[]> =>
    reportIn((await galley("check", "--hints", "--format", "json", ...args)).out).files.flatMap(
      (file) => file.findings.map(({ rule, severity }) => `${file.path}: ${rule}, ${severity}`),
    );
  expect(await told()).toEqual([
    "a.md: repeated-elsewhere, hint",
    "sub/b.md: repeated-elsewhere, information",
  ]);
  expect(await told("a.md", "c.md")).toEqual([]);
  expect(await told("--rule", "repeated-elsewhere=off")).toEqual([]);
  const { out } = await galley("check", "--hints", "--format", "json");
  const range = { start: { line: 2, character: 0 } };
  const hint = { severity: "hint", range, related: [{ path: "sub/b.md", range }] };
  const information = { severity: "information", related: [{ path: "a.md", range }] };
  expect(JSON.parse(out)).toMatchObject({
    files: [{ findings: [hint] }, {}, { findings: [information] }],
  });
});

test("standard input under the name of a draft that shares a passage has its own findings", async () => {
  const { galley } = place(
    {
      "a.md": `${RIGHT}\n${BACKGROUND}\n\nThe mayor left early on Monday.\n`,
      "b.md": `Shops on the quay fear for their trade.\n\n${BACKGROUND}\n`,
    },
    WRONG,
  );
  const args = ["a.md", "b.md", "-", "--stdin-filename", "a.md", "--hints", "--format", "json"];
  const { files } = reportIn((await galley("check", ...args)).out);
  const rules = files.map(({ findings }) => findings.map(({ rule }) => rule));
  expect(rules).toContainEqual(["repeated-word"]);
  expect(rules.filter((own) => own.includes("repeated-elsewhere"))).toHaveLength(2);
});

const ROADS = ["coastal", "old", "Roman", "northern", "market", "forest"];

test("boilerplate is counted, not reported", async () => {
  const files = Object.fromEntries(
    Array.from({ length: 6 }, (_, index) => [
      `${index}.md`,
      `This is draft ${index}, on the ${ROADS[index] ?? ""} road.\n\n${BACKGROUND}\n`,
    ]),
  );
  const { out } = await place(files).galley("check", "--format", "json");
  expect(JSON.parse(out)).toMatchObject({ summary: { findings: 0, boilerplate: 1 } });
  expect((await place(files).galley("check")).out).toContain(
    "1 passage in many drafts taken for boilerplate and left out.",
  );
});

test("a stet suppresses a shared passage in its own draft, and then counts as used", async () => {
  const { galley } = place({
    "a.md": `${RIGHT}\n<!-- stet -->\n\n${BACKGROUND}\n\n<!-- stet -->\n\nThe mayor left early on Monday.\n`,
    "b.md": `Shops on the quay fear for their trade.\n\n${BACKGROUND}\n`,
  });
  const { out } = await galley("check", "--hints", "--format", "compact");
  expect(out.split("\n").map((line) => line.replace(/(:\d+):.*\[/, "$1 ["))).toEqual([
    "a.md:7 [unused-stet]",
    "b.md:3 [repeated-elsewhere]",
    "",
  ]);
});

test("a stet is not called unused, and --fix keeps it, if a file that was not named may need it", async () => {
  const STET = "<!-- stet -->";
  const its = place({
    "a.md": `${RIGHT}\n${STET}\n\n${BACKGROUND}\n`,
    "b.md": `Shops on the quay fear for their trade.\n\n${BACKGROUND}\n`,
  });
  const text = its.read("a.md");
  for (const files of [["a.md"], ["a.md", "b.md"]]) {
    expect(await its.galley("stets", ...files)).toMatchObject({ code: 0 });
    await its.galley("check", "--hints", "--fix", ...files);
    expect(its.read("a.md")).toBe(text);
  }
  const off = ["--rule", "repeated-elsewhere=off"];
  expect((await its.galley("check", "--hints", ...off, "a.md")).out).toContain("unused-stet");
  its.write("b.md", RIGHT);
  expect((await its.galley("check", "--hints", "a.md")).out).not.toContain("unused-stet");
  expect((await its.galley("check", "--hints")).out).toContain("unused-stet");
  expect(await its.galley("stets", "a.md")).toMatchObject({ code: 0 });
  expect(await its.galley("stets")).toMatchObject({ code: 1 });
});
