import {
  accessSync,
  appendFileSync,
  closeSync,
  constants,
  fchmodSync,
  fchownSync,
  fstatSync,
  fsyncSync,
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

/**
 * Replaces a file's bytes atomically: a reader, also after a power failure, sees the old bytes or the new ones.
 * They are written to a file beside it, which is then renamed. Links are followed, and stay links.
 *
 * It refuses where a rename would lose something: a file with hard links, whose other names would have the old
 * text, or one that another user owns. Access lists and extended attributes are not copied.
 *
 * `before` are the stats when the file was read; `named` are the real paths of the files and folders in which
 * it may write. Returns a message why nothing was written; undefined if it was. Never throws.
 */
export function replaceFile(
  file: string,
  bytes: Uint8Array,
  before: Stats,
  named: readonly string[],
): string | undefined {
  try {
    const target = realpathSync(file);
    if (!named.some((one) => isWithin(target, one))) {
      return `It is a link to ${target}, which was not named.`;
    }
    const stats = statSync(target);
    if (isChanged(before, stats)) return CHANGED;
    // For root `access` succeeds even on read-only files.
    if ((stats.mode & OWNER_WRITES) === 0) return "It is read-only.";
    accessSync(target, constants.W_OK);
    if (stats.nlink > 1) {
      return "It has several names (hard links), and a fix would part this one from the others.";
    }
    return moveInto(
      target,
      0o600,
      (descriptor) => {
        const made = fstatSync(descriptor);
        if (made.uid !== stats.uid || made.gid !== stats.gid) {
          const isGiven = attempt(() => {
            fchownSync(descriptor, stats.uid, stats.gid);
          });
          if (!isGiven) {
            return "It belongs to somebody else, and a fix would make it yours.";
          }
        }
        // After `chown`, which clears some mode bits.
        fchmodSync(descriptor, stats.mode & 0o7777);
        return undefined;
      },
      bytes,
      () => (isChanged(before, statSync(target)) ? CHANGED : undefined),
    );
  } catch (error) {
    return writeFailureText(error);
  }
}

/**
 * Makes a file in one step, or replaces a regular one as `replaceFile` does: never a folder, a device, a pipe,
 * or a link that leads nowhere. Gives why it was not written; undefined: it was. Never throws.
 */
export function writeWhole(file: string, bytes: Uint8Array): string | undefined {
  try {
    const known = lstatSync(file, { throwIfNoEntry: false });
    if (known !== undefined) {
      const stats = statSync(file);
      if (!stats.isFile()) return "It is no regular file.";
      return replaceFile(file, bytes, stats, [realpathSync(file)]);
    }
    const folder = path.dirname(file);
    if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() !== true) {
      return "There is no such folder.";
    }
    return moveInto(
      file,
      0o666,
      () => undefined,
      bytes,
      () => undefined,
    );
  } catch (error) {
    return writeFailureText(error);
  }
}

/**
 * Writes bytes to a file beside `target` and renames it to that. `prepare` is given the new file before, `refuse`
 * asked after they are written: a message of either is returned, and nothing has changed. Throws what the system
 * throws; the file beside is gone in any case.
 */
function moveInto(
  target: string,
  mode: number,
  prepare: (descriptor: number) => string | undefined,
  bytes: Uint8Array,
  refuse: () => string | undefined,
): string | undefined {
  const name = `${LEFTOVER}${process.pid}-${Math.random().toString(36).slice(2, 10)}`;
  const beside = path.join(path.dirname(target), name);
  const descriptor = openSync(beside, "wx", mode);
  let isMoved = false;
  try {
    try {
      const reason = prepare(descriptor);
      if (reason !== undefined) return reason;
      for (let at = 0; at < bytes.length;) at += writeSync(descriptor, bytes, at);
      fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
    const reason = refuse();
    if (reason !== undefined) return reason;
    renameSync(beside, target);
    isMoved = true;
    syncFolder(path.dirname(target));
    return undefined;
  } finally {
    if (!isMoved) {
      attempt(() => {
        rmSync(beside, { force: true });
      });
    }
  }
}

/** Adds to the end of a regular file, which is made if there is none. Gives why it was not; never throws. */
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

/** Whether a file is a temporary file of an interrupted run. It is no draft. */
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

const CHANGED = "It was changed by somebody else meanwhile.";

/** Whether the file was replaced or changed. */
function isChanged(before: Stats, now: Stats): boolean {
  return (
    before.ino !== now.ino ||
    before.dev !== now.dev ||
    before.size !== now.size ||
    before.mtimeMs !== now.mtimeMs
  );
}

function isWithin(target: string, place: string): boolean {
  return target === place || target.startsWith(place.endsWith(path.sep) ? place : place + path.sep);
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

/** Whether a process of this number runs, whoever's it is. */
export function isRunning(id: number): boolean {
  try {
    process.kill(id, 0);
    return true;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
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

function writeFailureText(error: unknown): string {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  switch (code) {
    case "EACCES":
    case "EPERM":
      return "It, or its folder, may not be written to by you.";
    case "EROFS":
      return "It is on a disk that can’t be written to.";
    case "ENOSPC":
    case "EDQUOT":
      return "The disk is full.";
    case "ENOENT":
      return "It is gone.";
    default:
      return "It can’t be written.";
  }
}
