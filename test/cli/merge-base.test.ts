import path from "node:path";
import { expect, test } from "vitest";
import { mergeBases } from "../../server/src/cli/changed.ts";
import { failed, mergeBaseWith, NothingToCompare } from "../../server/src/cli/merge-base.ts";
import type { Git, GitFailure } from "../../server/src/host/node/git.ts";
import { newFolder } from "../support/for-one-test.ts";

const HEAD = "a".repeat(40);

test("git's output is not taken for a commit unless it is an id", async () => {
  const git: Git = { run: () => Promise.resolve({ bytes: Buffer.from("none\n") }) };
  await expect(mergeBaseWith(git, "/r", "main", {})).rejects.toThrow(/no commit yet/);
});

test("each failure of git becomes a sentence", () => {
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

test("each repository of the paths is asked once; a path outside all is a problem", async () => {
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
