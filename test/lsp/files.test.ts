import type { Connection } from "vscode-languageserver";
import fc from "fast-check";
import { expect, test } from "vitest";
import { toClient } from "../../server/src/lsp/client.ts";
import { clientFiles, filesFor, newWatchers, readText } from "../../server/src/lsp/files.ts";
import { decodeConfig } from "../../server/src/settings/config/read.ts";
import { maxBytes } from "../../server/src/project/read-limits.ts";
import { connect, openDraft } from "../support/for-one-test.ts";
import { testHost } from "../support/lsp-host.ts";
import { runs } from "../support/property.ts";

/** The part of a connection that requests files. */
function connectionThat(answers: (method: string, params: unknown) => unknown): Connection {
  const sendRequest = (method: string, params: unknown): Promise<unknown> =>
    Promise.resolve(answers(method, params));
  return { sendRequest } as unknown as Connection;
}

const base64 = (text: string): string => Buffer.from(text).toString("base64");

test("an invalid answer means that there is no file", async () => {
  for (const answer of [null, 3, "%", { name: "a" }, [{ name: 1, isFolder: true }]]) {
    const files = clientFiles(connectionThat(() => answer));
    expect(await files.read("memfs:/a.md")).toBe("gone");
    expect((await files.entries("memfs:/")) ?? []).toEqual([]);
  }
  const refusing = connectionThat(() => {
    throw new Error("refused");
  });
  expect(await clientFiles(refusing).read("memfs:/a.md")).toBe("gone");
});

test("a file that is too large is not read", async () => {
  const bytes = new Uint8Array(maxBytes("memfs:/.gitignore") + 1);
  const files = clientFiles(connectionThat(() => Buffer.from(bytes).toString("base64")));
  expect(await files.read("memfs:/.gitignore")).toBe("too large");
});

test("files are the host's for its schemes, else the client's, if it serves any", async () => {
  const host = testHost({});
  const connection = connectionThat(() => base64("words"));
  const client = (files: boolean) =>
    toClient({ capabilities: {}, workspaceFolders: null, initializationOptions: { files } });
  expect(filesFor({ host, connection, client: client(true) }, "file:///a.md")).toBe(host.files);
  const serving = { host, connection, client: client(true) };
  expect(await readText(serving, "memfs:/a.md")).toBe("words");
  expect(await readText(serving, "memfs:/a.json", decodeConfig)).toBe("words");
  const none = { host, connection, client: client(false) };
  expect(await readText(none, "memfs:/a.md")).toBeUndefined();
  expect(await filesFor(none, "memfs:/").entries("memfs:/")).toBeUndefined();
});

/*
 * In a web worker, and for virtual workspaces, the server can't read files: the client does. Here they are in memory.
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

  // Documents of its scheme are served, and those of other virtual schemes are not.
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

test("however many files change, few requests to the client are pending at a time", async () => {
  let pending = 0;
  let most = 0;
  const slow = async (): Promise<null> => {
    most = Math.max(most, ++pending);
    await new Promise((resolve) => setTimeout(resolve, 1));
    pending--;
    return null;
  };
  const client = await connect({
    folders: [ROOT],
    answers: { "galley/readDirectory": slow, "galley/readFile": slow },
    host: { reads: () => false },
    initializationOptions: { files: true },
  });
  const pictures = Array.from({ length: 200 }, (_, n) => `${ROOT}/${n}.png`);
  await client.filesChanged(...pictures);
  await client.settled();
  // Also those of the walk.
  expect(most).toBeLessThan(50);
});

test("the open drafts of a client that answers nothing are still checked", async () => {
  const { client } = await openDraft(
    "It is is new.\n",
    { folders: [ROOT], host: { reads: () => false } },
    "memfs:/site/new.md",
  );
  expect(await client.diagnostics("memfs:/site/new.md")).toHaveLength(1);
});

const FOLDERS = ["file:///a", "file:///a/b", "file:///c", "web:/d"];

test("whatever folders are added and removed, those of the last list are watched, each once", () => {
  fc.assert(
    fc.property(fc.array(fc.subarray(FOLDERS), { maxLength: 12 }), (lists) => {
      const watched: string[] = [];
      const reported: string[] = [];
      const watchers = newWatchers(
        {
          reads: (scheme) => scheme === "file",
          watch: (folder, changed) => {
            watched.push(folder);
            changed([`${folder}/new.md`]);
            return {
              dispose: () => {
                watched.splice(watched.indexOf(folder), 1);
              },
            };
          },
        },
        (uris) => reported.push(...uris),
      );
      for (const folders of lists) {
        watchers.watch(folders);
        const mine = folders.filter((folder) => folder.startsWith("file:"));
        expect([...watched].sort()).toEqual(mine.sort());
        for (const folder of mine) expect(reported).toContain(`${folder}/new.md`);
      }
    }),
    runs(100),
  );
});

test("if the host can't watch, nothing is watched", () => {
  const watchers = newWatchers({ reads: () => true }, () => {
    throw new Error("Nothing can be heard.");
  });
  expect(() => {
    watchers.watch(FOLDERS);
  }).not.toThrow();
});
