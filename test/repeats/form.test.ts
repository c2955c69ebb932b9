import { expect, test } from "vitest";
import { areOfForm } from "../../server/src/repeats/form.ts";
import { draftOf } from "../support/rules.ts";

test.each<[string, [string, string][], boolean]>([
  ["a rewording", [["ferry", "boat"]], false],
  [
    "two rewordings",
    [
      ["ferry", "boat"],
      ["old", "new"],
    ],
    false,
  ],
  [
    "words that only one has",
    [
      ["", "bridge"],
      ["tunnel", ""],
    ],
    false,
  ],
  [
    "the same words again",
    [
      ["ferry", "boat"],
      ["Ferry", "boat"],
    ],
    true,
  ],
  ["code for code", [["`pay`", "`ask`"]], true],
  ["a word of one title", [["bridge", "lock"]], true],
  ["a word of both titles", [["The Old", "One old"]], false],
  ["a word of a file’s name", [["road", "rail"]], true],
])("%s", (_what, edits, isForm) => {
  const titles = ["# The old bridge", "# The old tunnel"] as const;
  const [here, there] = [draftOf(titles[0]), draftOf(titles[1])];
  expect(areOfForm(edits, here, there, ["by-rail", "by-river"])).toBe(isForm);
  const turned = edits.map(([one, other]): [string, string] => [other, one]);
  expect(areOfForm(turned, there, here, ["by-rail", "by-river"])).toBe(isForm);
});
