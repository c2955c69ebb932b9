import { BASELINE_NAME } from "../settings/baseline-file.ts";
import { CONFIG_NAME, configPaths } from "../settings/config/config.ts";
import { decodeConfig } from "../settings/config/read.ts";
import { type Choice, isNamed, type PatternGroup } from "../settings/select.ts";
import type { SkipReason } from "../settings/skipped.ts";
import { IGNORE_NAME, IGNORE_NAMES, ignoreRules } from "./ignored.ts";
import { joinPath, isWithin, toKey } from "./places.ts";
import { basename, dirname } from "../text/path.ts";
import {
  chooseListed,
  findFolder,
  selectingConfig,
  folderSkipReason,
  type Workspace,
} from "./workspace.ts";
import { loadExtended } from "./extended.ts";
import { type Clock, type Entry, type Files, type FileStats, resting } from "./host.ts";
import { applyRules, readRuleFile, type RuleStore, startRead } from "./rule-files.ts";
import type { ReadFailure } from "./read-limits.ts";
import { isRepository, repositoryRoot } from "./repository.ts";

/** How a walk reads, and where it stores the config files and ignore files it reads. */
export interface Walk {
  readonly files: Files;
  readonly clock: Clock;
  readonly ruleStore: RuleStore;
  /** Whether the walk should stop. */
  readonly isCancelled: () => boolean;
  /** Whether a path is known to be a readable file, which saves calling `stats`. */
  readonly isKnown?: (path: string) => boolean;
  /** Which drafts are wanted, and which other kinds of files are requested. */
  readonly wanted?: PatternGroup | undefined;
  /** Called for what the walk finds but does not return. */
  readonly listener?: WalkListener;
}

/** Callbacks for what a walk finds besides drafts. Everything is named by its path. */
export interface WalkListener {
  /** `config` is the config file that decided, if one did. */
  skipped(path: string, isFolder: boolean, reason: SkipReason, config: string | undefined): void;
  /** A file or folder that could not be read. */
  unread(path: string, why: ReadFailure, kind: UnreadKind): void;
  /** An ignore file has lines that were skipped; `line` is the first of them, counted from 0. */
  badPattern(path: string, line: number): void;
}

export type UnreadKind = "draft" | "folder" | "config" | "baseline" | "ignore file";

/** A draft that a walk found. */
export interface FoundFile {
  readonly choice: Choice;
  /** Undefined if the platform has no `stats`, or `isKnown` holds. */
  readonly stats: FileStats | undefined;
}

/** How many folders are listed at the same time. */
const MAX_CONCURRENT = 16;

/** The longest time, in milliseconds, before yielding to waiting messages. */
const SLICE = 6;

/**
 * The drafts in a folder of the workspace, by path. The walk also reads the config files and ignore files that apply.
 * It does not see changes made meanwhile; file events report them. A workspace folder inside this one has other
 * settings and a walk of its own.
 *
 * `top` is the folder that patterns and ignore files are relative to; `start` is that folder or one in it. Links to
 * folders are not followed, so a walk always ends.
 */
