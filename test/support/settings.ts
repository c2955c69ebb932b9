import { type Config, configPaths } from "../../server/src/settings/config/config.ts";
import type { Resolved } from "../../server/src/settings/config/node.ts";
import {
  newTree,
  resolveIn,
  getScope,
  type Sources,
  withTexts,
} from "../../server/src/settings/config/tree.ts";

/** The settings of a draft, given the texts of config files: all that a host does, in one step. */
export function resolveSettings(
  draft: string,
  root: string,
  { editor, ...sources }: Sources & { readonly editor?: Config },
  read: (path: string) => string | undefined,
): Resolved & { readonly perFile: boolean } {
  const { configPath } = sources;
  const paths = configPath === undefined ? configPaths(draft, root) : [configPath];
  const texts = new Map(paths.map((path) => [path, read(path)] as const));
  const scope = getScope(withTexts(newTree(sources), texts), draft, root, editor);
  return { ...resolveIn(scope, draft), perFile: scope.perFile };
}
