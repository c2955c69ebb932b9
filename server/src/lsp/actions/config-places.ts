import { toKey, toPath } from "../../project/places.ts";
import { dirname } from "../../text/path.ts";
import { hasNoFolder } from "../../project/untitled.ts";
import { type Workspace, configText, findFolder, resolve, toUri } from "../../project/workspace.ts";
import { CONFIG_NAME } from "../../settings/config/config.ts";
import { below, toPattern } from "../../settings/select.ts";
import type { ActionSupport } from "../client.ts";
import type { Session } from "../session.ts";
import { ancestorUri } from "../settings.ts";
import type { ConfigChange } from "./candidate.ts";

/** A folder in whose `.galley.json` a draft's findings can be suppressed. */
export interface ConfigPlace {
  readonly folder: string;
  /** The file's URI, spelled as the draft's or the workspace folder's is. */
  readonly uri: string;
}

/**
 * Where a draft's findings can be suppressed: in the config file that applies to it, or else at the top of its
 * workspace folder. A draft without a file can use the only workspace folder; of several, it may be saved to any. Only
 * a file that exists or that the client can create.
 */
export function configPlace(
  workspace: Workspace,
  { createFile }: ActionSupport,
  uri: string,
): ConfigPlace | undefined {
  const path = toPath(toKey(uri));
  const { configPath } = resolve(workspace, path);
  const [only, ...others] = workspace.folders;
  const isFile = !hasNoFolder(uri);
  const top = isFile ? (findFolder(workspace, path) ?? dirname(path)) : only;
  const folder = configPath === undefined ? top : dirname(configPath);
  if (folder === undefined || (!isFile && others.length > 0)) return undefined;
  const isThere = configText(workspace, `${folder}/${CONFIG_NAME}`) !== undefined;
  if (!isThere && !createFile) return undefined;
  const spelled = isFile ? ancestorUri(uri, path, folder) : toUri(workspace, folder);
  return { folder, uri: `${spelled}/${CONFIG_NAME}` };
}

/** The pattern for exactly this file, in the config file that applies to it; undefined if there can be none. */
export function filePattern({ workspace, client }: Session, uri: string): string | undefined {
  const place = configPlace(workspace, client.actions, uri);
  const relative = place && below(toPath(toKey(uri)), place.folder);
  return relative === undefined ? undefined : toPattern(relative);
}

/** Whether a change can be made to its config file; an action for which it can't be is not offered. */
export function canWriteConfig(
  workspace: Workspace,
  change: ConfigChange,
  place: ConfigPlace | undefined,
): boolean {
  if (place === undefined) return false;
  const text = configText(workspace, `${place.folder}/${CONFIG_NAME}`);
  return change(text, place.folder).length > 0;
}
