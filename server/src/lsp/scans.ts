import { NO_DRAFT } from "../project/check-drafts.ts";
import { isWithin, keyOf, parentOf } from "../project/places.ts";
import { draftsIn, type FoundFile } from "../project/walk.ts";
import * as state from "../project/workspace.ts";
import type { Disk, Session } from "./session.ts";
import { flush, enforceDraftLimit, judgeWaiting } from "./disk-checks.ts";
import { filesFor } from "./files.ts";

/* Walks folders one after the other, and queues the drafts that are new or changed. */

/** Queues folders to be walked; `reread` also reads known drafts again. */
export function scan(session: Session, folders: readonly string[], reread: boolean): void {
  const { disk, workspace } = session;
  if (!session.options.checksWorkspace) return;
  // A workspace folder inside another has its own walk.
  const inner = workspace.folders.filter((top) => folders.some((folder) => isWithin(top, folder)));
  for (const folder of [...folders, ...inner]) {
    disk.scans.set(folder, reread || disk.scans.get(folder) === true);
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
            state.folderOf(workspace, folder) === state.folderOf(workspace, other) &&
            (otherAgain || !again),
        ),
    );
    disk.scans.clear();
    // Outer folders first: their ignore files apply to the inner ones.
    folders.sort(([a], [b]) => a.length - b.length);
    for (const [folder, again] of folders) {
      const top = state.folderOf(session.workspace, folder);
      const isAborted = (): boolean => disk.generation !== generation || disk.walks !== walks;
      // When the workspace folders change, all are walked again.
      const isCancelled = (): boolean =>
        isAborted() || state.folderOf(session.workspace, folder) !== top;
      const found = await draftsIn(
        {
          files: filesFor(session, keyOf(folder)),
          clock: host.clock,
          ruleStore: session.rules,
          isCancelled,
          isKnown: (path) => !again && session.workspace.stored.has(path),
        },
        folder,
      );
      if (isAborted()) break;
      if (isCancelled()) continue;
      queueChanges(session, folder, found, again);
      if (enforceDraftLimit(session)) break;
      judgeWaiting(session);
    }
    session.changed(
      configsBelow(
        session,
        folders.map(([folder]) => folder),
      ),
    );
  }
  disk.scanning = false;
  if (isCapped(disk)) return;
  disk.complete ||= disk.urgent.size + disk.backlog.size + disk.busy.size + disk.results.size === 0;
  flush(session);
  judgeWaiting(session);
  session.changed([]);
}

/** The config files in folders, and those that they extend: their reports may have changed. */
function configsBelow(session: Session, folders: readonly string[]): string[] {
  const { configs, tree } = session.workspace;
  const below = [...configs.keys()].filter((path) =>
    folders.some((folder) => isWithin(path, folder)),
  );
  return [...new Set(below.flatMap((path) => [path, ...(tree.nodes.get(path)?.extended ?? [])]))];
}

/**
 * Queues the drafts of a folder that are new or changed. A known draft that the walk did not find may have
 * been created meanwhile, so it is read before it counts as deleted.
 */
function queueChanges(
  session: Session,
  folder: string,
  found: ReadonlyMap<string, FoundFile>,
  again: boolean,
): void {
  const { disk, workspace } = session;
  const top = state.folderOf(workspace, folder);
  for (const path of workspace.stored.keys()) {
    if (found.has(path) || !isWithin(path, folder)) continue;
    if (state.folderOf(workspace, path) !== top) continue;
    if (state.configForStored(workspace, path) === undefined) disk.results.set(path, NO_DRAFT);
    else disk.urgent.add(path);
  }
  const fresh: string[] = [];
  for (const path of found.keys()) {
    const before = workspace.stored.get(path);
    const config = state.configForStored(workspace, path);
    if (config === undefined) continue;
    if (!again && before !== undefined && before.stamp === state.stampOf(config)) continue;
    if (!disk.urgent.has(path)) fresh.push(path);
  }
  for (const path of byPriority(session, fresh, found)) disk.backlog.add(path);
}

/** The order of checking: open drafts, then those in the same folders, then the last modified. */
function byPriority(
  session: Session,
  paths: readonly string[],
  found: ReadonlyMap<string, FoundFile>,
): string[] {
  const { open } = session.workspace;
  const near = new Set([...open.keys()].map(parentOf));
  const ranks = new Map(
    paths.map((path) => {
      const modified = found.get(path)?.stats?.modified ?? 0;
      const nearness = open.has(path) ? 2 : near.has(parentOf(path)) ? 1 : 0;
      return [path, nearness * 1e15 + modified];
    }),
  );
  return [...paths].sort((a, b) => (ranks.get(b) ?? 0) - (ranks.get(a) ?? 0));
}

function isCapped(disk: Disk): boolean {
  return disk.capped;
}
