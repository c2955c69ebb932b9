import { keyOf, nameOf, parentOf, pathOf } from "../project/places.ts";
import { CONFIG_NAME } from "../settings/config/config.ts";
import { dropOutOfScope, BATCH_DELAY, takeChangedFiles, scan } from "./disk.ts";
import type { Effect } from "./effects.ts";
import {
  extendedToWatch,
  extending,
  loadExtendedBy,
  forgetIgnoreFiles,
  loadConfigsFor,
  loadSettings,
  start,
} from "./settings.ts";
import { sendOptional } from "./messages.ts";
import {
  compareChanged,
  compareDelay,
  forgetDraft,
  LONGEST_DELAY,
  moveFindings,
  requeueAll,
} from "./comparison.ts";
import {
  CodeLensRefreshRequest,
  DidChangeConfigurationNotification,
  DidChangeWatchedFilesNotification,
} from "./protocol-library.ts";
import { quietTimer } from "./quiet.ts";
import { isOutdated } from "./open-drafts.ts";
import type { Reports } from "./reports.ts";
import { currentVersion, type Session } from "./session.ts";
import { isReady } from "./state.ts";
import { newWatchers } from "./files.ts";

/** Returns the function that carries out effects: short ones at once, the others as jobs in the queue. */
export function performer(session: Session, reports: Reports): (effect: Effect) => void {
  const { connection, host, store, queue, changed } = session;

  const filesChanged = (uris: readonly string[]): void => {
    const paths = uris.map((uri) => pathOf(keyOf(uri)));
    store.dispatch({ type: "files-changed", paths });
  };
  const watchers = newWatchers(host, filesChanged);

  const { reads, watchFile } = host;
  const extendedWatchers = newWatchers(
    watchFile === undefined ? { reads } : { reads, watch: watchFile },
    filesChanged,
  );

  const register = (): void => {
    const { client } = session;
    if (client.registersConfiguration) {
      const section = ["galley", "files.exclude", "search.exclude"];
      sendOptional(
        connection.client.register(DidChangeConfigurationNotification.type, { section }),
      );
    }
    if (client.registersWatchers) {
      // All files, because no pattern matches folders alone.
      const globs = [{ globPattern: "**/*" }];
      sendOptional(
        connection.client.register(DidChangeWatchedFilesNotification.type, { watchers: globs }),
      );
    }
  };

  const loadForFolders = async (): Promise<void> => {
    // A second request before the first is answered would supersede it, and the session would begin with defaults.
    await store.until(isReady);
    const { open } = session.workspace;
    await Promise.all([
      loadSettings(session),
      ...[...open.keys()].map((path) => loadConfigsFor(session, path)),
    ]);
    store.dispatch({ type: "folders-loaded" });
  };

  const loadForConfiguration = async (): Promise<void> => {
    await store.until(isReady);
    if (await loadSettings(session)) store.dispatch({ type: "settings-changed" });
  };

  const loadConfigs = async (path: string, opening: number): Promise<void> => {
    try {
      await Promise.all([store.until(isReady), loadConfigsFor(session, path)]);
    } finally {
      store.dispatch({ type: "configs-loaded", path, opening });
    }
  };

  const showHeldBack = (path: string): void => {
    // Where nothing was held back, the client has it all, or asks for it after an edit.
    if (!isOutdated(session, path)) return;
    reports.markChanged([path]);
    const { client, options } = session;
    if (client.pulls && client.refreshes) sendOptional(connection.languages.diagnostics.refresh());
    if (client.refreshesCodeLens && options.codeLens) {
      sendOptional(connection.sendRequest(CodeLensRefreshRequest.type));
    }
  };

  const quiet = quietTimer(
    host.clock,
    () => store.state.heldBack?.until,
    () => {
      store.dispatch({ type: "quiet-over", at: host.clock.now() });
    },
  );

  const publish = async (path: string): Promise<void> => {
    await currentVersion(session, path);
    reports.markChanged([path]);
  };

  const followText = async (path: string): Promise<void> => {
    await store.until(({ loading }) => !loading.has(path));
    changed([path]);
    // The open text of a config file applies, not the one on disk.
    const extenders = extending(session, (one) => one === path);
    const configs = nameOf(path) === CONFIG_NAME ? [path, ...extenders] : extenders;
    if (configs.length === 0) return;
    for (const config of configs) changed(await loadExtendedBy(session, config));
    scan(session, configs.map(parentOf), false);
  };

  return (effect) => {
    switch (effect.type) {
      case "register":
        register();
        break;
      case "start":
        queue.add({ kind: "message", run: () => start(session) });
        break;
      case "stop":
        watchers.watch([]);
        quiet.dispose();
        extendedWatchers.watch([]);
        reports.end();
        session.disk.generation++;
        session.disk.checker?.dispose();
        break;
      case "watch-folders": {
        const { client, workspace } = session;
        if (!client.registersWatchers) watchers.watch(workspace.folders);
        break;
      }
      case "forget-ignore-files":
        forgetIgnoreFiles(session);
        break;
      case "load-settings":
        queue.add({
          kind: "message",
          run: effect.because === "folders" ? loadForFolders : loadForConfiguration,
        });
        break;
      case "load-configs":
        queue.add({ kind: "message", run: () => loadConfigs(effect.path, effect.opening) });
        break;
      case "take-changed-files":
        queue.add({
          kind: "message",
          delay: () => BATCH_DELAY,
          run: () => takeChangedFiles(session),
        });
        break;
      case "scan":
        scan(session, effect.folders, false);
        break;
      case "drop-out-of-scope":
        dropOutOfScope(session);
        break;
      case "compare-all":
        requeueAll(session);
        break;
      case "move-findings":
        moveFindings(session, effect.path, effect.document);
        break;
      case "publish":
        queue.add({
          kind: "message",
          name: `publish ${effect.path}`,
          run: () => publish(effect.path),
        });
        break;
      case "follow-edit":
        queue.add({
          kind: "message",
          name: `follow ${effect.path}`,
          delay: () => compareDelay(session, effect.path),
          longestDelay: LONGEST_DELAY,
          run: () => followText(effect.path),
        });
        break;
      case "forget-document":
        forgetDraft(session, effect.path);
        reports.forgetOpen(effect.path);
        break;
      case "drafts-changed":
        changed(effect.paths);
        break;
      case "watch-extended":
        extendedWatchers.watch(extendedToWatch(session));
        break;
      case "compare":
        compareChanged(session, effect.paths);
        break;
      case "await-quiet":
        quiet.start();
        break;
      case "show-held-back":
        showHeldBack(effect.path);
        break;
      case "report":
        reports.markChanged(effect.paths);
        break;
      case "refresh":
        sendOptional(connection.languages.diagnostics.refresh());
        break;
      case "refresh-code-lenses":
        sendOptional(connection.sendRequest(CodeLensRefreshRequest.type));
        break;
    }
  };
}
