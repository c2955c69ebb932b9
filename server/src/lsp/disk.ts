import { NO_DRAFT } from "../project/check-drafts.ts";
import { EXCLUDE_NAME, IGNORE_NAME } from "../project/ignored.ts";
import { isThere } from "../project/host.ts";
import { isWithin, toKey, toPath } from "../project/places.ts";
import { basename, dirname } from "../text/path.ts";
import { draftsIn, type FoundFile } from "../project/walk.ts";
import * as state from "../project/workspace.ts";
import { BASELINE_NAME } from "../settings/baseline-file.ts";
import { CONFIG_NAME } from "../settings/config/config.ts";
import { findExtenders } from "../settings/config/tree.ts";
import { dropStored, checkWaiting, enforceDraftLimit, flush, reread } from "./disk-checks.ts";
import { filesFor } from "./files.ts";
import type { Session } from "./session.ts";
import { reloadConfigs } from "./settings.ts";
import { isReady } from "./state.ts";

/** The milliseconds for which file events are collected. Switching branches sends thousands. */
const BATCH_DELAY = 10;

/** Files or folders were created, changed or deleted, by the client's URIs. They are handled with later ones. */
export function filesChanged(session: Session, uris: readonly string[]): void {
  for (const uri of uris) session.disk.changedFiles.add(toPath(toKey(uri)));
  session.queue.add({
    kind: "message",
    name: "files",
    delay: BATCH_DELAY,
    run: () => takeChangedFiles(session),
  });
}

/** Handles the collected file events: drafts, folders, config files and ignore files. */
async function takeChangedFiles(session: Session): Promise<void> {
  await session.store.until(isReady);
  const { changedFiles } = session.disk;
  const paths = new Set(changedFiles);
  changedFiles.clear();
  await lookForOpenFiles(session, paths);
  const { folders, extended } = onFileEvents(session, paths);
  if (folders.size + extended.size === 0) return;
  session.changed(await reloadConfigs(session, folders, extended));
  const extenders = findExtenders(session.workspace.tree, (path) => extended.has(path));
  const all = new Set([...folders, ...extenders.map(dirname)]);
  scan(session, foldersUnder(session.workspace, all), false);
}

/**
 * Notes which open documents at these paths or below them have a file. Only a look says so: a folder that was created may
 * replace one that was moved away, and watchers don't say what happened.
 */
async function lookForOpenFiles(session: Session, paths: ReadonlySet<string>): Promise<void> {
  const { workspace, store } = session;
  const isDeleted = new Map<string, boolean>();
  for (const path of workspace.open.keys()) {
    if (!paths.has(path) && !isBelowAny(path, paths)) continue;
    const top = state.findFolder(workspace, path) ?? dirname(path);
    isDeleted.set(path, !(await isThere(path, top, filesFor(session, toKey(path)))));
  }
  store.dispatch({ type: "files-changed", isDeleted });
}

/** The folders, with workspace folders replacing those outside the workspace. */
function foldersUnder(workspace: state.Workspace, folders: ReadonlySet<string>): string[] {
  return [...folders].flatMap((folder) =>
    state.findFolder(workspace, folder) === undefined
      ? workspace.folders.filter((top) => isWithin(top, folder))
      : [folder],
  );
}

/* Turns events about files and folders on disk into drafts to read, folders to walk and config files to reload. */

/** Removes drafts that are no longer in a workspace folder; all of them if workspace checking is off. */
export function dropOutOfScope(session: Session): void {
  const { workspace, options, disk } = session;
  if (!options.checksWorkspace) {
    dropStored(session);
    return;
  }
  for (const path of workspace.stored.keys()) {
    if (state.findFolder(workspace, path) === undefined) disk.results.set(path, NO_DRAFT);
  }
  flush(session);
}

/** What must be read again after file events. */
interface ChangedRules {
  /** Folders whose config file or ignore files may have changed. */
  readonly folders: ReadonlySet<string>;
  /** Paths of files that a config file extends, or would extend. */
  readonly extended: ReadonlySet<string>;
}

