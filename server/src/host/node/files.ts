/*
 * host/: implements the ports of `project/host.ts`: files, watchers, threads, the cache, git, timers.
 *
 * A name in a stranger's folder may be a pipe, a device or an endless file. So `read-file.ts` does all reading from
 * disk, with limits, and `replace-file.ts` writes what the command line writes. `git.ts` alone runs git. Threads take
 * tasks with their settings and return results; what a thread that dies was doing is done again on the main one.
 */

import { readdir, realpath } from "node:fs/promises";
import { URI } from "vscode-uri";
import { maxBytes } from "../../project/read-limits.ts";
import { isAbsent, tryLstat, readFileBoundedLater, tryStat, toReadFailure } from "./read-file.ts";
import type { Entry, Files } from "../../project/host.ts";
import { isLeftover } from "./replace-file.ts";

/** The local file system. */
export const nodeFiles: Files = {
  entries: async (folder) => {
    try {
      const entries = await readdir(toFile(folder), { withFileTypes: true });
      return (
        entries
          .filter((entry) => !isLeftover(entry.name))
          // Links to folders are not followed, because they may form a cycle.
          .map((entry): Entry => ({ name: entry.name, isFolder: entry.isDirectory() }))
      );
    } catch {
      return undefined;
    }
  },
  read: async (uri) => {
    try {
      const file = toFile(uri);
      const read = await readFileBoundedLater(file, maxBytes(uri));
      if (!("unread" in read)) return read.bytes;
      return isAbsent(file, read.unread) ? "gone" : read.unread;
    } catch {
      // The URI is invalid.
      return "gone";
    }
  },
  stats: (uri) => {
    try {
      const file = toFile(uri);
      const linkStats = tryLstat(file);
      if (typeof linkStats === "string") return linkStats;
      const isLink = linkStats.isSymbolicLink();
      const stats = isLink ? tryStat(file) : linkStats;
      if (typeof stats === "string") return stats;
      const { size, mtimeMs: modified, ino, dev } = stats;
      // Some file systems have no inode numbers, and some have numbers too large to be exact.
      const identity = ino === 0 || !Number.isSafeInteger(ino) ? undefined : `${dev}:${ino}`;
      return toReadFailure(stats, maxBytes(uri)) ?? { size, modified, identity, isLink };
    } catch {
      return "gone";
    }
  },
  realPath: async (uri) => {
    try {
      return URI.file(await realpath(toFile(uri))).toString();
    } catch {
      return undefined;
    }
  },
};

/** The file of a URI, as a path of the system. */
export function toFile(uri: string): string {
  const file = URI.parse(uri).fsPath;
  // On Windows "c:" is the current folder of the drive, "c:\" its root.
  return /^[a-z]:$/i.test(file) ? `${file}\\` : file;
}
