import { expect, test } from "vitest";
import {
  isOfSentences,
  sentenceAt,
  sentenceStarts,
} from "../../server/src/repeats/sentence-starts.ts";
import { getSequence } from "../../server/src/repeats/sequence.ts";
import { draftOf } from "../support/rules.ts";

test.each<[string, number[]]>([
  ["One.", [0]],
  ["One two. Three four five. Six.", [0, 2, 5]],
  ["One two", [0]],
  ["“One two,” he said. “Three.”", [0, 4]],
  ["...", [0]],
  ["```\nOne. Two.\n```", [0]],
])("%j: sentences start with the words %j", (text, expected) => {
  expect([...sentenceStarts(draftOf(text).blocks[0])]).toEqual(expected);
});

test("a place without a block starts with its first word", () => {
  expect([...sentenceStarts(undefined)]).toEqual([0]);
});

test("finds the sentence of each word", () => {
  const starts = Uint32Array.of(0, 2, 5);
  expect([0, 1, 2, 4, 5, 9].map((word) => sentenceAt(starts, word))).toEqual([0, 0, 1, 1, 2, 2]);
});

test("in a draft, words are counted over its blocks, and a sentence may start after the last one", () => {
  const sequence = getSequence(draftOf("One two. Three.\n\nFour five. Six seven."));
  const begins = Array.from({ length: 9 }, (_, word) => isOfSentences(sequence, word, 7));
  expect(begins).toEqual([true, false, true, true, false, true, false, true, true]);
  expect(isOfSentences(sequence, 2, 5)).toBe(true);
  expect(isOfSentences(sequence, 2, 6)).toBe(false);
  expect(isOfSentences(sequence, 1, 5)).toBe(false);
  expect(isOfSentences(sequence, 0, 7)).toBe(true);
});
