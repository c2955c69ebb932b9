import { isManifest } from "../settings/left-out.ts";
import type { Entry, Files } from "./host.ts";
import { toKey, dirname } from "./places.ts";
import { repositoryRoot } from "./repository.ts";
import type { RuleStore } from "./rule-files.ts";
import { findFolder, mayBeReleaseNotes, withPackages, withRepository } from "./workspace.ts";

export function hasManifest(entries: readonly Entry[]): boolean {
  return entries.some(({ name }) => isManifest(name));
}

/** Looks for the manifests on which it depends whether an open document is left out, before any walk. */
export async function loadPackagesFor(
  { files, ruleStore }: { readonly files: Files; readonly ruleStore: RuleStore },
  path: string,
): Promise<void> {
  const top = findFolder(ruleStore.workspace, path) ?? dirname(path);
  if (!mayBeReleaseNotes(ruleStore.workspace, path)) return;
  const root = (await repositoryRoot(files, top)) ?? top;
  const folders = new Set([root]);
  for (let at = dirname(path); at.length >= top.length; at = dirname(at)) folders.add(at);
  const packages = await packagesAmong(folders, () => files);
  const known = withRepository(ruleStore.workspace, top, root);
  ruleStore.workspace = withPackages(known, packages);
}

/** Of each of these folders, whether it has the manifest of a package. */
export async function packagesAmong(
  folders: ReadonlySet<string>,
  filesFor: (uri: string) => Files,
): Promise<ReadonlyMap<string, boolean>> {
  const entries = await Promise.all(
    [...folders].map(async (folder) => {
      const uri = toKey(folder);
      const entries = await filesFor(uri).entries(uri);
      return [folder, entries !== undefined && hasManifest(entries)] as const;
    }),
  );
  return new Map(entries);
}
