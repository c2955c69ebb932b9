import { CONFIG_NAME } from "../settings/config/config.ts";
import { decode } from "../text/decode.ts";
import { decodeConfig } from "../settings/config/read.ts";
import { childOf, isWithin, keyOf, parentOf } from "./places.ts";
import { folderOf, isFolderSkipped, isIgnored, treatListed } from "./workspace.ts";
import type { Clock, Entry, Files } from "./host.ts";
import type { RulesHolder } from "./rule-files.ts";
import { beginReading, takeRules } from "./rule-files.ts";

export const IGNORE_NAME = ".gitignore";

/** What a walk reads from, and where it puts the rules it finds on its way. */
export interface Walk {
  readonly files: Files;
  readonly clock: Clock;
  readonly holder: RulesHolder;
  /** Whether nobody wants the rest. */
  readonly isOver: () => boolean;
}

/** As many folders are asked for at once. */
const AT_ONCE = 16;

/** Longest time, in milliseconds, before waiting messages are let through. */
const SLICE = 6;

/**
 * The drafts in a folder of the workspace, as its config files and .gitignore files say, which are
 * read on the way. What comes or goes meanwhile is the business of whoever hears of it. A folder of the
 * workspace that stands in this one has other settings, and is left to a walk of its own.
 */
export async function draftsIn(walk: Walk, start: string): Promise<Set<string>> {
  const { holder, clock, files } = walk;
  const top = folderOf(holder.workspace, start);
  const found = new Set<string>();
  if (top === undefined) return found;
  const since = beginReading(holder);
  if (start === top) await readAbove(walk, top);
  const seen = new Set<string>();
  const waiting: string[] = [start];
  let sliceStart = clock.now();
  const visit = async (folder: string): Promise<void> => {
    const reading = beginReading(holder);
    const entries = await files.entries(keyOf(folder));
    if (entries === undefined || walk.isOver()) return;
    seen.add(folder);
    await readRules(walk, folder, entries, reading);
    for (const { name, isFolder } of entries) {
      if (clock.now() - sliceStart > SLICE) {
        await clock.turn();
        sliceStart = clock.now();
      }
      const path = childOf(folder, name);
      const { workspace } = holder;
      if (isFolder) {
        if (workspace.folders.includes(path)) continue;
        if (!isFolderSkipped(workspace, top, path)) waiting.push(path);
      } else if (treatListed(workspace, top, path) && !isIgnored(workspace, path, false)) {
        found.add(path);
      }
    }
  };
  while (waiting.length > 0 && !walk.isOver()) {
    await Promise.all(waiting.splice(0, AT_ONCE).map(visit));
  }
  if (!walk.isOver()) await recallRules(walk, start, seen, since);
  return found;
}

/** The ignore files above a workspace folder, up to the root of the repository it stands in. */
async function readAbove(walk: Walk, top: string): Promise<void> {
  const since = beginReading(walk.holder);
  const above: { folder: string; entries: readonly Entry[] }[] = [];
  for (let folder = top; folder.includes("/"); folder = parentOf(folder)) {
    const entries = await walk.files.entries(keyOf(folder));
    if (entries === undefined) return;
    if (folder !== top) above.push({ folder, entries });
    if (isRepository(entries)) break;
    if (parentOf(folder).endsWith("/")) return;
  }
  for (const { folder, entries } of above) await readRules(walk, folder, entries, since);
}

/** Reads the config file and the ignore files of a folder, or learns that they are gone. */
async function readRules(
  walk: Walk,
  folder: string,
  entries: readonly Entry[],
  since: number,
): Promise<void> {
  const names = new Set(entries.map(({ name }) => name));
  const before = walk.holder.workspace;
  const config = childOf(folder, CONFIG_NAME);
  const configs = new Map<string, string | undefined>();
  if (names.has(CONFIG_NAME)) configs.set(config, await readConfigIf(walk, config));
  else if (before.configs.get(config) !== undefined) configs.set(config, undefined);
  const ignores = new Map<string, string | undefined>();
  const texts = [
    isRepository(entries) ? await readIf(walk, `${folder}/.git/info/exclude`) : undefined,
    names.has(IGNORE_NAME) ? await readIf(walk, childOf(folder, IGNORE_NAME)) : undefined,
  ].filter((text) => text !== undefined);
  if (texts.length > 0) ignores.set(folder, texts.join("\n"));
  else if (before.ignores.has(folder)) ignores.set(folder, undefined);
  if (!walk.isOver()) takeRules(walk.holder, since, configs, ignores);
}

/**
 * Looks after the config files and ignore files of folders that were not met. Such a folder may be gone,
 * or only passed over: a draft in it that is open obeys its config file all the same.
 */
async function recallRules(
  walk: Walk,
  start: string,
  seen: ReadonlySet<string>,
  since: number,
): Promise<void> {
  const { workspace } = walk.holder;
  const top = folderOf(workspace, start);
  const isGone = (folder: string): boolean =>
    isWithin(folder, start) && !seen.has(folder) && folderOf(workspace, folder) === top;
  const configs = [...workspace.configs].filter(
    ([path, text]) => text !== undefined && isGone(parentOf(path)),
  );
  const ignores = [...workspace.ignores.keys()].filter(isGone);
  const texts = await Promise.all(
    configs.map(async ([path]) => [path, await readConfigIf(walk, path)] as const),
  );
  if (walk.isOver()) return;
  const forgotten = ignores.map((folder) => [folder, undefined] as const);
  takeRules(walk.holder, since, new Map(texts), new Map(forgotten));
}

function isRepository(entries: readonly Entry[]): boolean {
  return entries.some(({ name }) => name === ".git");
}

async function readConfigIf(walk: Walk, path: string): Promise<string | undefined> {
  const bytes = await walk.files.read(keyOf(path));
  return bytes === undefined ? undefined : decodeConfig(bytes);
}

async function readIf(walk: Walk, path: string): Promise<string | undefined> {
  const bytes = await walk.files.read(keyOf(path));
  return bytes === undefined ? undefined : decode(bytes);
}
