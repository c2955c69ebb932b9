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
  /** The version of a number, from 0 for the newest; undefined where there is none. Rejects where git has no log. */
  at(index: number): Promise<FileVersion | undefined>;
  /** Whether the file is in a commit, under this name. Rejects as `at` does. */
  isCommitted(): Promise<boolean>;
}

/** Commits that are looked at. */
const MOST_COMMITS = 10;

const MOST_RENAMES = 3;

/** Longer texts are left out: there is not the time to read them. */
const MOST_UNITS = 1_000_000;

/** Versions that are read ahead, since each takes a process. */
const AHEAD = 3;

/** A commit that has a version of a file, and what the file was called in it. */
interface Entry {
  readonly commit: GitCommit;
  readonly file: string;
}

/**
 * The versions of a file, by its path in the file system, through renames. What can't be read is left out. Those that
 * follow, and those of what the file was called before, are read while the first are looked at: a menu does not wait
 * long for them.
 */
export function fileVersions(repository: GitRepository, path: string): FileVersions {
  const recent = entriesOf(repository, path, MOST_COMMITS);
  const earlier = recent.then((entries) => renamedEntries(repository, entries)).catch(() => []);
  const texts = new Map<Entry, Promise<string | undefined>>();
  const textOf = (entry: Entry): Promise<string | undefined> => {
    const known = texts.get(entry);
    if (known !== undefined) return known;
    const text = repository.show(entry.commit.hash, entry.file).catch(() => undefined);
    texts.set(entry, text);
    return text;
  };
  const readAhead = (entries: readonly Entry[], at: number): void => {
    for (const next of entries.slice(at, at + AHEAD)) void textOf(next);
  };
  void earlier.then((entries) => {
    readAhead(entries, 0);
  });
  return {
    at: async (index) => {
      let left = index;
      for (const part of [recent, earlier]) {
        const entries = await part;
        for (const [at, entry] of entries.entries()) {
          readAhead(entries, at);
          const text = await textOf(entry);
          if (text === undefined || text.length > MOST_UNITS) continue;
          if (left-- === 0) return { name: nameOf(entry.commit), text };
        }
      }
      return undefined;
    },
    isCommitted: async () => (await recent).length > 0,
  };
}

function nameOf({ commitDate, hash }: GitCommit): string {
  return commitDate?.toISOString().slice(0, 10) ?? hash.slice(0, 7);
}

async function entriesOf(
  repository: GitRepository,
  file: string,
  maxEntries: number,
): Promise<Entry[]> {
  const commits = await repository.log({ maxEntries, path: file });
  return commits.slice(0, maxEntries).map((commit) => ({ commit, file }));
}

/** The entries of the names that a file had before, the newest first. */
async function renamedEntries(
  repository: GitRepository,
  recent: readonly Entry[],
): Promise<Entry[]> {
  const found: Entry[] = [];
  const seen = new Set(recent.map(({ commit }) => commit.hash));
  let first = recent.at(-1);
  for (let renames = 0; renames < MOST_RENAMES; renames++) {
    const left = MOST_COMMITS - recent.length - found.length;
    const parent = first?.commit.parents[0];
    if (first === undefined || parent === undefined || left <= 0) break;
    const { file, commit } = first;
    const changes = await repository.diffBetween(parent, commit.hash);
    const renamed = changes.find(({ renameUri }) => renameUri?.fsPath === file);
    if (renamed === undefined) break;
    // The commit that gave it another name is one more of the old name's.
    const entries = await entriesOf(repository, renamed.originalUri.fsPath, left + 1);
    const fresh = entries.filter((entry) => !seen.has(entry.commit.hash)).slice(0, left);
    for (const entry of fresh) seen.add(entry.commit.hash);
    found.push(...fresh);
    first = fresh.at(-1);
  }
  return found;
}
