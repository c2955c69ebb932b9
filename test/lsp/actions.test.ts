import { beforeEach, describe, expect, test } from "vitest";
import { parseConfig } from "../../server/src/settings/config/config.ts";
import { RULES } from "../../server/src/rules/index.ts";
import type { Folder } from "../support/folder.ts";
import { changeFiles, connect, newFolder, openDraft } from "../support/for-one-test.ts";
import {
  documentEdit,
  edited,
  EVERY_RULE,
  likeVsCode,
  rangeOf,
  rulesOn,
  type TestClient,
} from "../support/lsp.ts";
import { BRIDGE } from "../support/passages.ts";

const TEXT = "The stalls open at the the market square at nine.\n";
const HOLE = "According to , the stalls open at nine.\n";

let folder: Folder;
let client: TestClient;

beforeEach(async () => {
  folder = newFolder();
  const settings = { galley: { rules: { "empty-attribution": {} }, placeholder: "T$K}" } };
  client = await connect({ folders: [folder.uri], settings });
});

test("a placeholder is a snippet with the cursor in it, with special characters escaped", async () => {
  const uri = folder.uriOf("a.md");
  await client.open(uri, HOLE);
  const { edit } = await client.action(uri, "According to ,", /T\$K/);
  const [first] = documentEdit(edit, uri).edits;
  expect(first).toMatchObject({
    snippet: { kind: "snippet", value: expect.stringContaining("${1:T\\$K\\}}") as string },
  });
});

test("two losses in one finding are two tab stops, one after the other", async () => {
  const text = "The bank paid several firms, including and , for their work on the dam.\n";
  const { client: other, uri } = await openDraft(text, rulesOn("orphaned-fragment"));
  const { edit } = await other.action(uri, "including and ,", /^Mark/);
  expect(documentEdit(edit, uri).edits).toMatchObject([
    { snippet: { value: " ${1:TK} " } },
    { snippet: { value: " ${2:TK}" } },
  ]);
});

test("lost words that another copy of the passage has are restored from it, without a menu", async () => {
  const whole =
    "The stalls open at nine on every market day, according to the harbour office, and close when the bell rings at four.\n";
  const lost = whole.replace("harbour office,", ",");
  const text = `${whole}\nIt rained.\n\n${lost}`;
  const rules = rulesOn("empty-attribution", "repeated-block");
  const { client: other, uri } = await openDraft(text, rules);
  const hole = (await other.diagnostics(uri)).find(({ code }) => code === "empty-attribution");
  const [first, second] = await other.actions(uri, hole?.range ?? rangeOf(text, lost));
  expect([first?.title, first?.isPreferred]).toEqual([
    "Restore “harbour office” from line 1",
    true,
  ]);
  expect(second?.title).toMatch(/^Mark the loss/);
  expect(second?.isPreferred).toBeUndefined();
  const { edit } = (first && (await other.resolve(first))) ?? {};
  expect(other.textAfter(edit, uri)).toBe(`${whole}\nIt rained.\n\n${whole}`);
});

test("a client without snippets gets the placeholder as plain text, and one that can't create files no entry in one", async () => {
  const capabilities = likeVsCode({ workspaceEdit: { documentChanges: true } });
  const options = { capabilities, ...rulesOn("empty-attribution"), folders: [folder.uri] };
  const { client: other, uri } = await openDraft(HOLE, options, folder.uriOf("a.md"));
  const { edit } = await other.action(uri, "According to ,", /TK/);
  expect(other.textAfter(edit, uri)).toBe("According to TK, the stalls open at nine.\n");
  await other.open(folder.uriOf("a.txt"), TEXT, "plaintext");
  const titles = await other.titles(folder.uriOf("a.txt"), "the the");
  expect(titles.join()).toMatch(/Delete/);
  expect(titles.filter((title) => /^(?:Stet|Accept)/.test(title))).toEqual([]);
});

describe("where a comment is impossible, the config file suppresses the finding", () => {
  test.each([
    ["plain text", "a.txt", "plaintext", TEXT],
    ["MDX", "a.mdx", "mdx", TEXT],
    ["a list item", "a.md", "markdown", `- ${TEXT}`],
    ["a quotation", "b.md", "markdown", `> ${TEXT}`],
    ["a line that goes on", "c.md", "markdown", `A first line stands here.\n${TEXT}`],
  ])("%s", async (_what, name, languageId, text) => {
    const uri = folder.uriOf(name);
    await client.open(uri, text, languageId);
    const config = folder.uriOf(".galley.json");
    const { edit } = await client.action(uri, "the the", /^Stet/);
    // Never over a file that was created meanwhile.
    const options = { overwrite: false, ignoreIfExists: false };
    expect(edit?.documentChanges?.[0]).toEqual({ kind: "create", uri: config, options });
    const made = edited("", edit, config);
    expect(parseConfig(made)).toMatchObject({
      problems: [],
      config: { stet: [{ rule: "repeated-word" }] },
    });
    await changeFiles(client, folder, { ".galley.json": made });
    expect(await client.diagnostics(uri)).toEqual([]);
  });
});

