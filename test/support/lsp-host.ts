import { inThreadChecker } from "../../server/src/project/in-thread.ts";
import type { Host } from "../../server/src/project/host.ts";
import { nodeFiles } from "../../server/src/host/node/files.ts";
import { timers } from "../../server/src/host/timers.ts";

/** A host on this machine's files, without threads, watchers or a cache. */
export function testHost(parts: Partial<Host>): Host {
  return {
    reads: (scheme) => scheme === "file",
    files: nodeFiles,
    checker: () => inThreadChecker(timers),
    clock: timers,
    ...parts,
  };
}
