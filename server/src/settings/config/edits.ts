import {
  applyEdits,
  findNodeAtLocation,
  getNodeValue,
  modify,
  type Node,
  type ParseError,
  parseTree,
} from "jsonc-parser";
import { type Config, parseConfig } from "./config.ts";
import type { Edit } from "../../text/edits.ts";
import { readConfig, withoutMark } from "./read.ts";
import { isNamed, patternOf } from "../select.ts";
import type { StetEntry } from "../settings.ts";
import type { Span } from "../../text/span.ts";

/*
 * Edits of a config file's text. Each is tried out before it is given: where the text is broken, or would
 * not say what was asked for, there is none.
 */

/**
 * The edits of a config file's text that add a phrase to `accept`; undefined text: there is no file yet.
 * None where it is there already, and where no edit can be made exactly.
 */
export function acceptPhrase(text: string | undefined, phrase: string): Edit[] {
  return exact(
    text,
    (source) => appended(source, "accept", phrase, (node) => getNodeValue(node) === phrase),
    ({ accept = [] }) => accept.includes(phrase),
  );
}

/** As `acceptPhrase`, for an entry of `stet`. */
export function addStet(text: string | undefined, entry: StetEntry): Edit[] {
  const isEntry = (one: Partial<StetEntry> | null | undefined): boolean =>
    one?.rule === entry.rule && one.hash === entry.hash;
  return exact(
    text,
    (source) =>
      appended(source, "stet", entry, (node) => isEntry(getNodeValue(node) as typeof entry | null)),
    ({ stet = [] }) => stet.some(isEntry),
  );
}

/**
 * The edits of a config file's text that turn a rule off for one draft, which is named by its path from
 * the file's folder; as `acceptPhrase`.
 */
export function turnOff(text: string | undefined, draft: string, rule: string): Edit[] {
  return exact(
    text,
    (source) => turnedOff(source, draft, rule),
    ({ overrides = [] }) => {
      const setting = overrides.findLast(
        ({ files, rules }) => rules?.[rule] !== undefined && isNamed(draft, "", files),
      )?.rules?.[rule];
      return (typeof setting === "object" ? setting.severity : setting) === "off";
    },
  );
}

/** As `acceptPhrase`, for a rule that is turned off for all drafts of the file's folder, but those of an override that sets it. */
export function switchOff(text: string | undefined, rule: string): Edit[] {
  return exact(
    text,
    (source) => switchedOff(source, rule),
    ({ rules = {} }) => {
      const setting = rules[rule];
      return (typeof setting === "object" ? setting.severity : setting) === "off";
    },
  );
}

/** As `acceptPhrase`, for a pattern in `include`. */
export function includePattern(text: string | undefined, pattern: string): Edit[] {
  return exact(
    text,
    (source) => appended(source, "include", pattern, (node) => getNodeValue(node) === pattern),
    ({ include = [] }) => include.includes(pattern),
  );
}

/** Where the entries of `stet` that count stand in a config file's text, in UTF-16 units. */
export function stetPlaces(text: string): readonly Span[] {
  return readConfig(text).stets;
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
  const after = parseConfig(edited(source, edits));
  return !after.isBroken && isDone(after.config) ? edits : [];
}

function turnedOff(source: string, draft: string, rule: string): Edit[] {
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
    return appended(source, "overrides", value, () => false);
  }
  const rules = findNodeAtLocation(entry, ["rules"]);
  if (rules !== undefined && rules.type !== "object") return [];
  // A rule that has options keeps them.
  const inner = findNodeAtLocation(entry, ["rules", rule])?.type === "object" ? ["severity"] : [];
  return modified(source, ["overrides", place, "rules", rule, ...inner], "off");
}

function switchedOff(source: string, rule: string): Edit[] {
  if (source.trim() === "") {
    const made = `${JSON.stringify({ rules: { [rule]: "off" } }, undefined, 2)}\n`;
    return [{ start: 0, end: source.length, newText: made }];
  }
  const root = parseTree(source, [], { allowTrailingComma: true });
  const rules = root && findNodeAtLocation(root, ["rules"]);
  if (rules !== undefined && rules.type !== "object") return [];
  const isObject = root && findNodeAtLocation(root, ["rules", rule])?.type === "object";
  return modified(source, ["rules", rule, ...(isObject === true ? ["severity"] : [])], "off");
}

function appended(
  source: string,
  list: string,
  value: unknown,
  isThere: (node: Node) => boolean,
): Edit[] {
  if (source.trim() === "") {
    const made = `${JSON.stringify({ [list]: [value] }, undefined, 2)}\n`;
    return [{ start: 0, end: source.length, newText: made }];
  }
  const root = parseTree(source, [], { allowTrailingComma: true });
  const items = root && findNodeAtLocation(root, [list]);
  if (items?.children?.some(isThere) === true) return [];
  if (items === undefined) return modified(source, [list], [value]);
  // What else stands there is a mistake, and somebody's: it is not written over.
  return items.type === "array" ? modified(source, [list, -1], value, true) : [];
}

/** The edits that set a value in a text of JSON, or add it to an array. */
function modified(
  source: string,
  path: (string | number)[],
  value: unknown,
  isArrayInsertion = false,
): Edit[] {
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

function edited(source: string, edits: readonly Edit[]): string {
  return applyEdits(
    source,
    edits.map(({ start, end, newText }) => ({
      offset: start,
      length: end - start,
      content: newText,
    })),
  );
}
