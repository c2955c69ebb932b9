import { parse } from "jsonc-parser";
import { nodeFiles } from "../host/node/files.ts";
import type { Git, GitFailure } from "../host/node/git.ts";
import { readFileBounded } from "../host/node/read-file.ts";
import { repositoryRoot } from "../project/repository.ts";
import { decodeConfig } from "../settings/config/read.ts";
import { valueAt } from "../settings/json-schema.ts";
import { fileOfPath, pathOfFile, realPath } from "./paths.ts";

/** A repository, and the commit where the current branch began. */
export interface MergeBase {
  /** The repository's root: an absolute path without links. */
  readonly root: string;
  /** The id of the commit. */
  readonly commit: string;
  /** What the branch was compared with, in messages. */
  readonly name: string;
}

/** There is nothing for `--changed` to compare with. The message says what to do. */
export class NothingToCompare extends Error {}

/** The root of the repository that a file or folder is in, with all links resolved; undefined if it is in none. */
export async function findGitRoot(file: string): Promise<string | undefined> {
  const root = await repositoryRoot(nodeFiles, pathOfFile(realPath(file)));
  return root === undefined ? undefined : fileOfPath(root);
}

/**
 * The merge base of the current commit and a reference, for a repository given by its root.
 * @throws NothingToCompare if there is none.
 */
export async function mergeBaseWith(
  git: Git,
  root: string,
  ref: string,
  env: Env,
): Promise<MergeBase> {
  const head = await findCommit(git, root, "HEAD");
  if (head === undefined) throw new NothingToCompare("There is no commit yet to compare with.");
  const { name, candidates, problem, advice } = toReference(ref, env);
  for (const candidate of candidates) {
    const commit = await findCommit(git, root, candidate);
    if (commit === undefined) continue;
    const answer = await git.run(root, ["merge-base", head, commit]);
    const base = "failure" in answer ? undefined : toId(answer.bytes);
    if (base !== undefined) return { root, commit: base, name };
    if ("failure" in answer && !refuses(answer.failure, 1)) throw failed(answer.failure);
    throw new NothingToCompare(
      `The commit where this branch left “${name}” is not in this clone. ${advice}`,
    );
  }
  throw new NothingToCompare(problem);
}

/** The id of a commit by a name; undefined if the name is not a commit's. */
async function findCommit(git: Git, root: string, name: string): Promise<string | undefined> {
  const answer = await git.run(root, ["rev-parse", "--verify", "--quiet", `${name}^{commit}`]);
  if (!("failure" in answer)) return toId(answer.bytes);
  // It ends with 1 if there is no such name, and with 128 and some words if the name is not a commit's.
  const { failure } = answer;
  if (refuses(failure, 1) || refuses(failure, 128, IN_DOUBT)) return undefined;
  throw failed(failure);
}

/** What git says about a repository as a whole. */
const IN_DOUBT =
  /dubious ownership|not a git repository|bare repository|config|unknown repository/i;

/** Whether git ended with a code, and without certain words. */
function refuses(failure: GitFailure, code: number, but?: RegExp): boolean {
  return failure.kind === "refused" && failure.code === code && but?.test(failure.message) !== true;
}

function toId(bytes: Uint8Array): string | undefined {
  const text = Buffer.from(bytes).toString("latin1").trim();
  return /^(?:[\da-f]{40}|[\da-f]{64})$/.test(text) ? text : undefined;
}

/** The error for a failure of git itself. */
export function failed(failure: GitFailure): NothingToCompare {
  if (failure.kind !== "refused") return new NothingToCompare(FAILURES[failure.kind]);
  return new NothingToCompare(
    `Git refuses: ${failure.message || `it ended with ${failure.code}.`}`,
  );
}

const FAILURES = {
  "not installed": "It needs git, which is not installed here.",
  "too slow": "Git did not answer in time.",
  "too large": "Git’s answer is too large: the repository has too many files.",
};

/** The value of `--changed` without a reference, for which it is worked out. */
export const DEFAULT_REF = " ";

/** What `--changed` compares with, if it is in the clone. */
interface Reference {
  /** Its name in messages. */
  readonly name: string;
  /** Names of the commit, of which the first one in the clone counts; none if nothing says what it is. */
  readonly candidates: readonly string[];
  /** The message if the clone has none of them. */
  readonly problem: string;
  /** What to do if the clone lacks the history of both. */
  readonly advice: string;
}

type Env = Readonly<Record<string, string | undefined>>;

/**
 * What a value of `--changed` means. Without a reference it is, for a pull request, the branch to merge into; for a
 * push to the default branch, the state before it; for any other push, the default branch, so that a second push hides
 * nothing of the first; outside CI, the upstream.
 */
