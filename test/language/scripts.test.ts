import fc from "fast-check";
import { expect, test } from "vitest";
import { hasUnspaced, startsSmall } from "../../server/src/language/scripts.ts";
import { runs } from "../support/property.ts";

test.each([
  ["橋は安全です", true],
  ["桥", true],
  ["สะพาน", true],
  ["ស្ពាន", true],
  ["𠀋", true],
  ["다리는 안전하다", false],
  ["मेज़", false],
  ["bridge, é, 😀", false],
  ["", false],
])("%s: a script without spaces? %s", (text, is) => {
  expect(hasUnspaced(text)).toBe(is);
});

test("a single such letter is found anywhere", () => {
  const latin = fc.string({ unit: fc.constantFrom("a", " ", "é", "😀"), maxLength: 70 });
  fc.assert(
    fc.property(latin, latin, (before, after) => {
      expect(hasUnspaced(before + after)).toBe(false);
      expect(hasUnspaced(`${before}橋${after}`)).toBe(true);
    }),
    runs(300),
  );
});

test.each([
  ["the", true],
  ["élan", true],
  ["The", false],
  ["ხიდი", false],
  ["1st", false],
  ["橋", false],
  ["", false],
])("%s: begins with a small letter? %s", (text, is) => {
  expect(startsSmall(text)).toBe(is);
});
