import { expect, test } from "vitest";
import type { Checker, Host } from "../../server/src/project/host.ts";
import { checkDraft } from "../../server/src/project/check-drafts.ts";
import { nodeHost } from "../../server/src/node-server.ts";
import type { Folder } from "../support/folder.ts";
import { changeFiles, connect, newFolder, openFolder } from "../support/for-one-test.ts";

/* Findings that depend on all drafts of a workspace folder. */

const NOTES = "# Draft\n\nIt is written.\n\n## Notes\n\n## Sources\n\nThe minutes.\n";
const FULL = NOTES.replace("## Notes\n", "## Notes\n\nAll is well.\n");
const RULES = { galley: { rules: { "empty-section": {}, "empty-link": {} } } };
const INFORMATION = 3;
/** A section that is empty in this many drafts is a template's. */
const LIMIT = 8;

function folderOf(count: number): Folder {
  const names = Array.from({ length: count }, (_, index) => [`d${index}.md`, NOTES] as const);
  return newFolder(Object.fromEntries(names));
}

/** A checker with this many threads: its input and output are copied. */
function threads(width: number): Checker {
  return {
    width,
    isOffThread: true,
    check: ({ settings, drafts }) =>
      Promise.resolve(structuredClone(drafts.map((draft) => checkDraft(draft, settings)))),
    dispose: () => undefined,
  };
}

async function found(
  folder: Folder,
  count: number,
  cacheDirectory: string,
  host: Partial<Host>,
): Promise<number[]> {
  const client = await connect({
    folders: [folder.uri],
    settings: RULES,
    host,
    initializationOptions: { cacheDirectory },
  });
  const pull = client.workspace();
  await client.settled();
  const all = Array.from({ length: count }, (_, index) =>
    pull.severities(folder.uriOf(`d${index}.md`)),
  );
  await client.stop();
  return all.flat().flatMap((one) => one ?? []);
}

test("in any number of drafts, read by threads and from the cache, all are reported or none", async () => {
  for (const count of [0, 1, 2, LIMIT - 1, LIMIT, 13, 40]) {
    const folder = folderOf(count);
    const expected = Array<number>(count < LIMIT ? count : 0).fill(INFORMATION);
    const { openCache } = nodeHost("test", undefined);
    if (openCache === undefined) throw new Error("This host has no cache.");
    const { path } = newFolder();
    const first = { checker: () => threads(3), openCache };
    expect(await found(folder, count, path, first)).toEqual(expected);
    const nobody = (): Checker => ({
      ...threads(1),
      check: () => Promise.reject(new Error("It is in the cache.")),
    });
    const second = { checker: nobody, openCache };
    expect(await found(folder, count, path, second)).toEqual(expected);
  }
});

test("a change in one draft affects others only if the number passes the limit", async () => {
  const folder = folderOf(LIMIT + 1);
  const client = await connect({ folders: [folder.uri], settings: RULES });
  const pull = client.workspace();
  await client.settled();
  const uris = [0, 1, LIMIT - 1, LIMIT].map((index) => folder.uriOf(`d${index}.md`));
  const all = (): unknown[] => uris.map((uri) => pull.severities(uri));
  expect(all()).toEqual([[], [], [], []]);
  const reported = (): number[] => uris.map((uri) => pull.reports(uri));
  const write = (index: number, text: string): Promise<void> =>
    changeFiles(client, folder, { [`d${index}.md`]: text });
  const start = reported();
  const since = (): number[] => reported().map((times, index) => times - (start[index] ?? 0));
  await write(LIMIT, FULL);
  expect(all()).toEqual([[], [], [], []]);
  expect(since()).toEqual([0, 0, 0, 0]);
  await write(LIMIT - 1, FULL);
  expect(all()).toEqual([[INFORMATION], [INFORMATION], [], []]);
  expect(since()).toEqual([1, 1, 0, 0]);
  await write(LIMIT - 1, NOTES);
  expect(all()).toEqual([[], [], [], []]);
});

test("typing in an open draft counts after a pause, and open drafts are refreshed", async () => {
  const folder = folderOf(LIMIT - 1);
  const client = await connect({ folders: [folder.uri], settings: RULES });
  const pull = client.workspace();
  const [one, own] = [folder.uriOf("d0.md"), folder.uriOf("own.md")];
  await client.open(one, NOTES);
  await client.open(own, FULL);
  await client.settled();
  expect(await client.diagnostics(one)).toMatchObject([{ severity: INFORMATION }]);
  const refreshes = client.refreshes;
  const at = { start: { line: 5, character: 0 }, end: { line: 7, character: 0 } };
  await client.change(own, { range: at, text: "" });
  await client.until(() => client.refreshes > refreshes);
  expect(await client.diagnostics(one)).toEqual([]);
  expect(await client.diagnostics(own)).toEqual([]);
  await pull.until(folder.uriOf("d1.md"), (messages) => messages.length === 0);

  // A draft outside every folder, or without a name, is linted alone.
  const other = newFolder({ "a.md": NOTES });
  await client.open(other.uriOf("a.md"), NOTES);
  await client.open("untitled:Untitled-1", NOTES);
  await client.settled();
  for (const uri of [other.uriOf("a.md"), "untitled:Untitled-1"]) {
    expect(await client.diagnostics(uri)).toMatchObject([{ severity: INFORMATION }]);
  }

  await client.close(own);
  await changeFiles(client, folder, { "d1.md": undefined });
  expect(await client.diagnostics(one)).toMatchObject([{ severity: INFORMATION }]);
});

test("a folder that leaves the workspace takes its drafts out of the totals", async () => {
  const names = Array.from(
    { length: LIMIT },
    (_, index) => `${index % 2 === 0 ? "b" : "a"}/${index}.md`,
  );
  const { folder, client } = await openFolder(
    Object.fromEntries(names.map((name) => [name, NOTES])),
    { settings: RULES },
  );
  await client.open(folder.uriOf("a/1.md"), NOTES);
  await client.settled();
  expect(await client.diagnostics(folder.uriOf("a/1.md"))).toEqual([]);
  await client.foldersChanged([folder.uriOf("a")], []);
  await client.settled();
  const alone = [{ severity: INFORMATION }];
  expect(await client.diagnostics(folder.uriOf("a/1.md"))).toMatchObject(alone);
});
