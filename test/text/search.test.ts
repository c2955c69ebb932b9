import { expect, test } from "vitest";
import {
  lowerBound,
  partitionPoint,
  partitionPointBy,
  upperBound,
} from "../../server/src/text/search.ts";

/** Up to 70 sorted numbers, some of them equal. */
const ROWS = Array.from({ length: 71 }, (_, length) =>
  Array.from({ length }, (_, at) => Math.floor((at * 7) / 5) * 2),
);

const firstOf = (row: readonly number[], is: (value: number) => boolean): number => {
  const at = row.findIndex(is);
  return at < 0 ? row.length : at;
};

test.each(ROWS.map((row) => [row.length, row] as const))("in a row of %i", (_length, row) => {
  for (let value = -1; value <= (row.at(-1) ?? 0) + 1; value++) {
    const lower = firstOf(row, (one) => one >= value);
    const upper = firstOf(row, (one) => one > value);
    const typed = Uint32Array.from(row);
    const items = row.map((key) => ({ key }));
    expect([lowerBound(row, value), lowerBound(typed, value)]).toEqual([lower, lower]);
    expect([upperBound(row, value), upperBound(typed, value)]).toEqual([upper, upper]);
    expect(partitionPointBy(items, ({ key }) => key < value)).toBe(lower);
  }
});

test("a search stays in its range, and looks at few of its places", () => {
  for (let low = 0; low <= 70; low++) {
    for (let high = low; high <= 70; high++) {
      for (let point = low; point <= high; point++) {
        const asked: number[] = [];
        const found = partitionPoint(low, high, (index) => {
          asked.push(index);
          return index < point;
        });
        expect(found).toBe(point);
        expect(asked.every((index) => index >= low && index < high)).toBe(true);
        expect(asked.length).toBeLessThanOrEqual(Math.ceil(Math.log2(high - low + 1)));
      }
    }
  }
  expect(partitionPoint(5, 5, () => true)).toBe(5);
});
