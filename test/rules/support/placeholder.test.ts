import { expect, test } from "vitest";
import { markLoss, placeholderFix } from "../../../server/src/rules/support/placeholder.ts";
import { applyEdits } from "../../../server/src/text/edits.ts";
import { say } from "../../../server/src/text/wording.ts";

test.each<[marked: string, before: string, after: string, expected: string]>([
  ["|", "", "", "TK"],
  ["a |b", "", "", "a TKb"],
  ["a| b", " ", "", "a TK b"],
  ["a | b", " ", " ", "a TK b"],
  // Spaces that would be stray before a mark or a line's end are removed.
  ["a| .", " ", "", "a TK."],
  ["a| \t\nb", " ", "", "a TK\nb"],
  ["a  |", " ", "", "a TK"],
  ["a|  b", "", "", "aTK  b"],
])("%j with %j and %j around", (marked, before, after, expected) => {
  const text = marked.replace("|", "");
  const fix = placeholderFix(text, marked.indexOf("|"), "TK", before, after);
  expect(applyEdits(text, fix.edits)).toBe(expected);
  expect(fix).toMatchObject({ safe: false, title: markLoss("TK") });
  const [stop] = fix.stops ?? [];
  expect(fix.edits[0]?.newText.slice(stop?.start, stop?.end)).toBe("TK");
});

test("a long placeholder is cut in the title", () => {
  expect(say(markLoss("TK"))).toBe("Mark the loss with TK");
  expect(say(markLoss("a ".repeat(100))).length).toBeLessThan(70);
});
