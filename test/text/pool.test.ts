import fc from "fast-check";
import { expect, test } from "vitest";
import { roomFor } from "../../server/src/text/pool.ts";
import { runs } from "../support/property.ts";

test("what was given is empty and given to nobody else", () => {
  const sizes = fc.array(fc.integer({ min: 0, max: 5000 }), { maxLength: 60 });
  fc.assert(
    fc.property(sizes, (all) => {
      const rooms = all.map((bytes, index) => {
        const { buffer, offset } = roomFor(bytes);
        expect(offset % 4).toBe(0);
        const room = new Uint8Array(buffer, offset, bytes);
        expect(room.every((byte) => byte === 0)).toBe(true);
        return room.fill(1 + index);
      });
      rooms.forEach((room, index) => {
        expect(room.every((byte) => byte === 1 + index)).toBe(true);
      });
    }),
    runs(50),
  );
});

test("small arrays share a buffer, a large one has its own", () => {
  const small = [roomFor(100), roomFor(100), roomFor(100)];
  expect(new Set(small.map(({ buffer }) => buffer)).size).toBeLessThan(3);
  const large = roomFor(100_000);
  expect(large).toEqual({ buffer: new ArrayBuffer(100_000), offset: 0 });
});
