import { beforeEach, describe, expect, test } from "vitest";
import { nodeHost } from "../../server/src/node-server.ts";
import type { Folder } from "../support/folder.ts";
import { connect, newFolder } from "../support/for-one-test.ts";
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

  function tell(client: TestClient, ...names: string[]): Promise<void> {
    return client.filesChanged(...names.map(folder.uriOf));
  }

  test("are all reported once, clean ones too, and the request is held open", async () => {
    const client = await start();
    const pull = client.workspace();
    await pull.until(folder.uriOf("a.md"), (messages) => messages.length === 1);
    await pull.until(folder.uriOf("b/c.md"), (messages) => messages.length === 0);
    expect(pull.items.map(({ uri }) => uri).sort()).toEqual(
      [folder.uriOf("a.md"), folder.uriOf("b/c.md")].sort(),
    );
    expect(pull.answered).toBe(false);
    expect(client.registrations).toContain("workspace/didChangeWatchedFiles");
  });

  test("follow changes on disk, and one that is gone is reported clean", async () => {
    const client = await start();
    const pull = client.workspace();
    await pull.until(folder.uriOf("a.md"), (messages) => messages.length === 1);
    folder.write("b/c.md", WRONG);
    await tell(client, "b/c.md");
    await pull.until(folder.uriOf("b/c.md"), (messages) => messages.length === 1);
    folder.remove("b/c.md");
    await tell(client, "b/c.md");
    await pull.until(folder.uriOf("b/c.md"), (messages) => messages.length === 0);
    folder.write("d/e/f.md", WRONG);
    await tell(client, "d");
    await pull.until(folder.uriOf("d/e/f.md"), (messages) => messages.length === 1);
    folder.remove("d");
    await tell(client, "d");
    await pull.until(folder.uriOf("d/e/f.md"), (messages) => messages.length === 0);
    expect(pull.reports(folder.uriOf("a.md"))).toBe(1);
    expect(pull.answered).toBe(false);
  });

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

    folder.write(".gitignore", "a.md\n");
    await tell(client, ".gitignore");
    await pull.until(of("ignored/x.md"), (messages) => messages.length === 1);
    await pull.until(of("a.md"), (messages) => messages.length === 0);

    folder.write("ignored/.galley.json", '{"rules": {"repeated-word": "off"}}');
    await tell(client, "ignored/.galley.json");
    await pull.until(of("ignored/x.md"), (messages) => messages.length === 0);

    folder.write("ignored/.galley.json", '{"rules": {"repeated-word": "loud"}}');
    await tell(client, "ignored/.galley.json");
    await pull.until(of("ignored/x.md"), (messages) => messages.length === 1);
    const [mistake] = await pull.until(of("ignored/.galley.json"), (found) => found.length === 1);
    expect(mistake).toMatch(/repeated-word/);

    await client.configure({ galley: {} });
    await pull.until(of("hidden/y.md"), (messages) => messages.length === 1);
  });

  test("an open editor's text counts, not the disk's; once closed the disk's does again", async () => {
    const client = await start();
    const pull = client.workspace();
    const uri = folder.uriOf("a.md");
    await pull.until(uri, (messages) => messages.length === 1);
    await client.open(uri, RIGHT);
    await pull.until(uri, (messages) => messages.length === 0);
    await client.close(uri);
    await pull.until(uri, (messages) => messages.length === 1);
  });

  test("a file from elsewhere leaves nothing behind when it is closed", async () => {
    const client = await start();
    const pull = client.workspace();
    const uri = "file:///nowhere/else.md";
    await client.open(uri, WRONG);
    expect(await client.diagnostics(uri)).toHaveLength(1);
    await client.close(uri);
    await pull.until(uri, (messages) => messages.length === 0);
  });

  test("a client that pulls again gets what is unchanged, new and deleted", async () => {
    const client = await start();
    const first = client.workspace();
    await first.until(folder.uriOf("a.md"), (messages) => messages.length === 1);
    await first.until(folder.uriOf("b/c.md"), () => true);
    const ids = { ...first.ids(), [folder.uriOf("gone.md")]: "x" };
    ids[folder.uriOf("b/c.md")] = "old";
    const second = client.workspace(ids);
    await second.until(folder.uriOf("gone.md"), (messages) => messages.length === 0);
    await second.until(folder.uriOf("b/c.md"), (messages) => messages.length === 0);
    const same = second.items.filter(({ uri }) => uri === folder.uriOf("a.md"));
    expect(same.map(({ kind }) => kind)).toEqual(["unchanged"]);
  });

  test("folders come and go", async () => {
    const client = await start();
    const pull = client.workspace();
    await pull.until(folder.uriOf("a.md"), (messages) => messages.length === 1);
    const other = newFolder({ "o.md": WRONG });
    await client.foldersChanged([other.uri], [folder.uri]);
    await pull.until(other.uriOf("o.md"), (messages) => messages.length === 1);
    await pull.until(folder.uriOf("a.md"), (messages) => messages.length === 0);
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
    await pull.until(folder.uriOf("a.md"), (messages) => messages.length === 1);
    folder.write("a.md", RIGHT);
    await pull.until(folder.uriOf("a.md"), (messages) => messages.length === 0);
    folder.write("deep/er/new.md", WRONG);
    await pull.until(folder.uriOf("deep/er/new.md"), (messages) => messages.length === 1);
    folder.move("deep", "moved");
    await pull.until(folder.uriOf("deep/er/new.md"), (messages) => messages.length === 0);
    await pull.until(folder.uriOf("moved/er/new.md"), (messages) => messages.length === 1);
    folder.remove("moved");
    await pull.until(folder.uriOf("moved/er/new.md"), (messages) => messages.length === 0);
  });
});

test("a client that pulls nothing has the workspace's mistakes published", async () => {
  const folder = newFolder({ "a.md": WRONG, "b.md": RIGHT });
  const client = await connect({ folders: [folder.uri], capabilities: {} });
  const first = await client.until(() => client.published[0]);
  expect(first).toMatchObject({ uri: folder.uriOf("a.md"), diagnostics: [{}] });
  folder.write("a.md", RIGHT);
  await client.filesChanged(folder.uriOf("a.md"));
  expect(await client.until(() => client.published[1])).toMatchObject({ diagnostics: [] });
  expect(client.published).toHaveLength(2);
});
