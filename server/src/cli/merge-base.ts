import path from "node:path";
import type { Git, GitFailure } from "../host/node/git.ts";
import { statOf } from "../host/node/read-file.ts";
import { realPath } from "./paths.ts";

/** The value of `--changed` without a reference: what to compare with is then found out. */
export const DEFAULT_REF = " ";

/** A repository, and the commit in which the present branch began. */
export interface MergeBase {
  /** The repository's root: an absolute path without links. */
  readonly root: string;
  /** The id of the commit. */
  readonly commit: string;
  /** What the branch was compared with, in messages. */
  readonly name: string;
}

/** What could not be found out, as a message that says what to do. */
export interface NoBase {
  readonly problem: string;
}

/** The root of the repository that a file or folder is in, with all links resolved; undefined where it is in none. */
export function gitRootOf(file: string): string | undefined {
  let at = realPath(file);
  const stats = statOf(at);
  if (typeof stats === "string" || !stats.isDirectory()) at = path.dirname(at);
  for (;;) {
    if (typeof statOf(path.join(at, ".git")) !== "string") return at;
    const parent = path.dirname(at);
    if (parent === at) return undefined;
    at = parent;
  }
}

/** The merge base of the present commit and a reference, of a repository by its root. */
export async function mergeBaseWith(
  git: Git,
  root: string,
  ref: string,
  env: Readonly<Record<string, string | undefined>>,
): Promise<MergeBase | NoBase> {
  const head = await commitOf(git, root, "HEAD");
  if (typeof head !== "string") return head;
  if (head === UNKNOWN) return { problem: "There is no commit yet to compare with." };
  const { name, candidates } = ref === DEFAULT_REF ? defaultRef(env) : named(ref);
  for (const candidate of candidates) {
    const commit = await commitOf(git, root, candidate);
    if (typeof commit !== "string") return commit;
    if (commit === UNKNOWN) continue;
    const answer = await git.run(root, ["merge-base", head, commit]);
    const base = "failure" in answer ? undefined : idOf(answer.bytes);
    if (base !== undefined) return { root, commit: base, name: name ?? "its upstream" };
    if ("failure" in answer && !refuses(answer.failure, 1)) return problemOf(answer.failure);
    return {
      problem: `The commit where this branch left “${name ?? candidate}” is not in this clone. ${FETCH_ALL}`,
    };
  }
  if (name === undefined) {
    return {
      problem:
        "Nothing says what to compare with: the branch has no upstream. Name it, as in --changed=origin/main.",
    };
  }
  return {
    problem: `There is no “${name}” in this clone: no branch, tag or commit here is called so. ${FETCH_ALL}`,
  };
}

const FETCH_ALL =
  "Fetch it with its history: in GitHub Actions check out with fetch-depth: 0, in GitLab set GIT_DEPTH: 0, elsewhere run git fetch (--unshallow where the clone is shallow; after git remote set-branches origin '*' where it has one branch alone).";

interface Reference {
  /** Its name in messages; undefined where nothing names one. */
  readonly name: string | undefined;
  /** What is tried, in this order. */
  readonly candidates: readonly string[];
}

function defaultRef(env: Readonly<Record<string, string | undefined>>): Reference {
  const branch = env["GITHUB_BASE_REF"] ?? "";
  if (branch !== "") {
    const full = ["refs/remotes/origin/", "refs/heads/"].map((prefix) => prefix + branch);
    return { name: branch, candidates: full.filter(isReference) };
  }
  const commit = env["CI_MERGE_REQUEST_DIFF_BASE_SHA"] ?? "";
  if (commit !== "") return { name: commit, candidates: [commit].filter(isReference) };
  return { name: undefined, candidates: ["@{upstream}"] };
}

/** A branch that only the remote has can be called as it is called there. */
function named(ref: string): Reference {
  return { name: ref, candidates: [ref, `refs/remotes/origin/${ref}`].filter(isReference) };
}

/** A name that git takes for a commit, not for an option or the opposite of a commit. */
function isReference(ref: string): boolean {
  return !/^[-^]|[\0-\x1f\x7f]|\.\./.test(ref);
}

const UNKNOWN = "unknown";

/** The id of a commit by a name of it; `UNKNOWN` where the name stands for none. */
async function commitOf(git: Git, root: string, name: string): Promise<string | NoBase> {
  const answer = await git.run(root, ["rev-parse", "--verify", "--quiet", `${name}^{commit}`]);
  if (!("failure" in answer)) return idOf(answer.bytes) ?? UNKNOWN;
  // It ends with 1 where there is no such name, and with 128 and some words where the name is no commit.
  const { failure } = answer;
  const isOfName = refuses(failure, 1) || refuses(failure, 128, IN_DOUBT);
  return isOfName ? UNKNOWN : problemOf(failure);
}

/** What git says of a repository as a whole. */
const IN_DOUBT =
  /dubious ownership|not a git repository|bare repository|config|unknown repository/i;

/** Whether git ended with a code, and without certain words. */
function refuses(failure: GitFailure, code: number, but?: RegExp): boolean {
  return failure.kind === "refused" && failure.code === code && but?.test(failure.message) !== true;
}

function idOf(bytes: Uint8Array): string | undefined {
  const text = Buffer.from(bytes).toString("latin1").trim();
  return /^(?:[\da-f]{40}|[\da-f]{64})$/.test(text) ? text : undefined;
}

/** The message for a failure of git itself. */
export function problemOf(failure: GitFailure): NoBase {
  switch (failure.kind) {
    case "not installed":
      return { problem: "It needs git, which is not installed here." };
    case "too slow":
      return { problem: "Git did not answer in time." };
    case "too large":
      return { problem: "Git’s answer is too large: the repository has too many files." };
    case "refused":
      return { problem: `Git refuses: ${failure.message || `it ended with ${failure.code}.`}` };
  }
}
