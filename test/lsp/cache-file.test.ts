import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { chmodSync, mkdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";
import { deserialize, serialize } from "node:v8";
import { expect, test } from "vitest";
import { storedFacts } from "../../server/src/project/facts.ts";
import { DEFAULT_SETTINGS } from "../../server/src/settings/settings.ts";
import { openCache } from "../../server/src/host/node/cache.ts";
import type { FactsCache } from "../../server/src/project/host.ts";
import { nodeHost } from "../../server/src/node-server.ts";
import { connect, newFolder } from "../support/for-one-test.ts";
import { PLACES } from "../support/lsp.ts";
import { memoryFolder } from "../support/memory-folder.ts";

const FACTS = storedFacts(
  "The the stalls open at nine, and (the bridge is closed.\n\nThe the stalls open at nine, and the bridge is closed for the whole of the spring.\n",
  "markdown",
  DEFAULT_SETTINGS,
);

/** Writes a cache file of these parts with the digest that belongs to them. */
function writeCache(folder: string, parts: readonly unknown[]): void {
  const body = Buffer.concat(
    parts.flatMap((part) => {
      const bytes = Buffer.isBuffer(part) ? part : serialize(part);
      const length = Buffer.alloc(4);
      length.writeUInt32LE(bytes.length);
      return [length, bytes];
    }),
  );
  const digest = createHash("sha1").update(body).digest();
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, "facts.bin"), Buffer.concat([digest, body]), { mode: 0o600 });
}

/** The parts of a cache file. */
function readCache(folder: string): unknown[] {
  const body = readFileSync(path.join(folder, "facts.bin")).subarray(20);
  const parts: unknown[] = [];
  for (let at = 0; at < body.length;) {
    const end = at + 4 + body.readUInt32LE(at);
    parts.push(deserialize(body.subarray(at + 4, end)));
    at = end;
  }
  return parts;
}

test("no part of a file is read that is damaged or cut off anywhere, or too long", async () => {
  const folder = newFolder();
  writeCache(folder.path, ["this", [["good", FACTS]]]);
  const file = path.join(folder.path, "facts.bin");
  const whole = readFileSync(file);
  const isRead = async (bytes: Uint8Array): Promise<boolean> => {
    writeFileSync(file, bytes);
    return (await openCache(folder.path, "this")).get("good") !== undefined;
  };
  expect(await isRead(whole)).toBe(true);
  expect(await isRead(Buffer.concat([whole, Buffer.of(0)]))).toBe(false);
  for (let at = 0; at < whole.length; at += at < 30 ? 1 : 97) {
    const damaged = Buffer.from(whole);
    damaged[at] = (damaged[at] ?? 0) ^ 1;
    expect([await isRead(whole.subarray(0, at)), await isRead(damaged)]).toEqual([false, false]);
  }
});

test.each(PLACES)("%s, the next start finds in the cache what the first found", async (place) => {
  const folder = newFolder({ "a.md": "The the stalls.\n", "b.md": "They met met again.\n" });
  const cache = newFolder();
  const found = async (): Promise<unknown[]> => {
    const client = await connect({
      place,
      folders: [folder.uri],
      initializationOptions: { cacheDirectory: cache.path },
      host: nodeHost("test", undefined),
    });
    const pull = client.workspace();
    await client.settled();
    const messages = ["a.md", "b.md"].map((name) => pull.messages(folder.uriOf(name)));
    await client.stop();
    return messages;
  };
  const first = await found();
  expect(first).toEqual([[expect.any(String)], [expect.any(String)]]);
  const [identity, ...parts] = readCache(cache.path);
  const entries = parts.flat() as [string, typeof FACTS][];
  expect(entries).toHaveLength(2);
  // What is stored is what is told.
  const renamed = entries.map(([key, facts]) => {
    return [
      key,
      { ...facts, findings: facts.findings.map((one) => ({ ...one, message: "Stored." })) },
    ];
  });
  writeCache(cache.path, [identity, renamed]);
  expect(await found()).toEqual([["Stored."], ["Stored."]]);
});

test.runIf(process.getuid !== undefined)(
  "facts that somebody else may have written are not read",
  async () => {
    const folder = newFolder();
    writeCache(folder.path, ["this", [["good", FACTS]]]);
    const file = path.join(folder.path, "facts.bin");
    for (const [mode, isRead] of [
      [0o600, true],
      [0o644, false],
      [0o660, false],
    ] as const) {
      chmodSync(file, mode);
      expect((await openCache(folder.path, "this")).get("good") !== undefined).toBe(isRead);
    }
  },
);

test.runIf(process.platform !== "win32")(
  "a cache's file that is a pipe, a device or a folder is as good as none",
  async () => {
    const folder = newFolder();
    const file = path.join(folder.path, "facts.bin");
    for (const target of ["/dev/zero", "/dev/null", "/proc/self/pagemap", "/dev", "/gone"]) {
      symlinkSync(target, file);
      expect((await openCache(folder.path, "this")).get("a")).toBeUndefined();
      folder.remove("facts.bin");
    }
    execFileSync("mkfifo", [file]);
    const cache = await openCache(folder.path, "this");
    cache.set("a", FACTS);
    await cache.save();
    expect((await openCache(folder.path, "this")).get("a")).toEqual(FACTS);
  },
);

test("what is open does not wait for the cache, which is opened once", async () => {
  const { files, uri } = memoryFolder({ "one.md": "The the market.\n" });
  const empty: FactsCache = {
    toKey: () => "key",
    get: () => undefined,
    set: () => undefined,
    save: () => Promise.resolve(),
  };
  let open: (cache: FactsCache) => void = () => undefined;
  const opened = new Promise<FactsCache>((resolve) => {
    open = resolve;
  });
  let asked = 0;
  const openCache = (): Promise<FactsCache> => {
    asked++;
    return opened;
  };
  const client = await connect({
    folders: [uri],
    host: { files, openCache },
    initializationOptions: { cacheDirectory: "/cache" },
  });
  await client.open(`${uri}/two.md`, "The the harbour.\n");
  expect(await client.diagnostics(`${uri}/two.md`)).toHaveLength(1);
  open(empty);
  await client.settled();
  expect(asked).toBe(1);
  await client.stop();
});

test.runIf(process.platform !== "win32")(
  "only its owner may read a cache's file, whatever was there before",
  async () => {
    const folder = newFolder();
    const file = path.join(folder.path, "facts.bin");
    writeFileSync(file, "", { mode: 0o666 });
    const cache = await openCache(folder.path, "this");
    cache.set("a", FACTS);
    await cache.save();
    expect(statSync(file).mode & 0o777).toBe(0o600);
  },
);
