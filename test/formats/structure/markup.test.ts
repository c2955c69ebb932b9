import { expect, test } from "vitest";
import { COMMON_MARKUP, isOnlyCaption } from "../../../server/src/formats/structure/markup.ts";
import { bareBlock } from "../../../server/src/formats/support/blocks.ts";
import { draftOf } from "../../support/rules.ts";

const MARKUP = COMMON_MARKUP;

test.each([
  ["„Ja“ “no” „a” «oui» »doch«", "„“ “” „” «» »«"],
  ["‘it’s (so)’ ’90s", "‘()’"],
  ['"a (b)" [c] 5" d) ”', '"() " []'],
])("in %s the pairs are %s", (text, expected) => {
  const draft = draftOf(text, "plaintext");
  const halves = MARKUP.pairs(draft).map(({ start, end }) => draft.text.slice(start, end));
  expect(halves.join("")).toBe(expected.replaceAll(" ", ""));
});

test("pairs are the quotation marks and brackets of prose, by their offsets in the draft", () => {
  const draft = draftOf("An (old) bridge.\n\nShe said “yes” and (left.\n\n`(code)`\n", "plaintext");
  expect(
    MARKUP.pairs(draft).map(({ start, end, role }) => [draft.text.slice(start, end), start, role]),
  ).toEqual([
    ["(", 3, "opens"],
    [")", 7, "closes"],
    ["“", 27, "opens"],
    ["”", 31, "closes"],
    ["(", 46, "opens"],
    [")", 51, "closes"],
  ]);
});

test.each([
  [bareBlock("break", "> "), true],
  [bareBlock("break", "---"), false],
  [bareBlock("directive", "<div>"), true],
  [bareBlock("directive", "{% if a %}"), true],
  [bareBlock("directive", ":::note"), false],
  [bareBlock("code", "<div>"), false],
])("paired markup: %j", (block, expected) => {
  expect(MARKUP.isPairedMarkup(block)).toBe(expected);
});

test.each([
  ["one", "one"],
  ["one\ntwo", "one two"],
  ["one  \r\n> > two", "one two"],
  ["one\n\n   two ", "one two "],
  ["", ""],
])("%j on one line", (source, line) => {
  expect(MARKUP.toOneLine(source)).toBe(line);
});

test("words in an empty item go after a space", () => {
  expect(MARKUP.emptyPlace(bareBlock("empty-item", "-"))).toEqual({ at: 1, gap: " " });
  expect(MARKUP.emptyPlace(bareBlock("empty-item", "- "))).toEqual({ at: 2, gap: "" });
});

test.each([
  ["<summary>More</summary>", true],
  [" <figcaption class='a'>The <b>bridge</b></figcaption >\n", true],
  ["<H2>Title</h2>", true],
  ["<th>a</th>", true],
  ["", false],
  ["More", false],
  ["<p>More</p>", false],
  ["<summary>More", false],
  ["<summary>More</summary> and more", false],
  ["<summary>More</summary><p>", false],
  ["<summaryx>More</summaryx>", false],
  ["a <summary>More</summary>", false],
])("%j is a caption and nothing else: %s", (source, expected) => {
  expect(isOnlyCaption(source)).toBe(expected);
});
