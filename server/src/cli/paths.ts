import { realpathSync } from "node:fs";
import path from "node:path";
import { URI } from "vscode-uri";
import { toFile } from "../host/node/files.ts";
import { tryLstat, tryStat } from "../host/node/read-file.ts";
import { isInFolder } from "../host/node/replace-file.ts";
import { toKey, toPath } from "../project/places.ts";
import { splitAtWildcard } from "../settings/glob.ts";
import { escapedName, isNamed } from "../settings/select.ts";

/** The path (`toPath`) of a file; `file` is an absolute path in the system's form. */
export function pathOfFile(file: string): string {
  return toPath(toKey(URI.file(file).toString()));
}

/** The file of a path (`toPath`), in the system's form. */
export function fileOfPath(path: string): string {
  return toFile(toKey(path));
}

/** The path in messages: relative to the current folder, with "/". */
export function shownPath(cwd: string, file: string): string {
  const relative = path.relative(cwd, file);
  return slashed(relative === "" ? "." : relative);
}

/**
 * What an argument of the command line names, as an absolute path: a file or folder, or, for a pattern, drafts in a
 * folder that the pattern is relative to. A file whose name is exactly the pattern comes first.
 */
export function placeNamed(
  cwd: string,
  given: string,
): { readonly file: string; readonly pattern?: string } {
  const file = path.resolve(cwd, given);
  const isThere = typeof tryStat(file) !== "string";
  const split = isThere ? undefined : splitAtWildcard(slashed(given));
  if (split === undefined) return { file };
  return { file: path.resolve(cwd, split.folder), pattern: split.pattern };
}

/**
 * Whether the arguments name a file by its real path, or a folder or pattern that contains it. A symbolic link to a
 * file is only itself (`placeOf`), so that its target is written only if that is named.
 */
export function namedBy(cwd: string, paths: readonly string[]): (target: string) => boolean {
  const places = paths.map((given) => {
    const { file, pattern } = placeNamed(cwd, given);
    const real = isLinkToFile(file) ? placeOf(file) : realPath(file);
    return { real, patterns: pattern === undefined ? undefined : [pattern] };
  });
  return (target) =>
    places.some(({ real, patterns }) =>
      patterns === undefined
        ? isInFolder(target, real)
        : isNamed(pathOfFile(target), pathOfFile(real), patterns),
    );
}

function isLinkToFile(file: string): boolean {
  const stats = tryLstat(file);
  if (typeof stats === "string" || !stats.isSymbolicLink()) return false;
  return !isFolder(file);
}

/** Whether a path leads to a folder, following links. */
export function isFolder(file: string): boolean {
  const stats = tryStat(file);
  return typeof stats !== "string" && stats.isDirectory();
}

/** The pattern for all files of the kind that an argument names, by its extension; none for a folder. */
export function kindNamed(cwd: string, given: string): readonly string[] {
  const { file, pattern } = placeNamed(cwd, given);
  const name =
    pattern === undefined
      ? escapedName(isFolder(file) ? "" : path.basename(file))
      : path.posix.basename(pattern);
  const dot = name.lastIndexOf(".");
  return dot < 0 ? [] : [`**/*${name.slice(dot)}`];
}

/** Whether the paths of the command line include a whole folder, given as an absolute path. */
export function isWholeFolder(cwd: string, paths: readonly string[], folder: string): boolean {
  return paths.some((given) => isInFolder(folder, path.resolve(cwd, given)));
}

export function byText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function slashed(file: string): string {
  return path.sep === "/" ? file : file.replaceAll(path.sep, "/");
}

/** The path of a file with the links to its folder resolved; the file may be a link. */
export function placeOf(file: string): string {
  return path.join(realPath(path.dirname(file)), path.basename(file));
}

/** The path with all links resolved; a path that leads nowhere stays unchanged. */
export function realPath(file: string): string {
  try {
    return realpathSync(file);
  } catch {
    return file;
  }
}
