import fc from "fast-check";
import ignore from "ignore";
import { expect, test } from "vitest";
import { ignoreRules } from "../../server/src/project/ignored.ts";
import { runs } from "../support/property.ts";

test("common patterns work as in the library", () => {
  const line = fc
    .array(fc.constantFrom("a", "b", "*", "?", "/", "!", "**/", "[ab]", ".md", "\\", " ", "#"), {
      maxLength: 8,
    })
    .map((parts) => parts.join(""));
  const name = fc.stringMatching(/^[ab]{1,3}(?:\/[ab]{1,3}){0,3}(?:\.md)?$/);
  fc.assert(
    fc.property(fc.array(line, { maxLength: 4 }), name, (lines, path) => {
      const text = lines.join("\n");
      const { rules, skippedLines } = ignoreRules(text);
      if (skippedLines.length > 0) return;
      expect(rules.test(path)).toEqual(ignore({ allowRelativePaths: true }).add(text).test(path));
    }),
    runs(100),
  );
});

test("a line that would take too long is skipped, and the others apply", () => {
  const lines = ["out", "*a".repeat(14), "b".repeat(2000), "\0".repeat(60_000), "**/a/".repeat(9)];
  const { rules, skippedLines } = ignoreRules(`${lines.join("\n")}\n# ${"c".repeat(3000)}\nlast\n`);
  expect(skippedLines).toEqual([1, 2, 3, 4]);
  expect(rules.ignores("out")).toBe(true);
  expect(rules.ignores("last")).toBe(true);
  expect(rules.ignores("a".repeat(200))).toBe(false);
  const many = ignoreRules("a\n".repeat(10_050));
  expect(many.skippedLines).toHaveLength(50);
});