export async function draftsIn(
  walk: Walk,
  start: string,
  top: string | undefined = findFolder(walk.ruleStore.workspace, start),
): Promise<ReadonlyMap<string, FoundFile>> {
  // Long, as its functions share what is walked.
  const { ruleStore, clock, files, listener, wanted } = walk;
  const drafts = new Map<string, FoundFile>();
  if (top === undefined) return drafts;
  const since = startRead(ruleStore);
  if (start === top) await readRulesAbove(walk, top);
  const seen = new Set<string>();
  const waiting: string[] = [start];
  const rest = resting(clock, SLICE);

  const skip = (path: string, isFolder: boolean, reason: SkipReason): void => {
    const config = selectingConfig(ruleStore.workspace, path, isFolder, reason);
    listener?.skipped(path, isFolder, reason, config);
  };

  const addFile = (path: string): void => {
    if (wanted !== undefined && !isNamed(path, wanted.folder, wanted.include)) return;
    const choice = chooseListed(ruleStore.workspace, top, path, wanted);
    if (typeof choice === "string") {
      skip(path, false, choice);
      return;
    }
    const stats = walk.isKnown?.(path) === true ? undefined : files.stats?.(toKey(path));
    if (stats === "folder") listener?.skipped(path, false, "link to a folder", undefined);
    else if (typeof stats === "string") listener?.unread(path, stats, "draft");
    else drafts.set(path, { choice, stats });
  };

  const visit = async (folder: string): Promise<void> => {
    const reading = startRead(ruleStore);
    const entries = await files.entries(toKey(folder));
    if (walk.isCancelled()) return;
    if (entries === undefined) {
      listener?.unread(folder, "failed", "folder");
      return;
    }
    seen.add(folder);
    await readRules(walk, folder, entries, reading);
    // Its own config file, read just now, replaces the one above it.
    const reason =
      folder === start ? undefined : folderSkipReason(ruleStore.workspace, top, folder);
    if (reason !== undefined) {
      skip(folder, true, reason);
      return;
    }
    for (const { name, isFolder } of entries) {
      await rest();
      const path = joinPath(folder, name);
      if (!isFolder) addFile(path);
      else if (!ruleStore.workspace.folders.includes(path)) {
        const reason = await findSkipReason(walk, top, path);
        if (reason === undefined) waiting.push(path);
        else skip(path, true, reason);
      }
    }
  };
  while (waiting.length > 0 && !walk.isCancelled()) {
    await Promise.all(waiting.splice(0, MAX_CONCURRENT).map(visit));
  }
  if (!walk.isCancelled()) await recheckRules(walk, start, seen, since);
  return drafts;
}

/**
 * Why a folder is skipped; undefined if it is walked. Before a folder is skipped by a config file above it, its own is
 * read: the nearest config file replaces the others.
 */
async function findSkipReason(
  walk: Walk,
  top: string,
  folder: string,
): Promise<SkipReason | undefined> {
  const { ruleStore } = walk;
  const reason = folderSkipReason(ruleStore.workspace, top, folder);
  const config = joinPath(folder, CONFIG_NAME);
  const isOwnKnown =
    ruleStore.workspace.configs.has(config) || !usesNearestConfig(ruleStore.workspace);
  if (reason !== "excluded" || isOwnKnown) return reason;
  const since = startRead(ruleStore);
  const text = await readConfigFile(walk, config);
  if (text === undefined || walk.isCancelled()) return reason;
  applyRules(ruleStore, since, new Map([[config, text]]));
  await loadExtended(walk, config);
  return folderSkipReason(ruleStore.workspace, top, folder);
}

/** Whether the nearest config file applies, rather than one named on the command line. */
function usesNearestConfig({ tree }: Workspace): boolean {
  return tree.sources.configPath === undefined;
}

/** Reads what applies from above a folder: config files up to the workspace folder, ignore files up to the root. */
async function readRulesAbove(walk: Walk, top: string): Promise<void> {
  const { ruleStore, files } = walk;
  const within = findFolder(ruleStore.workspace, top) ?? top;
  if (within !== top) await readConfigsFor(walk, joinPath(top, CONFIG_NAME));
  const since = startRead(ruleStore);
  const root = (await repositoryRoot(files, top)) ?? within;
  const outer = root.length < within.length ? root : within;
  const ignores = new Map<string, string | undefined>();
  for (let folder = top; folder.length > outer.length;) {
    folder = dirname(folder);
    const text = await readIgnores(walk, folder, IGNORE_NAMES);
    if (text !== undefined || ruleStore.workspace.ignores.has(folder)) ignores.set(folder, text);
  }
  if (!walk.isCancelled()) applyRules(ruleStore, since, new Map(), ignores);
}

/** Reads the config files and baselines that may apply to a file, each from the nearest up to the first that exists. */
export async function readConfigsFor(
  walk: Pick<Walk, "files" | "ruleStore" | "listener">,
  path: string,
): Promise<void> {
  for (const name of namesRead(walk.ruleStore.workspace)) await readNearest(walk, path, name);
}

/** The names of the files that are looked for in each folder. */
function namesRead({ tree }: Workspace): readonly string[] {
  const { configPath, ignoresBaselines = false } = tree.sources;
  return [
    ...(configPath === undefined ? [CONFIG_NAME] : []),
    ...(ignoresBaselines ? [] : [BASELINE_NAME]),
  ];
}

