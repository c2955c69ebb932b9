import { mkdirSync, symlinkSync, utimesSync, writeFileSync } from "node:fs";
import path from "node:path";
import {
  type WorkspaceDiagnosticReport,
  CancellationTokenSource,
  ProgressType,
  ResponseError,
} from "vscode-languageserver/node";
import { beforeEach, describe, expect, test } from "vitest";
import { MOST_OF_RULE } from "../../server/src/engine/listed.ts";
import type { Clock } from "../../server/src/project/host.ts";
import { nodeHost } from "../../server/src/node-server.ts";
import { nodeFiles } from "../../server/src/host/node/files.ts";
import { timers } from "../../server/src/host/timers.ts";
import type { Folder } from "../support/folder.ts";
import { changeFiles, connect, newFolder } from "../support/for-one-test.ts";
import {
  type ClientOptions,
  type TestClient,
  likeVsCode,
  PLACES,
  WRONG,
  newGate,
} from "../support/lsp.ts";

/* The drafts of a workspace: what a client gets on its request, which is held open, and what it doesn't get. */

const RIGHT = "The stalls open at the market square at nine.\n";

const WORKSPACE = "workspace/diagnostic";

let folder: Folder;

beforeEach(() => {
  folder = newFolder({ "a.md": WRONG, "b.md": RIGHT });
});

function start(options: ClientOptions): Promise<TestClient> {
  return connect({ folders: [folder.uri], ...options });
}

function tell(client: TestClient, ...names: string[]): Promise<void> {
  return client.filesChanged(...names.map(folder.uriOf));
}

