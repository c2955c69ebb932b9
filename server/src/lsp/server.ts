import type { Connection, ConnectionOptions } from "vscode-languageserver";
import type { Host } from "../project/host.ts";
import type { Effect } from "./effects.ts";
import { handleCodeActions } from "./handlers/code-actions.ts";
import { handleCodeLens } from "./handlers/code-lens.ts";
import { handleCommands } from "./handlers/commands.ts";
import {
  handleConfiguration,
  handleFiles,
  handleFolders,
  handleLifecycle,
} from "./handlers/lifecycle.ts";
import { handleDiagnostics } from "./handlers/diagnostics.ts";
import { handleDocuments } from "./handlers/documents.ts";
import { handleHover } from "./handlers/hover.ts";
import { handleRequests } from "./handlers/requests.ts";
import { messageGate } from "./message-gate.ts";
import { messageOnce } from "./messages.ts";
import { performer } from "./perform.ts";
import { jobQueue } from "./queue.ts";
import { Reports } from "./reports.ts";
import { newSession, type Session, newStore } from "./session.ts";
import { isReady } from "./state.ts";

/** Creates the connection to the client with these options. */
export type Connect = (options: ConnectionOptions) => Connection;

/** The message handlers, one for each group of messages; they don't call each other. */
const HANDLERS: readonly ((session: Session, reports: Reports) => void)[] = [
  handleLifecycle,
  handleDocuments,
  handleDiagnostics,
  handleCodeActions,
  handleHover,
  handleCodeLens,
  handleCommands,
  handleConfiguration,
  handleFiles,
  handleFolders,
  handleRequests,
];

/**
 * Starts a server for one client. `host` has everything that depends on the platform. Resolves when the session has
 * begun and nothing waits to be done for the first time.
 */
export function startServer(connect: Connect, host: Host): Promise<void> {
  const gate = messageGate();
  const connection = connect({ messageStrategy: gate.strategy });
  gate.attach(connection);
  const queue = jobQueue(host.clock, (error) => {
    connection.console.error(String(error));
  });
  const store = newStore((effect) => {
    perform(effect);
  });
  const showMessageOnce = messageOnce(connection);
  const session = newSession({ connection, host, queue, store, showMessageOnce });
  const reports = new Reports(session);
  const perform: (effect: Effect) => void = performer(session, reports);
  for (const handle of HANDLERS) handle(session, reports);
  connection.listen();
  return store.until(isReady).then(() => queue.whenIdle());
}