/** Handles file events. A path may be of a file or a folder, and may exist or be deleted. */
export function onFileEvents(session: Session, paths: ReadonlySet<string>): ChangedRules {
  const { workspace } = session;
  const extended = extendedIn(workspace, paths);
  const toRead = new Set<string>();
  const unknown = new Set<string>();
  const skipped = new Set<string>();
  const rules = new Set<string>();
  for (const path of paths) {
    const name = basename(path);
    if (name === CONFIG_NAME || name === BASELINE_NAME || name === IGNORE_NAME) {
      rules.add(dirname(path));
    } else if (path.endsWith(`/${EXCLUDE_NAME}`)) {
      rules.add(path.slice(0, -EXCLUDE_NAME.length - 1));
    } else if (workspace.stored.has(path) || state.configForStored(workspace, path) !== undefined) {
      toRead.add(path);
    } else if (state.canHoldDrafts(workspace, path)) {
      unknown.add(path);
    } else {
      skipped.add(path);
    }
  }
  // An event for a folder covers all config files below it, even in folders that are not walked.
  for (const path of unknown.size + skipped.size > 0 ? workspace.configs.keys() : []) {
    const folder = dirname(path);
    if (isBelowAny(path, unknown) || isBelowAny(path, skipped)) rules.add(folder);
  }
  if (unknown.size > 0) {
    // A path that is not a draft may be a folder: all drafts in it are read again.
    const { busy, results } = session.disk;
    for (const path of [...workspace.stored.keys(), ...busy, ...results.keys()]) {
      if (isBelowAny(path, unknown)) toRead.add(path);
    }
    for (const folder of workspace.ignores.keys()) {
      if (unknown.has(folder) || isBelowAny(folder, unknown)) rules.add(folder);
    }
    session.queue.add({ kind: "message", run: () => scanFolders(session, unknown) });
  }
  reread(session, toRead);
  return { folders: rules, extended };
}

/** The extended paths that are among these paths or inside one of them. */
function extendedIn(workspace: state.Workspace, paths: ReadonlySet<string>): Set<string> {
  const all = [...workspace.tree.nodes.values()].flatMap(({ extended }) => extended);
  return new Set(all.filter((path) => paths.has(path) || isBelowAny(path, paths)));
}

function isBelowAny(path: string, folders: ReadonlySet<string>): boolean {
  for (let folder = dirname(path); folder.length > 1; folder = dirname(folder)) {
    if (folders.has(folder)) return true;
    if (dirname(folder) === folder) return false;
  }
  return false;
}

/** How many paths are looked at at a time. Each may take a round trip to a remote machine. */
const MAX_CONCURRENT = 16;

async function scanFolders(session: Session, paths: ReadonlySet<string>): Promise<void> {
  const folders: string[] = [];
  const waiting = [...paths];
  while (waiting.length > 0) {
    await Promise.all(
      waiting.splice(0, MAX_CONCURRENT).map(async (path) => {
        const uri = toKey(path);
        if ((await filesFor(session, uri).entries(uri)) !== undefined) folders.push(path);
      }),
    );
  }
  scan(session, folders, true);
}

/* Walks folders one after the other, and queues the drafts that are new or changed. */

/** Queues folders to walk; with `again` known drafts are also read again. */
export function scan(session: Session, folders: readonly string[], again: boolean): void {
  const { disk, workspace } = session;
  if (!session.options.checksWorkspace) return;
  // A workspace folder inside another gets its own walk.
  const inner = workspace.folders.filter((top) => folders.some((folder) => isWithin(top, folder)));
  for (const folder of [...folders, ...inner]) {
    disk.scans.set(folder, again || disk.scans.get(folder) === true);
  }
  if (disk.scanning || disk.scans.size === 0) return;
  disk.scanning = true;
  session.queue.add({ kind: "scan", name: "scan", run: () => runScans(session) });
}

