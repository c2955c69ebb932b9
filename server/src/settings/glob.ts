/*
 * Patterns of files, as .gitignore and VS Code write them: “*” and “?” within a name, “**” over folders,
 * “[a-z]”, “{a,b}”, “\” before a sign that means itself. All else is a literal character: “(marketing)”
 * is a common folder.
 *
 * A pattern is compiled to a nondeterministic automaton that is run over all its states at once
 * (K. Thompson, Regular Expression Search Algorithm, CACM 11, 1968; as in
 * https://swtch.com/~rsc/regexp/regexp1.html). Each character of a path visits each instruction at most
 * once, so no pattern can backtrack.
 */

/** One step of the automaton. Places are indices of the program. */
type Instruction =
  | { readonly op: "character"; readonly code: number }
  /** Any character but "/". */
  | { readonly op: "any" }
  /** Any character. */
  | { readonly op: "all" }
  | { readonly op: "class"; readonly negated: boolean; readonly ranges: readonly Range[] }
  /** Goes on at both places without a character. */
  | { readonly op: "fork"; readonly to: readonly number[] }
  | { readonly op: "end" };

/** The first and the last UTF-16 unit. */
type Range = readonly [number, number];

/** A compiled pattern. */
export interface Glob {
  readonly program: readonly Instruction[];
  /** The path that it names, where it has no wildcard. */
  readonly plain: string | undefined;
  /** It counts from the folder's top; otherwise it matches at any depth. */
  readonly anchored: boolean;
}

export type CompiledGlob = { readonly ok: Glob } | { readonly problem: string };

/** The longest pattern, in UTF-16 units: its path may be escaped throughout. */
export const LONGEST_PATTERN = 2_000;

/** The most UTF-16 units of all patterns with wildcards together that one source has: each is held against every path. */
export const MOST_PATTERN_UNITS = 20_000;

/** How deep braces may be nested. */
const DEEPEST = 16;

/**
 * Compiles a pattern. Never throws: what can't be a pattern is a problem, which goes on from the words
 * “This pattern”.
 */
