import { type CodeLens, FileChangeType, type WorkspaceEdit } from "vscode-languageserver/node";
import { describe, expect, test } from "vitest";
import {
  DRAFT_STATE,
  type DraftState,
  KIND_EDIT,
  type KindEdit,
  LEFT,
  type Readiness,
  STET_CHOICES,
  type StetChoices,
} from "../../server/src/protocol.ts";
import type { Host } from "../../server/src/project/host.ts";
import { parseConfig } from "../../server/src/settings/config/config.ts";
import { FORMATS } from "../../server/src/formats/registry.ts";
import { changeFiles, connect, openDraft, openFolder } from "../support/for-one-test.ts";
import {
  type ClientOptions,
  documentEdit,
  edited,
  likeVsCode,
  rangeOf,
  rulesOn,
  type TestClient,
} from "../support/lsp.ts";
import { BRIDGE } from "../support/passages.ts";
import { homepage } from "../../package.json";

/* VS Code's requests beyond the protocol: the status, readiness, stets with a choice, code lenses. */

const VSCODE = {
  commands: ["galley.compare", "galley.deleteDraft", "galley.stet", "galley.showRule"],
};
const CAPABILITIES = likeVsCode({ codeLens: { refreshSupport: true } }, { codeLens: {} });
const TWICE = "The stalls open at the the market square at nine.\n";
const HOLE = "According to , the stalls open at nine.\n";
const stateOf = (client: TestClient, uri: string): Promise<DraftState> =>
  client.request("galley/draftState", { uri });

const includeEdit = (
  client: TestClient,
  uri: string,
  onlyFile?: boolean,
): Promise<WorkspaceEdit | null> => client.request("galley/includeKind", { uri, onlyFile });

