/*
 * project/: what the command line and the language server share, so that they find the same in any folder.
 *
 * The workspace is one immutable value: folders, settings, config, ignore and baseline files, open documents, and facts
 * about the drafts on disk. For the command line each repository is a workspace. This folder does not read the disk; it
 * is given `Files` (`host.ts`).
 *
 * - `walk.ts` finds the drafts of a folder, and reads config, ignore and baseline files on its way.
 * - `facts.ts` has what is stored about a draft: findings, line starts, fingerprints, topics. It is small,
 *   crosses threads, and is cached by a digest of the bytes.
 * - `elsewhere.ts` compares one draft with the others, once facts name those with common passages.
 * - `topic-totals.ts` counts what is a mistake in one draft and usual in fifty, such as an empty section.
 * - `baselines.ts` applies baselines to the findings last: no rule, fact or evidence depends on them.
 *
 * Which of two drafts is later, or which name of a linked file counts, never depends on the order of reading.
 */

import { memoizeOn } from "../draft/incremental/memoize.ts";
import { isTooLarge } from "../draft/largest.ts";
import { getFormat, type FormatId, formatForLanguage, isNotProse } from "../formats/registry.ts";
import { type Config, CONFIG_NAME } from "../settings/config/config.ts";
import type { Admission } from "../settings/config/extends.ts";
import type { Resolved, Scope } from "../settings/config/node.ts";
import {
  type ConfigTree,
  findExtenders,
  newTree,
  resolveIn,
  getScope,
  type Sources,
  withAdmissions,
  withoutAdmissions,
  withTexts,
} from "../settings/config/tree.ts";
import { type Baseline, type Baselines, nearestBaseline, withBaselineTexts } from "./baselines.ts";
import { BASELINE_NAME } from "../settings/baseline-file.ts";
import type { OpenDocument } from "./document.ts";
import type { StoredFacts } from "./facts.ts";
import { compareNames, type FileName, isWithin, toKey, toPath } from "./places.ts";
import type { FileStats } from "./host.ts";
import { type IgnoreFile, ignoreFile, isIgnored } from "./ignored.ts";
import { basename, dirname } from "../text/path.ts";
import {
  type Choice,
  choose,
  chooseOrSkip,
  formatOfName,
  type PatternGroup,
  whyFolderSkipped,
} from "../settings/select.ts";
import { type Settings, settingsKey } from "../settings/settings.ts";
import type { SkipReason } from "../settings/skipped.ts";
import { isSnippet, snippetSettings } from "./snippets.ts";
import { hasNoFolder, resolveUntitled } from "./untitled.ts";
import { withoutEnd } from "../text/trim.ts";

/** A draft as it is on disk. */
export interface StoredDraft {
  readonly facts: StoredFacts;
  /** A key of what the facts depend on besides the text. If it changes, the draft is checked again. */
  readonly stamp: string;
  /** The file's stamp when it was read; undefined if the platform has no `stats`. */
  readonly stats?: FileStats | undefined;
}

/**
 * The workspace: an immutable value. The functions below return the next value after a change. Drafts and files are
 * named by their path (`toPath`), whatever their scheme.
 */
export interface Workspace {
  /** The workspace folders' paths. */
  readonly folders: readonly string[];
  /** The folder of the rules' pages, which show mistakes on purpose and are not drafts. */
  readonly pages: string | undefined;
  /** The client's spelling of each folder's URI. */
  readonly spelled: ReadonlyMap<string, string>;
  /** The editor's settings for each folder; under "" those outside all folders. */
  readonly editor: ReadonlyMap<string, Config>;
  /** Config files may extend anything in their repository, not only in the workspace folders. */
  readonly isTrusted: boolean;
  /**
   * The text of each `.galley.json`, of each file that one extends, and of each `.galley-baseline.json`; undefined if
   * none exists at that path.
   */
  readonly configs: ReadonlyMap<string, string | undefined>;
  /** Each `.galley.json`, parsed when its text last changed; for an open one, from the open text. */
  readonly tree: ConfigTree;
  /** Each `.galley-baseline.json`, read when its text on disk last changed. */
  readonly baselines: Baselines;
  /** Git's ignore files, parsed when their texts last changed, by their folder. */
  readonly ignores: ReadonlyMap<string, IgnoreFile>;
  readonly open: ReadonlyMap<string, OpenDocument>;
  /**
   * Open documents whose file was deleted, or moved elsewhere, by another program. VS Code keeps their tabs. They are
   * checked, but are no copies of other drafts and no config files, until somebody edits them or the file is back.
   */
  readonly deleted: ReadonlySet<string>;
  /**
   * Whether each open plain text read as prose when it was opened or last saved. Not updated while the user types, so
   * that findings don't come and go.
   */
  readonly prose: ReadonlyMap<string, boolean>;
  readonly stored: ReadonlyMap<string, StoredDraft>;
  /** The paths of stored drafts that are the same file, by `FileStats.identity`. */
  readonly names: ReadonlyMap<string, readonly string[]>;
}

