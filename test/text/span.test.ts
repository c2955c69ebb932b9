import { expect, test } from "vitest";
import { overlaps, shifted } from "../../server/src/text/span.ts";

test("spans overlap if they share a unit, so touching ones don't", () => {
  const bounds = [0, 1, 2, 3, 4];
  const spans = bounds.flatMap((start) =>
    bounds.filter((end) => end >= start).map((end) => ({ start, end })),
  );
  for (const a of spans) {
    for (const b of spans) {
      if (a.start === a.end || b.start === b.end) continue;
      const shared = bounds.some((unit) =>
        [a, b].every(({ start, end }) => start <= unit && unit < end),
      );
      expect(overlaps(a, b), JSON.stringify([a, b])).toBe(shared);
      expect(overlaps(b, a)).toBe(shared);
    }
  }
});

test("a shifted span keeps its length and everything else, and an unmoved one is the same object", () => {
  const named = { start: 2, end: 5, name: "a" };
  expect(shifted(named, 3)).toEqual({ start: 5, end: 8, name: "a" });
  expect(shifted(shifted(named, 3), -3)).toEqual(named);
  expect(shifted(named, 0)).toBe(named);
});
