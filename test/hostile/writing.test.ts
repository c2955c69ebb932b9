import {
  chmodSync,
  chownSync,
  closeSync,
  linkSync,
  openSync,
  readdirSync,
  readFileSync,
  symlinkSync,
} from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { newFolder } from "../support/for-one-test.ts";
import { run } from "./support/program.ts";
import { told, WRONG } from "./support/table.ts";

const MENDED = WRONG.replace("the the", "the");
const isRoot = process.getuid?.() === 0;
const NOBODY = isRoot ? { uid: 65_534 } : {};

test("a folder that can't be written: the findings stay, and it is said", async () => {
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

test.runIf(isRoot)("a file of somebody else in a folder of one's own", async () => {
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

test("read-only files, hard links and links out are left alone, all else is fixed", async () => {
  const folder = newFolder({
    "in/a.md": WRONG,
    "in/b.md": WRONG,
    "in/c.md": WRONG,
    "out.md": WRONG,
  });
  chmodSync(path.join(folder.path, "in/a.md"), 0o444);
  linkSync(path.join(folder.path, "in/b.md"), path.join(folder.path, "b2.md"));
  symlinkSync("../out.md", path.join(folder.path, "in/d.md"));
  const { code, out, err } = await run("cli.js", ["check", "in", "--fix", "--format", "compact"], {
    cwd: folder.path,
  });
  const left = ["a", "b", "d"].map((name) => `in/${name}.md`);
  expect(out).toBe(left.map(told).join(""));
  expect(err.match(/^galley: in\/[abd]\.md: It was not fixed\. /gm)).toHaveLength(3);
  expect(code).toBe(2);
  const textOf = (name: string): string => readFileSync(path.join(folder.path, name), "utf8");
  expect(textOf("in/c.md")).toBe(MENDED);
  for (const name of [...left, "b2.md", "out.md"]) expect(textOf(name)).toBe(WRONG);
});

test.runIf(process.platform === "linux")("output to a disk that is full is told", async () => {
  const folder = newFolder({ "a.md": WRONG });
  for (const format of ["pretty", "compact", "json"]) {
    const full = openSync("/dev/full", "w");
    const { code, err } = await run("cli.js", ["check", "--format", format], {
      cwd: folder.path,
      stdio: ["ignore", full, "pipe"],
    });
    closeSync(full);
    expect(code).toBe(2);
    expect(err).toMatch(/^galley: [^\n]+\n$/);
  }
});
