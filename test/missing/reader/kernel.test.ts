import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { KERNEL } from "../../../server/src/missing/reader/kernel.generated.ts";
import {
  compiledKernel,
  plainKernel,
  type Kernel,
} from "../../../server/src/missing/reader/kernel.ts";

function compiled(): Kernel {
  const kernel = compiledKernel(Uint8Array.from(Buffer.from(KERNEL, "base64")));
  if (kernel === undefined) throw new Error("No WebAssembly here");
  return kernel;
}

/** Places that are far enough apart for what the tests write. */
const IDS = 1 << 11;
const X = 1 << 12;
const W = 1 << 16;
const OUT = 1 << 20;
const VALUES = (1 << 20) + (1 << 19);

const kernels = [compiled(), plainKernel()] as const;

/** Fills both memories alike, lets both do the same, and expects the same memories. */
function alike(seed: number, act: (kernel: Kernel) => unknown, from: number, to: number): void {
  const results = kernels.map((kernel) => {
    const numbers = new Int16Array(kernel.memory);
    const floats = new Float32Array(kernel.memory);
    let state = seed | 1;
    const next = (): number => (state = Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) + 0x3243f6a9);
    for (let at = X >> 1; at < (X + (1 << 15)) >> 1; at++) numbers[at] = next() % 4096;
    for (let at = W >> 1; at < (W + (1 << 17)) >> 1; at++) numbers[at] = next() % 128;
    for (let at = VALUES >> 2; at < (VALUES + (1 << 16)) >> 2; at++)
      floats[at] = (next() % 100_000) / 977;
    return act(kernel);
  });
  expect(results[0]).toEqual(results[1]);
  const [one, other] = kernels.map((kernel) => Buffer.from(kernel.memory, from, to - from));
  expect(one?.equals(other ?? Buffer.alloc(0))).toBe(true);
}

describe("The kernel in WebAssembly does what the plain one does, bit by bit", () => {
  test("sums of rows of bytes", () => {
    fc.assert(
      fc.property(
        fc.integer(),
        fc.integer({ min: 1, max: 9 }),
        fc.integer({ min: 1, max: 9 }),
        fc.integer({ min: 1, max: 9 }),
        (seed, rows, views, eights) => {
          const width = eights * 8;
          alike(
            seed,
            (kernel) => {
              const ids = Int32Array.from(
                { length: rows * views },
                (_, at) => (at * 7 + seed) & 63,
              );
              new Int32Array(kernel.memory).set(ids, IDS >> 2);
              kernel.embed(IDS, views, rows, W, width, OUT);
            },
            OUT,
            OUT + rows * width * 2,
          );
        },
      ),
    );
  });

  test("products of rows, and what is done with them", () => {
    fc.assert(
      fc.property(
        fc.integer(),
        fc.integer({ min: 1, max: 24 }),
        fc.integer({ min: 1, max: 24 }),
        fc.integer({ min: 1, max: 8 }),
        fc.double({ min: 1e-6, max: 10, noNaN: true }),
        fc.constantFrom(0, -Infinity),
        fc.constantFrom(0, -1),
        (seed, rows, eights, fours, step, least, keep) => {
          const [width, columns] = [eights * 8, fours * 4];
          const [scales, bias] = [VALUES + (1 << 14), VALUES + (1 << 15)];
          alike(
            seed,
            (kernel) => {
              const rest = [scales, bias, step, least, keep, VALUES, columns * 4] as const;
              kernel.dense(X, width * 2, rows, width, W, width * 2, columns, ...rest);
            },
            VALUES,
            VALUES + rows * columns * 4,
          );
        },
      ),
    );
  });

  test("normalization", () => {
    fc.assert(
      fc.property(
        fc.integer(),
        fc.integer({ min: 1, max: 9 }),
        fc.integer({ min: 1, max: 40 }),
        (seed, rows, fours) => {
          const width = fours * 4;
          const [gain, bias] = [VALUES + (1 << 14), VALUES + (1 << 15)];
          alike(
            seed,
            (kernel) => {
              kernel.normalize(VALUES, rows, width, gain, bias, OUT);
            },
            OUT,
            OUT + rows * width * 4,
          );
        },
      ),
    );
  });

  test("shares", () => {
    fc.assert(
      fc.property(
        fc.integer(),
        fc.integer({ min: 1, max: 12 }),
        fc.integer({ min: 1, max: 96 }),
        (seed, rows, count) => {
          const width = (count + 15) & ~15;
          alike(
            seed,
            (kernel) => {
              kernel.share(VALUES, rows, count, width, VALUES + (1 << 15), 16383, OUT);
            },
            OUT,
            OUT + rows * width * 2,
          );
        },
      ),
    );
  });

  test("the largest, and whole numbers", () => {
    fc.assert(
      fc.property(
        fc.integer(),
        fc.integer({ min: 1, max: 40 }),
        fc.double({ min: 0, max: 40, noNaN: true }),
        (seed, eights, times) => {
          const count = eights * 8;
          alike(seed, (kernel) => kernel.most(VALUES, count), VALUES, VALUES + 4);
          alike(
            seed,
            (kernel) => {
              kernel.round(VALUES, count, times, OUT);
            },
            OUT,
            OUT + count * 2,
          );
        },
      ),
    );
  });
});

test("what is no WebAssembly is refused", () => {
  expect(compiledKernel(new Uint8Array([1, 2, 3]))).toBeUndefined();
});
