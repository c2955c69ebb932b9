import type { CodeAction } from "vscode-languageserver/node";
import { expect, test } from "vitest";
import { changeFiles, connect, newFolder } from "../support/for-one-test.ts";
import { edited, rangeOf, type TestClient, WRONG } from "../support/lsp.ts";

/* Suppressions in an untitled draft go into a workspace folder's file, never into a place of its own. */

const NAMES = ["untitled:Untitled-1", "untitled:/home/somebody/new.txt", "untitled:a/b/c.md"];

/** The actions that write to a `.galley.json`, with their edits. */
async function configuring(client: TestClient, uri: string): Promise<CodeAction[]> {
  const offered = await client.actions(uri, rangeOf(WRONG, "the the"));
  const wanted = offered.filter(({ title }) => /^(?:Stet|Accept|Turn)/.test(title));
  return Promise.all(wanted.map((action) => client.resolve(action)));
}

test.each(NAMES)("without a folder, no entry in a file is offered for %s", async (uri) => {
  const client = await connect();
  await client.open(uri, WRONG, "plaintext");
  expect(await client.diagnostics(uri)).toHaveLength(1);
  expect(await configuring(client, uri)).toEqual([]);
});

test.each(NAMES)("with one folder, %s is suppressed in that folder’s file", async (uri) => {
  const folder = newFolder();
  const config = folder.uriOf(".galley.json");
  const client = await connect({ folders: [folder.uri] });
  await client.open(uri, WRONG, "plaintext");
  const actions = await configuring(client, uri);
  expect(actions.map(({ title }) => title)).toEqual([
    "Stet: let it stand",
    "Accept “the the” in this project",
  ]);
  for (const { edit } of actions) {
    await changeFiles(client, folder, { ".galley.json": edited("", edit, config) });
    expect(await client.diagnostics(uri)).toEqual([]);
    await changeFiles(client, folder, { ".galley.json": undefined });
    expect(await client.diagnostics(uri)).toHaveLength(1);
  }
});

test("with several folders, no entry in a file is offered", async () => {
  const client = await connect({ folders: [newFolder().uri, newFolder().uri] });
  await client.open("untitled:Untitled-1", WRONG, "plaintext");
  expect(await client.diagnostics("untitled:Untitled-1")).toHaveLength(1);
  expect(await configuring(client, "untitled:Untitled-1")).toEqual([]);
});

test("the folder’s config file applies to a draft when it is opened", async () => {
  const folder = newFolder({ ".galley.json": '{ "accept": ["the the"] }' });
  const settings = { galley: { workspace: { check: "open drafts only" } } };
  const client = await connect({ folders: [folder.uri], settings });
  await client.open("untitled:Untitled-1", WRONG, "plaintext");
  expect(await client.diagnostics("untitled:Untitled-1")).toEqual([]);
});
