import path from "node:path";
import type { Baseline } from "../project/baselines.ts";
import type { Resolved } from "../settings/config/node.ts";
import { compileGlob } from "../settings/glob.ts";
import { type FileKind, kindIncluded } from "../settings/include-kind.ts";
import { choose, formatOfName, type PatternGroup } from "../settings/select.ts";
import { isLeftOut, type Skipped, type SkipReason, skipReasonText } from "../settings/skipped.ts";
import { FALLBACK_FORMAT, type FormatId } from "../formats/registry.ts";
import { nodeFiles } from "../host/node/files.ts";
import { compareNames, type FileName } from "../project/file-names.ts";
import type { FileStats } from "../project/host.ts";
import { maxBytes } from "../project/size-limits.ts";
import { joinPath, toKey } from "../project/places.ts";
import { dirname } from "../text/path.ts";
import { say } from "../text/wording.ts";
import { readFailureText } from "../project/read-failure.ts";
import { draftsIn, readConfigsFor, type WalkListener } from "../project/walk.ts";
import {
  baselineFor,
  chooseListed,
  folderSkipReason,
  isExtended,
  resolve,
} from "../project/workspace.ts";
import { byText, fileOfPath, pathOfFile, placeNamed, shownPath } from "./paths.ts";
import { type Problem, type RuleFile, unreadNamed } from "./problems.ts";
import { type ConfigOverrides, type Roots, rootsFor } from "./roots.ts";

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

/** The drafts that paths name, by path. Files are always included; folders and patterns respect the settings. */
export async function findInputs(
  cwd: string,
  paths: readonly string[],
  given: ConfigOverrides,
  showSkipped = false,
): Promise<Inputs> {
  const inputs = new Map<string, Input>();
  const places = paths.map((name) => ({ name, ...placeNamed(cwd, name) }));
  const named = new Set(places.map(({ file }) => pathOfFile(file)));
  const notes = newNotes(cwd, showSkipped, named);
  const roots = rootsFor(cwd, given, notes.account);

  const add: Gathering["add"] = (stats, input) => {
    const { file, inclusion } = input;
    const key = stats.identity ?? file;
    const previous = inputs.get(key);
    if (previous !== undefined && (previous.inclusion === "outright" || inclusion !== "outright")) {
      notes.skip(file, "same file");
      return;
    }
    if (previous !== undefined) notes.skip(previous.file, "same file");
    inputs.set(key, { ...input, shown: shownPath(cwd, file) });
  };

  for (const place of places) await addPlace(cwd, place, { roots, notes, add });
  const all = [...inputs.values()].sort((a, b) => byText(a.shown, b.shown));
  const taken = new Set(all.map((input) => input.shown));
  const obeyed = new Set(
    all.flatMap(({ resolved, baseline }) => [resolved.configPath, baseline?.path]),
  );
  return {
    inputs: all,
    problems: notes.problems,
    ruleProblems: notes.ruleProblems,
    // In a skipped folder, mistakes are not reported, as its drafts are not, unless an input follows the file.
    ruleFiles: ruleFilesIn(roots, (at) => !obeyed.has(at) && isIn(at, notes.skippedFolders, named)),
    // A file that one path skips may be included by another.
    leftOut: [...notes.leftOut].filter((one) => !taken.has(one)).length,
    unasked: [...notes.unasked.values()],
    notIncluded: notes.notIncluded.size,
    skipped: [...notes.skipped.values()].filter((one) => !taken.has(one.path)),
    draftAt: (folder, file, kinds = []) => draftAt(roots, folder, file, kinds),
  };
}

/** Where the inputs are collected. */
interface Gathering {
  readonly roots: Roots;
  readonly notes: Notes;
  readonly add: (stats: FileStats, input: Omit<Input, "shown">) => void;
}

