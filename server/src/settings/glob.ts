/*
 * Patterns of files, as in .gitignore and VS Code: “*” and “?” within a name, “**” across folders, “[a-z]”, “{a,b}”,
 * “\” before a literal character. Everything else is literal: “(marketing)” is a common folder.
 *
 * With its braces expanded, a pattern becomes a regular expression that never goes back: what is between two stars is
 * found at its first place, which is as good as any later one. So the work is at most the pattern's length times the
 * path's.
 */

import { withoutEnd } from "../text/trim.ts";
import { grouped, type Statement, wording } from "../text/wording.ts";
import { addToList } from "../text/lists.ts";

interface Glob {
  /** Matches a path with “/” at its end. */
  readonly expression: RegExp;
  readonly isAnchored: boolean;
  /** The name or path that it matches, if it has no wildcard. */
  readonly plain: string | undefined;
  readonly size: number;
}

/** The patterns that the braces expand to. */
export type CompiledGlob = { readonly ok: readonly Glob[] } | { readonly problem: Statement };

/** The longest pattern, in UTF-16 units: its path may be escaped throughout. */
const LONGEST_PATTERN = 2_000;

/**
 * The most UTF-16 units of all patterns with wildcards of one source together, with braces expanded, because each is
 * compared with every path.
 */
export const MOST_PATTERN_UNITS = 20_000;

/** The problem of a pattern for which there is no room. */
export const TOO_MUCH: Statement = (pattern) =>
  wording(
    "{0} is too much: together, the patterns with wildcards have more than {1} characters. It and those after it are ignored. Name a folder instead of many files.",
    pattern,
    grouped(MOST_PATTERN_UNITS),
  );

/**
 * Reads a pattern. Never throws: what can't be a pattern is a problem, which names the pattern. `most`: how many UTF-16
 * units its expansions may have together.
 */
export function compileGlob(pattern: string, most = MOST_PATTERN_UNITS): CompiledGlob {
  const problem = findProblem(pattern);
  if (problem !== undefined) return { problem };
  const texts = writtenOut(pattern, most);
  if (texts === undefined) return { problem: TOO_MUCH };
  if (texts.some(isBackwards)) {
    return { problem: (what) => wording("{0} has a range in brackets that runs backwards.", what) };
  }
  const isAnchored = withoutEnd(pattern, "/").includes("/");
  return { ok: texts.flatMap((text) => toGlob(text, isAnchored) ?? []) };
}

