import type { Host } from "./project/host.ts";
import { inThreadChecker } from "./project/check-drafts.ts";
import { openCache } from "./host/node/cache.ts";
import { versionsReader } from "./host/node/git-history.ts";
import { nodeFiles } from "./host/node/files.ts";
import { type StartWorker, threads } from "./host/node/threads.ts";
import { watchFile, watchFolder } from "./host/node/watch.ts";
import { type Connect, startServer } from "./lsp/server.ts";
import { timers } from "./host/timers.ts";

/** Starts the server in Node, like `startServer`. `identity` distinguishes this program from all other versions. */
export function startNodeServer(
  connect: Connect,
  identity: string,
  startWorker: StartWorker | undefined,
): Promise<void> {
  return startServer(connect, nodeHost(identity, startWorker));
}

/** What Node offers. Without a way to start threads, everything runs on the server's own. */
export function nodeHost(identity: string, startWorker: StartWorker | undefined): Host {
  return {
    reads: (scheme) => scheme === "file",
    files: nodeFiles,
    checker: () => (startWorker === undefined ? inThreadChecker(timers) : threads(startWorker)),
    watch: watchFolder,
    watchFile,
    versions: versionsReader({ env: process.env, clock: timers }),
    openCache: (folder) => openCache(folder, identity),
    clock: timers,
  };
}
