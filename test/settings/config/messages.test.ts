import { describe, expect, test } from "vitest";
import { RULES } from "../../../server/src/rules/index.ts";
import {
  mistakeMessage,
  problemText,
  settingName,
  shortened,
  syntaxMessage,
} from "../../../server/src/settings/config/messages.ts";
import type { Keyword, Mistake, Path } from "../../../server/src/settings/config/problem.ts";

const SPAN = { start: 0, end: 0 };

function message(keyword: Keyword, path: Path, value?: unknown, wanted?: unknown): string {
  const mistake: Mistake = { keyword, path, value, wanted, span: SPAN, severity: "error" };
  return mistakeMessage(mistake);
}

const rule = RULES.find(({ options }) => Object.keys(options).length > 0);
if (rule === undefined) throw new Error("no rule has options");
const [option = ""] = Object.keys(rule.options);
const plain = RULES.find(({ options }) => Object.keys(options).length === 0)?.id ?? "";

describe("a mistake is told in an editor's words", () => {
  test.each<[Parameters<typeof message>, RegExp]>([
    [["unknown", ["acept"]], /^There is no setting “acept”. Did you mean “accept”\?$/],
    [
      ["unknown", ["zzzzzzzzz"]],
      /^There is no setting “zzzzzzzzz”. The settings are “.*” and “[^”]*”\.$/,
    ],
    [
      ["unknown", ["rules", `${rule.id}x`]],
      new RegExp(`^There is no rule “${rule.id}x”. Did you mean “${rule.id}”\\?$`),
    ],
    [
      ["unknown", ["rules", rule.id, "options", `${option}x`]],
      new RegExp(`Did you mean “${option}”\\?$`),
    ],
    [["unknown", ["rules", plain, "options", "a"]], /has no option “a”. It has no options\.$/],
    [
      ["unknown", ["rules", rule.id, "severty"]],
      /^A rule takes “severity” and “options”, not “severty”. Did you mean “severity”\?$/,
    ],
    [
      ["unknown", ["overrides", 0, "rulse"]],
      /^An override has no “rulse”. Did you mean “rules”\?$/,
    ],
    [["unknown", ["overrides", 0, "zzzzzzz"]], /It takes “files”, .* and /],
    [
      ["enum", ["sensitivity"], "egger", ["quiet", "eager"]],
      /^“sensitivity” can’t be “egger”. Choose one of “quiet” and “eager”. Did you mean “eager”\?$/,
    ],
    [
      ["minimum", ["rules", rule.id, "options", option], 0, 1],
      new RegExp(`^The option “${option}” of “${rule.id}” must be 1 or more\\.$`),
    ],
    [["maximum", ["rules", rule.id, "options", option], 9, 3], /must be 3 or less\.$/],
    [["minLength", ["placeholder"], ""], /^“placeholder” must not be empty\.$/],
    [["minItems", ["overrides", 0, "files"], []], /^“files” must not be empty\.$/],
    [["glob", ["include", 1], "[", "has a bracket."], /^Entry 2 of “include” has a bracket\.$/],
    [["required", ["overrides", 0], {}, ["files"]], /needs “files”\.$/],
    [["twice", ["accept"]], /^“accept” stands here and again below/],
    [["useless", ["a"], "x", "does nothing."], /^“x” does nothing\.$/],
    [["anyOf", ["rules", rule.id], 3], /takes a severity \(.*\), or an object/],
    [["type", [], 3, "object"], /^The file must be an object in braces/],
    [["type", ["accept"], 3, "array"], /^“accept” must be a list in brackets/],
    [
      ["type", ["rules", rule.id, "severity"], 3, "string"],
      new RegExp(`^The severity of “${rule.id}” must be a text in double quotes\\.$`),
    ],
  ])("%j", (given, expected) => {
    expect(message(...given)).toMatch(expected);
  });

  test("what stands in an override is called as it is at the top", () => {
    const top = message("type", ["rules", rule.id], 3, "string");
    expect(message("type", ["overrides", 3, "rules", rule.id], 3, "string")).toBe(top);
  });

  test("hostile names and values are quoted on one short line", () => {
    const hostile = `a\n\r\t${"b".repeat(5000)}`;
    for (const path of [[hostile], ["rules", hostile], ["overrides", 0, hostile]]) {
      const told = message("unknown", path);
      expect(told).not.toMatch(/[\n\r]/);
      expect(told.length).toBeLessThan(400);
    }
    expect(message("enum", ["sensitivity"], hostile, ["quiet"]).length).toBeLessThan(200);
  });
});

test("a problem says what counts for all that", () => {
  const problem = { message: "It is so.", span: SPAN } as const;
  expect(problemText({ ...problem, severity: "warning", wholeFile: false })).toBe("It is so.");
  expect(problemText({ ...problem, severity: "error", wholeFile: false })).toBe(
    "It is so. All else in this file counts.",
  );
  expect(problemText({ ...problem, severity: "error", wholeFile: true })).toMatch(
    /counts for nothing/,
  );
});

test.each<[Path, string]>([
  [[], ""],
  [["accept"], "accept"],
  [["accept", 3], "accept"],
  [["a", "b"], "a.b"],
  [["overrides", 0, "accept", 1], "accept"],
])("the setting of %j is “%s”", (path, name) => {
  expect(settingName(path)).toBe(name);
});

test("a quoted name is as it is up to sixty units, and loses no half of a pair", () => {
  for (const length of [0, 1, 59, 60])
    expect(shortened("a".repeat(length))).toBe("a".repeat(length));
  expect(shortened("a".repeat(61))).toBe(`${"a".repeat(59)}…`);
  expect(shortened(`${"a".repeat(58)}😀😀`)).toBe(`${"a".repeat(58)}…`);
  expect(shortened("a \n\t b")).toBe("a b");
  expect(shortened(" ".repeat(10_000))).toBe(" …");
});

test("each name of the parser's has a sentence, and any other has one, too", () => {
  const codes = [
    "CommaExpected",
    "ColonExpected",
    "PropertyNameExpected",
    "ValueExpected",
    "CloseBraceExpected",
    "CloseBracketExpected",
    "UnexpectedEndOfString",
    "UnexpectedEndOfComment",
    "EndOfFileExpected",
    "Other",
  ];
  const told = codes.map(syntaxMessage);
  expect(new Set(told).size).toBe(codes.length);
  for (const one of told) expect(one).toMatch(/^[A-Z].*\.$/);
});
