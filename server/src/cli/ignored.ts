import { existsSync } from "node:fs";
import path from "node:path";
import type { Ignore } from "ignore";
import { ignoreRules } from "../project/ignore-rules.ts";
import { MOST_BYTES } from "../project/most-bytes.ts";
import { isAbsent, readFileBounded, whyUnread } from "../host/node/read-file.ts";

/** Called with an ignore file that can't be obeyed, or not all of it, and why. */
export type UnreadIgnore = (file: string, message: string) => void;

/** What one folder's ignore files say of the paths below it, and what the folders above it say. */
export interface IgnoreChain {
  readonly folder: string;
  readonly rules: Ignore | undefined;
  readonly above: IgnoreChain | undefined;
}

/**
 * The ignore files that hold in `folder`, from `root` down. Where `folder` itself is ignored, it was
 * asked for all the same, and nothing above it counts.
 */
export function ignoreChain(root: string, folder: string, unread: UnreadIgnore): IgnoreChain {
  const steps = path
    .relative(root, folder)
    .split(path.sep)
    .filter((step) => step !== "");
  let chain = chainFor(root, undefined, unread);
  let at = root;
  for (const step of steps) {
    at = path.join(at, step);
    chain = chainFor(at, isIgnored(chain, at, true) ? undefined : chain, unread);
  }
  return chain;
}

/** The chain of a folder below another's. */
export function chainFor(
  folder: string,
  above: IgnoreChain | undefined,
  unread: UnreadIgnore,
): IgnoreChain {
  const texts = [".git/info/exclude", ".gitignore"]
    .filter((name) => name === ".gitignore" || above === undefined)
    .map((name) => readText(path.join(folder, name), unread))
    .filter((text) => text !== undefined);
  if (texts.length === 0 && above !== undefined) return { folder, rules: undefined, above };
  return { folder, rules: ignoreRules(texts.join("\n")).rules, above };
}

/** Whether git would leave the path alone; the file nearest to it that speaks of it decides. */
export function isIgnored(chain: IgnoreChain, target: string, isFolder: boolean): boolean {
  for (let at: IgnoreChain | undefined = chain; at !== undefined; at = at.above) {
    if (at.rules === undefined) continue;
    const relative = path.relative(at.folder, target).replaceAll(path.sep, "/");
    if (relative === "" || relative.startsWith("..")) continue;
    const { ignored, unignored } = at.rules.test(isFolder ? `${relative}/` : relative);
    if (ignored) return true;
    if (unignored) return false;
  }
  return false;
}

/** The root of the repository that holds a folder. */
export function repositoryRoot(folder: string): string | undefined {
  for (let at = folder; ; at = path.dirname(at)) {
    if (existsSync(path.join(at, ".git"))) return at;
    if (path.dirname(at) === at) return undefined;
  }
}

function readText(file: string, unread: UnreadIgnore): string | undefined {
  const read = readFileBounded(file, MOST_BYTES.ignore);
  if ("unread" in read) {
    if (isAbsent(file, read.unread)) return undefined;
    unread(file, `${whyUnread(read.unread, MOST_BYTES.ignore)} Nothing is left out by it.`);
    return undefined;
  }
  const text = new TextDecoder().decode(read.bytes);
  const [first] = ignoreRules(text).passedOver;
  if (first !== undefined) {
    unread(
      file,
      `${first + 1}:1: This pattern is too long or has too many stars. It leaves nothing out.`,
    );
  }
  return text;
}
