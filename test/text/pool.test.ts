import fc from "fast-check";
import { expect, test } from "vitest";
import { allocate } from "../../server/src/text/pool.ts";
import { runs } from "../support/property.ts";

test("what is allocated is empty and nobody else's", () => {
  const sizes = fc.array(fc.integer({ min: 0, max: 5000 }), { maxLength: 60 });
  fc.assert(
    fc.property(sizes, (all) => {
      const arrays = all.map((bytes, index) => {
        const { buffer, offset } = allocate(bytes);
        expect(offset % 4).toBe(0);
        const array = new Uint8Array(buffer, offset, bytes);
        expect(array.every((byte) => byte === 0)).toBe(true);
        return array.fill(1 + index);
      });
      arrays.forEach((array, index) => {
        expect(array.every((byte) => byte === 1 + index)).toBe(true);
      });
    }),
    runs(50),
  );
});

test("small arrays share a buffer, a large one has its own", () => {
  const small = [allocate(100), allocate(100), allocate(100)];
  expect(new Set(small.map(({ buffer }) => buffer)).size).toBeLessThan(3);
  const large = allocate(100_000);
  expect(large).toEqual({ buffer: new ArrayBuffer(100_000), offset: 0 });
});
