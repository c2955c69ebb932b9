import { loadExtended } from "../project/extended.ts";
import { keyOf, parentOf } from "../project/places.ts";
import { folderOf } from "../project/workspace.ts";
import { isInPackage } from "../settings/config/extends.ts";
import { extendersOf } from "../settings/config/tree.ts";
import { filesFor } from "./files.ts";
import type { Session } from "./session.ts";

/**
 * Reads what a config file extends, as far as that is not known, and again those files that `isChanged`.
 * Returns the paths of the files that are there, whose reports may have changed.
 */
export async function loadExtendedBy(
  session: Session,
  config: string,
  isChanged?: (path: string) => boolean,
): Promise<string[]> {
  const files = filesFor(session, keyOf(config));
  await loadExtended({ files, ruleStore: session.rules }, config, isChanged);
  const { nodes } = session.workspace.tree;
  return (nodes.get(config)?.extended ?? []).filter((path) => nodes.has(path));
}

/** The config files that extend one of the paths, by their paths. */
export function extending(session: Session, isPath: (path: string) => boolean): string[] {
  return extendersOf(session.workspace.tree, isPath).flatMap(({ path }) => path ?? []);
}

/** The files to be watched besides the workspace folders: those that are extended and that no watcher of a folder sees. */
export function extendedToWatch(session: Session): string[] {
  const { workspace } = session;
  const paths = [...workspace.tree.nodes.values()].flatMap(({ extended }) => extended);
  return [...new Set(paths)].filter(
    (path) =>
      // Of those that are not there, the folder may be missing as well: nothing can be watched.
      workspace.tree.nodes.has(path) &&
      (isInPackage(path) || folderOf(workspace, parentOf(path)) === undefined),
  );
}
