import { expect, test } from "vitest";
import { configPaths, parseConfig } from "../../server/src/settings/config/config.ts";
import type { Resolved } from "../../server/src/settings/config/node.ts";
import { newTree, resolveIn, getScope, withTexts } from "../../server/src/settings/config/tree.ts";
import {
  EMPTY,
  resolve,
  type Workspace,
  withEditor,
  withFolders,
  withRules,
} from "../../server/src/project/workspace.ts";
import { acceptPhrase, addStet, turnOff } from "../../server/src/settings/config/edits.ts";
import { applyEdits } from "../../server/src/text/edits.ts";
import { say } from "../../server/src/text/wording.ts";
import { resolveSettings } from "../support/settings.ts";

/** The messages, with the texts they are about. */
function problemsOf(text: string): [string, string][] {
  return parseConfig(text).problems.map(({ message, span }) => [
    say(message),
    text.slice(span.start, span.end),
  ]);
}

/** A config without a mistake. */
function configOf(text: string): unknown {
  const { config, problems } = parseConfig(text);
  expect(problems).toEqual([]);
  return config;
}

test("a config has comments and trailing commas", () => {
  const text = `{
    // quiet, please
    "rules": { "unused-stet": "off", },
    "accept": ["TK Maxx"], "placeholder": "XX", "language": "pt-BR", "holes": {"sensitivity": "quiet"},
  }`;
  expect(configOf(text)).toEqual({
    rules: { "unused-stet": "off" },
    accept: ["TK Maxx"],
    placeholder: "XX",
    language: "pt-BR",
    sensitivity: "quiet",
  });
  expect(configOf("")).toEqual({});
  expect(configOf("\uFEFF{}")).toEqual({});
});

