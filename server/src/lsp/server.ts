/*
 * lsp/: the language server, a function and a queue. This file only puts the parts together.
 *
 *   message ─▶ handlers/ ─▶ event ─▶ transition(state, event) ─▶ effects ─▶ perform ─▶ queue ─▶ reports
 *
 * - `state.ts` holds everything known, as one value; `transition` is pure. Only the store in
 *   `session.ts` has the current state.
 * - A handler turns a message into an event or answers from the state. Handlers don't call each other.
 * - `performer`, below, does short work at once. The rest are jobs in `queue.ts`, which lets messages through before each job
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
import { CONFIG_NAME } from "../settings/config/config.ts";
import { findExtenders } from "../settings/config/tree.ts";
import { basename, dirname } from "../text/path.ts";
import { compareChanged, LONGEST_DELAY, pauseIn, requeueAll } from "./comparison.ts";
import { dropOutOfScope, filesChanged, scan } from "./disk.ts";
import { newWatchers } from "./files.ts";
import { handleCodeActions } from "./handlers/code-actions.ts";
import { handleCodeLens, handleCommands } from "./handlers/code-lens.ts";
import { handleDiagnostics, handleDocuments } from "./handlers/documents.ts";
import { handleHover } from "./handlers/hover.ts";
import { handleLifecycle } from "./handlers/lifecycle.ts";
import { handleRequests, handleViewRequests } from "./handlers/requests.ts";
import { confirmLosses } from "./lost-words.ts";
import { messageGate } from "./message-gate.ts";
import {
  DidChangeConfigurationNotification,
  DidChangeWatchedFilesNotification,
  messageOnce,
  sendOptional,
} from "./messages.ts";
import { moveFindings } from "./open-drafts.ts";
import { type Job, jobQueue } from "./queue.ts";
import { quietTimer } from "./quiet.ts";
import { Reports } from "./reports.ts";
import { newSession, newStore, type Session } from "./session.ts";
import {
  extendedToWatch,
  forgetIgnoreFiles,
  loadAll,
  loadConfigsOfOpened,
  loadExtendedBy,
  start,
} from "./settings.ts";
import { isReady } from "./state.ts";
import type { Effect } from "./transition.ts";

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

/** Returns the function that carries out effects: short ones at once, the others as jobs in the queue. */
function performer(session: Session, reports: Reports): (effect: Effect) => void {
  const { host, store, queue } = session;
  const onChange = (uris: readonly string[]): void => {
    filesChanged(session, uris);
  };
  const { reads, watch, watchFile } = host;
  const watchers = newWatchers({ reads, watch }, onChange);
  const extendedWatchers = newWatchers({ reads, watch: watchFile }, onChange);
  const quiet = quietTimer(
    host.clock,
    () => store.state.heldBack?.until,
    () => {
      store.dispatch({ type: "quiet-over", at: host.clock.now() });
    },
  );
  const later = (job: Omit<Job, "kind">): void => {
    queue.add({ kind: "message", ...job });
  };

  /** Nothing else waits for a slow git: once it has answered, there is another job. */
  const confirm = (path: string): void => {
    queue.add({
      kind: "compare",
      name: `confirm ${path}`,
      run: async () => {
        const isNew = await confirmLosses(session, path, () => {
          confirm(path);
        });
        if (isNew) reports.markChanged([path]);
      },
    });
  };

  return (effect) => {
    // Long, as each effect has its case.
    switch (effect.type) {
      case "start":
        register(session);
        later({ run: () => start(session) });
        break;
      case "stop":
        watchers.watch([]);
        extendedWatchers.watch([]);
        quiet.dispose();
        reports.end();
        session.disk.idle?.dispose();
        session.disk.generation++;
        session.disk.checker?.dispose();
        break;
      case "watch-folders":
        forgetIgnoreFiles(session);
        if (!session.client.registersWatchers) watchers.watch(session.workspace.folders);
        break;
      case "load-settings":
        later({ run: () => loadAll(session, effect.because) });
        break;
      case "load-configs":
        later({ run: () => loadConfigsOfOpened(session, effect.path, effect.opening) });
        break;
      case "scan":
        dropOutOfScope(session);
        scan(session, session.workspace.folders, false);
        break;
      case "compare-all":
        requeueAll(session);
        break;
      case "move-findings":
        moveFindings(session, effect.path, effect.document);
        break;
      case "follow-edit":
        later({
          name: `follow ${effect.path}`,
          delay: pauseIn(session.workspace.open.get(effect.path)?.text.length ?? 0),
          longestDelay: LONGEST_DELAY,
          run: () => followText(session, effect.path),
        });
        break;
      case "forget-document":
        session.drafts.delete(effect.path);
        reports.forgetOpen(effect.path);
        break;
      case "watch-extended":
        extendedWatchers.watch(extendedToWatch(session));
        break;
      case "compare":
        compareChanged(session, effect.paths);
        break;
      case "confirm-losses": {
        const draft = session.drafts.get(effect.path);
        if (draft !== undefined) draft.versions = undefined;
        confirm(effect.path);
        break;
      }
      case "await-quiet":
        quiet.start();
        break;
      case "report":
        reports.markChanged(effect.paths);
        break;
      case "refresh":
        reports.refresh();
        break;
    }
  };
}

function register({ client, connection }: Session): void {
  if (client.registersConfiguration) {
    const section = ["galley", "files.exclude", "search.exclude"];
    sendOptional(connection.client.register(DidChangeConfigurationNotification.type, { section }));
  }
  if (client.registersWatchers) {
    // All files, because no pattern matches only folders.
    const watchers = [{ globPattern: "**/*" }];
    sendOptional(connection.client.register(DidChangeWatchedFilesNotification.type, { watchers }));
  }
}

/** After an edit and a pause: updates what depends on the text of a document. */
async function followText(session: Session, path: string): Promise<void> {
  await session.store.until(({ loading }) => !loading.has(path));
  session.changed([path]);
  // The open text of a config file applies, not the text on disk.
  const extenders = findExtenders(session.workspace.tree, (one) => one === path);
  const configs = basename(path) === CONFIG_NAME ? [path, ...extenders] : extenders;
  if (configs.length === 0) return;
  for (const config of configs) session.changed(await loadExtendedBy(session, config));
  scan(session, configs.map(dirname), false);
}
