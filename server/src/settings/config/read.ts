import { computeOnce } from "../../draft/incremental/memoize.ts";
import {
  createScanner,
  getNodeValue,
  type Node,
  type ParseError,
  parseTree,
  printParseErrorCode,
} from "jsonc-parser";
import { mistakeMessage, settingName, syntaxMessage } from "./messages.ts";
import type { ConfigProblem, Path, Mistake, Keyword } from "./problem.ts";
import { decode } from "../../text/decode.ts";
import { newPatternBudget, type PatternBudget, takePattern } from "../glob.ts";
import { misfit, type Schema } from "../json-schema.ts";
import { configSchema } from "../schema.ts";
import { settingNamed } from "../table.ts";
import type { Span } from "../../text/span.ts";
import { countedAs, type Wording, wording } from "../../text/wording.ts";

/*
 * A config file is read whatever it contains. Each mistake is left out and reported at its place, and everything else
 * applies. The work is linear in the text, which is bounded, as is its nesting.
 */

/** A config file's value as far as it fits the schema, and everything that does not. */
export interface ConfigReading {
  readonly value: unknown;
  /** In the order of their places; their number is bounded. */
  readonly problems: readonly ConfigProblem[];
  /** The places of the effective entries of `stet`, in UTF-16 units. */
  readonly stets: readonly Span[];
  /** The same for `extends`. */
  readonly extendsAt: readonly Span[];
  /** The meaning of the text is ambiguous, so it is not edited. */
  readonly isBroken: boolean;
}

/** The text that represents a file that exists but can't be decoded. */
export const UNDECODABLE = "\uFFFD";

/** The text of a config file's bytes, in UTF-8, or in UTF-16 with a byte order mark. */
export function decodeConfig(bytes: Uint8Array): string {
  return decode(bytes) ?? UNDECODABLE;
}

const MOST_CHARACTERS = 1_000_000;
const DEEPEST = 64;
/** At most this many mistakes are reported one by one. */
const MOST_REPORTED = 30;

/** Reads the text of a config file: JSON with comments and trailing commas. Never throws. */
export function readConfig(text: string): ConfigReading {
  if (text === UNDECODABLE) {
    return unreadable(wording("This file is not text in UTF-8 or UTF-16. Save it as UTF-8."), 0);
  }
  if (text.length > MOST_CHARACTERS) {
    return unreadable(wording("This file is larger than a million characters."), 0);
  }
  const source = withoutMark(text);
  const deep = tooDeepAt(source);
  if (deep !== undefined) {
    const message = wording("Braces and brackets are nested more than {0} deep here.", DEEPEST);
    return unreadable(message, deep);
  }
  const errors: ParseError[] = [];
  const root = parseTree(source, errors, { allowTrailingComma: true, allowEmptyContent: true });
  const mistakes: Mistake[] = [];
  const entries: Notes["entries"] = { stet: [], extends: [] };
  const value =
    root &&
    conforming(root, schema(), [], {
      mistakes,
      entries,
      patterns: newPatternBudget(),
    });
  // Everything after the first break may follow from it.
  const broken = errors.slice(0, 1);
  const firstError = broken[0]?.offset ?? Infinity;
  const all = [
    ...broken.map(({ error, offset, length }) => ({
      span: { start: offset, end: offset + Math.max(1, length) },
      message: () => syntaxMessage(printParseErrorCode(error), source.slice(offset)),
    })),
    ...mistakes
      .filter(
        ({ span, keyword }) => span.start < firstError && !(errors[0] && keyword === "required"),
      )
      .map((one) => ({ ...one, message: () => mistakeMessage(one) })),
  ]
    .map((one) => ({ ...one, span: within(one.span, text) }))
    .sort((a, b) => a.span.start - b.span.start);
  const isWhole = root === undefined ? errors.length > 0 : root.type !== "object";
  const problems = all.slice(0, MOST_REPORTED).map(({ span, message }): ConfigProblem => ({
    ...{ span, severity: "error", message: message(), wholeFile: isWhole },
  }));
  const rest = all.slice(MOST_REPORTED);
  if (rest[0] !== undefined) {
    problems.push({
      message: countedAs(rest.length, wording("1 more mistake follows, from here on."), (count) =>
        wording("{0} more mistakes follow, from here on.", count),
      ),
      span: rest[0].span,
      severity: "error",
      wholeFile: isWhole,
    });
  }
  const { stet: stets, extends: extendsAt } = entries;
  return { value, problems, stets, extendsAt, isBroken: errors.length > 0 || isWhole };
}

/** The text for the parser, with a space in place of a byte order mark. */
export function withoutMark(text: string): string {
  return text.replace(/^\uFEFF/, " ");
}

interface Notes {
  readonly patterns: PatternBudget;
  readonly mistakes: Mistake[];
  /** The places of list entries, for the lists that need them, by the lists' names. */
  readonly entries: { readonly stet: Span[]; readonly extends: Span[] };
}

