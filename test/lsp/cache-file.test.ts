import { FORMAT_IDS } from "../../server/src/formats/registry.ts";
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { readFileSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";
import { deserialize, serialize } from "node:v8";
import fc from "fast-check";
import { expect, test } from "vitest";
import { storedFacts } from "../../server/src/project/facts.ts";
import { DEFAULT_SETTINGS } from "../../server/src/settings/settings.ts";
import { openCache } from "../../server/src/host/node/cache.ts";
import type { FactsCache } from "../../server/src/project/host.ts";
import { nodeHost } from "../../server/src/node-server.ts";
import { connect, newFolder } from "../support/for-one-test.ts";
import { PLACES } from "../support/lsp.ts";
import { memoryFolder } from "../support/memory-folder.ts";
import { madeUp } from "../support/made-up-drafts.ts";
import { runs } from "../support/property.ts";

const FACTS = storedFacts(
  "The the stalls open at nine, and (the bridge is closed.\n\nThe the stalls open at nine, and the bridge is closed for the whole of the spring.\n",
  "markdown",
  DEFAULT_SETTINGS,
);

function withDigest(identity: string, body: Buffer): Buffer {
  return Buffer.concat([createHash("sha1").update(identity).update(body).digest(), body]);
}

test("the facts of any draft can be stored", () => {
  const text = fc.oneof(
    fc.string(),
    fc.tuple(fc.nat(), fc.nat(300)).map(([seed, words]) => madeUp(seed).draft(words)),
  );
  for (const format of FORMAT_IDS) {
    const isStored = (text: string): void => {
      const facts = storedFacts(text, format, DEFAULT_SETTINGS);
      expect(deserialize(serialize(facts))).toEqual(facts);
    };
    fc.assert(fc.property(text, isStored), runs(30));
  }
});

test("a file that is damaged, truncated, too long or another build’s is ignored", async () => {
  const folder = newFolder();
  const file = path.join(folder.path, "facts.bin");
  const saved = await openCache(folder.path, "this");
  saved.set("good", FACTS);
  await saved.save();
  const whole = readFileSync(file);
  const isRead = async (bytes: Uint8Array): Promise<boolean> => {
    writeFileSync(file, bytes);
    return (await openCache(folder.path, "this")).get("good") !== undefined;
  };
  const body = whole.subarray(20);
  expect(await isRead(withDigest("this", body))).toBe(true);
  expect(await isRead(withDigest("that", body))).toBe(false);
  expect(await isRead(Buffer.concat([whole, Buffer.of(0)]))).toBe(false);
  for (let at = 0; at < whole.length; at += at < 30 ? 1 : 97) {
    const damaged = Buffer.from(whole);
    damaged[at] = (damaged[at] ?? 0) ^ 1;
    const cut = whole.subarray(0, at);
    for (const bytes of [cut, withDigest("this", cut.subarray(20)), damaged]) {
      expect([at, await isRead(bytes)]).toEqual([at, false]);
    }
  }
});

test.each(PLACES)(
  "%s, a start with a damaged cache finds everything, and rewrites it",
  async (place) => {
    const folder = newFolder({ "a.md": "The the stalls.\n", "b.md": "The the bridge.\n" });
    const cache = newFolder();
    const file = path.join(cache.path, "facts.bin");
    const start = async (): Promise<void> => {
      const client = await connect({
        place,
        folders: [folder.uri],
        initializationOptions: { cacheDirectory: cache.path },
        host: nodeHost("test", undefined),
      });
      const pull = client.workspace();
      await client.settled();
      for (const name of ["a.md", "b.md"]) {
        expect(pull.messages(folder.uriOf(name))).toHaveLength(1);
      }
      await client.stop();
    };
    await start();
    const whole = readFileSync(file);
    const flipped = Buffer.from(whole);
    flipped[whole.length - 9] = (flipped[whole.length - 9] ?? 0) ^ 1;
    for (const bytes of [whole.subarray(0, -7), flipped, Buffer.alloc(0)]) {
      writeFileSync(file, bytes);
      await start();
      expect(readFileSync(file).length).toBe(whole.length);
    }
  },
);

test.runIf(process.platform !== "win32")(
  "a cache file that is a pipe, a device or a folder is ignored",
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

test("open drafts don't wait for the cache, which is opened once", async () => {
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
  "only its owner may read a cache file, whatever was there before",
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
