import {
  existsSync,
  linkSync,
  mkdtempSync,
  mkdirSync,
  realpathSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";

/** A folder on disk for one test. */
export interface Folder {
  readonly path: string;
  readonly uri: string;
  readonly uriOf: (name: string) => string;
  has(name: string): boolean;
  write(name: string, content: string | Uint8Array): void;
  remove(name: string): void;
  move(from: string, to: string): void;
  /** Makes a symbolic link to a target that need not exist, or to its own folder, or to itself. */
  link(name: string, target: string): void;
  /** Gives a file another name (a hard link). */
  nameAgain(name: string, file: string): void;
  readonly dispose: () => void;
}

export function newFolder(files: Readonly<Record<string, string | Uint8Array>> = {}): Folder {
  const folder = folderAt(realpathSync(mkdtempSync(path.join(tmpdir(), "galley-"))));
  for (const [name, text] of Object.entries(files)) folder.write(name, text);
  return folder;
}

/** The folder at a path, which need not exist until something is written. */
export function folderAt(root: string): Folder {
  return {
    path: root,
    uri: pathToFileURL(root).href,
    uriOf: (name) => pathToFileURL(path.join(root, name)).href,
    has: (name) => existsSync(path.join(root, name)),
    write: (name, content) => {
      const file = path.join(root, name);
      mkdirSync(path.dirname(file), { recursive: true });
      writeFileSync(file, content);
    },
    remove: (name) => {
      rmSync(path.join(root, name), { recursive: true, force: true });
    },
    move: (from, to) => {
      mkdirSync(path.dirname(path.join(root, to)), { recursive: true });
      renameSync(path.join(root, from), path.join(root, to));
    },
    link: (name, target) => {
      const file = path.join(root, name);
      mkdirSync(path.dirname(file), { recursive: true });
      symlinkSync(path.relative(path.dirname(file), path.join(root, target)) || ".", file);
    },
    nameAgain: (name, file) => {
      mkdirSync(path.dirname(path.join(root, name)), { recursive: true });
      linkSync(path.join(root, file), path.join(root, name));
    },
    dispose: () => {
      rmSync(root, { recursive: true, force: true });
    },
  };
}