async function runScans(session: Session): Promise<void> {
  const { disk, host } = session;
  disk.capped = false;
  while (disk.scans.size > 0) {
    const { generation, walks } = disk;
    // A folder inside another is walked with it, unless it is in another workspace folder.
    const { workspace } = session;
    const folders = [...disk.scans].filter(
      ([folder, again]) =>
        ![...disk.scans].some(
          ([other, otherAgain]) =>
            other !== folder &&
            isWithin(folder, other) &&
            state.findFolder(workspace, folder) === state.findFolder(workspace, other) &&
            (otherAgain || !again),
        ),
    );
    disk.scans.clear();
    // Outer folders first: their ignore files apply to the inner ones.
    folders.sort(([a], [b]) => a.length - b.length);
    for (const [folder, again] of folders) {
      const top = state.findFolder(session.workspace, folder);
      const isAborted = (): boolean => disk.generation !== generation || disk.walks !== walks;
      // When the workspace folders change, all are walked again.
      const isCancelled = (): boolean =>
        isAborted() || state.findFolder(session.workspace, folder) !== top;
      const drafts = await draftsIn(
        {
          files: filesFor(session, toKey(folder)),
          clock: host.clock,
          ruleStore: session.rules,
          isCancelled,
          isKnown: (path) => !again && session.workspace.stored.has(path),
        },
        folder,
      );
      if (isAborted()) break;
      if (isCancelled()) continue;
      queueChanges(session, folder, drafts, again);
      if (enforceDraftLimit(session)) break;
      checkWaiting(session);
    }
    const walked = folders.map(([folder]) => folder);
    session.changed(configsBelow(session, walked));
  }
  disk.scanning = false;
  if (session.disk.capped) return;
  disk.complete ||= disk.urgent.size + disk.backlog.size + disk.busy.size + disk.results.size === 0;
  flush(session);
  checkWaiting(session);
  session.changed([]);
}

/** The config files in folders, and the files they extend: their reports may have changed. */
function configsBelow(session: Session, folders: readonly string[]): string[] {
  const { configs, tree } = session.workspace;
  const below = [...configs.keys()].filter((path) =>
    folders.some((folder) => isWithin(path, folder)),
  );
  return [...new Set(below.flatMap((path) => [path, ...(tree.nodes.get(path)?.extended ?? [])]))];
}

/** Queues new and changed drafts. One missed by the walk may have been created meanwhile: it is read, then deleted. */
function queueChanges(
  session: Session,
  folder: string,
  drafts: ReadonlyMap<string, FoundFile>,
  again: boolean,
): void {
  const { disk, workspace } = session;
  const top = state.findFolder(workspace, folder);
  for (const path of workspace.stored.keys()) {
    if (drafts.has(path) || !isWithin(path, folder)) continue;
    if (state.findFolder(workspace, path) !== top) continue;
    if (state.configForStored(workspace, path) === undefined) disk.results.set(path, NO_DRAFT);
    else disk.urgent.add(path);
  }
  const fresh: string[] = [];
  for (const path of drafts.keys()) {
    const stored = workspace.stored.get(path);
    const config = state.configForStored(workspace, path);
    if (config === undefined) continue;
    if (!again && stored !== undefined && stored.stamp === state.toStamp(config)) continue;
    if (!disk.urgent.has(path)) fresh.push(path);
  }
  for (const path of byPriority(session, fresh, drafts)) disk.backlog.add(path);
}

/** The order of checking: open drafts, then drafts in the same folders, then the last modified. */
function byPriority(
  session: Session,
  paths: readonly string[],
  drafts: ReadonlyMap<string, FoundFile>,
): string[] {
  const { open } = session.workspace;
  const near = new Set([...open.keys()].map(dirname));
  const ranks = new Map(
    paths.map((path) => {
      const modified = drafts.get(path)?.stats?.modified ?? 0;
      const nearness = open.has(path) ? 2 : near.has(dirname(path)) ? 1 : 0;
      return [path, nearness * 1e15 + modified];
    }),
  );
  return [...paths].sort((a, b) => (ranks.get(b) ?? 0) - (ranks.get(a) ?? 0));
}
