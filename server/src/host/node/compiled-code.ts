import { chmodSync, lstatSync, mkdirSync, readdirSync, rmSync } from "node:fs";
import nodeModule from "node:module";
import path from "node:path";
import { markReading } from "./reading-mark.ts";

/** What Node offers from 22.1 on; flushing from 22.10 on. */
export interface CodeStore {
  readonly enableCompileCache?: (folder: string) => unknown;
  readonly flushCompileCache?: () => void;
}

/** Our types are those of Node 20. */
const NODE: CodeStore = nodeModule as object;

/** The folder for compiled code, in the storage. */
const NAME = "compiled";

/** Each release of Galley and of Node adds one or two. */
const MOST_FILES = 20;

/**
 * The folder that an argument names: an absolute path. Anything else, such as an option, would be resolved in the
 * folder where the process was started. That may be a stranger's repository, whose code must not run.
 */
export function folderIn(argument: string | undefined): string | undefined {
  return argument !== undefined && path.isAbsolute(argument) ? argument : undefined;
}

/**
 * Makes Node reuse stored compiled code for everything loaded from now on, and store more, in a folder of `storage`.
 * Node runs what it finds there, so nobody else may have written it: both folders must belong to the user, be no links,
 * and not be writable by others. Returns a function to call once the program works; undefined if nothing is stored.
 * Neither throws.
 */
export function useCompiledCode(storage: string, node = NODE): (() => void) | undefined {
  if (node.enableCompileCache === undefined) return undefined;
  const folder = path.join(storage, NAME);
  try {
    closeToGroup(storage);
    if (!makePrivate(storage)) return undefined;
    const stopMarking = markReading(storage, NAME);
    if (stopMarking === undefined) return undefined;
    if (!makePrivate(folder)) {
      stopMarking();
      return undefined;
    }
    if (readdirSync(folder, { recursive: true }).length > MOST_FILES) {
      rmSync(folder, { recursive: true });
      mkdirSync(folder, 0o700);
    }
    node.enableCompileCache(folder);
    return () => {
      try {
        node.flushCompileCache?.();
        stopMarking();
      } catch {
        // The mark stays, and the next start deletes what may be half stored.
      }
    };
  } catch {
    return undefined;
  }
}

const GROUP_WRITES = 0o020;
const OTHERS_WRITE = 0o022;

/** VS Code creates the storage. If a new folder is open to its group, as on Ubuntu, this closes it. */
function closeToGroup(folder: string): void {
  const stats = lstatSync(folder, { throwIfNoEntry: false });
  if (stats?.isDirectory() !== true || stats.uid !== process.getuid?.()) return;
  if ((stats.mode & OTHERS_WRITE) === GROUP_WRITES) chmodSync(folder, stats.mode & ~GROUP_WRITES);
}

/**
 * Makes a folder if there is none. Returns whether it is a folder, not a link, that nobody else may write into. Windows
 * has neither owners nor modes.
 */
function makePrivate(folder: string): boolean {
  // The folder above it exists. With `recursive`, Node never returns in /proc.
  if (lstatSync(folder, { throwIfNoEntry: false }) === undefined) mkdirSync(folder, 0o700);
  const stats = lstatSync(folder);
  const user = process.getuid?.();
  const isOwn = user === undefined || (stats.uid === user && (stats.mode & OTHERS_WRITE) === 0);
  return stats.isDirectory() && isOwn;
}
