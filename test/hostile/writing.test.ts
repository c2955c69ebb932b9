import { chmodSync, chownSync, lstatSync, readdirSync, readFileSync, symlinkSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { newFolder } from "../support/for-one-test.ts";
import { run } from "./support/program.ts";
import { makeSpecial, SPECIAL } from "./support/special.ts";
import { told, WRONG } from "./support/table.ts";

const isRoot = process.getuid?.() === 0;
const NOBODY = isRoot ? { uid: 65_534 } : {};

test("in a folder that can't be written, findings are reported, and the failure too", async () => {
  const folder = newFolder({ "in/a.md": WRONG });
  chmodSync(folder.path, 0o755);
  chmodSync(path.join(folder.path, "in"), 0o555);
  chmodSync(path.join(folder.path, "in/a.md"), 0o666);
  const { code, out, err } = await run("cli.js", ["check", "--fix", "--format", "compact"], {
    cwd: folder.path,
    ...NOBODY,
  });
  chmodSync(path.join(folder.path, "in"), 0o755);
  expect(out).toBe(told("in/a.md"));
  expect(err).toMatch(/^galley: in\/a\.md: It was not fixed\. [^\n]+\n$/);
  expect(code).toBe(2);
  expect(readdirSync(path.join(folder.path, "in"))).toEqual(["a.md"]);
});

test.runIf(isRoot)("another user's file in one's own folder", async () => {
  const folder = newFolder({ "a.md": WRONG });
  chownSync(folder.path, 65_534, 65_534);
  chmodSync(path.join(folder.path, "a.md"), 0o666);
  const { code, out, err } = await run("cli.js", ["check", "--fix", "--format", "compact"], {
    cwd: folder.path,
    uid: 65_534,
  });
  expect(out).toBe(told("a.md"));
  expect(err).toMatch(/^galley: a\.md: It was not fixed\. It belongs to somebody else[^\n]+\n$/);
  expect(code).toBe(2);
  expect(readdirSync(folder.path)).toEqual(["a.md"]);
});

/** The commands that write a file of their own, by its name. */
const WRITERS = Object.entries({
  ".galley-baseline.json": ["baseline"],
  ".galley.json": ["init"],
  "a.sarif": ["check", "--format", "sarif=a.sarif"],
});

test.each(WRITERS)("%s is not written through a link", async (name, args) => {
  const outside = newFolder({ profile: "mine\n" });
  const folder = newFolder({ "a.md": WRONG, ".git/HEAD": "", "in/own.json": "mine\n" });
  for (const target of [path.join(outside.path, "profile"), "in/own.json"]) {
    symlinkSync(target, path.join(folder.path, name));
    const { code, err } = await run("cli.js", args, { cwd: folder.path });
    expect(code, err).toBe(2);
    expect(lstatSync(path.join(folder.path, name)).isSymbolicLink()).toBe(true);
    folder.remove(name);
  }
  expect(readFileSync(path.join(outside.path, "profile"), "utf8")).toBe("mine\n");
  expect(readFileSync(path.join(folder.path, "in/own.json"), "utf8")).toBe("mine\n");
});

const NO_FILES = Object.keys(SPECIAL).filter((kind) => !/^\d/.test(kind));

test.each(WRITERS)("%s is not overwritten if it is not a regular file", async (name, args) => {
  for (const kind of NO_FILES) {
    const folder = newFolder({ "a.md": WRONG });
    makeSpecial(folder, name, kind);
    const identity = (): unknown => {
      const { ino, mode, rdev } = lstatSync(path.join(folder.path, name));
      return [ino, mode, rdev];
    };
    const before = identity();
    const { code, err } = await run("cli.js", args, { cwd: folder.path });
    expect(code, `${kind}: ${err}`).toBe(2);
    expect(identity()).toEqual(before);
    expect(readdirSync(folder.path).sort()).toEqual([name, "a.md"].sort());
  }
});
