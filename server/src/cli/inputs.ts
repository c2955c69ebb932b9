import { FALLBACK, type FormatId } from "../formats/registry.ts";
import { type Dirent, lstatSync, readdirSync, realpathSync, type Stats } from "node:fs";
import path from "node:path";
import { configPaths } from "../settings/config/config.ts";
import type { ConfigNode, Resolved, Scope } from "../settings/config/node.ts";
import { decodeConfig } from "../settings/config/read.ts";
import { newTree, resolveIn, scopeOf, type Sources, withTexts } from "../settings/config/tree.ts";
import { chooseOrSkip, formatOfName, whyFolderSkipped } from "../settings/select.ts";
import { type Skipped, type SkipReason, skipReasonText } from "../settings/skipped.ts";
import { MOST_BYTES } from "../project/most-bytes.ts";
import {
  isAbsent,
  readFileBounded,
  statOf,
  unreadable,
  whyUnread,
} from "../host/node/read-file.ts";
import { isLeftover } from "../host/node/replace-file.ts";
import {
  chainFor,
  type IgnoreChain,
  ignoreChain,
  isIgnored,
  repositoryRoot,
  type UnreadIgnore,
} from "./ignored.ts";

/** A file to be checked. */
export interface Input {
  /** Absolute, as this system writes paths. */
  readonly file: string;
  /** Relative to the current folder, parted by "/". */
  readonly shown: string;
  readonly format: FormatId;
  /** It was asked for by name: it is checked whatever it holds, and must be readable. */
  readonly asked: "outright" | "by pattern" | "no";
  readonly size: number;
  readonly resolved: Resolved;
}

/** Something that could not be checked. `fatal`: it was named outright. */
export interface Problem {
  readonly path: string;
  readonly message: string;
  readonly fatal: boolean;
}

export interface Inputs {
  readonly inputs: readonly Input[];
  readonly problems: readonly Problem[];
  /** Of the files that say what is a draft, and how drafts are judged. */
  readonly ruleProblems: readonly Problem[];
  /** Config files with mistakes that were met, whether or not a draft is left that obeys them. */
  readonly mistaken: ReadonlySet<ConfigNode>;
  /** What was met and is not to be checked, in no order; empty where nobody asks. */
  readonly skipped: readonly Skipped[];
}

/**
 * The drafts that the paths name, each once, in the order of their names. A file is taken whatever it
 * is called; a folder is looked through as `.gitignore`, `include` and `exclude` say.
 * Links to folders are not followed, so no walk goes in circles.
 */
export function findInputs(
  cwd: string,
  paths: readonly string[],
  sources: Sources,
  showSkipped = false,
): Inputs {
  const inputs = new Map<string, Input>();
  const problems: Problem[] = [];
  const ruleProblems: Problem[] = [];
  const mistaken = new Set<ConfigNode>();
  const find = scopesFor(cwd, sources, ruleProblems);
  const scopeFor = (file: string, root: string): Scope => {
    const scope = find(file, root);
    if (scope.node.problems.length > 0) mistaken.add(scope.node);
    return scope;
  };
  const unread: UnreadIgnore = (file, message) => {
    ruleProblems.push({ path: shownPath(cwd, file), message, fatal: false });
  };
  const skipped = new Map<string, Skipped>();

  const skip = (file: string, reason: SkipReason, configPath?: string): void => {
    if (!showSkipped) return;
    const config = configPath === undefined ? undefined : shownPath(cwd, path.resolve(configPath));
    const shown = shownPath(cwd, file);
    const name = file.endsWith(path.sep) ? `${shown}/` : shown;
    skipped.set(name, { path: name, reason: skipReasonText(reason, config) });
  };

  const add = (file: string, stats: Stats, input: Omit<Input, "file" | "shown" | "size">): void => {
    const shown = shownPath(cwd, file);
    const why = unreadable(stats, MOST_BYTES.draft);
    if (why !== undefined) {
      const message = whyUnread(why, MOST_BYTES.draft);
      problems.push({ path: shown, message, fatal: input.asked === "outright" });
      return;
    }
    const key = stats.ino === 0 ? file : `${stats.dev}:${stats.ino}`;
    const before = inputs.get(key);
    if (before !== undefined && (before.asked === "outright" || input.asked !== "outright")) {
      skip(file, "same file");
      return;
    }
    if (before !== undefined) skip(before.file, "same file");
    inputs.set(key, { file, shown, size: stats.size, ...input });
  };

  const walk = (top: string, folder: string, root: string, chain: IgnoreChain): void => {
    const links: string[] = [];
    for (const entry of entriesOf(folder, cwd, problems, folder === top)) {
      if (isLeftover(entry.name)) continue;
      const file = path.join(folder, entry.name);
      if (entry.isDirectory()) {
        const { selection, node } = scopeFor(path.join(file, "x"), root);
        const reason =
          whyFolderSkipped(slashed(file), slashed(top), selection) ??
          (isIgnored(chain, file, true) ? "ignored" : undefined);
        if (reason === undefined) walk(top, file, root, chainFor(file, chain, unread));
        else skip(file + path.sep, reason, node.path);
      } else if (entry.isSymbolicLink()) {
        links.push(file);
      } else {
        consider(top, file, root, chain);
      }
    }
    for (const link of links) consider(top, link, root, chain);
  };

  const consider = (top: string, file: string, root: string, chain: IgnoreChain): void => {
    const scope = scopeFor(file, root);
    const choice = chooseOrSkip(slashed(file), slashed(top), scope.selection);
    if (typeof choice === "string" || isIgnored(chain, file, false)) {
      skip(file, typeof choice === "string" ? choice : "ignored", scope.node.path);
      return;
    }
    const stats = statOf(file);
    if (typeof stats === "string") {
      const message = whyUnread(stats, MOST_BYTES.draft);
      problems.push({ path: shownPath(cwd, file), message, fatal: false });
    } else if (!stats.isDirectory()) {
      add(file, stats, {
        format: choice.format,
        asked: choice.asked ? "by pattern" : "no",
        resolved: resolveIn(scope, slashed(file)),
      });
    } else {
      skip(file, stats.isDirectory() ? "link to a folder" : "no file");
    }
  };

  for (const given of paths) {
    const file = path.resolve(cwd, given);
    // An empty name is a variable that was not set, not this folder.
    const stats = given === "" ? "gone" : statOf(file);
    if (typeof stats === "string") {
      const message =
        stats === "gone" ? "There is no such file or folder." : whyUnread(stats, MOST_BYTES.draft);
      problems.push({ path: shownPath(cwd, file), message, fatal: true });
    } else if (stats.isDirectory()) {
      const root = rootFor(cwd, file);
      walk(file, file, root, ignoreChain(root, file, unread));
    } else {
      const resolved = resolveIn(scopeFor(file, rootFor(cwd, path.dirname(file))), slashed(file));
      const format = formatOfName(path.basename(file)) ?? FALLBACK;
      add(file, stats, { format, asked: "outright", resolved });
    }
  }
  const taken = new Set(showSkipped ? [...inputs.values()].map((input) => input.shown) : []);
  return {
    inputs: [...inputs.values()].sort((a, b) => byText(a.shown, b.shown)),
    problems,
    ruleProblems,
    mistaken,
    // What one path leaves out, another may name.
    skipped: [...skipped.values()].filter((one) => !taken.has(one.path)),
  };
}

