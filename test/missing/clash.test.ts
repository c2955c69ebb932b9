import { expect, test } from "vitest";
import { tokenize } from "../../server/src/language/tokens.ts";
import { clash, isAdverbial, isImpossible } from "../../server/src/missing/clash.ts";
import { trainedModel } from "../../server/src/missing/trained.ts";
import { getFacets } from "../../server/src/missing/vocabulary.ts";

/** Whether the last token of a text clashes with the one before it. */
function ends(text: string): boolean {
  const tokens = tokenize(text);
  return isImpossible(
    tokens,
    getFacets(trainedModel().vocabulary, tokens.lexicon),
    tokens.count - 1,
  );
}

test.each([
  "a the",
  "The crew of your the",
  "will can",
  "it is was",
  "has successfully has",
  "had just had",
])("rarely correct: %s", (text) => {
  expect(ends(text)).toBe(true);
});

test.each([
  "the",
  "will",
  "that the",
  "will be",
  "may have",
  "they do have",
  "may or may",
  "is, is",
  "the X the",
])("correct: %s", (text) => {
  expect(ends(text)).toBe(false);
});

test("small words clash with those of their own class", () => {
  const tokens = tokenize("a the bridge within in Oslo , from");
  const pairs = Array.from({ length: 7 }, (_, at) => clash(tokens, at, at + 1));
  expect(pairs).toEqual([true, false, false, true, false, false, false]);
  expect([clash(tokens, -1, 0), clash(tokens, 7, 8)]).toEqual([false, false]);
  expect([isAdverbial("before"), isAdverbial("of")]).toEqual([true, false]);
});