export const EMPTY: Workspace = {
  folders: [],
  pages: undefined,
  spelled: new Map(),
  editor: new Map(),
  isTrusted: true,
  configs: new Map(),
  tree: newTree({}),
  baselines: new Map(),
  ignores: new Map(),
  open: new Map(),
  deleted: new Set(),
  prose: new Map(),
  stored: new Map(),
  names: new Map(),
};

/** What decides, besides its language, whether an open document is a draft, and its settings. */
export function configSources(workspace: Workspace): readonly unknown[] {
  const { folders, pages, editor, isTrusted, tree, prose } = workspace;
  return [folders, pages, editor, isTrusted, tree, prose];
}

/** A workspace of one folder, by its path, for the command line. */
export function rootedWorkspace(folder: string, sources: Sources): Workspace {
  return { ...EMPTY, folders: [folder], tree: newTree(sources) };
}

/** The format and the settings of a draft. */
export interface DraftConfig extends Choice {
  readonly settings: Settings;
}

/** The workspace with a document opened, or edited if it is open already. */
export function withOpen(workspace: Workspace, path: string, document: OpenDocument): Workspace {
  const previous = workspace.open.get(path);
  const open = new Map(workspace.open).set(path, document);
  const next = withParsed(withDeleted({ ...workspace, open }, path, false), [path]);
  return previous?.languageId === document.languageId ? next : withSaved(next, path);
}

/** The workspace after a document was saved, which decides again whether it reads as prose. */
export function withSaved(workspace: Workspace, path: string): Workspace {
  const document = workspace.open.get(path);
  const format = document && formatForLanguage(document.languageId);
  if (document === undefined || format === undefined || !requiresProse(format)) return workspace;
  const prose = !isNotProse(format, document.text, path);
  if (workspace.prose.get(path) === prose) return workspace;
  return { ...workspace, prose: new Map(workspace.prose).set(path, prose) };
}

export function withClosed(workspace: Workspace, path: string): Workspace {
  const next = {
    ...workspace,
    open: without(workspace.open, [path]),
    prose: without(workspace.prose, [path]),
  };
  return withParsed(withDeleted(next, path, false), [path]);
}

/** The workspace after an open document's file was deleted, or is no longer. */
export function withDeleted(workspace: Workspace, path: string, isDeleted: boolean): Workspace {
  if (workspace.deleted.has(path) === isDeleted) return workspace;
  const deleted = new Set(workspace.deleted);
  if (isDeleted) deleted.add(path);
  else deleted.delete(path);
  return withParsed({ ...workspace, deleted }, [path]);
}

/** The workspace with the folder of the rules' pages, given by the client's URI. */
export function withPages(workspace: Workspace, uri: string | undefined): Workspace {
  const pages = uri === undefined ? undefined : toPath(toKey(withoutEnd(uri, "/")));
  return { ...workspace, pages };
}

/** The workspace with the results of drafts on disk; undefined removes a draft. */
export function withStored(
  workspace: Workspace,
  drafts: ReadonlyMap<string, StoredDraft | undefined>,
): Workspace {
  const stored = new Map(workspace.stored);
  const names = new Map(workspace.names);
  for (const [path, draft] of drafts) {
    const previous = stored.get(path)?.stats?.identity;
    const now = draft?.stats?.identity;
    if (draft === undefined) stored.delete(path);
    else stored.set(path, draft);
    if (previous === now) continue;
    if (previous !== undefined) {
      const rest = names.get(previous)?.filter((name) => name !== path) ?? [];
      if (rest.length === 0) names.delete(previous);
      else names.set(previous, rest);
    }
    if (now !== undefined) names.set(now, [...(names.get(now) ?? []), path]);
  }
  return { ...workspace, stored, names };
}

/** All names of a stored draft's file; none if it has only one. */
function getNames({ stored, names }: Workspace, path: string): readonly string[] {
  const identity = stored.get(path)?.stats?.identity;
  const all = (identity === undefined ? undefined : names.get(identity)) ?? [];
  return all.length === 1 ? [] : all;
}

