import { expect, test } from "vitest";
import { isTooLarge, LARGEST_DRAFT } from "../../server/src/draft/largest.ts";
import { lineIndex } from "../../server/src/text/lines.ts";

const { units, lines } = LARGEST_DRAFT;

test.each([
  ["no text", "", false],
  ["as many units as there may be", "a".repeat(units), false],
  ["one unit more", "a".repeat(units + 1), true],
  ["as many lines as there may be", "\n".repeat(lines - 1), false],
  ["one line more", "\n".repeat(lines), true],
  ["as many lines, with line breaks of two units", "\r\n".repeat(lines - 1), false],
  ["one line more, with line breaks of two units", "\r\n".repeat(lines), true],
])("%s, whether or not its lines are counted", (_what, text, expected) => {
  expect(isTooLarge(text)).toBe(expected);
  expect(isTooLarge(text, lineIndex(text))).toBe(expected);
});
