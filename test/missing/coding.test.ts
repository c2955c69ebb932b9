import fc from "fast-check";
import { expect, test } from "vitest";
import { decode, encode } from "../../server/src/missing/coding.ts";
import { runs } from "../support/property.ts";

test("what is encoded comes back", () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 1, maxLength: 3000 }), (values) => {
      expect(decode(encode(values), values.length)).toEqual(values);
    }),
    runs(100),
  );
});

test("what is mostly zeros takes little room", () => {
  const values = new Uint8Array(100_000);
  for (let at = 0; at < values.length; at += 100) values[at] = at % 256;
  expect(encode(values).length).toBeLessThan(15_000);
});

test("a text that is no coded array is refused", () => {
  expect(() => decode("", 10)).toThrow(RangeError);
});
