import { createHash } from "node:crypto";
import { mkdir, open, rename, rm } from "node:fs/promises";
import path from "node:path";
import { deserialize, serialize } from "node:v8";
import type { StoredFacts } from "../../project/facts.ts";
import { MAX_BYTES } from "../../project/read-limits.ts";
import { readFileBoundedLater } from "./read-file.ts";
import { markReading } from "./reading-mark.ts";
import type { FactsCache } from "../../project/host.ts";

const FILE = "facts.bin";

/** The length of the digest at the start, of the build's identity and all that follows. */
const DIGEST_BYTES = 20;

/**
 * The cache of facts, in one file of the folder. `identity` identifies the program's build: a file of another build is
 * ignored, and so is a damaged one. Only its owner may read it, because nearly all words of a draft can be recovered
 * from it, even of a draft that others may not read.
 */
export async function openCache(folder: string, identity: string): Promise<FactsCache> {
  const file = path.join(folder, FILE);
  const stopMarking = markReading(folder, FILE);
  const stored =
    stopMarking === undefined ? new Map<string, StoredFacts>() : await load(file, identity);
  stopMarking?.();
  const used = new Map<string, StoredFacts>();
  let isSaved = true;
  let savedSize = stored.size;
  // Saves are serialized, because they write the same file.
  let saving = Promise.resolve();
  const save = async (): Promise<void> => {
    if (isSaved && used.size === savedSize) return;
    isSaved = true;
    savedSize = used.size;
    const temporary = `${file}.${process.pid}`;
    try {
      await mkdir(folder, { recursive: true });
      await write(temporary, identity, [...used]);
      await rename(temporary, file);
    } catch {
      // A missing cache only makes the next start slower.
      await rm(temporary, { force: true }).catch(() => undefined);
    }
  };
  return {
    toKey: (bytes, stamp) => digest(digest(stamp), bytes).toString("latin1"),
    get: (key) => {
      const facts = stored.get(key);
      if (facts !== undefined) used.set(key, facts);
      return facts;
    },
    set: (key, facts) => {
      used.set(key, facts);
      isSaved = false;
    },
    save: () => (saving = saving.then(save)),
  };
}

/** The facts that were saved. A file that is damaged, or from another build, is none. */
async function load(file: string, identity: string): Promise<Map<string, StoredFacts>> {
  const facts = new Map<string, StoredFacts>();
  try {
    const read = await readFileBoundedLater(file, MAX_BYTES.cache);
    if ("unread" in read) return facts;
    const bytes = Buffer.from(read.bytes.buffer, read.bytes.byteOffset, read.bytes.length);
    const body = bytes.subarray(DIGEST_BYTES);
    if (!digest(identity, body).equals(bytes.subarray(0, DIGEST_BYTES))) return facts;
    for (let at = 0; at < body.length;) {
      const end = at + 4 + body.readUInt32LE(at);
      // Only a build of this identity writes this digest, so the value is what it wrote.
      const entries = deserialize(body.subarray(at + 4, end)) as Entries;
      for (const [key, one] of entries) facts.set(key, one);
      at = end;
      await nextTurn();
    }
    return facts;
  } catch {
    return new Map();
  }
}

type Entries = readonly (readonly [string, StoredFacts])[];

/** How many drafts are serialized or read before yielding to messages: about a millisecond. */
const CHUNK = 20;

/** The write buffer, in bytes. */
const WRITE_BYTES = 256 * 1024;

/**
 * Writes the digest, then the entries in chunks, each preceded by its length, yielding to messages. The whole file is
 * never in memory.
 */
async function write(file: string, identity: string, entries: Entries): Promise<void> {
  // Must not write through an existing file or link of that name.
  await rm(file, { force: true });
  const handle = await open(file, "wx", 0o600);
  try {
    const hash = createHash("sha1").update(identity);
    let at = DIGEST_BYTES;
    let parts: Buffer[] = [];
    let size = 0;
    const flush = async (): Promise<void> => {
      const bytes = Buffer.concat(parts);
      parts = [];
      size = 0;
      hash.update(bytes);
      await handle.write(bytes, 0, bytes.length, at);
      at += bytes.length;
    };
    for (let from = 0; from < entries.length; from += CHUNK) {
      const part = serialize(entries.slice(from, from + CHUNK));
      const length = Buffer.alloc(4);
      length.writeUInt32LE(part.length);
      parts.push(length, part);
      size += 4 + part.length;
      await nextTurn();
      if (size >= WRITE_BYTES) await flush();
    }
    await flush();
    await handle.write(hash.digest(), 0, DIGEST_BYTES, 0);
  } finally {
    await handle.close();
  }
}

/** Lets waiting messages through. */
function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}

function digest(...parts: readonly (string | Uint8Array)[]): Buffer {
  const hash = createHash("sha1");
  for (const part of parts) hash.update(part);
  return hash.digest();
}
