import { parse } from "jsonc-parser";
import { readFileBounded } from "../host/node/read-file.ts";
import { decodeConfig } from "../settings/config/read.ts";
import { valueAt } from "../settings/json-schema.ts";

/** The value of `--changed` without a reference, for which it is worked out. */
export const DEFAULT_REF = " ";

/** What `--changed` compares with, if it is in the clone. */
export interface Reference {
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
