import {
  accessSync,
  appendFileSync,
  closeSync,
  constants,
  fchmodSync,
  fchownSync,
  fstatSync,
  fsyncSync,
  linkSync,
  lstatSync,
  openSync,
  readdirSync,
  realpathSync,
  renameSync,
  rmSync,
  type Stats,
  statSync,
  writeSync,
} from "node:fs";
import path from "node:path";

/** What must hold for a file to be written. */
export interface WriteTerms {
  /** Its stats when it was read, or that there was none. Without this, it is replaced in any case. */
  readonly before?: Stats | "absent";
  /** Whether it may write to a file, by its real path. Without this, only in place of the file itself. */
  readonly isNamed?: (target: string) => boolean;
}

/**
 * Creates a file or replaces its bytes, atomically: a reader sees the old bytes or the new ones, even after a power
 * failure. They are written to a file beside it, which then takes its name. The command line writes all its files this
 * way, except for the log of a CI step, to which others append too.
 *
 * Folders on the way may be links. If the file itself is a link, it is followed only to what `isNamed` has, and stays a
 * link.
 *
 * Refuses anything that is not a regular file, and cases where a rename would lose something: a file with hard links,
 * whose other names would keep the old text, or one that another user owns. Access lists and extended attributes are
 * not copied.
 *
 * Returns a message why nothing was written; undefined if it was. Never throws.
 */
export function writeWhole(
  file: string,
  bytes: Uint8Array,
  terms: WriteTerms = {},
): string | undefined {
  try {
    const place = placeFor(file, terms);
    if (typeof place === "string") return place;
    return moveInto(place.target, bytes, place.known, place.isStill);
  } catch (error) {
    return writeFailureText(error);
  }
}

/** Why `writeWhole` would not write, as far as that can be known in advance. Never throws. */
export function whyNotWritten(file: string, terms: WriteTerms): string | undefined {
  try {
    const place = placeFor(file, terms);
    return typeof place === "string" ? place : undefined;
  } catch (error) {
    return writeFailureText(error);
  }
}

interface FilePlace {
  readonly target: string;
  readonly known: Stats | undefined;
  readonly isStill: () => boolean;
}

/** Where a file will be written, or why it won't. Throws the system's errors. */
function placeFor(file: string, { before, isNamed }: WriteTerms): FilePlace | string {
  const place = path.join(realpathSync(path.dirname(file)), path.basename(file));
  const stats = lstatSync(place, { throwIfNoEntry: false });
  const target = stats === undefined ? place : realpathSync(place);
  // One of its names may be left over from a run that was killed between making and removing it.
  if (stats !== undefined && stats.nlink > 1) removeLeftovers([path.dirname(place)]);
  if (!(isNamed?.(target) ?? target === place))
    return `It is a link to ${target}, which was not named.`;
  const now = statSync(target, { throwIfNoEntry: false });
  const known = before === "absent" ? undefined : (before ?? now);
  const isStill = (): boolean => isSame(known, statSync(target, { throwIfNoEntry: false }));
  if (!isStill()) return CHANGED;
  // Things that `isSame` does not compare, such as the mode, may have changed since the file was read.
  return whyKept(target, now) ?? { target, known: now, isStill };
}

/** Why a file is not replaced, judging by its stats; undefined if it may be. */
function whyKept(target: string, stats: Stats | undefined): string | undefined {
  if (stats === undefined) return undefined;
  if (!stats.isFile()) return "It is no regular file.";
  // For root `access` succeeds even on read-only files.
  if ((stats.mode & OWNER_WRITES) === 0) return "It is read-only.";
  accessSync(target, constants.W_OK);
  return stats.nlink > 1
    ? "It has several names (hard links), and this one would be parted from the others."
    : undefined;
}

/**
 * Writes bytes to a file beside `target`, with the owner and mode of `like`, and moves it there if `isStill` holds
 * then. Returns a message why not. Throws the system's errors; the file beside it is removed in any case.
 */
