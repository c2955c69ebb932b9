import type { Entry, Files, FileStats } from "./host.ts";
import { joinPath, toKey } from "./places.ts";
import { dirname } from "../text/path.ts";
import type { ReadFailure } from "./read-limits.ts";

/** The root of the git repository of a folder; undefined if there is none or a folder above can't be read. */
export async function repositoryRoot(files: Files, folder: string): Promise<string | undefined> {
  for (let at = folder; at.includes("/"); at = dirname(at)) {
    const git = toKey(joinPath(at, ".git"));
    if (files.stats === undefined) {
      const entries = await files.entries(toKey(at));
      if (entries === undefined) return undefined;
      if (isRepository(entries)) return at;
    } else if (exists(files.stats(git))) return at;
    // “file://” is the root of the file system.
    if (at.endsWith("://") || dirname(at).endsWith(":/")) return undefined;
  }
  return undefined;
}

/** Whether a folder with these entries is the root of a repository. */
export function isRepository(entries: readonly Entry[]): boolean {
  return entries.some(({ name }) => name === ".git");
}

function exists(stats: FileStats | ReadFailure): boolean {
  return stats !== "gone" && stats !== "forbidden" && stats !== "failed";
}
