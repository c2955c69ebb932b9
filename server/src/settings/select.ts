import { memoizeOn } from "../draft/incremental/memoize.ts";
import {
  FALLBACK_FORMAT,
  getFormat,
  formatForExtension,
  type FormatId,
} from "../formats/registry.ts";
import { globMatcher, literalSegment } from "./glob.ts";
import { whyLeftOut } from "./left-out.ts";
import type { SkipReason } from "./skipped.ts";
import { basename, dirname, plainPath } from "../text/path.ts";

/** Patterns, and the folder they start from (a path or URI separated by "/"). */
export interface PatternGroup {
  readonly folder: string;
  readonly include: readonly string[];
  readonly exclude: readonly string[];
  /** False: files that match none of its patterns are drafts all the same. */
  readonly limits?: false;
}

/** Which files are drafts. Every group must agree. */
export interface Selection {
  readonly groups: readonly PatternGroup[];
}

export const DEFAULT_SELECTION: Selection = { groups: [] };

export interface Choice {
  readonly format: FormatId;
  /** The user named it; otherwise plain text is a draft only if it reads as prose. */
  readonly explicitlyIncluded: boolean;
}

/** Folders of other people's work, or of generated files. */
const FOREIGN_FOLDERS = new Set(
  (
    "node_modules bower_components jspm_packages vendor vendors third_party third-party thirdparty " +
    "site-packages dist-packages venv .venv __pycache__ Pods Carthage .git .hg .svn .tox .nox " +
    ".eggs .gradle .m2 .cargo .yarn .pnpm-store .next .nuxt .cache .terraform"
  ).split(" "),
);

/**
 * How to read a file in a folder being checked; undefined: it is not a draft. `path` is spelled like the folders of the
 * selection; `top` is the folder being checked.
 */
export function choose(path: string, top: string, selection: Selection): Choice | undefined {
  const choice = chooseOrSkip(path, top, selection);
  return typeof choice === "string" ? undefined : choice;
}

/** Like `choose`, with the reason if a file is not a draft. */
export function chooseOrSkip(path: string, top: string, selection: Selection): Choice | SkipReason {
  const compiled = selection.groups.map((group) => ({ group, ...getMatchers(group) }));
  let isIncluded = false;
  let named: readonly string[] = [];
  let limits = false;
  let within = false;
  for (const { group, include, exclude } of compiled) {
    const relative = below(path, group.folder);
    if (relative === undefined) continue;
    if (exclude(relative)) return "excluded";
    for (const one of include) {
      const matches = one.matches(relative);
      if (one.namesOtherKind) {
        isIncluded ||= matches;
      } else if (group.limits !== false) {
        limits = true;
        within ||= matches;
      }
      if (matches) named = [...named, ...one.segments];
    }
  }
  const relative = below(path, top) ?? path;
  const parts = relative.split("/");
  if (isInForeignFolder(parts, named)) return "foreign folder";
  const name = basename(path);
  const format = formatOfName(name);
  if (format !== undefined) {
    const isNamed = (part: string): boolean => named.includes(part);
    const leftOut = whyLeftOut(parts, stem(parts.at(-1) ?? ""), isNamed);
    if (leftOut !== undefined) return leftOut;
  }
  if (isIncluded) return { format: format ?? FALLBACK_FORMAT, explicitlyIncluded: true };
  if (limits && !within) return "not included";
  if (format === undefined) return "other kind";
  const { byDefault, isForPrograms } = getFormat(format).files;
  if (byDefault === "none") return `only explicit ${format}`;
  if (named.includes(name)) return { format, explicitlyIncluded: true };
  if (isForPrograms?.(stem(name)) === true) return "program text";
  return { format, explicitlyIncluded: false };
}

