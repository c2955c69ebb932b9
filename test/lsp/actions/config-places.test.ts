import { describe, expect, test } from "vitest";
import {
  canWriteConfig,
  configChange,
  configPlaces,
  inEachPlace,
  placeFor,
  type ConfigPlace,
} from "../../../server/src/lsp/actions/config-places.ts";
import type { ConfigPayload } from "../../../server/src/lsp/actions/payload.ts";
import type { ActionSupport } from "../../../server/src/lsp/client.ts";
import { EMPTY, withFolders, withRules } from "../../../server/src/project/workspace.ts";
import { parseConfig } from "../../../server/src/settings/config/config.ts";
import { NOTHING } from "../../support/action-support.ts";
import { applyEdits } from "../../../server/src/text/edits.ts";

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
  ])("of %s in %j with %j", (uri, folders, configs, expected) => {
    const places = configPlaces(desk(folders, configs), CREATES, uri);
    expect(places.map(({ folder }) => folder)).toEqual(expected);
    // A client that can't create a file has only those that are there.
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

  test("an action is offered once for each, and names it where there are several", () => {
    expect(titles()).toEqual([]);
    expect(titles("file:///w/a")).toEqual(["Let it stand"]);
    expect(titles("file:///w/a", "file:///w/b")).toEqual([
      "Let it stand (folder “a”)",
      "Let it stand (folder “b”)",
    ]);
    const [one] = titles("file:///v/a", "file:///w/a");
    expect(one).toContain("file:///v/a");
    const edits = { ...candidate, payload: { type: "edits", edits: [] } } as const;
    expect(inEachPlace(edits, [place("file:///a"), place("file:///b")])).toEqual([edits]);
  });

  test("the one that was chosen is written to", () => {
    const places = [place("file:///a"), place("file:///b")];
    expect(placeFor({ type: "accept", phrase: "x" }, places)).toBe(places[0]);
    expect(placeFor({ type: "accept", phrase: "x", folder: "file:///b" }, places)).toBe(places[1]);
    expect(placeFor({ type: "accept", phrase: "x", folder: "file:///c" }, places)).toBeUndefined();
  });
});

describe("a change of a config file", () => {
  const entry = { rule: "repeated-word", text: "the the", hash: "0000000a" };
  test.each<[ConfigPayload, object]>([
    [{ type: "accept", phrase: "x y" }, { accept: ["x y"] }],
    [{ type: "stet", entry }, { stet: [entry] }],
    [{ type: "switch-off", rule: "repeated-word" }, { rules: { "repeated-word": "off" } }],
    [{ type: "include", pattern: "**/*.html" }, { include: ["**/*.html"] }],
    [{ type: "turn-off", rule: "repeated-word" }, { overrides: [{ files: ["/a/b c.md"] }] }],
  ])("%j, of a new file and of one that is there", (payload, expected) => {
    for (const text of [undefined, "{}", '{\n  "placeholder": "TK"\n}\n']) {
      const edits = configChange(payload, text, "file:///w/a/b%20c.md", "file:///w");
      const { config, problems } = parseConfig(applyEdits(text ?? "", edits));
      expect(problems).toEqual([]);
      expect(config).toMatchObject(expected);
    }
  });

  test("is not made where the file can't be read", () => {
    const broken = withRules(
      desk(["file:///w"]),
      new Map([["file:///w/.galley.json", "["]]),
      new Map(),
    );
    const places = [{ folder: "file:///w", uri: "file:///w/.galley.json" }];
    const payload = { type: "accept", phrase: "x" } as const;
    expect(canWriteConfig(broken, "file:///w/a.md", payload, places)).toBe(false);
    expect(canWriteConfig(desk(["file:///w"]), "file:///w/a.md", payload, places)).toBe(true);
    expect(canWriteConfig(desk(["file:///w"]), "file:///w/a.md", payload, [])).toBe(false);
  });
});
