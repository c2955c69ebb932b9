import { inThread } from "../../server/src/lsp/in-thread.ts";
import type { Host } from "../../server/src/lsp/host.ts";
import { nodeFiles } from "../../server/src/lsp/node-files.ts";
import { timers } from "../../server/src/lsp/timers.ts";

/** A host on this machine's files, without threads, watchers or a cache. */
export function testHost(parts: Partial<Host>): Host {
  return {
    reads: (scheme) => scheme === "file",
    files: nodeFiles,
    checker: () => inThread(timers),
    clock: timers,
    ...parts,
  };
}
