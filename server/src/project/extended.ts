import { type Admission, isInPackage } from "../settings/config/extends.ts";
import { decodeConfig } from "../settings/config/read.ts";
import type { Files } from "./host.ts";
import { isWithin, toKey, toPath } from "./places.ts";
import { dirname } from "../text/path.ts";
import type { ReadFailure } from "./read-limits.ts";
import { repositoryRoot } from "./repository.ts";
import {
  applyAdmissions,
  applyRules,
  readRuleFile,
  type RuleStore,
  startRead,
} from "./rule-files.ts";
import { findFolder, type Workspace } from "./workspace.ts";

/** How the files that a config file extends are read, and where they are stored. */
export interface ExtendedSources {
  readonly files: Files;
  readonly ruleStore: RuleStore;
  /** Called for a file that exists but could not be read. */
  readonly listener?: { unread(path: string, why: ReadFailure, kind: "config"): void } | undefined;
}

/**
 * Reads the files that a config file extends and about which nothing is known yet, and again those that `isChanged`.
 * Nothing is read from outside the repository, whatever links lead there, and in an untrusted workspace nothing from
 * outside the workspace folder.
 */
export async function loadExtended(
  { files, ruleStore, listener }: ExtendedSources,
  path: string,
  isChanged: (path: string) => boolean = () => false,
): Promise<void> {
  const node = ruleStore.workspace.tree.nodes.get(path);
  if (node === undefined || node.extended.length === 0) return;
  let paths = [...new Set([...node.unread, ...node.extended.filter(isChanged)])];
  // Each turn learns of new paths, and a config file has a bounded number of them.
  while (paths.length > 0) {
    const { workspace } = ruleStore;
    const bounds = await boundsFor(files, workspace, path);
    const reading = startRead(ruleStore);
    const admissions = new Map<string, Admission>();
    const texts = new Map<string, string | undefined>();
    await Promise.all(
      paths.map(async (one) => {
        const admission = await findAdmission(files, bounds, one);
        admissions.set(one, admission);
        if (admission !== "in") return;
        const bytes = await readRuleFile(files, one, "config", listener);
        texts.set(one, bytes && decodeConfig(bytes));
      }),
    );
    // If the workspace folders changed meanwhile, so did the bounds.
    if (findFolder(ruleStore.workspace, path) !== findFolder(workspace, path)) continue;
    applyRules(ruleStore, reading, texts);
    applyAdmissions(ruleStore, reading, path, admissions);
    const done = new Set(paths);
    const next = ruleStore.workspace.tree.nodes.get(path)?.unread ?? [];
    paths = next.filter((one) => !done.has(one));
  }
}

/** The folder that extended files must be in, by its path and by its real path. */
interface Bounds {
  readonly folder: string;
  readonly real: string | undefined;
}

async function boundsFor(files: Files, workspace: Workspace, path: string): Promise<Bounds> {
  const parent = dirname(path);
  const top = findFolder(workspace, path) ?? parent;
  const repository = await repositoryRoot(files, parent);
  const outermost = repository ?? top;
  const folder = workspace.isTrusted || outermost.length > top.length ? outermost : top;
  return { folder, real: await realPath(files, folder) };
}

async function findAdmission(files: Files, bounds: Bounds, path: string): Promise<Admission> {
  const isPackage = isInPackage(path.slice(bounds.folder.length));
  if (!isWithin(path, bounds.folder)) return isInPackage(path) ? "beyond" : "outside";
  // If links can't be followed, as in a browser, nothing is installed either.
  if (files.realPath === undefined) return isPackage ? "no packages" : "in";
  const real = await realPath(files, path);
  if (real === undefined) return "in";
  return bounds.real !== undefined && isWithin(real, bounds.real) ? "in" : "outside";
}

async function realPath(files: Files, path: string): Promise<string | undefined> {
  const real = await files.realPath?.(toKey(path));
  return real === undefined ? undefined : toPath(toKey(real));
}
