import { statSync } from "node:fs";
import { readdir, stat } from "node:fs/promises";
import path from "node:path";
import { URI } from "vscode-uri";
import { mostBytesOf } from "../../project/most-bytes.ts";
import { readFileBoundedLater } from "./read-file.ts";
import type { Entry, Files } from "../../project/host.ts";

/** The files of this machine. */
export const nodeFiles: Files = {
  entries: async (folder) => {
    try {
      const root = URI.parse(folder).fsPath;
      const found = await readdir(root, { withFileTypes: true });
      const entries: Entry[] = [];
      for (const entry of found) {
        if (entry.isDirectory()) entries.push({ name: entry.name, isFolder: true });
        else if (entry.isFile()) entries.push({ name: entry.name, isFolder: false });
        else if (entry.isSymbolicLink() && (await isFile(path.join(root, entry.name)))) {
          // A link to a folder is not followed: it may lead back to where it stands.
          entries.push({ name: entry.name, isFolder: false });
        }
      }
      return entries;
    } catch {
      return undefined;
    }
  },
  read: async (uri) => {
    try {
      const read = await readFileBoundedLater(URI.parse(uri).fsPath, mostBytesOf(uri));
      return "unread" in read ? undefined : read.bytes;
    } catch {
      // It is no address.
      return undefined;
    }
  },
  modified: (uri) => {
    try {
      return statSync(URI.parse(uri).fsPath, { throwIfNoEntry: false })?.mtimeMs ?? 0;
    } catch {
      return 0;
    }
  },
};

async function isFile(file: string): Promise<boolean> {
  try {
    return (await stat(file)).isFile();
  } catch {
    return false;
  }
}