describe.each(PLACES)("a request for the workspace's diagnostics, %s", (place) => {
  test("is neither answered nor extended while nothing changes", async () => {
    const client = await start({ place });
    const pull = client.workspace();
    await client.settled();
    const before = pull.items.length;
    expect(pull.items.map(({ uri }) => uri).sort()).toEqual(["a.md", "b.md"].map(folder.uriOf));
    expect(client.registrations).toContain("workspace/didChangeWatchedFiles");
    await tell(client, "a.md", "b.md", "none.md");
    await client.settled();
    expect(pull.items).toHaveLength(before);
    expect(pull.answered).toBe(false);
  });

  test("reports again a document requested as one that is not open, as the client may drop the answer", async () => {
    const client = await start({ place });
    const pull = client.workspace();
    await client.settled();
    const uri = folder.uriOf("a.md");
    await client.open(uri, WRONG);
    await client.close(uri);
    await client.settled();
    const before = pull.reports(uri);
    folder.remove("a.md");
    await tell(client, "a.md");
    // It ignores notifications while it asks.
    await client.diagnostics(uri);
    await client.settled();
    const now = pull.reports(uri);
    await client.diagnostics(uri);
    await client.settled();
    expect([now > before, pull.reports(uri), pull.severities(uri)]).toEqual([true, now + 1, []]);
  });

  test("is answered at the end of the session", async () => {
    const client = await start({ place });
    const pull = client.workspace();
    await client.settled();
    expect(pull.answered).toBe(false);
    await Promise.all([pull.answer, client.stop()]);
    expect(pull.answered).toBe(true);
  });

  test("ends when it is cancelled, and gets no more changes", async () => {
    const client = await start({ place });
    const cancel = new CancellationTokenSource();
    let parts = 0;
    client.connection.onProgress(new ProgressType(), "cancelled", () => {
      parts++;
    });
    const asked = client.request(
      WORKSPACE,
      { previousResultIds: [], partialResultToken: "cancelled" },
      cancel.token,
    );
    await client.settled();
    const before = parts;
    expect(before).toBeGreaterThan(0);
    cancel.cancel();
    expect(await asked).toEqual({ items: [] });
    const pull = client.workspace();
    await client.settled();
    await changeFiles(client, folder, { "b.md": WRONG });
    await pull.shows(folder.uriOf("b.md"), 1);
    await client.settled();
    expect(parts).toBe(before);
  });

  test("of a client without streaming is answered once everything is known and there is something to report", async () => {
    const client = await start({ place });
    const none = { previousResultIds: [] };
    const full = await client.request<WorkspaceDiagnosticReport>(WORKSPACE, none);
    expect(full).toMatchObject({ items: [{ kind: "full" }, { kind: "full" }] });
    const previousResultIds = full.items.map(({ uri, resultId }) => ({ uri, value: resultId }));
    const same = await client.request(WORKSPACE, { previousResultIds });
    expect(same).toMatchObject({ items: [{ kind: "unchanged" }, { kind: "unchanged" }] });

    folder.remove("a.md");
    folder.remove("b.md");
    const other = await start({ place });
    let isAnswered = false;
    const held = other.request(WORKSPACE, none).finally(() => (isAnswered = true));
    await other.settled();
    expect(isAnswered).toBe(false);
    await changeFiles(other, folder, { "c.md": WRONG });
    expect(await held).toMatchObject({ items: [{ uri: folder.uriOf("c.md") }] });
  });

  test("reports a branch switch, each draft once", async () => {
    const names = Array.from({ length: 300 }, (_, index) => `d${index}.md`);
    for (const name of names) folder.write(name, RIGHT);
    const client = await start({ place });
    const pull = client.workspace();
    await client.settled();
    const before = pull.items.length;
    for (const name of names) folder.write(name, WRONG);
    folder.remove("a.md");
    for (const name of names) await tell(client, name);
    await tell(client, "a.md");
    await client.settled();
    const reported = pull.items.slice(before).map(({ uri }) => uri);
    expect(reported.sort()).toEqual([...names, "a.md"].map((name) => folder.uriOf(name)).sort());
    expect(pull.messages(folder.uriOf("d299.md"))).toHaveLength(1);
  });

  test("has a rule's first findings in a draft, and a count of the rest", async () => {
    folder.write("long.md", `${WRONG}\n`.repeat(MOST_OF_RULE + 7));
    const client = await start({ place });
    const pull = client.workspace();
    const messages = await pull.until(folder.uriOf("long.md"), () => true);
    expect(messages).toHaveLength(MOST_OF_RULE + 1);
    expect(messages.at(-1)).toMatch(/\b7 more\b/);
    await client.open(folder.uriOf("long.md"), `${WRONG}\n`.repeat(MOST_OF_RULE + 7));
    expect(await client.diagnostics(folder.uriOf("long.md"))).toHaveLength(MOST_OF_RULE + 1);
  });

  test("survives files on disk and the client's messages", async () => {
    mkdirSync(path.join(folder.path, "folder.md"));
    writeFileSync(path.join(folder.path, "bytes.md"), Uint8Array.from([0, 255, 254, 128, 0, 1]));
    symlinkSync("loop.md", path.join(folder.path, "loop.md"));
    symlinkSync(".", path.join(folder.path, "round"));
    folder.write("100% #1?.md", WRONG);
    folder.write(".gitignore", "[\n\\\n!\n");
    const client = await start({ place });
    const garbage = ["", "%", "1:??/%zz", "://", "file:////x//y", "file:///%00"];
    const pull = client.workspace(Object.fromEntries(garbage.map((uri) => [uri, "x"])));
    await client.filesChanged(...garbage);
    for (const uri of garbage) await client.pull(uri);
    await pull.shows(folder.uriOf("100% #1?.md"), 1);
    await pull.shows(folder.uriOf("a.md"), 1);
    await client.settled();
    expect(pull.answered).toBe(false);
  });

  test("survives a client that rejects every request", async () => {
    const refuse = (): never => {
      throw new ResponseError(-32603, "No.");
    };
    const methods = [
      "workspace/configuration",
      "client/registerCapability",
      "workspace/diagnostic/refresh",
      "window/workDoneProgress/create",
      "window/showDocument",
    ];
    const answers = Object.fromEntries(methods.map((method) => [method, refuse]));
    const client = await start({ place, answers });
    const pull = client.workspace();
    await client.open(folder.uriOf("a.md"), WRONG);
    await changeFiles(client, folder, { ".galley.json": '{"rules": {"repeated-word": "off"}}' });
    expect(pull.messages(folder.uriOf("a.md"))).not.toContainEqual(expect.stringMatching(/twice/));
    const go = { command: "galley.goTo", arguments: [] };
    await client.request("workspace/executeCommand", go).catch(() => undefined);
    expect(pull.answered).toBe(false);
  });
});

