import path from "node:path";
import { expect, test } from "vitest";
import { mergeBasesOf } from "../../server/src/cli/changed.ts";
import type { Git } from "../../server/src/host/node/git.ts";
import { newFolder } from "../support/folder.ts";

const ID = "a".repeat(40);

test("each repository that the paths are in is asked once; a path in none is a problem", async () => {
  const folder = newFolder({
    "a/.git/HEAD": "x",
    "a/b/c.md": "",
    "d/.git/HEAD": "x",
    "e/f.md": "",
  });
  const asked: string[] = [];
  const git: Git = {
    run: (root, args) => {
      if (args[0] === "merge-base") asked.push(path.basename(root));
      return Promise.resolve({ bytes: Buffer.from(`${ID}\n`) });
    },
  };
  const bases = (...paths: string[]) => mergeBasesOf(git, folder.path, paths, "main", {});
  try {
    expect(await bases("a", "a/b", "a/b/c.md", "d")).toEqual(
      ["a", "d"].map((name) => ({ root: path.join(folder.path, name), commit: ID, name: "main" })),
    );
    expect(asked).toEqual(["a", "d"]);
    expect(await bases("a", "e")).toEqual({
      problem: "It compares with a version in git, and e is in no repository.",
    });
    expect(await bases()).toEqual([]);
    const failing: Git = { run: () => Promise.resolve({ failure: { kind: "not installed" } }) };
    expect(await mergeBasesOf(failing, folder.path, ["a"], "main", {})).toHaveProperty("problem");
  } finally {
    folder.dispose();
  }
});