/** The other names of a stored draft's file, among the stored drafts. */
export function otherNames(workspace: Workspace, path: string): readonly string[] {
  return getNames(workspace, path).filter((name) => name !== path);
}

/** Whether a file is the draft under this name: not under another, and not deleted. An open one comes first. */
export function isDraftName(workspace: Workspace, path: string): boolean {
  const { open, stored, deleted } = workspace;
  if (deleted.has(path)) return false;
  const named = (name: string): FileName => {
    return { path: name, isLink: stored.get(name)?.stats?.isLink === true };
  };
  return getNames(workspace, path).every((other) =>
    open.has(path) === open.has(other)
      ? compareNames(named(path), named(other)) <= 0
      : open.has(path),
  );
}

/** The workspace with new texts of config files, by path, and of ignore files, by folder; undefined removes one. */
export function withRules(
  workspace: Workspace,
  configs: ReadonlyMap<string, string | undefined>,
  ignores: ReadonlyMap<string, string | undefined>,
): Workspace {
  if (configs.size + ignores.size === 0) return workspace;
  const nextIgnores = new Map(workspace.ignores);
  for (const [folder, text] of ignores) {
    if (text === undefined) nextIgnores.delete(folder);
    else nextIgnores.set(folder, ignoreFile(text, nextIgnores.get(folder)));
  }
  const next = {
    ...workspace,
    configs: new Map([...workspace.configs, ...configs]),
    baselines: withBaselineTexts(workspace.baselines, configs),
    ignores: nextIgnores,
  };
  return withParsed(next, configs.keys());
}

/** The workspace with the config files among the paths parsed, where their texts changed. */
function withParsed(workspace: Workspace, paths: Iterable<string>): Workspace {
  const named = workspace.tree.sources.configPath;
  const texts = [...paths]
    .filter(
      (path) =>
        basename(path) === CONFIG_NAME ||
        path === named ||
        (workspace.configs.has(path) && basename(path) !== BASELINE_NAME),
    )
    .map((path) => [path, configText(workspace, path)] as const);
  if (texts.length === 0) return workspace;
  const tree = withTexts(workspace.tree, new Map(texts));
  return tree === workspace.tree ? workspace : { ...workspace, tree };
}

/** The workspace, with the files that a config file may extend. */
export function withExtended(
  workspace: Workspace,
  config: string,
  admissions: ReadonlyMap<string, Admission>,
): Workspace {
  const tree = withAdmissions(workspace.tree, config, admissions);
  return tree === workspace.tree ? workspace : { ...workspace, tree };
}

/** Whether a path is a config file: by its name, or because a config file extends it. */
export function isConfig({ tree }: Workspace, path: string): boolean {
  return basename(path) === CONFIG_NAME || tree.nodes.has(path);
}

/** Whether a config file of a workspace folder extends the file of a path in one. */
export function isExtended(workspace: Workspace, path: string): boolean {
  if (findFolder(workspace, path) === undefined) return false;
  const extenders = findExtenders(workspace.tree, (one) => one === path);
  return extenders.some((one) => findFolder(workspace, one) !== undefined);
}

/** The workspace with these folders, given by the client's URIs. */
export function withFolders(workspace: Workspace, uris: readonly string[]): Workspace {
  const spelled = new Map(uris.map((uri) => [toPath(toKey(uri)), withoutEnd(uri, "/")]));
  const next = { ...workspace, folders: [...spelled.keys()], spelled };
  // What a config file may extend depends on the folder it is in.
  const isMoved = (path: string): boolean => findFolder(next, path) !== findFolder(workspace, path);
  return { ...next, tree: withoutAdmissions(workspace.tree, isMoved) };
}

/** The workspace with the editor's settings. Equal settings stay one object, which is the key of cached results. */
export function withEditor(workspace: Workspace, editor: ReadonlyMap<string, Config>): Workspace {
  const known = new Map(
    [...workspace.editor.values()].map((config) => [JSON.stringify(config), config]),
  );
  const next = new Map<string, Config>();
  for (const [folder, config] of editor) {
    const json = JSON.stringify(config);
    const same = known.get(json) ?? config;
    known.set(json, same);
    next.set(folder, same);
  }
  return { ...workspace, editor: next };
}

/** The URI of a file in the client's spelling, if known. */
export function toUri(workspace: Workspace, path: string): string {
  const open = workspace.open.get(path);
  if (open !== undefined) return open.uri;
  const key = toKey(path);
  const folder = findFolder(workspace, path);
  const spelled = folder === undefined ? undefined : workspace.spelled.get(folder);
  if (folder === undefined || spelled === undefined) return key;
  return spelled + key.slice(toKey(folder).length);
}