export function toReference(ref: string, env: Env): Reference {
  // A branch that only the remote has can be named as it is named there.
  if (ref !== DEFAULT_REF) return reference(ref, [ref, `refs/remotes/origin/${ref}`], FETCH_ALL);
  const target = env["GITHUB_BASE_REF"] ?? "";
  if (target !== "") return branch(target);
  const targetCommit = env["CI_MERGE_REQUEST_DIFF_BASE_SHA"] ?? "";
  if (targetCommit !== "") return reference(targetCommit, [targetCommit], FETCH_ALL);
  const push = pushIn(env);
  if (push !== undefined) return beforePush(push);
  const problem =
    "Nothing says what to compare with: the branch has no upstream. Name it, as in --changed=origin/main.";
  return { name: "its upstream", candidates: ["@{upstream}"], problem, advice: FETCH_ALL };
}

/** What CI says about a push; empty if it says nothing. */
interface Push {
  /** The id of the previous commit; for a new branch it is all zeros. */
  readonly before: string;
  /** That commit is on no branch any more, so no clone has it. GitLab does not say. */
  readonly isForced: boolean;
  readonly branch: string;
  readonly defaultBranch: string;
}

function pushIn(env: Env): Push | undefined {
  const event = env["GITHUB_EVENT_PATH"] ?? "";
  if (event !== "") {
    const value = readJson(event);
    const ref = textAt(value, "ref") || (env["GITHUB_REF"] ?? "");
    return {
      before: textAt(value, "before"),
      isForced: valueAt(value, "forced") === true,
      branch: ref.replace(/^refs\/heads\//, ""),
      defaultBranch: textAt(value, "repository.default_branch"),
    };
  }
  const push = {
    before: env["CI_COMMIT_BEFORE_SHA"] ?? "",
    isForced: false,
    branch: env["CI_COMMIT_BRANCH"] ?? "",
    defaultBranch: env["CI_DEFAULT_BRANCH"] ?? "",
  };
  return push.before + push.defaultBranch === "" ? undefined : push;
}

function beforePush({ before, isForced, branch: pushed, defaultBranch }: Push): Reference {
  const isToDefault = pushed === defaultBranch || defaultBranch === "";
  if ((isToDefault || pushed === "") && !/^0*$/.test(before)) {
    const advice = `${FETCH_ALL} ${instead("HEAD~1")}`;
    return reference(before, [before], advice, isForced ? FORCED : advice);
  }
  if (!isToDefault) return branch(defaultBranch);
  const problem =
    "Nothing says what to compare with: CI names no commit that was there before. Name one, as in --changed=HEAD~1, or leave --changed out to hear of all.";
  return { name: "", candidates: [], problem, advice: "" };
}

function branch(name: string): Reference {
  const full = ["refs/remotes/origin/", "refs/heads/"].map((prefix) => prefix + name);
  return reference(name, full, `${FETCH_ALL} ${instead(`origin/${name}`)}`);
}

function instead(ref: string): string {
  return `Or name what to compare with, as in --changed=${ref}.`;
}

const FETCH_ALL =
  "Fetch it with its history: in GitHub Actions check out with fetch-depth: 0, in GitLab set GIT_DEPTH: 0, elsewhere run git fetch (--unshallow where the clone is shallow; after git remote set-branches origin '*' where it has one branch alone).";

const FORCED =
  "A forced push took it off its branch, so that it can’t be fetched. Name what to compare with, as in --changed=HEAD~1.";

/** `missing` says what to do if the clone has none of the candidates. */
function reference(
  name: string,
  candidates: readonly string[],
  advice: string,
  missing = advice,
): Reference {
  const problem = `There is no “${name}” in this clone: no branch, tag or commit here is called so. ${missing}`;
  return { name, candidates: candidates.filter(isReference), problem, advice };
}

/** A name that git takes for a commit, not for an option or an excluded commit. */
function isReference(ref: string): boolean {
  return !/^[-^]|[\0-\x1f\x7f]|\.\./.test(ref);
}

/** GitHub’s events have at most 25 MB. */
const MOST_EVENT_BYTES = 50_000_000;

/** The value of a JSON file; undefined if it is not JSON. */
function readJson(file: string): unknown {
  const read = readFileBounded(file, MOST_EVENT_BYTES);
  return "unread" in read ? undefined : parse(decodeConfig(read.bytes));
}

/** The text under a name (`valueAt`); empty if there is none. */
function textAt(value: unknown, name: string): string {
  const text = valueAt(value, name);
  return typeof text === "string" ? text : "";
}