describe("the state of a draft", () => {
  test("has the counts by kind, the first finding, and what is off", async () => {
    const config = JSON.stringify({
      rules: { "empty-link": "off" },
      overrides: [{ files: ["hint.md"], rules: { "empty-attribution": "hint" } }],
    });
    const rules = rulesOn("empty-attribution", "empty-link", "unused-stet");
    const { client, folder } = await openFolder({ ".galley.json": config }, rules);
    const stateWith = async (name: string, text: string): Promise<DraftState> => {
      await client.open(folder.uriOf(name), text);
      return stateOf(client, folder.uriOf(name));
    };
    const text = `<!-- stet-file empty-section -->\n\n${TWICE}\nIt it rained. [A](b).\n\n${HOLE}`;
    const found = await stateWith("a.md", text);
    expect(found).toMatchObject({
      state: "on",
      kinds: [
        { kind: "Lost words", count: 1 },
        { kind: "Doubled words", count: 2 },
      ],
      first: { start: { line: 2 } },
      offInDraft: ["empty-section"],
    });
    expect(found.offInSettings).toContain("empty-link");
    expect(found.offInSettings).not.toContain("repeated-word");
    const clean = await stateWith("b.md", "All is well here.\n");
    expect(clean).toMatchObject({ state: "on", kinds: [], offInDraft: [] });
    expect(clean).not.toHaveProperty("first");
    expect(await stateWith("hint.md", `${HOLE}\n${TWICE}`)).toMatchObject({
      counts: { error: 0, warning: 1, information: 0, hint: 1 },
      first: { start: { line: 2 } },
    });
    expect(await stateWith("c.md", `<!-- stet-file -->\n\n${TWICE}`)).toMatchObject({
      state: "off",
    });
  });

  test.each([DRAFT_STATE, LEFT])(
    "an outdated answer to %s is announced, though the list is unchanged",
    async (method) => {
      const client = await connect();
      const told: string[] = [];
      client.connection.onNotification("galley/stateChanged", ({ uri }: { uri: string }) => {
        told.push(uri);
        client.tell();
      });
      const uri = "untitled:Untitled-1";
      await client.open(uri, "All is well here.\n");
      expect(await client.diagnostics(uri)).toEqual([]);
      // It is requested between two pulls: a counted finding is gone before it is listed.
      await client.change(uri, { text: TWICE });
      expect(await client.request(method, { uri })).toMatchObject({ kinds: [{ count: 1 }] });
      await client.change(uri, { text: "All is well here again.\n" });
      expect(await client.diagnostics(uri)).toEqual([]);
      await client.until(() => told.length > 0);
      expect(await stateOf(client, uri)).toMatchObject({ kinds: [] });
      // Once, and not again while nothing changes or after it is closed.
      await client.change(uri, { text: "All is well there.\n" });
      await client.settled();
      await client.close(uri);
      await client.settled();
      expect(told).toEqual([uri]);
      expect(client.refreshes).toBe(0);
    },
  );

  test("names the kind of file to include, and the edit that does it makes it a draft", async () => {
    const asked = FORMATS.filter(({ files }) => files.byDefault === "none").flatMap(
      ({ name, files }) => files.extensions.map((one) => [name, one, files.languageIds[0] ?? ""]),
    );
    const unknown = ["adoc", "tex", "Adoc", "x_y-1"].map((one) => [`.${one}`, one, "plaintext"]);
    const others = [["HTML", "HTML", "html"], ...unknown];
    expect(asked.length).toBeGreaterThan(1);
    for (const before of ["", "{}", '{\n  // Ours.\n  "include": ["news/**"]\n}\n']) {
      const { folder, client } = await openFolder({}, { settings: {} });
      const config = folder.uriOf(".galley.json");
      await client.open(config, before, "jsonc");
      for (const [name, extension, languageId] of [...asked, ...others]) {
        const uri = folder.uriOf(`news/a.${extension ?? ""}`);
        await client.change(config, { text: before });
        await client.open(uri, `<p>${TWICE.trim()}</p>\n`, languageId);
        expect(await stateOf(client, uri)).toMatchObject({ state: "no draft", kind: name });
        const edit = await includeEdit(client, uri);
        const after = edited(before, edit ?? undefined, config);
        expect(parseConfig(after)).toMatchObject({ problems: [] });
        if (before.includes("Ours")) expect(after).toContain("// Ours.");
        await client.change(config, { text: after });
        expect([extension, (await stateOf(client, uri)).state]).toEqual([extension, "on"]);
        expect(await client.diagnostics(uri)).toHaveLength(1);
      }
    }
  });

  test.each(["a.html", "a b [1] {x}!.html", "*.htm", "#, 50 %.adoc", "ä?.org"])(
    "includes one file only, whatever its name: %s",
    async (name) => {
      for (const before of ["", '{"include": ["news/**"]}']) {
        const { folder, client } = await openFolder({}, { settings: {} });
        const config = folder.uriOf(".galley.json");
        const languageId = name.includes(".htm") ? "html" : "plaintext";
        const extension = name.slice(name.lastIndexOf("."));
        const uri = folder.uriOf(`news/${name}`);
        const others = [`news/b${extension}`, `a${extension}`].map((one) => folder.uriOf(one));
        const markdown = folder.uriOf("news/b.md");
        for (const one of [uri, ...others]) {
          await client.open(one, `<p>${TWICE.trim()}</p>\n`, languageId);
          expect(await stateOf(client, one)).toMatchObject({ state: "no draft" });
        }
        await client.open(markdown, TWICE);
        await client.open(config, before, "jsonc");
        const after = edited(before, (await includeEdit(client, uri, true)) ?? undefined, config);
        await client.change(config, { text: after });
        const states = await Promise.all(
          [uri, markdown, ...others].map(async (one) => (await stateOf(client, one)).state),
        );
        expect([after, states]).toEqual([after, ["on", "on", "no draft", "no draft"]]);
      }
    },
  );

  test("creates the file for including if there is none", async () => {
    const { folder, client } = await openFolder({}, { settings: {} });
    const [uri, config] = [folder.uriOf("a.html"), folder.uriOf(".galley.json")];
    await client.open(uri, "<p>Words.</p>", "html");
    const edit = await includeEdit(client, uri);
    expect(edit?.documentChanges?.[0]).toMatchObject({ kind: "create", uri: config });
  });

  test("names no kind if including it would not help, and changes no broken file", async () => {
    const { folder, client } = await openFolder(
      { ".galley.json": '{"exclude": ["out"]}' },
      { settings: {} },
    );
    for (const name of ["out/a.html", "node_modules/a.html", "LICENSE.txt", "data.txt", "noname"]) {
      const uri = folder.uriOf(name);
      await client.open(uri, "1,2,3\n4,5,6\n", name.endsWith("html") ? "html" : "plaintext");
      const found = await stateOf(client, uri);
      expect([name, found.state, found.kind]).toEqual([name, "no draft", undefined]);
      expect(await includeEdit(client, uri)).toBeNull();
    }
    await changeFiles(client, folder, { ".galley.json": '{"include": ["x"' });
    await client.open(folder.uriOf("a.html"), "<p>Words.</p>", "html");
    expect(await includeEdit(client, folder.uriOf("a.html"))).toBeNull();
  });
});

