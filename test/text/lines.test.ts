import fc from "fast-check";
import { expect, test } from "vitest";
import {
  hasMoreLines,
  lineIndex,
  offsetAt,
  positionAt,
  updatedLines,
  wholeLines,
} from "../../server/src/text/lines.ts";
import { runs } from "../support/property.ts";

const text = fc.string({
  unit: fc.constantFrom("a", " ", "\r", "\n", "\r\n", "😀"),
  maxLength: 40,
});

test("an edited index equals one made afresh", () => {
  fc.assert(
    fc.property(text, text, fc.nat(60), fc.nat(60), (before, newText, a, b) => {
      const start = Math.min(a, b, before.length);
      const end = Math.min(Math.max(a, b), before.length);
      const after = before.slice(0, start) + newText + before.slice(end);
      const updated = updatedLines(lineIndex(before), after, { start, end, newText });
      expect(updated).toEqual(lineIndex(after));
    }),
    runs(2000),
  );
});

test("a text has more lines than a number exactly if its line count says so", () => {
  fc.assert(
    fc.property(text, fc.nat(40), (value, most) => {
      expect(hasMoreLines(value, most)).toBe(lineIndex(value).length > most);
    }),
    runs(500),
  );
});

test("a position leads back to its offset", () => {
  fc.assert(
    fc.property(text, fc.nat(60), (value, at) => {
      const index = lineIndex(value);
      const offset = Math.min(at, value.length);
      const back = offsetAt(index, value, positionAt(index, offset));
      // An offset inside a line break becomes the end of its line.
      expect(value.slice(back, offset)).toMatch(/^\r?\n?$/);
    }),
    runs(100),
  );
});

test("lines end at \\n, \\r\\n and \\r", () => {
  expect(lineIndex("a\nb\r\nc\rd")).toEqual([0, 2, 5, 7]);
  expect(positionAt(lineIndex("a\nb\r\nc\rd"), 5)).toEqual({ line: 2, character: 0 });
  expect(offsetAt(lineIndex("ab\ncd"), "ab\ncd", { line: 0, character: 99 })).toBe(2);
  expect(offsetAt(lineIndex("ab\ncd"), "ab\ncd", { line: 9, character: 0 })).toBe(5);
});

test.each([
  ["A\n\nX\n\nB\n", "A\n\nB\n"],
  ["X\n\nB\n", "B\n"],
  ["A\nX\n\nB\n", "A\n\nB\n"],
  ["A\r\n X \r\n \r\nB\r\n", "A\r\n \r\nB\r\n"],
  ["A\nX\nB\n", "A\n\nB\n"],
  ["A\n \nX\nB\n", "A\n \nB\n"],
  ["A\nX\n", "A\n"],
  ["A\nX", "A\n"],
  ["A X\n\nB\n", "A \n\nB\n"],
])("in %j without the line of X, the lines on either side stay separate", (before, after) => {
  const at = before.indexOf("X");
  const { start, end } = wholeLines(before, { start: at, end: at + 1 });
  expect(before.slice(0, start) + before.slice(end)).toBe(after);
});
