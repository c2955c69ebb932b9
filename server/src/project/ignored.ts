import type { Ignore } from "ignore";
import { memoizeOn } from "../draft/incremental/memoize.ts";
import { ignoreRules } from "./ignore-rules.ts";
import { dirname, plainPath } from "./places.ts";

/** The names of git's ignore files, from their folder. */
export const IGNORE_NAME = ".gitignore";
export const EXCLUDE_NAME = ".git/info/exclude";
export const IGNORE_NAMES = [EXCLUDE_NAME, IGNORE_NAME] as const;

export type IgnoreName = (typeof IGNORE_NAMES)[number];

export type IgnoreTexts = Readonly<Partial<Record<IgnoreName, string>>>;

/** The ignore files of one folder, parsed when their texts last changed. */
export interface IgnoreFile {
  readonly texts: IgnoreTexts;
  readonly rules: Ignore;
}

/** Ignore files by the paths (`toPath`) of their folders. */
export type IgnoreFiles = ReadonlyMap<string, IgnoreFile>;

/** Parses a folder's ignore files; returns `previous` if its texts are the same. */
export function ignoreFile(texts: IgnoreTexts, previous?: IgnoreFile): IgnoreFile {
  const same =
    previous?.texts[IGNORE_NAME] === texts[IGNORE_NAME] &&
    previous?.texts[EXCLUDE_NAME] === texts[EXCLUDE_NAME];
  if (previous !== undefined && same) return previous;
  // The last line that matches a path decides, and .gitignore overrules the other file.
  const all = [texts[EXCLUDE_NAME], texts[IGNORE_NAME]].filter((text) => text !== undefined);
  return { texts, rules: ignoreRules(all.join("\n")).rules };
}

/**
 * The ignore file by which git ignores a path; undefined where git does not. The nearest file with a line that
 * matches the path decides; ignored folders above the path are not considered. `top` is the folder that is
 * walked: where it is ignored itself, it was included explicitly, and no file above it applies.
 */
export function ignoredBy(
  files: IgnoreFiles,
  top: string | undefined,
  path: string,
  isFolder: boolean,
): IgnoreName | undefined {
  if (files.size === 0) return undefined;
  return decidingName(files, top === undefined ? "" : outermostFolder(files, top), path, isFolder);
}

function decidingName(
  files: IgnoreFiles,
  outer: string,
  path: string,
  isFolder: boolean,
): IgnoreName | undefined {
  for (let folder = dirname(path); folder.length >= outer.length; folder = dirname(folder)) {
    const file = files.get(folder);
    if (file !== undefined) {
      const relative = plainPath(path.slice(folder.length + 1)) + (isFolder ? "/" : "");
      const { ignored, unignored } = file.rules.test(relative);
      if (ignored) return nameIn(file, relative);
      if (unignored) return undefined;
    }
    if (dirname(folder) === folder) return undefined;
  }
  return undefined;
}

/** Which of a folder's two files ignores a path, given that one does. */
function nameIn({ texts }: IgnoreFile, relative: string): IgnoreName {
  const { [IGNORE_NAME]: ignore, [EXCLUDE_NAME]: exclude } = texts;
  if (exclude === undefined) return IGNORE_NAME;
  if (ignore === undefined) return EXCLUDE_NAME;
  return ignoreRules(ignore).rules.test(relative).ignored ? IGNORE_NAME : EXCLUDE_NAME;
}

/** The outermost folder whose ignore files apply in `top`. */
function outermostFolder(files: IgnoreFiles, top: string): string {
  const known = outermostsIn(files);
  const cached = known.get(top);
  if (cached !== undefined) return cached;
  const inward: string[] = [];
  for (let folder = top; folder !== ""; folder = dirname(folder)) inward.unshift(folder);
  let outer = "";
  for (const folder of inward) {
    if (decidingName(files, outer, folder, true) !== undefined) outer = folder;
  }
  known.set(top, outer);
  return outer;
}

// A memo, because it is needed for every path.
const outermostsIn = memoizeOn<IgnoreFiles>()(() => new Map<string, string>());
