import { spawnSync } from "node:child_process";
import { chmodSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import nodeModule from "node:module";
import path from "node:path";
import zlib from "node:zlib";
import { describe, expect, test } from "vitest";
import type { Folder } from "../support/folder.ts";
import { newFolder } from "../support/for-one-test.ts";
import { expectServed } from "./support/server.ts";
import { WRONG } from "./support/table.ts";

/* The next start reads what an earlier one stored: compiled code, and facts. */

/** The number of a process that has ended. */
const ENDED = spawnSync(process.execPath, ["-e", ""]).pid;

/** Node has it from 22.2 on. */
const { crc32 } = zlib as { readonly crc32?: (bytes: Uint8Array) => number };

/** A storage folder that only the user may write to. */
function newStorage(files?: Readonly<Record<string, string>>): Folder {
  const storage = newFolder(files);
  chmodSync(storage.path, 0o700);
  return storage;
}

/** Starts the server as VS Code does; returns the reason if it failed. */
async function failure(storage: string): Promise<unknown> {
  try {
    await expectServed(newFolder({ "a.md": WRONG }), ["a.md"], { storage });
    return undefined;
  } catch (error) {
    return error;
  }
}

function filesIn(storage: Folder): string[] {
  return readdirSync(storage.path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name));
}

/** One of Node's files: five numbers, the last of which is the checksum of the code after them. */
function flipCode(file: string, round: number, checksum: (bytes: Uint8Array) => number): void {
  const bytes = readFileSync(file);
  const code = bytes.subarray(20);
  // V8 checks its own header, so the flipped bytes are after that.
  const step = 29 + round * 12;
  for (let at = 64 + round; at < code.length; at += step) code[at] = (code[at] ?? 0) ^ 0xff;
  bytes.writeUInt32LE(checksum(code), 16);
  writeFileSync(file, bytes);
}

const canStore = "enableCompileCache" in nodeModule && crc32 !== undefined;

describe("compiled code", () => {
  test.runIf(canStore)("flipped bytes with a correct checksum end at most one start", async () => {
    const storage = newStorage();
    for (let round = 0; round < 5; round++) {
      expect(await failure(storage.path)).toBeUndefined();
      const files = filesIn(storage);
      expect(files).toHaveLength(1);
      for (const file of files) flipCode(file, round, crc32 ?? (() => 0));
      await failure(storage.path);
    }
    expect(await failure(storage.path)).toBeUndefined();
  });

  test("files read by a start that ended are deleted, and those another window reads are kept", async () => {
    const storage = newStorage({ "compiled/code": "", [`compiled.read-by-${process.pid}`]: "" });
    chmodSync(path.join(storage.path, "compiled"), 0o700);
    expect(await failure(storage.path)).toBeUndefined();
    expect(storage.has("compiled/code")).toBe(true);
    if (!canStore) return;
    storage.write(`compiled.read-by-${ENDED}`, "");
    expect(await failure(storage.path)).toBeUndefined();
    expect(storage.has("compiled/code")).toBe(false);
    expect(storage.has(`compiled.read-by-${ENDED}`)).toBe(false);
    expect(storage.has(`compiled.read-by-${process.pid}`)).toBe(true);
  });

  test("nothing is written through a link, or where others may write", async () => {
    const other = newStorage();
    const linked = newStorage();
    symlinkSync(other.path, path.join(linked.path, "compiled"));
    const open = newStorage();
    chmodSync(open.path, 0o777);
    for (const storage of [linked.path, open.path, path.join(linked.path, "compiled")]) {
      expect(await failure(storage)).toBeUndefined();
    }
    expect([other, open].flatMap(filesIn)).toEqual([]);
  });

  test("a storage folder that can’t be written does no harm", async () => {
    const storage = newStorage({ file: "" });
    for (const name of [path.join(storage.path, "file"), "/proc/storage", "/dev/null/storage"]) {
      expect(await failure(name)).toBeUndefined();
    }
  });
});

test("facts read by a start that ended are deleted, and those another reads are kept", async () => {
  const folder = newFolder({ "a.md": WRONG });
  // A folder, which no save replaces: if it is gone, it was deleted.
  const cache = newFolder({ "facts.bin/in/it": "", [`facts.bin.read-by-${process.pid}`]: "" });
  const served = async (): Promise<void> => {
    await expectServed(folder, ["a.md"], { cacheDirectory: cache.path });
  };
  await served();
  expect(cache.has("facts.bin/in/it")).toBe(true);
  cache.write(`facts.bin.read-by-${ENDED}`, "");
  await served();
  expect(readFileSync(path.join(cache.path, "facts.bin")).length).toBeGreaterThan(20);
  expect(readdirSync(cache.path).sort()).toEqual(["facts.bin", `facts.bin.read-by-${process.pid}`]);
});
