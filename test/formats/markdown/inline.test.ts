import { describe, expect, test } from "vitest";
import { MASK, sourceSpan } from "../../../server/src/draft/prose.ts";
import { readInline, type InlineText } from "../../../server/src/formats/markdown/inline.ts";
import { markdownParser } from "../../../server/src/formats/markdown/syntax.ts";

/** The first paragraph of a text. */
function read(text: string): InlineText & { readonly source: string } {
  const cursor = markdownParser.parse(text).cursor();
  while (cursor.name !== "Paragraph") if (!cursor.next()) throw new Error(`No paragraph: ${text}`);
  return { ...readInline(cursor, text), source: text.slice(cursor.from, cursor.to) };
}

describe("the words of a paragraph", () => {
  test.each([
    ["a", "a"],
    ["a *b* **c** ~~d~~ e", "a b c d e"],
    ["a \\* b", "a * b"],
    ["a &amp; b&nbsp;c", "a & b\u00A0c"],
    ["a `b` c", "a ▢ c"],
    ["a [b](c) d", "a b d"],
    ["a [*b*][c] d", "a b d"],
    ["a [sic] b", "a [sic] b"],
    ["a ![b](c) d", "a ▢ d"],
    ["a <https://b.org> c", "a ▢ c"],
    ["a https://b.org c", "a ▢ c"],
    ["“a https://b.org”", "“a ▢”"],
    ["a[^1] b", "a b"],
    ["a [^1].", "a."],
    ["a [b ](c), d", "a b, d"],
    ["see [](#c) d", "see ▢ d"],
    ["a {{ b }} c", "a ▢ c"],
    ["a {% if b %} c", "a  c"],
    ["a{: .b } c", "a c"],
    ["a :sparkles: :material-plus: b", "a \u2728 ▢ b"],
    ["a<br>b", "a\nb"],
    ["a  \n  b", "a\nb"],
    ["a \n  b", "a\nb"],
    ["> a\n> b", "a\nb"],
    ["a <b>c</b> d", "a c d"],
    ["a <code>b *c*</code> d", "a ▢ d"],
    ["a <code>b", "a ▢b"],
    ["a <Badge/> b", "a ▢ b"],
    ["a <Vec> b", "a ▢ b"],
    ["a <Vec>b</Vec> c", "a b c"],
    ["a <span/> <a id='b'/> c", "a   c"],
    ["a <!-- b --> c", "a  c"],
    ["a <!-- md:version 9 --> c", "a ▢ c"],
    ["a $x^2$ b", "a ▢ b"],
    ["a &amp; ", "a &"],
  ])("%j", (text, words) => {
    const { prose, source } = read(text);
    expect(prose.text.replaceAll(MASK, "▢")).toBe(words);
    // Each word maps to its place.
    for (const { 0: word, index } of prose.text.matchAll(/\w+/g)) {
      const span = sourceSpan(prose, { start: index, end: index + word.length });
      expect(source.slice(span.start, span.end)).toBe(word);
    }
  });
});

test.each<[string, unknown[]]>([
  ["*a*", [{ kind: "emphasis", start: 0, end: 3 }]],
  ["[a](b)", [{ kind: "link", start: 0, end: 6, text: { start: 1, end: 2 }, target: "b" }]],
  ["[a](<b c>)", [{ kind: "link", target: "b c" }]],
  ["[a]()", [{ kind: "link", target: "" }]],
  ["[a][B]", [{ kind: "reference", text: { start: 1, end: 2 }, label: "B" }]],
  ["[a][]", [{ kind: "reference", label: "a" }]],
  ["[a]", [{ kind: "reference", label: "a" }]],
  ["![a](b)", [{ kind: "image", text: { start: 2, end: 3 }, target: "b" }]],
  ["![a][b]", [{ kind: "reference", label: "b" }]],
  ["<https://a.org>", [{ kind: "link", target: "https://a.org" }]],
  ["``a`b``", [{ kind: "code", start: 0, end: 7, text: { start: 2, end: 5 } }]],
  ["a[^1]", [{ kind: "footnote", start: 1, end: 5, label: "1" }]],
  ["a {#b}", [{ kind: "anchor", label: "b" }]],
  ["a <!-- b -->", [{ kind: "comment", label: "b" }]],
  ["a <a href='b'>c</a>", [{ kind: "link", target: "b" }]],
  ["a <a name='b'></a>", [{ kind: "anchor", label: "b" }]],
  ["a <img src='b'>", [{ kind: "image", target: "b" }]],
  ["a <code>*b*</code>", [{ kind: "code", start: 2, end: 18 }]],
  // An outer mark comes before those within it.
  ["[*a*](b)", [{ kind: "link" }, { kind: "emphasis" }]],
])("%s: its marks", (text, expected) => {
  const { marks } = read(text);
  expect(marks).toHaveLength(expected.length);
  expect(marks).toMatchObject(expected);
});

test("offsets count from the start of the node", () => {
  const { prose, marks } = read("# T\n\na *b*");
  expect(marks).toEqual([{ kind: "emphasis", start: 2, end: 5 }]);
  expect(sourceSpan(prose, { start: 2, end: 3 })).toEqual({ start: 3, end: 4 });
});
