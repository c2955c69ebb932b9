import { describe, expect, test } from "vitest";
import {
  directiveEndsParagraph,
  isDirective,
  isOfGrid,
  opensGrid,
} from "../../../server/src/formats/markdown/directives.ts";
import { draftOf } from "../../support/rules.ts";

const DIRECTIVES = [
  ":::note",
  ":::",
  "{: .class }",
  "{#id}",
  "{{< figure >}}",
  "{% if a %} {{ b }}",
  'import a from "b"',
  'import "b";',
  "!!! note",
  '??? "Details"',
  '=== "Tab"',
  "## [One](#tab/one)",
  "(label)=",
  "% a comment",
  "*[HTML]: a language",
  "+++",
  '--8<-- "a.md"',
  "/// note",
  "<<< @/a.js",
  "\\newpage",
  "[TOC]",
  "[[_toc_]]",
  "[!INCLUDE [a](b.md)]",
  "[!VIDEO https://a.org/b]",
];

test.each(DIRECTIVES)("%s is a directive", (line) => {
  expect(isDirective(line)).toBe(true);
});

test.each([
  "",
  "words",
  "{ (a) }",
  "{{ a }} words",
  "import a of b",
  "!important",
  "===",
  "## [One](two)",
  "(label)",
  "%a",
  "*[HTML]: words*",
  "++++",
  "-- 8 --",
  "//",
  "<<<",
  "\\a b",
  "[!NOTE]",
])("“%s” is not a directive", (line) => {
  expect(isDirective(line)).toBe(false);
});

test("directives followed by words may be in a wrapped paragraph", () => {
  expect(DIRECTIVES.filter((line) => !directiveEndsParagraph(line))).toEqual([
    "% a comment",
    "/// note",
  ]);
  expect(directiveEndsParagraph("+++ words")).toBe(false);
  expect(directiveEndsParagraph("+++ {a}")).toBe(true);
  expect(directiveEndsParagraph("words")).toBe(false);
});

test("a grid table has a line at its top, and rows", () => {
  const tops = ["+--+", "+==+:-:+ "];
  expect([...tops, "+--", "+-+", "|--|", ""].filter(opensGrid)).toEqual(tops);
  const rows = ["| a |", " +--+", "> | a"];
  expect([...rows, "a |", ""].filter(isOfGrid)).toEqual(rows);
});

describe("the extent of a directive", () => {
  test.each([
    [":::{figure} a.png\n:name: b\n:alt: c\nwords", ":::{figure} a.png\n:name: b\n:alt: c"],
    [":::note\n:name: b", ":::note"],
    ["{{< tabs >}}\n[a](b) [c](d)\nwords", "{{< tabs >}}\n[a](b) [c](d)"],
    ["{{< figure >}}\n[a](b)", "{{< figure >}}"],
  ])("%j", (text, source) => {
    expect(draftOf(text).blocks[0]).toMatchObject({ kind: "directive", source });
  });
});
