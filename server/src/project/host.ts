import type { Candidate } from "./draft-text.ts";
import type { StoredFacts } from "./facts.ts";
import type { Settings } from "../settings/settings.ts";
import type { ReadFailure } from "./read-failure.ts";

/** What an entry point hands in: everything that differs between Node, a web worker and a test. */
export interface Host {
  /** Whether the server reads files of this scheme itself; the others the client is asked for. */
  readonly reads: (scheme: string) => boolean;
  readonly files: Files;
  /** Judges drafts away from the keyboard; called once for a session. */
  readonly checker: () => Checker;
  /** Watches a folder where the client does not. Calls back with URIs of what may have changed. */
  readonly watch?: (folder: string, changed: (uris: readonly string[]) => void) => Disposable;
  readonly openCache?: (directory: string) => Promise<FactsCache>;
  readonly clock: Clock;
}

export interface Disposable {
  dispose(): void;
}

export interface Entry {
  readonly name: string;
  readonly isFolder: boolean;
  /** A symbolic link, which is no folder; what it leads to shows when it is looked at. */
  readonly isLink?: boolean;
}

/** What a file is, as far as it shows without opening it; links are followed. */
export interface FileStats {
  /** In bytes. */
  readonly size: number;
  /** When it was last changed, in any unit. */
  readonly modified: number;
  /** The same for all names of one file; undefined where that is not known. */
  readonly identity: string | undefined;
}

/** Files by URI. Nothing here throws: what is not there, or is no file, is undefined. */
export interface Files {
  entries(folder: string): Promise<readonly Entry[] | undefined>;
  read(uri: string): Promise<Uint8Array | undefined>;
  /** What a file is, or why it is none that can be read; not there where only reading it tells. */
  stats?(uri: string): FileStats | ReadFailure;
  /** Why `read` gave nothing, asked anew; undefined where it can be read by now. */
  whyUnread?(uri: string): ReadFailure | undefined;
}

/** Drafts to be judged under one group of settings. */
export interface Batch {
  readonly settings: Settings;
  readonly drafts: readonly BatchDraft[];
}

export interface BatchDraft extends Candidate {
  readonly bytes: Uint8Array;
}

export interface Checker {
  /** How many batches it works on at once. */
  readonly width: number;
  /** Whether it leaves the server's own thread alone. */
  readonly isOffThread: boolean;
  /** Undefined stands for what is no text, or no prose. */
  check(batch: Batch): Promise<readonly (StoredFacts | undefined)[]>;
  dispose(): void;
}

/** Facts of an earlier session, by all that they follow from. */
export interface FactsCache {
  /** `stamp` is the stamp of `StoredDraft`. */
  keyOf(bytes: Uint8Array, stamp: string): string;
  get(key: string): StoredFacts | undefined;
  set(key: string, facts: StoredFacts): void;
  /** Writes what was asked for or set in this session, and drops the rest. */
  save(): Promise<void>;
}

export interface Clock {
  /** Milliseconds, rising. */
  now(): number;
  /** The next turn of the event loop, after waiting messages. */
  turn(): Promise<void>;
  /** Calls back once after a time, unless disposed of before. */
  after(milliseconds: number, call: () => void): Disposable;
}
