import {
  createScanner,
  findNodeAtLocation,
  findNodeAtOffset,
  getNodePath,
  getNodeValue,
  type JSONPath,
  modify,
  type Node,
  type ParseError,
  parseTree,
} from "jsonc-parser";
import { type Config, parseConfig } from "./config.ts";
import { applyEdits, type Edit } from "../../text/edits.ts";
import { withoutMark } from "./read.ts";
import { valueAt } from "../json-schema.ts";
import type { PartialRule } from "../rule-settings.ts";
import { isNamed, toPattern } from "../select.ts";
import type { StetEntry } from "../settings.ts";
import type { Span } from "../../text/span.ts";

/*
 * Edits of a config file's text. Each is tried out before it is offered. If the text is broken, or would not say what
 * was requested, there is none.
 */

/**
 * The edits of a config file's text that add a phrase to `accept`; undefined text: there is no file yet. None if the
 * phrase is already there, or if no exact edit is possible.
 */
export function acceptPhrase(text: string | undefined, phrase: string): Edit[] {
  return listed(text, "accept", phrase, (one) => one === phrase);
}

/** Like `acceptPhrase`, for an entry of `stet`. */
export function addStet(text: string | undefined, entry: StetEntry): Edit[] {
  const isEntry = (one: unknown): boolean =>
    valueAt(one, "rule") === entry.rule && valueAt(one, "hash") === entry.hash;
  return listed(text, "stet", entry, isEntry);
}

/** Like `acceptPhrase`, for a pattern in `include`. */
export function includePattern(text: string | undefined, pattern: string): Edit[] {
  return listed(text, "include", pattern, (one) => one === pattern);
}

/** Like `acceptPhrase`, for turning a rule off in one draft, named by its path from the file's folder. */
export function turnOff(text: string | undefined, draft: string, rule: string): Edit[] {
  return exact(
    text,
    (source) => turnedOff(source, draft, rule),
    ({ overrides = [] }) => {
      const sets = overrides.findLast(
        ({ files, rules }) => rules?.[rule] !== undefined && isNamed(draft, "", files),
      );
      return isOff(sets?.rules?.[rule]);
    },
  );
}

/** Like `acceptPhrase`, for turning a rule off in all drafts of the file's folder that no override sets it for. */
export function switchOff(text: string | undefined, rule: string): Edit[] {
  return exact(
    text,
    (source) => withRuleOff(source, [], rule),
    ({ rules }) => isOff(rules?.[rule]),
  );
}

function isOff(setting: PartialRule | undefined): boolean {
  return (typeof setting === "object" ? setting.severity : setting) === "off";
}

/** What lets findings stand: an effective entry of `stet`, or a phrase in `accept`, at the top or in an override. */
export interface ConfigStet {
  /** Undefined for a phrase. */
  readonly entry: StetEntry | undefined;
  /** The phrase, or the first words of the entry's passage. */
  readonly text: string;
  /** Its place in the config file's text, in UTF-16 units. */
  readonly span: Span;
}

/** Everything in a config file's text that lets findings stand; no phrases if it is broken. */
export function stetsInConfig(text: string): readonly ConfigStet[] {
  const { config, stets, isBroken } = parseConfig(text);
  const entries = stets.flatMap((span, number): ConfigStet[] => {
    const entry = config.stet?.[number];
    return entry === undefined ? [] : [{ entry, text: entry.text, span }];
  });
  const root = isBroken ? undefined : parseNode(withoutMark(text));
  if (root === undefined) return entries;
  const overrides = findNodeAtLocation(root, ["overrides"])?.children ?? [];
  const phrases = [root, ...overrides].flatMap(
    (node) => findNodeAtLocation(node, ["accept"])?.children ?? [],
  );
  return [
    ...entries,
    ...phrases.flatMap(({ type, value, offset, length }): ConfigStet[] => {
      const span = { start: offset, end: offset + length };
      return type === "string" ? [{ entry: undefined, text: String(value), span }] : [];
    }),
  ];
}

/**
 * The edits of a config file's text that remove the list item at a span, and nothing else; none if that can't be done
 * exactly.
 */
export function takeOut(text: string, { start, end }: Span): Edit[] {
  const source = withoutMark(text);
  const root = parseNode(source);
  const node = root && findNodeAtOffset(root, start);
  if (root === undefined || node?.offset !== start || start + node.length !== end) return [];
  const path = getNodePath(node);
  const index = path.at(-1);
  if (typeof index !== "number" || parseConfig(text).isBroken) return [];
  const edits = itemCuts(source, node);
  const errors: ParseError[] = [];
  const after = parseNode(applyEdits(source, edits), errors);
  const left = (of: Node | undefined): unknown[] | undefined =>
    of &&
    findNodeAtLocation(of, path.slice(0, -1))?.children?.map((one): unknown => getNodeValue(one));
  const isDone = JSON.stringify(left(after)) === JSON.stringify(left(root)?.toSpliced(index, 1));
  return isDone && errors.length === 0 ? edits : [];
}

