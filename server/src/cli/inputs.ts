import path from "node:path";
import type { Baseline } from "../project/baselines.ts";
import type { Resolved } from "../settings/config/node.ts";
import { compileGlob } from "../settings/glob.ts";
import { type FileKind, kindIncluded } from "../settings/include-kind.ts";
import { choose, formatOfName, type PatternGroup } from "../settings/select.ts";
import { isLeftOut, type Skipped, type SkipReason, skipReasonText } from "../settings/skipped.ts";
import { decodeConfig } from "../settings/config/read.ts";
import type { Sources } from "../settings/config/tree.ts";
import { FALLBACK_FORMAT, type FormatId } from "../formats/registry.ts";
import { nodeFiles } from "../host/node/files.ts";
import { type Read, readFileBounded } from "../host/node/read-file.ts";
import { isInFolder } from "../host/node/replace-file.ts";
import { timers } from "../host/timers.ts";
import { loadExtended } from "../project/extended.ts";
import { compareNames, type FileName, joinPath, toKey } from "../project/places.ts";
import type { FileStats } from "../project/host.ts";
import { MAX_BYTES, maxBytes, type ReadFailure, readFailureText } from "../project/read-limits.ts";
import { dirname } from "../text/path.ts";
import { say } from "../text/wording.ts";
import { repositoryRoot } from "../project/repository.ts";
import { applyRules, newReadOrder, type RuleStore, startRead } from "../project/rule-files.ts";
import {
  draftsIn,
  readConfigsFor,
  type UnreadKind,
  type Walk,
  type WalkListener,
} from "../project/walk.ts";
import {
  baselineFor,
  chooseListed,
  folderSkipReason,
  isExtended,
  resolve,
  rootedWorkspace,
} from "../project/workspace.ts";
import { byText, fileOfPath, pathOfFile, placeNamed, shownPath } from "./paths.ts";
import { type Problem, type RuleFile, unreadNamed } from "./problems.ts";

/** A file to be checked. */
export interface Input {
  /** The absolute path, in the system's form. */
  readonly file: string;
  /** The path in messages: relative to the current folder, with "/". */
  readonly shown: string;
  readonly format: FormatId;
  /** How it was included: by its own path (then it must be readable), by a pattern, or by default. */
  readonly inclusion: "outright" | "by pattern" | "no";
  readonly resolved: Resolved;
  /** The nearest baseline; none if the command line names one, or wants none. */
  readonly baseline: Baseline | undefined;
}

export interface Inputs {
  readonly inputs: readonly Input[];
  readonly problems: readonly Problem[];
  /** Problems with config files and ignore files. */
  readonly ruleProblems: readonly Problem[];
  /** The config files and baselines that were read, whether or not they apply to any draft. */
  readonly ruleFiles: ReadonlySet<RuleFile>;
  /** How many possible drafts were left out. */
  readonly leftOut: number;
  /** The kind of each file found that is read only if a pattern requests it. */
  readonly unasked: readonly FileKind[];
  /** How many files would be drafts if `include` did not name others. */
  readonly notIncluded: number;
  /** What is not checked, unordered; empty without `showSkipped`. */
  readonly skipped: readonly Skipped[];
  /** How a file that may be gone would be checked in a walk of the folder with patterns `kinds`; absolute paths. */
  readonly draftAt: (
    folder: string,
    file: string,
    kinds?: readonly string[],
  ) => Promise<Pick<Input, "format" | "inclusion" | "resolved"> | undefined>;
}

/** The settings of the command line, and the config file of `--config`. */
export interface ConfigOverrides {
  readonly sources: Omit<Sources, "configPath">;
  readonly config:
    { readonly file: string; readonly read: Read | { readonly text: string } } | undefined;
}

/** Reads the config file of `--config`. */
export function readConfigOption(
  cwd: string,
  config: string | { readonly file: string; readonly text: string },
): ConfigOverrides["config"] {
  if (typeof config !== "string") return { file: config.file, read: config };
  const file = path.resolve(cwd, config);
  return { file, read: readFileBounded(file, MAX_BYTES.config) };
}

