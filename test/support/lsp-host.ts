import { inThreadChecker } from "../../server/src/project/in-thread-checker.ts";
import type { Host } from "../../server/src/project/host.ts";
import { nodeFiles } from "../../server/src/host/node/files.ts";
import { timers } from "../../server/src/host/timers.ts";

/**
 * A host on this machine's files, without threads, watchers or a cache. With `virtualClock()` as its `clock`
 * a server's delays pass when a test says so.
 */
export function testHost(parts: Partial<Host>): Host {
  const { clock = timers } = parts;
  return {
    reads: (scheme) => scheme === "file",
    files: nodeFiles,
    checker: () => inThreadChecker(clock),
    clock,
    ...parts,
  };
}
