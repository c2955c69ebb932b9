import { lstatSync, realpathSync } from "node:fs";
import path from "node:path";
import { URI } from "vscode-uri";
import { fileOf } from "../host/node/files.ts";
import { statOf } from "../host/node/read-file.ts";
import { isInFolder } from "../host/node/replace-file.ts";
import { keyOf, pathOf } from "../project/places.ts";
import { splitAtWildcard } from "../settings/glob.ts";

/** The path (`pathOf`) of a file; `file` is an absolute path in the system's form. */
export function pathOfFile(file: string): string {
  return pathOf(keyOf(URI.file(file).toString()));
}

/** The file of a path (`pathOf`), in the system's form. */
export function fileOfPath(path: string): string {
  return fileOf(keyOf(path));
}

/** The path in messages: relative to the current folder, with "/". */
export function shownPath(cwd: string, file: string): string {
  const relative = path.relative(cwd, file);
  return slashed(relative === "" ? "." : relative);
}

/**
 * What an argument of the command line names, as an absolute path: a file or folder, or with a pattern the drafts that it
 * names in a folder, from which it counts. A file of the pattern's very name wins.
 */
export function placeNamed(
  cwd: string,
  given: string,
): { readonly file: string; readonly pattern?: string } {
  const file = path.resolve(cwd, given);
  const isThere = typeof statOf(file) !== "string";
  const split = isThere ? undefined : splitAtWildcard(slashed(given));
  if (split === undefined) return { file };
  return { file: path.resolve(cwd, split.folder), pattern: split.pattern };
}

/**
 * The real paths of the files and folders that the arguments name, and of those that their patterns count from. A symbolic link to a file is left out, so
 * that its target is written only if it is named itself.
 */
export function placesNamed(cwd: string, paths: readonly string[]): string[] {
  return paths.flatMap((given) => {
    const { file } = placeNamed(cwd, given);
    try {
      const stats = statOf(file);
      const isFolder = typeof stats !== "string" && stats.isDirectory();
      return !isFolder && lstatSync(file).isSymbolicLink() ? [] : [realpathSync(file)];
    } catch {
      return [];
    }
  });
}

/** Whether the paths of the command line include a whole folder, which is an absolute path. */
export function isWholeFolder(cwd: string, paths: readonly string[], folder: string): boolean {
  return paths.some((given) => isInFolder(folder, path.resolve(cwd, given)));
}

export function byText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function slashed(file: string): string {
  return path.sep === "/" ? file : file.replaceAll(path.sep, "/");
}

/** The path with all links resolved; one that leads nowhere is as it is. */
export function realPath(file: string): string {
  try {
    return realpathSync(file);
  } catch {
    return file;
  }
}