test.each([
  [
    `{"rules": {"unused-stat": "off"}}`,
    "There is no rule “unused-stat”. Did you mean “unused-stet”?",
    `"unused-stat"`,
  ],
  [`{"rules": {"zebra": "off"}}`, "There is no rule “zebra”.", `"zebra"`],
  [
    `{"rules": {"unused-stet": "warn"}}`,
    "The rule “unused-stet” can’t be “warn”. Choose one of “off”, “hint”, “information”, “warning” and “error”.",
    `"warn"`,
  ],
  [
    `{"rules": {"unused-stet": 2}}`,
    "The rule “unused-stet” takes a severity (off, hint, information, warning, error), or an object with “severity” and “options”.",
    "2",
  ],
  [
    `{"rules": {"unused-stet": {"options": {"x": 1}}}}`,
    "The rule “unused-stet” has no option “x”. It has no options.",
    `"x"`,
  ],
  [`{"exlude": []}`, "There is no setting “exlude”. Did you mean “exclude”?", `"exlude"`],
  [`{"accept": "x"}`, "“accept” must be a list in brackets: [ … ].", `"x"`],
  [`{"accept": ["x", 1]}`, "Entry 2 of “accept” must be a text in double quotes.", "1"],
  [`[]`, "The file must be an object in braces: { … }.", "[]"],
  [`{"stet": [{"rule": "a"}]}`, "Entry 1 of “stet” needs “text” and “hash”.", `{"rule": "a"}`],
  [
    `{"language": "german"}`,
    "“language” must be “auto” or a language’s tag, such as “en”, “de” or “pt-BR”.",
    `"german"`,
  ],
  [`{"overrides": [{"rules": {}}]}`, "Entry 1 of “overrides” needs “files”.", `{"rules": {}}`],
  [
    `{"overrides": [{"files": ["a"], "include": []}]}`,
    "An override has no “include”. It takes “files”, “rules”, “accept”, “placeholder”, “language”, “holes” and “repeats”.",
    `"include"`,
  ],
  [
    `{"overrides": [{"files": ["a", 1]}]}`,
    "Entry 2 of “files” must be a text in double quotes.",
    "1",
  ],
  [`{"overrides": [{"files": []}]}`, "“files” must not be empty.", "[]"],
  [`{"overrides": [{"files": ["a", ""]}]}`, "Entry 2 of “files” must not be empty.", `""`],
  [`{"overrides": [{"files": ["/"]}]}`, "Entry 1 of “files” names no file.", `"/"`],
  [
    `{"overrides": [{"files": ["!a.md"]}]}`,
    "Entry 1 of “files” can’t begin with “!”. Name the files that are meant.",
    `"!a.md"`,
  ],
  [
    `{"overrides": [{"files": ["a"], "rules": {"unused-stet": "hnt"}}]}`,
    "The rule “unused-stet” can’t be “hnt”. Choose one of “off”, “hint”, “information”, “warning” and “error”. Did you mean “hint”?",
    `"hnt"`,
  ],
  [
    `{"rules": {"repeated-block": {"options": {"minWords": 2}}}}`,
    "The option “minWords” of “repeated-block” must be 8 or more.",
    "2",
  ],
  [
    `{"rules": {"repeated-block": {"options": {"minWords": 201}}}}`,
    "The option “minWords” of “repeated-block” must be 200 or less.",
    "201",
  ],
  [`{"placeholder": ""}`, "“placeholder” must not be empty.", `""`],
  [`{"accept": ["x" "y"]}`, "A comma is missing before this.", `"y"`],
  [`{"accept" ["x"]}`, "A colon is missing before this.", `[`],
  [
    `{"zzzzzzzzz": 1}`,
    "There is no setting “zzzzzzzzz”. The settings are “rules”, “accept”, “placeholder”, “language”, “holes”, “repeats”, “include”, “exclude”, “extends”, “overrides” and “stet”.",
    `"zzzzzzzzz"`,
  ],
  [
    `{"rules": {"repeated-block": {"options": {"minWord": 9}}}}`,
    "The rule “repeated-block” has no option “minWord”. Did you mean “minWords”?",
    `"minWord"`,
  ],
  [
    `{"rules": {"broken-off": {"severty": "off"}}}`,
    "A rule takes “severity” and “options”, not “severty”. Did you mean “severity”?",
    `"severty"`,
  ],
  [
    `{"overrides": [{"files": ["a"], "rulse": {}}]}`,
    "An override has no “rulse”. Did you mean “rules”?",
    `"rulse"`,
  ],
  [
    `{"holes": {"sensitivity": "egger"}}`,
    "“sensitivity” can’t be “egger”. Choose one of “quiet”, “normal” and “eager”. Did you mean “eager”?",
    `"egger"`,
  ],
  [
    `{"rules": {"broken-off": {"severity": 3}}}`,
    "The severity of “broken-off” must be a text in double quotes.",
    "3",
  ],
  [
    `{"accept": ["x"], "accept": []}`,
    "“accept” is here and again below, and only the last counts. Combine them.",
    `"accept"`,
  ],
  [
    `{"accept": ["the"]}`,
    "“the” has only punctuation and small words, which are everywhere, so it hides no gap. Delete it.",
    `"the"`,
  ],
  [`{"accept": }`, "A value belongs here.", "}"],
  [`{“accept”: []}`, 'Straight double quotes (") are needed here.', "“accept”"],
  [`{'accept': []}`, 'Straight double quotes (") are needed here.', "'accept'"],
  [`{"accept": [‘x’]}`, 'Straight double quotes (") are needed here.', "‘x’"],
  [`{"accept": []} []`, "There must be nothing after the closing brace.", "["],
])("%s is reported in plain words", (text, message, about) => {
  expect(problemsOf(text)).toEqual([[message, about]]);
});

test.each([
  [`{1: 2}`, "A name in double quotes belongs here."],
  [`{"accept": []`, "A closing brace “}” is missing."],
  [`{"accept": [],\n\n`, "A closing brace “}” is missing."],
  [`{"rules": {"repeated-word": "off" },`, "A closing brace “}” is missing."],
  [`{"accept": ["x"`, "A closing bracket “]” is missing."],
  [`{"accept": ["x]}`, "A closing quotation mark is missing."],
  [`{} /* x`, "The comment is not closed."],
  [`{"accept": nul}`, "This is not JSON."],
])("an unclosed text, or one that is not JSON, is reported: %s", (text, message) => {
  expect(problemsOf(text).map(([told]) => told)).toContain(message);
});

