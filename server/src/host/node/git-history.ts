import type { Git } from "./git.ts";
import { type Blob, readBlobs } from "./git-objects.ts";

/** An earlier version of a file. */
export interface FileVersion {
  /** The first characters of its commit's id. */
  readonly commit: string;
  /** The day on which it was committed, as in 2026-11-26. */
  readonly day: string;
  readonly bytes: Uint8Array;
}

/**
 * The last committed versions of a file, the newest first, through renames. `file` is its path from the repository's
 * root, with "/". Versions of more than `mostBytes` bytes, and those that can't be read, are left out. Without git or a
 * history there are none.
 */
export async function readVersions(
  git: Git,
  root: string,
  file: string,
  mostVersions: number,
  mostBytes: number,
): Promise<readonly FileVersion[]> {
  const log = await git.run(root, [
    ...["--literal-pathspecs", "log", "--follow", "--find-renames", "--no-ext-diff"],
    ...["--no-textconv", "--no-color", "--no-abbrev", "--raw", "-z", "--diff-filter=AMR"],
    ...[`--max-count=${mostVersions}`, "--format=%H %cs", "--", file],
  ]);
  if ("failure" in log) return [];
  const entries = parseLog(Buffer.from(log.bytes).toString("utf8"));
  const blobs = await readBlobs(
    git,
    root,
    entries.map(({ id }) => id),
    mostBytes,
  );
  if ("failure" in blobs) return [];
  return entries.flatMap(({ commit, day, id }): FileVersion[] => {
    const bytes: Blob | undefined = blobs.get(id);
    return bytes === undefined || typeof bytes === "string" ? [] : [{ commit, day, bytes }];
  });
}

/** A commit's line is followed by the file's entry, `:modes old-id new-id status`, and its names. */
const ENTRY = /([\da-f]{40,64}) (\d{4}-\d\d-\d\d)[\0\n]{1,3}:\d+ (\d+) [\da-f]+ ([\da-f]+) [AMR]/g;

function parseLog(log: string): { commit: string; day: string; id: string }[] {
  return [...log.matchAll(ENTRY)].flatMap(([, commit = "", day = "", mode = "", id = ""]) =>
    // Links and submodules don't count.
    mode.startsWith("100") ? [{ commit: commit.slice(0, 7), day, id }] : [],
  );
}
