import { type Config, CONFIG_NAME } from "../settings/config/config.ts";
import type { Resolved } from "../settings/config/node.ts";
import { type ConfigTree, resolveIn, scopeAt } from "../settings/config/tree.ts";
import { schemeOf } from "./places.ts";
import type { Settings } from "../settings/settings.ts";

/** Whether a document has no name of its own yet. */
export function isUntitled(uri: string): boolean {
  return schemeOf(uri) === "untitled";
}

/** The config files that a draft without a name obeys: those at the top of the workspace's folders. */
export function untitledConfigs(folders: readonly string[]): string[] {
  return folders.map((folder) => `${folder}/${CONFIG_NAME}`);
}

/**
 * What holds for a draft that stands in no folder. Of one workspace folder, all that its config file says;
 * of several, what each lets stand, since nobody knows into which it will be saved.
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
  const own = resolveIn(scopeAt(tree, undefined, "", editor), path);
  const settings = withSuppressions(
    own.settings,
    all.map((one) => one.settings),
  );
  return { ...own, settings };
}

// A memo, not state: equal sources give the very same settings, by whose identity results are kept.
const joined = new WeakMap<Settings, { readonly parts: readonly Settings[]; made: Settings }>();

/** Settings with all that the others accept and let stand. */
function withSuppressions(own: Settings, parts: readonly Settings[]): Settings {
  const adding = parts.filter(({ accept, stet }) => accept.length + stet.length > 0);
  if (adding.length === 0) return own;
  const before = joined.get(own);
  const isSame =
    before?.parts.length === adding.length &&
    before.parts.every((part, index) => part === adding[index]);
  if (before !== undefined && isSame) return before.made;
  const made: Settings = {
    ...own,
    accept: [...new Set([...own.accept, ...adding.flatMap(({ accept }) => accept)])],
    stet: [...own.stet, ...adding.flatMap(({ stet }) => stet)],
  };
  joined.set(own, { parts: adding, made });
  return made;
}
