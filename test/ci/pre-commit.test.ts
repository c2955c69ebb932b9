import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { parse } from "yaml";
import { RIGHT, WRONG } from "../cli/support.ts";
import { newFolder } from "../support/folder.ts";
import { writeMirror } from "../support/mirror.ts";
import { newRepository, repositoryIn } from "../support/repository.ts";

/* The hook, run by pre-commit itself in a temporary repository. Nothing comes from the network. */

const isInstalled = spawnSync("pre-commit", ["--version"]).status === 0;

test("the hook runs once and finds all drafts itself, because repeats need them", () => {
  const [hook, ...more] = parse(readFileSync(".pre-commit-hooks.yaml", "utf8")) as object[];
  expect(more).toEqual([]);
  expect(hook).toMatchObject({
    id: "galley",
    entry: "galley check",
    require_serial: true,
    pass_filenames: false,
  });
});

// pre-commit may be missing on somebody's own machine, but not in CI.
describe.skipIf(!isInstalled && process.env["CI"] === undefined)("under pre-commit", () => {
  const folder = newFolder();
  const repository = repositoryIn(path.join(folder.path, "content"));

  function preCommit(...args: string[]): { status: number | null; out: string } {
    const ran = spawnSync("pre-commit", args, {
      cwd: repository.folder,
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
    const revision = newRepository({}, mirror).commit();
    const config = `repos:\n  - repo: ${mirror}\n    rev: ${revision}\n    hooks:\n      - id: galley\n`;
    newRepository({ ".pre-commit-config.yaml": config, "old.md": RIGHT }, repository.folder);
  }, 120_000);

  afterAll(() => {
    folder.dispose();
  });

  test("a commit with a mistake is refused, and the finding is reported", () => {
    repository.write("New.MDX", WRONG);
    repository.git("add", "-A");
    const { status, out } = preCommit("run");
    expect(out).toContain("the same word twice in a row. Delete one.");
    expect(status).toBe(1);
    // Other files don't make it run.
    repository.git("rm", "-q", "-f", "New.MDX");
    repository.write("a.js", "");
    repository.git("add", "-A");
    expect(preCommit("run").out).toContain("(no files to check)Skipped");
  }, 120_000);

  test("a new draft that repeats an old one is reported, though the commit has only the new one", () => {
    const passage =
      "The harbour bridge was closed for eleven weeks last spring while engineers replaced the bearings under its northern arch, and traffic was led over the old ferry slip instead.\n";
    repository.write("old.md", passage);
    repository.git("add", "-A");
    repository.git("commit", "-q", "-m", "y");
    repository.write("2026-01-01-new.md", `${RIGHT}\n${passage}\n${passage}`);
    repository.git("add", "-A");
    const { status, out } = preCommit("run");
    expect(out).toContain("repeated-");
    expect(status).toBe(1);
  }, 120_000);

  test("the project's own arguments are passed on", () => {
    const name = ".pre-commit-config.yaml";
    const config = readFileSync(path.join(repository.folder, name), "utf8");
    repository.write(name, `${config}        args: [--fail-on=never, old.md]\n`);
    repository.git("add", "-A");
    expect(preCommit("run").status).toBe(0);
  }, 120_000);
});