async function readNearest(
  walk: Pick<Walk, "files" | "ruleStore" | "listener">,
  path: string,
  name: string,
): Promise<void> {
  const { ruleStore } = walk;
  const root = findFolder(ruleStore.workspace, path) ?? dirname(path);
  for (const place of configPaths(path, root, name)) {
    if (!ruleStore.workspace.configs.has(place)) {
      const since = startRead(ruleStore);
      const text = await readConfigFile(walk, place);
      applyRules(ruleStore, since, new Map([[place, text]]));
    }
    await loadExtended(walk, place);
    if (ruleStore.workspace.configs.get(place) !== undefined) return;
  }
}

/** Reads the config file, the baseline and the ignore files of a folder, or removes those that no longer exist. */
async function readRules(
  walk: Walk,
  folder: string,
  entries: readonly Entry[],
  since: number,
): Promise<void> {
  const names = new Set(entries.map(({ name }) => name));
  const workspace = walk.ruleStore.workspace;
  const read = namesRead(workspace);
  const configs = new Map<string, string | undefined>();
  for (const name of read) {
    const path = joinPath(folder, name);
    if (names.has(name)) {
      configs.set(path, await readConfigFile(walk, path));
    } else if (workspace.configs.get(path) !== undefined) configs.set(path, undefined);
  }
  const there = IGNORE_NAMES.filter((name) =>
    name === IGNORE_NAME ? names.has(name) : isRepository(entries),
  );
  const ignored = await readIgnores(walk, folder, there);
  if (walk.isCancelled()) return;
  const isNews = ignored !== undefined || workspace.ignores.has(folder);
  applyRules(walk.ruleStore, since, configs, new Map(isNews ? [[folder, ignored]] : []));
  await loadExtended(walk, joinPath(folder, CONFIG_NAME));
}

/**
 * Updates the config files and ignore files of known folders that the walk did not visit. Such a folder may be deleted,
 * or only skipped: its config file still applies to an open draft in it.
 */
async function recheckRules(
  walk: Walk,
  start: string,
  seen: ReadonlySet<string>,
  since: number,
): Promise<void> {
  const { workspace } = walk.ruleStore;
  const top = findFolder(workspace, start);
  const isGone = (folder: string): boolean =>
    isWithin(folder, start) && !seen.has(folder) && findFolder(workspace, folder) === top;
  const configs = [...workspace.configs].filter(
    ([path, text]) => text !== undefined && isGone(dirname(path)),
  );
  const ignores = [...workspace.ignores.keys()].filter(isGone);
  const texts = await Promise.all(
    configs.map(async ([path]) => [path, await readConfigFile(walk, path)] as const),
  );
  if (walk.isCancelled()) return;
  const forgotten = ignores.map((folder) => [folder, undefined] as const);
  applyRules(walk.ruleStore, since, new Map(texts), new Map(forgotten));
}

async function readConfigFile(
  walk: Pick<Walk, "files" | "listener">,
  path: string,
): Promise<string | undefined> {
  const kind = basename(path) === BASELINE_NAME ? "baseline" : "config";
  const bytes = await readRuleFile(walk.files, path, kind, walk.listener);
  return bytes && decodeConfig(bytes);
}

/** The text of a folder's ignore files, in their order; undefined if none is there. */
async function readIgnores(
  walk: Walk,
  folder: string,
  names: readonly string[],
): Promise<string | undefined> {
  const texts: string[] = [];
  for (const name of names) {
    const path = `${folder}/${name}`;
    const bytes = await readRuleFile(walk.files, path, "ignore file", walk.listener);
    if (bytes === undefined) continue;
    // Not `decode`, which rejects other encodings. As in git, only lines with such characters fail.
    const text = new TextDecoder().decode(bytes);
    texts.push(text);
    const [first] = walk.listener === undefined ? [] : ignoreRules(text).skippedLines;
    if (first !== undefined) walk.listener?.badPattern(path, first);
  }
  return texts.length === 0 ? undefined : texts.join("\n");
}