test("readiness lists the drafts that are not ready, open or not, with their findings", async () => {
  const { folder, client } = await openFolder(
    { "clean.md": "All is well.\n", "one.md": TWICE, "two.md": `${TWICE}\nIt it rained.\n` },
    { settings: {} },
  );
  const [one, two] = [folder.uriOf("one.md"), folder.uriOf("two.md")];
  await client.open(one, `Words.\n\n${TWICE}`);
  const ask = (): Promise<Readiness> => client.request("galley/readiness");
  const found = await ask();
  expect(found.drafts).toBe(3);
  expect(found.notReady).toMatchObject([
    { uri: two },
    { uri: one, counts: { warning: 1 }, kinds: [{ kind: "Doubled words", count: 1 }] },
  ]);
  await client.open("untitled:sample", TWICE);
  expect(await ask()).toEqual(found);
  await client.change(one, { text: "All is well.\n" });
  expect((await ask()).notReady.map(({ uri }) => uri)).toEqual([two]);
});

test("marking every loss inserts the placeholder at each, in one edit of the current version", async () => {
  for (const [times, placeholder] of [
    [0, "TK"],
    [1, "$1 XXX"],
    [20, "TK"],
  ] as const) {
    const text = `${HOLE}\n`.repeat(times) || "All is well.\n";
    const rules = { "empty-attribution": {} };
    const settings = { galley: { rules, ...(times === 1 ? { placeholder } : {}) } };
    const { client, uri } = await openDraft(text, { settings });
    const found = await client.request<KindEdit | null>(KIND_EDIT, { uri, way: "mark" });
    expect([times, found?.count ?? 0]).toEqual([times, times]);
    if (found === null) continue;
    expect(found.edit.documentChanges).toHaveLength(1);
    expect(documentEdit(found.edit, uri).textDocument.version).toBe(1);
    const marked = HOLE.replace("to ,", () => `to ${placeholder},`);
    expect(edited(text, found.edit, uri)).toBe(`${marked}\n`.repeat(times));
  }
});

