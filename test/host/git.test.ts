import { chmodSync, symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { type Git, type GitAnswer, gitOn } from "../../server/src/host/node/git.ts";
import { toBlobId, readBlobs, readTree } from "../../server/src/host/node/git-objects.ts";
import { readVersions } from "../../server/src/host/node/git-history.ts";
import { timers } from "../../server/src/host/timers.ts";
import { GIT_ENV, newRepository, repositoryIn, scratchFolder } from "../support/repository.ts";
import { trap } from "../support/trap.ts";

const git = gitOn({ env: GIT_ENV, clock: timers });

async function contentsAt(its: Git, folder: string, commit: string): Promise<Map<string, string>> {
  const tree = await readTree(its, folder, commit);
  if ("failure" in tree) throw new Error(JSON.stringify(tree.failure));
  const blobs = await readBlobs(
    its,
    folder,
    tree.map(({ id }) => id),
    1000,
  );
  if ("failure" in blobs) throw new Error(JSON.stringify(blobs.failure));
  return new Map(
    tree.map(({ path, id }) => {
      const blob = blobs.get(id);
      return [path, typeof blob === "string" ? blob : Buffer.from(blob ?? "").toString("latin1")];
    }),
  );
}

function textOf(answer: GitAnswer): string {
  return "bytes" in answer ? Buffer.from(answer.bytes).toString() : answer.failure.kind;
}

test("a version's files are read as stored, whatever their names and contents", async () => {
  const names = [
    ...["-x.md", "a b.md", "li\nne.md", '"q".md', "ü.md", "*.md", "\\.md", "--help", ":(top)"],
  ];
  const contents = ["", "\n", "x", "a\r\nb\r\n", "\0\xff", "0123 blob 3\n", "b".repeat(999)];
  const files = Object.fromEntries(
    names.map((name, at) => [
      `d/${name}`,
      Buffer.from(contents[at % contents.length] ?? "", "latin1"),
    ]),
  );
  const repository = newRepository(files);
  const commit = repository.git("rev-parse", "HEAD").trim();
  const found = await contentsAt(git, repository.folder, commit);
  expect([...found.keys()].sort()).toEqual(Object.keys(files).sort());
  for (const [name, content] of Object.entries(files)) {
    expect(found.get(name), name).toBe(content.toString("latin1"));
  }
});

test("a name that is not UTF-8 doesn't affect the others", async () => {
  const repository = newRepository({ "a.md": "one\n" });
  const bad = Buffer.concat([
    Buffer.from(`${repository.folder}/`),
    Buffer.from([0xff, 0xfe, 0x2e]),
  ]);
  writeFileSync(bad, "two\n");
  const found = await contentsAt(git, repository.folder, repository.commit());
  expect([...found]).toEqual([
    ["a.md", "one\n"],
    ["\uFFFD\uFFFD.", "two\n"],
  ]);
});

test("computed ids are git's", () => {
  const repository = newRepository();
  for (const content of ["", "a\n", "ü\r\n\0"]) {
    repository.write("x", content);
    const id = repository.git("hash-object", "--no-filters", "x").trim();
    expect(toBlobId(Buffer.from(content), "sha1")).toBe(id);
  }
});

test("a file that is too large or missing is reported, and the rest is read", async () => {
  const repository = newRepository({ "large.md": "x".repeat(1001), "small.md": "s" });
  const idOf = (name: string): string => repository.git("rev-parse", `HEAD:${name}`).trim();
  const missing = "0123456789012345678901234567890123456789";
  const ids = [idOf("large.md"), missing, idOf("small.md"), idOf("small.md")];
  const blobs = await readBlobs(git, repository.folder, ids, 1000);
  expect("failure" in blobs ? blobs : [...blobs]).toEqual([
    [ids[0], "too large"],
    [missing, "missing"],
    [ids[2], new Uint8Array([0x73])],
  ]);
});

test("the trap works: git without our options runs what the repository names", () => {
  const { folder, wasRun } = trap();
  expect(wasRun()).toBe(false);
  try {
    repositoryIn(folder).git("status");
  } catch {
    // These programs don't answer like the real ones, which it must tolerate.
  }
  expect(wasRun()).toBe(true);
});

test("no program that a repository's configuration names is run", async () => {
  const { folder, commit, wasRun } = trap();
  const missing = "0123456789012345678901234567890123456789";
  const found = await contentsAt(git, folder, commit);
  expect(Object.fromEntries(found)).toMatchObject({ "a.md": "one\n", "b.md": "two\n" });
  expect(await readBlobs(git, folder, [missing], 1000)).toEqual(new Map([[missing, "missing"]]));
  expect(textOf(await git.run(folder, ["rev-parse", "--verify", "HEAD"]))).toBe(`${commit}\n`);
  expect(textOf(await git.run(folder, ["merge-base", "HEAD", commit]))).toBe(`${commit}\n`);
  const log = ["log", "--format=%H", "--follow", "--name-status", "--", "a.md"];
  expect(textOf(await git.run(folder, log))).toContain("a.md");
  expect(textOf(await git.run(folder, ["log", "--format=%H"]))).toContain(commit);
  expect(await readVersions(git, folder, "a.md", 10, 1000)).toHaveLength(1);
  expect(wasRun()).toBe(false);
});

test.each([["status"], ["update-ref", "refs/heads/other", "HEAD"]])(
  "not even git %s, which Galley does not use, runs monitors and hooks",
  async (...args) => {
    const { folder, wasRun } = trap(["core.fsmonitor"]);
    await git.run(folder, args);
    expect(wasRun()).toBe(false);
    repositoryIn(folder).git(...args.map((arg) => arg.replace("other", "third")));
    expect(wasRun()).toBe(true);
  },
);

test("a folder that looks like a bare repository is not one", async () => {
  const repository = newRepository({ "a.md": "one\n" });
  repository.git("clone", "--quiet", "--bare", ".", "inner");
  const answer = await git.run(path.join(repository.folder, "inner"), ["rev-parse", "HEAD"]);
  expect(textOf(answer)).toBe("refused");
});

test("variables that name another repository, as hooks have them, are not passed on", async () => {
  const repository = newRepository({ "a.md": "one\n" });
  const other = newRepository({ "b.md": "two\n" });
  const env = {
    ...GIT_ENV,
    GIT_DIR: path.join(other.folder, ".git"),
    GIT_WORK_TREE: other.folder,
    GIT_INDEX_FILE: "/nowhere",
    GIT_OBJECT_DIRECTORY: "/nowhere",
  };
  const answer = await gitOn({ env, clock: timers }).run(repository.folder, ["ls-files"]);
  expect(textOf(answer)).toBe("a.md\n");
});

test("an object with a replacement is read as it was committed", async () => {
  const repository = newRepository({ "a.md": "one\n", "b.md": "two\n" });
  const blob = (name: string): string => repository.git("rev-parse", `HEAD:${name}`).trim();
  repository.git("replace", blob("a.md"), blob("b.md"));
  const found = await contentsAt(git, repository.folder, "HEAD");
  expect(Object.fromEntries(found)).toEqual({ "a.md": "one\n", "b.md": "two\n" });
});

test("without git, with one that hangs, and with too much output, the answer says so", async () => {
  const { folder } = newRepository({ "a.md": "one\n" });
  expect(textOf(await gitOn({ env: {}, clock: timers }).run(folder, ["ls-files"]))).toBe(
    "not installed",
  );
  // A “git” in the folder itself is not run.
  writeFileSync(path.join(folder, "git"), "#!/bin/sh\necho evil\n");
  chmodSync(path.join(folder, "git"), 0o755);
  const here = gitOn({ env: { PATH: `.:${path.delimiter}` }, clock: timers });
  expect(textOf(await here.run(folder, ["ls-files"]))).toBe("not installed");

  const few = gitOn({ env: GIT_ENV, clock: timers, mostBytes: 4 });
  expect(textOf(await few.run(folder, ["ls-files"]))).toBe("too large");

  const bin = scratchFolder();
  writeFileSync(path.join(bin, "git"), "#!/bin/sh\nsleep 1000 &\nwait\n");
  chmodSync(path.join(bin, "git"), 0o755);
  const hanging = gitOn({
    env: { PATH: `${bin}${path.delimiter}${GIT_ENV["PATH"] ?? ""}` },
    // The time limit is over at once.
    clock: {
      ...timers,
      after: (_, call) => {
        setImmediate(call);
        return { dispose: () => undefined };
      },
    },
  });
  expect(textOf(await hanging.run(folder, ["ls-files"]))).toBe("too slow");
});

test("a failure has git's own first line", async () => {
  const answer = await git.run(scratchFolder(), ["rev-parse", "HEAD"]);
  expect(answer).toMatchObject({ failure: { kind: "refused", code: 128 } });
  expect(JSON.stringify(answer)).toContain("not a git repository");
});

test("a folder in PATH that can't be read is skipped", async () => {
  const round = path.join(scratchFolder(), "round");
  symlinkSync("round", round);
  const odd = [round, `/${"x".repeat(5000)}`, "/dev/null", "/no/such/folder"];
  const env = { ...GIT_ENV, PATH: [...odd, GIT_ENV["PATH"] ?? ""].join(path.delimiter) };
  const here = newRepository({ "a.md": Buffer.from("x") });
  const answer = await gitOn({ env, clock: timers }).run(here.folder, ["rev-parse", "HEAD"]);
  expect(textOf(answer).trim()).toBe(here.git("rev-parse", "HEAD").trim());
});