test("the nearest file wins entirely, and the search stops at the root", () => {
  expect(configPaths("/w/a/b/c.md", "/w/a")).toEqual(["/w/a/b/.galley.json", "/w/a/.galley.json"]);
  expect(configPaths("file:///w/a.md", "file:///w/")).toEqual(["file:///w/.galley.json"]);
  expect(configPaths("/elsewhere/x/c.md", "/w")).toEqual(["/elsewhere/x/.galley.json"]);
  expect(configPaths("/c.md", "/")).toEqual(["/.galley.json"]);
  const files = new Map([
    ["/w/.galley.json", `{"placeholder": "OUTER", "accept": ["outer"]}`],
    ["/w/a/.galley.json", `{"accept": ["inner"]}`],
  ]);
  const read = (path: string): string | undefined => files.get(path);
  const inner = resolveSettings("/w/a/x.md", "/w", {}, read);
  expect(inner.settings.accept).toEqual(["inner"]);
  expect(inner.settings.placeholder).toBe("TK");
  expect(inner.configPath).toBe("/w/a/.galley.json");
  expect(resolveSettings("/w/b/x.md", "/w", {}, read).settings.placeholder).toBe("OUTER");
  expect(resolveSettings("/w/a/x.md", "/w/a", {}, () => undefined).configPath).toBeUndefined();
});

test("defaults, editor, file, command line: the later wins", () => {
  const severity = (sources: Parameters<typeof resolveSettings>[2], file?: string): unknown =>
    resolveSettings("/w/x.md", "/w", sources, () => file).settings.rules.get("unused-stet")
      ?.severity;
  const editor = { rules: { "unused-stet": "information" as const } };
  const above = { rules: { "unused-stet": "error" as const } };
  expect(severity({})).toBe("hint");
  expect(severity({ editor })).toBe("information");
  expect(severity({ editor }, `{"rules": {"unused-stet": "off"}}`)).toBe("off");
  expect(severity({ editor, above }, `{"rules": {"unused-stet": "off"}}`)).toBe("error");
});

test("equal sources give the same settings object", () => {
  const within = (before: Workspace, folder: string, text: string): Workspace =>
    withRules(before, new Map([[`${folder}/.galley.json`, text]]), new Map());
  // Each time the editor is asked, it returns a new object.
  const asked = (before: Workspace): Workspace =>
    withEditor(before, new Map(["", "/w", "/v"].map((folder) => [folder, { placeholder: "XX" }])));
  const start = asked(withFolders(EMPTY, ["/w", "/v"]));
  const first = within(start, "/w", `{"accept": ["x"]}`);
  const one = resolve(first, "/w/a.md");
  expect(one.settings).toMatchObject({ placeholder: "XX", accept: ["x"] });
  const other = resolve(asked(first), "/w/b.md");
  expect(other.settings).toBe(one.settings);
  const spaced = resolve(within(first, "/w", " {}"), "/w/b.md");
  expect(spaced.settings).not.toBe(one.settings);
  expect(spaced.settings).toBe(resolve(start, "/w/b.md").settings);
  const noted = resolve(within(first, "/w", `{"accept": ["x"]} // Ours.`), "/w/b.md");
  expect(noted.settings).toBe(one.settings);
  const elsewhere = resolve(within(first, "/v", `{ "accept": ["x"] }`), "/v/a.md");
  expect(elsewhere.settings).toBe(one.settings);
});

