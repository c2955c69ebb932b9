import { describe, expect, test } from "vitest";
import {
  configPlaces,
  inEachPlace,
  type ConfigPlace,
} from "../../../server/src/lsp/actions/config-places.ts";
import type { ActionSupport } from "../../../server/src/lsp/client.ts";
import { EMPTY, withFolders, withRules } from "../../../server/src/project/workspace.ts";
import { NOTHING } from "../../support/action-support.ts";

const CREATES: ActionSupport = { ...NOTHING, documentChanges: true, createFile: true };
const CREATES_NOTHING: ActionSupport = { ...CREATES, createFile: false };

const desk = (folders: readonly string[], configs: readonly string[] = []) =>
  withRules(
    withFolders(EMPTY, folders),
    new Map(configs.map((folder) => [`${folder}/.galley.json`, "{}"])),
    new Map(),
  );

describe("where a config file may be written", () => {
  test.each<[string, string[], string[], string[]]>([
    ["file:///w/a/b.md", ["file:///w"], [], ["file:///w"]],
    ["file:///w/a/b.md", ["file:///w"], ["file:///w/a"], ["file:///w/a"]],
    ["file:///x/b.md", ["file:///w"], [], ["file:///x"]],
    ["untitled:1", ["file:///w", "file:///v"], [], ["file:///w", "file:///v"]],
    ["untitled:1", [], [], []],
  ])("for %s in %j with %j", (uri, folders, configs, expected) => {
    const places = configPlaces(desk(folders, configs), CREATES, uri);
    expect(places.map(({ folder }) => folder)).toEqual(expected);
    // A client that can't create a file offers only existing ones.
    const there = configPlaces(desk(folders, configs), CREATES_NOTHING, uri);
    expect(there.map(({ folder }) => folder)).toEqual(configs);
  });

  const place = (folder: string): ConfigPlace => ({ folder, uri: `${folder}/.galley.json` });
  const candidate = {
    title: "Let it stand",
    kind: "",
    preferred: false,
    finding: undefined,
    payload: { type: "accept", phrase: "x" },
  } as const;
  const titles = (...folders: string[]): string[] =>
    inEachPlace(candidate, folders.map(place)).map(({ title }) => title);

  test("folders of the same name are named in full", () => {
    const [one] = titles("file:///v/a", "file:///w/a");
    expect(one).toContain("file:///v/a");
  });
});
