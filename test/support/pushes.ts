import { existsSync, writeFileSync } from "node:fs";
import path from "node:path";
import { newRepository, repositoryIn, scratchFolder } from "./repository.ts";

/** The commit id before a push that creates a branch. */
export const NOTHING_BEFORE = "0".repeat(40);

/** A repository after pushes. */
export interface Pushed {
  /** The ids of its commits, by the names of the drafts that they added. */
  readonly commits: Readonly<Record<"a" | "b" | "c" | "d" | "e" | "gone", string>>;
  /** A clone as CI makes it: `branch` is checked out, with its last `depth` commits; by default all. */
  cloned(branch: string, depth?: number): string;
}

/**
 * Makes in `folder` a repository with the commits a, b and c on “main”, and on “work”, from b, the commits d and e.
 * “gone” was on each before a forced push, so it is in no clone. Every commit adds a draft with these words. Clones are
 * made once, for tests that only read.
 */
export function pushed(words: string, folder: string): Pushed {
  const origin = newRepository({}, path.join(folder, "origin"));
  const commit = (name: string): string => {
    origin.write(`${name}.md`, `Draft ${name}.\n\n${words}`);
    return origin.commit();
  };
  const [a, b] = [commit("a"), commit("b")];
  origin.git("checkout", "--quiet", "-b", "old");
  const gone = commit("gone");
  origin.git("checkout", "--quiet", "-b", "work", b);
  origin.git("branch", "-D", "old");
  const [d, e] = [commit("d"), commit("e")];
  origin.git("checkout", "--quiet", "main");
  const c = commit("c");
  return {
    commits: { a, b, c, d, e, gone },
    cloned: (branch, depth) => {
      const clone = path.join(folder, `${branch}-${depth ?? "all"}`);
      if (existsSync(clone)) return clone;
      const shallow = depth === undefined ? [] : [`--depth=${depth}`];
      const url = `file://${origin.folder}`;
      origin.git("clone", "--quiet", ...shallow, `--branch=${branch}`, url, clone);
      const its = repositoryIn(clone);
      its.git("checkout", "--quiet", "--detach");
      its.git("branch", "--delete", "--force", branch);
      return clone;
    },
  };
}

/** The variables of a GitHub Actions job for a push, with the file that they name. */
export function githubPush(
  branch: string,
  before: string,
  forced = false,
): Readonly<Record<string, string>> {
  const ref = `refs/heads/${branch}`;
  return eventFile(JSON.stringify({ ref, before, forced, repository: { default_branch: "main" } }));
}

/** The variables that name an event’s file with this text. */
export function eventFile(text: string): Readonly<Record<string, string>> {
  const file = path.join(scratchFolder(), "event.json");
  writeFileSync(file, text);
  return { GITHUB_EVENT_PATH: file };
}

/** The variables of a GitLab job for a push. */
export function gitlabPush(branch: string, before: string): Readonly<Record<string, string>> {
  return { CI_COMMIT_BRANCH: branch, CI_COMMIT_BEFORE_SHA: before, CI_DEFAULT_BRANCH: "main" };
}
