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

/** Addresses far enough apart for everything that the tests write. */
const IDS = 1 << 11;
const X = 1 << 12;
const W = 1 << 16;
const OUT = 1 << 20;
const VALUES = (1 << 20) + (1 << 19);

const kernels = [compiled(), plainKernel()] as const;

/** Where a kernel wrote, in bytes of its memory, and what it returned. */
interface Written {
  readonly from: number;
  readonly bytes: number;
  readonly result?: number;
}

/** Fills both memories alike, runs both kernels with any sizes, and expects equal memories. */
function agree<Sizes extends unknown[]>(
  sizes: { [Key in keyof Sizes]: fc.Arbitrary<Sizes[Key]> },
  act: (kernel: Kernel, ...sizes: Sizes) => Written,
): void {
  fc.assert(
    fc.property(fc.integer(), fc.tuple<Sizes>(...sizes), (seed, given) => {
      const [one, other] = kernels.map((kernel) => {
        fill(kernel, seed);
        const { from, bytes, result } = act(kernel, ...given);
        return { result, memory: Buffer.from(kernel.memory, from, bytes) };
      });
      expect(one?.result).toEqual(other?.result);
      expect(one?.memory.equals(other?.memory ?? Buffer.alloc(0))).toBe(true);
    }),
  );
}

function fill({ memory }: Kernel, seed: number): void {
  const numbers = new Int16Array(memory);
  const floats = new Float32Array(memory);
  let state = seed | 1;
  const next = (): number => (state = Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) + 0x3243f6a9);
  for (let at = X >> 1; at < (X + (1 << 15)) >> 1; at++) numbers[at] = next() % 4096;
  for (let at = W >> 1; at < (W + (1 << 17)) >> 1; at++) numbers[at] = next() % 128;
  for (let at = VALUES >> 2; at < (VALUES + (1 << 16)) >> 2; at++)
    floats[at] = (next() % 100_000) / 977;
  const ids = new Int32Array(memory, IDS, 100);
  for (let at = 0; at < ids.length; at++) ids[at] = (at * 7 + seed) & 63;
}

const upTo = (max: number): fc.Arbitrary<number> => fc.integer({ min: 1, max });

describe("the WebAssembly kernel equals the plain one, bit by bit", () => {
  const [FIRST, SECOND] = [VALUES + (1 << 14), VALUES + (1 << 15)];

  test("sums of rows of bytes", () => {
    agree([upTo(9), upTo(9), upTo(9)], (kernel, rows, views, eights) => {
      const width = eights * 8;
      kernel.embed(IDS, views, rows, W, width, OUT);
      return { from: OUT, bytes: rows * width * 2 };
    });
  });

  test("products of rows, and what is done with them", () => {
    const step = fc.double({ min: 1e-6, max: 10, noNaN: true });
    const how = fc.tuple(step, fc.constantFrom(0, -Infinity), fc.constantFrom(0, -1));
    agree([upTo(24), upTo(24), upTo(8), how], (kernel, rows, eights, fours, given) => {
      const [width, columns] = [eights * 8, fours * 4];
      const rest = [FIRST, SECOND, ...given, VALUES, columns * 4] as const;
      kernel.dense(X, width * 2, rows, width, W, width * 2, columns, ...rest);
      return { from: VALUES, bytes: rows * columns * 4 };
    });
  });

  test("normalization", () => {
    agree([upTo(9), upTo(40)], (kernel, rows, fours) => {
      const width = fours * 4;
      kernel.normalize(VALUES, rows, width, FIRST, SECOND, OUT);
      return { from: OUT, bytes: rows * width * 4 };
    });
  });

  test("softmax", () => {
    agree([upTo(12), upTo(96)], (kernel, rows, count) => {
      const width = (count + 15) & ~15;
      kernel.share(VALUES, rows, count, width, SECOND, 16383, OUT);
      return { from: OUT, bytes: rows * width * 2 };
    });
  });

  test("the maximum, and integers", () => {
    const times = fc.double({ min: 0, max: 40, noNaN: true });
    agree([upTo(40), times], (kernel, eights, factor) => {
      const count = eights * 8;
      const result = kernel.most(VALUES, count);
      kernel.round(VALUES, count, factor, OUT);
      return { from: OUT, bytes: count * 2, result };
    });
  });
});

test("bytes that are not WebAssembly are refused", () => {
  expect(compiledKernel(new Uint8Array([1, 2, 3]))).toBeUndefined();
});
