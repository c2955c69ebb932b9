import {
  closeSync,
  constants,
  fstatSync,
  lstatSync,
  openSync,
  readSync,
  type Stats,
  statSync,
} from "node:fs";
import { type FileHandle, open, stat } from "node:fs/promises";
import type { ReadFailure } from "../../project/read-limits.ts";

/*
 * The only reads of untrusted files: drafts, config files, ignore files, the cache. A path may be a pipe, a
 * device or an endless file, so only regular files are opened, and every read has a size limit.
 */

/** The bytes, and the file's stats at that time; or why it could not be read. */
export type Read =
  | { readonly bytes: Uint8Array<ArrayBuffer>; readonly stats: Stats }
  | { readonly unread: ReadFailure };

/** Reads a regular file of at most `most` bytes; links are followed. Never throws, never blocks on a pipe. */
export function readFileBounded(file: string, most: number): Read {
  let descriptor: number | undefined;
  try {
    const failure = toReadFailure(statSync(file), most);
    if (failure !== undefined) return { unread: failure };
    descriptor = openSync(file, FLAGS);
    // The path may lead to another file since `stat`.
    const stats = fstatSync(descriptor);
    const now = toReadFailure(stats, most);
    if (now !== undefined) return { unread: now };
    const parts = new Parts(stats.size, most);
    while (parts.wantsMore()) {
      const { buffer, at } = parts;
      parts.took(readSync(descriptor, buffer, at, buffer.length - at, null));
    }
    const bytes = parts.bytes();
    return bytes === undefined ? { unread: "too large" } : { bytes, stats };
  } catch (error) {
    return { unread: failureFrom(error) };
  } finally {
    if (descriptor !== undefined) closeSync(descriptor);
  }
}

/** The same, asynchronously. */
export async function readFileBoundedLater(file: string, most: number): Promise<Read> {
  let handle: FileHandle | undefined;
  try {
    const failure = toReadFailure(await stat(file), most);
    if (failure !== undefined) return { unread: failure };
    handle = await open(file, FLAGS);
    const stats = await handle.stat();
    const now = toReadFailure(stats, most);
    if (now !== undefined) return { unread: now };
    const parts = new Parts(stats.size, most);
    while (parts.wantsMore()) {
      const { buffer, at } = parts;
      const { bytesRead } = await handle.read(buffer, at, buffer.length - at, null);
      parts.took(bytesRead);
    }
    const bytes = parts.bytes();
    return bytes === undefined ? { unread: "too large" } : { bytes, stats };
  } catch (error) {
    return { unread: failureFrom(error) };
  } finally {
    await handle?.close().catch(() => undefined);
  }
}

/** Why a file can't be read, judging by its stats; undefined if it can. */
export function toReadFailure(stats: Stats, most: number): ReadFailure | undefined {
  if (stats.isDirectory()) return "folder";
  if (stats.isFIFO()) return "pipe";
  if (stats.isSocket()) return "socket";
  if (!stats.isFile()) return "device";
  return stats.size > most ? "too large" : undefined;
}

/** The stats of a file, following links, or why it has none. */
export function tryStat(file: string): Stats | ReadFailure {
  try {
    return statSync(file);
  } catch (error) {
    return failureFrom(error);
  }
}

/** The same for a link itself. */
export function tryLstat(file: string): Stats | ReadFailure {
  try {
    return lstatSync(file);
  } catch (error) {
    return failureFrom(error);
  }
}

/** Whether an unreadable file does not exist, or is in a folder that may not be read. */
export function isAbsent(file: string, unread: ReadFailure): boolean {
  return unread === "gone" || (unread === "forbidden" && typeof tryStat(file) === "string");
}

/** Opening does not block, even if the path has become a pipe since `stat`. */
const FLAGS =
  constants.O_RDONLY |
  // Windows has neither flag.
  ((constants as Partial<typeof constants>).O_NONBLOCK ?? 0) |
  ((constants as Partial<typeof constants>).O_NOCTTY ?? 0);

function failureFrom(error: unknown): ReadFailure {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  switch (code) {
    case "ENOENT":
    case "ENOTDIR":
    case "ELOOP":
      return "gone";
    case "EACCES":
    case "EPERM":
      return "forbidden";
    case "EISDIR":
      return "folder";
    default:
      return "failed";
  }
}

/** The least growth of the buffer, in bytes. */
const STEP = 64 * 1024;

/**
 * A growing buffer. It starts one byte larger than the file, so that the end is detected. Files of size 0 with content,
 * as in /proc, double it up to the limit.
 */
class Parts {
  buffer: Uint8Array<ArrayBuffer>;
  at = 0;
  readonly #most: number;
  #ended = false;

  constructor(size: number, most: number) {
    this.#most = most;
    this.buffer = new Uint8Array(size + 1);
  }

  wantsMore(): boolean {
    if (this.#ended || this.at > this.#most) return false;
    if (this.at === this.buffer.length) {
      const length = Math.min(this.#most + 1, this.at + Math.max(STEP, this.at));
      const longer = new Uint8Array(length);
      longer.set(this.buffer);
      this.buffer = longer;
    }
    return true;
  }

  took(count: number): void {
    this.at += count;
    if (count === 0) this.#ended = true;
  }

  /** The bytes read; undefined if there are more than the limit. */
  bytes(): Uint8Array<ArrayBuffer> | undefined {
    return this.at > this.#most ? undefined : this.buffer.subarray(0, this.at);
  }
}
