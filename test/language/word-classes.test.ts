import { expect, test } from "vitest";
import { isAnyOf, WordClass, wordClasses } from "../../server/src/language/word-classes.ts";

test("each class has its own bit", () => {
  const bits = Object.values(WordClass);
  for (const bit of bits) expect(bit & (bit - 1)).toBe(0);
  expect(new Set(bits).size).toBe(bits.length);
});

test.each([
  ["the", WordClass.determiner],
  ["my", WordClass.possessive | WordClass.determiner],
  ["her", WordClass.possessive | WordClass.determiner | WordClass.pronoun],
  ["he", WordClass.subjectPronoun | WordClass.pronoun],
  ["nor", WordClass.coordinator | WordClass.negation],
  ["can't", WordClass.modal | WordClass.auxiliary],
  ["told", WordClass.saying],
  ["may", WordClass.modal | WordClass.auxiliary | WordClass.month],
  ["bridge", 0],
  ["", 0],
])("“%s” has all of its classes", (word, classes) => {
  expect(wordClasses(word)).toBe(classes);
});

test("a word is in any of some classes if it is in one of them", () => {
  expect(isAnyOf("until", WordClass.preposition | WordClass.month)).toBe(true);
  expect(isAnyOf("until", WordClass.weekday | WordClass.month)).toBe(false);
  expect(isAnyOf("constructor", -1)).toBe(false);
});