/** Why a folder can be skipped without looking into it; undefined if it cannot. */
export function whyFolderSkipped(
  path: string,
  top: string,
  selection: Selection,
): SkipReason | undefined {
  let named: string[] = [];
  for (const group of selection.groups) {
    const relative = below(path, group.folder);
    if (relative === undefined) continue;
    const { include, exclude } = getMatchers(group);
    if (exclude(relative)) return "excluded";
    named = [...named, ...include.flatMap((one) => one.segments)];
  }
  const parts = (below(path, top) ?? path).split("/");
  return isInForeignFolder(parts, named) ? "foreign folder" : undefined;
}

/** Whether one of the patterns, relative to the folder, matches a file. */
export function isNamed(path: string, folder: string, patterns: readonly string[]): boolean {
  const relative = below(path, folder);
  if (relative === undefined) return false;
  return getMatcher(patterns)(relative);
}

const getMatcher = memoizeOn<readonly string[]>()(globMatcher);

/** The pattern that matches exactly one file, by its path from the folder that patterns start from. */
export function toPattern(relative: string): string {
  return `/${escapedName(relative)}`;
}

/** A name or path as a pattern that matches itself. */
export function escapedName(name: string): string {
  return name.replace(/[\\*?[\]{}()!+@|]/g, "\\$&");
}

/** The format of a file, by the extension in its name; undefined if no format has it. */
export function formatOfName(name: string): FormatId | undefined {
  return formatForExtension(extension(name));
}

interface Include {
  readonly matches: (path: string) => boolean;
  /** It requests a kind of file that is not read by default. */
  readonly namesOtherKind: boolean;
  /** Its parts that are plain names. What they name is included even if it is left out by default. */
  readonly segments: readonly string[];
}

interface Matchers {
  readonly include: readonly Include[];
  readonly exclude: (path: string) => boolean;
}

const getMatchers = memoizeOn<PatternGroup>()((group): Matchers => ({
  include: group.include.map((pattern) => ({
    matches: globMatcher([pattern]),
    namesOtherKind: namesKind(pattern),
    segments: pattern.split("/").flatMap((part) => literalSegment(part) ?? []),
  })),
  exclude: globMatcher(group.exclude),
}));

/** Whether a pattern's last part spells out an extension that is not read by default, as “*.html” does. */
function namesKind(pattern: string): boolean {
  const kinds = /\.(?:\{([^{}]*)\}|([^.*?{}[\]()]+))$/.exec(basename(pattern));
  if (kinds === null) return false;
  const extensions = (kinds[1] ?? kinds[2] ?? "").split(",").map((one) => one.trim().toLowerCase());
  return extensions.some((one) => one !== "" && !isReadByDefault(one));
}

function isReadByDefault(extension: string): boolean {
  const format = formatForExtension(extension);
  return format !== undefined && getFormat(format).files.byDefault !== "none";
}

function isInForeignFolder(parts: readonly string[], named: readonly string[]): boolean {
  return parts.some((part) => FOREIGN_FOLDERS.has(part) && !named.includes(part));
}

/** The folder this many steps above a path. */
export function above(path: string, steps: number): string {
  let at = path;
  for (let step = 0; step < steps; step++) at = dirname(at);
  return at;
}

/** The path from the folder, as people write it; undefined if it is not in it. */
export function below(path: string, folder: string): string | undefined {
  // “file://” is the root of the file system.
  const isWhole = folder === "" || (folder.endsWith("/") && !folder.endsWith("://"));
  const start = isWhole ? folder : `${folder}/`;
  if (!path.startsWith(start)) return undefined;
  const rest = path.slice(start.length);
  return /^[a-z][\w+.-]+:/i.test(path) ? plainPath(rest) : rest;
}

function stem(name: string): string {
  const dot = name.lastIndexOf(".");
  return dot <= 0 ? name : name.slice(0, dot);
}

function extension(name: string): string {
  const dot = name.lastIndexOf(".");
  return dot <= 0 ? "" : name.slice(dot + 1).toLowerCase();
}
