import type { Resolved, Scope } from "./node.ts";
import { below } from "../select.ts";
import { type PartialSettings, settingsFrom, sharedSettings } from "../settings.ts";

/**
 * Resolves the settings of a draft: defaults, the editor's settings, the config file, its overrides that name the
 * draft, and settings above all.
 */
export function resolveDraft(scope: Scope, draft: string): Resolved {
  const { node, editor, above, folder, selection, perFile } = scope;
  const relative = perFile ? below(draft, folder) : undefined;
  const numbers = relative === undefined ? [] : scope.naming(relative);
  const key = numbers.join();
  const cached = scope.resolved.get(key);
  if (cached !== undefined) return cached;
  const made = {
    settings: sharedSettings(settingsFrom(editor, ...listSources(scope, numbers), above)),
    selection,
    configPath: node.path,
    extendedFiles: node.files,
    problems: node.problems,
  };
  scope.resolved.set(key, made);
  return made;
}

/** Each layer, followed by its overrides that apply. */
function listSources({ node, overrides }: Scope, numbers: readonly number[]): PartialSettings[] {
  const applying = numbers.flatMap((number) => overrides[number] ?? []);
  return node.layers.flatMap((config, layer) => [
    config,
    ...applying.filter((one) => one.layer === layer).map(({ override }) => override),
  ]);
}
