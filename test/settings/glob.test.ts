import fc from "fast-check";
import picomatch from "picomatch/posix";
import { describe, expect, test } from "vitest";
import {
  compileGlob,
  globIndex,
  globMatcher,
  MOST_PATTERN_UNITS,
  newPatternBudget,
  splitAtWildcard,
  takePattern,
} from "../../server/src/settings/glob.ts";
import { say, type Statement } from "../../server/src/text/wording.ts";
import { runs } from "../support/property.ts";
import { processorTime } from "../support/work.ts";

function matches(pattern: string, path: string): boolean {
  return globMatcher([pattern])(path);
}

/** The message about an invalid pattern. */
function problemOf(read: object | string): string | undefined {
  if (typeof read === "string" || !("problem" in read)) return undefined;
  const { problem } = read as { readonly problem: Statement };
  return say(problem("It"));
}

test.each([
  ["(marketing)/**", "app/(marketing)/a.md", false],
  ["app/(marketing)/**", "app/(marketing)/a.md", true],
  ["app/(marketing)/**", "app/marketing/a.md", false],
  ["app/(marketing)", "app/(marketing)/in/a.md", true],
  ["a+b (1).md", "x/a+b (1).md", true],
  ["a+b.md", "aab.md", false],
  ["*(draft).md", "my(draft).md", true],
  ["content/**", "content", true],
  ["*/**", "a.md", false],
  ["*/**", "x/a.md", true],
  ["content/*/**", "content/a.md", false],
  ["content/**/*.md", "content/a.md", true],
  ["content/**/*.md", "content/x/y/a.md", true],
  ["content/**.md", "content/x/a.md", false],
  ["content/*.md", "content/x/a.md", false],
  ["*.{md,mdx}", "x/a.mdx", true],
  ["{a,b{c,d}}/x", "bd/x", true],
  ["{a,b{c,d}}/x", "b/x", false],
  ["{a}.md", "{a}.md", true],
  ["{a,b.md", "{a,b.md", true],
  ["20{0..9}/", "208/a.md", true],
  ["[a-c].md", "b.md", true],
  ["[!a-c].md", "b.md", false],
  ["[!a-c].md", "d.md", true],
  ["app/[slug]/a.md", "app/[slug]/a.md", true],
  ["[slug].md", "s.md", true],
  ["[a.md", "[a.md", true],
  ["a?c", "abc", true],
  ["a?c", "a/c", false],
  ["\\*.md", "a.md", false],
  ["\\*.md", "*.md", true],
  ["/a", "x/a", false],
  ["./a", "a/b", true],
  ["a/", "x/a/b", true],
  ["a//b", "a/b", true],
  ["{a/**,b/*}/*.md", "a/c/d.md", true],
  ["{a/**,b/*}/*.md", "b/d.md", false],
  ["{,a/}b.md", "a/b.md", true],
  ["{a}{b,c}", "{a}c", true],
  ["{a..{b,c}}", "a", false],
  ["x{a,{b,c}y", "x{a,cy", true],
  ["a*/**", "ab", false],
  ["[slug]-*/a.md", "[slug]-x/a.md", true],
  ["x/**/**/y/**/**", "x/y", true],
  ["**/**", "a/b", true],
  ["*", ".hidden", true],
])("%s and %s: %s", (pattern, path, expected) => {
  expect(matches(pattern, path)).toBe(expected);
});

test.each([
  ["", /names no file/],
  ["/", /names no file/],
  ["..", /names no file/],
  ["../a", /leads out/],
  ["!a.md", /can’t begin with “!”/],
  ["x/!(a).md", /parentheses/],
  ["+([a-z]|[a-y])b", /parentheses/],
  ["@(a|b).md", /parentheses/],
  ["[z-a].md", /backwards/],
  ["[{,a}-${a..c}", /backwards/],
  ["{10..20}", /one letter or digit/],
  ["{a,b}".repeat(20), /more than 20,000 characters/],
])("%j is not a pattern: %s", (pattern, problem) => {
  expect(problemOf(compileGlob(pattern))).toMatch(problem);
  expect(matches(pattern, "a.md")).toBe(false);
});

test.each([
  ["docs/**/*.md", "docs", "/**/*.md"],
  ["*.md", "", "/*.md"],
  ["/*.md", "/", "/*.md"],
  ["./a/../b/?.md", "./a/../b", "/?.md"],
  ["../{a,b}/c", "..", "/{a,b}/c"],
  ["{a/b,c}/d", "", "/{a/b,c}/d"],
  ["/srv/my\\*/*.md", "/srv/my*", "/*.md"],
])("on a command line, %s is searched for in %j by %s", (given, folder, pattern) => {
  expect(splitAtWildcard(given)).toEqual({ folder, pattern });
});

test.each(["", ".", "a/b.md", "../a", "a\\{b,c}", "app/(x)/a.md"])(
  "%j has no wildcard",
  (given) => {
    expect(splitAtWildcard(given)).toBeUndefined();
  },
);

test("a pattern of 60,000 characters is refused", () => {
  expect(problemOf(compileGlob("a".repeat(60_000)))).toMatch(/longer than 2,000/);
  expect(problemOf(compileGlob("/".repeat(20_000) + "a"))).toMatch(/longer than 2,000/);
});