function findProblem(pattern: string): Statement | undefined {
  if (pattern.length > LONGEST_PATTERN) {
    return (what) => wording("{0} is longer than {1} characters.", what, grouped(LONGEST_PATTERN));
  }
  if (pattern.startsWith("!")) {
    return (what) => wording("{0} can’t begin with “!”. Name the files that are meant.", what);
  }
  if (!/[^/.]/.test(pattern)) return (what) => wording("{0} names no file.", what);
  if (pattern.split("/").includes("..")) {
    return (what) =>
      wording("{0} leads out of its folder. Patterns start there, and only lead down.", what);
  }
  const group = /[@+?*]\([^()/]*\||!\(/.exec(pattern);
  if (group !== null && pattern[group.index - 1] !== "\\") {
    return (what) =>
      wording(
        "{0} has a group in parentheses, which is not understood. Write braces instead, such as “{a,b}”.",
        what,
      );
  }
  for (const [, inner = ""] of pattern.matchAll(/(?<!\\)\{([^{},]*)\}/g)) {
    if (inner.includes("..") && !RANGE.test(inner)) {
      return (what) =>
        wording(
          "{0} has a range in braces that is not of one letter or digit each, as in “{0..9}”.",
          what,
        );
    }
  }
  return undefined;
}

/** An escaped character, a class, a sign, or a stretch of ordinary characters. */
const TOKEN =
  /\\[^]?|\[(?:[!^]|(?![!^]))(?:\\[^]|[^\\/])(?:\\[^]|[^\\/\]]){0,1997}\]|\*+|[^\\[*?{},]+|[^]/g;

function toTokens(text: string): readonly string[] {
  return text.match(TOKEN) ?? [];
}

function isClass(token: string): boolean {
  return token.length > 1 && token.startsWith("[");
}

function classRanges(token: string): (readonly [from: string, to: string])[] {
  const signs = token.slice(1, -1).replace(/^[!^]/, "");
  const ranges = signs.matchAll(/\\?([^])(?:-\\?([^]))?/g);
  return Array.from(ranges, ([, from = "", to = from]) => [from, to] as const);
}

/** Whether a pattern without braces has a class with a range that ends before it begins. */
function isBackwards(text: string): boolean {
  const tokens = text.split("/").flatMap(toTokens);
  return tokens.some(
    (token) => isClass(token) && classRanges(token).some(([from, to]) => from > to),
  );
}

/**
 * The texts that a pattern's braces expand to; undefined if they are longer than may be compared with each path. Braces
 * that are not a group are literal, as in “{a}” and “{a,b”.
 */
function writtenOut(pattern: string, most: number): readonly string[] | undefined {
  /** The open groups: their places, the texts before each, and the expansions of all its branches but the last. */
  const open: { at: number; before: readonly string[]; branches: string[] }[] = [];
  let texts: readonly string[] = [""];
  let at = 0;
  for (const token of toTokens(pattern)) {
    const group = open.at(-1);
    if (token === "{") {
      open.push({ at, before: texts, branches: [] });
      texts = [""];
    } else if (token === "," && group !== undefined) {
      group.branches.push(...texts);
      texts = [""];
    } else {
      const isEnd = token === "}" && group !== undefined;
      const ends = isEnd ? toBranches(group.branches, texts) : [token];
      if (isEnd) texts = open.pop()?.before ?? [];
      if (ends.length > 1 && texts.length * ends.length > most) return undefined;
      texts = texts.flatMap((text) => ends.map((end) => text + end));
      // They only grow longer, and each further character costs a step for each of them.
      if (texts.length > 1 && texts.reduce((sum, { length }) => sum + length + 1, 0) > most) {
        return undefined;
      }
    }
    at += token.length;
  }
  if (open.length === 0) return texts;
  const starts = [0, ...open.map((group) => group.at)];
  const escaped = starts.map((start, group) => pattern.slice(start, starts[group + 1])).join("\\");
  return writtenOut(escaped, most);
}

/** The expansions of a pair of braces, by those of its branches. */
function toBranches(branches: readonly string[], last: readonly string[]): readonly string[] {
  if (branches.length > 0) return [...branches, ...last];
  const [text = "", another] = last;
  if (another !== undefined || !RANGE.test(text)) return last.map((inner) => `{${inner}}`);
  const [from, to] = [text.charAt(0), text.charAt(3)].sort();
  return [`[\\${from}-\\${to}]`];
}

/** Braces that mean one of a range of characters. */
const RANGE = /^[^/]\.\.[^/]$/s;

/** What is left of `MOST_PATTERN_UNITS` while the patterns of a source are read, in order. */
export interface PatternBudget {
  left: number;
}

export function newPatternBudget(): PatternBudget {
  return { left: MOST_PATTERN_UNITS };
}

/** Whether a pattern counts. If not, what is wrong, which is reported only for the first of too many. */
export type BudgetedPattern = "counts" | { readonly problem: Statement | undefined };

/**
 * Accepts a pattern while there is room. Patterns without a wildcard are looked up and need no room. From the first
 * that does not fit, all patterns with wildcards are left out.
 */
export function takePattern(budget: PatternBudget, pattern: string): BudgetedPattern {
  const isSpent = budget.left < 0;
  const compiled = compileGlob(pattern, Math.max(budget.left, 0));
  if ("ok" in compiled) {
    if (plainText(compiled.ok) !== undefined) return "counts";
    for (const { size } of compiled.ok) budget.left -= size;
    if (budget.left >= 0) return "counts";
  } else if (compiled.problem !== TOO_MUCH) return compiled;
  budget.left = -1;
  return { problem: isSpent ? undefined : TOO_MUCH };
}

/** The text of a part of a pattern without a wildcard; undefined if it has one. */
export function literalSegment(part: string): string | undefined {
  const compiled = compileGlob(part);
  return "ok" in compiled ? plainText(compiled.ok) : undefined;
}

function plainText([glob, another]: readonly Glob[]): string | undefined {
  return another === undefined ? glob?.plain : undefined;
}

/**
 * Splits a command-line argument before the first name with a wildcard: the folder to search, which may lead upward,
 * and the pattern from there. Undefined if there is no wildcard.
 */
export function splitAtWildcard(
  given: string,
): { readonly folder: string; readonly pattern: string } | undefined {
  const parts = given.split("/");
  const literals = parts.map((part) => (/^\.{0,2}$/.test(part) ? part : literalSegment(part)));
  const first = parts.findIndex(
    (part, at) => literals[at] === undefined || /^\{|[^\\]\{/.test(part),
  );
  if (first < 0) return undefined;
  const folder = literals.slice(0, first).join("/");
  return {
    folder: folder === "" && first > 0 ? "/" : folder,
    pattern: `/${parts.slice(first).join("/")}`,
  };
}

/** Whether any pattern of a list matches a file. Invalid patterns match nothing. */
export function globMatcher(patterns: readonly string[]): (path: string) => boolean {
  const index = globIndex([patterns]);
  return (path) => index(path).length > 0;
}

/**
 * Which of several lists of patterns match a path, or a folder it is in: their numbers, in order. A path is relative,
 * and separated by "/". Patterns without a wildcard are looked up, so their number costs nothing.
 */
export function globIndex(
  lists: readonly (readonly string[])[],
): (path: string) => readonly number[] {
  const [names, folders] = [new Map<string, number[]>(), new Map<string, number[]>()];
  const globs: (readonly [expression: RegExp, list: number])[] = [];
  for (const [list, patterns] of lists.entries()) {
    for (const compiled of patterns.map((pattern) => compileGlob(pattern))) {
      if (!("ok" in compiled)) continue;
      for (const glob of compiled.ok) {
        const byText = glob.isAnchored ? folders : names;
        if (glob.plain === undefined) globs.push([glob.expression, list]);
        else addToList(byText, glob.plain, list);
      }
    }
  }
  return (given) => {
    const path = withoutEnd(given, "/");
    if (path === "") return [];
    const lists = new Set<number>();
    let folder = "";
    for (const [at, name] of path.split("/").entries()) {
      folder = at === 0 ? name : `${folder}/${name}`;
      for (const list of names.get(name) ?? []) lists.add(list);
      for (const list of folders.get(folder) ?? []) lists.add(list);
    }
    for (const [expression, list] of globs) {
      if (!lists.has(list) && expression.test(`${path}/`)) lists.add(list);
    }
    return [...lists].sort((a, b) => a - b);
  };
}

/** Reads a pattern without braces; undefined if it matches nothing, as one of “{,a}” does. */
function toGlob(text: string, isAnchored: boolean): Glob | undefined {
  const names = text.split("/").filter((part) => part !== "" && part !== ".");
  if (names.length === 0 || names.includes("..")) return undefined;
  const end = names.findLastIndex((name) => !isDoubleStar(name)) + 1;
  // “a/**” is “a”, because a folder includes what is in it. But “*/**” does not include files beside folders.
  const needsMore = end < names.length && isStar(toTokens(names[end - 1] ?? "*").at(-1) ?? "");
  names.splice(end, Infinity, ...(needsMore ? ["*"] : []));
  const tokens = toTokens(names.join("/"));
  const isPlain = !tokens.some((token) => /^[*?]/.test(token) || isClass(token));
  return {
    expression: toExpression(names, isAnchored),
    isAnchored,
    plain: isPlain ? tokens.map(unescaped).join("") : undefined,
    size: text.length,
  };
}

function isDoubleStar(name: string): boolean {
  return /^\*{2,}$/.test(name);
}

function isStar(token: string): boolean {
  return token.startsWith("*");
}

function unescaped(token: string): string {
  return token.startsWith("\\") ? token.slice(1) : token;
}

function toExpression(names: readonly string[], isAnchored: boolean): RegExp {
  let count = 0;
  /** Matches in one way only, because what a lookahead has found is not searched again. */
  const once = (source: string): string => {
    const group = `n${++count}`;
    return `(?=(?<${group}>${source}))\\k<${group}>`;
  };
  /** Matches what is between stars, each of which takes any number of `one`. */
  const toRow = (between: readonly string[], one: string): string =>
    between
      .map((next, at) => (at === 0 || next === "" ? next : once(`(?:${one})*?${next}`)))
      .join("");
  const toName = (name: string): string => {
    const tokens = [...toTokens(name), "/"];
    const read = (reads: (token: string) => string): string =>
      toRow(
        splitAt(tokens, isStar).map((between) => between.map(reads).join("")),
        "[^/]",
      );
    const isAmbiguous = tokens.some((token) => toUnits(token) !== toLetters(token));
    return isAmbiguous ? once(`${read(toUnits)}|${read(toLetters)}`) : read(toUnits);
  };
  const rows = splitAt(isAnchored ? names : ["**", ...names], isDoubleStar);
  return new RegExp(
    `^${toRow(
      rows.map((row) => row.map(toName).join("")),
      "[^/]*/",
    )}`,
  );
}

/** The stretches of a list between the items for which `parts` holds. */
function splitAt(items: readonly string[], parts: (item: string) => boolean): string[][] {
  const lists: string[][] = [[]];
  for (const item of items) {
    if (parts(item)) lists.push([]);
    else lists.at(-1)?.push(item);
  }
  return lists;
}

/** The expression for a token other than a star. */
function toUnits(token: string): string {
  if (token === "?") return "[^/]";
  if (!isClass(token)) return escaped(unescaped(token));
  const ranges = classRanges(token).map(([from, to]) => `${escaped(from)}-${escaped(to)}`);
  return `(?!/)[${/^\[[!^]/.test(token) ? "^" : ""}${ranges.join("")}]`;
}

/** The same, with brackets that could be part of a folder's name, such as those of “[slug]”, taken for letters. */
function toLetters(token: string): string {
  return isClass(token) && !/[-*+?.^${}(|)[\]!\\]/.test(token.slice(1, -1))
    ? escaped(token)
    : toUnits(token);
}

function escaped(text: string): string {
  return text.replace(/\W/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);
}
