import { describe, expect, test } from "vitest";
import {
  endsSentence,
  splitSentences,
  startsSentence,
} from "../../server/src/language/sentences.ts";
import { tokenize } from "../../server/src/language/tokens.ts";

const sentences = (text: string): string[] =>
  splitSentences(tokenize(text)).map(({ start, end }) => text.slice(start, end));

describe("sentences", () => {
  test.each([
    ["Dr. Lee met Mr. J. Ames. They spoke."],
    ["He moved to the U.S. The rest stayed."],
    ["“Is it over?” she asked. “No.” He left."],
    ["It was late (very late.) We slept."],
    ["They left at 5 p.m. Rain fell."],
    ["And so on … and on. Then it stopped."],
    ["Apples, pears, etc. are fruit. Ames Co. Ltd. sells them."],
  ])("%s", (text) => {
    const expected: Record<string, string[]> = {
      "Dr. Lee met Mr. J. Ames. They spoke.": ["Dr. Lee met Mr. J. Ames.", "They spoke."],
      "He moved to the U.S. The rest stayed.": ["He moved to the U.S.", "The rest stayed."],
      "“Is it over?” she asked. “No.” He left.": ["“Is it over?” she asked.", "“No.”", "He left."],
      "It was late (very late.) We slept.": ["It was late (very late.)", "We slept."],
      "They left at 5 p.m. Rain fell.": ["They left at 5 p.m.", "Rain fell."],
      "And so on … and on. Then it stopped.": ["And so on … and on.", "Then it stopped."],
      "Apples, pears, etc. are fruit. Ames Co. Ltd. sells them.": [
        "Apples, pears, etc. are fruit.",
        "Ames Co. Ltd. sells them.",
      ],
    };
    expect(sentences(text)).toEqual(expected[text]);
  });

  test.each([
    ["He said “yes.”", true],
    ["as [he wrote.](https://a.org/b)", true],
    ["It ended.[^1]", true],
    ["**Was it?**", true],
    ["It was written by Dr.", false],
    ["It was written by J.", false],
    ["the following,", false],
    ["", false],
  ])("endsSentence(%j)", (line, expected) => {
    expect(endsSentence(line)).toBe(expected);
  });

  test.each([
    ["“The end”", true],
    ["**Then**", true],
    ["2019 was", true],
    ["then it", false],
    ["— and", false],
    ["", false],
  ])("startsSentence(%j)", (line, expected) => {
    expect(startsSentence(line)).toBe(expected);
  });
});
