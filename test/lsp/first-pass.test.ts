import { ProgressType } from "vscode-languageserver/node";
import { beforeEach, expect, test } from "vitest";
import { storedFacts, type StoredFacts } from "../../server/src/project/facts.ts";
import { DEFAULT_SETTINGS } from "../../server/src/settings/settings.ts";
import { openCache } from "../../server/src/host/node/cache.ts";
import { nodeFiles } from "../../server/src/host/node/files.ts";
import { nodeHost } from "../../server/src/node-server.ts";
import { checkDraft, inThreadChecker } from "../../server/src/project/check-drafts.ts";
import { timers } from "../../server/src/host/timers.ts";
import type { Checker } from "../../server/src/project/host.ts";
import type { Folder } from "../support/folder.ts";
import { changeFiles, connect, newFolder } from "../support/for-one-test.ts";
import { type ClientOptions, type TestClient, WRONG, newGate } from "../support/lsp.ts";

const RIGHT = "The stalls open at the market square at nine.\n";
const MANY = 60;

let folder: Folder;

beforeEach(() => {
  folder = newFolder();
  for (let index = 0; index < MANY; index++)
    folder.write(`d${index}.md`, index === 7 ? WRONG : RIGHT);
});

interface Bar {
  readonly kind: string;
  readonly message?: string;
  readonly cancellable?: boolean;
}

/** A client that shows progress, and the progress that it showed. */
async function watching(
  checker: Checker,
  { host, ...options }: ClientOptions = {},
): Promise<{ client: TestClient; bars: Bar[]; cancel: () => Promise<void> }> {
  const bars: Bar[] = [];
  let token: string | undefined;
  const client: TestClient = await connect({
    folders: [folder.uri],
    ...options,
    host: {
      ...host,
      checker: () => checker,
      // The bar appears only after a while, which is none here.
      clock: { ...timers, after: (milliseconds, call) => timers.after(milliseconds / 400, call) },
    },
    answers: {
      "window/workDoneProgress/create": (params) => {
        token = (params as { token: string }).token;
        client.connection.onProgress(new ProgressType<Bar>(), token, (bar) => {
          bars.push(bar);
          client.tell();
        });
        return null;
      },
    },
  });
  const cancel = async (): Promise<void> => {
    await client.notify("window/workDoneProgress/cancel", { token });
    await client.request("galley/rules");
  };
  return { client, bars, cancel };
}

/** A checker that does nothing until it is released. */
function gated(): { checker: Checker; open: () => void } {
  const { open, opened } = newGate();
  const inner = inThreadChecker(timers);
  return {
    open,
    checker: { ...inner, check: (batch) => opened.then(() => inner.check(batch)) },
  };
}

test("it shows its progress, with counts, and ends", async () => {
  const { checker, open } = gated();
  const { client, bars } = await watching(checker);
  const begun = await client.until(() => bars.find(({ kind }) => kind === "begin"));
  expect(begun).toMatchObject({ cancellable: true });
  expect(begun.message).toMatch(/^0 of 60 drafts$/);
  open();
  await client.until(() => bars.find(({ kind }) => kind === "end"));
});

test("after cancelling, its findings stay, and later changes are still checked", async () => {
  const { checker, open } = gated();
  const { client, bars, cancel } = await watching(checker);
  const pull = client.workspace();
  await client.until(() => bars.find(({ kind }) => kind === "begin"));
  await cancel();
  open();
  await client.until(() => bars.find(({ kind }) => kind === "end"));
  await client.settled();
  expect(pull.items.length).toBeLessThan(MANY);
  expect(pull.answered).toBe(false);
  const late = folder.uriOf(`d${MANY - 1}.md`);
  folder.write(`d${MANY - 1}.md`, WRONG);
  await client.filesChanged(late);
  await pull.shows(late, 1);
});

test("cancelling also stops the search for drafts", async () => {
  const second = newFolder({ "late.md": WRONG });
  const gate = newGate();
  const entries = (uri: string): ReturnType<typeof nodeFiles.entries> =>
    uri === second.uri ? gate.opened.then(() => nodeFiles.entries(uri)) : nodeFiles.entries(uri);
  const { checker, open } = gated();
  const { client, bars, cancel } = await watching(checker, {
    folders: [folder.uri, second.uri],
    host: { files: { ...nodeFiles, entries } },
  });
  const pull = client.workspace();
  await client.until(() => bars.find(({ kind }) => kind === "begin"));
  await cancel();
  gate.open();
  open();
  await client.until(() => bars.find(({ kind }) => kind === "end"));
  await client.settled();
  expect(pull.messages(second.uriOf("late.md"))).toBeUndefined();
  // Whoever changes it wants to see the effect.
  await client.filesChanged(second.uriOf("late.md"));
  await pull.shows(second.uriOf("late.md"), 1);
});

