import fc from "fast-check";
import { expect, test } from "vitest";
import {
  below,
  choose,
  chooseOrSkip,
  escapedName,
  formatOfName,
  type PatternGroup,
  whyFolderSkipped,
} from "../../server/src/settings/select.ts";
import { globMatcher } from "../../server/src/settings/glob.ts";
import { runs } from "../support/property.ts";

function selected(path: string, group: Partial<PatternGroup> = {}): string | undefined {
  const groups = [{ folder: "/w", include: [], exclude: [], ...group }];
  const choice = choose(`/w/${path}`, "/w", { groups });
  return choice && choice.format + (choice.explicitlyIncluded ? ", asked" : "");
}

test.each([
  ["a.md", "markdown"],
  ["deep/er/a.MD", "markdown"],
  ["a.mdx", "markdown"],
  ["notes.txt", "plaintext"],
  ["page.html", undefined],
  ["photo.jpg", undefined],
  ["README", undefined],
  ["requirements.txt", undefined],
  ["requirements-dev.txt", undefined],
  ["CMakeLists.txt", undefined],
  ["robots.txt", undefined],
  ["server.log.txt", undefined],
  ["LICENSE-MIT.md", undefined],
  ["app.js.LICENSE.txt", undefined],
  ["licence.md", undefined],
  ["license-plates.md", "markdown"],
  ["CHANGELOG.md", undefined],
  ["docs/changelog.md", undefined],
  ["CHANGES-1.0-RC1.md", undefined],
  ["CHANGES.A.A.md", undefined],
  ["CHANGES.a.md", "markdown"],
  ["CHANGES-.md", "markdown"],
  ["NOTICE_A-B.txt", undefined],
  ["node_modules/x/README.md", undefined],
  ["site/vendor/x.md", undefined],
  [".git/description.md", undefined],
])("by default %s is read as %s", (path, format) => {
  expect(selected(path)).toBe(format);
});

test("a pattern limits where drafts are", () => {
  const include = ["drafts/**"];
  expect(selected("drafts/a.md", { include })).toBe("markdown");
  expect(selected("drafts/a.html", { include })).toBeUndefined();
  expect(selected("other/a.md", { include })).toBeUndefined();
  expect(selected("deep/drafts/a.md", { include: ["drafts"] })).toBe("markdown");
});

test("a pattern that names another kind of file includes it as well", () => {
  const include = ["**/*.html"];
  expect(selected("a.html", { include })).toBe("html, asked");
  expect(selected("a.md", { include })).toBe("markdown");
  expect(selected("b.adoc", { include: ["*.{adoc,rst}"] })).toBe("plaintext, asked");
  expect(selected("node_modules/a.html", { include })).toBeUndefined();
});

test("a named file is read even if it is left out by default", () => {
  expect(selected("CHANGELOG.md", { include: ["CHANGELOG.md", "**"] })).toBe("markdown, asked");
  expect(selected("vendor/a.md", { include: ["vendor/**"] })).toBe("markdown");
  expect(selected("tests/fixtures/a.md", { include: ["**/fixtures/**"] })).toBe("markdown");
  expect(selected("tests/fixtures/a.md", { include: ["tests/**"] })).toBeUndefined();
  expect(whyFolderSkipped("/w/vendor", "/w", { groups: [] })).toBe("foreign folder");
  expect(
    whyFolderSkipped("/w/vendor", "/w", {
      groups: [{ folder: "/w", include: ["vendor/**"], exclude: [] }],
    }),
  ).toBeUndefined();
});

test("exclude takes out a file, a folder, a name at any depth", () => {
  expect(selected("old/a.md", { exclude: ["old"] })).toBeUndefined();
  expect(selected("x/old/a.md", { exclude: ["old/"] })).toBeUndefined();
  expect(selected("x/old/a.md", { exclude: ["/old"] })).toBe("markdown");
  expect(selected("x/a.draft.md", { exclude: ["*.draft.md"] })).toBeUndefined();
  expect(selected("x/.hidden/a.md", { exclude: ["x/**"] })).toBeUndefined();
  const groups = [{ folder: "/w", include: [], exclude: ["x/**"] }];
  expect(chooseOrSkip("/w/x/a.md", "/w", { groups })).toBe("excluded");
  expect(chooseOrSkip("/v/x/a.md", "/v", { groups })).not.toBe("excluded");
  expect(whyFolderSkipped("/w/x", "/w", { groups })).toBe("excluded");
});

test("every group must allow a file", () => {
  const groups = [
    { folder: "/w", include: [], exclude: ["a.md"] },
    { folder: "/w/sub", include: ["in/**"], exclude: [] },
  ];
  expect(choose("/w/sub/in/a.md", "/w", { groups })).toBeUndefined();
  expect(choose("/w/sub/in/b.md", "/w", { groups })?.format).toBe("markdown");
  expect(choose("/w/sub/b.md", "/w", { groups })).toBeUndefined();
});

test("paths may be URIs", () => {
  const groups = [{ folder: "file:///w", include: ["*.html"], exclude: [] }];
  expect(choose("file:///w/x.html", "file:///w", { groups })?.format).toBe("html");
});

test("a name tells its format", () => {
  expect(formatOfName("a.markdown")).toBe("markdown");
  expect(formatOfName(".md")).toBeUndefined();
});

// An expression that can read a character in two ways would practically never end.
test("repetition in a name doesn't slow down the decision", () => {
  const piece = fc.constantFrom(
    ..."CHANGES. CHANGES LICENSE- requirements -requirements .log _log A .A -A _A. . - _ 1 a é".split(
      " ",
    ),
  );
  const name = fc
    .tuple(piece, piece, piece, fc.integer({ min: 0, max: 5_000 }), fc.constantFrom("", "!", "\n"))
    .map(([first, second, third, times, last]) => first + (second + third).repeat(times) + last);
  fc.assert(
    fc.property(name, fc.constantFrom("md", "txt"), (stem, extension) => {
      const format = selected(`${stem}.${extension}`);
      expect([undefined, extension === "md" ? "markdown" : "plaintext"]).toContain(format);
    }),
    runs(300),
  );
  expect(selected(`CHANGES${".A".repeat(30)}!.md`)).toBe("markdown");
});

test("a bare parenthesis is literal, and an invalid pattern excludes nothing", () => {
  expect(selected("app/(marketing)/a.md", { exclude: ["app/(marketing)/**"] })).toBeUndefined();
  expect(selected("vendor/(a)/a.md", { include: ["vendor/(a)/**"] })).toBe("markdown");
  const groups = [{ folder: "/w", include: [], exclude: ["(a)"] }];
  expect(whyFolderSkipped("/w/(a)", "/w", { groups })).toBe("excluded");
  for (const pattern of [
    "(a+)+b",
    "*a".repeat(14),
    "+([a-z]|[a-y])b",
    "a".repeat(60_000),
    "/".repeat(20_000),
  ]) {
    expect(selected(`${"a".repeat(200)}.md`, { exclude: [pattern] })).toBe("markdown");
  }
});

test("an escaped name is a pattern that matches only itself", () => {
  for (const name of ["a", "a*b", "[a]", "{a,b}", "a?", "!(a)", "a\\b", "@(a|b)+"]) {
    const matches = globMatcher([escapedName(name)]);
    expect(matches(name), name).toBe(true);
    expect(matches(`${name}x`), name).toBe(false);
  }
});

test("a name that is not a URI has no escapes", () => {
  expect(below("file:///w/50%25.md", "file:///w")).toBe("50%.md");
  expect(below("w/50%25.md", "w")).toBe("50%25.md");
  expect(below("v/a.md", "w")).toBeUndefined();
});
