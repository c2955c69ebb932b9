import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { expect, test } from "vitest";
import { type Git, gitOn } from "../../server/src/host/node/git.ts";
import {
  newGoneFiles,
  readDraftVersions,
  readVersions,
  versionsReader,
} from "../../server/src/host/node/git-history.ts";
import { timers } from "../../server/src/host/timers.ts";
import { toKey, toPath } from "../../server/src/project/places.ts";
import { GIT_ENV, newRepository, type Repository, scratchFolder } from "../support/repository.ts";

const git = gitOn({ env: GIT_ENV, clock: timers });

/** The texts of a file's versions; undefined if git does not say. */
async function textsOf(
  { folder }: Repository,
  file: string,
  most = 10,
): Promise<string[] | undefined> {
  const versions = await readVersions(git, folder, file, most, 1000);
  return versions?.map(({ bytes }) => Buffer.from(bytes).toString());
}

const TEXT = "The council met on Monday and approved the budget for the old harbour bridge.\n";

test("the newest come first, through renames, and no more than requested", async () => {
  for (const name of ["-x.md", "a b.md", "li\nne.md", '"q".md', "ü*.md", ":(top)x.md"]) {
    const repository = newRepository({ "old/first.md": `${TEXT}1\n` });
    repository.write("old/first.md", `${TEXT}2\n`);
    repository.commit();
    repository.write("another.md", "no\n");
    repository.commit();
    repository.move("old/first.md", name);
    repository.commit();
    repository.write(name, `${TEXT}3\n`);
    repository.commit();
    repository.write(name, "not committed\n");
    // A rename alone has the text of the version before it.
    const all = ["3", "2", "2", "1"].map((number) => `${TEXT}${number}\n`);
    expect(await textsOf(repository, name), name).toEqual(all);
    expect(await textsOf(repository, name, 2), name).toEqual(all.slice(0, 2));
  }
});

test("a version has its commit and its date", async () => {
  const repository = newRepository({ "a.md": TEXT });
  const versions = await readVersions(git, repository.folder, "a.md", 10, 1000);
  const commit = repository.git("rev-parse", "HEAD").slice(0, 7);
  expect(versions).toMatchObject([{ commit, day: "2026-01-01" }]);
});

test("files that are deleted and created again, merges, links, and files that are too large", async () => {
  const repository = newRepository({ "a.md": "one\n", "link.md": "two\n" });
  repository.remove("a.md");
  repository.commit();
  repository.write("a.md", "x".repeat(1001));
  repository.commit();
  repository.git("checkout", "--quiet", "-b", "side");
  repository.write("a.md", "three\n");
  repository.commit();
  repository.git("checkout", "--quiet", "main");
  repository.write("b.md", "four\n");
  repository.commit();
  repository.git("merge", "--quiet", "--no-ff", "--message=x", "side");
  expect(await textsOf(repository, "a.md")).toEqual(["three\n", "one\n"]);
});

test("a draft that was renamed since the last commit, staged or not, has the versions of its former name", async () => {
  const other =
    "Shops on the quay fear for their trade, and some have closed their doors already.\n";
  for (const isStaged of [true, false]) {
    const repository = newRepository({ "a.md": TEXT, "c.md": other, "d.md": other });
    repository.remove("c.md");
    if (isStaged) repository.git("mv", "a.md", "b.md");
    else repository.move("a.md", "b.md");
    repository.write("b.md", TEXT.replace("the budget", ""));
    repository.write("new.md", "A choir sang in the old library, and nobody came to hear it.\n");
    repository.write("copy.md", other.replace("Shops", "Stalls"));
    repository.write("d2.txt", other);
    const asked: string[] = [];
    const counting: Git = {
      run: (folder, args, input) => {
        asked.push(args.find((arg) => /^[a-z]/.test(arg)) ?? "");
        return git.run(folder, args, input);
      },
    };
    const gone = newGoneFiles(counting);
    const read = async (name: string): Promise<string[] | undefined> => {
      const path = toPath(toKey(pathToFileURL(join(repository.folder, name)).href));
      const versions = await readDraftVersions(counting, path, gone);
      return versions?.map(({ bytes }) => Buffer.from(bytes).toString());
    };
    expect(await read("b.md")).toEqual([TEXT]);
    expect(await read("copy.md")).toEqual([other]);
    expect(await read("new.md")).toEqual([]);
    expect(await read("d2.txt")).toEqual([]);
    // The repository's files are read once, and other drafts cost what they did.
    expect(asked.filter((one) => one === "ls-tree")).toHaveLength(1);
    asked.length = 0;
    expect(await read("d.md")).toEqual([other]);
    expect(asked).toEqual(["log", "cat-file"]);
    // Whether files are gone is asked once for all drafts.
    repository.remove("d.md");
    const former = await gone(repository.folder, ".md");
    expect(former.map((file) => file.path)).toEqual(["a.md", "c.md"]);
  }
});

