import { closeSync, constants, fstatSync, openSync, readSync, type Stats, statSync } from "node:fs";
import { type FileHandle, open, stat } from "node:fs/promises";
import type { ReadFailure } from "../../project/read-failure.ts";

/*
 * Every read of a file on disk that may be anybody's: drafts, config files, ignore files, the cache. A
 * name in a strange folder may stand for a pipe, a device or a file without end, so nothing is opened
 * that is no regular file, and no read goes on beyond its bound.
 */

/** The bytes, never more than was asked for, and what the file was when they were read. */
export type Read =
  | { readonly bytes: Uint8Array<ArrayBuffer>; readonly stats: Stats }
  | { readonly unread: ReadFailure };

/** Reads a regular file, links followed, of at most so many bytes. Never throws, never waits for a writer. */
export function readFileBounded(file: string, most: number): Read {
  let descriptor: number | undefined;
  try {
    const before = readFailureOf(statSync(file), most);
    if (before !== undefined) return { unread: before };
    descriptor = openSync(file, FLAGS);
    // Another file may have taken the name's place.
    const stats = fstatSync(descriptor);
    const now = readFailureOf(stats, most);
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

/** The same, without keeping the thread. */
export async function readFileBoundedLater(file: string, most: number): Promise<Read> {
  let handle: FileHandle | undefined;
  try {
    const before = readFailureOf(await stat(file), most);
    if (before !== undefined) return { unread: before };
    handle = await open(file, FLAGS);
    const stats = await handle.stat();
    const now = readFailureOf(stats, most);
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

/** What keeps a file from being read, as far as it shows before; undefined where nothing does. */
export function readFailureOf(stats: Stats, most: number): ReadFailure | undefined {
  if (stats.isDirectory()) return "folder";
  if (stats.isFIFO()) return "pipe";
  if (stats.isSocket()) return "socket";
  if (!stats.isFile()) return "device";
  return stats.size > most ? "too large" : undefined;
}

/** `stat`, links followed; or why there is none. */
export function statOf(file: string): Stats | ReadFailure {
  try {
    return statSync(file);
  } catch (error) {
    return failureFrom(error);
  }
}

/** Whether a file that was not read is none at all, as far as can be seen: its folder may be shut. */
export function isAbsent(file: string, unread: ReadFailure): boolean {
  return unread === "gone" || (unread === "forbidden" && typeof statOf(file) === "string");
}

/** A pipe that has come between is opened without waiting for whoever writes to it. */
const FLAGS =
  constants.O_RDONLY |
  // Windows has neither.
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

/** The least that is read at once of a file that is longer than it said. */
const STEP = 64 * 1024;

/**
 * The bytes of a file as they come in. A buffer of the size it says and one more, so that its end shows;
 * files that say 0 and go on, as those in /proc do, get as much again each time, up to the bound.
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

  /** Undefined: there is more than was wanted. */
  bytes(): Uint8Array<ArrayBuffer> | undefined {
    return this.at > this.#most ? undefined : this.buffer.subarray(0, this.at);
  }
}
