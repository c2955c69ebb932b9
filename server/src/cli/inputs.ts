import { type Dirent, readdirSync, readFileSync, type Stats, statSync } from "node:fs";
import path from "node:path";
import type { Resolved, Sources } from "../core/config.ts";
import { resolveSettings } from "../core/config.ts";
import { decode } from "../core/decode.ts";
import type { FormatId } from "../core/draft.ts";
import { chooseOrSkip, formatOfName, whyFolderSkipped } from "../core/select.ts";
import { type Skipped, type SkipReason, skipWords } from "../core/skipped.ts";
import { chainFor, type IgnoreChain, ignoreChain, isIgnored, repositoryRoot } from "./ignored.ts";

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
  /** What was met and is not to be checked, in no order; empty where nobody asks. */
  readonly skipped: readonly Skipped[];
}

/** More than this is no draft that a person writes. */
export const LARGEST = 20_000_000;

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
  const skipped = new Map<string, Skipped>();
  const resolve = resolverFor(cwd, sources);

  const skip = (file: string, reason: SkipReason, configPath?: string): void => {
    if (!showSkipped) return;
    const config = configPath === undefined ? undefined : shownPath(cwd, path.resolve(configPath));
    const shown = shownPath(cwd, file);
    const name = file.endsWith(path.sep) ? `${shown}/` : shown;
    skipped.set(name, { path: name, reason: skipWords(reason, config) });
  };

  const add = (file: string, stats: Stats, input: Omit<Input, "file" | "shown" | "size">): void => {
    const shown = shownPath(cwd, file);
    if (stats.size > LARGEST && input.asked !== "outright") {
      problems.push({ path: shown, message: "It is larger than 20 MB.", fatal: false });
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
    for (const entry of entriesOf(folder, cwd, problems)) {
      const file = path.join(folder, entry.name);
      if (entry.isDirectory()) {
        const { selection, configPath } = resolve(path.join(file, "x"), root);
        const reason =
          whyFolderSkipped(slashed(file), slashed(top), selection) ??
          (isIgnored(chain, file, true) ? "ignored" : undefined);
        if (reason === undefined) walk(top, file, root, chainFor(file, chain));
        else skip(file + path.sep, reason, configPath);
      } else if (entry.isFile()) {
        consider(top, file, root, chain);
      } else if (entry.isSymbolicLink()) {
        links.push(file);
      } else {
        skip(file, "no file");
      }
    }
    for (const link of links) consider(top, link, root, chain);
  };

  const consider = (top: string, file: string, root: string, chain: IgnoreChain): void => {
    const resolved = resolve(file, root);
    const choice = chooseOrSkip(slashed(file), slashed(top), resolved.selection);
    if (typeof choice === "string" || isIgnored(chain, file, false)) {
      skip(file, typeof choice === "string" ? choice : "ignored", resolved.configPath);
      return;
    }
    const stats = statOf(file);
    if (stats === undefined) {
      problems.push({ path: shownPath(cwd, file), message: "It is gone.", fatal: false });
    } else if (stats.isFile()) {
      add(file, stats, {
        format: choice.format,
        asked: choice.asked ? "by pattern" : "no",
        resolved,
      });
    } else {
      skip(file, stats.isDirectory() ? "link to a folder" : "no file");
    }
  };

  for (const given of paths) {
    const file = path.resolve(cwd, given);
    // An empty name is a variable that was not set, not this folder.
    const stats = given === "" ? undefined : statOf(file);
    if (stats === undefined) {
      const message = "There is no such file or folder.";
      problems.push({ path: shownPath(cwd, file), message, fatal: true });
    } else if (stats.isDirectory()) {
      const root = rootFor(cwd, file);
      walk(file, file, root, ignoreChain(root, file));
    } else {
      const resolved = resolve(file, rootFor(cwd, path.dirname(file)));
      const format = formatOfName(path.basename(file)) ?? "plaintext";
      add(file, stats, { format, asked: "outright", resolved });
    }
  }
  const taken = new Set(showSkipped ? [...inputs.values()].map((input) => input.shown) : []);
  return {
    inputs: [...inputs.values()].sort((a, b) => byText(a.shown, b.shown)),
    problems,
    // What one path leaves out, another may name.
    skipped: [...skipped.values()].filter((one) => !taken.has(one.path)),
  };
}

/** What holds for a draft that is not on the disk, such as standard input under a name. */
export function resolvedFor(cwd: string, name: string, sources: Sources): Resolved {
  const file = path.resolve(cwd, name);
  return resolverFor(cwd, sources)(file, rootFor(cwd, path.dirname(file)));
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

function resolverFor(cwd: string, sources: Sources): (file: string, root: string) => Resolved {
  const texts = new Map<string, string | undefined>();
  const read = (file: string): string | undefined => {
    if (!texts.has(file)) texts.set(file, readConfig(file));
    return texts.get(file);
  };
  const byFolder = new Map<string, Resolved>();
  const named: Sources =
    sources.configPath === undefined
      ? sources
      : { ...sources, configPath: slashed(path.resolve(cwd, sources.configPath)) };
  return (file, root) => {
    const folder = path.dirname(file);
    const before = byFolder.get(folder);
    if (before !== undefined) return before;
    const resolved = resolveSettings(slashed(file), slashed(root), named, read);
    if (!resolved.perFile) byFolder.set(folder, resolved);
    return resolved;
  };
}

/** A config file's text; one that is there but is no text gives what is no config either. */
function readConfig(file: string): string | undefined {
  try {
    return decode(readFileSync(file)) ?? "\uFFFD";
  } catch {
    return undefined;
  }
}

function entriesOf(folder: string, cwd: string, problems: Problem[]): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    const message = "The folder can’t be read.";
    problems.push({ path: shownPath(cwd, folder), message, fatal: false });
    return [];
  }
}

function statOf(file: string): Stats | undefined {
  try {
    return statSync(file);
  } catch {
    return undefined;
  }
}

function slashed(file: string): string {
  return path.sep === "/" ? file : file.replaceAll(path.sep, "/");
}
