import { type Schema as JsonSchema, Validator } from "@cfworker/json-schema";
import {
  applyEdits,
  findNodeAtLocation,
  getNodeValue,
  modify,
  type Node,
  type ParseError,
  parseTree,
  printParseErrorCode,
} from "jsonc-parser";
import { RULES } from "../rules/index.ts";
import { didYouMean } from "./did-you-mean.ts";
import type { Edit } from "./finding.ts";
import type { Sensitivity } from "./rule.ts";
import { configSchema, LEVELS } from "./schema.ts";
import type { Selection } from "./select.ts";
import { DEFAULT_SELECTION, isNamed, patternOf } from "./select.ts";
import type { PartialSettings, Settings, StetEntry } from "./settings.ts";
import { settingsFrom } from "./settings.ts";
import type { Span } from "./span.ts";
import { withoutEnd } from "./trim.ts";

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

/** What is wrong with a config file, in plain words, and where: UTF-16 offsets of its text. */
export interface ConfigProblem {
  readonly message: string;
  readonly span: Span;
}

export type ParsedConfig = { readonly ok: Config } | { readonly problem: ConfigProblem };

/**
 * Reads the text of a `.galley.json`: JSON with comments and trailing commas. An empty text sets nothing.
 * Never throws: the first mistake is the result.
 */
export function parseConfig(text: string): ParsedConfig {
  const errors: ParseError[] = [];
  const root = parseTree(text.replace(/^\uFEFF/, " "), errors, {
    allowTrailingComma: true,
    allowEmptyContent: true,
  });
  const broken = errors[0];
  if (broken !== undefined) {
    const end = Math.min(text.length, broken.offset + Math.max(1, broken.length));
    return {
      problem: {
        message: syntaxMessage(printParseErrorCode(broken.error)),
        span: { start: broken.offset, end },
      },
    };
  }
  if (root === undefined) return { ok: {} };
  const value: unknown = getNodeValue(root);
  const mistake = firstMistake(root, value);
  if (mistake !== undefined) return { problem: mistake };
  return { ok: toConfig(value as FileShape) };
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
  /** The config file that was used, or that would be if it had no mistake. */
  readonly configPath: string | undefined;
  /** The mistake in that file; the settings are then those without it. */
  readonly problem: ConfigProblem | undefined;
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

/** The edits of a config file's text that add a phrase to `accept`; undefined text: there is no file yet. */
export function acceptPhrase(text: string | undefined, phrase: string): Edit[] {
  return appended(text, "accept", phrase, (node) => getNodeValue(node) === phrase);
}

/** As `acceptPhrase`, for an entry of `stet`. */
export function addStet(text: string | undefined, entry: StetEntry): Edit[] {
  return appended(text, "stet", entry, (node) => {
    const value = getNodeValue(node) as Partial<StetEntry> | null;
    return value?.rule === entry.rule && value.hash === entry.hash;
  });
}

/**
 * The edits of a config file's text that turn a rule off for one draft, which is named by its path from
 * the file's folder; as `acceptPhrase`.
 */
export function turnOff(text: string | undefined, draft: string, rule: string): Edit[] {
  const source = text ?? "";
  const pattern = patternOf(draft);
  const root = parseTree(source, [], { allowTrailingComma: true });
  const entries = (root && findNodeAtLocation(root, ["overrides"]))?.children ?? [];
  const files = entries.map(
    (entry) =>
      findNodeAtLocation(entry, ["files"])?.children?.map((one) => String(one.value)) ?? [],
  );
  const place = files.findLastIndex((named) => named.length === 1 && named[0] === pattern);
  // Of those that name a draft, the last that sets the rule counts.
  const isOverruled = entries.some(
    (entry, number) =>
      number > place &&
      findNodeAtLocation(entry, ["rules", rule]) !== undefined &&
      isNamed(draft, "", files[number] ?? []),
  );
  const entry = isOverruled ? undefined : entries[place];
  if (entry === undefined) {
    const value = { files: [pattern], rules: { [rule]: "off" } };
    return appended(text, "overrides", value, () => false);
  }
  // A rule that has options keeps them.
  const inner = findNodeAtLocation(entry, ["rules", rule])?.type === "object" ? ["severity"] : [];
  return modified(source, ["overrides", place, "rules", rule, ...inner], "off");
}

/** Where the entries of `stet` stand in a config file's text, in UTF-16 units. */
export function stetPlaces(text: string): Span[] {
  const root = parseTree(text.replace(/^\uFEFF/, " "), [], { allowTrailingComma: true });
  const entries = (root && findNodeAtLocation(root, ["stet"]))?.children ?? [];
  return entries.map(({ offset, length }) => ({ start: offset, end: offset + length }));
}

interface SettingsShape {
  readonly rules?: PartialSettings["rules"];
  readonly accept?: readonly string[];
  readonly placeholder?: string;
  readonly language?: string;
  readonly holes?: { readonly sensitivity?: Sensitivity };
}

interface FileShape extends SettingsShape {
  readonly include?: readonly string[];
  readonly exclude?: readonly string[];
  readonly stet?: readonly StetEntry[];
  readonly overrides?: readonly (SettingsShape & { readonly files: readonly string[] })[];
}

function toConfig(file: FileShape): Config {
  const { include, exclude, stet, overrides } = file;
  return {
    ...toSettings(file),
    ...(include === undefined ? {} : { include }),
    ...(exclude === undefined ? {} : { exclude }),
    ...(stet === undefined ? {} : { stet }),
    ...(overrides === undefined
      ? {}
      : { overrides: overrides.map((one) => ({ ...toSettings(one), files: one.files })) }),
  };
}

function toSettings(shape: SettingsShape): PartialSettings {
  const { rules, accept, placeholder, language } = shape;
  const sensitivity = shape.holes?.sensitivity;
  return {
    ...(rules === undefined ? {} : { rules }),
    ...(accept === undefined ? {} : { accept }),
    ...(placeholder === undefined ? {} : { placeholder }),
    ...(language === undefined ? {} : { language }),
    ...(sensitivity === undefined ? {} : { sensitivity }),
  };
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
  readonly problem: ConfigProblem | undefined;
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
  const { file, problem, settings, resolved } = fileRead(text);
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
      problem,
      perFile: overrides.length > 0,
    };
  });
}

