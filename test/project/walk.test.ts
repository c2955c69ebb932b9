import { describe, expect, test } from "vitest";
import { loadExtended } from "../../server/src/project/extended.ts";
import { newReadOrder, type RuleStore } from "../../server/src/project/rule-files.ts";
import { draftsIn, readConfigsFor, type Walk } from "../../server/src/project/walk.ts";
import { EMPTY, resolve, withFolders } from "../../server/src/project/workspace.ts";
import { memoryFolder } from "../support/memory-folder.ts";
import { virtualClock } from "../support/virtual-clock.ts";

function desk(texts: Readonly<Record<string, string>>, more: Partial<Walk> = {}) {
  const folder = memoryFolder(texts);
  const ruleStore: RuleStore = {
    workspace: withFolders(EMPTY, [folder.uri]),
    readOrder: newReadOrder(),
  };
  const told: string[] = [];
  const name = (path: string): string => path.slice(folder.uri.length + 1);
  const walk: Walk = {
    files: folder.files,
    clock: virtualClock(),
    ruleStore,
    isCancelled: () => false,
    listener: {
      skipped: (path, isFolder, reason) =>
        told.push(`${name(path)}${isFolder ? "/" : ""}: ${reason}`),
      unread: (path, why, kind) => told.push(`${name(path)}: ${kind} ${why}`),
      badPattern: (path, line) => told.push(`${name(path)}: line ${line}`),
    },
    ...more,
  };
  const drafts = async (start = folder.uri): Promise<string[]> =>
    [...(await draftsIn(walk, start)).keys()].map(name).sort();
  return { folder, ruleStore, walk, told, drafts };
}

describe("a walk", () => {
  test("of nothing finds nothing, and of a folder that can't be listed says so", async () => {
    expect(await desk({}).drafts()).toEqual([]);
    const { drafts, told, folder } = desk({ "a.md": "" });
    expect(await drafts(`${folder.uri}/none`)).toEqual([]);
    expect(told).toEqual(["none: folder failed"]);
    expect(await drafts("file:///elsewhere")).toEqual([]);
  });

  test("reads a folder's own config file before one above excludes the folder", async () => {
    const { drafts, told } = desk({
      ".galley.json": '{ "exclude": ["b/**", "c/**"] }',
      "b/.galley.json": "{}",
      "b/a.md": "",
      "c/a.md": "",
    });
    expect(await drafts()).toEqual(["b/a.md"]);
    expect(told.filter((one) => one.includes("/:"))).toEqual(["c/: excluded"]);
  });

  test("from a folder below the top obeys the files above", async () => {
    const { drafts, folder } = desk({
      ".gitignore": "x.md\n",
      ".galley.json": '{ "exclude": ["**/y.md"] }',
      "b/x.md": "",
      "b/y.md": "",
      "b/z.md": "",
    });
    await drafts();
    expect(await drafts(folder.uriOf("b"))).toEqual(["b/z.md"]);
  });

  test("ends when it is cancelled, and keeps what was known before", async () => {
    let isCancelled = false;
    const { drafts, ruleStore, folder } = desk(
      { ".galley.json": "{}", "a.md": "" },
      { isCancelled: () => isCancelled },
    );
    await drafts();
    folder.remove(".galley.json");
    isCancelled = true;
    expect(await drafts()).toEqual([]);
    expect(ruleStore.workspace.configs.get(folder.uriOf(".galley.json"))).toBe("{}");
    isCancelled = false;
    await drafts();
    expect(ruleStore.workspace.configs.get(folder.uriOf(".galley.json"))).toBeUndefined();
  });

  test("leaves an inner workspace folder to a walk of its own", async () => {
    const { drafts, ruleStore, folder } = desk({ "a.md": "", "b/c.md": "" });
    ruleStore.workspace = withFolders(ruleStore.workspace, [folder.uri, folder.uriOf("b")]);
    expect(await drafts()).toEqual(["a.md"]);
    expect(await drafts(folder.uriOf("b"))).toEqual(["b/c.md"]);
  });

  test("reports lines of an ignore file that have no effect", async () => {
    const { drafts, told } = desk({ ".gitignore": `a\n${"*a".repeat(400)}\n`, "b.md": "" });
    await drafts();
    expect(told).toContain(".gitignore: line 1");
  });
});

test("the config files of one draft are read from the nearest up to the first that exists", async () => {
  const { walk, ruleStore, folder } = desk({
    ".galley.json": '{ "placeholder": "TOP" }',
    "a/.galley.json": '{ "placeholder": "NEAR" }',
    "a/b/c.md": "",
  });
  const path = folder.uriOf("a/b/c.md");
  await readConfigsFor(walk, path);
  expect(resolve(ruleStore.workspace, path).settings.placeholder).toBe("NEAR");
  expect(ruleStore.workspace.configs.has(folder.uriOf(".galley.json"))).toBe(false);
  expect(ruleStore.workspace.configs.has(folder.uriOf("a/b/.galley.json"))).toBe(true);
});

test("what a config file extends is read again only if the file has changed", async () => {
  const { walk, ruleStore, folder } = desk({
    ".galley.json": '{ "extends": ["./b.json"] }',
    "b.json": '{ "accept": ["b"] }',
  });
  const accepted = (): readonly string[] =>
    resolve(ruleStore.workspace, folder.uriOf("a.md")).settings.accept;
  await readConfigsFor(walk, folder.uriOf("a.md"));
  folder.write("b.json", '{ "accept": ["new"] }');
  const config = folder.uriOf(".galley.json");
  await loadExtended(walk, config);
  expect(accepted()).toEqual(["b"]);
  const sources = { files: walk.files, ruleStore };
  await loadExtended(sources, config, (path) => path === folder.uriOf("b.json"));
  expect(accepted()).toEqual(["new"]);
});
