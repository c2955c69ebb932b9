import { createHash } from "node:crypto";
import { chmodSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { deserialize, serialize } from "node:v8";
import { expect, test } from "vitest";
import { newFolder } from "../support/for-one-test.ts";
import { expectServed } from "./support/server.ts";
import { WRONG } from "./support/table.ts";

const DRAFTS = ["a.md", "b.md", "c.md"];

/** A part of a cache's file, with its length before it. */
function toPart(bytes: Uint8Array): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32LE(bytes.length);
  return Buffer.concat([length, bytes]);
}

/** The first part of a cache's file says which build wrote it; what follows is made anew, and the digest is right. */
test.each<[string, Uint8Array]>([
  ["drafts that are numbers", toPart(serialize([["key", 5]]))],
  ["parts that are null", toPart(serialize(null))],
  ["bytes that were never serialized", toPart(Buffer.alloc(100, 0x5c))],
  ["parts that are longer than the file", Buffer.alloc(100, 0xff)],
])("a cache from somebody else with %s", async (_what, rest) => {
  const folder = newFolder(Object.fromEntries(DRAFTS.map((name) => [name, WRONG])));
  const cache = newFolder();
  await expectServed(folder, DRAFTS, { cacheDirectory: cache.path });
  const file = path.join(cache.path, "facts.bin");
  const written = readFileSync(file).subarray(20);
  const identity = written.subarray(0, 4 + written.readUInt32LE(0));
  expect(deserialize(identity.subarray(4))).toEqual(expect.any(String));
  const body = Buffer.concat([identity, rest]);
  writeFileSync(file, Buffer.concat([createHash("sha1").update(body).digest(), body]));
  // As git and archives write files: only its owner may read the cache's own.
  chmodSync(file, 0o644);
  await expectServed(folder, DRAFTS, { cacheDirectory: cache.path });
});