/** The drafts that paths name, by path. Files are always included; folders and patterns respect the settings. */
export async function findInputs(
  cwd: string,
  paths: readonly string[],
  given: ConfigOverrides,
  showSkipped = false,
): Promise<Inputs> {
  const places = paths.map((name) => ({ name, ...placeNamed(cwd, name) }));
  const named = new Set(places.map(({ file }) => pathOfFile(file)));
  const search = new Search(cwd, given, named, showSkipped);
  for (const place of places) await addPlace(search, place);
  const inputs = [...search.inputs.values()].sort((a, b) => byText(a.shown, b.shown));
  const taken = new Set(inputs.map((input) => input.shown));
  const obeyed = new Set(
    inputs.flatMap(({ resolved, baseline }) => [resolved.configPath, baseline?.path]),
  );
  return {
    inputs,
    problems: search.problems,
    ruleProblems: search.ruleProblems,
    // In a skipped folder, mistakes are not reported, as its drafts are not, unless an input follows the file.
    ruleFiles: search.ruleFiles((at) => !obeyed.has(at) && isIn(at, search.skippedFolders, named)),
    // A file that one path skips may be included by another.
    leftOut: [...search.leftOut].filter((one) => !taken.has(one)).length,
    unasked: [...search.unasked.values()],
    notIncluded: search.notIncluded.size,
    skipped: [...search.listed.values()].filter((one) => !taken.has(one.path)),
    draftAt: (folder, file, kinds = []) => draftAt(search, folder, file, kinds),
  };
}

/** Adds the drafts that one argument names, which may be a file, a folder or a pattern. */
async function addPlace(
  search: Search,
  { name, file, pattern }: ReturnType<typeof placeNamed> & { readonly name: string },
): Promise<void> {
  const top = pathOfFile(file);
  // An empty argument is probably an unset shell variable; it must not mean the current folder.
  const stats = name === "" ? "gone" : nodeFiles.stats?.(toKey(top));
  if (stats === undefined) return;
  if (typeof stats !== "string" && pattern === undefined) {
    const held = await resolvedFor(search, file);
    const format = formatOfName(path.basename(file)) ?? FALLBACK_FORMAT;
    search.add(stats, { file, format, inclusion: "outright", ...held });
    return;
  }
  if (stats !== "folder") {
    const unread = typeof stats === "string" ? stats : "gone";
    const shown = name === "" ? '""' : shownPath(search.cwd, file);
    search.problems.push(unreadNamed(shown, unread, "file or folder", maxBytes(top)));
    return;
  }
  const walk = await search.walkIn(file);
  const wanted = pattern === undefined ? undefined : toGroup(top, [pattern]);
  const drafts = [...(await draftsIn({ ...walk, wanted }, top, top))];
  const { workspace } = walk.ruleStore;
  if (pattern !== undefined && drafts.length === 0) {
    search.problems.push({ path: name, message: whyNone(pattern), fatal: true });
  }
  // Of several names of one file, the first is used.
  const toName = ([path, { stats: its }]: (typeof drafts)[number]): FileName => {
    return { path, isLink: its?.isLink === true };
  };
  drafts.sort((a, b) => compareNames(toName(a), toName(b)));
  for (const [draft, { choice, stats: its }] of drafts) {
    if (its === undefined) continue;
    search.add(its, {
      file: fileOfPath(draft),
      format: choice.format,
      inclusion: choice.explicitlyIncluded ? "by pattern" : "no",
      resolved: resolve(workspace, draft),
      baseline: baselineFor(workspace, draft),
    });
  }
}

/** Patterns from the command line. They name drafts, and kinds of files that are not drafts by default. */
function toGroup(folder: string, include: readonly string[]): PatternGroup {
  return { folder, include, exclude: [], limits: false };
}

function whyNone(pattern: string): string {
  const compiled = compileGlob(pattern);
  return "problem" in compiled
    ? say(compiled.problem("This pattern"))
    : "No draft here is called so. --show-skipped says what is no draft.";
}