test("an accepted phrase is added to the project's file, open or not", async () => {
  const uri = folder.uriOf("in/a.md");
  const config = folder.uriOf(".galley.json");
  await changeFiles(client, folder, {
    ".galley.json": '{\n  // Ours.\n  "accept": ["so so"]\n}\n',
  });
  await client.open(uri, TEXT);
  const text = '{\n  // Ours, in the editor.\n  "accept": ["so so"]\n}\n';
  await client.open(config, text, "jsonc");
  const accept = await client.action(uri, "the the", /^Accept “/);
  const { edit } = accept;
  expect(documentEdit(edit, config).textDocument.version).toBe(1);
  const after = edited(text, edit, config);
  expect(after).toContain("// Ours, in the editor.");
  await client.change(config, { text: after });
  await client.settled();
  expect(await client.diagnostics(uri)).toEqual([]);
  // Once it exists, nothing is left to write.
  const again = { title: "", data: accept.data as unknown };
  expect(await client.resolve(again)).not.toHaveProperty("edit");
});

test("a rule is turned off for one draft by a comment after the front matter", async () => {
  const uri = folder.uriOf("a.md");
  const text = `---\ntitle: Stalls\n---\n\n${TEXT}`;
  await client.open(uri, text);
  const { edit } = await client.action(uri, "the the", /^Turn/);
  const after = edited(text, edit, uri);
  expect(after).toContain("---\n\n<!-- stet-file repeated-word -->\n\nThe stalls");
  await client.change(uri, { text: after });
  expect(await client.diagnostics(uri)).toEqual([]);
});

test.each([
  ["plain text", "in/a (1).txt", "plaintext"],
  ["MDX", "a #2.mdx", "mdx"],
])("in %s, the project's file turns a rule off for one draft", async (_what, name, languageId) => {
  const text = `${TEXT}\nThe baker opens at at eight.\n`;
  const uri = folder.uriOf(name);
  const other = folder.uriOf(`x-${name.replace("in/", "")}`);
  await client.open(uri, text, languageId);
  await client.open(other, TEXT, languageId);
  const titles = await client.titles(uri, rangeOf(text, text));
  expect(titles.filter((title) => title.startsWith("Turn"))).toEqual([
    "Turn “repeated-word” off for this draft",
  ]);
  const config = folder.uriOf(".galley.json");
  const { edit } = await client.action(uri, "the the", /^Turn/);
  const made = edited("", edit, config);
  await changeFiles(client, folder, { ".galley.json": made });
  expect(await client.diagnostics(uri)).toEqual([]);
  expect(await client.diagnostics(other)).toHaveLength(1);
});

describe("nothing is offered that could not be written exactly", () => {
  const offered = async (name = "a.txt", text = TEXT, words = "the the"): Promise<string[]> => {
    const uri = folder.uriOf(name);
    await client.open(uri, text, "plaintext");
    return (await client.titles(uri, words)).filter((title) => /^(?:Stet|Accept|Turn)/.test(title));
  };

  test.each([
    ["is in no encoding", Uint8Array.of(0x7b, 0x22, 0xe4, 0x22, 0x7d)],
    ["is UTF-16 without its mark", Buffer.from("{}", "utf16le")],
    ["is broken", '{"accept": ["x"'],
    ["is nested too deep", "[".repeat(5_000)],
  ])("into a file that %s", async (_what, content) => {
    folder.write(".galley.json", content);
    expect(await offered()).toEqual([]);
    const config = folder.uriOf(".galley.json");
    const text = typeof content === "string" ? content : "\uFFFD";
    await client.open(config, text, "jsonc");
    expect(await client.diagnostics(config)).not.toEqual([]);
  });

  test("into something that is not a list; other lists still work", async () => {
    folder.write(".galley.json", '{"accept": "x"}');
    expect((await offered()).map((title) => title.split(/[ :]/)[0])).toEqual(["Stet", "Turn"]);
  });

  test("into a file in UTF-16 with a byte order mark, which is edited as text", async () => {
    const text = '{"accept": ["Łódź"]}';
    folder.write(".galley.json", Buffer.from(`\uFEFF${text}`, "utf16le"));
    expect(await offered()).toHaveLength(3);
    const { edit } = await client.action(folder.uriOf("a.txt"), "the the", /^Accept/);
    const made = edited(text, edit, folder.uriOf(".galley.json"));
    expect(parseConfig(made).config.accept).toEqual(["Łódź", "the the"]);
  });
});