describe.each(PLACES)("the drafts of a workspace, %s", (place) => {
  beforeEach(() => {
    folder = newFolder({ "a.md": WRONG, "b/c.md": RIGHT, "notes.json": "{}" });
  });

  test("a file from elsewhere leaves nothing behind when it is closed", async () => {
    const client = await start({ place });
    const pull = client.workspace();
    const uri = "file:///nowhere/else.md";
    await client.open(uri, WRONG);
    expect(await client.diagnostics(uri)).toHaveLength(1);
    await client.close(uri);
    await pull.shows(uri, 0);
  });

  test("a client that pulls again gets unchanged, new and deleted drafts", async () => {
    const client = await start({ place });
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

  test("added and removed folders cause one refresh, if they make a difference", async () => {
    folder.write(".galley.json", '{"rules": {"repeated-word": "off"}}');
    const client = await start({ place });
    const draft = folder.uriOf("b/c.md");
    await client.open(draft, WRONG);
    expect(await client.diagnostics(draft)).toEqual([]);
    await client.settled();
    const refreshes = [client.refreshes];
    const [within, next] = [folder.uriOf("b"), folder.uriOf("none")];
    for (const [added, removed] of [
      [[within], []],
      [[next], []],
      [[], [next]],
      [[], [within]],
    ] as const) {
      await client.foldersChanged(added, removed);
      await client.settled();
      refreshes.push(client.refreshes);
      // The config file above a workspace folder doesn't apply in it.
      if (added[0] === within) expect(await client.diagnostics(draft)).toHaveLength(1);
    }
    expect(refreshes.map((count) => count - (refreshes[0] ?? 0))).toEqual([0, 1, 1, 1, 2]);
    expect(await client.diagnostics(draft)).toEqual([]);
  });

  test("are watched by the server if the client doesn't", async () => {
    const capabilities = likeVsCode({ didChangeWatchedFiles: {} });
    const host = nodeHost("test", undefined);
    const client = await start({ place, capabilities, host });
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

test("open drafts come first, then their neighbours, then those changed last", async () => {
  // With the four others they are one batch: of several, any may be done first.
  const names = Array.from({ length: 12 }, (_, index) => `old/d${index}.md`);
  names.forEach((name, index) => {
    folder.write(name, RIGHT);
    const seconds = 1_000_000 + ((index * 7) % 12);
    utimesSync(path.join(folder.path, name), seconds, seconds);
  });
  folder.write("desk/x.md", RIGHT);
  folder.write("desk/y.md", RIGHT);
  utimesSync(path.join(folder.path, "desk/y.md"), 1, 1);
  const gate = newGate();
  const files = {
    ...nodeFiles,
    entries: (uri: string) => gate.opened.then(() => nodeFiles.entries(uri)),
  };
  const client = await start({ host: { files } });
  const pull = client.workspace();
  await client.open(folder.uriOf("desk/x.md"), RIGHT);
  await client.request("galley/rules");
  gate.open();
  await client.settled();
  const order = pull.items.map(({ uri }) => uri.slice(folder.uri.length + 1));
  const byAge = [...names].sort(
    (a, b) => ((names.indexOf(b) * 7) % 12) - ((names.indexOf(a) * 7) % 12),
  );
  // The two that were just written come first.
  expect(order.slice(0, 4).sort()).toEqual(["a.md", "b.md", "desk/x.md", "desk/y.md"]);
  expect(order.slice(0, 2)).toEqual(["desk/x.md", "desk/y.md"]);
  expect(order.slice(4)).toEqual(byAge);
});

test("a file that changes repeatedly is read once for all events of one batch", async () => {
  let reads = 0;
  const read = (uri: string): ReturnType<typeof nodeFiles.read> => {
    if (uri === folder.uriOf("a.md")) reads++;
    return nodeFiles.read(uri);
  };
  // Everything that the server waits for lasts until all is done.
  let released = Promise.resolve();
  const clock: Clock = {
    ...timers,
    after: (milliseconds, call) => timers.after(milliseconds, () => void released.then(call)),
  };
  const client = await start({ host: { files: { ...nodeFiles, read }, clock } });
  await client.settled();
  expect(reads).toBe(1);
  const gate = newGate();
  released = gate.opened;
  for (let time = 0; time < 100; time++) await tell(client, "a.md");
  await client.request("galley/rules");
  gate.open();
  await client.settled();
  expect(reads).toBe(2);
});

test("the server watches only if the client does not", async () => {
  let watched: string[] = [];
  const watch = (uri: string): { dispose: () => void } => {
    watched.push(uri);
    return { dispose: () => (watched = watched.filter((one) => one !== uri)) };
  };
  const client = await start({ host: { watch } });
  await client.settled();
  expect(watched).toEqual([]);
  const capabilities = likeVsCode({ didChangeWatchedFiles: {} });
  const other = await start({ host: { watch }, capabilities });
  await other.settled();
  expect(watched).toEqual([folder.uri]);
  await other.foldersChanged([], [folder.uri]);
  await other.settled();
  expect(watched).toEqual([]);
});
