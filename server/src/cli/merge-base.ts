import type { Git, GitFailure } from "../host/node/git.ts";
import { nodeFiles } from "../host/node/files.ts";
import { repositoryRoot } from "../project/repository.ts";
import { toReference } from "./compared-ref.ts";
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
  env: Readonly<Record<string, string | undefined>>,
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
  return new NothingToCompare(failureText(failure));
}

function failureText(failure: GitFailure): string {
  switch (failure.kind) {
    case "not installed":
      return "It needs git, which is not installed here.";
    case "too slow":
      return "Git did not answer in time.";
    case "too large":
      return "Git’s answer is too large: the repository has too many files.";
    case "refused":
      return `Git refuses: ${failure.message || `it ended with ${failure.code}.`}`;
  }
}
