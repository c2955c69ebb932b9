import { beforeEach, describe, expect, test } from "vitest";
import { nodeHost } from "../../server/src/node-server.ts";
import type { Folder } from "../support/folder.ts";
import { changeFiles, connect, newFolder } from "../support/for-one-test.ts";
import type { ClientOptions, TestClient } from "../support/lsp.ts";
import { likeVsCode, PLACES } from "../support/lsp.ts";

const WRONG = "The stalls open at the the market square at nine.\n";
const RIGHT = "The stalls open at the market square at nine.\n";

describe.each(PLACES)("the drafts of a workspace, %s", (place) => {
  let folder: Folder;

  beforeEach(() => {
    folder = newFolder({ "a.md": WRONG, "b/c.md": RIGHT, "notes.json": "{}" });
  });

  function start(options: ClientOptions = {}): Promise<TestClient> {
    return connect({ place, folders: [folder.uri], ...options });
  }

  test("are selected by .gitignore, .galley.json and the editor's settings", async () => {
    folder.write("ignored/x.md", WRONG);
    folder.write(".gitignore", "ignored/\n");
    folder.write("hidden/y.md", WRONG);
    folder.write("node_modules/z.md", WRONG);
    const settings = { "files.exclude": { hidden: true } };
    const client = await start({ settings });
    const pull = client.workspace();
    const of = (name: string): string => folder.uriOf(name);
    await pull.until(of("b/c.md"), () => true);
    await pull.until(of("a.md"), () => true);
    expect(new Set(pull.items.map(({ uri }) => uri))).toEqual(new Set([of("a.md"), of("b/c.md")]));

    await changeFiles(client, folder, { ".gitignore": "a.md\n" });
    await pull.shows(of("ignored/x.md"), 1);
    await pull.shows(of("a.md"), 0);

    await changeFiles(client, folder, {
      "ignored/.galley.json": '{"rules": {"repeated-word": "off"}}',
    });
    await pull.shows(of("ignored/x.md"), 0);

    await changeFiles(client, folder, {
      "ignored/.galley.json": '{"rules": {"repeated-word": "loud"}}',
    });
    await pull.shows(of("ignored/x.md"), 1);
    const [mistake] = await pull.shows(of("ignored/.galley.json"), 1);
    expect(mistake).toMatch(/repeated-word/);

    await client.configure({ galley: {} });
    await pull.shows(of("hidden/y.md"), 1);
  });

  test("a file from elsewhere leaves nothing behind when it is closed", async () => {
    const client = await start();
    const pull = client.workspace();
    const uri = "file:///nowhere/else.md";
    await client.open(uri, WRONG);
    expect(await client.diagnostics(uri)).toHaveLength(1);
    await client.close(uri);
    await pull.shows(uri, 0);
  });

  test("a client that pulls again gets what is unchanged, new and deleted", async () => {
    const client = await start();
    const first = client.workspace();
    await first.shows(folder.uriOf("a.md"), 1);
    await first.until(folder.uriOf("b/c.md"), () => true);
    const ids = { ...first.ids(), [folder.uriOf("gone.md")]: "x" };
    ids[folder.uriOf("b/c.md")] = "old";
    const second = client.workspace(ids);
    await second.shows(folder.uriOf("gone.md"), 0);
    await second.shows(folder.uriOf("b/c.md"), 0);
    const same = second.items.filter(({ uri }) => uri === folder.uriOf("a.md"));
    expect(same.map(({ kind }) => kind)).toEqual(["unchanged"]);
  });

  test("added and removed folders cause one refresh, where they make a difference", async () => {
    folder.write(".galley.json", '{"rules": {"repeated-word": "off"}}');
    const client = await start();
    const draft = folder.uriOf("b/c.md");
    await client.open(draft, WRONG);
    expect(await client.diagnostics(draft)).toEqual([]);
    await client.settled();
    const refreshes = [client.refreshes];
    const none = { added: [], removed: [] };
    const within = [{ uri: folder.uriOf("b"), name: "b" }];
    const next = [{ uri: folder.uriOf("none"), name: "none" }];
    for (const event of [
      { added: within },
      { added: next },
      { removed: next },
      { removed: within },
    ]) {
      const method = "workspace/didChangeWorkspaceFolders";
      await client.notify(method, { event: { ...none, ...event } });
      await client.settled();
      refreshes.push(client.refreshes);
      // The config file above a workspace folder does not hold in it.
      if (event.added === within) expect(await client.diagnostics(draft)).toHaveLength(1);
    }
    expect(refreshes.map((count) => count - (refreshes[0] ?? 0))).toEqual([0, 1, 1, 1, 2]);
    expect(await client.diagnostics(draft)).toEqual([]);
  });

  test("are watched by the server where the client does not", async () => {
    const capabilities = likeVsCode({ didChangeWatchedFiles: {} });
    const host = nodeHost("test", undefined);
    const client = await start({ capabilities, host });
    const pull = client.workspace();
    await pull.shows(folder.uriOf("a.md"), 1);
    folder.write("a.md", RIGHT);
    await pull.shows(folder.uriOf("a.md"), 0);
    folder.write("deep/er/new.md", WRONG);
    await pull.shows(folder.uriOf("deep/er/new.md"), 1);
    folder.move("deep", "moved");
    await pull.shows(folder.uriOf("deep/er/new.md"), 0);
    await pull.shows(folder.uriOf("moved/er/new.md"), 1);
    folder.remove("moved");
    await pull.shows(folder.uriOf("moved/er/new.md"), 0);
  });
});

test("a client that pulls nothing has the workspace's mistakes published", async () => {
  const folder = newFolder({ "a.md": WRONG, "b.md": RIGHT });
  const client = await connect({ folders: [folder.uri], capabilities: {} });
  const first = await client.until(() => client.published[0]);
  expect(first).toMatchObject({ uri: folder.uriOf("a.md"), diagnostics: [{}] });
  await changeFiles(client, folder, { "a.md": RIGHT });
  expect(await client.until(() => client.published[1])).toMatchObject({ diagnostics: [] });
  expect(client.published).toHaveLength(2);
});
