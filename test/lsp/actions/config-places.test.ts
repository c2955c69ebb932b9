import { describe, expect, test } from "vitest";
import { configPlace } from "../../../server/src/lsp/actions/config-places.ts";
import type { ActionSupport } from "../../../server/src/lsp/client.ts";
import { EMPTY, withFolders, withRules } from "../../../server/src/project/workspace.ts";
import { NOTHING } from "../../support/action-support.ts";

const CREATES: ActionSupport = { ...NOTHING, createFile: true };

const desk = (folders: readonly string[], configs: readonly string[] = []) =>
  withRules(
    withFolders(EMPTY, folders),
    new Map(configs.map((folder) => [`${folder}/.galley.json`, "{}"])),
    new Map(),
  );

describe("where a config file may be written", () => {
  test.each<[string, string[], string[], string | undefined]>([
    ["file:///w/a/b.md", ["file:///w"], [], "file:///w"],
    ["file:///w/a/b.md", ["file:///w"], ["file:///w/a"], "file:///w/a"],
    ["file:///x/b.md", ["file:///w"], [], "file:///x"],
    ["untitled:1", ["file:///w"], [], "file:///w"],
    ["untitled:1", ["file:///w", "file:///v"], [], undefined],
    ["untitled:1", [], [], undefined],
  ])("for %s in %j with %j", (uri, folders, configs, expected) => {
    expect(configPlace(desk(folders, configs), CREATES, uri)?.folder).toBe(expected);
    // A client that can't create a file offers only an existing one.
    expect(configPlace(desk(folders, configs), NOTHING, uri)?.folder).toBe(configs[0]);
  });
});
