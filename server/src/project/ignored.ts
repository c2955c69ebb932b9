import ignore, { type Ignore } from "ignore";
import { memoizeOn } from "../draft/incremental/memoize.ts";
import { dirname, plainPath } from "../text/path.ts";

/** The names of git's ignore files, relative to their folder. */
export const IGNORE_NAME = ".gitignore";
export const EXCLUDE_NAME = ".git/info/exclude";
export const IGNORE_NAMES = [EXCLUDE_NAME, IGNORE_NAME] as const;

/** The ignore files of one folder, parsed when their text last changed. */
export interface IgnoreFile {
  /** From both files: the last line that matches a path decides, and .gitignore overrules the other. */
  readonly text: string;
  readonly rules: Ignore;
}

/** Ignore files by the paths (`toPath`) of their folders. */
export type IgnoreFiles = ReadonlyMap<string, IgnoreFile>;

/** Parses the text of a folder's ignore files; returns `previous` if it is unchanged. */
export function ignoreFile(text: string, previous?: IgnoreFile): IgnoreFile {
  return previous?.text === text ? previous : { text, rules: ignoreRules(text).rules };
}

/**
 * Whether git ignores a path. The nearest file with a line that matches the path decides; ignored folders above the
 * path are not considered. `top` is the folder being walked. If it is ignored itself, it was included explicitly, and
 * no file above it applies.
 */
export function isIgnored(
  files: IgnoreFiles,
  top: string,
  path: string,
  isFolder: boolean,
): boolean {
  return files.size > 0 && isIgnoredWithin(files, outermostFolder(files, top), path, isFolder);
}

function isIgnoredWithin(
  files: IgnoreFiles,
  outer: string,
  path: string,
  isFolder: boolean,
): boolean {
  for (let folder = dirname(path); folder.length >= outer.length; folder = dirname(folder)) {
    const relative = plainPath(path.slice(folder.length + 1)) + (isFolder ? "/" : "");
    const { ignored = false, unignored = false } = files.get(folder)?.rules.test(relative) ?? {};
    if (ignored || unignored) return ignored;
    if (dirname(folder) === folder) return false;
  }
  return false;
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
    if (isIgnoredWithin(files, outer, folder, true)) outer = folder;
  }
  known.set(top, outer);
  return outer;
}

// A memo, because it is needed for every path.
const outermostsIn = memoizeOn<IgnoreFiles>()(() => new Map<string, string>());

/** The rules of an ignore file, and the lines, counted from 0, that were skipped because they are too complex. */
export interface IgnoreRules {
  readonly rules: Ignore;
  readonly skippedLines: readonly number[];
}

/** The longest line, in UTF-16 units; no path is longer. */
const MAX_LENGTH = 1000;

/** The most stars in one segment of a pattern. */
const MAX_STARS = 5;

/** The most `**` segments. Three take minutes for a deep path. */
const MAX_DEPTHS = 2;

/** The most lines, because every path is matched with each. */
const MAX_LINES = 10_000;

/**
 * Parses the text of a `.gitignore`. The library makes a regular expression of each line, which backtracks over its
 * stars, so lines with too many stars are skipped.
 */
export function ignoreRules(text: string): IgnoreRules {
  const skippedLines: number[] = [];
  const rules = ignore({ allowRelativePaths: true });
  const lines: string[] = [];
  text.split(/\r?\n/).forEach((line, index) => {
    if (line.trim() === "" || line.startsWith("#")) return;
    if (lines.length < MAX_LINES && isSimple(line)) lines.push(line);
    else skippedLines.push(index);
  });
  rules.add(lines);
  return { rules, skippedLines };
}

function isSimple(line: string): boolean {
  if (line.length > MAX_LENGTH) return false;
  const parts = line.split("/");
  if (parts.filter((part) => part === "**").length > MAX_DEPTHS) return false;
  return parts.every((part) => (part.match(/\*+/g)?.length ?? 0) <= MAX_STARS);
}
