import path from "node:path";
import { describe, expect, test } from "vitest";
import {
  DEFAULT_REF,
  gitRootOf,
  mergeBaseWith,
  problemOf,
} from "../../server/src/cli/merge-base.ts";
import { realPath } from "../../server/src/cli/paths.ts";
import type { Git, GitAnswer, GitFailure } from "../../server/src/host/node/git.ts";
import { newFolder } from "../support/folder.ts";

const HEAD = "a".repeat(40);
const BRANCH = "b".repeat(40);
const BASE = "c".repeat(40);

const bytes = (text: string): GitAnswer => ({ bytes: new TextEncoder().encode(`${text}\n`) });
const refused = (code: number, message = ""): GitAnswer => ({
  failure: { kind: "refused", code, message },
});

/** A git that knows these names of commits, and what it was asked. */
function gitWith(
  names: Readonly<Record<string, string | GitAnswer>>,
  mergeBase: GitAnswer = bytes(BASE),
): Git & { readonly asked: string[] } {
  const asked: string[] = [];
  return {
    asked,
    run: (_folder, args) => {
      if (args[0] === "merge-base") return Promise.resolve(mergeBase);
      const name = (args.at(-1) ?? "").replace("^{commit}", "");
      asked.push(name);
      const known = names[name] ?? refused(1);
      return Promise.resolve(typeof known === "string" ? bytes(known) : known);
    },
  };
}

describe("the merge base with a reference", () => {
  test("by its name, or as the remote calls it", async () => {
    const expected = { root: "/r", commit: BASE, name: "main" };
    const own = gitWith({ HEAD, main: BRANCH });
    expect(await mergeBaseWith(own, "/r", "main", {})).toEqual(expected);
    const remote = gitWith({ HEAD, "refs/remotes/origin/main": BRANCH });
    expect(await mergeBaseWith(remote, "/r", "main", {})).toEqual(expected);
    expect(remote.asked).toEqual(["HEAD", "main", "refs/remotes/origin/main"]);
  });

  test("that is not named: what the environment says, else the upstream", async () => {
    const git = gitWith({
      HEAD,
      "refs/remotes/origin/dev": BRANCH,
      [BRANCH]: BRANCH,
      "@{upstream}": BRANCH,
    });
    const nameIn = async (env: Readonly<Record<string, string>>): Promise<unknown> => {
      const base = await mergeBaseWith(git, "/r", DEFAULT_REF, env);
      return "name" in base ? base.name : base;
    };
    expect(await nameIn({ GITHUB_BASE_REF: "dev" })).toBe("dev");
    expect(await nameIn({ CI_MERGE_REQUEST_DIFF_BASE_SHA: BRANCH })).toBe(BRANCH);
    expect(await nameIn({ GITHUB_BASE_REF: "" })).toBe("its upstream");
  });

  test.each<[string, Git, string, RegExp]>([
    ["no commit yet", gitWith({}), "main", /no commit yet/],
    ["no such name", gitWith({ HEAD }), "main", /There is no “main” in this clone/],
    ["no upstream", gitWith({ HEAD }), DEFAULT_REF, /has no upstream/],
    [
      "no common commit",
      gitWith({ HEAD, main: BRANCH }, refused(1)),
      "main",
      /where this branch left “main” is not/,
    ],
    [
      "git fails",
      gitWith({ HEAD, main: BRANCH }, refused(128, "broken")),
      "main",
      /^Git refuses: broken$/,
    ],
    [
      "a repository that git doubts",
      gitWith({ HEAD: refused(128, "dubious ownership") }),
      "main",
      /dubious ownership/,
    ],
    ["what git says is no id", gitWith({ HEAD: "none" }), "main", /no commit yet/],
  ])("%s", async (_what, git, ref, expected) => {
    const base = await mergeBaseWith(git, "/r", ref, {});
    expect("problem" in base ? base.problem : base).toMatch(expected);
  });

  test("a name that git would take for something else is not handed to it", async () => {
    for (const ref of ["--upload-pack=x", "^main", "a..b", "a\nb", "a\u0000b"]) {
      const git = gitWith({ HEAD });
      const base = await mergeBaseWith(git, "/r", ref, {});
      expect(base).toHaveProperty("problem");
      expect(git.asked.filter((name) => name === ref)).toEqual([]);
    }
  });
});

test("each failure of git's is a sentence", () => {
  const failures: GitFailure[] = [
    { kind: "not installed" },
    { kind: "too slow" },
    { kind: "too large" },
    { kind: "refused", code: 3, message: "" },
  ];
  const told = failures.map((failure) => problemOf(failure).problem);
  expect(new Set(told).size).toBe(failures.length);
  expect(told.at(-1)).toBe("Git refuses: it ended with 3.");
});

test("the root of a repository is that of the file's real place; it may be a file, too", () => {
  const folder = newFolder({
    "a/.git/HEAD": "x",
    "a/b/c.md": "c",
    "d/.git": "gitdir: x",
    "d/e.md": "e",
  });
  try {
    folder.link("to-b", "a/b");
    const rootOf = (name: string): string | undefined => {
      const root = gitRootOf(path.join(folder.path, name));
      return root === undefined ? undefined : path.relative(folder.path, root);
    };
    expect(rootOf("a/b/c.md")).toBe("a");
    expect(rootOf("a")).toBe("a");
    expect(rootOf("to-b/c.md")).toBe("a");
    expect(rootOf("d/e.md")).toBe("d");
    expect(realPath(path.join(folder.path, "none"))).toBe(path.join(folder.path, "none"));
  } finally {
    folder.dispose();
  }
});