test("equal sources give the same settings object for every draft, however many overrides there are", () => {
  const overrides = Array.from({ length: 600 }, (_, at) => ({
    files: [`/${at}.txt`],
    placeholder: `TK${at}`,
  }));
  const text = JSON.stringify({ exclude: ["old"], overrides });
  const tree = withTexts(newTree({}), new Map([["/w/.galley.json", text]]));
  const editor = { accept: ["x"] };
  const pass = (): Resolved[] =>
    overrides.map((_, at) => {
      const draft = `/w/${at}.txt`;
      return resolveIn(getScope(tree, draft, "/w", editor), draft);
    });
  const first = pass();
  expect(first.map(({ settings }) => settings.placeholder)).toEqual(
    overrides.map(({ placeholder }) => placeholder),
  );
  expect(pass().filter((one, at) => one !== first[at])).toEqual([]);
});

test("a named config file is used even if there is a nearer one", () => {
  const read = (path: string): string | undefined =>
    path === "/other.json" ? `{"accept": ["x"]}` : "{}";
  const resolved = resolveSettings("/w/a.md", "/w", { configPath: "/other.json" }, read);
  expect(resolved.settings.accept).toEqual(["x"]);
});

test("an override applies to the drafts that it names, and the last wins", () => {
  const text = `{
    "placeholder": "A",
    "overrides": [
      { "files": ["/notes.txt", "old"], "placeholder": "B", "rules": { "unused-stet": "off" } },
      { "files": ["de/**"], "language": "de", "accept": ["x"], "holes": { "sensitivity": "quiet" } },
      { "files": ["*.mdx"], "placeholder": "C" },
    ],
  }`;
  const read = (path: string): string | undefined =>
    path === "/w/a/.galley.json" ? text : undefined;
  const settingsOf = (draft: string): unknown => {
    const { settings, perFile, problems } = resolveSettings(draft, "/w", {}, read);
    expect({ perFile, problems }).toEqual({ perFile: true, problems: [] });
    return [
      settings.placeholder,
      settings.rules.get("unused-stet")?.severity,
      settings.language,
      settings.sensitivity,
      settings.accept.length,
    ];
  };
  expect(settingsOf("/w/a/x.md")).toEqual(["A", "hint", "auto", "normal", 0]);
  expect(settingsOf("/w/a/notes.txt")).toEqual(["B", "off", "auto", "normal", 0]);
  expect(settingsOf("/w/a/in/notes.txt")).toEqual(["A", "hint", "auto", "normal", 0]);
  expect(settingsOf("/w/a/in/old/x.md")).toEqual(["B", "off", "auto", "normal", 0]);
  expect(settingsOf("/w/a/de/x.md")).toEqual(["A", "hint", "de", "quiet", 1]);
  expect(settingsOf("/w/a/old/x.mdx")).toEqual(["C", "off", "auto", "normal", 0]);
  expect(resolveSettings("/w/x.md", "/w", {}, read).perFile).toBe(false);
  const tree = withTexts(newTree({}), new Map([["/w/a/.galley.json", text]]));
  const [one, other] = ["/w/a/old/1.md", "/w/a/old/2.md"].map((draft) =>
    resolveIn(getScope(tree, draft, "/w", undefined), draft),
  );
  expect(other?.settings).toBe(one?.settings);
  expect(one?.settings.placeholder).toBe("B");
  const above = { placeholder: "D" };
  expect(resolveSettings("/w/a/old/1.md", "/w", { above }, read).settings.placeholder).toBe("D");
});