/** The cuts that remove an item from its list with one comma. Comments stay. */
function itemCuts(source: string, { offset, length, parent }: Node): Edit[] {
  const end = offset + length;
  const previous = parent?.children?.findLast((one) => one.offset < offset);
  const after = commaAfter(source, end);
  const before = previous && commaAfter(source, previous.offset + previous.length);
  const comma = after ?? before;
  if (comma === undefined) return [{ start: offset, end, newText: "" }];
  const [start, stop] = [Math.min(offset, comma), Math.max(end, comma + 1)];
  const between = comma < offset ? source.slice(comma + 1, offset) : source.slice(end, comma);
  // Somebody's comment about it is in between.
  if (between.trim() !== "") {
    return [
      { start: offset, end, newText: "" },
      { start: comma, end: comma + 1, newText: "" },
    ];
  }
  const rest = /[^\S\r\n]*(?:\r\n?|\n)?/y;
  rest.lastIndex = stop;
  const space = rest.exec(source)?.[0] ?? "";
  let lineStart = start;
  while (/[^\S\r\n]/.test(source.charAt(lineStart - 1))) lineStart--;
  const isLine = /[\r\n]$/.test(space) && /[\r\n]/.test(source.charAt(lineStart - 1));
  if (isLine) return [{ start: lineStart, end: stop + space.length, newText: "" }];
  // On one line the next item moves up; at the end of a line nothing is left behind.
  const isNext = comma > offset && !/[\r\n]$/.test(space);
  return [{ start, end: isNext ? stop + space.length : stop, newText: "" }];
}

/** The place of a comma after an offset, if only space and comments come before it. */
function commaAfter(source: string, offset: number): number | undefined {
  const scanner = createScanner(source, true);
  scanner.setPosition(offset);
  scanner.scan();
  const at = scanner.getTokenOffset();
  return source[at] === "," ? at : undefined;
}

function listed(
  text: string | undefined,
  list: "accept" | "include" | "stet",
  value: string | StetEntry,
  isThere: (one: unknown) => boolean,
): Edit[] {
  return exact(
    text,
    (source) => appended(source, list, value, isThere),
    (config) => config[list]?.some(isThere) === true,
  );
}

function exact(
  text: string | undefined,
  change: (source: string) => Edit[],
  isDone: (config: Config) => boolean,
): Edit[] {
  const source = text ?? "";
  if (parseConfig(source).isBroken) return [];
  const edits = change(withoutMark(source));
  if (edits.length === 0) return [];
  const after = parseConfig(applyEdits(source, edits));
  return !after.isBroken && isDone(after.config) ? edits : [];
}

function turnedOff(source: string, draft: string, rule: string): Edit[] {
  const pattern = toPattern(draft);
  const root = parseNode(source);
  const entries = (root && findNodeAtLocation(root, ["overrides"]))?.children ?? [];
  const files = entries.map(
    (entry) =>
      findNodeAtLocation(entry, ["files"])?.children?.map((one) => String(one.value)) ?? [],
  );
  const place = files.findLastIndex((named) => named.length === 1 && named[0] === pattern);
  // Of the overrides that name a draft, the last one that sets the rule counts.
  const isOverruled = entries.some(
    (entry, number) =>
      number > place &&
      findNodeAtLocation(entry, ["rules", rule]) !== undefined &&
      isNamed(draft, "", files[number] ?? []),
  );
  const entry = isOverruled ? undefined : entries[place];
  if (entry === undefined) {
    const value = { files: [pattern], rules: { [rule]: "off" } };
    return appended(source, "overrides", value, () => false);
  }
  return withRuleOff(source, ["overrides", place], rule);
}

/** Turns a rule off at the top, or in an override. A rule with options keeps them. */
function withRuleOff(source: string, above: JSONPath, rule: string): Edit[] {
  const path = [...above, "rules", rule];
  const root = parseNode(source);
  const rules = root && findNodeAtLocation(root, path.slice(0, -1));
  if (rules !== undefined && rules.type !== "object") return [];
  const isObject = root && findNodeAtLocation(root, path)?.type === "object";
  return modified(source, isObject === true ? [...path, "severity"] : path, "off");
}

function appended(
  source: string,
  list: string,
  value: unknown,
  isThere: (one: unknown) => boolean,
): Edit[] {
  const root = parseNode(source);
  const items = root && findNodeAtLocation(root, [list]);
  if (items?.children?.some((node) => isThere(getNodeValue(node))) === true) return [];
  if (items === undefined) return modified(source, [list], [value]);
  // Anything else there is somebody's mistake, and is not overwritten.
  return items.type === "array" ? modified(source, [list, -1], value, true) : [];
}

/** The edits that set a value in a text of JSON, or add it to an array. */
function modified(
  source: string,
  path: JSONPath,
  value: unknown,
  isArrayInsertion = false,
): Edit[] {
  if (source.trim() === "") {
    const whole = path.reduceRight((inner: unknown, name) => ({ [name]: inner }), value);
    const newText = `${JSON.stringify(whole, undefined, 2)}\n`;
    return [{ start: 0, end: source.length, newText }];
  }
  const eol = source.includes("\r\n") ? "\r\n" : "\n";
  const edits = modify(source, path, value, {
    isArrayInsertion,
    formattingOptions: { insertSpaces: true, tabSize: 2, eol },
  }).map(({ offset, length, content }) => {
    return { start: offset, end: offset + length, newText: content };
  });
  const errors: ParseError[] = [];
  parseNode(applyEdits(source, edits), errors);
  if (errors.length === 0) return edits;
  // The library leaves a trailing comma in place and adds another.
  return edits.map((edit) => ({ ...edit, newText: edit.newText.replace(/^\s*,/, "") }));
}

function parseNode(source: string, errors: ParseError[] = []): Node | undefined {
  return parseTree(source, errors, { allowTrailingComma: true });
}
