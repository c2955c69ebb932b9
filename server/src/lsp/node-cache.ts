import { createHash } from "node:crypto";
import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { deserialize, serialize } from "node:v8";
import type { StoredFacts } from "../core/facts.ts";
import type { FactsCache } from "./host.ts";

const FILE = "facts.bin";
const DIGEST_BYTES = 20;

/**
 * The facts of earlier sessions, in one file of the folder. `identity` is the program's own: facts of
 * another are not read. A file that is damaged or foreign is as good as none.
 */
export async function openCache(folder: string, identity: string): Promise<FactsCache> {
  const file = path.join(folder, FILE);
  const before = await load(file, identity);
  const used = new Map<string, StoredFacts>();
  let isSaved = true;
  return {
    keyOf: (bytes, stamp) =>
      createHash("sha1").update(digestOf(stamp)).update(bytes).digest().toString("latin1"),
    get: (key) => {
      const facts = before.get(key);
      if (facts !== undefined) used.set(key, facts);
      return facts;
    },
    set: (key, facts) => {
      used.set(key, facts);
      isSaved = false;
    },
    save: async () => {
      if (isSaved && used.size === before.size) return;
      isSaved = true;
      const temporary = `${file}.${process.pid}`;
      try {
        const body = await packed(identity, [...used]);
        await mkdir(folder, { recursive: true });
        await writeFile(temporary, Buffer.concat([digest(body), body]));
        await rename(temporary, file);
      } catch {
        // Without a cache the next start is slower, and that is all.
        await rm(temporary, { force: true }).catch(() => undefined);
      }
    },
  };
}

async function load(file: string, identity: string): Promise<Map<string, StoredFacts>> {
  try {
    const bytes = await readFile(file);
    const body = bytes.subarray(DIGEST_BYTES);
    if (!digest(body).equals(bytes.subarray(0, DIGEST_BYTES))) return new Map();
    const facts = new Map<string, StoredFacts>();
    let isOurs = false;
    for (let at = 0; at < body.length;) {
      const end = at + 4 + body.readUInt32LE(at);
      const value: unknown = deserialize(body.subarray(at + 4, end));
      at = end;
      if (!isOurs) {
        if (value !== identity) return new Map();
        isOurs = true;
        continue;
      }
      for (const [key, one] of value as Entries) facts.set(key, one);
    }
    return facts;
  } catch {
    return new Map();
  }
}

type Entries = readonly (readonly [string, StoredFacts])[];

/** So many drafts are written without letting messages through. */
const CHUNK = 200;

/** The identity and then the facts, each part with its length before it. */
async function packed(identity: string, entries: Entries): Promise<Buffer> {
  const parts: Buffer[] = [];
  const add = (value: unknown): void => {
    const part = serialize(value);
    const length = Buffer.alloc(4);
    length.writeUInt32LE(part.length);
    parts.push(length, part);
  };
  add(identity);
  for (let at = 0; at < entries.length; at += CHUNK) {
    add(entries.slice(at, at + CHUNK));
    await new Promise((resolve) => {
      setImmediate(resolve);
    });
  }
  return Buffer.concat(parts);
}

const digests = new Map<string, string>();

/** Stamps are long and few. */
function digestOf(stamp: string): string {
  const known = digests.get(stamp) ?? createHash("sha1").update(stamp).digest().toString("latin1");
  digests.set(stamp, known);
  return known;
}

function digest(bytes: Uint8Array): Buffer {
  return createHash("sha1").update(bytes).digest();
}
