import type { Connection } from "vscode-languageserver";
import { expect, test } from "vitest";
import { clientFiles, filesFor, readConfigText, readText } from "../../server/src/lsp/files.ts";
import { clientOf } from "../../server/src/lsp/client.ts";
import { maxBytesOf } from "../../server/src/project/size-limits.ts";
import { testHost } from "../support/lsp-host.ts";

/** What of a connection files are asked for through. */
function connectionThat(answers: (method: string, params: unknown) => unknown): Connection {
  const sendRequest = (method: string, params: unknown): Promise<unknown> =>
    Promise.resolve(answers(method, params));
  return { sendRequest } as unknown as Connection;
}

const base64 = (text: string): string => Buffer.from(text).toString("base64");

test("there are never more requests in flight than sixteen, whenever the answers come", async () => {
  const answering: (() => void)[] = [];
  let running = 0;
  let most = 0;
  const connection = connectionThat(async () => {
    most = Math.max(most, ++running);
    await new Promise<void>((resolve) => answering.push(resolve));
    running--;
    return base64("a");
  });
  const files = clientFiles(connection);
  const reads = Array.from({ length: 40 }, () => files.read("memfs:/a.md"));
  const later: Promise<unknown>[] = [];
  for (let round = 0; round < 200; round++) {
    const next = answering.shift();
    next?.();
    // Another one asks in each of the moments in which an answer is on its way.
    let moment = Promise.resolve();
    for (let step = 0; step < 6; step++) {
      moment = moment.then(() => {
        if (next !== undefined && later.length < 30)
          later.push(clientFiles(connection).read("memfs:/b.md"));
      });
    }
    await moment;
  }
  expect(await Promise.all([...reads, ...later])).toHaveLength(40 + later.length);
  expect(most).toBe(16);
});

test("an answer that is none counts as no file", async () => {
  for (const answer of [null, 3, "%", { name: "a" }, [{ name: 1, isFolder: true }]]) {
    const files = clientFiles(connectionThat(() => answer));
    expect(await files.read("memfs:/a.md")).toBeUndefined();
    expect((await files.entries("memfs:/")) ?? []).toEqual([]);
  }
  const refusing = connectionThat(() => {
    throw new Error("refused");
  });
  expect(await clientFiles(refusing).read("memfs:/a.md")).toBeUndefined();
});

test("what is too large is not read", async () => {
  const bytes = new Uint8Array(maxBytesOf("memfs:/.gitignore") + 1);
  const files = clientFiles(connectionThat(() => Buffer.from(bytes).toString("base64")));
  expect(await files.read("memfs:/.gitignore")).toBeUndefined();
});

test("files are the host's for its schemes, else the client's, if it serves any", async () => {
  const host = testHost({});
  const connection = connectionThat(() => base64("words"));
  const client = (files: boolean) =>
    clientOf({ capabilities: {}, workspaceFolders: null, initializationOptions: { files } });
  expect(filesFor({ host, connection, client: client(true) }, "file:///a.md")).toBe(host.files);
  const serving = { host, connection, client: client(true) };
  expect(await readText(serving, "memfs:/a.md")).toBe("words");
  expect(await readConfigText(serving, "memfs:/a.json")).toBe("words");
  const none = { host, connection, client: client(false) };
  expect(await readText(none, "memfs:/a.md")).toBeUndefined();
  expect(await filesFor(none, "memfs:/").entries("memfs:/")).toBeUndefined();
});
