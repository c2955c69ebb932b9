import { expect, test } from "vitest";
import { isUntitled, resolveUntitled, untitledConfigs } from "../../server/src/project/untitled.ts";
import { newTree } from "../../server/src/settings/config/tree.ts";
import { EMPTY, withRules } from "../../server/src/project/workspace.ts";

const PATH = "untitled:Untitled-1";

/** The settings of an untitled draft, next to folders with these config files. */
function resolved(texts: Readonly<Record<string, string>>) {
  const configs = Object.entries(texts).map(
    ([folder, text]) => [`${folder}/.galley.json`, text] as const,
  );
  const { tree } = withRules(EMPTY, new Map(configs), new Map());
  return { ...resolveUntitled(PATH, Object.keys(texts), tree, undefined) };
}

test.each([
  [PATH, true],
  ["file:///a.md", false],
  ["file:///untitled:a.md", false],
  ["", false],
])("%s has not been saved yet: %s", (uri, expected) => {
  expect(isUntitled(uri)).toBe(expected);
});

test("the config files at the top of the folders apply", () => {
  expect(untitledConfigs(["file:///a", "file:///b"])).toEqual([
    "file:///a/.galley.json",
    "file:///b/.galley.json",
  ]);
  expect(untitledConfigs([])).toEqual([]);
});

test("in one folder: all its settings apply", () => {
  const { settings, configPath } = resolved({
    "file:///a": '{ "placeholder": "XX", "accept": ["x"] }',
  });
  expect(settings).toMatchObject({ placeholder: "XX", accept: ["x"] });
  expect(configPath).toBe("file:///a/.galley.json");
});

test("in several: what they accept applies, and nothing else", () => {
  const stet = (text: string) =>
    `[{ "rule": "repeated-word", "text": "${text}", "hash": "0000000a" }]`;
  const { settings, configPath } = resolved({
    "file:///a": `{ "placeholder": "XX", "accept": ["x", "y"], "stet": ${stet("a")} }`,
    "file:///b": `{ "accept": ["y", "z"], "stet": ${stet("b")} }`,
    "file:///c": "{}",
  });
  expect(settings.placeholder).not.toBe("XX");
  expect(settings.accept).toEqual(["x", "y", "z"]);
  expect(settings.stet.map(({ text }) => text)).toEqual(["a", "b"]);
  expect(configPath).toBeUndefined();
});

test("equal sources give the same settings object, which results depend on", () => {
  const folders = ["file:///a", "file:///b"];
  const texts = folders.map((folder) => [`${folder}/.galley.json`, '{ "accept": ["x"] }'] as const);
  const { tree } = withRules(EMPTY, new Map(texts), new Map());
  const first = resolveUntitled(PATH, folders, tree, undefined).settings;
  expect(resolveUntitled(PATH, folders, tree, undefined).settings).toBe(first);
  const none = newTree({});
  expect(resolveUntitled(PATH, folders, none, undefined).settings.accept).toEqual([]);
});
