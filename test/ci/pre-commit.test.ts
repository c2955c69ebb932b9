import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { parse } from "yaml";
import { RIGHT, WRONG } from "../cli/support.ts";
import { committed, git, temporaryFolder, writeMirror } from "../support/mirror.ts";

/* The hook, run by pre-commit itself in a repository made on the spot. Nothing comes from the network. */

const isInstalled = spawnSync("pre-commit", ["--version"]).status === 0;

test("repeats need all drafts: the hook is run once, and Galley finds them itself", () => {
  const [hook, ...more] = parse(readFileSync(".pre-commit-hooks.yaml", "utf8")) as object[];
  expect(more).toEqual([]);
  expect(hook).toMatchObject({
    id: "galley",
    entry: "galley check",
    require_serial: true,
    pass_filenames: false,
  });
});

// On a machine of somebody's own it may be missing; where it counts it may not.
describe.skipIf(!isInstalled && process.env["CI"] === undefined)("under pre-commit", () => {
  const folder = temporaryFolder();
  const repository = path.join(folder.path, "content");

  function preCommit(...args: string[]): { status: number | null; out: string } {
    const ran = spawnSync("pre-commit", args, {
      cwd: repository,
      encoding: "utf8",
      env: {
        ...process.env,
        PRE_COMMIT_HOME: path.join(folder.path, "cache"),
        npm_config_offline: "true",
        GITHUB_ACTIONS: "",
      },
    });
    return { status: ran.status, out: ran.stdout + ran.stderr };
  }

  beforeAll(() => {
    const mirror = writeMirror(folder.path);
    const revision = committed(mirror);
    mkdirSync(repository);
    const config = `repos:\n  - repo: ${mirror}\n    rev: ${revision}\n    hooks:\n      - id: galley\n`;
    writeFileSync(path.join(repository, ".pre-commit-config.yaml"), config);
    writeFileSync(path.join(repository, "old.md"), RIGHT);
    committed(repository);
  }, 120_000);

  afterAll(() => {
    folder.remove();
  });

  test("a commit with a mistake is refused, and the finding is told", () => {
    writeFileSync(path.join(repository, "New.MDX"), WRONG);
    git(repository, "add", "-A");
    const { status, out } = preCommit("run");
    expect(out).toContain("the same word twice in a row. Delete one.");
    expect(status).toBe(1);
    // Other files are no reason to look.
    git(repository, "rm", "-q", "-f", "New.MDX");
    writeFileSync(path.join(repository, "a.js"), "");
    git(repository, "add", "-A");
    expect(preCommit("run").out).toContain("(no files to check)Skipped");
  }, 120_000);

  test("what a new draft repeats of an old one is told, though only the new one is in the commit", () => {
    const passage =
      "The harbour bridge was closed for eleven weeks last spring while engineers replaced the bearings under its northern arch, and traffic was led over the old ferry slip instead.\n";
    writeFileSync(path.join(repository, "old.md"), passage);
    git(repository, "add", "-A");
    git(repository, "commit", "-q", "-m", "y");
    writeFileSync(path.join(repository, "2026-01-01-new.md"), `${RIGHT}\n${passage}\n${passage}`);
    git(repository, "add", "-A");
    const { status, out } = preCommit("run");
    expect(out).toContain("repeated-");
    expect(status).toBe(1);
  }, 120_000);

  test("arguments of the project's own are passed on", () => {
    const file = path.join(repository, ".pre-commit-config.yaml");
    writeFileSync(file, `${readFileSync(file, "utf8")}        args: [--fail-on=never, old.md]\n`);
    git(repository, "add", "-A");
    expect(preCommit("run").status).toBe(0);
  }, 120_000);
});
