import type { FileVersion } from "../../server/src/protocol.ts";

/** What is used of a repository in the API of VS Code's git extension (version 1). */
export interface GitRepository {
  readonly state: { readonly HEAD?: { readonly commit?: string } | undefined };
  log(options: { readonly maxEntries: number; readonly path: string }): Promise<GitCommit[]>;
  /** The text of a file in a version; `path` is that of the file system. Throws where there is none. */
  show(ref: string, path: string): Promise<string>;
  diffBetween(before: string, after: string): Promise<GitChange[]>;
}

export interface GitCommit {
  readonly hash: string;
  readonly parents: readonly string[];
  readonly commitDate?: Date | undefined;
}

export interface GitChange {
  readonly originalUri: { readonly fsPath: string };
  readonly renameUri?: { readonly fsPath: string } | undefined;
}

/** The last versions of a file, read one by one. */
export interface FileVersions {
  /** The version of a number, from 0 for the newest; undefined where there is none. Never throws. */
  at(index: number): Promise<FileVersion | undefined>;
}

/** Commits that are looked at. */
const MOST_COMMITS = 10;

const MOST_RENAMES = 3;

/** Longer texts are left out: there is not the time to read them. */
const MOST_UNITS = 1_000_000;

/** The versions of a file, by its path in the file system, through renames. What can't be read is left out. */
export function fileVersions(repository: GitRepository, path: string): FileVersions {
  const found: FileVersion[] = [];
  const commits = commitsOf(repository, path);
  // Requests for one file come one after the other, but nothing keeps two from overlapping.
  let reading: Promise<unknown> = Promise.resolve();
  const readUpTo = async (index: number): Promise<void> => {
    while (found.length <= index) {
      const next = await commits.next();
      if (next.done === true) return;
      const { commit, file } = next.value;
      const text = await repository.show(commit.hash, file).catch(() => undefined);
      if (text === undefined || text.length > MOST_UNITS) continue;
      const day = commit.commitDate?.toISOString().slice(0, 10);
      found.push({ name: day ?? commit.hash.slice(0, 7), text });
    }
  };
  return {
    at: async (index) => {
      const read = reading.then(() => readUpTo(index));
      reading = read.catch(() => undefined);
      await reading;
      return found[index];
    },
  };
}

/** The commits that have a version of a file, the newest first, and what it was called in each. */
async function* commitsOf(
  repository: GitRepository,
  path: string,
): AsyncGenerator<{ readonly commit: GitCommit; readonly file: string }, void> {
  let left = MOST_COMMITS;
  let file = path;
  const seen = new Set<string>();
  for (let renames = 0; renames <= MOST_RENAMES; renames++) {
    const commits = await repository.log({ maxEntries: left, path: file });
    const fresh = commits.filter(({ hash }) => !seen.has(hash));
    for (const commit of fresh.slice(0, left)) {
      seen.add(commit.hash);
      yield { commit, file };
    }
    left -= fresh.length;
    const first = fresh.at(-1);
    const parent = first?.parents[0];
    if (first === undefined || parent === undefined || left <= 0) return;
    const changes = await repository.diffBetween(parent, first.hash);
    const renamed = changes.find(({ renameUri }) => renameUri?.fsPath === file);
    if (renamed === undefined) return;
    file = renamed.originalUri.fsPath;
  }
}