describe("a draft that is a copy of another", () => {
  const whole = `# The bridge\n\n${BRIDGE}\n\n${BRIDGE.split(" ").reverse().join(" ")}\n\n${Array.from({ length: 40 }, (_, at) => `word${at}`).join(" ")}.\n`;
  const RULES = rulesOn("repeated-elsewhere");

  test("can be compared and deleted if the client can, and is none once the other is gone", async () => {
    const files = { "a.md": whole, "b.md": whole };
    for (const [initializationOptions, expected] of [
      [VSCODE, ["Open both side by side", "Delete this draft…"]],
      [{}, []],
    ] as const) {
      const options = { ...RULES, capabilities: CAPABILITIES, initializationOptions };
      const { client, folder } = await openFolder(files, options);
      const uri = folder.uriOf("a.md");
      await client.open(uri, whole);
      await client.settled();
      const [found, ...more] = await client.diagnostics(uri);
      expect(more).toEqual([]);
      expect(found?.range).toEqual(rangeOf(whole, "The bridge"));
      expect(found?.relatedInformation).toMatchObject([
        { location: { uri: folder.uriOf("b.md") } },
      ]);
      const actions = await client.actions(uri, rangeOf(whole, "The bridge"));
      const commands = actions.flatMap(({ command }) => command ?? []);
      const titles = commands.map(({ title }) => title);
      expect(titles.filter((title) => /side by side|Delete/.test(title))).toEqual(expected);
      for (const { command, arguments: given } of commands) {
        if (command === "galley.deleteDraft") expect(given).toEqual([{ uri }]);
      }
      await changeFiles(client, folder, { "b.md": undefined });
      expect(await client.diagnostics(uri)).toEqual([]);
      await changeFiles(client, folder, { "drafts/a.md": whole });
      expect(await client.diagnostics(uri)).toEqual([]);
    }
  });

  // Git on another branch, or another program, moves the folder. VS Code keeps the tabs, and their texts.
  test.each(["client", "server"])(
    "is none if its own file was moved there, until its tab is edited: the %s watches",
    async (watching) => {
      const config = '{ "rules": { "repeated-word": "off" } }';
      const files = { "in/a.md": whole, "in/.galley.json": config };
      let changed: (uris: readonly string[]) => void = () => undefined;
      const watch: Host["watch"] = (_, call) => {
        changed = call;
        return { dispose: () => undefined };
      };
      const didChangeWatchedFiles = { dynamicRegistration: watching === "client" };
      const { client, folder } = await openFolder(files, {
        ...RULES,
        capabilities: likeVsCode({ didChangeWatchedFiles }),
        host: { watch },
      });
      const tell = async (given: Readonly<Record<string, FileChangeType>>): Promise<void> => {
        const changes = Object.entries(given).map(([name, type]) => ({
          uri: folder.uriOf(name),
          type,
        }));
        if (watching === "server") changed(changes.map(({ uri }) => uri));
        else await client.notify("workspace/didChangeWatchedFiles", { changes });
        await client.settled();
      };
      const draft = folder.uriOf("in/a.md");
      const twice = folder.uriOf("in/b.md");
      await client.open(draft, whole);
      await client.open(twice, TWICE);
      await client.open(folder.uriOf("in/.galley.json"), config, "json");
      await client.settled();
      expect(await client.diagnostics(twice)).toEqual([]);

      const { Created, Deleted } = FileChangeType;
      folder.move("in/a.md", "in/harbour.md");
      await tell({ "in/a.md": Deleted, "in/harbour.md": Created });
      expect(await client.diagnostics(draft)).toEqual([]);
      await client.change(draft, { text: `${whole}\n` });
      await client.settled();
      expect(await client.diagnostics(draft)).toHaveLength(1);
      folder.write("in/a.md", whole);
      await tell({ "in/a.md": Deleted });
      await tell({ "in/a.md": Created });
      expect(await client.diagnostics(draft)).toHaveLength(1);

      // Nor do settings hold whose file is gone.
      folder.move("in", "moved");
      await tell({ in: Deleted, moved: Created });
      expect(await client.diagnostics(twice)).toHaveLength(1);
      // A new folder of that name brings no file back.
      folder.write("in/other.txt", "");
      await tell({ in: Created });
      expect(await client.diagnostics(draft)).toEqual([]);
      expect(await client.diagnostics(twice)).toHaveLength(1);
      folder.remove("in");
      folder.move("moved", "in");
      await tell({ moved: Deleted, in: Created });
      expect(await client.diagnostics(twice)).toEqual([]);
    },
  );
});

