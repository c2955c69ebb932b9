import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { isMainThread, Worker } from "node:worker_threads";
import { connectAs } from "./node-connection.ts";
import { startNodeServer } from "./node-server.ts";
import { boundHeapGrowth } from "./host/node/v8-flags.ts";
import { answerBatches } from "./host/node/threads.ts";
import { modelsMark } from "./missing/model-bytes.ts";

/**
 * The language server as a process: over standard input and output with --stdio, or Node's own channel. The same file,
 * started as a worker thread, checks drafts.
 */
const self = import.meta.url;

/** Of the server, when it works: `startServer`. */
export const ready = isMainThread ? startProcess() : undefined;

if (!isMainThread) answerBatches();

function startProcess(): Promise<void> {
  boundHeapGrowth();
  // When run from source, as in tests, there is no bundle to start again.
  const startWorker = self.endsWith(".ts") ? undefined : () => new Worker(new URL(self));
  const identity = identityOf(fileURLToPath(self));
  return startNodeServer(connectAs(process.argv.slice(2)), identity, startWorker);
}

/** A digest of the program and its models: any change in them changes what it finds. */
function identityOf(file: string): string {
  return createHash("sha1").update(readFileSync(file)).update(modelsMark).digest("hex");
}