test("an editor is answered between two drafts that are checked on the same thread", async () => {
  let checked = 0;
  const answered = newGate();
  const turn = (): Promise<void> => {
    checked++;
    client.tell();
    return checked < 5 ? timers.turn() : answered.opened;
  };
  const checker = (): Checker => inThreadChecker({ ...timers, turn });
  const client: TestClient = await connect({ folders: [folder.uri], host: { checker } });
  const pull = client.workspace();
  await client.until(() => checked >= 5);
  await client.open("untitled:1", WRONG);
  expect(await client.diagnostics("untitled:1")).toHaveLength(1);
  expect(checked).toBeLessThan(MANY);
  answered.open();
  await client.settled();
  expect(checked).toBe(MANY);
  expect(pull.messages(folder.uriOf("d7.md"))).toHaveLength(1);
});

test("threads are started for many drafts, and ended when all is done", async () => {
  const running = new Set<Checker>();
  let started = 0;
  const checker = (): Checker => {
    const one: Checker = {
      ...inThreadChecker(timers),
      width: 2,
      dispose: () => {
        running.delete(one);
      },
    };
    running.add(one);
    started++;
    return one;
  };
  const client = await connect({ folders: [folder.uri], host: { checker } });
  await client.settled();
  expect([started, running.size]).toEqual([1, 0]);
  // A single draft is not worth a thread.
  await changeFiles(client, folder, { "d1.md": WRONG });
  expect([started, running.size]).toEqual([1, 0]);
});

test("threads that fail are compensated for", async () => {
  const host = nodeHost("test", () => {
    throw new Error("No thread can be started.");
  });
  const client = await connect({ folders: [folder.uri], host });
  const pull = client.workspace();
  await pull.shows(folder.uriOf("d7.md"), 1);
});

test("drafts in the cache are not checked again; without a folder there is no cache", async () => {
  const cache = newFolder();
  const opened: string[] = [];
  let checked = 0;
  const host = {
    ...nodeHost("test", undefined),
    openCache: (directory: string) => {
      opened.push(directory);
      return openCache(directory, "test");
    },
    checker: (): Checker => {
      const inner = inThreadChecker(timers);
      return {
        ...inner,
        check: (batch) => {
          checked += batch.drafts.length;
          return inner.check(batch);
        },
      };
    },
  };
  const initializationOptions = { cacheDirectory: cache.path };
  const first = await found({ host, initializationOptions });
  expect(checked).toBe(MANY);
  expect(await found({ host, initializationOptions })).toEqual(first);
  expect(checked).toBe(MANY);
  expect(opened).toEqual([cache.path, cache.path]);
  expect(await found({ host })).toEqual(first);
  expect(checked).toBe(2 * MANY);
  expect(opened).toHaveLength(2);
});

test("facts are taken from the cache only for the same text and settings", async () => {
  const cache = newFolder();
  const bytes = new TextEncoder().encode(WRONG);
  const settings = DEFAULT_SETTINGS;
  const facts = checkDraft(
    { path: "a.md", bytes, format: "markdown", explicitlyIncluded: true },
    settings,
  );
  if (facts === undefined) throw new Error("It is a text.");
  const before = await openCache(cache.path, "one");
  before.set(before.toKey(bytes, "stamp"), facts);
  await before.save();
  const same = await openCache(cache.path, "one");
  expect(same.get(same.toKey(bytes, "stamp"))).toEqual(facts);
  expect(same.get(same.toKey(bytes, "other"))).toBeUndefined();
  expect(same.get(same.toKey(new TextEncoder().encode(RIGHT), "stamp"))).toBeUndefined();
});

/** All that a client gets about the folder. */
async function found(options: Parameters<typeof connect>[0]): Promise<object> {
  const client = await connect({ folders: [folder.uri], ...options });
  const pull = client.workspace();
  await client.until(() => new Set(pull.items.map(({ uri }) => uri)).size === MANY);
  await client.settled();
  expect(client.messages).toEqual([]);
  await client.stop();
  return Object.fromEntries<object>(pull.items.map((item) => [item.uri, item] as const).sort());
}

test("writing the cache delays no request, and afterwards it has all results", async () => {
  const folder = newFolder();
  const drafts = 1000;
  const facts = (count: number): StoredFacts => ({
    ...storedFacts("The stalls open at the the market.\n", "markdown", DEFAULT_SETTINGS),
    words: count,
  });
  const cache = await openCache(folder.path, "this");
  for (let count = 0; count < drafts; count++) cache.set(`draft ${count}`, facts(count));
  let turns = 0;
  let isSaving = true;
  const turn = (): void => {
    turns++;
    if (isSaving) setImmediate(turn);
  };
  setImmediate(turn);
  // The session may end while the cache is still being written.
  await Promise.all([cache.save(), cache.save()]);
  isSaving = false;
  expect(turns).toBeGreaterThanOrEqual(drafts / 25);
  const again = await openCache(folder.path, "this");
  for (let count = 0; count < drafts; count++) {
    expect(again.get(`draft ${count}`)?.words).toBe(count);
  }
});
