import { chmodSync, lstatSync, mkdirSync, readdirSync, rmSync } from "node:fs";
import nodeModule from "node:module";
import path from "node:path";
import { markReading } from "./reading-mark.ts";

/** What Node offers from 22.1 on; flushing from 22.10 on. */
export interface CodeStore {
  readonly enableCompileCache?: (folder: string) => unknown;
  readonly flushCompileCache?: () => void;
}

/** Its types here are those of Node 20. */
const NODE: CodeStore = nodeModule as object;

/** The folder of what is compiled, in the storage. */
const NAME = "compiled";

/** Each release of Galley and of Node adds one or two. */
const MOST_FILES = 20;

/**
 * The folder that an argument names: an absolute path. Anything else, such as an option, would be looked for in
 * the folder that the process was started in, which may be a repository of strangers: what is there must not run.
 */
export function folderIn(argument: string | undefined): string | undefined {
  return argument !== undefined && path.isAbsolute(argument) ? argument : undefined;
}

/**
 * Has Node take what it compiled before of what is loaded from now on, and store it, in a folder of `storage`. Node
 * runs what it finds there, so nobody else may have written it: both folders must be the user's own, no links, and
 * not writable by others. Returns what is to be called once the program works; undefined where nothing is stored.
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
        // The mark stays, and the next start deletes what may have been stored by half.
      }
    };
  } catch {
    return undefined;
  }
}

const GROUP_WRITES = 0o020;
const OTHERS_WRITE = 0o022;

/** VS Code makes the storage; where a new folder is open to its group, on Ubuntu as on others, that is closed. */
function closeToGroup(folder: string): void {
  const stats = lstatSync(folder, { throwIfNoEntry: false });
  if (stats?.isDirectory() !== true || stats.uid !== process.getuid?.()) return;
  if ((stats.mode & OTHERS_WRITE) === GROUP_WRITES) chmodSync(folder, stats.mode & ~GROUP_WRITES);
}

/**
 * Makes a folder where there is none. Returns whether it is one, no link to one, that nobody else may write into;
 * Windows has neither owners nor modes.
 */
function makePrivate(folder: string): boolean {
  // What is above it is there. With `recursive` Node never ends in /proc.
  if (lstatSync(folder, { throwIfNoEntry: false }) === undefined) mkdirSync(folder, 0o700);
  const stats = lstatSync(folder);
  const user = process.getuid?.();
  const isOwn = user === undefined || (stats.uid === user && (stats.mode & OTHERS_WRITE) === 0);
  return stats.isDirectory() && isOwn;
}
