import { expect, test } from "vitest";
import { wordSet } from "../../server/src/text/word-set.ts";

test("words are separated by one space", () => {
  expect(wordSet("the a the an")).toEqual(new Set(["the", "a", "an"]));
});