function fileRead(text: string): FileRead {
  const before = fileReads.get(text);
  if (before !== undefined) return before;
  makeRoom(text.length);
  const parsed = parseConfig(text);
  const [file, problem] = "ok" in parsed ? [parsed.ok, undefined] : [{}, parsed.problem];
  const settings = remembered(
    settingsByFile,
    JSON.stringify(file),
    () => new Map<string, Settings>(),
  );
  const resolved = new Map<string, Resolved>();
  return remembered(fileReads, text, () => ({ file, problem, settings, resolved }));
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

function appended(
  text: string | undefined,
  list: string,
  value: unknown,
  isThere: (node: Node) => boolean,
): Edit[] {
  const source = text ?? "";
  if (source.trim() === "") {
    const made = `${JSON.stringify({ [list]: [value] }, undefined, 2)}\n`;
    return [{ start: 0, end: source.length, newText: made }];
  }
  const root = parseTree(source, [], { allowTrailingComma: true });
  const items = root && findNodeAtLocation(root, [list]);
  if (items?.children?.some(isThere) === true) return [];
  return items?.type === "array"
    ? modified(source, [list, -1], value, true)
    : modified(source, [list], [value]);
}

/** The edits that set a value in a text of JSON, or add it to an array. */
function modified(source: string, path: Path, value: unknown, isArrayInsertion = false): Edit[] {
  const eol = source.includes("\r\n") ? "\r\n" : "\n";
  const edits = modify(source, path, value, {
    isArrayInsertion,
    formattingOptions: { insertSpaces: true, tabSize: 2, eol },
  });
  // The library leaves a trailing comma in place and adds another.
  return withoutDoubleComma(source, edits).map((edit) => ({
    start: edit.offset,
    end: edit.offset + edit.length,
    newText: edit.content,
  }));
}

function withoutDoubleComma(
  source: string,
  edits: ReturnType<typeof modify>,
): ReturnType<typeof modify> {
  const after = applyEdits(source, edits);
  const errors: ParseError[] = [];
  parseTree(after, errors, { allowTrailingComma: true });
  if (errors.length === 0) return edits;
  return edits.map((edit) => ({ ...edit, content: edit.content.replace(/^\s*,/, "") }));
}

let validator: Validator | undefined;

function firstMistake(root: Node, value: unknown): ConfigProblem | undefined {
  validator ??= new Validator(configSchema() as JsonSchema, "7", false);
  const errors = validator
    .validate(value)
    .errors.filter(
      ({ keyword }) =>
        !["properties", "additionalProperties", "items", "anyOf", "$ref"].includes(keyword),
    )
    .map((error) => ({ ...error, path: pathOf(root, error.instanceLocation) }));
  // The deepest is the cause; those above it only say that something in them is wrong.
  const deepest = Math.max(...errors.map((error) => error.path.length));
  const causes = errors.filter((error) => error.path.length === deepest);
  const first = causes[0];
  if (first === undefined) return undefined;
  const node = findNodeAtLocation(root, first.path) ?? root;
  const same = causes.filter((error) => error.instanceLocation === first.instanceLocation);
  // A rule may be a severity or an object: a text was meant as the one, all else as the other.
  const cause =
    same.find((error) => (error.keyword === "enum") === (node.type === "string")) ?? first;
  const named = cause.keyword === "false" ? (node.parent?.children?.[0] ?? node) : node;
  return {
    message: messageFor(cause.keyword, first.path, node, schemaAt(cause.keywordLocation)),
    span: { start: named.offset, end: named.offset + named.length },
  };
}

type Path = (string | number)[];

function pathOf(root: Node, pointer: string): Path {
  const path: Path = [];
  let node: Node | undefined = root;
  for (const part of pointer.split("/").slice(1)) {
    const name = part.replaceAll("~1", "/").replaceAll("~0", "~");
    path.push(node?.type === "array" ? Number(name) : name);
    node = node && findNodeAtLocation(node, path.slice(-1));
  }
  return path;
}

/** The keyword's value in the schema, such as the least number allowed. */
function schemaAt(pointer: string): unknown {
  let at: unknown = configSchema();
  for (const part of pointer.split("/").slice(1)) {
    const name = part.replaceAll("~1", "/").replaceAll("~0", "~");
    at = typeof at === "object" && at !== null ? (at as Record<string, unknown>)[name] : undefined;
    if (name === "$ref") at = schemaAt(String(at));
  }
  return at;
}

function messageFor(keyword: string, whole: Path, node: Node, wanted: unknown): string {
  if (keyword === "false" && isOverride(whole.slice(0, -1))) {
    const given = String(whole.at(-1));
    const names = ["files", ...SETTINGS];
    return `An override has no “${given}”.${suggestion(given, names, "It takes ")}`;
  }
  // What stands in an override is called as it is at the top.
  const path = whole[0] === "overrides" && whole.length > 2 ? whole.slice(2) : whole;
  const name = String(path.at(-1) ?? "");
  if (keyword === "false") return unknownName(path, name);
  const what = nameOf(path);
  const value: unknown = getNodeValue(node);
  switch (keyword) {
    case "enum": {
      const choices = (wanted as readonly string[] | undefined) ?? LEVELS;
      const meant = didYouMean(String(value), choices);
      const hint = meant === undefined ? "" : ` Did you mean “${meant}”?`;
      return `${what} can’t be ${shown(value)}. Choose one of ${list(choices)}.${hint}`;
    }
    case "minimum":
      return `${what} must be ${String(wanted)} or more.`;
    case "maximum":
      return `${what} must be ${String(wanted)} or less.`;
    case "minLength":
    case "minItems":
      return `${what} must not be empty.`;
    case "pattern":
      if (path[0] === "files") {
        return String(value).startsWith("!")
          ? `${what} can’t begin with “!”. Name the drafts that are meant.`
          : `${what} names no draft.`;
      }
      return `${what} must be “auto” or a language’s tag, such as “en”, “de” or “pt-BR”.`;
    case "required": {
      const there = new Set(node.children?.map((child) => child.children?.[0]?.value as unknown));
      const missing = (wanted as readonly string[]).filter((one) => !there.has(one));
      return `${what} needs ${list(missing)}.`;
    }
    default: {
      if (path.length === 2 && path[0] === "rules") {
        return `The rule “${name}” takes a severity (${LEVELS.join(", ")}), or an object with “severity” and “options”.`;
      }
      return `${what} must be ${KINDS[String(wanted)] ?? "of another kind"}.`;
    }
  }
}

/** Settings that an override may have. */
const SETTINGS: readonly string[] = ["rules", "accept", "placeholder", "language", "holes"];

function isOverride(path: Path): boolean {
  return path.length === 2 && path[0] === "overrides";
}

const KINDS: Readonly<Record<string, string>> = {
  object: "an object in braces: { … }",
  array: "a list in brackets: [ … ]",
  string: "a text in double quotes",
  integer: "a whole number",
  boolean: "true or false",
};

function unknownName(path: Path, name: string): string {
  const [area, rule, inner] = path;
  if (area === "rules" && path.length === 2) {
    const ids = RULES.map((one) => one.id);
    return `There is no rule “${name}”.${suggestion(name, ids)}`;
  }
  if (area === "rules" && inner === "options") {
    const options = Object.keys(RULES.find((one) => one.id === rule)?.options ?? {});
    const has =
      options.length === 0 ? ` It has no options.` : suggestion(name, options, "Its options are ");
    return `The rule “${String(rule)}” has no option “${name}”.${has}`;
  }
  if (area === "rules") {
    return `A rule takes “severity” and “options”, not “${name}”.${suggestion(name, ["severity", "options"])}`;
  }
  const owner = path.length === 1 ? "There is no setting" : `${nameOf(path.slice(0, -1))} has no`;
  const names = Object.keys(configSchema().properties ?? {}).filter((one) => one !== "$schema");
  return `${owner} “${name}”.${path.length === 1 ? suggestion(name, names, "The settings are ") : ""}`;
}

function suggestion(name: string, names: readonly string[], otherwise?: string): string {
  const meant = didYouMean(name, names);
  if (meant !== undefined) return ` Did you mean “${meant}”?`;
  return otherwise === undefined ? "" : ` ${otherwise}${list(names)}.`;
}

function nameOf(path: Path): string {
  if (path.length === 0) return "The file";
  const last = path.at(-1);
  if (path[0] === "rules" && path[2] === "options" && path.length > 3) {
    return `The option “${String(path[3])}” of “${String(path[1])}”`;
  }
  if (path[0] === "rules" && path.length > 1) {
    const of = path.length > 2 ? `The ${String(last)} of “${String(path[1])}”` : "";
    return of === "" ? `The rule “${String(last)}”` : of;
  }
  if (typeof last === "number") return `Entry ${last + 1} of “${String(path.at(-2))}”`;
  return `“${String(last)}”`;
}

function shown(value: unknown): string {
  return typeof value === "string" ? `“${value}”` : JSON.stringify(value);
}

function list(names: readonly string[]): string {
  const quoted = names.map((name) => `“${name}”`);
  const last = quoted.pop() ?? "";
  return quoted.length === 0 ? last : `${quoted.join(", ")} and ${last}`;
}

function syntaxMessage(code: string): string {
  switch (code) {
    case "CommaExpected":
      return "A comma is missing before this.";
    case "ColonExpected":
      return "A colon is missing before this.";
    case "PropertyNameExpected":
      return "A name in double quotes must stand here.";
    case "ValueExpected":
      return "A value must stand here.";
    case "CloseBraceExpected":
      return "A closing brace “}” is missing.";
    case "CloseBracketExpected":
      return "A closing bracket “]” is missing.";
    case "UnexpectedEndOfString":
      return "A closing quotation mark is missing.";
    case "UnexpectedEndOfComment":
      return "The comment is not closed.";
    case "EndOfFileExpected":
      return "Nothing may stand after the closing brace.";
    default:
      return "This is not JSON.";
  }
}
