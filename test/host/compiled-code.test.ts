import { spawnSync } from "node:child_process";
import { chmodSync, chownSync, readdirSync, statSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import {
  type CodeStore,
  folderIn,
  useCompiledCode,
} from "../../server/src/host/node/compiled-code.ts";
import type { Folder } from "../support/folder.ts";
import { newFolder } from "../support/for-one-test.ts";

/** The calls to a Node that stores compiled code. */
function newNode(): CodeStore & { readonly asked: string[] } {
  const asked: string[] = [];
  return {
    asked,
    enableCompileCache: (folder) => asked.push(folder),
    flushCompileCache: () => asked.push("flush"),
  };
}

function fail(reason: string): never {
  throw new Error(reason);
}

/** A storage folder that only the user may write to, and its files. */
function newStorage(files?: Readonly<Record<string, string>>): Folder {
  const folder = newFolder(files);
  chmodSync(folder.path, 0o700);
  return folder;
}

test("code is stored in its own folder, with a mark until the program works", () => {
  const node = newNode();
  const storage = path.join(newStorage().path, "storage");
  const works = useCompiledCode(storage, node);
  const compiled = path.join(storage, "compiled");
  expect(node.asked).toEqual([compiled]);
  expect(readdirSync(storage)).toEqual(["compiled", `compiled.read-by-${process.pid}`]);
  works?.();
  expect(node.asked).toEqual([compiled, "flush"]);
  expect(readdirSync(storage)).toEqual(["compiled"]);
  if (process.platform !== "win32") {
    expect([storage, compiled].map((one) => statSync(one).mode & 0o777)).toEqual([0o700, 0o700]);
  }
});

test("code of a program that ended before it worked is deleted; code in use by others is not", () => {
  const ended = spawnSync(process.execPath, ["-e", ""]).pid;
  const storage = newStorage({ "compiled/code": "", [`compiled.read-by-${process.ppid}`]: "" });
  chmodSync(path.join(storage.path, "compiled"), 0o700);
  useCompiledCode(storage.path, newNode())?.();
  expect(storage.has("compiled/code")).toBe(true);
  storage.write(`compiled.read-by-${ended}`, "");
  useCompiledCode(storage.path, newNode())?.();
  expect([storage.has("compiled"), storage.has("compiled/code")]).toEqual([true, false]);
});

test("code that can’t be stored keeps its mark, and does no harm", () => {
  const { path: storage } = newStorage();
  const node = { ...newNode(), flushCompileCache: () => fail("The disk is full.") };
  expect(useCompiledCode(storage, node)?.()).toBeUndefined();
  expect(readdirSync(storage)).toEqual(["compiled", `compiled.read-by-${process.pid}`]);
});

test.runIf(process.platform !== "win32")(
  "a storage folder open to its group is made private",
  () => {
    const node = newNode();
    const storage = newStorage();
    chmodSync(storage.path, 0o775);
    expect(useCompiledCode(storage.path, node)).toBeDefined();
    expect(statSync(storage.path).mode & 0o777).toBe(0o755);
  },
);

test("the code of many releases is deleted in time", () => {
  const names = Array.from({ length: 30 }, (_, index) => [`compiled/${index}`, ""]);
  const storage = newStorage(Object.fromEntries(names) as Record<string, string>);
  useCompiledCode(storage.path, newNode())?.();
  expect(readdirSync(path.join(storage.path, "compiled"))).toEqual([]);
});

test.runIf(process.platform !== "win32").each<[string, (storage: Folder) => void]>([
  [
    "code in a folder that others may write into",
    (storage) => {
      chmodSync(inside(storage), 0o770);
    },
  ],
  [
    "a storage that others may write into",
    (storage) => {
      chmodSync(storage.path, 0o707);
    },
  ],
  [
    "code behind a link",
    (storage) => {
      storage.move("compiled", "other");
      storage.link("compiled", "other");
    },
  ],
  [
    "code that is a file",
    (storage) => {
      storage.remove("compiled");
      storage.write("compiled", "");
    },
  ],
])("nothing is loaded or stored if %s", (_what, spoil) => {
  const storage = newStorage({ "compiled/code": "" });
  chmodSync(inside(storage), 0o700);
  spoil(storage);
  const before = readdirSync(storage.path, { recursive: true });
  const node = newNode();
  expect([useCompiledCode(storage.path, node), node.asked]).toEqual([undefined, []]);
  expect(readdirSync(storage.path, { recursive: true })).toEqual(before);
});

test.runIf(process.getuid?.() === 0).each(["", "compiled"])(
  "nothing is loaded or stored if %j of the storage belongs to another user",
  (name) => {
    const storage = newStorage({ "compiled/code": "" });
    chmodSync(inside(storage), 0o700);
    chownSync(path.join(storage.path, name), 65_534, 65_534);
    const node = newNode();
    expect([useCompiledCode(storage.path, node), node.asked]).toEqual([undefined, []]);
  },
);

test("a program runs without it if Node lacks it, or if nothing can be stored", () => {
  const { path: storage } = newStorage({ file: "" });
  expect(useCompiledCode(storage, {})).toBeUndefined();
  expect(readdirSync(storage)).toEqual(["file"]);
  const node = newNode();
  expect(useCompiledCode(path.join(storage, "file"), node)).toBeUndefined();
  expect(useCompiledCode("/proc/storage", node)).toBeUndefined();
  expect(node.asked).toEqual([]);
});

test.each([undefined, "", ".", "cache", "./cache", "../cache", "--stdio", "--pipe=/tmp/galley"])(
  "%j is not a folder",
  (argument) => {
    expect(folderIn(argument)).toBeUndefined();
  },
);

test("an absolute path is a folder", () => {
  const { path: storage } = newStorage();
  expect(folderIn(storage)).toBe(storage);
});

function inside(storage: Folder): string {
  return path.join(storage.path, "compiled");
}
