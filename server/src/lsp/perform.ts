import { basename, dirname } from "../text/path.ts";
import { CONFIG_NAME } from "../settings/config/config.ts";
import { findExtenders } from "../settings/config/tree.ts";
import { compareChanged, LONGEST_DELAY, pauseIn, requeueAll } from "./comparison.ts";
import { dropOutOfScope, filesChanged, scan } from "./disk.ts";
import type { Effect } from "./effects.ts";
import { newWatchers } from "./files.ts";
import { confirmLosses, type LateAnswer } from "./lost-words.ts";
import { sendOptional } from "./messages.ts";
import { moveFindings } from "./open-drafts.ts";
import {
  DidChangeConfigurationNotification,
  DidChangeWatchedFilesNotification,
} from "./protocol-library.ts";
import type { Job } from "./queue.ts";
import { quietTimer } from "./quiet.ts";
import type { Reports } from "./reports.ts";
import type { Session } from "./session.ts";
import {
  extendedToWatch,
  forgetIgnoreFiles,
  loadAll,
  loadConfigsOfOpened,
  loadExtendedBy,
  start,
} from "./settings.ts";

/** Returns the function that carries out effects: short ones at once, the others as jobs in the queue. */
export function performer(session: Session, reports: Reports): (effect: Effect) => void {
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
  const confirm = (path: string, answer?: LateAnswer): void => {
    queue.add({
      kind: "compare",
      name: `confirm ${path}`,
      run: async () => {
        const onLate = (late: LateAnswer): void => {
          confirm(path, late);
        };
        if (await confirmLosses(session, path, onLate, answer)) reports.markChanged([path]);
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
      case "confirm-losses":
        confirm(effect.path);
        break;
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
