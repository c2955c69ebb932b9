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
  [" <b></b>", false, false, true],
  [" <span style='color: red'> </span> ", false, false, true],
  [' <em><a href="x" title="y"></a></em>', false, false, true],
  ["<SPAN>&nbsp;</SPAN>", false, false, true],
  // An icon, something a script fills in or a style draws, and a tag around words.
  [' <i class="fa-map"></i>', true, true, false],
  [' <span id="count"></span>', true, true, false],
  [' <span style="background: red"></span>', true, true, false],
  [" <a href={page}></a>", true, true, false],
  [" <b></i>", true, true, false],
  ["</b> <i></i>", true, true, false],
  [" <img></img>", true, true, false],
  [" {{ a }} ", true, true, false],
])("“%s”", (source, words, component, spacing) => {
  expect(mayStandForWords(source)).toBe(words);
  expect(holdsComponent(source)).toBe(component);
  expect(isOnlySpacing(source)).toBe(spacing);
});
