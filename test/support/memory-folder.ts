import type { Files } from "../../server/src/project/host.ts";
import type { Folder } from "./folder.ts";

/** A folder in memory, for a server whose host reads `files`: it takes no time and never fails. */
export interface MemoryFolder extends Omit<Folder, "path" | "dispose" | "link" | "nameAgain"> {
  readonly files: Files;
}

type Tree = Map<string, Uint8Array | Tree>;

const ROOT = "file:///desk";

export function memoryFolder(texts: Readonly<Record<string, string>> = {}): MemoryFolder {
  const tree: Tree = new Map();
  const at = (name: string): Uint8Array | Tree | undefined =>
    name
      .split("/")
      .filter((part) => part !== "")
      .reduce<Uint8Array | Tree | undefined>(
        (above, part) => (above instanceof Map ? above.get(part) : undefined),
        tree,
      );
  /** The folder that contains a name, created if it is missing, and the name in it. */
  const placeOf = (name: string): [Tree, string] => {
    const parts = name.split("/");
    const last = parts.pop() ?? "";
    let folder = tree;
    for (const part of parts) {
      const inner = folder.get(part);
      const next: Tree = inner instanceof Map ? inner : new Map<string, never>();
      folder.set(part, next);
      folder = next;
    }
    return [folder, last];
  };
  const nameIn = (uri: string): string | undefined => {
    const name = decodeURIComponent(uri);
    return name === ROOT || name.startsWith(`${ROOT}/`) ? name.slice(ROOT.length + 1) : undefined;
  };
  const find = (uri: string): Uint8Array | Tree | undefined => {
    const name = nameIn(uri);
    return name === undefined ? undefined : at(name);
  };
  const folder: MemoryFolder = {
    uri: ROOT,
    uriOf: (name) => `${ROOT}/${name.split("/").map(encodeURIComponent).join("/")}`,
    has: (name) => at(name) !== undefined,
    write: (name, content) => {
      const [above, last] = placeOf(name);
      above.set(last, typeof content === "string" ? new TextEncoder().encode(content) : content);
    },
    remove: (name) => {
      if (at(name) === undefined) return;
      const [above, last] = placeOf(name);
      above.delete(last);
    },
    move: (from, to) => {
      const moved = at(from);
      if (moved === undefined) throw new Error(`There is no ${from}.`);
      folder.remove(from);
      const [above, last] = placeOf(to);
      above.set(last, moved);
    },
    files: {
      entries: (uri) => {
        const found = find(uri);
        return Promise.resolve(
          found instanceof Map
            ? [...found].map(([name, inner]) => ({ name, isFolder: inner instanceof Map }))
            : undefined,
        );
      },
      read: (uri) => {
        const found = find(uri);
        return Promise.resolve(found instanceof Map ? "folder" : (found ?? "gone"));
      },
      stats: (uri) => {
        const found = find(uri);
        if (found === undefined) return "gone";
        if (found instanceof Map) return "folder";
        return { size: found.length, modified: 0, identity: undefined, isLink: false };
      },
    },
  };
  for (const [name, text] of Object.entries(texts)) folder.write(name, text);
  return folder;
}
