import fc from "fast-check";
import { expect, test } from "vitest";
import { alignGap, type Match } from "../../server/src/repeats/align.ts";
import { clip, toChain } from "../../server/src/repeats/chains.ts";
import { runs } from "../support/property.ts";

const row = fc.array(fc.integer({ min: 1, max: 4 }), { maxLength: 12 });

function align(a: readonly number[], b: readonly number[]): Match[] {
  return alignGap(Uint32Array.from(a), 0, a.length, Uint32Array.from(b), 0, b.length);
}

/** The words that two rows share, by the table of Wagner and Fischer (1974), as pairs of word numbers. */
function byTable(a: readonly number[], b: readonly number[]): [number, number][] {
  const table = Array.from({ length: a.length + 1 }, () => new Array<number>(b.length + 1).fill(0));
  const cell = (r: number, c: number): number => table[r]?.[c] ?? 0;
  for (let r = a.length - 1; r >= 0; r--) {
    for (let c = b.length - 1; c >= 0; c--) {
      const both = a[r] === b[c] ? cell(r + 1, c + 1) + 1 : 0;
      table[r]?.splice(c, 1, Math.max(both, cell(r + 1, c), cell(r, c + 1)));
    }
  }
  const shared: [number, number][] = [];
  for (let r = 0, c = 0; r < a.length && c < b.length;) {
    if (a[r] === b[c] && cell(r, c) === cell(r + 1, c + 1) + 1) shared.push([r++, c++]);
    else if (cell(r + 1, c) >= cell(r, c + 1)) r++;
    else c++;
  }
  return shared;
}

test("rows of up to 64 words share what the full table shows", () => {
  const long = (words: number) =>
    fc.array(fc.integer({ min: 1, max: words }), { maxLength: 64, size: "max" });
  const rows = fc.constantFrom(2, 5, 40).chain((words) => fc.tuple(long(words), long(words)));
  fc.assert(
    fc.property(rows, ([a, b]) => {
      const matches = align(a, b);
      expect(matches.every(({ length }) => length > 0)).toBe(true);
      const shared = matches.flatMap((match) =>
        Array.from({ length: match.length }, (_, step) => [match.a + step, match.b + step]),
      );
      expect(shared).toEqual(byTable(a, b));
    }),
    runs(500),
  );
});

test("stretches of more than 64 words count as different", () => {
  const words = (count: number): number[] => Array.from({ length: count }, (_, word) => word);
  expect(align(words(64), words(64))).toEqual([{ a: 0, b: 0, length: 64 }]);
  expect(align(words(65), words(64))).toEqual([]);
  expect(align(words(0), words(64))).toEqual([]);
});

test("a clipped chain has the words within the bounds", () => {
  fc.assert(
    fc.property(row, row, fc.nat(12), fc.nat(12), fc.nat(12), fc.nat(12), (a, b, ...cuts) => {
      const [aStart, aEnd, bStart, bEnd] = cuts;
      for (const chain of toChain(align(a, b))) {
        expect(clip(chain, {})).toEqual([chain]);
        const within = (x: number, y: number): boolean =>
          x >= aStart && x < aEnd && y >= bStart && y < bEnd;
        const wanted = chain.matches.flatMap((match) =>
          Array.from({ length: match.length }, (_, step) => [match.a + step, match.b + step]),
        );
        const inside = wanted.filter(([x = 0, y = 0]) => within(x, y));
        const parts = clip(chain, { aStart, aEnd, bStart, bEnd });
        const words = parts.flatMap(({ matches }) =>
          matches.flatMap((match) =>
            Array.from({ length: match.length }, (_, step) => [match.a + step, match.b + step]),
          ),
        );
        expect(words).toEqual(inside);
        expect(parts.map(({ matched }) => matched)).toEqual(
          inside.length === 0 ? [] : [inside.length],
        );
      }
    }),
    runs(200),
  );
});

test("without matches there is no chain", () => {
  expect(toChain([])).toEqual([]);
});