function moveInto(
  target: string,
  bytes: Uint8Array,
  like: Stats | undefined,
  isStill: () => boolean,
): string | undefined {
  const name = `${LEFTOVER}${process.pid}-${Math.random().toString(36).slice(2, 10)}`;
  const beside = path.join(path.dirname(target), name);
  const descriptor = openSync(beside, "wx", like === undefined ? 0o666 : 0o600);
  try {
    try {
      if (like !== undefined && !takesAfter(descriptor, like)) {
        return "It belongs to somebody else, and would become yours.";
      }
      for (let at = 0; at < bytes.length;) at += writeSync(descriptor, bytes, at);
      fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
    if (!isStill() || !putInPlace(beside, target, like === undefined)) return CHANGED;
    syncFolder(path.dirname(target));
    return undefined;
  } finally {
    attempt(() => {
      rmSync(beside, { force: true });
    });
  }
}

/**
 * Gives the file beside it the name of `target`. A new file is linked, and renamed only if the file system has no hard
 * links: a rename would replace a file created meanwhile. Returns whether it worked; throws the system's errors.
 */
function putInPlace(beside: string, target: string, isNew: boolean): boolean {
  if (isNew) {
    try {
      linkSync(beside, target);
      return true;
    } catch (error) {
      if (errorCode(error) === "EEXIST") return false;
    }
  }
  renameSync(beside, target);
  return true;
}

/** Gives a file the owner and mode of another. Returns whether it has that owner. Throws the system's errors. */
function takesAfter(descriptor: number, { uid, gid, mode }: Stats): boolean {
  const made = fstatSync(descriptor);
  const isOwned =
    (made.uid === uid && made.gid === gid) ||
    attempt(() => {
      fchownSync(descriptor, uid, gid);
    });
  // After `chown`, which clears some mode bits.
  if (isOwned) fchmodSync(descriptor, mode & 0o7777);
  return isOwned;
}

/** Appends to a regular file, or creates it. Returns why it could not; never throws. */
export function appendWhole(file: string, text: string): string | undefined {
  try {
    if (statSync(file, { throwIfNoEntry: false })?.isFile() === false) {
      return "It is no regular file.";
    }
    appendFileSync(file, text);
    return undefined;
  } catch (error) {
    return writeFailureText(error);
  }
}

/** The prefix of temporary files. */
const LEFTOVER = ".galley-fix-";

/** Whether a file is a temporary file of an interrupted run. It is not a draft. */
export function isLeftover(name: string): boolean {
  return name.startsWith(LEFTOVER);
}

/** Deletes the temporary files of interrupted runs in folders, but not those of processes that still run. */
export function removeLeftovers(folders: Iterable<string>): void {
  for (const folder of folders) {
    attempt(() => {
      for (const name of readdirSync(folder)) {
        const process = isLeftover(name) ? /^(\d+)-/.exec(name.slice(LEFTOVER.length)) : null;
        if (process === null || isRunning(Number(process[1]))) continue;
        rmSync(path.join(folder, name), { force: true });
      }
    });
  }
}

const OWNER_WRITES = 0o200;

/** The message for a file that has changed since it was read. */
export const CHANGED = "It was changed by somebody else meanwhile.";

/** Whether it is the same file, unchanged; undefined: there is none. */
function isSame(a: Stats | undefined, b: Stats | undefined): boolean {
  return a?.ino === b?.ino && a?.dev === b?.dev && a?.size === b?.size && a?.mtimeMs === b?.mtimeMs;
}

/** Whether a file or folder is the folder or in it; both are absolute paths in the system's form. */
export function isInFolder(file: string, folder: string): boolean {
  const relative = path.relative(folder, file);
  return relative !== ".." && !relative.startsWith(`..${path.sep}`) && !path.isAbsolute(relative);
}

/** Flushes a folder to disk, so that the rename is durable. Not every system supports it. */
function syncFolder(folder: string): void {
  attempt(() => {
    const descriptor = openSync(folder, "r");
    try {
      fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
  });
}

/** Whether a process of this number runs, whoever owns it. */
export function isRunning(id: number): boolean {
  try {
    process.kill(id, 0);
    return true;
  } catch (error) {
    return errorCode(error) === "EPERM";
  }
}

function attempt(action: () => void): boolean {
  try {
    action();
    return true;
  } catch {
    return false;
  }
}

function errorCode(error: unknown): unknown {
  return error instanceof Error && "code" in error ? error.code : undefined;
}

function writeFailureText(error: unknown): string {
  switch (errorCode(error)) {
    case "EACCES":
    case "EPERM":
      return "It, or its folder, may not be written to by you.";
    case "EROFS":
      return "It is on a disk that can’t be written to.";
    case "ENOSPC":
    case "EDQUOT":
      return "The disk is full.";
    case "ENOENT":
      return "There is no such file or folder.";
    default:
      return "It can’t be written.";
  }
}
