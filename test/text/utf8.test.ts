import fc from "fast-check";
import { expect, test } from "vitest";
import { utf8Counter } from "../../server/src/text/utf8.ts";
import { runs } from "../support/property.ts";

/** Texts with letters of one to four bytes, and lone surrogates. */
const text = fc
  .array(fc.constantFrom("a", "é", "日", "🌊", "\ud800", "\udc00", "\n"), { maxLength: 70 })
  .map((parts) => parts.join(""));

test("a stretch of whole characters has the bytes that an encoder gives it", () => {
  fc.assert(
    fc.property(text, (whole) => {
      const count = utf8Counter(whole);
      const bounds = [0];
      for (const character of whole) bounds.push((bounds.at(-1) ?? 0) + character.length);
      for (const start of bounds) {
        for (const end of bounds.filter((bound) => bound >= start)) {
          expect(count(start, end)).toBe(new TextEncoder().encode(whole.slice(start, end)).length);
        }
      }
    }),
    runs(50),
  );
});

test("stretches that follow one another add up, wherever they are cut", () => {
  fc.assert(
    fc.property(text, fc.nat(140), (whole, cut) => {
      const count = utf8Counter(whole);
      const at = Math.min(cut, whole.length);
      expect(count(0, at) + count(at, whole.length)).toBe(count(0, whole.length));
    }),
    runs(200),
  );
});
