import { expect, test } from "vitest";
import {
  holdsComponent,
  isOnlySpacing,
  mayStandForWords,
} from "../../../server/src/formats/support/between-words.ts";

test.each([
  // Text between two words, and whether it may replace words, contains a component, or is only spacing.
  ["", false, false, true],
  [" ", false, false, true],
  ["\n> ", false, false, true],
  [" [", false, false, true],
  [" **", false, false, false],
  ["](a.html) ", false, false, false],
  ["][label] ", true, false, false],
  ["[^1] ", true, false, false],
  [" <b>", true, true, false],
  [" {{ a }} ", true, true, false],
])("“%s”", (source, words, component, spacing) => {
  expect(mayStandForWords(source)).toBe(words);
  expect(holdsComponent(source)).toBe(component);
  expect(isOnlySpacing(source)).toBe(spacing);
});
