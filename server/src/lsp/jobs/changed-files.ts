import { isWithin, keyOf } from "../../project/places.ts";
import { hasManifest } from "../../project/packages.ts";
import {
  folderOf,
  foldersExtending,
  withPackages,
  type Workspace,
} from "../../project/workspace.ts";
import { onFileEvents, scan } from "../disk.ts";
import { filesFor } from "../files.ts";
import type { Services } from "../services.ts";
import type { Session } from "../session.ts";
import { changedPaths, isReady } from "../state.ts";
import { reloadConfigs } from "./configs.ts";

/** Milliseconds in which file events are collected: a branch switch sends thousands. */
export const BATCH_DELAY = 10;

/** Handles the collected file events: drafts, folders, config files and ignore files. */
export async function takeChangedFiles({ store, session }: Services): Promise<void> {
  await store.until(isReady);
  const paths = changedPaths(store.state.changedFiles);
  store.dispatch({ type: "files-taken" });
  const changed = (drafts: readonly string[]): void => {
    store.dispatch({ type: "drafts-changed", paths: drafts });
  };
  const { folders, extended, packages } = onFileEvents(session, paths, changed);
  const repacked = await changedPackages(session, packages);
  session.rules.workspace = withPackages(session.workspace, repacked);
  if (folders.size + extended.size + repacked.size === 0) return;
  changed(await reloadConfigs(session, folders, extended));
  const holding = foldersExtending(store.state.workspace, (path) => extended.has(path));
  const all = new Set([...folders, ...holding, ...repacked.keys()]);
  scan(session, foldersUnder(store.state.workspace, all), false, changed);
}

/** Which of the folders have the manifest of a package now, of those that had none before or the other way round. */
async function changedPackages(
  session: Session,
  folders: ReadonlySet<string>,
): Promise<ReadonlyMap<string, boolean>> {
  const found = new Map<string, boolean>();
  for (const folder of folders) {
    const entries = await filesFor(session, keyOf(folder)).entries(keyOf(folder));
    const isPackage = entries !== undefined && hasManifest(entries);
    if (isPackage !== session.workspace.packages.has(folder)) found.set(folder, isPackage);
  }
  return found;
}

/** The folders; one outside the workspace is replaced by the workspace folders in it. */
function foldersUnder(workspace: Workspace, folders: ReadonlySet<string>): string[] {
  return [...folders].flatMap((folder) =>
    folderOf(workspace, folder) === undefined
      ? workspace.folders.filter((top) => isWithin(top, folder))
      : [folder],
  );
}
