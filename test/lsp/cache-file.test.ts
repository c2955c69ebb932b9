import { FORMAT_IDS } from "../../server/src/formats/registry.ts";
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";
import { deserialize, serialize } from "node:v8";
import fc from "fast-check";
import { expect, test } from "vitest";
import { storedFacts } from "../../server/src/project/facts.ts";
import { isStoredFacts } from "../../server/src/project/facts-shape.ts";
import { DEFAULT_SETTINGS } from "../../server/src/settings/settings.ts";
import { draftReport } from "../../server/src/lsp/to-protocol.ts";
import { openCache } from "../../server/src/host/node/cache.ts";
import type { FactsCache } from "../../server/src/project/host.ts";
import { nodeHost } from "../../server/src/node-server.ts";
import { mayReport } from "../../server/src/repeats/bound.ts";
import { partnersToRead } from "../../server/src/repeats/elsewhere.ts";
import { RepeatIndex } from "../../server/src/repeats/index.ts";
import { unpackedRow } from "../../server/src/repeats/packed-row.ts";
import { connect, newFolder } from "../support/for-one-test.ts";
import { PLACES } from "../support/lsp.ts";
import { memoryFolder } from "../support/memory-folder.ts";
import { madeUp } from "../support/made-up-drafts.ts";
import { runs } from "../support/property.ts";

/* A file of facts whose digest is right holds whatever somebody wrote into it. */

const FACTS = storedFacts(
  "The the stalls open at nine, and (the bridge is closed.\n\nThe the stalls open at nine, and the bridge is closed for the whole of the spring.\n",
  "markdown",
  DEFAULT_SETTINGS,
);

function withDigest(body: Buffer): Buffer {
  return Buffer.concat([createHash("sha1").update(body).digest(), body]);
}

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
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, "facts.bin"), withDigest(body));
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

const text = fc.oneof(
  fc.string(),
  fc.tuple(fc.nat(), fc.nat(300)).map(([seed, words]) => madeUp(seed).draft(words)),
);
const anything = fc.anything({
  withDate: true,
  withMap: true,
  withSet: true,
  withTypedArray: true,
});

/** Facts with something else in one place, however deep. */
const damaged = fc
  .tuple(fc.array(fc.nat(20), { minLength: 1, maxLength: 5 }), anything)
  .map(([way, other]) => {
    const copy: unknown = structuredClone(FACTS);
    let at = copy;
    way.forEach((step, depth) => {
      if (typeof at !== "object" || at === null) return;
      const names = Object.keys(at);
      const name = names[step % Math.max(1, names.length)];
      if (name === undefined) return;
      const holder = at as Record<string, unknown>;
      const below = holder[name];
      if (depth === way.length - 1 || typeof below !== "object") {
        try {
          holder[name] = other;
        } catch {
          // A typed array takes no BigInt, or no symbol.
        }
      }
      at = below;
    });
    return copy;
  });

/** All that is done with facts that were not linted anew; throws where they are not fit for it. */
function use(facts: unknown): void {
  if (!isStoredFacts(facts)) return;
  const display = {
    relatedInformation: true,
    unnecessaryTag: true,
    fades: false,
    codeDescription: true,
    docsBase: "file:///docs",
    showsRules: false,
  };
  const draft = {
    uri: "file:///a.md",
    version: null,
    lines: facts.lines,
    findings: facts.findings,
  };
  const { items } = draftReport(draft, () => undefined, display);
  for (const { range, message } of items) {
    expect(typeof message).toBe("string");
    for (const number of [range.start.line, range.start.character, range.end.line]) {
      expect(Number.isInteger(number) && number >= 0).toBe(true);
    }
  }
  const index = new RepeatIndex(1000);
  index.replace("a", FACTS.prints);
  index.replace("b", facts.prints);
  partnersToRead("a", index, { minWords: 12, maxDrafts: 1000 });
  mayReport(
    { uri: "a", row: unpackedRow(FACTS.prints.row) },
    { uri: "b", row: unpackedRow(facts.prints.row) },
    { minWords: 12 },
  );
  index.replace("b", undefined);
}

test("facts are taken for facts, and nothing else that can be written is used and breaks", () => {
  expect(isStoredFacts(FACTS)).toBe(true);
  expect(isStoredFacts(deserialize(serialize(FACTS)))).toBe(true);
  for (const format of FORMAT_IDS) {
    const stored = (text: string): void => {
      expect(isStoredFacts(storedFacts(text, format, DEFAULT_SETTINGS))).toBe(true);
    };
    fc.assert(fc.property(text, stored), runs(100));
  }
  fc.assert(fc.property(anything, use), runs(300));
  fc.assert(fc.property(damaged, use), runs(2000));
});

test("a message that is a part of itself is no message", () => {
  const message: { text: string; args: unknown[] } = { text: "{0}", args: [] };
  const findings = FACTS.findings.map((finding) => ({ ...finding, message }));
  expect(findings.length).toBeGreaterThan(0);
  expect(isStoredFacts({ ...FACTS, findings })).toBe(true);
  message.args.push(message);
  expect(isStoredFacts({ ...FACTS, findings })).toBe(false);
});