/** Adds the drafts that one argument names, which may be a file, a folder or a pattern. */
async function addPlace(
  cwd: string,
  { name, file, pattern }: ReturnType<typeof placeNamed> & { readonly name: string },
  { roots, notes, add }: Gathering,
): Promise<void> {
  const top = pathOfFile(file);
  // An empty argument is probably an unset shell variable; it must not mean the current folder.
  const stats = name === "" ? "gone" : nodeFiles.stats?.(toKey(top));
  if (stats === undefined) return;
  if (typeof stats !== "string" && pattern === undefined) {
    const held = await resolvedFor(roots, file);
    const format = formatOfName(path.basename(file)) ?? FALLBACK_FORMAT;
    add(stats, { file, format, inclusion: "outright", ...held });
    return;
  }
  if (stats !== "folder") {
    const unread = typeof stats === "string" ? stats : "gone";
    const shown = name === "" ? '""' : shownPath(cwd, file);
    notes.problems.push(unreadNamed(shown, unread, "file or folder", maxBytes(top)));
    return;
  }
  const walk = await roots.of(file);
  const wanted = pattern === undefined ? undefined : toGroup(top, [pattern]);
  const drafts = [...(await draftsIn({ ...walk, wanted }, top, top))];
  const { workspace } = walk.ruleStore;
  if (pattern !== undefined && drafts.length === 0) {
    notes.problems.push({ path: name, message: whyNone(pattern), fatal: true });
  }
  // Of several names of one file, the first is used.
  const toName = ([path, { stats: its }]: (typeof drafts)[number]): FileName => {
    return { path, isLink: its?.isLink === true };
  };
  drafts.sort((a, b) => compareNames(toName(a), toName(b)));
  for (const [draft, { choice, stats: its }] of drafts) {
    if (its === undefined) continue;
    add(its, {
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
  roots: Roots,
  folder: string,
  file: string,
  kinds: readonly string[],
): ReturnType<Inputs["draftAt"]> {
  const walk = await roots.of(folder);
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
  const notes = newNotes(cwd, false, new Set());
  const roots = rootsFor(cwd, given, notes.account);
  const held = await resolvedFor(roots, path.resolve(cwd, name));
  return { ...held, ruleProblems: notes.ruleProblems, ruleFiles: ruleFilesIn(roots) };
}

async function resolvedFor(
  roots: Roots,
  file: string,
): Promise<Pick<Input, "resolved" | "baseline">> {
  const folder = path.dirname(file);
  const walk = await roots.of(folder);
  const draft = joinPath(pathOfFile(folder), path.basename(file));
  await readConfigsFor(walk, draft);
  const { workspace } = walk.ruleStore;
  return { resolved: resolve(workspace, draft), baseline: baselineFor(workspace, draft) };
}

/** The config files and baselines that were read, without those that are skipped and that no config file extends. */
function ruleFilesIn(
  roots: Roots,
  isSkipped: (path: string) => boolean = () => false,
): ReadonlySet<RuleFile> {
  const nodes = roots.all().flatMap(({ workspace }): RuleFile[] => {
    const all = [...workspace.tree.nodes.values(), ...workspace.baselines.values()];
    return all.filter(
      ({ path: at }) => at === undefined || !isSkipped(at) || isExtended(workspace, at),
    );
  });
  return new Set(nodes);
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

/** The messages about what a walk finds besides drafts. */
interface Notes {
  readonly account: WalkListener;
  readonly problems: Problem[];
  readonly ruleProblems: Problem[];
  /** By the paths in messages. */
  readonly skipped: ReadonlyMap<string, Skipped>;
  /** Files that might be drafts, by the same. */
  readonly leftOut: ReadonlySet<string>;
  /** The kinds of files that are read only if a pattern requests them, by the same. */
  readonly unasked: ReadonlyMap<string, FileKind>;
  /** Files that `include` does not name and that would be drafts without it, by the same. */
  readonly notIncluded: ReadonlySet<string>;
  /** By their paths. */
  readonly skippedFolders: ReadonlySet<string>;
  readonly skip: (file: string, reason: SkipReason) => void;
}

/** `named` are the paths of the command line. If one of them can't be read, that is fatal. */
function newNotes(cwd: string, showSkipped: boolean, named: ReadonlySet<string>): Notes {
  const problems: Problem[] = [];
  const ruleProblems: Problem[] = [];
  const skipped = new Map<string, Skipped>();
  const leftOut = new Set<string>();
  const unasked = new Map<string, FileKind>();
  const notIncluded = new Set<string>();
  const skippedFolders = new Set<string>();
  const shown = (path: string): string => shownPath(cwd, fileOfPath(path));
  const note = (name: string, reason: SkipReason, config?: string): void => {
    skipped.set(name, { path: name, reason: skipReasonText(reason, config) });
  };
  return {
    problems,
    ruleProblems,
    skipped,
    leftOut,
    unasked,
    notIncluded,
    skippedFolders,
    skip: (file, reason) => {
      if (showSkipped) note(shownPath(cwd, file), reason);
    },
    account: {
      skipped: (path, isFolder, reason, config) => {
        if (isFolder) skippedFolders.add(path);
        if (!isFolder && isLeftOut(reason)) leftOut.add(shown(path));
        const kind = reason === "other kind" ? undefined : kindIncluded(reason, path);
        if (kind !== undefined) unasked.set(shown(path), kind);
        const isFile = !isFolder && reason === "not included";
        if (isFile && choose(path, dirname(path), { groups: [] }) !== undefined) {
          notIncluded.add(shown(path));
        }
        if (!showSkipped) return;
        const name = isFolder ? `${shown(path)}/` : shown(path);
        note(name, reason, config === undefined ? undefined : shown(config));
      },
      unread: (path, why, kind) => {
        const at = shown(path);
        const said = readFailureText(why, maxBytes(path));
        if (kind !== "draft" && kind !== "folder") {
          const message = `${said} ${CONSEQUENCES[kind]}`;
          ruleProblems.push({ path: at, message, fatal: kind !== "ignore file" });
          return;
        }
        // In a name, Node turns bytes that are not UTF-8 into U+FFFD, and finds no file by that name.
        const isMisnamed = path.includes("\uFFFD");
        const fatal = isMisnamed || (kind === "folder" && named.has(path));
        const message = kind === "folder" ? "The folder can’t be read." : said;
        problems.push({ path: at, message: isMisnamed ? MISNAMED : message, fatal });
      },
      badPattern: (path, line) => {
        const message = `${line + 1}:1: This pattern is too long or has too many stars. It leaves nothing out.`;
        ruleProblems.push({ path: shown(path), message, fatal: false });
      },
    },
  };
}
