import { statSync } from "node:fs";
import { readdir, readFile, stat } from "node:fs/promises";
import path from "node:path";
import { URI } from "vscode-uri";
import type { Entry, Files } from "./host.ts";

/** Texts larger than this are no drafts; the editor does not open them as such either. */
const MOST_BYTES = 20_000_000;

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
      const bytes = await readFile(URI.parse(uri).fsPath);
      return bytes.length > MOST_BYTES ? undefined : bytes;
    } catch {
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
