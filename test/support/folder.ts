import {
  existsSync,
  mkdtempSync,
  mkdirSync,
  realpathSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";

/** A folder on disk that is there for one test. */
export interface Folder {
  readonly path: string;
  readonly uri: string;
  uriOf(name: string): string;
  has(name: string): boolean;
  write(name: string, text: string): void;
  writeBytes(name: string, bytes: Uint8Array): void;
  remove(name: string): void;
  move(from: string, to: string): void;
  dispose(): void;
}

export function newFolder(files: Readonly<Record<string, string>> = {}): Folder {
  const root = realpathSync(mkdtempSync(path.join(tmpdir(), "galley-")));
  const folder: Folder = {
    path: root,
    uri: pathToFileURL(root).href,
    uriOf: (name) => pathToFileURL(path.join(root, name)).href,
    has: (name) => existsSync(path.join(root, name)),
    write: (name, text) => {
      folder.writeBytes(name, Buffer.from(text));
    },
    writeBytes: (name, bytes) => {
      const file = path.join(root, name);
      mkdirSync(path.dirname(file), { recursive: true });
      writeFileSync(file, bytes);
    },
    remove: (name) => {
      rmSync(path.join(root, name), { recursive: true, force: true });
    },
    move: (from, to) => {
      mkdirSync(path.dirname(path.join(root, to)), { recursive: true });
      renameSync(path.join(root, from), path.join(root, to));
    },
    dispose: () => {
      rmSync(root, { recursive: true, force: true });
    },
  };
  for (const [name, text] of Object.entries(files)) folder.write(name, text);
  return folder;
}
