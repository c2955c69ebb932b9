import type { Host } from "./host.ts";
import { inThread } from "./in-thread.ts";
import { openCache } from "./node-cache.ts";
import { nodeFiles } from "./node-files.ts";
import type { StartWorker } from "./node-threads.ts";
import { threads } from "./node-threads.ts";
import { watchFolder } from "./node-watch.ts";
import { type Connect, startServer } from "./server.ts";
import { timers } from "./timers.ts";

/** Starts the server in Node. `identity` tells this program from every other version of it. */
export function startNodeServer(
  connect: Connect,
  identity: string,
  startWorker: StartWorker | undefined,
): void {
  startServer(connect, nodeHost(identity, startWorker));
}

/** What Node offers. Without a way to start threads all is done on the server's own. */
export function nodeHost(identity: string, startWorker: StartWorker | undefined): Host {
  return {
    reads: (scheme) => scheme === "file",
    files: nodeFiles,
    checker: () => (startWorker === undefined ? inThread(timers) : threads(startWorker)),
    watch: watchFolder,
    openCache: (folder) => openCache(folder, identity),
    clock: timers,
  };
}
