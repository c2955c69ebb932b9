import type { Ignore } from "ignore";
import { ignoreRules } from "./ignore-rules.ts";
import { parentOf, plainPath } from "./places.ts";

/** The names of git's ignore files, from their folder. */
export const IGNORE_NAME = ".gitignore";
export const EXCLUDE_NAME = ".git/info/exclude";
export const IGNORE_NAMES = [EXCLUDE_NAME, IGNORE_NAME] as const;

export type IgnoreName = (typeof IGNORE_NAMES)[number];

/** The texts of a folder's ignore files. */
export type IgnoreTexts = Readonly<Partial<Record<IgnoreName, string>>>;

/** The ignore files of one folder as they were read when their texts last changed. */
export interface IgnoreFile {
  readonly texts: IgnoreTexts;
  readonly rules: Ignore;
}

/** Ignore files by the folders they stand in, which are paths (`pathOf`). */
export type IgnoreFiles = ReadonlyMap<string, IgnoreFile>;

/** Reads a folder's ignore files; gives `before` where that has the same texts. */
export function ignoreFile(texts: IgnoreTexts, before?: IgnoreFile): IgnoreFile {
  const same =
    before?.texts[IGNORE_NAME] === texts[IGNORE_NAME] &&
    before?.texts[EXCLUDE_NAME] === texts[EXCLUDE_NAME];
  if (before !== undefined && same) return before;
  // Of two lines that speak of a path the later counts, and .gitignore overrules the other file.
  const all = [texts[EXCLUDE_NAME], texts[IGNORE_NAME]].filter((text) => text !== undefined);
  return { texts, rules: ignoreRules(all.join("\n")).rules };
}

/**
 * The kind of ignore file by which git leaves a path alone; undefined where it does not. The file nearest to the path
 * that speaks of it decides; not asked of the folders above the path. `top` is the folder that is looked
 * through: where it is ignored itself, it was asked for all the same, and nothing above it counts.
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
  for (let folder = parentOf(path); folder.length >= outer.length; folder = parentOf(folder)) {
    const file = files.get(folder);
    if (file !== undefined) {
      const relative = plainPath(path.slice(folder.length + 1)) + (isFolder ? "/" : "");
      const { ignored, unignored } = file.rules.test(relative);
      if (ignored) return nameIn(file, relative);
      if (unignored) return undefined;
    }
    if (parentOf(folder) === folder) return undefined;
  }
  return undefined;
}

/** Which of a folder's files leaves a path out, of which one does. */
function nameIn({ texts }: IgnoreFile, relative: string): IgnoreName {
  const { [IGNORE_NAME]: own, [EXCLUDE_NAME]: other } = texts;
  if (other === undefined) return IGNORE_NAME;
  if (own === undefined) return EXCLUDE_NAME;
  return ignoreRules(own).rules.test(relative).ignored ? IGNORE_NAME : EXCLUDE_NAME;
}

/** The outermost folder whose ignore files hold in `top`. */
function outermostFolder(files: IgnoreFiles, top: string): string {
  const known = outermosts.get(files) ?? new Map<string, string>();
  outermosts.set(files, known);
  const before = known.get(top);
  if (before !== undefined) return before;
  const inward: string[] = [];
  for (let folder = top; folder !== ""; folder = parentOf(folder)) inward.unshift(folder);
  let outer = "";
  for (const folder of inward) {
    if (decidingName(files, outer, folder, true) !== undefined) outer = folder;
  }
  known.set(top, outer);
  return outer;
}

// A memo, not state: it is asked for every path.
const outermosts = new WeakMap<IgnoreFiles, Map<string, string>>();
