import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { deserialize, serialize } from "node:v8";
import { expect, test } from "vitest";
import type { Folder } from "../support/folder.ts";
import { newFolder } from "../support/for-one-test.ts";
import { expectServed } from "./support/server.ts";
import { WRONG } from "./support/table.ts";

type Facts = Record<string, unknown>;

/** What else a cache's entry for a draft may be. */
const SHAPES: Readonly<Record<string, (facts: Facts) => unknown>> = {
  "a number": () => 5,
  null: () => null,
  "a text": () => "facts",
  "an empty object": () => ({}),
  "an array": () => [],
  "findings that are none": (facts) => ({ ...facts, findings: [5, null, {}] }),
  "findings without end": (facts) => ({ ...facts, findings: [{ start: 0, end: 1e9, rule: "x" }] }),
  "findings that are a text": (facts) => ({ ...facts, findings: "none" }),
  "lines that are a text": (facts) => ({ ...facts, lines: "none" }),
  "lines of nothing": (facts) => ({ ...facts, lines: new Uint32Array(0) }),
  "prints that are null": (facts) => ({ ...facts, prints: null }),
  "prints of two lengths": (facts) => ({
    ...facts,
    prints: { hashes: new Uint32Array(70_000).fill(7), places: new Uint32Array(1) },
  }),
  "prints of another type": (facts) => ({ ...facts, prints: { hashes: [1n], places: ["a"] } }),
};

/** Reads a cache's file, changes its parts and writes it with a digest that is right. */
function rewrite(file: string, change: (part: unknown, index: number) => unknown): number {
  const body = readFileSync(file).subarray(20);
  const parts: Buffer[] = [];
  for (let at = 0; at < body.length;) {
    const end = at + 4 + body.readUInt32LE(at);
    const part = serialize(change(deserialize(body.subarray(at + 4, end)), parts.length / 2));
    const length = Buffer.alloc(4);
    length.writeUInt32LE(part.length);
    parts.push(length, part);
    at = end;
  }
  const all = Buffer.concat(parts);
  writeFileSync(file, Buffer.concat([createHash("sha1").update(all).digest(), all]));
  return parts.length / 2;
}

const DRAFTS = ["a.md", "b.md", "c.md"];

async function cacheOf(folder: Folder, cache: Folder): Promise<string> {
  await expectServed(folder, DRAFTS, { cacheDirectory: cache.path });
  const file = path.join(cache.path, "facts.bin");
  expect(existsSync(file)).toBe(true);
  return file;
}

test.each(Object.entries(SHAPES))("a cache in which each draft is %s", async (_name, shape) => {
  const folder = newFolder(Object.fromEntries(DRAFTS.map((name) => [name, WRONG])));
  const cache = newFolder();
  const file = await cacheOf(folder, cache);
  const parts = rewrite(file, (part, index) =>
    index === 0
      ? part
      : (part as [string, Facts][]).map(([key, facts]) => [key, shape(facts)] as const),
  );
  expect(parts).toBeGreaterThan(1);
  await expectServed(folder, DRAFTS, { cacheDirectory: cache.path });
});

test.each([
  ["a number", 5],
  ["null", null],
  ["rows that are none", [5, null, "a", []]],
  ["no part that is an array", {}],
])("a cache whose parts are %s", async (_name, value) => {
  const folder = newFolder(Object.fromEntries(DRAFTS.map((name) => [name, WRONG])));
  const cache = newFolder();
  const file = await cacheOf(folder, cache);
  rewrite(file, (part, index) => (index === 0 ? part : value));
  await expectServed(folder, DRAFTS, { cacheDirectory: cache.path });
});

test("a cache that says its parts are longer than it is", async () => {
  const folder = newFolder(Object.fromEntries(DRAFTS.map((name) => [name, WRONG])));
  const cache = newFolder();
  const body = Buffer.alloc(100, 0xff);
  const digest = createHash("sha1").update(body).digest();
  writeFileSync(path.join(cache.path, "facts.bin"), Buffer.concat([digest, body]));
  await expectServed(folder, DRAFTS, { cacheDirectory: cache.path });
});