const piece = fc.constantFrom(
  ..."ab/.-*?{}[](),!+@|^$\\~\n".split(""),
  ..."** **/ /** *a ?b {a,b} [a-b] [!a] {a..b} +( @( !( (a+)+ a* ../ ./ é 😀".split(" "),
);
/** Patterns that make a backtracking matcher try every combination. */
const hostile = fc.oneof(
  fc
    .tuple(piece, fc.integer({ min: 1, max: 700 }), piece)
    .map(([one, times, last]) => one.repeat(times) + last),
  fc.array(piece, { maxLength: 60 }).map((pieces) => pieces.join("")),
  fc.string({ unit: "binary", maxLength: 80 }),
  fc.constantFrom("(a+)+b", "*a".repeat(14), "+([a-z]|[a-y])b", "/".repeat(20_000)),
);
const path = fc.oneof(
  fc
    .tuple(
      fc.constantFrom("a", "/", "ab", "a/", ".", "aé"),
      fc.integer({ min: 1, max: 300 }),
      fc.constantFrom("", "!", "b"),
    )
    .map(([one, times, last]) => one.repeat(times) + last),
  fc.string({ unit: "binary", maxLength: 80 }),
);

describe("laws", () => {
  test("no pattern throws, nor takes long", () => {
    fc.assert(
      fc.property(hostile, path, (pattern, name) => {
        const compiled = compileGlob(pattern);
        if (!("ok" in compiled)) {
          expect(problemOf(compiled)).toMatch(/^It [a-z].*\.$/);
          return;
        }
        const size = compiled.ok.reduce((sum, glob) => sum + glob.size + 1, 0);
        expect(size).toBeLessThanOrEqual(MOST_PATTERN_UNITS + compiled.ok.length);
        // Going back would take minutes.
        expect(processorTime(() => matches(pattern, name))).toBeLessThan(500);
      }),
      runs(1000),
    );
  });

  const name = fc.string({
    unit: fc.constantFrom("a", "b", "c", ".", "-"),
    minLength: 1,
    maxLength: 2,
  });
  const part = fc.oneof(
    { weight: 3, arbitrary: name },
    { weight: 1, arbitrary: fc.constantFrom("*", "**", "*.a", "a*", "?", "a?b", "*a*b", "**a") },
    {
      weight: 1,
      arbitrary: fc.constantFrom("[a-b]", "[^a]", "[ab]c", "{a,b}", "{a,b*}.c", "{a,{b,c}}", "\\*"),
    },
  );
  const ordinary = fc
    .tuple(fc.constantFrom("", "/", "./"), fc.array(part, { minLength: 1, maxLength: 4 }))
    .map(([start, parts]) => start + parts.join("/"));
  const usual = fc.array(name, { minLength: 1, maxLength: 4 }).map((parts) => parts.join("/"));
  const isDotted = (text: string): boolean =>
    text.split("/").some((one) => one === "." || one === "..");

  test("an ordinary pattern matches the same as in picomatch", () => {
    let named = 0;
    fc.assert(
      fc.property(ordinary, usual, (pattern, one) => {
        const compiled = compileGlob(pattern);
        fc.pre("ok" in compiled && !isDotted(one) && !isDotted(pattern.replace(/^\.\//, "")));
        const plain = pattern.replace(/^\.?\/+/, "");
        const wanted = pattern.includes("/") ? plain : `**/${plain}`;
        const theirs = picomatch([wanted, `${wanted}/**`], { dot: true, noextglob: true })(one);
        if (theirs) named++;
        expect(matches(pattern, one)).toBe(theirs);
      }),
      runs(10_000),
    );
    expect(named).toBeGreaterThan(200);
  });

  test("of many lists, those that match a path alone are found", () => {
    const lists = fc.array(fc.array(ordinary, { maxLength: 3 }), { maxLength: 8 });
    let named = 0;
    fc.assert(
      fc.property(lists, usual, (all, one) => {
        const wanted = [...all.keys()].filter((list) => globMatcher(all[list] ?? [])(one));
        named += wanted.length;
        expect(globIndex(all)(one)).toEqual(wanted);
      }),
      runs(1000),
    );
    expect(named).toBeGreaterThan(100);
  });
});

test("patterns with wildcards apply up to a limit, the first above it is reported, and no later one applies", () => {
  for (let length = 1; length <= 70; length++) {
    const budget = newPatternBudget();
    const pattern = `*${"a".repeat(length - 1)}`;
    const fitting = Math.floor(MOST_PATTERN_UNITS / length);
    if (!("ok" in compileGlob(pattern))) continue;
    let taken = 0;
    while (taken < fitting && takePattern(budget, pattern) === "counts") taken++;
    expect(taken).toBe(fitting);
    const rest = "*".repeat(length);
    expect(problemOf(takePattern(budget, `${rest}a`))).toContain("20,000");
    expect(takePattern(budget, "*a")).toEqual({ problem: undefined });
    expect(takePattern(budget, "a".repeat(1000))).toBe("counts");
    expect(takePattern(budget, "a/".repeat(500) + "**")).toBe("counts");
    expect(problemOf(takePattern(budget, "!a"))).toContain("“!”");
  }
});
