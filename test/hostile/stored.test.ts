import { chmodSync, readdirSync, symlinkSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import type { Folder } from "../support/folder.ts";
import { newFolder } from "../support/for-one-test.ts";
import { expectServed } from "./support/server.ts";
import { WRONG } from "./support/table.ts";

/* What an earlier start compiled is read at the next one. */

/** A storage that the user alone may write into. */
function newStorage(files?: Readonly<Record<string, string>>): Folder {
  const storage = newFolder(files);
  chmodSync(storage.path, 0o700);
  return storage;
}

/** Starts the server as VS Code starts it. */
function start(storage: string): Promise<void> {
  return expectServed(newFolder({ "a.md": WRONG }), ["a.md"], { storage });
}

function filesIn(storage: Folder): string[] {
  return readdirSync(storage.path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name));
}

describe("compiled code", () => {
  test("nothing is written through a link, or where others may write", async () => {
    const other = newStorage();
    const linked = newStorage();
    symlinkSync(other.path, path.join(linked.path, "compiled"));
    const open = newStorage();
    chmodSync(open.path, 0o777);
    for (const storage of [linked.path, open.path, path.join(linked.path, "compiled")]) {
      await start(storage);
    }
    expect([other, open].flatMap(filesIn)).toEqual([]);
  });

  test("a storage that can’t be written to harms nothing", async () => {
    const storage = newStorage({ file: "" });
    for (const name of [path.join(storage.path, "file"), "/proc/storage", "/dev/null/storage"]) {
      await start(name);
    }
  });
});