test.each([
  "notes.txt",
  "in/a (1) [draft]!.txt",
  "what?.txt",
  "100 %.txt",
  "{a,b}#.mdx",
  "a*b.txt",
])("a rule is turned off only for %s", (name) => {
  const off = (text: string | undefined, rule: string): string =>
    applyEdits(text ?? "", turnOff(text, name, rule));
  const once = off(undefined, "broken-off");
  const twice = off(once, "unused-stet");
  expect(configOf(twice)).toMatchObject({
    overrides: [{ rules: { "broken-off": "off", "unused-stet": "off" } }],
  });
  expect(off(twice, "broken-off")).toBe(twice);
  const escaped = name.replace(/[%#?]/g, encodeURIComponent);
  for (const folder of ["/w", "file:///w"]) {
    const path = (one: string): string => `${folder}/${one}`;
    const isOff = (draft: string): boolean =>
      resolveSettings(path(draft), folder, {}, (file) =>
        file === path(".galley.json") ? twice : undefined,
      ).settings.rules.get("broken-off")?.severity === "off";
    expect(isOff(folder === "/w" ? name : escaped)).toBe(true);
    expect(isOff(`x/${name}`)).toBe(false);
    expect(isOff("a.txt")).toBe(false);
  }
});

test("an override names drafts by globs, in which a parenthesis is literal", () => {
  const text = `{"overrides": [{"files": ["(a)*.md", "..a"], "placeholder": "B"}]}`;
  const placeholder = (draft: string): string =>
    resolveSettings(`/w/${draft}`, "/w", {}, () => text).settings.placeholder;
  expect(["a.md", "(a) b.md"].map(placeholder)).toEqual(["TK", "B"]);
});

test("turning a rule off keeps its options, the comments and other overrides", () => {
  const text = `{
  "overrides": [
    { "files": ["news/**"], "placeholder": "X" }, // news
    // ours
    { "files": ["/a.txt"], "rules": { "repeated-block": { "options": { "minWords": 20 } }, } },
  ],
}\n`;
  const after = applyEdits(text, turnOff(text, "a.txt", "repeated-block"));
  expect(after).toContain("// ours");
  expect(configOf(after)).toEqual({
    overrides: [
      { files: ["news/**"], placeholder: "X" },
      {
        files: ["/a.txt"],
        rules: { "repeated-block": { severity: "off", options: { minWords: 20 } } },
      },
    ],
  });
  const added = applyEdits(after, turnOff(after, "b.txt", "broken-off"));
  expect(configOf(added)).toMatchObject({ overrides: [{}, {}, { files: ["/b.txt"] }] });
  const third = applyEdits(added, turnOff(added, "a.txt", "broken-off"));
  expect(configOf(third)).toMatchObject({
    overrides: [{}, { rules: { "broken-off": "off" } }, {}],
  });
});

test("turning a rule off also wins over what is set for other drafts", () => {
  const text = `{
  "overrides": [
    { "files": ["/a.md"], "accept": ["x"] },
    { "files": ["*.md"], "rules": { "empty-link": "error" } },
  ],
}\n`;
  const off = (before: string, rule: string): string =>
    applyEdits(before, turnOff(before, "a.md", rule));
  const after = off(text, "empty-link");
  const { settings } = resolveSettings("/w/a.md", "/w", {}, () => after);
  expect(settings.rules.get("empty-link")?.severity).toBe("off");
  expect(off(after, "empty-link")).toBe(after);
  // If no other entry mentions the rule, the draft's own is used again.
  for (const before of [text, after]) {
    const { config } = parseConfig(off(before, "broken-off"));
    expect(config.overrides?.length).toBe(before === text ? 2 : 3);
  }
});

test("a phrase is added to accept, and comments are kept", () => {
  const add = (text: string | undefined): string =>
    applyEdits(text ?? "", acceptPhrase(text, "the The"));
  expect(add(undefined)).toBe(`{\n  "accept": [\n    "the The"\n  ]\n}\n`);
  expect(configOf(add(`{}`))).toEqual({ accept: ["the The"] });
  const commented = `{\n  // ours\n  "accept": [\n    "x", // why\n  ],\n  "placeholder": "TK",\n}\n`;
  const after = add(commented);
  expect(after).toContain("// ours");
  expect(after).toContain("// why");
  expect(configOf(after)).toEqual({ accept: ["x", "the The"], placeholder: "TK" });
  expect(add(after)).toBe(after);
});

test("a stet entry is added once", () => {
  const entry = { rule: "unused-stet", text: "Some words", hash: "0a0b0c0d" };
  const once = applyEdits("{}", addStet("{}", entry));
  expect(configOf(once)).toEqual({ stet: [entry] });
  expect(addStet(once, entry)).toEqual([]);
});
