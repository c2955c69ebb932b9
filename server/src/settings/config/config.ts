import { readConfig } from "./read.ts";
import { type ConfigProblem } from "./mistakes.ts";
import type { Selection } from "../select.ts";
import { DEFAULT_SELECTION, isNamed } from "../select.ts";
import { valueAt } from "../json-schema.ts";
import type { PartialSettings, Settings } from "../settings.ts";
import { settingsFrom } from "../settings.ts";
import { settingsOfFile } from "../table.ts";
import { withoutEnd } from "../../text/trim.ts";

/** The name of a config file. */
export const CONFIG_NAME = ".galley.json";

/** What a `.galley.json` says. */
export interface Config extends PartialSettings {
  readonly include?: readonly string[];
  readonly exclude?: readonly string[];
  readonly overrides?: readonly Override[];
}

/** Settings for some of the drafts that a config file holds for. */
export interface Override extends PartialSettings {
  readonly files: readonly string[];
}

/** What a config file says, as far as it can be understood, and all that can't. */
export interface ParsedConfig {
  readonly config: Config;
  /** In the order of their places; a bounded number. */
  readonly problems: readonly ConfigProblem[];
  /** It can't be told for certain what the text means: no edit is made in it. */
  readonly isBroken: boolean;
}

/**
 * Reads the text of a `.galley.json`: JSON with comments and trailing commas. An empty text sets nothing.
 * Never throws: a mistake takes nothing out but the value that it is in.
 */
export function parseConfig(text: string): ParsedConfig {
  const { value, problems, isBroken } = readConfig(text);
  return { config: toConfig(value), problems, isBroken };
}

/** Gives the text of a file, or undefined where there is none. Paths are as the caller names drafts. */
export type ReadText = (path: string) => string | undefined;

/** All that shapes what is found in a draft, besides the draft. */
export interface Sources {
  /** The editor's settings: `editorSettings(…)`, and where to look for drafts, relative to `root`. */
  readonly editor?: Config;
  /** Settings above all others, as the command line's `--rule` gives them. */
  readonly above?: PartialSettings;
  /** A config file that is used whatever stands nearer. */
  readonly configPath?: string;
}

/** What holds for a draft. */
export interface Resolved {
  /** The same object for the same sources: results are kept with it. */
  readonly settings: Settings;
  readonly selection: Selection;
  /** The config file that was used. */
  readonly configPath: string | undefined;
  /** The mistakes in that file; the settings are those without what they are in. */
  readonly problems: readonly ConfigProblem[];
  /** Another file of the same folder may have other settings. */
  readonly perFile: boolean;
}

/**
 * Where a config file for the draft may stand, nearest first: its folder and those above, up to and
 * with `root` (a workspace folder or a repository's root). Paths are parted by "/"; URIs serve as well.
 * A draft outside `root` has its own folder alone.
 */
export function configPaths(draft: string, root: string): string[] {
  const paths: string[] = [];
  const top = withoutEnd(root, "/");
  const inside = draft.startsWith(`${top}/`);
  for (let folder = parent(draft); ; folder = parent(folder)) {
    paths.push(`${folder}/${CONFIG_NAME}`);
    if (!inside || folder.length <= top.length) return paths;
  }
}

/**
 * Settles what holds for a draft: the nearest config file wins whole. `read` is handed in so that this
 * runs in a browser as well; whoever asks for many drafts gives one that remembers.
 */
export function resolveSettings(
  draft: string,
  root: string,
  sources: Sources,
  read: ReadText,
): Resolved {
  const paths = sources.configPath === undefined ? configPaths(draft, root) : [sources.configPath];
  for (const path of paths) {
    const text = read(path);
    if (text !== undefined) return resolvedWith(draft, root, sources, path, text);
  }
  return resolvedWith(draft, root, sources, undefined, "");
}

/** What a file says that fits the schema, by the names that settings have in the code. */
function toConfig(file: unknown): Config {
  const top = toSettings(file, "top");
  const { overrides } = top;
  if (!Array.isArray(overrides)) return top;
  return {
    ...top,
    overrides: overrides.map((one: unknown) => ({
      ...toSettings(one, "override"),
      // The schema has seen that it has them.
      files: valueAt(one, "files") as readonly string[],
    })),
  };
}