test("a message that would be said without end is no message", () => {
  const nested = (depth: number, times: number): unknown => ({
    text: "{0}".repeat(times),
    args: [depth === 0 ? "word" : nested(depth - 1, times)],
  });
  const isFact = (message: unknown): boolean =>
    isStoredFacts({
      ...FACTS,
      findings: FACTS.findings.map((finding) => ({ ...finding, message })),
    });
  expect([isFact(nested(3, 2)), isFact(nested(4, 1))]).toEqual([true, true]);
  for (const times of [2, 4, 100, 10_000]) expect(isFact(nested(12, times))).toBe(false);
  for (const times of [8, 100, 10_000]) expect(isFact(nested(3, times))).toBe(false);
});

test("a file with a right digest gives facts or nothing, whatever its parts are", async () => {
  const folder = newFolder();
  const part = fc.oneof(
    anything.filter((value) => canBeWritten(value)),
    fc.uint8Array({ maxLength: 40 }).map((bytes) => Buffer.from(bytes)),
    fc.array(fc.tuple(fc.string(), fc.oneof(damaged, anything).filter(canBeWritten))),
    fc.constant([["good", FACTS]]),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(part, { maxLength: 4 }), async (parts) => {
      writeCache(folder.path, ["this", ...parts]);
      const cache = await openCache(folder.path, "this");
      const keys = parts.flatMap((one) => (Array.isArray(one) ? (one as unknown[]) : []));
      for (const entry of keys) {
        const key: unknown = Array.isArray(entry) ? (entry as unknown[])[0] : undefined;
        if (typeof key !== "string") continue;
        const facts = cache.get(key);
        expect(facts === undefined || isStoredFacts(facts)).toBe(true);
      }
    }),
    runs(100),
  );
});

test("no part of a file is read that is damaged or cut off anywhere, whatever its digest, or too long", async () => {
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
    const cut = whole.subarray(0, at);
    for (const bytes of [cut, withDigest(cut.subarray(20)), damaged]) {
      expect([at, await isRead(bytes)]).toEqual([at, false]);
    }
  }
});

test("a wrong entry costs the others nothing", async () => {
  const folder = newFolder();
  writeCache(folder.path, [
    "this",
    [["good", FACTS], ["bad", { ...FACTS, findings: {} }], 7, [], ["odd"], [4, FACTS]],
    { no: "entries" },
    [["late", FACTS]],
  ]);
  const cache = await openCache(folder.path, "this");
  expect(cache.get("good")).toEqual(FACTS);
  expect(cache.get("late")).toEqual(FACTS);
  expect(cache.get("bad")).toBeUndefined();
  expect(cache.get("odd")).toBeUndefined();
});

/** Facts with a mistake in them, by what is wrong. */
const MISTAKES: Readonly<Record<string, object>> = {
  "findings that are no list": { findings: 7 },
  "a finding that is nothing": { findings: [null] },
  "a finding without a rule": { findings: [{ start: 0, end: 1 }] },
  "no lines": { lines: undefined },
  "topics that are no list": { topics: { length: 1 } },
  "a topic without numbers": { topics: [{ rule: "empty-section", topic: "notes" }] },
  "lines that are text": { lines: "0" },
  "no prints": { prints: null },
  "prints without a row": { prints: { ...FACTS.prints, row: undefined } },
  "a row of other words": { prints: { ...FACTS.prints, row: new Uint32Array(3) } },
  "prints without hashes": { prints: { places: new Uint32Array(1) } },
};

/** In a process of its own, where each start takes a second, all mistakes are in one file. */
const STARTS = PLACES.flatMap((place): [(typeof PLACES)[number], string[]][] => {
  const mistakes = Object.keys(MISTAKES);
  return place === "built" ? [[place, mistakes]] : mistakes.map((wrong) => [place, [wrong]]);
});

test.each(STARTS)(
  "%s, the next start with %j in the cache finds what the first found",
  async (place, mistakes) => {
    const folder = newFolder();
    const names = Array.from({ length: 20 }, (_, index) => `d${index}.md`);
    // Drafts of the same text share an entry.
    const textOf = (index: number): string => `The the stalls.${" Shut.".repeat(index)}\n`;
    names.forEach((name, index) => {
      folder.write(name, textOf(index % mistakes.length));
    });
    const cache = newFolder();
    const initializationOptions = { cacheDirectory: cache.path };
    const found = async (): Promise<(string[] | undefined)[]> => {
      const client = await connect({
        place,
        folders: [folder.uri],
        initializationOptions,
        host: nodeHost("test", undefined),
      });
      const pull = client.workspace();
      await client.settled();
      const messages = names.map((name) => pull.messages(folder.uriOf(name)));
      await client.stop();
      return messages;
    };
    const first = await found();
    expect(first.every((messages) => messages?.length === 1)).toBe(true);
    const [identity, ...parts] = readCache(cache.path);
    const entries = parts.flat() as [string, object][];
    expect(entries).toHaveLength(mistakes.length);
    writeCache(cache.path, [
      identity,
      entries.map(([key, facts], index) => [key, { ...facts, ...MISTAKES[mistakes[index] ?? ""] }]),
    ]);
    expect(await found()).toEqual(first);
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

function canBeWritten(value: unknown): boolean {
  try {
    serialize(value);
    return true;
  } catch {
    return false;
  }
}