test("Accept is offered if a finding may be about a name, and never for lost or left-over words", async () => {
  const other = await connect({ settings: { galley: { rules: EVERY_RULE } } });
  const offering = new Set<unknown>();
  for (const rule of RULES) {
    for (const [index, { text }] of rule.docs.flagged.entries()) {
      const uri = `file:///drafts/${rule.id}${index}.md`;
      await other.open(uri, text.replace(/[⟦⟧]/g, ""));
      for (const { code, range } of await other.diagnostics(uri)) {
        const titles = await other.titles(uri, range);
        if (titles.some((title) => title.startsWith("Accept"))) offering.add(code);
      }
    }
  }
  expect(offering).toEqual(new Set(["repeated-word"]));
});

test("a command of the server shows the other place", async () => {
  const text = `${BRIDGE}\n\nAnother thing happened to the town in those weeks.\n\n${BRIDGE}\n`;
  const initializationOptions = { commands: ["galley.compare"] };
  const options = { ...rulesOn("repeated-block"), initializationOptions };
  const { client: other, uri } = await openDraft(text, options);
  const [{ range } = { range: rangeOf(text, text) }] = await other.diagnostics(uri);
  const actions = await other.actions(uri, range);
  const goTo = actions.find(({ title }) => title === "Go to the other");
  await other.request("workspace/executeCommand", goTo?.command);
  expect(other.shown).toMatchObject([{ uri, selection: { start: { line: 0 } }, takeFocus: true }]);
  expect(actions.map(({ title }) => title)).toContain("Open both side by side");
  expect(await other.actions(uri, range, ["source.fixAll"])).toEqual([]);
  await other.configure({ galley: { rules: { "repeated-block": {} }, fixAll: { repeats: true } } });
  await other.settled();
  expect(await other.actions(uri, range, ["source.fixAll"])).toHaveLength(1);
});

test("a hint is not fixed by “fix all”", async () => {
  const passage =
    "The harbour bridge was closed for eleven weeks last spring while engineers replaced the bearings.";
  const text = `<!-- stet -->\n\n${passage}\n\nIt rained.\n\n${passage}\n\n${TEXT}`;
  const fixedUnder = async (severity: "hint" | "warning"): Promise<string> => {
    const ids = ["repeated-word", "repeated-block", "unused-stet"];
    const rules = Object.fromEntries(ids.map((id) => [id, severity]));
    const settings = { galley: { rules, fixAll: { repeats: true } } };
    const { client: other, uri } = await openDraft(text, { settings });
    expect(await other.diagnostics(uri)).not.toEqual([]);
    const [all] = await other.actions(uri, rangeOf(text, text), ["source.fixAll.galley"]);
    return all === undefined ? text : other.textAfter((await other.resolve(all)).edit, uri);
  };
  expect(await fixedUnder("hint")).toBe(text);
  const fixed = await fixedUnder("warning");
  expect(fixed).toBe(`${passage}\n\nIt rained.\n\n${TEXT.replace("the the", "the")}`);
});

describe("the light bulb", () => {
  const twice = "The stalls at the the market open in the the town at at nine.\n";
  const RULES_ON = rulesOn("repeated-word", "empty-attribution", "orphaned-fragment");

  test("offers actions only for the finding that is selected exactly", async () => {
    const { client: other, uri } = await openDraft(twice, RULES_ON);
    const found = await other.diagnostics(uri);
    expect(found.length).toBeGreaterThan(1);
    for (const finding of found) {
      const actions = await other.actions(uri, finding.range);
      expect(actions.length).toBeGreaterThan(0);
      for (const { diagnostics } of actions) expect(diagnostics).toEqual([finding]);
    }
  });

  test("at a cursor, offers the fix of the closest finding first, and prefers only that", async () => {
    const { client: other, uri } = await openDraft(twice, RULES_ON);
    const all = await other.actions(uri, rangeOf(twice, twice));
    expect(all.filter(({ isPreferred }) => isPreferred === true)).toHaveLength(1);
    const [first] = await other.actions(uri, rangeOf(twice, "the the"));
    expect(first?.isPreferred).toBe(true);
    const { start } = rangeOf(twice, "e market");
    const [near] = await other.titles(uri, { start, end: start });
    expect(near).toBe(first?.title);
  });

  test("has no two titles that read the same", async () => {
    const text = `${twice}\nAccording to , the the stalls open.\n\nThe the end of it was , near.\n`;
    const { client: other, uri } = await openDraft(text, RULES_ON);
    const titles = await other.titles(uri, rangeOf(text, text));
    expect(titles.length).toBeGreaterThan(3);
    expect(new Set(titles).size).toBe(titles.length);
    expect(titles).toContain("Stet: let it stand (Doubled words), line 1");
  });
});