describe("a stet with a choice", () => {
  const choicesAt = async (
    client: TestClient,
    uri: string,
    words: string,
  ): Promise<StetChoices> => {
    const range = rangeOf(client.textOf(uri), words);
    const found = await client.request<StetChoices | null>(STET_CHOICES, { uri, range });
    if (found === null) throw new Error("There is no draft.");
    return found;
  };

  test.each([
    ["Markdown", "a.md", "markdown"],
    ["plain text", "a.txt", "plaintext"],
  ])(
    "in %s applies to this place, this draft, this project or me",
    async (_what, name, languageId) => {
      // Where no comment can be written, “This place” uses the words of the passage.
      const byWords = languageId === "markdown" ? ["This passage, wherever it stands"] : [];
      for (const wanted of [
        "This place",
        ...byWords,
        "“the the” in this project",
        "This draft",
        "This project",
      ]) {
        const { folder, client } = await openFolder({}, { initializationOptions: VSCODE });
        const uri = folder.uriOf(name);
        const other = folder.uriOf(`b-${name}`);
        await client.open(uri, TWICE, languageId);
        await client.open(other, TWICE.replace("market", "harbour"), languageId);
        const { version, choices } = await choicesAt(client, uri, "the the");
        expect(version).toBe(1);
        expect(choices.map(({ label }) => label)).toEqual([
          "This place",
          ...byWords,
          "“the the” in this project",
          "This draft",
          "This project",
          "“the the” for me",
          "Me",
        ]);
        for (const { label, detail, about } of choices) {
          expect(label.length).toBeLessThanOrEqual(70);
          expect(detail).toMatch(/^[A-Z].*\.$/);
          expect(about).toBe("Doubled words, line 1");
        }
        const edit = choices.find(({ label }) => label === wanted)?.edit;
        if (JSON.stringify(edit).includes(`"uri":"${uri}"`)) {
          await client.change(uri, { text: edited(TWICE, edit, uri) });
        } else {
          const made = edited("", edit, folder.uriOf(".galley.json"));
          expect(parseConfig(made)).toMatchObject({ problems: [] });
          await changeFiles(client, folder, { ".galley.json": made });
        }
        const reaches = wanted.includes("project");
        const counts = [await client.diagnostics(uri), await client.diagnostics(other)];
        expect([wanted, ...counts.map(({ length }) => length)]).toEqual([
          wanted,
          0,
          reaches ? 0 : 1,
        ]);
      }
    },
  );

  test("for me names a setting that silences the rule, unless the project's file sets it", async () => {
    const { folder, client } = await openFolder(
      { "in/.galley.json": '{"rules": {"repeated-word": "error"}}' },
      { settings: {} },
    );
    const uri = folder.uriOf("a.md");
    await client.open(uri, TWICE);
    const settings = (await choicesAt(client, uri, "the the")).choices.flatMap(
      ({ setting }) => setting ?? [],
    );
    expect(settings).toEqual([
      { name: "accept", item: "the the" },
      { name: "rules.repeated-word.severity", value: "off" },
    ]);
    await client.open(folder.uriOf("in/b.md"), TWICE);
    const below = await choicesAt(client, folder.uriOf("in/b.md"), "the the");
    expect(below.choices.map(({ label }) => label)).not.toContain("Me");
    await client.configure({ galley: { rules: { "repeated-word": { severity: "off" } } } });
    await client.settled();
    expect(await client.diagnostics(uri)).toEqual([]);
  });

  test("is written to the project's file, whatever it contains", async () => {
    const contents = [
      "",
      "{}",
      '{"rules": {}}',
      '{"rules": {"repeated-word": "error"}}',
      '{"rules": {"repeated-word": {"severity": "error"}}} // Ours.',
      '{\r\n  "rules": {"empty-link": "off",},\r\n}\r\n',
    ];
    for (const content of contents) {
      const { folder, client } = await openFolder({ ".galley.json": content }, { settings: {} });
      const uri = folder.uriOf("a.md");
      await client.open(uri, TWICE);
      const { choices } = await choicesAt(client, uri, "the the");
      const edit = choices.find(({ label }) => label === "This project")?.edit;
      const made = edited(content, edit, folder.uriOf(".galley.json"));
      expect(parseConfig(made)).toMatchObject({ problems: [] });
      await changeFiles(client, folder, { ".galley.json": made });
      expect([content, await client.diagnostics(uri)]).toEqual([content, []]);
    }
  });

  test("covers several findings at one place, and offers nothing if there is none", async () => {
    const text = "According to , the stalls open at at nine. It rained.\n";
    const { client, uri } = await openDraft(text, rulesOn("empty-attribution"));
    const all = await choicesAt(client, uri, text.trim());
    expect(all.choices.filter(({ label }) => label === "This place").length).toBeGreaterThan(1);
    expect((await choicesAt(client, uri, "rained")).choices).toEqual([]);
    const nowhere = { uri: "file:///none.md", range: rangeOf(text, "rained") };
    expect(await client.request(STET_CHOICES, nowhere)).toBeNull();
  });
});

