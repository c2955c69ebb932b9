import type { Diagnostic, WorkspaceEdit } from "vscode-languageserver/node";
import { describe, expect, test } from "vitest";
import {
  type CountedEdit,
  DRAFT_STATE,
  type DraftState,
  FINDINGS,
  type FoundInDrafts,
  KIND_EDIT,
  READINESS,
  type Readiness,
} from "../../server/src/protocol.ts";
import { kindOfRule } from "../../server/src/rules/index.ts";
import { connect, newFolder, openFolder } from "../support/for-one-test.ts";
import { edited, rangeOf, type TestClient, WRONG, EVERY_RULE } from "../support/lsp.ts";
import { BRIDGE } from "../support/passages.ts";

/* Notebook cells and commit messages, as VS Code sends them. */

const PASSAGE = `${BRIDGE}\n`;

/** Snippets in a folder: their URIs and languages. */
const SNIPPETS: readonly (readonly [
  name: string,
  uriIn: (folder: string) => string,
  id: string,
])[] = [
  [
    "a cell",
    (folder) => `${folder.replace("file:", "vscode-notebook-cell:")}/a.ipynb#W0s`,
    "markdown",
  ],
  [
    "the box",
    (folder) => `vscode-scm:git/scm0/input?rootUri%3D${encodeURIComponent(folder)}`,
    "scminput",
  ],
  ["git's file", (folder) => `${folder}/.git/COMMIT_EDITMSG`, "git-commit"],
  ["vim's name for it", (folder) => `${folder}/.git/MERGE_MSG`, "gitcommit"],
];

const settings = { galley: { rules: EVERY_RULE }, files: { exclude: { "**/.git": true } } };

const found = async (client: TestClient, uri: string): Promise<unknown[]> =>
  (await client.diagnostics(uri)).map(({ code }: Diagnostic) => code);

describe.each(SNIPPETS)("%s", (_name, uriIn, languageId) => {
  test("is checked alone, and counts nowhere", async () => {
    const { folder, client } = await openFolder({ "a.md": `# Right\n\n${PASSAGE}` }, { settings });
    const uri = uriIn(folder.uri);
    await client.open(uri, `${PASSAGE}\n${WRONG}`, languageId);
    await client.settled();
    expect(await found(client, uri)).toEqual(["repeated-word"]);
    expect(await found(client, folder.uriOf("a.md"))).toEqual([]);
    expect(await client.request<DraftState>(DRAFT_STATE, { uri })).toMatchObject({
      ...{ state: "on", counts: { warning: 1 }, offInSettings: [] },
    });
    const ready = { drafts: 1, hints: 0, notReady: [], hinted: [] };
    expect(await client.request<Readiness>(READINESS)).toEqual(ready);
    const told = await client.request<FoundInDrafts>(FINDINGS, { uris: [], hints: true });
    expect(told.files.map(({ path }) => path)).toEqual([folder.uriOf("a.md")]);
  });

  test("ignores baselines, exclusions of drafts, and rules that need a draft", async () => {
    const folder = newFolder({
      ".galley.json": '{"exclude": ["**/*"], "accept": ["La La"]}',
      ".galley-baseline.json": '{"version": 2, "findings": []}',
    });
    const client = await connect({ folders: [folder.uri], settings });
    const uri = uriIn(folder.uri);
    await client.open(uri, `${WRONG}\n## A\n\n## B\n\nLa La Land.\n\n<!-- stet -->\n`, languageId);
    expect(await found(client, uri)).toEqual(["repeated-word"]);
    const off = { galley: { rules: EVERY_RULE, enable: false } };
    const other = await connect({ folders: [folder.uri], settings: off });
    await other.open(uri, WRONG, languageId);
    expect(await found(other, uri)).toEqual([]);
  });

  test("is fixed, and no stet for it goes into a file of the folder", async () => {
    const { folder, client } = await openFolder({}, { settings });
    const uri = uriIn(folder.uri);
    await client.open(uri, WRONG, languageId);
    const offered = await client.actions(uri, rangeOf(WRONG, "the the"));
    const titles = offered.map(({ title }) => title);
    expect(titles).toContain("Delete the second “the”");
    const isCell = languageId === "markdown";
    expect(titles.includes("Stet: let it stand")).toBe(isCell);
    const [fix] = offered;
    const resolved = fix && (await client.resolve(fix));
    expect(edited(WRONG, resolved?.edit as WorkspaceEdit, uri)).toBe(
      WRONG.replace("the the", "the"),
    );
  });

  test("is checked without a folder, as it is typed, and of any size", async () => {
    const client = await connect({ settings });
    const uri = uriIn("file:///nowhere");
    await client.open(uri, "", languageId);
    for (let size = 0; size <= 70; size++) {
      const text = `${"It rained. ".repeat(7).slice(0, size)}\n\n${WRONG}`;
      await client.change(uri, { text });
      expect(await found(client, uri), String(size)).toContain("repeated-word");
    }
    await client.change(uri, { text: "All is well.\n" });
    expect(await found(client, uri)).toEqual([]);
  });
});

test("in a cell only findings with room for a comment before them can be suppressed", async () => {
  const client = await connect({ settings });
  const uri = "vscode-notebook-cell:/a.ipynb#W2s";
  await client.open(uri, `${WRONG}\n- He went to to the fair.\n- It rained on on Monday.\n`);
  const request = { uri, kind: kindOfRule("repeated-word"), way: "stet" };
  const edit = await client.request<CountedEdit>(KIND_EDIT, request);
  expect(await found(client, uri)).toHaveLength(3);
  expect(edit.count).toBe(1);
});

test("in git's files, comments and the changes below the scissors line are not linted", async () => {
  const { folder, client } = await openFolder({}, { settings });
  const uri = folder.uriOf(".git/COMMIT_EDITMSG");
  const scissors = `# ${"-".repeat(24)} >8 ${"-".repeat(24)}\n`;
  const text = `Mend the the stalls\n\n# Please enter the the message\n${scissors}+ the the\n`;
  await client.open(uri, text, "git-commit");
  const [first, ...others] = await client.diagnostics(uri);
  expect(first?.range).toEqual(rangeOf(text, "the the"));
  expect(others).toEqual([]);
});

test("a cell of code and an address like a snippet's have no findings", async () => {
  const client = await connect({ settings });
  for (const [uri, languageId] of [
    ["vscode-notebook-cell:/a.ipynb#W1s", "python"],
    ["vscode-scm:git/scm0/input", "javascript"],
    ["git:/a/COMMIT_EDITMSG", "git-commit"],
    ["vscode-chat-code-block:/a", "markdown"],
  ] as const) {
    await client.open(uri, WRONG, languageId);
    expect([uri, await found(client, uri)]).toEqual([uri, []]);
  }
});
