import {
  BrowserMessageReader,
  BrowserMessageWriter,
  createConnection,
} from "vscode-languageserver/browser";
import { inThreadChecker } from "./project/check-drafts.ts";
import { startServer } from "./lsp/server.ts";
import { timers } from "./host/timers.ts";

/** The language server as a web worker: the client reads its files. */
const scope = self as unknown as DedicatedWorkerGlobalScope;
const reader = new BrowserMessageReader(scope);
const writer = new BrowserMessageWriter(scope);

void startServer((options) => createConnection(reader, writer, options), {
  reads: () => false,
  files: { entries: () => Promise.resolve(undefined), read: () => Promise.resolve("gone") },
  checker: () => inThreadChecker(timers),
  clock: timers,
});
