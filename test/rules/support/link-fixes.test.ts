import { expect, test } from "vitest";
import {
  addDefinition,
  keepText,
  showsImage,
} from "../../../server/src/rules/support/link-fixes.ts";
import { applyEdits } from "../../../server/src/text/edits.ts";
import { draftOf } from "../../support/rules.ts";
import { wording } from "../../../server/src/text/wording.ts";

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

test.each([
  ["Words.", "Words.\n\n[^1]: TK\n"],
  ["Words.\n", "Words.\n\n[^1]: TK\n"],
  ["Words.\n\n", "Words.\n\n[^1]: TK\n"],
  ["Words.\r\nMore.\r\n", "Words.\r\nMore.\r\n\r\n[^1]: TK\r\n"],
  ["Words.\rMore.\r\r", "Words.\rMore.\r\r[^1]: TK\r"],
])("a definition is added after %j", (text, expected) => {
  const fix = addDefinition(draftOf(text), "[^1]: ", "TK", wording("Add it"));
  expect(applyEdits(text, fix.edits)).toBe(expected);
  expect(fix).toMatchObject({ title: wording("Add it"), safe: false });
  // The cursor selects the placeholder.
  const [edit] = fix.edits;
  const [stop] = fix.stops ?? [];
  expect(edit?.newText.slice(stop?.start, stop?.end)).toBe("TK");
});
