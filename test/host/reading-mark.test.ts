import { spawnSync } from "node:child_process";
import { symlinkSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { markReading } from "../../server/src/host/node/reading-mark.ts";
import { newFolder } from "../support/for-one-test.ts";

/** The number of a process that has ended. */
const ENDED = spawnSync(process.execPath, ["-e", ""]).pid;

const markOf = (reader: number): string => `stored.read-by-${reader}`;

test("a process has a mark until it says that it is done, and stored files are kept", () => {
  const folder = newFolder({ stored: "" });
  const done = markReading(folder.path, "stored");
  expect(folder.has(markOf(process.pid))).toBe(true);
  done?.();
  expect(folder.has(markOf(process.pid))).toBe(false);
  done?.();
  markReading(folder.path, "stored")?.();
  expect(folder.has("stored")).toBe(true);
});

describe.each([
  ["that has ended", ENDED, false],
  ["of the same number, before this one", process.pid, false],
  ["that is none", Number.NaN, false],
  ["that runs", process.ppid, true],
])("of a process %s", (_which, reader, runs) => {
  test.each(["stored", "stored/in/a/folder"])("%s", (name) => {
    const folder = newFolder({ [name]: "", [markOf(reader)]: "", other: "" });
    const done = markReading(folder.path, "stored");
    expect(done).toBeDefined();
    expect([folder.has("stored"), folder.has("other")]).toEqual([runs, true]);
    done?.();
    expect(folder.has(markOf(reader))).toBe(runs);
  });
});

test("a mark that is a folder or a link is deleted, and not the link's target", () => {
  const folder = newFolder({ stored: "", notes: "", [`${markOf(ENDED)}/a`]: "" });
  symlinkSync("notes", path.join(folder.path, markOf(process.pid)));
  markReading(folder.path, "stored")?.();
  expect([folder.has("stored"), folder.has(markOf(ENDED)), folder.has("notes")]).toEqual([
    false,
    false,
    true,
  ]);
});

test("if no mark can be written, nothing may be read", () => {
  const folder = newFolder({ file: "" });
  for (const name of ["file", "gone"]) {
    expect(markReading(path.join(folder.path, name), "stored")).toBeUndefined();
  }
  expect(markReading("/proc", "stored")).toBeUndefined();
});
