import { describe, expect, test } from "vitest";
import { canWriteConfig, configChange } from "../../../server/src/lsp/actions/config-change.ts";
import {
  configPlaces,
  inEachPlace,
  placeFor,
  type ConfigPlace,
} from "../../../server/src/lsp/actions/config-places.ts";
import { configEdit, editFor } from "../../../server/src/lsp/actions/edit-for.ts";
import type { ConfigPayload } from "../../../server/src/lsp/actions/payload.ts";
import { stetChoices } from "../../../server/src/lsp/actions/stet-choices.ts";
import type { ActionSupport } from "../../../server/src/lsp/actions/support.ts";
import { EMPTY, withFolders, withRules } from "../../../server/src/project/workspace.ts";
import { parseConfig } from "../../../server/src/settings/config/config.ts";
import { applyEdits } from "../../../server/src/text/edits.ts";
import { newServices } from "../../support/services.ts";

const CREATES: ActionSupport = {
  documentChanges: true,
  createFile: true,
  snippets: false,
  showDocument: false,
  compare: false,
  chooseStet: true,
  showRule: false,
};
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

describe("the edit of an action", () => {
  const TEXT = "The the council met.\n";

  function opened(texts: Readonly<Record<string, string>> = {}) {
    const services = newServices(texts);
    services.open("a.md", TEXT);
    const judged = services.judgements.of(services.pathTo("a.md"));
    if (judged === undefined) throw new Error("no draft");
    return { services, judged, uri: services.folder.uriOf("a.md") };
  }

  test("of a fix is of the draft; of a command there is none", async () => {
    const { services, judged, uri } = opened();
    const [fix] = judged.findings[0]?.fixes ?? [];
    if (fix === undefined) throw new Error("no fix");
    const edit = await editFor(services, judged, { type: "fix", fix });
    expect(JSON.stringify(edit)).toContain(uri);
    const command = { title: "", command: "x" };
    expect(await editFor(services, judged, { type: "command", command })).toBeUndefined();
  });

  test("of another draft that was not compared is refused", async () => {
    const { services, judged } = opened({ "b.md": TEXT });
    const fix = { title: "", safe: false, uri: services.pathTo("b.md"), edits: [] };
    await expect(editFor(services, judged, { type: "fix", fix })).rejects.toThrow();
  });

  test("of a config file is of its text on disk, or in the editor", async () => {
    const { services, uri } = opened({ ".galley.json": '{ "accept": ["on disk"] }' });
    const payload = { type: "accept", phrase: "x" } as const;
    expect(JSON.stringify(await configEdit(services, uri, payload))).toContain("x");
    services.open(".galley.json", '{ "accept": ["x"] }', "json");
    expect(await configEdit(services, uri, payload)).toBeUndefined();
  });

  test("the ways to let a finding stand: here, in the draft, in the project, for the user", async () => {
    const { services, judged } = opened();
    const range = { start: { line: 0, character: 0 }, end: { line: 0, character: 7 } };
    const choices = await stetChoices(services, judged, range);
    const labels = choices.map(({ label }) => label);
    expect(labels).toContain("This place");
    expect(labels).toContain("This draft");
    expect(labels).toContain("This project");
    expect(labels.at(-1)).toBe("Me");
    for (const { about, edit, setting } of choices) {
      expect(about).toBe("repeated-word, line 1");
      expect([edit, setting].filter((one) => one !== undefined)).toHaveLength(1);
    }
    const elsewhere = { start: { line: 0, character: 12 }, end: { line: 0, character: 12 } };
    expect(await stetChoices(services, judged, elsewhere)).toEqual([]);
  });

  test("a rule that a config file sets is not the user's to turn off", async () => {
    const config = '{ "rules": { "repeated-word": "warning" } }';
    const { services, judged } = opened({ ".galley.json": config });
    services.open(".galley.json", config, "json");
    const range = { start: { line: 0, character: 0 }, end: { line: 0, character: 7 } };
    const labels = (await stetChoices(services, judged, range)).map(({ label }) => label);
    expect(labels).not.toContain("Me");
    expect(labels).toContain("This project");
  });
});
