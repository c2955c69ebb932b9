import path from "node:path";
import { describe, expect, test } from "vitest";
import { mergeBases } from "../../server/src/cli/changed.ts";
import {
  failed,
  findGitRoot,
  mergeBaseWith,
  NothingToCompare,
} from "../../server/src/cli/merge-base.ts";
import { realPath } from "../../server/src/cli/paths.ts";
import type { Git, GitAnswer, GitFailure } from "../../server/src/host/node/git.ts";
import { newFolder } from "../support/for-one-test.ts";

const HEAD = "a".repeat(40);

const bytes = (text: string): GitAnswer => ({ bytes: new TextEncoder().encode(`${text}\n`) });
const refused = (message: string, code = 128): GitAnswer => ({
  failure: { kind: "refused", code, message },
});

/** A git that says this of the present commit. */
function gitWith(head: GitAnswer): Git {
  return { run: () => Promise.resolve(head) };
}

describe("the merge base with a reference", () => {
  test.each<[string, Git, RegExp]>([
    ["a repository that git doubts", gitWith(refused("dubious ownership")), /dubious/],
    ["what git says is no id", gitWith(bytes("none")), /no commit yet/],
  ])("%s", async (_what, git, expected) => {
    await expect(mergeBaseWith(git, "/r", "main", {})).rejects.toThrow(expected);
  });
});

test("each failure of git's is a sentence", () => {
  const failures: GitFailure[] = [
    { kind: "not installed" },
    { kind: "too slow" },
    { kind: "too large" },
    { kind: "refused", code: 3, message: "" },
  ];
  const told = failures.map((failure) => failed(failure).message);
  expect(new Set(told).size).toBe(failures.length);
  expect(told.at(-1)).toBe("Git refuses: it ended with 3.");
});

test("the root of a repository is that of the file's real place; it may be a file, too", async () => {
  const folder = newFolder({
    "a/.git/HEAD": "x",
    "a/b/c.md": "c",
    "d/.git": "gitdir: x",
    "d/e.md": "e",
  });
  folder.link("to-b", "a/b");
  const rootOf = async (name: string): Promise<string | undefined> => {
    const root = await findGitRoot(path.join(folder.path, name));
    return root === undefined ? undefined : path.relative(folder.path, root);
  };
  expect(await rootOf("a/b/c.md")).toBe("a");
  expect(await rootOf("a")).toBe("a");
  expect(await rootOf("to-b/c.md")).toBe("a");
  expect(await rootOf("d/e.md")).toBe("d");
  expect(realPath(path.join(folder.path, "none"))).toBe(path.join(folder.path, "none"));
});

test("each repository that the paths are in is asked once; a path in none is a problem", async () => {
  const folder = newFolder({
    "a/.git/HEAD": "x",
    "a/b/c.md": "",
    "d/.git": "gitdir: x",
    "e/f.md": "",
  });
  const asked: string[] = [];
  const git: Git = {
    run: (root, args) => {
      if (args[0] === "merge-base") asked.push(path.basename(root));
      return Promise.resolve({ bytes: Buffer.from(`${HEAD}\n`) });
    },
  };
  const bases = (...paths: string[]) => mergeBases(git, folder.path, paths, "main", {});
  expect(await bases("a", "a/b", "a/b/c.md", "d")).toEqual(
    ["a", "d"].map((name) => ({
      root: path.join(folder.path, name),
      commit: HEAD,
      name: "main",
    })),
  );
  expect(asked).toEqual(["a", "d"]);
  await expect(bases("a", "e")).rejects.toThrow(
    "It compares with a version in git, and e is in no repository.",
  );
  expect(await bases()).toEqual([]);
  const failing: Git = { run: () => Promise.resolve({ failure: { kind: "not installed" } }) };
  const asking = mergeBases(failing, folder.path, ["a"], "main", {});
  await expect(asking).rejects.toBeInstanceOf(NothingToCompare);
});
