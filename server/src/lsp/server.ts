/*
 * lsp/: the language server, a function and a queue. This file only puts the parts together.
 *
 *   message ─▶ handlers/ ─▶ event ─▶ transition(state, event) ─▶ toEffects ─▶ perform ─▶ queue ─▶ reports
 *
 * - `state.ts` holds everything known, as one value; `transition` and `toEffects` are pure. Only the store in
 *   `session.ts` has the current state.
 * - A handler turns a message into an event or answers from the state. Handlers don't call each other.
 * - `perform.ts` does short work at once. The rest are jobs in `queue.ts`, which lets messages through before each job
 *   that did not come from one. Nothing polls.
 * - Work in progress has one owner each, in `Session`: changed files and folders (`disk.ts`), drafts to read
 *   (`disk-checks.ts`), what relates drafts (`comparison.ts`), open drafts (`open-drafts.ts`), and what the client was
 *   told (`reports.ts`). An open draft is one value: document, config, findings, and what relates it to others.
 * - `linted.ts` lints an open draft in steps, each a pure function of the one before: findings, folder totals,
 *   losses that git confirmed (`lost-words.ts`), baseline, what is held back (`quiet.ts`).
 * - A keystroke updates text, lines and draft by the edit, and a pull answers for the newest version. Findings that
 *   relate distant blocks, or two drafts, are updated at a pause; until then they move with the edits. A stet is called
 *   unused once other drafts were compared after a pause, as it may be for what they share.
 * - The first pass checks open drafts, then their neighbours, then the last modified. Facts are cached. The cache is
 *   opened when the first draft on disk is checked, and threads end when all work is done.
 * - File events lead to a draft to read, a folder to walk or a config file to load, in any order. A result is valid only
 *   under the settings it was found with.
 * - An edit in another draft is made only if that draft has not changed since the two were compared.
 */

import type { Connection, ConnectionOptions } from "vscode-languageserver";
import type { Host } from "../project/host.ts";
import type { Effect } from "./effects.ts";
import { handleCodeActions } from "./handlers/code-actions.ts";
import { handleCodeLens } from "./handlers/code-lens.ts";
import { handleCommands } from "./handlers/commands.ts";
import { handleLifecycle } from "./handlers/lifecycle.ts";
import { handleDiagnostics, handleDocuments } from "./handlers/documents.ts";
import { handleHover } from "./handlers/hover.ts";
import { handleRequests, handleViewRequests } from "./handlers/requests.ts";
import { messageGate } from "./message-gate.ts";
import { messageOnce } from "./messages.ts";
import { performer } from "./perform.ts";
import { jobQueue } from "./queue.ts";
import { Reports } from "./reports.ts";
import { newSession, type Session, newStore } from "./session.ts";
import { isReady } from "./state.ts";

/** Creates the connection to the client with these options. */
export type Connect = (options: ConnectionOptions) => Connection;

/** The message handlers, one for each group of messages. They don't call each other. */
const HANDLERS: readonly ((session: Session, reports: Reports) => void)[] = [
  handleLifecycle,
  handleDocuments,
  handleDiagnostics,
  handleCodeActions,
  handleHover,
  handleCodeLens,
  handleCommands,
  handleRequests,
  handleViewRequests,
];

/**
 * Starts a server for one client. `host` has everything that depends on the platform. Resolves when the session has
 * begun and no initial work is left.
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