function toSettings(shape: unknown, place: "top" | "override"): Config {
  const entries = settingsOfFile(place).map(([key, { name }]) => [key, valueAt(shape, name)]);
  // The schema has seen that each value is of its setting's type.
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined)) as Config;
}

/*
 * Memos, not state: they change no answer, but make equal sources give one object. What a config file
 * gives is kept with it, as many drafts as its overrides may name. Only before another file or other
 * settings above it are read may all be emptied; what was given out is then made anew.
 */
const fileReads = new Map<string, FileRead>();
const settingsByFile = new Map<string, Map<string, Settings>>();
const numbers = new Map<string, number>();
const numbered = new WeakMap<object, number>();
let lastNumber = 0;

/** How much is kept, in characters of files; one object counts as so many. */
let kept = 0;
const MOST_KEPT = 5_000_000;
const OBJECT = 1000;

/** A config file as it was read. */
interface FileRead {
  readonly file: Config;
  readonly problems: readonly ConfigProblem[];
  /** By what is above it and the overrides that hold; shared by files that differ in comments alone. */
  readonly settings: Map<string, Settings>;
  /** By place, too. */
  readonly resolved: Map<string, Resolved>;
}

function resolvedWith(
  draft: string,
  root: string,
  sources: Sources,
  path: string | undefined,
  text: string,
): Resolved {
  const around = `${numberOf(sources.editor)} ${numberOf(sources.above)}`;
  const { file, problems, settings, resolved } = fileRead(text);
  const { overrides = [] } = file;
  const folder = path === undefined ? root : parent(path);
  const name = overrides.length === 0 ? "" : plainName(draft);
  const base = plainName(folder);
  const own = overrides.filter(({ files }) => isNamed(name, base, files));
  const key = `${around} ${own.map((one) => overrides.indexOf(one)).join()}`;
  return remembered(resolved, [root, path ?? "", key].join("\n"), () => {
    const editor = sources.editor ?? {};
    const selection: Selection = {
      groups: [
        { folder: root, include: editor.include ?? [], exclude: editor.exclude ?? [] },
        {
          folder,
          include: file.include ?? [],
          exclude: file.exclude ?? [],
        },
      ].filter((group) => group.include.length + group.exclude.length > 0),
    };
    return {
      settings: remembered(settings, key, () =>
        settingsFrom(editor, file, ...own, sources.above ?? {}),
      ),
      selection: selection.groups.length === 0 ? DEFAULT_SELECTION : selection,
      configPath: path,
      problems,
      perFile: overrides.length > 0,
    };
  });
}

function fileRead(text: string): FileRead {
  const before = fileReads.get(text);
  if (before !== undefined) return before;
  makeRoom(text.length);
  const { config: file, problems } = parseConfig(text);
  const settings = remembered(
    settingsByFile,
    JSON.stringify(file),
    () => new Map<string, Settings>(),
  );
  const resolved = new Map<string, Resolved>();
  return remembered(fileReads, text, () => ({ file, problems, settings, resolved }));
}

/** A short name for settings: equal ones have the same. */
function numberOf(value: object | undefined): number {
  if (value === undefined) return 0;
  const before = numbered.get(value);
  if (before !== undefined) return before;
  const text = JSON.stringify(value);
  if (!numbers.has(text)) makeRoom(text.length);
  const number = remembered(numbers, text, () => ++lastNumber);
  numbered.set(value, number);
  return number;
}

function makeRoom(more: number): void {
  if (kept > MOST_KEPT) {
    for (const memo of [fileReads, settingsByFile, numbers]) memo.clear();
    kept = 0;
  }
  kept += more;
}

function remembered<T>(memo: Map<string, T>, key: string, make: () => T): T {
  const before = memo.get(key);
  if (before !== undefined) return before;
  const made = make();
  memo.set(key, made);
  kept += OBJECT;
  return made;
}

function parent(path: string): string {
  const slash = path.lastIndexOf("/");
  return slash < 0 ? "" : path.slice(0, slash);
}

/** A draft's or a folder's name as people write it: in a URI a few signs are escaped. */
export function plainName(path: string): string {
  if (!/^[a-z][\w+.-]+:/i.test(path)) return path;
  return path.replace(/%(?:25|23|3F)/gi, decodeURIComponent);
}
