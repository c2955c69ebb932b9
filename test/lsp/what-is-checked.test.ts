import path from "node:path";
import { beforeEach, describe, expect, test } from "vitest";
import { LARGEST_DRAFT } from "../../server/src/draft/largest.ts";
import type { Files } from "../../server/src/project/host.ts";
import { DRAFT_STATE, type DraftState } from "../../server/src/protocol.ts";
import { nodeFiles } from "../../server/src/host/node/files.ts";
import type { Folder } from "../support/folder.ts";
import { changeFiles, connect, newFolder } from "../support/for-one-test.ts";
import { type ClientOptions, PLACES, type TestClient, WRONG, newGate } from "../support/lsp.ts";

/* Which files of a workspace are checked, and which are not. */

let folder: Folder;

beforeEach(() => {
  folder = newFolder({ "a.md": WRONG });
});

function start(options: ClientOptions): Promise<TestClient> {
  return connect({ folders: [folder.uri], ...options });
}

/** The names of the files for which a client shows something. */
async function problems(client: TestClient): Promise<string[]> {
  const pull = client.workspace();
  await client.settled();
  return pull.items
    .filter((item) => item.kind === "full" && item.items.length > 0)
    .map(({ uri }) => uri.slice(folder.uri.length + 1))
    .sort();
}

test("a plain text that has become prose is a draft once it is saved", async () => {
  const client = await start({});
  const uri = folder.uriOf("list.txt");
  await client.open(uri, "a=1\nb=2\nc=3\n", "plaintext");
  await client.change(uri, { text: WRONG.repeat(9) });
  await client.settled();
  expect(await client.diagnostics(uri)).toEqual([]);
  const { refreshes } = client;
  await client.save(uri);
  await client.settled();
  expect(client.refreshes).toBe(refreshes + 1);
  expect(await client.diagnostics(uri)).not.toEqual([]);
});

describe.each(PLACES)("of a workspace, %s", (place) => {
  test("every folder is checked, each by its own config file and ignore file", async () => {
    for (const name of ["one/x.md", "one/y.md", "two/x.md", "two/y.md"]) folder.write(name, WRONG);
    folder.write("one/.gitignore", "y.md\n");
    folder.write("two/.galley.json", '{"exclude": ["x.md"]}');
    const folders = [folder.uriOf("one"), folder.uriOf("two")];
    expect(await problems(await start({ place, folders }))).toEqual(["one/x.md", "two/y.md"]);
  });

  test("a folder within another is separate, whichever is named first", async () => {
    folder.write("in/.gitignore", "y.md\n");
    folder.write("in/x.md", WRONG);
    folder.write("in/y.md", WRONG);
    folder.write(".gitignore", "a.md\n");
    folder.write("in/a.md", WRONG);
    const settings = { galley: {}, "files.exclude": { in: true } };
    const inner = folder.uriOf("in");
    for (const folders of [
      [folder.uri, inner],
      [inner, folder.uri],
    ]) {
      // The outer settings exclude it, its own don't.
      expect(await problems(await start({ place, folders, settings }))).toEqual(["in/x.md"]);
    }
  });

  test("include and exclude, of the settings and of a config file, and files hidden by the editor, are obeyed", async () => {
    for (const name of ["b.md", "c.md", "hidden/d.md", "unsearched/e.md", "f.note", "g/h.md"]) {
      folder.write(name, WRONG);
    }
    folder.write("g/.galley.json", '{"exclude": ["h.md"]}');
    const settings = {
      galley: { exclude: ["b.md"], include: ["**/*.md", "*.note"] },
      "files.exclude": { "**/hidden": true, "c.md": false },
      "search.exclude": { "**/unsearched": true },
    };
    expect(await problems(await start({ place, settings }))).toEqual(["a.md", "c.md", "f.note"]);
  });

  test("only open drafts are checked if so set, whatever changes on disk", async () => {
    folder.write("b.md", WRONG);
    const settings = { galley: { workspace: { check: "open drafts only" } } };
    const client = await start({ place, settings });
    const pull = client.workspace();
    await client.open(folder.uriOf("b.md"), WRONG);
    await pull.shows(folder.uriOf("b.md"), 1);
    await changeFiles(client, folder, { "a.md": `${WRONG}\n${WRONG}` });
    expect(pull.items.map(({ uri }) => uri)).toEqual([folder.uriOf("b.md")]);
    await client.close(folder.uriOf("b.md"));
    await pull.shows(folder.uriOf("b.md"), 0);
  });

  test("only open drafts are checked if there are too many, with one message", async () => {
    folder.write("b.md", WRONG);
    const settings = { galley: { workspace: { maxDrafts: 1 } } };
    const client = await start({ place, settings });
    const pull = client.workspace();
    await client.until(() => client.messages.length > 0);
    expect(client.messages[0]).toMatch(
      /has 2 drafts, more than the 1 .*galley\.workspace\.maxDrafts/,
    );
    await client.open(folder.uriOf("b.md"), WRONG);
    expect(await client.diagnostics(folder.uriOf("b.md"))).toHaveLength(1);
    await pull.shows(folder.uriOf("b.md"), 1);
    // Counted again, there are as many.
    await changeFiles(client, folder, { ".gitignore": "nothing\n" });
    await changeFiles(client, folder, { "a.md": WRONG });
    expect(client.messages).toHaveLength(1);
    expect(pull.messages(folder.uriOf("a.md"))).toBeUndefined();
    // With fewer, all are checked.
    await changeFiles(client, folder, { ".gitignore": "b.md\n" });
    await pull.shows(folder.uriOf("a.md"), 1);
  });
});