/** A key of what a draft's facts depend on besides its bytes. */
export function toStamp({ format, explicitlyIncluded, settings }: DraftConfig): string {
  const known = getStamps(settings);
  const how = `${format} ${explicitlyIncluded ? "asked" : "found"}`;
  const stamp = known.get(how) ?? `${how} ${settingsKey(settings)}`;
  known.set(how, stamp);
  return stamp;
}

// A memo, because many drafts share one, and it is long.
const getStamps = memoizeOn<Settings>()(() => new Map<string, string>());

/** The innermost workspace folder that contains a path. */
export function findFolder(workspace: Workspace, path: string): string | undefined {
  let best: string | undefined;
  for (const folder of workspace.folders) {
    if (isWithin(path, folder) && folder.length >= (best?.length ?? 0)) best = folder;
  }
  return best;
}

/** The settings and the selection for a path, whether or not it is a draft. */
export function resolve(workspace: Workspace, path: string): Resolved {
  const { tree, folders } = workspace;
  return hasNoFolder(path)
    ? resolveUntitled(path, folders, tree, editorFor(workspace, findFolder(workspace, path)))
    : resolveIn(scopeFor(workspace, path), path);
}

/** The baseline that applies to a draft: the nearest, up to its workspace folder. */
export function baselineFor(workspace: Workspace, path: string): Baseline | undefined {
  const { baselines } = workspace;
  if (baselines.size === 0) return undefined;
  return nearestBaseline(baselines, path, findFolder(workspace, path) ?? dirname(path));
}

/** The config file and the editor's settings that apply to a path, whether or not it is a draft. */
function scopeFor(workspace: Workspace, path: string): Scope {
  const folder = findFolder(workspace, path);
  return getScope(workspace.tree, path, folder ?? dirname(path), editorFor(workspace, folder));
}

function editorFor({ editor }: Workspace, folder: string | undefined): Config | undefined {
  return editor.get(folder ?? "") ?? editor.get("");
}

/** The format and settings of a file in a workspace folder; undefined if it is not a draft. */
export function configForStored(workspace: Workspace, path: string): DraftConfig | undefined {
  const folder = findFolder(workspace, path);
  if (folder === undefined || path === folder || isPage(workspace, path)) return undefined;
  if (isInSkipped(workspace, folder, dirname(path))) return undefined;
  if (isIgnored(workspace.ignores, folder, path, false)) return undefined;
  // Settings are resolved only for drafts.
  const scope = scopeFor(workspace, path);
  const choice = choose(path, folder, scope.selection);
  return choice && { ...choice, settings: resolveIn(scope, path).settings };
}

/**
 * The format of a file in a folder being walked, or why it is not a draft. `top` is the folder that the walk is for;
 * `wanted` is what is requested besides what the settings select.
 */
export function chooseListed(
  workspace: Workspace,
  top: string,
  path: string,
  wanted?: PatternGroup,
): Choice | SkipReason {
  if (isPage(workspace, path)) return "other kind";
  const { selection } = scopeFor(workspace, path);
  const all = wanted === undefined ? selection : { groups: [...selection.groups, wanted] };
  const choice = chooseOrSkip(path, top, all);
  const isLeft = typeof choice === "string" || !isIgnored(workspace.ignores, top, path, false);
  return isLeft ? choice : "ignored";
}

/** The config file whose patterns skip a file or folder, by its path; undefined if the editor's do. */
export function selectingConfig(
  workspace: Workspace,
  path: string,
  isFolder: boolean,
  reason: SkipReason,
): string | undefined {
  const scope = scopeFor(workspace, isFolder ? `${path}/${CONFIG_NAME}` : path);
  const { exclude = [], include = [] } = scope.editor;
  // The editor's patterns come first.
  const [group] = exclude.length + include.length > 0 ? scope.selection.groups : [];
  const own = group && (reason === "excluded" ? { ...group, include: [] } : group);
  const isOfEditor =
    own !== undefined && chooseOrSkip(path, own.folder, { groups: [own] }) === reason;
  return isOfEditor ? undefined : scope.node.path;
}

/** The format and settings of an open document, by its language id; undefined if it is not a draft. */
export function configForOpen(
  workspace: Workspace,
  path: string,
  document: OpenDocument,
): DraftConfig | undefined {
  const judged = judgeOpen(workspace, path, document);
  return typeof judged === "object" ? judged : undefined;
}

