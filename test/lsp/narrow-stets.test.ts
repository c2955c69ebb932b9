import { expect, test } from "vitest";
import {
  REACH,
  type Reach,
  READINESS,
  type Readiness,
  STET_CHOICES,
  type StetChoice,
  type StetChoices,
} from "../../server/src/protocol.ts";
import { changeFiles, openFolder } from "../support/for-one-test.ts";
import { type ClientOptions, edited, type TestClient } from "../support/lsp.ts";

/* A stet's reach, and that its title says so. */

const DOUBLED = "The ferry came to to the quay.\n\nThe boats lay in the the harbour.\n";

async function choicesAt(
  client: TestClient,
  uri: string,
  start = { line: 0, character: 16 },
): Promise<readonly StetChoice[]> {
  const found = await client.request<StetChoices | null>(STET_CHOICES, {
    uri,
    range: { start, end: start },
  });
  return found?.choices ?? [];
}

async function countIn(client: TestClient): Promise<number> {
  const { notReady } = await client.request<Readiness>(READINESS);
  return notReady.reduce((sum, { counts }) => sum + counts.warning, 0);
}

function chosen(choices: readonly StetChoice[], label: RegExp): StetChoice {
  const choice = choices.find((one) => label.test(one.label));
  if (choice === undefined) throw new Error(`It is not offered: ${label.source}`);
  return choice;
}

/** The reach of a choice, which is requested once it is chosen; undefined if it stays in the draft. */
async function reachOf(client: TestClient, { reach }: StetChoice): Promise<Reach | undefined> {
  return reach && (await client.request<Reach>(REACH, reach));
}

const FILES = {
  "a.md": DOUBLED,
  "b.md": `# B\n\n${DOUBLED}\n- He went to to the fair.\n`,
  "in/c.md": DOUBLED.replace("to to", "to"),
  "in/d.md": "The council met.\n",
};

/** A client with a folder and “a.md” open. */
async function opened(files: Readonly<Record<string, string>>, options: ClientOptions = {}) {
  const { client, folder } = await openFolder(files, options);
  const uri = folder.uriOf("a.md");
  await client.open(uri, files["a.md"] ?? "");
  return { client, folder, uri };
}

test.each([
  [/^This project$/, 6, 3],
  [/“to to” in this project/, 3, 2],
])(
  "%s says how many findings in how many drafts it suppresses, and exactly those disappear",
  async (label, gone, drafts) => {
    const { client, folder, uri } = await opened(FILES);
    const before = await countIn(client);
    const choice = chosen(await choicesAt(client, uri), label);
    expect(await reachOf(client, choice)).toEqual({ findings: gone, drafts });
    const config = edited("", choice.edit, folder.uriOf(".galley.json"));
    await changeFiles(client, folder, { ".galley.json": config });
    expect(before - (await countIn(client))).toBe(gone);
  },
);

test("drafts under a nearer config file that replaces this one are not counted", async () => {
  const files = {
    ...FILES,
    "in/.galley.json": "{}\n",
    "as-above/.galley.json": '{ "extends": "../.galley.json" }\n',
    "as-above/e.md": DOUBLED,
    ".galley.json": "{}\n",
  };
  const { client, folder } = await openFolder(files);
  const uri = folder.uriOf("a.md");
  await client.open(uri, FILES["a.md"]);
  const before = await countIn(client);
  const choice = chosen(await choicesAt(client, uri), /^This project$/);
  expect(await reachOf(client, choice)).toEqual({ findings: 7, drafts: 3 });
  const config = edited(files[".galley.json"], choice.edit, folder.uriOf(".galley.json"));
  await changeFiles(client, folder, { ".galley.json": config });
  expect(before - (await countIn(client))).toBe(7);
});

test("a stet in the draft mentions no others; a user setting counts all", async () => {
  const { client, uri } = await opened(FILES);
  const choices = await choicesAt(client, uri);
  expect(await reachOf(client, chosen(choices, /^This place$/))).toBeUndefined();
  expect(await reachOf(client, chosen(choices, /^This draft$/))).toBeUndefined();
  expect(await reachOf(client, chosen(choices, /^Me$/))).toEqual({ findings: 6, drafts: 3 });
  expect(await reachOf(client, chosen(choices, /for me$/))).toEqual({ findings: 3, drafts: 2 });
});

test("a user setting doesn't count drafts whose config file sets the rule", async () => {
  const sets = '{ "rules": { "repeated-word": "warning" } }\n';
  const { client, uri } = await opened({ ...FILES, "in/.galley.json": sets });
  const choices = await choicesAt(client, uri);
  expect(await reachOf(client, chosen(choices, /^Me$/))).toEqual({ findings: 5, drafts: 2 });
  expect(await reachOf(client, chosen(choices, /for me$/))).toEqual({ findings: 3, drafts: 2 });
});

test("a passage is suppressed by its words, wherever it is, and nothing else in its draft", async () => {
  const loss = "It is, according to , nine when the stalls open.";
  const files = {
    "a.md": `${loss}\n\nIt was told by the , they say.\n`,
    "b.md": `Words.\n\n${loss}\n`,
  };
  const settings = { galley: { rules: { "empty-attribution": {} } } };
  const { client, folder, uri } = await opened(files, { settings });
  const count = async (): Promise<number> =>
    (await client.request<Readiness>(READINESS)).notReady.length;
  const found = await client.diagnostics(uri);
  expect([found.length, await count()]).toEqual([2, 2]);
  const choice = chosen(
    await choicesAt(client, uri, found[0]?.range.start),
    /^This passage, wherever it stands$/,
  );
  const config = edited("", choice.edit, folder.uriOf(".galley.json"));
  await changeFiles(client, folder, { ".galley.json": config });
  expect([(await client.diagnostics(uri)).length, await count()]).toEqual([1, 1]);
});

test("all of a kind in the draft are suppressed, each in its place; a new one is shown", async () => {
  const { client, uri } = await opened(FILES);
  const all = chosen(await choicesAt(client, uri), /^All 2 of “Doubled words” in this draft$/);
  expect(all).not.toHaveProperty("reach");
  const text = edited(FILES["a.md"], all.edit, uri);
  await client.change(uri, { text });
  expect(await client.diagnostics(uri)).toEqual([]);
  await client.change(uri, { text: `${text}\nIt rained on on Monday.\n` });
  expect(await client.diagnostics(uri)).toHaveLength(1);
  await client.change(uri, { text: "The ferry came to to the quay.\n" });
  expect((await choicesAt(client, uri)).some(({ label }) => label.startsWith("All"))).toBe(false);
});