test("a renamed folder is not counted twice", async () => {
  for (let index = 0; index < 20; index++) folder.write(`old/d${index}.md`, WRONG);
  let isMoved = false;
  const gate = newGate();
  const files: Files = {
    entries: async (uri) => {
      const entries = await nodeFiles.entries(uri);
      // First the server asks whether this is a folder, then what is in it.
      if (uri === folder.uriOf("new")) client.tell();
      return entries;
    },
    // That a file is gone is noticed only after the new folder has been walked.
    read: (uri) =>
      isMoved && uri.startsWith(folder.uriOf("old"))
        ? gate.opened.then(() => nodeFiles.read(uri))
        : nodeFiles.read(uri),
  };
  const settings = { galley: { workspace: { maxDrafts: 25 } } };
  const client: TestClient = await start({ settings, host: { files } });
  const pull = client.workspace();
  await client.settled();
  expect(pull.messages(folder.uriOf("old/d19.md"))).toHaveLength(1);
  folder.move("old", "new");
  isMoved = true;
  let looks = 0;
  const isLookedThrough = client.until(() => looks++ === 2);
  await client.filesChanged(folder.uriOf("old"), folder.uriOf("new"));
  await isLookedThrough;
  await client.request("galley/rules");
  gate.open();
  await client.settled();
  expect(client.messages).toEqual([]);
  expect(pull.messages(folder.uriOf("new/d19.md"))).toHaveLength(1);
  expect(pull.messages(folder.uriOf("old/d19.md"))).toEqual([]);
});

const WHY: Readonly<Record<string, string | undefined>> = {
  "data.txt": "It reads like data or a list, not like prose.",
  "page.html": "HTML is read only if “include” asks for it, as “**/*.html” does.",
  "CHANGELOG.md": "Its name says that it is a change log or a licence.",
  ".github/pull_request_template.md":
    "Its name says that it is a template for issues or pull requests. “include” can ask for it.",
  "test/fixtures/a.md": "It is in a folder of test data. “include” can ask for it.",
  "old.md": "“exclude” in .galley.json leaves it out.",
  "older.md":
    "“galley.exclude”, “files.exclude” or “search.exclude” in the settings leaves it out.",
  "a.md": undefined,
};

test("an open document that is not checked says why", async () => {
  folder.write(".galley.json", '{"exclude": ["old.md"]}');
  const client = await start({ settings: { "files.exclude": { "older.md": true } } });
  for (const [name, why] of Object.entries(WHY)) {
    const uri = folder.uriOf(name);
    const text = name === "data.txt" ? "alpha\nbeta\ngamma\ndelta\n" : WRONG;
    const languages: Record<string, string> = { ".txt": "plaintext", ".html": "html" };
    await client.open(uri, text, languages[path.extname(name)] ?? "markdown");
    const { state, why: said } = await client.request<DraftState>(DRAFT_STATE, { uri });
    expect([name, state, said]).toEqual([name, why === undefined ? "on" : "no draft", why]);
  }
});

test("a draft is checked until it is too long, and again once it is not", async () => {
  folder.write("long.md", "\n".repeat(LARGEST_DRAFT.lines));
  const client = await start({});
  const uri = folder.uriOf("long.md");
  const shown = async (): Promise<unknown> => {
    const { state, why } = await client.request<DraftState>(DRAFT_STATE, { uri });
    return [state, why, (await client.diagnostics(uri)).length];
  };
  const top = { line: 0, character: 0 };
  await client.open(uri, WRONG);
  expect(await shown()).toEqual(["on", undefined, 1]);
  const blank = "\n".repeat(LARGEST_DRAFT.lines - 1);
  await client.change(uri, { range: { start: top, end: top }, text: blank });
  const why = "It has more than 1,000,000 characters or 25,000 lines.";
  expect(await shown()).toEqual(["no draft", why, 0]);
  const end = { line: 1, character: 0 };
  await client.change(uri, { range: { start: top, end }, text: "" });
  expect(await shown()).toEqual(["on", undefined, 1]);
});
