import { expect, test } from "vitest";
import { includesOthers } from "../../../server/src/rules/support/includes.ts";
import { keepText, showsImage } from "../../../server/src/rules/support/link-fixes.ts";
import { applyEdits } from "../../../server/src/text/edits.ts";
import { draftOf } from "../../support/rules.ts";

test.each([
  ["![a](b)", true],
  ["![a][b]", true],
  ["![](b)", true],
  ["words ![a](b)", false],
  ["![a](b) words", false],
  ["![a]\n(b)", false],
  ["", false],
])("“%s” is an image: %s", (text, expected) => {
  expect(showsImage(text)).toBe(expected);
});

test("a link is replaced by its text", () => {
  const { edits, safe } = keepText({ start: 4, end: 12 }, "map");
  expect(applyEdits("See [map](a), now", edits)).toBe("See map, now");
  expect(safe).toBe(false);
});

test("a draft includes others by any of its blocks", () => {
  expect(includesOthers(draftOf("a\n\n{% include 'b.md' %}\n\nc"))).toBe(true);
  expect(includesOthers(draftOf("a\n\nb"))).toBe(false);
  expect(includesOthers(draftOf(""))).toBe(false);
});