/** As much of a value as fits the schema; undefined if nothing fits. */
function conforming(node: Node, given: Schema, path: Path, notes: Notes): unknown {
  const schema = resolved(given);
  const fail = (keyword: Keyword, wanted: unknown): unknown => {
    notes.mistakes.push(mistake(keyword, path, node, wanted));
    return undefined;
  };
  if (schema.anyOf !== undefined) {
    const fitting = schema.anyOf.find((one) => isOfType(node, one));
    if (fitting === undefined) return fail("anyOf", undefined);
    // Where a list is allowed, a string is a list of one.
    const list = node.type === "string" && schema.anyOf.find(({ type }) => type === "array");
    if (list) return arrayConforming(node, list, path, notes, [node]);
    return conforming(node, fitting, path, notes);
  }
  if (!isOfType(node, schema)) return fail("type", schema.type);
  if (node.type === "object") return objectConforming(node, schema, path, notes);
  if (node.type === "array") return arrayConforming(node, schema, path, notes);
  const value: unknown = node.value;
  const keyword = misfit(schema, value);
  // What is wrong with a glob is said in more words.
  const isGlob = schema.format === "glob" && keyword === "pattern";
  if (keyword !== undefined && !isGlob) return fail(keyword, schema[keyword]);
  return typeof value === "string" ? useful(node, value, schema, path, notes) : value;
}

function objectConforming(node: Node, schema: Schema, path: Path, notes: Notes): unknown {
  const value: Record<string, unknown> = {};
  const last = new Map<string, Node>();
  for (const property of node.children ?? []) {
    const key = property.children?.[0];
    if (key === undefined) continue;
    const name = String(key.value);
    const previous = last.get(name);
    if (previous !== undefined) {
      const spans = findSpans(notes, [...path, name]);
      if (spans !== undefined) spans.length = 0;
      notes.mistakes.push(mistake("twice", [...path, name], previous, undefined));
    }
    last.set(name, key);
    const inner = property.children?.[1];
    // A broken text has names without a value.
    if (inner === undefined) continue;
    const properties = schema.properties ?? {};
    const wanted = Object.hasOwn(properties, name) ? properties[name] : undefined;
    if (wanted === undefined) {
      notes.mistakes.push(mistake("unknown", [...path, name], key, undefined));
      continue;
    }
    const one = conforming(inner, wanted, [...path, name], notes);
    if (one === undefined) Reflect.deleteProperty(value, name);
    else value[name] = one;
  }
  const required = schema.required ?? [];
  const missing = required.filter((name) => !last.has(name));
  if (missing.length > 0) notes.mistakes.push(mistake("required", path, node, missing));
  return required.every((name) => value[name] !== undefined) ? value : undefined;
}

function arrayConforming(
  node: Node,
  schema: Schema,
  path: Path,
  notes: Notes,
  items: readonly Node[] = node.children ?? [],
): unknown {
  const least = schema.minItems ?? 0;
  if (items.length < least) {
    notes.mistakes.push(mistake("minItems", path, node, schema.minItems));
    return undefined;
  }
  const spans = findSpans(notes, path);
  const value: unknown[] = [];
  items.forEach((item, index) => {
    const one = schema.items && conforming(item, schema.items, [...path, index], notes);
    if (one === undefined) return;
    value.push(one);
    spans?.push(toSpan(item));
  });
  return value.length < least ? undefined : value;
}

/** Where to record the places of a list's entries; undefined for most lists. */
function findSpans({ entries }: Notes, path: Path): Span[] | undefined {
  const [name] = path;
  return path.length === 1 && (name === "stet" || name === "extends") ? entries[name] : undefined;
}

/** A text that fits its schema; undefined if it is a pattern that does not count. */
function useful(
  node: Node,
  text: string,
  { format }: Schema,
  path: Path,
  notes: Notes,
): string | undefined {
  if (format === "glob") {
    const taken = takePattern(notes.patterns, text);
    if (taken === "counts") return text;
    if (taken.problem !== undefined) {
      notes.mistakes.push({ ...mistake("glob", path, node, undefined), why: taken.problem });
    }
    return undefined;
  }
  const why = settingNamed(settingName(path))?.whyUseless?.(text);
  if (why !== undefined) {
    notes.mistakes.push({ ...mistake("useless", path, node, undefined), why });
  }
  return text;
}

function mistake(keyword: Keyword, path: Path, node: Node, wanted: unknown): Mistake {
  // A name's own value is in the path.
  const value: unknown =
    keyword === "enum" || keyword === "useless" ? getNodeValue(node) : undefined;
  return { keyword, path, value, wanted, span: toSpan(node) };
}

function isOfType(node: Node, given: Schema): boolean {
  const { type } = resolved(given);
  return type === "integer"
    ? node.type === "number" && Number.isInteger(node.value)
    : type === node.type;
}

const schema = computeOnce(configSchema);

/** The schema that a reference leads to. */
function resolved(given: Schema): Schema {
  if (given.$ref === undefined) return given;
  const name = given.$ref.replace("#/definitions/", "");
  return schema().definitions?.[name] ?? {};
}

/** May end after the text, if a comment in it is not closed. */
function toSpan({ offset, length }: Node): Span {
  return { start: offset, end: offset + length };
}

function within({ start, end }: Span, text: string): Span {
  return { start: Math.min(start, text.length), end: Math.min(end, text.length) };
}

/** The place of the first brace or bracket that is nested too deep: parsing it would need as deep a stack. */
export function tooDeepAt(source: string): number | undefined {
  const scanner = createScanner(source, true);
  let depth = 0;
  for (;;) {
    scanner.scan();
    const offset = scanner.getTokenOffset();
    if (offset >= source.length) return undefined;
    // A quoted string or a comment is longer.
    if (scanner.getTokenLength() > 1) continue;
    const sign = source[offset];
    if (sign === "{" || sign === "[") depth++;
    if (sign === "}" || sign === "]") depth--;
    if (depth > DEEPEST) return offset;
  }
}

function unreadable(message: Wording, start: number): ConfigReading {
  const span = { start, end: start + 1 };
  const problems = [{ message, span, severity: "error" as const, wholeFile: true }];
  return { value: undefined, problems, stets: [], extendsAt: [], isBroken: true };
}
