import { URI } from "vscode-uri";
import { withoutEnd } from "../text/trim.ts";

/** The normalized form of a URI, used to compare files: VS Code writes `file:///c%3A/…`, Node writes `file:///C:/…`. */
export function toKey(uri: string): string {
  const known = keys.get(uri);
  if (known !== undefined) return known;
  const key = spelled(uri);
  remember(keys, uri, key);
  return key;
}

/** A string that can't be parsed as a URI is its own key. */
function spelled(uri: string): string {
  try {
    return URI.parse(uri).toString();
  } catch {
    return uri;
  }
}

/**
 * The path of a key: the URI with only "%", "#" and "?" escaped. Patterns and folders are compared in this form.
 * `toKey` of the path is the key.
 */
export function toPath(key: string): string {
  const known = paths.get(key);
  if (known !== undefined) return known;
  const path = withoutSlashes(unescaped(key));
  remember(paths, key, path);
  return path;
}

/** The path without slashes at its end; the root of a file system stays a prefix of its children's paths. */
function withoutSlashes(path: string): string {
  const trimmed = withoutEnd(path, "/");
  return trimmed.length < path.length && trimmed.endsWith(":") ? `${trimmed}//` : trimmed;
}

export function joinPath(folder: string, name: string): string {
  return `${folder}/${name.replace(/[%#?]/g, encodeURIComponent)}`;
}

/** Whether `path` is the folder or below it. */
export function isWithin(path: string, folder: string): boolean {
  return path === folder || path.startsWith(folder.endsWith("/") ? folder : `${folder}/`);
}

export function uriScheme(uri: string): string {
  return uri.slice(0, Math.max(0, uri.indexOf(":")));
}

// Memos, because parsing a URI costs more than anything else done with it.
const MAX_MEMOS = 50_000;
const keys = new Map<string, string>();
const paths = new Map<string, string>();

function remember(memo: Map<string, string>, name: string, value: string): void {
  if (memo.size >= MAX_MEMOS) memo.clear();
  memo.set(name, value);
}

function unescaped(key: string): string {
  try {
    return decodeURIComponent(key.replace(/%(25|23|3F)/gi, "%25$1"));
  } catch {
    return key;
  }
}

/* A file may have several names: hard links, and symbolic links to it. It is one draft, under one of its names. */

export interface FileName {
  readonly path: string;
  readonly isLink: boolean;
}

/** The order of a file's names; the first is the draft: the file itself before links to it, then by path. */
export function compareNames(a: FileName, b: FileName): number {
  if (a.isLink !== b.isLink) return a.isLink ? 1 : -1;
  return a.path < b.path ? -1 : a.path > b.path ? 1 : 0;
}