/** What holds for a draft that is not on the disk, such as standard input under a name. */
export function resolvedFor(
  cwd: string,
  name: string,
  sources: Sources,
  problems: Problem[],
): { readonly resolved: Resolved; readonly node: ConfigNode } {
  const file = path.resolve(cwd, name);
  const scope = scopesFor(cwd, sources, problems)(file, rootFor(cwd, path.dirname(file)));
  return { resolved: resolveIn(scope, slashed(file)), node: scope.node };
}

/**
 * The places that the paths name, links in them resolved: folders, and files by themselves. A file that
 * is a link names no other place, so what it leads to counts only where that is named, too.
 */
export function placesNamed(cwd: string, paths: readonly string[]): string[] {
  return paths.flatMap((given) => {
    const file = path.resolve(cwd, given);
    try {
      const stats = statOf(file);
      const isFolder = typeof stats !== "string" && stats.isDirectory();
      return !isFolder && lstatSync(file).isSymbolicLink() ? [] : [realpathSync(file)];
    } catch {
      return [];
    }
  });
}

/** A path relative to the current folder, parted by "/". */
export function shownPath(cwd: string, file: string): string {
  const relative = path.relative(cwd, file);
  return slashed(relative === "" ? "." : relative);
}

export function byText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Where the search for config and ignore files stops: the repository, else the current folder, else the folder itself. */
function rootFor(cwd: string, folder: string): string {
  const repository = repositoryRoot(folder);
  if (repository !== undefined) return repository;
  const relative = path.relative(cwd, folder);
  return relative.startsWith("..") || path.isAbsolute(relative) ? folder : cwd;
}

/** Gives the scope that a file is in; each config file is looked for and parsed once. */
function scopesFor(
  cwd: string,
  sources: Sources,
  problems: Problem[],
): (file: string, root: string) => Scope {
  const given = sources.configPath;
  const named = given === undefined ? undefined : slashed(path.resolve(cwd, given));
  let tree = newTree(named === undefined ? sources : { ...sources, configPath: named });
  const looked = new Set<string>();
  const look = (places: readonly string[]): void => {
    for (const place of places) {
      if (!looked.has(place)) {
        looked.add(place);
        tree = withTexts(tree, new Map([[place, readConfig(cwd, place, sources, problems)]]));
      }
      // The nearest counts: those above it are not looked at for this file.
      if (tree.nodes.has(place)) return;
    }
  };
  const byFolder = new Map<string, Scope>();
  return (file, root) => {
    const folder = path.dirname(file);
    const before = byFolder.get(folder);
    if (before !== undefined) return before;
    look(named === undefined ? configPaths(slashed(file), slashed(root)) : [named]);
    const scope = scopeOf(tree, slashed(file), slashed(root), undefined);
    byFolder.set(folder, scope);
    return scope;
  };
}

/** A config file's text; one that is there but is no text gives what is no config either. */
function readConfig(
  cwd: string,
  file: string,
  { configPath }: Sources,
  problems: Problem[],
): string | undefined {
  const read = readFileBounded(file, MOST_BYTES.config);
  if (!("unread" in read)) return decodeConfig(read.bytes);
  const isNamed = configPath !== undefined && path.resolve(cwd, configPath) === path.resolve(file);
  // Whoever names it is told by whoever was given the name.
  if (isAbsent(file, read.unread) || isNamed) return undefined;
  const shown = shownPath(cwd, file);
  const message = `${whyUnread(read.unread, MOST_BYTES.config)} What it sets does not hold.`;
  problems.push({ path: shown, message, fatal: true });
  return undefined;
}

/** `isNamed`: whoever asked for this very folder is owed it. */
function entriesOf(folder: string, cwd: string, problems: Problem[], isNamed: boolean): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    const message = "The folder can’t be read.";
    problems.push({ path: shownPath(cwd, folder), message, fatal: isNamed });
    return [];
  }
}

function slashed(file: string): string {
  return path.sep === "/" ? file : file.replaceAll(path.sep, "/");
}
