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
      const body = serialize([identity, [...used]]);
      const temporary = `${file}.${process.pid}`;
      try {
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
    const [whose, entries] = deserialize(body) as [string, [string, StoredFacts][]];
    return whose === identity ? new Map(entries) : new Map();
  } catch {
    return new Map();
  }
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
