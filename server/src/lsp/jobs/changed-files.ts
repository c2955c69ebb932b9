import { isWithin } from "../../project/places.ts";
import { folderOf, foldersExtending, type Workspace } from "../../project/workspace.ts";
import { onFileEvents, scan } from "../disk.ts";
import type { Services } from "../services.ts";
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
  const { folders, extended } = onFileEvents(session, paths, changed);
  if (folders.size + extended.size === 0) return;
  changed(await reloadConfigs(session, folders, extended));
  const holding = foldersExtending(store.state.workspace, (path) => extended.has(path));
  const all = new Set([...folders, ...holding]);
  scan(session, foldersUnder(store.state.workspace, all), false, changed);
}

/** The folders; one outside the workspace is replaced by the workspace folders in it. */
function foldersUnder(workspace: Workspace, folders: ReadonlySet<string>): string[] {
  return [...folders].flatMap((folder) =>
    folderOf(workspace, folder) === undefined
      ? workspace.folders.filter((top) => isWithin(top, folder))
      : [folder],
  );
}
