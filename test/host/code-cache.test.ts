import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import v8 from "node:v8";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { cachedProgram, folderIn } from "../../server/src/host/node/code-cache.ts";

let folder = "";
let file = "";
let cache = "";

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "galley-code-"));
  file = path.join(folder, "program.cjs");
  cache = path.join(folder, "cache");
  writeFileSync(file, `exports.name = require("node:path").basename(__filename);\n`);
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

test("a program runs as it would by itself", () => {
  expect(cachedProgram(file, cache).run()).toEqual({ name: "program.cjs" });
});

test("what is stored of it is taken the next time", () => {
  const first = cachedProgram(file, cache);
  first.run();
  first.store();
  const next = cachedProgram(file, cache);
  expect([first.isFromCache, next.isFromCache]).toEqual([false, true]);
  expect(next.run()).toEqual({ name: "program.cjs" });
});

test("what is stored of another build of the same length, is not taken, and makes way", () => {
  cachedProgram(file, cache).store();
  const before = readdirSync(cache);
  writeFileSync(file, `exports.name = require("node:path").extname(__filename);;\n`);
  const changed = cachedProgram(file, cache);
  expect([changed.isFromCache, changed.run()]).toEqual([false, { name: ".cjs" }]);
  changed.store();
  const after = readdirSync(cache);
  expect([before.length, after.length]).toEqual([1, 1]);
  expect(after).not.toEqual(before);
});

test("what another V8 compiled is not taken, and makes way", () => {
  cachedProgram(file, cache).store();
  const before = readdirSync(cache);
  const tag = vi.spyOn(v8, "cachedDataVersionTag").mockReturnValue(1);
  const other = cachedProgram(file, cache);
  tag.mockRestore();
  other.store();
  const after = readdirSync(cache);
  expect([other.isFromCache, after.length]).toEqual([false, 1]);
  expect(after).not.toEqual(before);
});

test.each(["", "damaged"])("where what is stored is %j, the text is compiled", (damage) => {
  cachedProgram(file, cache).store();
  const [name = ""] = readdirSync(cache);
  const stored = path.join(cache, name);
  const bytes = readFileSync(stored);
  if (damage !== "") bytes.write(damage, bytes.length >> 1);
  writeFileSync(stored, damage === "" ? "" : bytes);
  const again = cachedProgram(file, cache);
  expect([again.isFromCache, again.run()]).toEqual([false, { name: "program.cjs" }]);
});

test("where it can't be stored, what others have stored stays, and nothing is left", () => {
  cachedProgram(file, cache).store();
  const [name = ""] = readdirSync(cache);
  const other = name.replace(/[\da-f]{40}/, "0".repeat(40));
  renameSync(path.join(cache, name), path.join(cache, other));
  // No file can take the name of a folder.
  mkdirSync(path.join(cache, name));
  cachedProgram(file, cache).store();
  expect(readdirSync(cache).sort()).toEqual([other, name].sort());
});

test("what processes that were ended had begun to store is removed, and never written through", () => {
  const notes = path.join(folder, "notes.txt");
  writeFileSync(notes, "The bridge is open.");
  cachedProgram(file, cache).store();
  const [name = ""] = readdirSync(cache);
  writeFileSync(path.join(cache, `${name}.0`), "begun");
  symlinkSync(notes, path.join(cache, `${name}.${process.pid}`));
  cachedProgram(file, cache).store();
  expect(readdirSync(cache)).toEqual([name]);
  expect(cachedProgram(file, cache).isFromCache).toBe(true);
  expect(readFileSync(notes, "utf8")).toBe("The bridge is open.");
});

test("files of others in the folder stay, and a folder that can't be written to harms nothing", () => {
  writeFileSync(path.join(folder, "notes.bin"), "");
  cachedProgram(file, folder).store();
  expect(readdirSync(folder)).toContain("notes.bin");
  const program = cachedProgram(file, file);
  program.store();
  expect(program.run()).toEqual({ name: "program.cjs" });
});

test("a program that is not there is an error", () => {
  expect(() => cachedProgram(path.join(folder, "none.cjs"), cache)).toThrow("none.cjs");
});

test("a program without a folder runs, and stores nothing", () => {
  const program = cachedProgram(file, undefined);
  program.store();
  expect([program.isFromCache, program.run()]).toEqual([false, { name: "program.cjs" }]);
  expect(cachedProgram(file, undefined).isFromCache).toBe(false);
});

test.each([undefined, "", ".", "cache", "./cache", "../cache", "--stdio", "--pipe=/tmp/galley"])(
  "%j names no folder",
  (argument) => {
    expect(folderIn(argument)).toBeUndefined();
  },
);

test("an absolute path names a folder", () => {
  expect(folderIn(folder)).toBe(folder);
});
