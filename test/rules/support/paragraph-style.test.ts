import { describe, expect, test } from "vitest";
import {
  endsSentence,
  LONG_PARAGRAPH,
  toParagraph,
  getStyle,
  type Paragraph,
} from "../../../server/src/rules/support/paragraph-style.ts";
import { draftOf } from "../../support/rules.ts";

const WORDS = "The mayor opened the old bridge over the river";

function of(text: string): Paragraph | undefined {
  const [block] = draftOf(text).blocks;
  return block && toParagraph(block);
}

describe("a paragraph", () => {
  test.each<[string, Partial<Paragraph>]>([
    [`${WORDS}.`, { words: 9, isEnded: true, startsSmall: false }],
    [WORDS, { isEnded: false }],
    [`“${WORDS}.”`, { isEnded: true }],
    [`(${WORDS})`, { isEnded: false }],
    [`${WORDS.toLowerCase()}.`, { startsSmall: true }],
    [`${WORDS} `.repeat(9), { words: LONG_PARAGRAPH }],
  ])("%s", (text, expected) => {
    expect(of(text)).toMatchObject(expected);
  });

  test.each([
    "",
    "The mayor opened the old bridge.",
    `# ${WORDS}`,
    `- ${WORDS}.`,
    `> ${WORDS}.`,
    `[${WORDS}](a.html)`,
    "Der Bürgermeister öffnete die alte Brücke über den Fluss am Montag.",
  ])("is none: %s", (text) => {
    expect(of(text)).toBeUndefined();
  });
});

describe("the style of a draft", () => {
  const ended = `${WORDS}.`;
  const style = (...paragraphs: string[]) => getStyle(draftOf(paragraphs.join("\n\n")));

  test.each<[string, string[], boolean, boolean]>([
    ["nothing", [], false, true],
    ["two paragraphs are too few to tell", [ended, ended], false, true],
    ["all end", [ended, ended, ended], true, true],
    ["all but one end", [ended, ended, WORDS], true, true],
    ["two of four end", [ended, ended, WORDS, WORDS], false, true],
    ["none ends", [WORDS, WORDS, WORDS], false, true],
    ["one begins small", [ended, ended, ended.toLowerCase()], true, true],
    ["two begin small", [ended, ended.toLowerCase(), ended.toLowerCase()], true, false],
  ])("%s", (_what, paragraphs, ends, starts) => {
    expect(style(...paragraphs)).toEqual({ ends, starts });
  });
});

test.each([
  ["It is so.", true],
  ["Is it so?”) ", true],
  ["It is so", false],
  ["It is so:", false],
  ["", false],
])("“%s” ends a sentence: %s", (text, expected) => {
  expect(endsSentence(text)).toBe(expected);
});
