import type { Choice } from "../settings/select.ts";
import type { StoredFacts } from "./facts.ts";
import type { Settings } from "../settings/settings.ts";
import { joinPath, toKey } from "./places.ts";
import type { ReadFailure } from "./read-limits.ts";
import { dirname } from "../text/path.ts";

/** The platform, which the entry point passes in: Node, a web worker, or a test. */
export interface Host {
  /** Whether the server reads files of this scheme itself; others are requested from the client. */
  readonly reads: (scheme: string) => boolean;
  readonly files: Files;
  readonly checker: () => Checker;
  /** Watches a folder, for clients that can't. Calls back with the URIs of what may have changed. */
  readonly watch?: (folder: string, changed: (uris: readonly string[]) => void) => Disposable;
  /** Watches one file, like `watch` a folder. */
  readonly watchFile?: (file: string, changed: (uris: readonly string[]) => void) => Disposable;
  /**
   * The last committed versions of a file, given by its path, the newest first: none if it is in no commit, undefined
   * if git does not say. `git` is the program; one that has no absolute path is looked for. Never throws. Absent where
   * no program can be run.
   */
  readonly versions?: (path: string, git: string) => Promise<readonly FileVersion[] | undefined>;
  readonly openCache?: (directory: string) => Promise<FactsCache>;
  readonly clock: Clock;
}

/** An earlier version of a file. */
export interface FileVersion {
  /** The first characters of its commit's id. */
  readonly commit: string;
  /** The day on which it was committed, as in 2026-11-26. */
  readonly day: string;
  readonly bytes: Uint8Array;
}

export interface Disposable {
  dispose(): void;
}

export interface Entry {
  readonly name: string;
  /** False for symbolic links, whatever their target; `stats` follows them. */
  readonly isFolder: boolean;
}

/** Properties of a file that are known without opening it. Links are followed. */
export interface FileStats {
  /** In bytes. */
  readonly size: number;
  /** The time of its last change, in any unit. */
  readonly modified: number;
  /** Equal for all names of one file; undefined if the system has no file ids. */
  readonly identity: string | undefined;
  readonly isLink: boolean;
}

/** Files by URI. Nothing here throws. */
export interface Files {
  /** Undefined for a folder that is missing or unreadable. */
  entries(folder: string): Promise<readonly Entry[] | undefined>;
  /** The bytes of a file, or why it can't be read. */
  read(uri: string): Promise<Uint8Array | ReadFailure>;
  /** The properties of a file, or why it can't be read. Absent on platforms that can only read. */
  stats?(uri: string): FileStats | ReadFailure;
  /** The real URI of a file or folder, with all links followed. Absent where links can't be followed. */
  realPath?(uri: string): Promise<string | undefined>;
}

/** Whether there is a file or folder below `top`, readable or not. A folder that can’t be listed may contain it. */
export async function isThere(path: string, top: string, files: Files): Promise<boolean> {
  const stats = files.stats?.(toKey(path));
  if (stats !== undefined) return stats !== "gone";
  const folder = dirname(path);
  const entries = await files.entries(toKey(folder));
  if (entries !== undefined) return entries.some(({ name }) => joinPath(folder, name) === path);
  return folder === top || isThere(folder, top, files);
}

/** Drafts to check with the same settings. */
export interface Batch {
  readonly settings: Settings;
  readonly drafts: readonly BatchDraft[];
}

export interface BatchDraft extends Choice {
  /** The name helps decide whether it is prose. */
  readonly path: string;
  readonly bytes: Uint8Array;
}

export interface Checker {
  /** How many batches it checks at the same time. */
  readonly width: number;
  readonly isOffThread: boolean;
  /** Checks a batch; undefined for a draft that is not text or not prose. */
  check(batch: Batch): Promise<readonly (StoredFacts | undefined)[]>;
  /** Work not done yet is abandoned, and answered like text that is not prose. */
  dispose(): void;
}

/** Facts from earlier sessions, by a key of everything they depend on. */
export interface FactsCache {
  /** `stamp` is `StoredDraft.stamp`. */
  toKey(bytes: Uint8Array, stamp: string): string;
  get(key: string): StoredFacts | undefined;
  set(key: string, facts: StoredFacts): void;
  /** Writes the entries that were read or set in this session, and drops the others. */
  save(): Promise<void>;
}

export interface Clock {
  /** Milliseconds; never decreases. */
  now(): number;
  /** Resolves in the next turn of the event loop, after waiting messages. */
  turn(): Promise<void>;
  /** Calls back once after a delay, unless disposed before. */
  after(milliseconds: number, call: () => void): Disposable;
}

/** After `first`, lets waiting messages through once the work since then has taken more than this many milliseconds. */
export function resting(
  clock: Clock,
  slice: number,
  first: () => void = () => undefined,
): () => Promise<void> {
  let start = clock.now();
  return async () => {
    if (clock.now() - start <= slice) return;
    first();
    await clock.turn();
    start = clock.now();
  };
}
