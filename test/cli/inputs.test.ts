import path from "node:path";
import { describe, expect, test } from "vitest";
import { findInputs, inputSettings, readConfigOption } from "../../server/src/cli/inputs.ts";
import { place, RIGHT } from "./support.ts";

const GIVEN = { sources: {}, config: undefined };

const FILES = {
  "a.md": RIGHT,
  "b/c.md": RIGHT,
  "b/notes.txt": "a=1\n",
  "CHANGELOG.md": RIGHT,
  "d.html": RIGHT,
  "e.org": RIGHT,
  "node_modules/f.md": RIGHT,
};

async function found(paths: readonly string[], files: Readonly<Record<string, string>> = FILES) {
  const { folder } = place(files);
  return findInputs(folder, paths, GIVEN, true);
}

const shown = ({ inputs }: Awaited<ReturnType<typeof found>>): string[] =>
  inputs.map((input) => `${input.shown} ${input.format} ${input.inclusion}`);

describe("the drafts that paths name", () => {
  test("in a folder: its drafts, in order", async () => {
    const inputs = await found(["."]);
    expect(shown(inputs)).toEqual([
      "a.md markdown no",
      "b/c.md markdown no",
      "b/notes.txt plaintext no",
    ]);
    expect(inputs.leftOut).toBe(1);
    expect(inputs.skipped.map((one) => one.path).sort()).toEqual([
      "CHANGELOG.md",
      "d.html",
      "e.org",
      "node_modules/",
    ]);
  });

  test.each<[string, string[]]>([
    ["b/*.md", ["b/c.md"]],
    ["**/*.md", ["a.md", "b/c.md"]],
    ["{a,b/c}.md", ["a.md", "b/c.md"]],
    // A named folder includes its contents.
    ["[ab]", ["b/c.md", "b/notes.txt"]],
    // A file of another kind is checked if it is named, as with `include`.
    ["*.{html,org}", ["d.html", "e.org"]],
    ["**/CHANGELOG.md", ["CHANGELOG.md"]],
    ["./b/../b/?.md", ["b/c.md"]],
  ])("by a pattern, %s: the drafts it matches", async (pattern, expected) => {
    const { inputs, problems } = await found([pattern]);
    expect(inputs.map((input) => input.shown)).toEqual(expected);
    expect(problems).toEqual([]);
  });

  test("a pattern is limited to what a folder would have: ignored or excluded files are not drafts", async () => {
    const files = {
      ...FILES,
      ".gitignore": "a.md\n",
      ".galley.json": '{ "include": ["b"], "exclude": ["x"] }',
      "x/y.md": RIGHT,
      "z.md": RIGHT,
    };
    const of = async (...paths: string[]) =>
      (await found(paths, files)).inputs.map((one) => one.shown);
    expect(await of("**/*.md")).toEqual(["b/c.md"]);
    expect(await of("**/*.md", "z.md")).toEqual(["b/c.md", "z.md"]);
    expect(await of("**/*.html")).toEqual(["d.html"]);
  });

  test("a pattern may be absolute or lead upward, and a file with exactly its name comes first", async () => {
    const { folder } = place({ "in/*.md": RIGHT, "in/b.md": RIGHT, "c/d.md": RIGHT });
    const of = async (given: string) =>
      (await findInputs(path.join(folder, "in"), [given], GIVEN)).inputs.map((one) => one.shown);
    expect(await of("*.md")).toEqual(["*.md"]);
    expect(await of("?.md")).toEqual(["*.md", "b.md"]);
    expect(await of("../c/*")).toEqual(["../c/d.md"]);
    expect(await of(`${folder}/c/**`)).toEqual(["../c/d.md"]);
  });

  test.each([
    ["b/*.rst", /^No draft here is called so/],
    ["none/*.md", /^There is no such file or folder/],
    ["a.md/*", /^There is no such file or folder/],
    ["node_modules", undefined],
    ["**/node_modules/*.md", /^No draft here is called so/],
    ["*/../x", /^This pattern leads out of its folder/],
    ["[z-a].md", /^This pattern has a range in brackets that runs backwards/],
    [`*${"a".repeat(3000)}`, /^This pattern is longer than/],
  ])("a pattern that matches nothing, as %s, is fatal", async (pattern, message) => {
    const { problems } = await found([pattern]);
    expect(problems.map((one) => [one.message, one.fatal])).toEqual(
      message === undefined ? [] : [[expect.stringMatching(message), true]],
    );
  });

  test("a file is taken as one whatever its name", async () => {
    expect(shown(await found(["e.org", "CHANGELOG.md", "d.html"]))).toEqual([
      "CHANGELOG.md markdown outright",
      "d.html html outright",
      "e.org plaintext outright",
    ]);
  });

  test("each draft once, under its most explicit name", async () => {
    expect(shown(await found(["b", "b/c.md", ".", "b/c.md"]))).toEqual([
      "a.md markdown no",
      "b/c.md markdown outright",
      "b/notes.txt plaintext no",
    ]);
  });

  test("the files that a config file includes", async () => {
    const config = { ".galley.json": '{ "include": ["**/*.html"] }' };
    expect(shown(await found(["."], { ...FILES, ...config }))).toContain("d.html html by pattern");
  });

  test("no paths name no drafts; a missing file is fatal, and so is an empty name", async () => {
    expect((await found([])).inputs).toEqual([]);
    const { problems, inputs } = await found(["none.md", ""]);
    expect(inputs).toEqual([]);
    expect(problems.map(({ path: one, fatal }) => [one, fatal])).toEqual([
      ["none.md", true],
      [`""`, true],
    ]);
  });

  test("mistakes in config files are reported, except in excluded folders", async () => {
    const wrong = { ".galley.json": "[", "node_modules/.galley.json": "[" };
    const { ruleFiles } = await found(["."], { ...FILES, ...wrong });
    const mistaken = [...ruleFiles].filter(({ problems }) => problems.length > 0);
    expect(mistaken.map((one) => path.basename(path.dirname(one.path ?? "")))).not.toContain(
      "node_modules",
    );
    expect(mistaken).toHaveLength(1);
  });

  test("a deleted file would be checked by its folder's settings", async () => {
    const { folder } = place(FILES);
    const { draftAt } = await findInputs(folder, ["."], GIVEN);
    const at = async (name: string) => (await draftAt(folder, path.join(folder, name)))?.format;
    expect(await at("gone.md")).toBe("markdown");
    expect(await at("gone.org")).toBeUndefined();
    expect(await at("node_modules/gone.md")).toBeUndefined();
  });
});

describe("settings", () => {
  const CONFIG = { ".galley.json": '{ "placeholder": "TKTK" }' };

  test("of a draft that is not on disk are those of its folder", async () => {
    const { folder } = place({ ...CONFIG, "b/.galley.json": "{}" });
    const of = async (name: string): Promise<string> =>
      (await inputSettings(folder, name, GIVEN)).resolved.settings.placeholder;
    expect(await of("none.md")).toBe("TKTK");
    expect(await of("b/none.md")).not.toBe("TKTK");
  });

  test("of a named config file are used alone", async () => {
    const { folder } = place({ ...CONFIG, "named.json": '{ "placeholder": "NAMED" }' });
    const config = readConfigOption(folder, "named.json");
    const { resolved } = await inputSettings(folder, "a.md", { sources: {}, config });
    expect(resolved.settings.placeholder).toBe("NAMED");
    expect(readConfigOption(folder, "none.json")?.read).toHaveProperty("unread", "gone");
    const text = { file: path.join(folder, "x.json"), text: '{ "placeholder": "TEXT" }' };
    const given = { sources: {}, config: readConfigOption(folder, text) };
    expect((await inputSettings(folder, "a.md", given)).resolved.settings.placeholder).toBe("TEXT");
  });
});
