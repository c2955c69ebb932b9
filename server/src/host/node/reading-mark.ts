import { readdirSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { isRunning } from "./replace-file.ts";

/**
 * Marks that this process reads what an earlier one stored under a name in a folder, and relies on it. Damage there
 * may end the process, at every start; so what a process was reading when it ended is deleted by the next, and one
 * start fails at most. The mark is a file that names the process: those of processes that run are left alone.
 *
 * Returns what takes the mark away, once nothing can go wrong any more; undefined where no mark can be written, and
 * nothing may be read. Never throws.
 */
export function markReading(folder: string, name: string): (() => void) | undefined {
  const prefix = `${name}.read-by-`;
  const remove = (one: string): void => {
    rmSync(path.join(folder, one), { recursive: true, force: true });
  };
  try {
    for (const mark of readdirSync(folder).filter((one) => one.startsWith(prefix))) {
      const reader = Number(mark.slice(prefix.length));
      // In a container each start may have the same number.
      if (reader !== process.pid && isRunning(reader)) continue;
      // In this order: a process that is ended between the two leaves the mark.
      remove(name);
      remove(mark);
    }
    const mark = `${prefix}${String(process.pid)}`;
    writeFileSync(path.join(folder, mark), "", { flag: "wx", mode: 0o600 });
    return () => {
      try {
        remove(mark);
      } catch {
        // The next start deletes what was fine: it is only slower.
      }
    };
  } catch {
    return undefined;
  }
}
