/*
 * Patterns of files, as in .gitignore and VS Code: “*” and “?” within a name, “**” across folders, “[a-z]”, “{a,b}”,
 * “\” before a literal character. Everything else is literal: “(marketing)” is a common folder.
 *
 * With its braces expanded, a pattern is a row of names, and a name a row of characters. In both a star matches any
 * number. When a row does not match, its latest star takes one more and no earlier one does, so the work is at most the
 * pattern's length times the path's.
 */

import { withoutEnd } from "../text/trim.ts";
import { grouped, type Statement, wording } from "../text/wording.ts";
import { addToList } from "../text/lists.ts";

const STAR = "*";

interface UnitClass {
  readonly negated: boolean;
  /** The first and the last UTF-16 unit of each. */
  readonly ranges: readonly (readonly [from: number, to: number])[];
}

/** UTF-16 units, and what matches one of them or any number. */
type Units = readonly (number | "?" | UnitClass | typeof STAR)[];

interface Name {
  /** The ways to read it: “[slug]” is a class, and also the name of a folder. */
  readonly readings: readonly Units[];
  /** The name itself, if it has no wildcard. */
  readonly plain: string | undefined;
}

export interface Glob {
  /** A pattern that matches at any depth begins with a star. All end with one: a folder includes what is in it. */
  readonly names: readonly (Name | typeof STAR)[];
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
  if ("problem" in texts) return texts;
  const isAnchored = withoutEnd(pattern, "/").includes("/");
  const globs = texts.flatMap((text) => toGlobs(text, isAnchored));
  return globs.every(isForwards)
    ? { ok: globs }
    : { problem: (what) => wording("{0} has a range in brackets that runs backwards.", what) };
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

/** The texts that a pattern's braces expand to. Braces that are not a group are literal, as in “{a}” and “{a,b”. */
function writtenOut(
  pattern: string,
  most: number,
): readonly string[] | { readonly problem: Statement } {
  /** The open groups: their places, the texts before each, and the expansions of all its branches but the last. */
  const open: { at: number; before: readonly string[]; branches: string[] }[] = [];
  let texts: readonly string[] = [""];
  for (let at = 0; at < pattern.length; at++) {
    const sign = pattern[at];
    const group = open.at(-1);
    if (sign === "{") {
      open.push({ at, before: texts, branches: [] });
      texts = [""];
    } else if (sign === "," && group !== undefined) {
      group.branches.push(...texts);
      texts = [""];
    } else {
      const isEnd = sign === "}" && group !== undefined;
      let last = sign === "\\" ? at + 1 : sign === "[" ? (classEnd(pattern, at) ?? at) : at;
      while (!isEnd && /[^\\[{},]/.test(pattern.charAt(last + 1))) last++;
      const ends = isEnd
        ? toBranches(pattern.slice(group.at + 1, at), group.branches, texts)
        : [pattern.slice(at, last + 1)];
      if (isEnd) texts = open.pop()?.before ?? [];
      if (ends.length > 1 && texts.length * ends.length > most) return { problem: TOO_MUCH };
      texts = texts.flatMap((text) => ends.map((end) => text + end));
      // They only grow longer, and each further character costs a step for each of them.
      if (isTooLong(texts, most)) return { problem: TOO_MUCH };
      at = last;
    }
  }
  if (open.length > 0) {
    const starts = [0, ...open.map(({ at }) => at)];
    return writtenOut(
      starts.map((at, group) => pattern.slice(at, starts[group + 1])).join("\\"),
      most,
    );
  }
  return texts;
}

/** Whether several texts are together longer than may be compared with each path. */
function isTooLong(texts: readonly string[], most: number): boolean {
  return texts.length > 1 && texts.reduce((sum, { length }) => sum + length + 1, 0) > most;
}

/** The expansions of a pair of braces, by its text, its branches but the last, and the last. */
function toBranches(
  inner: string,
  branches: readonly string[],
  last: readonly string[],
): readonly string[] {
  if (branches.length > 0) return [...branches, ...last];
  if (!RANGE.test(inner)) return last.map((text) => `{${text}}`);
  const [from, to] = [inner.charAt(0), inner.charAt(3)].sort();
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
    if (toPlain(compiled.ok) !== undefined) return "counts";
    for (const { size } of compiled.ok) budget.left -= size;
    if (budget.left >= 0) return "counts";
  } else if (compiled.problem !== TOO_MUCH) return compiled;
  budget.left = -1;
  return { problem: isSpent ? undefined : TOO_MUCH };
}

/** The text of a part of a pattern without a wildcard; undefined if it has one. */
export function literalSegment(part: string): string | undefined {
  const compiled = compileGlob(part);
  return "ok" in compiled ? toPlain(compiled.ok) : undefined;
}

function toPlain([glob, another]: readonly Glob[]): string | undefined {
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
  const globs: (readonly [glob: Glob, list: number])[] = [];
  for (const [list, patterns] of lists.entries()) {
    for (const compiled of patterns.map((pattern) => compileGlob(pattern))) {
      if (!("ok" in compiled)) continue;
      for (const glob of compiled.ok) {
        const byText = glob.names[0] === STAR ? names : folders;
        if (glob.plain === undefined) globs.push([glob, list]);
        else addToList(byText, glob.plain, list);
      }
    }
  }
  return (given) => {
    const path = withoutEnd(given, "/");
    if (path === "") return [];
    const parts = path.split("/");
    const lists = new Set<number>();
    let folder = "";
    for (const [at, name] of parts.entries()) {
      folder = at === 0 ? name : `${folder}/${name}`;
      for (const list of names.get(name) ?? []) lists.add(list);
      for (const list of folders.get(folder) ?? []) lists.add(list);
    }
    for (const [glob, list] of globs) {
      if (!lists.has(list) && matchesPath(glob, parts)) lists.add(list);
    }
    return [...lists].sort((a, b) => a - b);
  };
}

/** Whether a pattern matches a file, or a folder it is in. The path is given as its names. */
export function matchesPath({ names }: Glob, path: readonly string[]): boolean {
  return fits(names, path.length, ({ readings }, at) => {
    const name = path[at] ?? "";
    return readings.some((units) =>
      fits(units, name.length, (unit, place) => takes(unit, name.charCodeAt(place))),
    );
  });
}

/** Whether a row matches a list of items: each of its steps takes one, a star any number. */
function fits<T>(
  row: readonly (T | typeof STAR)[],
  count: number,
  takesOne: (step: T, at: number) => boolean,
): boolean {
  let [step, at] = [0, 0];
  /** The step after the latest star, and the first item that this star has not taken. */
  let [retry, rest] = [-1, 0];
  while (at < count || step < row.length) {
    const one = row[step];
    if (one === STAR) {
      step++;
      [retry, rest] = [step, at];
    } else if (one !== undefined && at < count && takesOne(one, at)) {
      step++;
      at++;
    } else if (retry >= 0 && at < count) {
      rest++;
      [step, at] = [retry, rest];
    } else return false;
  }
  return true;
}

function takes(unit: number | "?" | UnitClass, code: number): boolean {
  if (typeof unit === "number") return unit === code;
  if (unit === "?") return true;
  return unit.ranges.some(([from, to]) => from <= code && code <= to) !== unit.negated;
}

/** Reads a pattern without braces. A pattern that matches nothing, such as one of “{,a}”, is left out. */
function toGlobs(text: string, isAnchored: boolean): Glob[] {
  const parts = text.split("/").filter((part) => part !== "" && part !== ".");
  if (parts.length === 0 || parts.includes("..")) return [];
  const names: Glob["names"][number][] = [];
  for (const part of parts) {
    if (!/^\*{2,}$/.test(part)) names.push(toName(part));
    else if (names.at(-1) !== STAR) names.push(STAR);
  }
  if (names.at(-1) === STAR) {
    // “a/**” is “a”, because a folder includes what is in it. But “*/**” does not include files beside folders.
    names.pop();
    const last = names.at(-1) ?? ANY_NAME;
    if (last !== STAR && last.readings[0]?.at(-1) === STAR) names.push(ANY_NAME);
  }
  const plains = names.flatMap((name) => (name === STAR ? [] : (name.plain ?? [])));
  return [
    {
      size: text.length,
      names: [...(isAnchored ? [] : ([STAR] as const)), ...names, STAR],
      plain: plains.length === names.length ? plains.join("/") : undefined,
    },
  ];
}

/** Whether none of its classes has a range that ends before it begins. */
function isForwards({ names }: Glob): boolean {
  const units = names.flatMap((name) => (name === STAR ? [] : name.readings.flat()));
  return units.every(
    (one) => typeof one !== "object" || one.ranges.every(([from, to]) => from <= to),
  );
}

const ANY_NAME: Name = { readings: [[STAR]], plain: undefined };

function toName(part: string): Name {
  const [units, letters] = [toUnits(part, false), toUnits(part, true)];
  const isPlain = units.every((unit) => typeof unit === "number");
  return {
    readings: units.length === letters.length ? [units] : [units, letters],
    plain: isPlain ? String.fromCharCode(...units) : undefined,
  };
}

/** `asLetters`: brackets that could be part of a folder's name, such as those of “[slug]”, are literal. */
function toUnits(part: string, asLetters: boolean): Units {
  const units: Units[number][] = [];
  for (let at = 0; at < part.length; at++) {
    const sign = part[at];
    const end = sign === "[" ? classEnd(part, at) : undefined;
    if (end !== undefined) {
      const inner = part.slice(at + 1, end);
      const isName = asLetters && !/[-*+?.^${}(|)[\]!\\]/.test(inner);
      units.push(...(isName ? toCodes(`[${inner}]`) : [toClass(inner)]));
      at = end;
    } else if (sign === "*") {
      if (units.at(-1) !== STAR) units.push(STAR);
    } else if (sign === "?") units.push("?");
    else {
      if (sign === "\\") at++;
      units.push(...toCodes(part.charAt(at)));
    }
  }
  return units;
}

function toCodes(text: string): number[] {
  return Array.from({ length: text.length }, (_, at) => text.charCodeAt(at));
}

/** Reads the text in brackets. */
function toClass(inner: string): UnitClass {
  const negated = /^[!^]/.test(inner);
  const signs = negated ? inner.slice(1) : inner;
  const ranges = [...signs.matchAll(/\\?([^])(?:-\\?([^]))?/g)].map(([, from = "", to = from]) => {
    return [from.charCodeAt(0), to.charCodeAt(0)] as const;
  });
  return { negated, ranges };
}

/** Where the class that “[” opens ends; undefined if it does not end within the name, and “[” is literal. */
function classEnd(text: string, open: number): number | undefined {
  let at = open + 1;
  if (text[at] === "!" || text[at] === "^") at++;
  for (const first = at; at < text.length && text[at] !== "/"; at++) {
    if (text[at] === "\\") at++;
    else if (text[at] === "]" && at > first) return at;
  }
  return undefined;
}
