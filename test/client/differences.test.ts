import fc from "fast-check";
import { expect, test } from "vitest";
import { differences, type Part } from "../../client/src/differences.ts";
import { runs } from "../support/property.ts";

const shown = (text: string, parts: readonly Part[]): string[] =>
  parts.map(({ start, end }) => text.slice(start, end));

function without(text: string, parts: readonly Part[]): string {
  let left = "";
  let at = 0;
  for (const { start, end } of parts) {
    left += text.slice(at, start);
    at = end;
  }
  return (left + text.slice(at)).replace(/\s+/g, "");
}

test("exactly the differences are marked on both sides", () => {
  const left = "The mayor said on Monday that the bridge is safe.";
  const right = "The mayor said that the old bridge is unsafe.";
  const found = differences(left, right);
  expect(shown(left, found.left)).toEqual(["on Monday", "safe"]);
  expect(shown(right, found.right)).toEqual(["old", "unsafe"]);
});

test("differences in spaces and line breaks don't count", () => {
  expect(differences("one two\nthree", "one  two three")).toEqual({ left: [], right: [] });
  expect(differences("", "")).toEqual({ left: [], right: [] });
});

test("unmarked text is the same on both sides, at any length", () => {
  const text = fc
    .array(fc.constantFrom("a", "b", "c", ",", "“", "é", "😀", "\n"), { maxLength: 70 })
    .map((words) => words.join(" "));
  fc.assert(
    fc.property(text, text, (left, right) => {
      const found = differences(left, right);
      expect(without(left, found.left)).toBe(without(right, found.right));
      for (const { start, end } of [...found.left, ...found.right]) {
        expect(start).toBeLessThan(end);
      }
    }),
    runs(300),
  );
});

test("texts that have nothing in common are marked entirely", () => {
  const left = "a ".repeat(3000);
  const right = "b ".repeat(3000);
  expect(differences(left, right)).toEqual({
    left: [{ start: 0, end: left.length - 1 }],
    right: [{ start: 0, end: right.length - 1 }],
  });
});