async function draftAt(
  search: Search,
  folder: string,
  file: string,
  kinds: readonly string[],
): ReturnType<Inputs["draftAt"]> {
  const walk = await search.walkIn(folder);
  const top = pathOfFile(folder);
  const draft = pathOfFile(file);
  await readConfigsFor(walk, draft);
  const { workspace } = walk.ruleStore;
  const choice = chooseListed(workspace, top, draft, toGroup(top, kinds));
  if (typeof choice === "string") return undefined;
  for (let above = dirname(draft); above.length > top.length; above = dirname(above)) {
    if (folderSkipReason(workspace, top, above) !== undefined) return undefined;
  }
  return {
    format: choice.format,
    inclusion: choice.explicitlyIncluded ? "by pattern" : "no",
    resolved: resolve(workspace, draft),
  };
}

/** The settings and the baseline for a draft that is not on disk, such as standard input under a file name. */
export async function inputSettings(
  cwd: string,
  name: string,
  given: ConfigOverrides,
): Promise<Pick<Inputs, "ruleProblems" | "ruleFiles"> & Pick<Input, "resolved" | "baseline">> {
  const search = new Search(cwd, given);
  const held = await resolvedFor(search, path.resolve(cwd, name));
  return { ...held, ruleProblems: search.ruleProblems, ruleFiles: search.ruleFiles() };
}

async function resolvedFor(
  search: Search,
  file: string,
): Promise<Pick<Input, "resolved" | "baseline">> {
  const folder = path.dirname(file);
  const walk = await search.walkIn(folder);
  const draft = joinPath(pathOfFile(folder), path.basename(file));
  await readConfigsFor(walk, draft);
  const { workspace } = walk.ruleStore;
  return { resolved: resolve(workspace, draft), baseline: baselineFor(workspace, draft) };
}

/** Whether a file is in one of the folders, and in none that was named within it. */
function isIn(file: string, folders: ReadonlySet<string>, named: ReadonlySet<string>): boolean {
  for (let at = dirname(file); at !== ""; at = dirname(at)) {
    if (named.has(at)) return false;
    if (folders.has(at)) return true;
  }
  return false;
}

const MISNAMED = "Its name is not in UTF-8, so it can’t be read. Give it another name.";

/** What follows from the failure to read a file. */
const CONSEQUENCES = {
  config: "What it sets does not hold.",
  baseline: "What it lists is reported.",
  "ignore file": "Nothing is left out by it.",
};

/** What the arguments of a command name, and what walks meet besides. Names in messages are those of `shown`. */
class Search implements WalkListener {
  readonly cwd: string;
  readonly #given: ConfigOverrides;
  /** The paths of the command line. If one of them can't be read, that is fatal. */
  readonly #named: ReadonlySet<string>;
  readonly #showsSkipped: boolean;
  /** One workspace value for each root, since the same files apply to all drafts of a repository. */
  readonly #stores = new Map<string, RuleStore>();
  /** By what identifies a file of several names. */
  readonly inputs = new Map<string, Input>();
  readonly problems: Problem[] = [];
  readonly ruleProblems: Problem[] = [];
  /** Whatever is skipped, if it is to be shown, by its name in messages. */
  readonly listed = new Map<string, Skipped>();
  /** By their paths. */
  readonly skippedFolders = new Set<string>();
  /** Files that might be drafts. */
  readonly leftOut = new Set<string>();
  /** The kinds of files that are read only if a pattern requests it, by the files. */
  readonly unasked = new Map<string, FileKind>();
  /** Files that `include` does not name and that would be drafts without it. */
  readonly notIncluded = new Set<string>();

  constructor(
    cwd: string,
    given: ConfigOverrides,
    named: ReadonlySet<string> = new Set(),
    showsSkipped = false,
  ) {
    this.cwd = cwd;
    this.#given = given;
    this.#named = named;
    this.#showsSkipped = showsSkipped;
  }

  /** A walk in the root of a folder, given as an absolute path. */
  async walkIn(folder: string): Promise<Walk> {
    const root = await findRoot(this.cwd, folder);
    const ruleStore = this.#stores.get(root) ?? newStore(root, this.#given);
    this.#stores.set(root, ruleStore);
    const walk = { files: nodeFiles, clock: timers, ruleStore, isCancelled: () => false };
    const { configPath } = ruleStore.workspace.tree.sources;
    if (configPath !== undefined) await loadExtended({ ...walk, listener: this }, configPath);
    return { ...walk, listener: this };
  }

