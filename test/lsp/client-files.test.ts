import { expect, test } from "vitest";
import { connect } from "../support/for-one-test.ts";

/*
 * In a web worker, and for virtual workspaces, the server has no files of its own: the client reads
 * them. Here they are in memory.
 */

const ROOT = "memfs:/site";
const FILES = new Map([
  ["memfs:/site/a.md", "The stalls open at the the market square at nine.\n"],
  ["memfs:/site/in/b%20c.md", "Ünder the the bridge — “so it goes”.\n"],
  ["memfs:/site/skip/c.md", "It is not not seen.\n"],
  ["memfs:/site/.gitignore", "skip\n"],
]);

const answers = {
  "galley/readDirectory": (params: unknown) => {
    const folder = `${(params as { uri: string }).uri}/`;
    const names = new Map<string, boolean>();
    for (const uri of FILES.keys()) {
      if (!uri.startsWith(folder)) continue;
      const [name = "", ...rest] = uri.slice(folder.length).split("/");
      names.set(decodeURIComponent(name), rest.length > 0);
    }
    return names.size === 0 ? null : [...names].map(([name, isFolder]) => ({ name, isFolder }));
  },
  "galley/readFile": (params: unknown) => {
    const text = FILES.get((params as { uri: string }).uri);
    return text === undefined ? null : Buffer.from(text).toString("base64");
  },
};

test("drafts of a virtual workspace are read through the client", async () => {
  const client = await connect({
    folders: [ROOT],
    answers,
    host: { reads: () => false },
    initializationOptions: { files: true },
  });
  const pull = client.workspace();
  await pull.shows("memfs:/site/a.md", 1);
  await pull.shows("memfs:/site/in/b%20c.md", 1);
  await client.settled();
  expect(pull.items).toHaveLength(2);

  // Documents of its scheme are served; those of other virtual schemes are not.
  await client.open("memfs:/site/new.md", "It is is new.\n");
  expect(await client.diagnostics("memfs:/site/new.md")).toHaveLength(1);
  await client.open("otherfs:/new.md", "It is is new.\n");
  expect(await client.diagnostics("otherfs:/new.md")).toEqual([]);

  FILES.set("memfs:/site/a.md", "All is well in this town.\n");
  await client.filesChanged("memfs:/site/a.md");
  await pull.shows("memfs:/site/a.md", 0);

  const before = client.refreshes;
  await client.foldersChanged([], [ROOT]);
  await client.settled();
  expect(client.refreshes).toBe(before + 1);
  expect(await client.diagnostics("memfs:/site/new.md")).toEqual([]);
});

test("a client that answers nothing still has its open drafts checked", async () => {
  const client = await connect({ folders: [ROOT], host: { reads: () => false } });
  await client.open("memfs:/site/new.md", "It is is new.\n");
  expect(await client.diagnostics("memfs:/site/new.md")).toHaveLength(1);
});
