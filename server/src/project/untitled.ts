import { type Config, CONFIG_NAME } from "../settings/config/config.ts";
import type { Resolved } from "../settings/config/node.ts";
import { type ConfigTree, resolveIn, scopeAt } from "../settings/config/tree.ts";
import { uriScheme } from "./places.ts";
import { isSnippet } from "./snippets.ts";
import { type Settings, sharedSettings } from "../settings/settings.ts";

/** Whether a document has not been saved to a file yet. */
export function isUntitled(uri: string): boolean {
  return uriScheme(uri) === "untitled";
}

/** Whether a document is not a file of a folder. */
export function hasNoFolder(path: string): boolean {
  return isUntitled(path) || isSnippet(path);
}

/** The config files for a draft without a folder: those at the top of the workspace folders. */
export function untitledConfigs(folders: readonly string[]): string[] {
  return folders.map((folder) => `${folder}/${CONFIG_NAME}`);
}

/**
 * The settings of a draft without a folder. With one workspace folder, they are those of its config file. With several,
 * only the accepted phrases and stets of each apply, because the draft may be saved to any of them.
 */
export function resolveUntitled(
  path: string,
  folders: readonly string[],
  tree: ConfigTree,
  editor: Config | undefined,
): Resolved {
  const all = folders.map((folder) =>
    resolveIn(scopeAt(tree, `${folder}/${CONFIG_NAME}`, folder, editor), path),
  );
  const [only] = all;
  if (only !== undefined && all.length === 1) return only;
  const base = resolveIn(scopeAt(tree, undefined, "", editor), path);
  const settings = withSuppressions(
    base.settings,
    all.map((one) => one.settings),
  );
  return { ...base, settings };
}

/** The settings with the accepted phrases and stets of the others added. */
function withSuppressions(base: Settings, parts: readonly Settings[]): Settings {
  const adding = parts.filter(({ accept, stet }) => accept.length + stet.length > 0);
  if (adding.length === 0) return base;
  return sharedSettings({
    ...base,
    accept: [...new Set([...base.accept, ...adding.flatMap(({ accept }) => accept)])],
    stet: [...base.stet, ...adding.flatMap(({ stet }) => stet)],
  });
}
