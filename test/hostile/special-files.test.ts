import { chmodSync, mkdirSync, symlinkSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import type { Folder } from "../support/folder.ts";
import { newFolder } from "../support/for-one-test.ts";
import { partOfCells } from "../support/part-of-cells.ts";
import { run } from "./support/program.ts";
import { expectServed, serve } from "./support/server.ts";
import { makeSpecial, sparse, SPECIAL } from "./support/special.ts";
import { type Case, runCases, told, WRONG } from "./support/table.ts";

const KINDS = Object.keys(SPECIAL);
const ROLES = ["x.md", ".galley.json", ".galley-baseline.json", ".gitignore", ".git/info/exclude"];
const PAIRS = ROLES.flatMap((role) => KINDS.map((kind) => [role, kind] as const));

function withSpecial(role: string, kind: string): (folder: Folder) => void {
  return (folder) => {
    folder.write("a.md", WRONG);
    makeSpecial(folder, role, kind);
  };
}

describe("the command line", () => {
  const cases: Case[] = PAIRS.flatMap(([role, kind]) => [
    {
      name: `${role} is ${kind}`,
      make: withSpecial(role, kind),
      codes: role.startsWith(".galley") ? [1, 2] : [1],
      out: told("a.md"),
    },
  ]);
  runCases([
    ...cases,
    {
      name: "six drafts of 400 MB of nothing, met and named",
      make: (folder) => {
        folder.write("a.md", WRONG);
        for (let index = 0; index < 6; index++) sparse(path.join(folder.path, `${index}.md`));
      },
      args: ["check", "--format", "compact", ".", "0.md", "1.md", "2.md"],
      codes: [2],
      out: told("a.md"),
      err: /^(?:galley: \d\.md: It is larger than 3 MB\.\n){6}$/,
    },
    {
      name: "links in circles",
      make: (folder) => {
        folder.write("in/deep/a.md", WRONG);
        symlinkSync("..", path.join(folder.path, "in/deep/up"));
        symlinkSync(".", path.join(folder.path, "here"));
        symlinkSync("one.md", path.join(folder.path, "two.md"));
        symlinkSync("two.md", path.join(folder.path, "one.md"));
      },
      codes: [1],
      out: told("in/deep/a.md"),
    },
    {
      name: "a folder 1,000 deep",
      make: (folder) => {
        mkdirSync(path.join(folder.path, "d/".repeat(1000)), { recursive: true });
        folder.write("a.md", WRONG);
      },
      codes: [1],
      out: told("a.md"),
    },
  ]);

  test.runIf(process.getuid?.() === 0)(
    "a folder and a file without permission to read",
    async () => {
      const folder = newFolder({ "a.md": WRONG, "shut/b.md": WRONG, "shut.md": WRONG });
      chmodSync(folder.path, 0o755);
      for (const name of ["shut", "shut.md"]) chmodSync(path.join(folder.path, name), 0);
      const asNobody = { cwd: folder.path, uid: 65_534 };
      const met = await run("cli.js", ["check", "--format", "compact"], asNobody);
      expect(met.out).toBe(told("a.md"));
      expect(met.err).toMatch(/^galley: shut: [^\n]+\ngalley: shut\.md: [^\n]+\n$/);
      expect(met.code).toBe(1);
      const named = await run("cli.js", ["check", "shut.md"], asNobody);
      expect(named.err).toMatch(/^galley: shut\.md: [^\n]+\n$/);
      expect(named.code).toBe(2);
    },
  );
});

describe("the language server", () => {
  test.each(partOfCells(PAIRS, 2))("%s is %s", async (role, kind) => {
    const folder = newFolder();
    withSpecial(role, kind)(folder);
    await expectServed(folder, ["a.md"]);
  });

  const caches: [string, string, string, string][] = KINDS.flatMap((kind) => [
    ["the cache", kind, "facts.bin", ""],
    ["the folder of the cache", kind, "cache", "cache"],
  ]);
  test.each(partOfCells(caches, 2))("%s is %s", async (_what, kind, name, inner) => {
    const folder = newFolder({ "a.md": WRONG });
    const cache = newFolder();
    makeSpecial(cache, name, kind);
    await expectServed(folder, ["a.md"], { cacheDirectory: path.join(cache.path, inner) });
  });

  test("six sparse drafts of 400 MB, and links in circles", async () => {
    const folder = newFolder({ "in/a.md": WRONG });
    for (let index = 0; index < 6; index++) sparse(path.join(folder.path, `${index}.md`));
    symlinkSync("..", path.join(folder.path, "in/up"));
    symlinkSync("one.md", path.join(folder.path, "two.md"));
    symlinkSync("two.md", path.join(folder.path, "one.md"));
    await expectServed(folder, ["in/a.md"]);
  });

  test("folders and drafts that vanish", async () => {
    const folder = newFolder({ "a.md": WRONG, "in/b.md": WRONG, "in/deep/c.md": WRONG });
    const { client, during, stop } = await serve({ folders: [folder.uri], cwd: folder.path });
    const pull = client.workspace();
    const isTold = (messages: string[]): boolean => messages.length === 1;
    await during(pull.until(folder.uriOf("in/deep/c.md"), isTold));
    folder.remove("in");
    await client.filesChanged(folder.uriOf("in"));
    const isEmpty = (messages: string[]): boolean => messages.length === 0;
    await during(pull.until(folder.uriOf("in/deep/c.md"), isEmpty));
    await stop();
  });

  test("a workspace folder that is missing, a file, or a device", async () => {
    const folder = newFolder({ "a.md": WRONG, file: WRONG });
    symlinkSync("/dev/zero", path.join(folder.path, "zero"));
    const { client, during, stop } = await serve({
      folders: ["missing", "file", "zero"].map((name) => folder.uriOf(name)),
      cwd: folder.path,
    });
    await client.open(folder.uriOf("b.md"), WRONG);
    expect(await during(client.diagnostics(folder.uriOf("b.md")))).toHaveLength(1);
    await stop();
  });
});