describe("code lenses", () => {
  const rules = { "repeated-block": {}, "repeated-elsewhere": {} };
  const text = `${BRIDGE}\n\nAnother thing happened to the town in those weeks.\n\n${BRIDGE}\n`;
  const lensesOf = (client: TestClient, uri: string): Promise<CodeLens[]> =>
    client.request("textDocument/codeLens", { textDocument: { uri } });

  /** A client with a draft open that has two lenses, and how often it was asked to refresh them. */
  const withLenses = async (
    options: ClientOptions = {},
  ): Promise<{ client: TestClient; uri: string; told: () => number }> => {
    let told = 0;
    const refreshed = (): null => {
      told++;
      client.tell();
      return null;
    };
    const { client, uri }: { client: TestClient; uri: string } = await openDraft(text, {
      capabilities: CAPABILITIES,
      settings: { galley: { rules } },
      ...options,
      answers: { "workspace/codeLens/refresh": refreshed, ...options.answers },
    });
    return { client, uri, told: () => told };
  };

  test("are above a repeat: where its copy is, both, and the deletion of this copy", async () => {
    let after = "";
    const { client, uri } = await withLenses({
      initializationOptions: VSCODE,
      answers: {
        "workspace/applyEdit": (params) => {
          after = edited(text, (params as { edit: WorkspaceEdit }).edit, uri);
          return { applied: true };
        },
      },
    });
    const lenses = await lensesOf(client, uri);
    expect(lenses.map(({ range, command }) => [range.start.line, command?.title])).toEqual([
      [4, "Repeats line 1"],
      [4, "compare"],
      [4, "delete this copy"],
    ]);
    const [goTo, , remove] = lenses;
    const run = (lens: CodeLens | undefined): Promise<unknown> =>
      client.request("workspace/executeCommand", lens?.command);
    await run(goTo);
    expect(client.shown).toMatchObject([{ uri, selection: { start: { line: 0 } } }]);
    await run(remove);
    expect(after.split(BRIDGE)).toHaveLength(2);
    expect(after.startsWith(BRIDGE)).toBe(true);
    await client.change(uri, { text: "All is new.\n" });
    // A copy that no longer exists is not deleted. −32801: ContentModified.
    await expect(run(remove)).rejects.toMatchObject({ code: -32801 });
  });

  test("are off if the setting says so, and return, and the client is notified", async () => {
    const { client, uri, told } = await withLenses();
    // Without the command to compare, none is offered.
    const titles = (await lensesOf(client, uri)).map(({ command }) => command?.title);
    expect(titles).toEqual(["Repeats line 1", "delete this copy"]);
    for (const codeLens of [false, true]) {
      const before = told();
      await client.configure({ galley: { rules, codeLens } });
      await client.until(() => told() > before);
      expect(await lensesOf(client, uri)).toHaveLength(codeLens ? 2 : 0);
    }
  });

  test("are requested again by a client without pull diagnostics, unless an edit changed them", async () => {
    const capabilities = {
      workspace: { configuration: true, codeLens: { refreshSupport: true } },
      textDocument: { codeLens: {} },
    };
    const { client, uri, told } = await withLenses({ capabilities });
    await client.until(() => client.published.length > 0);
    expect(await lensesOf(client, uri)).toHaveLength(1);
    await client.settled();
    expect(told()).toBe(0);
    await client.configure({ galley: { rules: { ...rules, "repeated-block": "off" } } });
    await client.until(() => told() > 0);
    expect(await lensesOf(client, uri)).toEqual([]);
  });

  test("are offered only to clients that support them", async () => {
    const plain = await connect();
    expect(plain.server?.capabilities).not.toHaveProperty("codeLensProvider");
    const { client } = await withLenses();
    expect(client.server?.capabilities).toHaveProperty("codeLensProvider");
  });
});

test("in VS Code a finding's link runs the command that shows its rule, in other editors it opens the page", async () => {
  const docsBase = "file:///docs/rules";
  for (const [initializationOptions, href] of [
    [{ ...VSCODE, docsBase }, "command:galley.showRule?%5B%22repeated-word%22%5D"],
    [{ docsBase }, `${docsBase}/repeated-word.md`],
    [{}, `${homepage}/blob/main/docs/rules/repeated-word.md`],
  ] as const) {
    const { client, uri } = await openDraft(TWICE, { initializationOptions });
    const [found] = await client.diagnostics(uri);
    expect(found?.codeDescription?.href).toBe(href);
  }
});
