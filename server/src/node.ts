import { createConnection } from "vscode-languageserver/node";
import { inThread } from "./lsp/in-thread.ts";
import { nodeFiles } from "./lsp/node-files.ts";
import { timers } from "./lsp/timers.ts";
import { startServer } from "./lsp/server.ts";
import type { Host } from "./lsp/host.ts";

/** The language server as a process: over standard input and output with --stdio, or Node's own channel. */
export function nodeHost(): Host {
  return {
    reads: (scheme) => scheme === "file",
    files: nodeFiles,
    checker: () => inThread(timers),
    clock: timers,
  };
}

startServer(createConnection(), nodeHost());
