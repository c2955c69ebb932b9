import { readdirSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { isRunning } from "./replace-file.ts";

/**
 * Marks that this process reads and relies on something that an earlier one stored under a name in a folder. Damage
 * there may crash the process, at every start. So the next process deletes what a crashed process was reading, and at
 * most one start fails. The mark is a file that names the process; marks of running processes are left alone.
 *
 * Returns a function that removes the mark, once nothing can go wrong any more; undefined if no mark can be written,
 * and nothing may be read. Never throws.
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
      // In this order, a process that is killed between the two leaves the mark.
      remove(name);
      remove(mark);
    }
    const mark = `${prefix}${String(process.pid)}`;
    writeFileSync(path.join(folder, mark), "", { flag: "wx", mode: 0o600 });
    return () => {
      try {
        remove(mark);
      } catch {
        // The next start deletes something undamaged, and is only slower.
      }
    };
  } catch {
    return undefined;
  }
}
