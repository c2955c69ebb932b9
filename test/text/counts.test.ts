import fc from "fast-check";
import { expect, test } from "vitest";
import { counts } from "../../server/src/text/counts.ts";
import { runs } from "../support/property.ts";

test("each key is counted, the most frequent first, in one order whatever that of the values", () => {
  expect(counts([], String)).toEqual([]);
  expect(counts(["b", "a", "c", "b", "__proto__"], (value) => value)).toEqual([
    ["b", 2],
    ["__proto__", 1],
    ["a", 1],
    ["c", 1],
  ]);
  fc.assert(
    fc.property(fc.array(fc.nat(3)), (values) => {
      const counted = counts(values, String);
      expect(counts([...values].reverse(), String)).toEqual(counted);
      expect(counted.reduce((sum, [, count]) => sum + count, 0)).toBe(values.length);
    }),
    runs(30),
  );
});
