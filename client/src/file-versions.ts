import type { FileVersion } from "../../server/src/protocol.ts";

/** What we use of a repository in the API of VS Code's git extension (version 1). */
export interface GitRepository {
  readonly state: { readonly HEAD?: { readonly commit?: string } | undefined };
  log(options: { readonly maxEntries: number; readonly path: string }): Promise<GitCommit[]>;
  /** The text of a file in a commit; `path` is a file system path. Throws if there is none. */
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

/** The last versions of a file, read one at a time. */
export interface FileVersions {
  /** A version by its number, from 0 for the newest; undefined if there is none. Rejects if git has no log. */
  at(index: number): Promise<FileVersion | undefined>;
  /** Whether the file is in any commit under this name. Rejects as `at` does. */
  isCommitted(): Promise<boolean>;
}

/** How many commits are considered. */
const MOST_COMMITS = 10;

const MOST_RENAMES = 3;

/** Longer texts are skipped, because reading them takes too long. */
const MOST_UNITS = 1_000_000;

/** How many versions are read ahead, because each takes a process. */
const AHEAD = 3;

/** A commit that has a version of a file, and the file's name in it. */
interface Entry {
  readonly commit: GitCommit;
  readonly file: string;
}

/**
 * The versions of a file, by its file system path, through renames. What can't be read is left out. While the first are
 * used, the next ones and those of earlier names are read, so that a menu need not wait.
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

/** The entries of a file's earlier names, the newest first. */
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
    // The commit that renamed it also belongs to the old name.
    const entries = await entriesOf(repository, renamed.originalUri.fsPath, left + 1);
    const fresh = entries.filter((entry) => !seen.has(entry.commit.hash)).slice(0, left);
    for (const entry of fresh) seen.add(entry.commit.hash);
    found.push(...fresh);
    first = fresh.at(-1);
  }
  return found;
}