/** Why an open document is not checked; undefined if it is, and for config files and rule pages. */
export function notDraftReason(workspace: Workspace, path: string): SkipReason | undefined {
  const document = workspace.open.get(path);
  const judged = document && judgeOpen(workspace, path, document);
  return typeof judged === "string" ? judged : undefined;
}

/** The format and settings of an open document, or why it is not a draft; undefined for config files and rule pages. */
function judgeOpen(
  workspace: Workspace,
  path: string,
  { languageId, text, lines }: OpenDocument,
): DraftConfig | SkipReason | undefined {
  if (isConfig(workspace, path) || isPage(workspace, path)) return undefined;
  const { settings, selection } = resolve(workspace, path);
  const listed = chooseOrSkip(path, findFolder(workspace, path) ?? dirname(path), selection);
  const format = formatForLanguage(languageId);
  const choice = hasNoFolder(path)
    ? chooseWithoutFolder(workspace, path, format, listed === "excluded")
    : chooseInFolder(path, format, listed);
  if (choice === undefined) return typeof listed === "string" ? listed : "other kind";
  if (isTooLarge(text, lines)) return "too large";
  const isRead = choice.explicitlyIncluded || !requiresProse(choice.format);
  if (!isRead && workspace.prose.get(path) !== true) return "not prose";
  return { ...choice, settings: isSnippet(path) ? snippetSettings(settings) : settings };
}

function chooseWithoutFolder(
  workspace: Workspace,
  path: string,
  format: FormatId | undefined,
  isExcluded: boolean,
): Choice | undefined {
  if (format === undefined || getFormat(format).files.byDefault === "none") return undefined;
  // Patterns never name a snippet, which is in no folder. With `galley.enable` off the editor excludes everything.
  const isOff = isSnippet(path)
    ? editorFor(workspace, workspace.folders[0])?.exclude?.includes("**") === true
    : isExcluded;
  return isOff ? undefined : { format, explicitlyIncluded: true };
}

/** `listed` is what the file would be if it were not open; its language may overrule that. */
function chooseInFolder(
  path: string,
  language: FormatId | undefined,
  listed: Choice | SkipReason,
): Choice | undefined {
  if (typeof listed === "object") {
    // A .txt that the editor gives a language without a format, such as requirements, is not a draft.
    const format = language ?? (listed.explicitlyIncluded ? listed.format : undefined);
    return format && { format, explicitlyIncluded: listed.explicitlyIncluded };
  }
  if (listed === "excluded" || language === undefined) return undefined;
  // With an unknown extension, the user has chosen the language.
  const isChosen =
    formatOfName(basename(path)) === undefined && getFormat(language).files.byDefault === "every";
  return isChosen ? { format: language, explicitlyIncluded: true } : undefined;
}

function isPage({ pages }: Workspace, path: string): boolean {
  return pages !== undefined && isWithin(path, pages);
}

/** Whether a walk would visit the path if it were a folder. */
export function canHoldDrafts(workspace: Workspace, folder: string): boolean {
  const top = findFolder(workspace, folder);
  return top !== undefined && !isInSkipped(workspace, top, folder);
}

/** Whether a folder in a workspace folder is skipped, or one above it. */
function isInSkipped(workspace: Workspace, top: string, folder: string): boolean {
  for (let at = folder; at.length > top.length; at = dirname(at)) {
    if (folderSkipReason(workspace, top, at) !== undefined) return true;
  }
  return false;
}

/**
 * Why a folder is skipped with everything in it, by the config files known so far; undefined if it is walked. Ignores
 * the folders above it.
 */
export function folderSkipReason(
  workspace: Workspace,
  top: string,
  folder: string,
): SkipReason | undefined {
  const { selection } = scopeFor(workspace, `${folder}/${CONFIG_NAME}`);
  const reason = whyFolderSkipped(folder, top, selection);
  return reason ?? (isIgnored(workspace.ignores, top, folder, true) ? "ignored" : undefined);
}

/** The text of a config file that applies: the open document's, or else the one on disk. */
export function configText(workspace: Workspace, path: string): string | undefined {
  const { open, deleted, configs } = workspace;
  return (deleted.has(path) ? undefined : open.get(path)?.text) ?? configs.get(path);
}

/** Whether a file of the format that is not explicitly included must read as prose to be a draft. */
function requiresProse(format: FormatId): boolean {
  return getFormat(format).files.byDefault === "prose";
}

/** A map without some of its keys. */
export function without<K, V>(map: ReadonlyMap<K, V>, keys: Iterable<K>): Map<K, V> {
  const next = new Map(map);
  for (const key of keys) next.delete(key);
  return next;
}