test("a file that is in no commit has none, and without an answer from git nobody knows", async () => {
  const repository = newRepository({ "a.md": "one\n", "long.md": "x".repeat(1001) });
  expect(await textsOf(repository, "b.md")).toEqual([]);
  expect(await textsOf(repository, "long.md")).toBeUndefined();
  expect(await textsOf(newRepository(), "a.md")).toBeUndefined();
  expect(await readVersions(git, scratchFolder(), "a.md", 10, 1000)).toBeUndefined();
  const none = gitOn({ env: {}, clock: timers });
  expect(await readVersions(none, repository.folder, "a.md", 10, 1000)).toBeUndefined();
});

/** The path of a file in a repository, as a host gets it. */
function pathIn({ folder }: Repository, name: string): string {
  return toPath(toKey(pathToFileURL(join(folder, name)).href));
}

test("a server gets the last ten versions of a file, once for each commit, and again when git had none", async () => {
  const read = versionsReader({ env: GIT_ENV, clock: timers });
  const repository = newRepository();
  const draft = pathIn(repository, "drafts/a #1.md");
  expect(await read(draft, "git")).toBeUndefined();
  for (let number = 0; number < 12; number++) {
    repository.write("drafts/a #1.md", `${TEXT}${number}\n`);
    repository.commit();
  }
  const versions = await read(draft, "git");
  expect(versions?.map(({ bytes }) => Buffer.from(bytes).toString())).toEqual(
    Array.from({ length: 10 }, (_, index) => `${TEXT}${11 - index}\n`),
  );
  expect(await read(draft, "git")).toBe(versions);
  repository.commit();
  expect(await read(draft, "git")).toEqual(versions);
  expect(await read(pathIn(repository, "b.md"), "git")).toEqual([]);
  expect(await read(draft, join(repository.folder, "no-git"))).toBeUndefined();
});

/** A program that notes its commands in `log`, and runs git once `go` exists. */
function slowGit(): { readonly program: string; commands(): string[]; go(): void } {
  const folder = scratchFolder();
  const [program, log, go] = ["git", "log", "go"].map((name) => join(folder, name));
  if (program === undefined || log === undefined || go === undefined) throw new Error("No names.");
  const script = `#!/bin/sh
for one; do case $one in rev-parse|log|cat-file) echo "$one" >> '${log}';; esac; done
while [ -d '${folder}' ] && [ ! -e '${go}' ]; do sleep 0.02; done
exec git "$@"
`;
  writeFileSync(program, script, { mode: 0o755 });
  return {
    program,
    commands: () => (existsSync(log) ? readFileSync(log, "utf8").trim().split("\n") : []),
    go: () => {
      writeFileSync(go, "");
    },
  };
}

test("the versions of two drafts are both kept", async () => {
  const read = versionsReader({ env: GIT_ENV, clock: timers });
  const repository = newRepository({ "a.md": "one\n", "b.md": "two\n" });
  const both = (): ReturnType<typeof read>[] =>
    ["a.md", "b.md", "none.md"].map((name) => read(pathIn(repository, name), "git"));
  const first = await Promise.all(both());
  for (const [index, versions] of (await Promise.all(both())).entries())
    expect(versions).toBe(first[index]);
});

test.skipIf(process.platform === "win32")(
  "a git that hangs has one process for all that ask, and its late answer is kept",
  async () => {
    const read = versionsReader({ env: GIT_ENV, clock: timers });
    const repository = newRepository({ "a.md": "one\n", "b.md": "two\n" });
    const git = slowGit();
    const ask = (name: string): ReturnType<typeof read> =>
      read(pathIn(repository, name), git.program);
    const late = ["a.md", "b.md", "a.md", "b.md", "a.md"].map(ask);
    await expect.poll(() => git.commands()).toEqual(["rev-parse"]);
    late.push(...["b.md", "a.md", "b.md"].map(ask));
    // Those before have asked once this one, with another git, is answered.
    expect(await read(pathIn(repository, "a.md"), "git")).toHaveLength(1);
    expect(git.commands()).toEqual(["rev-parse"]);
    git.go();
    const [a, b] = await Promise.all(late);
    expect(git.commands().sort()).toEqual([
      ...["cat-file", "cat-file"],
      ...["log", "log", "rev-parse"],
    ]);
    expect(await ask("a.md")).toBe(a);
    expect(await ask("b.md")).toBe(b);
    expect(git.commands().filter((one) => one !== "rev-parse")).toHaveLength(4);
  },
);
