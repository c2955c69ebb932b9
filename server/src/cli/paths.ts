import { lstatSync, realpathSync } from "node:fs";
import path from "node:path";
import { URI } from "vscode-uri";
import { fileOf } from "../host/node/files.ts";
import { statOf } from "../host/node/read-file.ts";
import { keyOf, pathOf } from "../project/places.ts";

/** The path by which a project knows a file; `file` is absolute, as this system writes paths. */
export function pathOfFile(file: string): string {
  return pathOf(keyOf(URI.file(file).toString()));
}

/** The file of a project's path, as this system writes paths. */
export function fileOfPath(path: string): string {
  return fileOf(keyOf(path));
}

/** A path relative to the current folder, parted by "/". */
export function shownPath(cwd: string, file: string): string {
  const relative = path.relative(cwd, file);
  return slashed(relative === "" ? "." : relative);
}

/**
 * The places that the paths name, links in them resolved: folders, and files by themselves. A file that
 * is a link names no other place, so what it leads to counts only where that is named, too.
 */
export function placesNamed(cwd: string, paths: readonly string[]): string[] {
  return paths.flatMap((given) => {
    const file = path.resolve(cwd, given);
    try {
      const stats = statOf(file);
      const isFolder = typeof stats !== "string" && stats.isDirectory();
      return !isFolder && lstatSync(file).isSymbolicLink() ? [] : [realpathSync(file)];
    } catch {
      return [];
    }
  });
}

export function byText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function slashed(file: string): string {
  return path.sep === "/" ? file : file.replaceAll(path.sep, "/");
}