  add(stats: FileStats, input: Omit<Input, "shown">): void {
    const { file, inclusion } = input;
    const key = stats.identity ?? file;
    const previous = this.inputs.get(key);
    const isTaken = previous?.inclusion === "outright" || inclusion !== "outright";
    const skipped = previous && (isTaken ? file : previous.file);
    if (skipped !== undefined) this.#list(shownPath(this.cwd, skipped), "same file");
    if (previous === undefined || !isTaken) {
      this.inputs.set(key, { ...input, shown: shownPath(this.cwd, file) });
    }
  }

  /** The config files and baselines that were read, without those that are skipped and that no config file extends. */
  ruleFiles(isSkipped: (path: string) => boolean = () => false): ReadonlySet<RuleFile> {
    const files = [...this.#stores.values()].flatMap(({ workspace }): RuleFile[] => {
      const all = [...workspace.tree.nodes.values(), ...workspace.baselines.values()];
      return all.filter(
        ({ path: at }) => at === undefined || !isSkipped(at) || isExtended(workspace, at),
      );
    });
    return new Set(files);
  }

  #shown(path: string): string {
    return shownPath(this.cwd, fileOfPath(path));
  }

  #list(name: string, reason: SkipReason, config?: string): void {
    if (!this.#showsSkipped) return;
    this.listed.set(name, { path: name, reason: skipReasonText(reason, config) });
  }

  skipped(path: string, isFolder: boolean, reason: SkipReason, config: string | undefined): void {
    const name = this.#shown(path);
    this.#list(isFolder ? `${name}/` : name, reason, config && this.#shown(config));
    const kind = reason === "other kind" ? undefined : kindIncluded(reason, path);
    if (kind !== undefined) this.unasked.set(name, kind);
    if (isFolder) {
      this.skippedFolders.add(path);
      return;
    }
    if (isLeftOut(reason)) this.leftOut.add(name);
    const isDraft = choose(path, dirname(path), { groups: [] }) !== undefined;
    if (reason === "not included" && isDraft) this.notIncluded.add(name);
  }

  unread(path: string, why: ReadFailure, kind: UnreadKind): void {
    const at = this.#shown(path);
    const said = readFailureText(why, maxBytes(path));
    if (kind !== "draft" && kind !== "folder") {
      const message = `${said} ${CONSEQUENCES[kind]}`;
      this.ruleProblems.push({ path: at, message, fatal: kind !== "ignore file" });
      return;
    }
    // In a name, Node turns bytes that are not UTF-8 into U+FFFD, and finds no file by that name.
    const isMisnamed = path.includes("\uFFFD");
    const fatal = isMisnamed || (kind === "folder" && this.#named.has(path));
    const message = kind === "folder" ? "The folder can’t be read." : said;
    this.problems.push({ path: at, message: isMisnamed ? MISNAMED : message, fatal });
  }

  badPattern(path: string, line: number): void {
    const message = `${line + 1}:1: This pattern is too long or has too many stars. It leaves nothing out.`;
    this.ruleProblems.push({ path: this.#shown(path), message, fatal: false });
  }
}

/** The outermost folder for config and ignore files: the repository, else the current folder, else the folder itself. */
async function findRoot(cwd: string, folder: string): Promise<string> {
  const at = pathOfFile(folder);
  const repository = await repositoryRoot(nodeFiles, at);
  if (repository !== undefined) return repository;
  return isInFolder(folder, cwd) ? pathOfFile(cwd) : at;
}

function newStore(root: string, { config, sources }: ConfigOverrides): RuleStore {
  const configPath = config && pathOfFile(config.file);
  const workspace = rootedWorkspace(root, configPath ? { ...sources, configPath } : sources);
  const store: RuleStore = { workspace, readOrder: newReadOrder() };
  if (config !== undefined && configPath !== undefined && !("unread" in config.read)) {
    const { read } = config;
    const text = "text" in read ? read.text : decodeConfig(read.bytes);
    applyRules(store, startRead(store), new Map([[configPath, text]]));
  }
  return store;
}
