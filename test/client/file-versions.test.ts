import { expect, test } from "vitest";
import {
  fileVersions,
  type GitChange,
  type GitCommit,
  type GitRepository,
} from "../../client/src/file-versions.ts";

interface Commit {
  readonly hash: string;
  /** The texts that it changed, by path; null if it deleted the file. */
  readonly files: Readonly<Record<string, string | null>>;
  readonly renamed?: Readonly<Record<string, string>>;
}

/** A repository as VS Code's git extension shows it, the newest commit first. Every call is counted. */
function repository(commits: readonly Commit[]): GitRepository & { calls: string[] } {
  const calls: string[] = [];
  const parentOf = (hash: string): string[] => {
    const parent = commits[commits.findIndex((one) => one.hash === hash) + 1];
    return parent === undefined ? [] : [parent.hash];
  };
  return {
    calls,
    state: { HEAD: { commit: commits[0]?.hash ?? "" } },
    log: ({ maxEntries, path }) => {
      calls.push(`log ${path}`);
      const touching = commits.filter(({ files }) => path in files).slice(0, maxEntries);
      return Promise.resolve(
        touching.map(({ hash }, at): GitCommit => {
          const commitDate = at === 0 ? new Date("2026-05-03T10:00:00Z") : undefined;
          return { hash, parents: parentOf(hash), commitDate };
        }),
      );
    },
    show: (ref, path) => {
      calls.push(`show ${ref} ${path}`);
      const text = commits.find(({ hash }) => hash === ref)?.files[path];
      return typeof text === "string" ? Promise.resolve(text) : Promise.reject(new Error("none"));
    },
    diffBetween: (_, after) => {
      calls.push(`diff ${after}`);
      const renamed = commits.find(({ hash }) => hash === after)?.renamed ?? {};
      return Promise.resolve(
        Object.entries(renamed).map(([from, to]): GitChange => ({
          originalUri: { fsPath: from },
          renameUri: { fsPath: to },
        })),
      );
    },
  };
}

async function all(git: GitRepository, path: string): Promise<(string | undefined)[]> {
  const versions = fileVersions(git, path);
  const texts: (string | undefined)[] = [];
  for (let index = 0; index < 40; index++) {
    const version = await versions.at(index);
    if (version === undefined) break;
    texts.push(version.text);
  }
  return texts;
}

test("versions come one at a time, through renames, under the file's name at the time", async () => {
  const git = repository([
    { hash: "c4", files: { "/new.md": "4" } },
    { hash: "c3", files: { "/new.md": "3", "/old.md": null }, renamed: { "/old.md": "/new.md" } },
    { hash: "c2", files: { "/other.md": "x" } },
    { hash: "c1", files: { "/old.md": "1" } },
  ]);
  const versions = fileVersions(git, "/new.md");
  expect(await versions.at(0)).toEqual({ name: "2026-05-03", text: "4" });
  // The next version is read ahead, and the file's earlier name.
  await expect
    .poll(() => [...git.calls].sort())
    .toEqual([
      "diff c3",
      "log /new.md",
      "log /old.md",
      "show c1 /old.md",
      "show c3 /new.md",
      "show c4 /new.md",
    ]);
  expect(await versions.at(1)).toEqual({ name: "c3", text: "3" });
  expect(await all(git, "/new.md")).toEqual(["4", "3", "1"]);
});

test("versions that can't be read or are too long are left out, and at most ten commits are considered", async () => {
  const commits = Array.from({ length: 30 }, (_, at) => ({
    hash: `c${at}`,
    files: { "/a.md": at === 1 ? null : at === 2 ? "x".repeat(1_000_001) : String(at) },
  }));
  const git = repository(commits);
  expect(await all(git, "/a.md")).toEqual(["0", "3", "4", "5", "6", "7", "8", "9"]);
  expect(git.calls.filter((call) => call.startsWith("show"))).toHaveLength(10);
  expect(git.calls.filter((call) => call.startsWith("log"))).toHaveLength(1);
});

test("files whose renames form a circle end", async () => {
  const git = repository([
    { hash: "c2", files: { "/a.md": "2", "/b.md": null }, renamed: { "/b.md": "/a.md" } },
    { hash: "c1", files: { "/b.md": "1", "/a.md": null }, renamed: { "/a.md": "/b.md" } },
  ]);
  expect(await all(git, "/a.md")).toEqual(["2"]);
  expect(await all(repository([]), "/a.md")).toEqual([]);
});

test("a failing log rejects, and without renames only the recent versions are found", async () => {
  const git = repository([
    { hash: "c2", files: { "/a.md": "2" } },
    { hash: "c1", files: {} },
  ]);
  const fails = () => Promise.reject(new Error("locked"));
  await expect(fileVersions({ ...git, log: fails }, "/a.md").at(0)).rejects.toThrow("locked");
  expect(await all({ ...git, diffBetween: fails }, "/a.md")).toEqual(["2"]);
});

test("overlapping requests read each version once", async () => {
  const git = repository([
    { hash: "c2", files: { "/a.md": "2" } },
    { hash: "c1", files: { "/a.md": "1" } },
  ]);
  const versions = fileVersions(git, "/a.md");
  const texts = await Promise.all([1, 0, 1, 5].map((index) => versions.at(index)));
  expect(texts.map((version) => version?.text)).toEqual(["1", "2", "1", undefined]);
  expect(git.calls.filter((call) => call.startsWith("show"))).toEqual([
    "show c2 /a.md",
    "show c1 /a.md",
  ]);
  expect(git.calls.filter((call) => call.startsWith("log"))).toHaveLength(1);
});

test("a file that is in no commit is distinguished from one that can't be read", async () => {
  const git = repository([{ hash: "a", files: { "/gone.md": null, "/b.md": "b" } }]);
  const asked = ["/b.md", "/gone.md", "/new.md"].map((path) =>
    fileVersions(git, path).isCommitted(),
  );
  expect(await Promise.all(asked)).toEqual([true, true, false]);
});
