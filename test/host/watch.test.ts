import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { watchFolder } from "../../server/src/host/node/watch.ts";
import type { Disposable } from "../../server/src/project/host.ts";
import { type Folder, newFolder } from "../support/folder.ts";

let folder: Folder;
let watching: Disposable | undefined;
let reported: Set<string>;
let look: () => void;

beforeEach(() => {
  folder = newFolder({
    "a.md": "",
    "in/b.md": "",
    "in/deep/c.md": "",
    "node_modules/one/x.md": "",
  });
  reported = new Set();
  look = () => undefined;
});

afterEach(() => {
  watching?.dispose();
  watching = undefined;
  folder.dispose();
});

function watch(): void {
  watching = watchFolder(folder.uri, (uris) => {
    for (const uri of uris) reported.add(uri);
    look();
  });
}

/** Waits until one of these names is reported. */
function untilReported(...names: string[]): Promise<void> {
  return new Promise((resolve) => {
    look = () => {
      if (names.some((name) => reported.has(folder.uriOf(name)))) resolve();
    };
    look();
  });
}

/** Writes until it is reported, because watching a folder begins once the folder has been read. */
async function writeUntilReported(name: string): Promise<void> {
  for (let time = 0; !reported.has(folder.uriOf(name)); time++) {
    folder.write(name, `${time}`);
    await new Promise((resolve) => setImmediate(resolve));
  }
}

test("changed, new and deleted files are reported, at any depth", async () => {
  watch();
  for (const name of ["a.md", "in/b.md", "in/deep/c.md"]) await writeUntilReported(name);
  reported.clear();
  folder.write("in/deep/new.md", "");
  await untilReported("in/deep/new.md");
  folder.remove("in/b.md");
  await untilReported("in/b.md");
});

test("a new folder or its files are reported, however it was made", async () => {
  watch();
  await writeUntilReported("in/deep/c.md");
  folder.write("made/at/once/d.md", "");
  await untilReported("made", "made/at", "made/at/once", "made/at/once/d.md");
  await writeUntilReported("made/at/once/d.md");
  folder.move("in", "moved");
  await untilReported("moved");
  await writeUntilReported("moved/deep/c.md");
});

test("nothing is reported about folders without drafts, nor after the end", async () => {
  watch();
  await writeUntilReported("in/deep/c.md");
  reported.clear();
  folder.write("node_modules/one/x.md", "1");
  folder.write("node_modules/new.md", "1");
  folder.write("a.md", "1");
  await untilReported("a.md");
  expect([...reported]).toEqual([folder.uriOf("a.md")]);
  watching?.dispose();
  reported.clear();
  folder.write("a.md", "2");
  for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setImmediate(resolve));
  expect(reported.size).toBe(0);
});

test("a path that is not a folder is watched without an error", () => {
  folder.remove("in");
  expect(() => {
    watchFolder(folder.uriOf("in"), () => undefined).dispose();
    watchFolder(folder.uriOf("a.md"), () => undefined).dispose();
  }).not.toThrow();
});

describe.runIf(process.platform === "linux")("on Linux", () => {
  function watches(): number {
    const texts = readdirSync("/proc/self/fdinfo").map((name) => {
      try {
        return readFileSync(path.join("/proc/self/fdinfo", name), "utf8");
      } catch {
        // It was closed meanwhile.
        return "";
      }
    });
    return texts.join("\n").match(/^inotify/gm)?.length ?? 0;
  }

  test("a folder takes one watch, whatever it contains, and returns it", async () => {
    for (let number = 0; number < 50; number++) folder.write(`in/n${number}.md`, "");
    const before = watches();
    watch();
    await writeUntilReported("in/deep/c.md");
    expect(watches() - before).toBe(3);
    watching?.dispose();
    expect(watches()).toBe(before);
  });
});