export function compileGlob(pattern: string): CompiledGlob {
  if (pattern.length > LONGEST_PATTERN) {
    return { problem: `is longer than ${LONGEST_PATTERN.toLocaleString("en")} characters.` };
  }
  if (pattern.startsWith("!")) {
    return { problem: "can’t begin with “!”. Name the files that are meant." };
  }
  const trimmed = trimmedEnd(pattern);
  const anchored = trimmed.includes("/");
  // “**/**” says no more than “**”.
  const text = trimmedStart(trimmed).replace(/(^|\/)\*{2,}(?:\/\*{2,})+(?=\/|$)/g, "$1**");
  if (!/[^/.]/.test(text)) return { problem: "names no file." };
  if (text.split("/").includes("..")) {
    return { problem: "leads out of its folder. It counts from there, and goes down only." };
  }
  const group = /[@+?*]\([^()/]*\||!\(/.exec(text);
  if (group !== null && text[group.index - 1] !== "\\") {
    return {
      problem:
        "has a group in parentheses, which is not understood. Write braces instead, such as “{a,b}”.",
    };
  }
  const compiler = new Compiler(text);
  const problem = compiler.compile();
  if (problem !== undefined) return { problem };
  return { ok: { program: compiler.program, plain: compiler.plain(), anchored } };
}

/** What is left of `MOST_PATTERN_UNITS` while the patterns of a source are read, in their order. */
export interface PatternBudget {
  left: number;
}

export function newPatternBudget(): PatternBudget {
  return { left: MOST_PATTERN_UNITS };
}

/** Whether a pattern counts; if not, what is wrong, which is said only of the first of those that are too many. */
export type BudgetedPattern = "counts" | { readonly problem: string | undefined };

/**
 * Takes a pattern in, as long as there is room: patterns without a wildcard are looked up, and take none.
 * From the first for which there is no room, all that have wildcards are left out.
 */
export function takePattern(budget: PatternBudget, pattern: string): BudgetedPattern {
  const compiled = compileGlob(pattern);
  if ("problem" in compiled) return { problem: compiled.problem };
  if (compiled.ok.plain !== undefined) return "counts";
  if (budget.left < 0) return { problem: undefined };
  budget.left -= pattern.length;
  if (budget.left >= 0) return "counts";
  const most = MOST_PATTERN_UNITS.toLocaleString("en");
  return {
    problem: `is too much: with it, the patterns with wildcards have more than ${most} characters together. It and those after it name nothing. Name a folder in place of many files.`,
  };
}

/** Whether a pattern names a file, or a folder that the file stands in. `path` is relative, parted by "/". */
export function matchesGlob(glob: Glob, path: string): boolean {
  const { program, anchored } = glob;
  if (path === "") return false;
  const seen = new Int32Array(program.length).fill(-1);
  let now: number[] = [];
  let next: number[] = [];
  /** Adds a place and all that follow from it without a character; returns whether the pattern ends there. */
  const enter = (into: number[], first: number, at: number): boolean => {
    let isEnd = false;
    const waiting = [first];
    for (let place = waiting.pop(); place !== undefined; place = waiting.pop()) {
      if (seen[place] === at) continue;
      seen[place] = at;
      const instruction = program[place];
      if (instruction?.op === "fork") waiting.push(...instruction.to);
      else if (instruction?.op === "end") isEnd = true;
      else into.push(place);
    }
    return isEnd;
  };
  enter(now, 0, 0);
  for (let at = 0; at < path.length; at++) {
    const code = path.charCodeAt(at);
    let isEnd = false;
    for (const place of now) {
      const instruction = program[place];
      if (instruction === undefined || !takes(instruction, code)) continue;
      if (enter(next, place + 1, at + 1)) isEnd = true;
    }
    if (isEnd && (at + 1 === path.length || path[at + 1] === "/")) return true;
    // One without "/" may begin at each name.
    if (!anchored && code === SLASH) enter(next, 0, at + 1);
    if (next.length === 0 && anchored) return false;
    [now, next] = [next, now];
    next.length = 0;
  }
  return false;
}

/** The text of a part of a pattern that has no wildcard; undefined for one that has. */
export function literalSegment(part: string): string | undefined {
  const compiled = compileGlob(part);
  return "ok" in compiled ? compiled.ok.plain : undefined;
}

/** Whether any of a list of patterns names a file; those that are none name nothing. */
export function globMatcher(patterns: readonly string[]): (path: string) => boolean {
  const names = new Set<string>();
  const paths = new Set<string>();
  const globs: Glob[] = [];
  for (const pattern of patterns) {
    const compiled = compileGlob(pattern);
    if (!("ok" in compiled)) continue;
    const { plain, anchored } = compiled.ok;
    if (plain === undefined) globs.push(compiled.ok);
    else if (anchored) paths.add(plain);
    else names.add(plain);
  }
  return (given) => {
    const path = trimmedEnd(given);
    if (names.size > 0 && path.split("/").some((name) => names.has(name))) return true;
    if (paths.size > 0) {
      for (let end = path.indexOf("/"); end >= 0; end = path.indexOf("/", end + 1)) {
        if (paths.has(path.slice(0, end))) return true;
      }
      if (paths.has(path)) return true;
    }
    return globs.some((glob) => matchesGlob(glob, path));
  };
}

/**
 * Which of several lists of patterns name a path, or a folder that it stands in: their numbers, in order.
 * Patterns without a wildcard are looked up, so their number costs nothing.
 */
export function globIndex(
  lists: readonly (readonly string[])[],
): (path: string) => readonly number[] {
  const names = new Map<string, number[]>();
  const paths = new Map<string, number[]>();
  const globs: (readonly [glob: Glob, list: number])[] = [];
  for (const [list, patterns] of lists.entries()) {
    for (const pattern of patterns) {
      const compiled = compileGlob(pattern);
      if (!("ok" in compiled)) continue;
      const { plain, anchored } = compiled.ok;
      if (plain === undefined) {
        globs.push([compiled.ok, list]);
        continue;
      }
      const byText = anchored ? paths : names;
      const same = byText.get(plain);
      if (same === undefined) byText.set(plain, [list]);
      else same.push(list);
    }
  }
  return (given) => {
    const path = trimmedEnd(given);
    const found = new Set<number>();
    const add = (lists: readonly number[] = []): void => {
      for (const list of lists) found.add(list);
    };
    if (names.size > 0) for (const name of path.split("/")) add(names.get(name));
    if (paths.size > 0) {
      for (let end = path.indexOf("/"); end >= 0; end = path.indexOf("/", end + 1)) {
        add(paths.get(path.slice(0, end)));
      }
      add(paths.get(path));
    }
    for (const [glob, list] of globs) {
      if (!found.has(list) && matchesGlob(glob, path)) found.add(list);
    }
    return [...found].sort((a, b) => a - b);
  };
}

function takes(instruction: Instruction, code: number): boolean {
  switch (instruction.op) {
    case "character":
      return code === instruction.code;
    case "any":
      return code !== SLASH;
    case "all":
      return true;
    case "class": {
      if (code === SLASH) return false;
      const within = instruction.ranges.some(([from, to]) => from <= code && code <= to);
      return within !== instruction.negated;
    }
    default:
      return false;
  }
}

const SLASH = 47;

/** Writes the program of a pattern, from left to right. */
class Compiler {
  readonly program: Instruction[] = [];
  readonly #text: string;
  /** Where each brace that opens a group is closed, and the commas of that group. */
  readonly #groups = new Map<
    number,
    { readonly commas: readonly number[]; readonly end: number }
  >();
  #problem: string | undefined;

  constructor(text: string) {
    this.#text = text;
  }

  /** Gives what is wrong with the pattern, if anything is. */
  compile(): string | undefined {
    this.#findGroups();
    if (this.#problem === undefined) {
      this.#sequence(0, this.#text.length, true);
      this.program.push({ op: "end" });
    }
    return this.#problem;
  }

  plain(): string | undefined {
    let plain = "";
    for (const instruction of this.program) {
      if (instruction.op === "end") return plain;
      if (instruction.op !== "character") return undefined;
      plain += String.fromCharCode(instruction.code);
    }
    return undefined;
  }

  #findGroups(): void {
    const text = this.#text;
    const open: { at: number; commas: number[] }[] = [];
    for (let at = 0; at < text.length; at++) {
      const sign = text[at];
      if (sign === "\\") at++;
      else if (sign === "[") at = classEnd(text, at) ?? at;
      else if (sign === "{") open.push({ at, commas: [] });
      else if (sign === ",") open.at(-1)?.commas.push(at);
      else if (sign === "}") {
        const group = open.pop();
        if (group === undefined) continue;
        const isRange = text.slice(group.at, at).includes("..");
        if (group.commas.length > 0 || isRange) {
          this.#groups.set(group.at, { commas: group.commas, end: at });
        }
        if (open.length >= DEEPEST) {
          this.#problem = `has braces within braces, more than ${DEEPEST} deep.`;
          return;
        }
      }
    }
  }

  /** `atStart`: a name begins here. */
  #sequence(from: number, to: number, atStart: boolean): void {
    const text = this.#text;
    let begins = atStart;
    for (let at = from; at < to; at++) {
      const sign = text[at];
      const group = sign === "{" ? this.#groups.get(at) : undefined;
      const end = sign === "[" ? classEnd(text, at) : undefined;
      if (sign === "*") {
        at = this.#stars(at, from, to, begins);
      } else if (group !== undefined) {
        this.#group(at, group, begins);
        at = group.end;
      } else if (end !== undefined) {
        this.#class(at, end);
        at = end;
      } else if (sign === "?") {
        this.program.push({ op: "any" });
      } else {
        if (sign === "\\" && at + 1 < to) at++;
        this.#characters(text[at] ?? "");
      }
      begins = text[at] === "/";
    }
  }

  /** A run of stars; gives the last place that it has used. */
  #stars(at: number, from: number, to: number, begins: boolean): number {
    const text = this.#text;
    let last = at;
    while (last + 1 < to && text[last + 1] === "*") last++;
    // Only a whole name of stars is more than one star.
    if (last === at || !begins || (last + 1 < to && text[last + 1] !== "/")) {
      this.#loop({ op: "any" });
      return last;
    }
    if (last + 1 < to) {
      // “**/”: no folder, or some.
      const fork = this.#fork();
      this.#loop({ op: "all" });
      this.#characters("/");
      this.#set(fork, [fork + 1, this.program.length]);
      return last + 1;
    }
    if (last + 1 === to && at > from && text[at - 1] === "/" && to === text.length) {
      // “/**” at the end: the folder itself, too. What stands in it is named with it. But “*/**” is not
      // about what stands beside those folders.
      const isStar = text[at - 2] === "*" && text[at - 3] !== "\\";
      if (isStar) this.#loop({ op: "all" });
      else this.program.pop();
      return last;
    }
    this.#loop({ op: "all" });
    return last;
  }

  #group(at: number, { commas, end }: { commas: readonly number[]; end: number }, begins: boolean) {
    if (commas.length === 0) {
      const range = /^(.)\.\.(.)$/s.exec(this.#text.slice(at + 1, end));
      const [from, to] = [range?.[1]?.charCodeAt(0), range?.[2]?.charCodeAt(0)];
      if (from === undefined || to === undefined) {
        this.#problem ??=
          "has a range in braces that is not of one letter or digit each, as in “{0..9}”.";
        return;
      }
      const ranges = [[Math.min(from, to), Math.max(from, to)]] as const;
      this.program.push({ op: "class", negated: false, ranges });
      return;
    }
    const fork = this.#fork();
    const starts: number[] = [];
    const ends: number[] = [];
    let from = at + 1;
    for (const stop of [...commas, end]) {
      starts.push(this.program.length);
      this.#sequence(from, stop, begins);
      ends.push(this.#fork());
      from = stop + 1;
    }
    this.#set(fork, starts);
    for (const place of ends) this.#set(place, [this.program.length]);
  }

  /** A class. One that could be a folder's name, such as “[slug]”, names that as well. */
  #class(at: number, end: number): void {
    const inner = this.#text.slice(at + 1, end);
    const negated = /^[!^]/.test(inner);
    const ranges: Range[] = [];
    const signs = negated ? inner.slice(1) : inner;
    for (let place = 0; place < signs.length; place++) {
      if (signs[place] === "\\" && place + 1 < signs.length) place++;
      const from = signs.charCodeAt(place);
      if (signs[place + 1] === "-" && place + 2 < signs.length) {
        place += signs[place + 2] === "\\" && place + 3 < signs.length ? 3 : 2;
        const to = signs.charCodeAt(place);
        if (to < from) this.#problem ??= "has a range in brackets that runs backwards.";
        ranges.push([from, to]);
      } else ranges.push([from, from]);
    }
    const isName = !/[-*+?.^${}(|)[\]!\\]/.test(inner);
    if (!isName) {
      this.program.push({ op: "class", negated, ranges });
      return;
    }
    const fork = this.#fork();
    this.#characters(`[${inner}]`);
    const after = this.#fork();
    this.#set(fork, [fork + 1, this.program.length]);
    this.program.push({ op: "class", negated, ranges });
    this.#set(after, [this.program.length]);
  }

  #characters(text: string): void {
    for (let at = 0; at < text.length; at++) {
      this.program.push({ op: "character", code: text.charCodeAt(at) });
    }
  }

  /** The instruction as often as it fits, or not at all. */
  #loop(instruction: Instruction): void {
    const fork = this.#fork();
    this.program.push(instruction);
    const back = this.#fork();
    this.#set(fork, [fork + 1, this.program.length]);
    this.#set(back, [fork]);
  }

  #fork(): number {
    return this.program.push({ op: "fork", to: [] }) - 1;
  }

  #set(fork: number, to: readonly number[]): void {
    this.program[fork] = { op: "fork", to };
  }
}

/** Where a class that is opened ends; undefined where it does not within the name, and “[” is a letter. */
function classEnd(text: string, open: number): number | undefined {
  let at = open + 1;
  if (text[at] === "!" || text[at] === "^") at++;
  for (let first = at; at < text.length && text[at] !== "/"; at++) {
    if (text[at] === "\\") at++;
    else if (text[at] === "]" && at > first) return at;
  }
  return undefined;
}

function trimmedEnd(text: string): string {
  let end = text.length;
  while (text[end - 1] === "/") end--;
  return end === text.length ? text : text.slice(0, end);
}

/** Without “./” or “/” before it. */
function trimmedStart(text: string): string {
  let start = text.startsWith("./") ? 2 : 0;
  while (text[start] === "/") start++;
  return text.slice(start);
}
