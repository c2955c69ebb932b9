/**
 * The loops that take most of the reader's time, over a memory of their own. Places and strides are in bytes; rows
 * begin at multiples of 16. Both kernels give the same result, bit by bit: sums of whole numbers are the same in any
 * order, and the rest is one operation after another on 32-bit floats, with sums in four lanes.
 */
export interface Kernel {
  /** `MEMORY` bytes, little-endian; never replaced. */
  readonly memory: ArrayBufferLike;
  /**
   * `out[r]` (16 bits) becomes the sum of the rows of `table` (8 bits) that `ids[r]` (32 bits) names, `views` of them.
   * `width` is a multiple of 8.
   */
  readonly embed: (
    ids: number,
    views: number,
    rows: number,
    table: number,
    width: number,
    out: number,
  ) => void;
  /**
   * `out[r][c] = (out[r][c] & keep) + max(sum * (step * scales[c]) + bias[c], least)`, floats, where `sum` is that of
   * `x[r][i] * w[c][i]` (16 bits) for `i` below `width`, a multiple of 8. `columns` is a multiple of 4, `keep` 0 or -1.
   * No sum may leave 32 bits. One more row than `rows`, where that is odd, is read and written.
   */
  readonly dense: (
    x: number,
    xStride: number,
    rows: number,
    width: number,
    w: number,
    wStride: number,
    columns: number,
    scales: number,
    bias: number,
    step: number,
    least: number,
    keep: number,
    out: number,
    outStride: number,
  ) => void;
  /** `out[r]` becomes `gain * (values[r] less its mean) / its deviation + bias`. `width` is a multiple of 4. */
  readonly normalize: (
    values: number,
    rows: number,
    width: number,
    gain: number,
    bias: number,
    out: number,
  ) => void;
  /**
   * `out[r]` (16 bits) becomes shares of `whole` by the powers of e of `scores[r][c] + distances[c - r]`; those from
   * `count` on are 0. The scores are overwritten. `width` is a multiple of 8.
   */
  readonly share: (
    scores: number,
    rows: number,
    count: number,
    width: number,
    distances: number,
    whole: number,
    out: number,
  ) => void;
  /** The largest of `count` floats, a multiple of 8, without their signs. */
  readonly most: (values: number, count: number) => number;
  /** `numbers[i]` (16 bits) becomes the whole number nearest to `values[i] * times`. */
  readonly round: (values: number, count: number, times: number, numbers: number) => void;
}

/** What a kernel's memory holds. */
export const MEMORY = 88 << 16;

/** The kernel for hosts that refuse WebAssembly; tests compare the other kernel with it. */
export function plainKernel(): Kernel {
  // Long, as it has one loop after another over one memory.
  const memory = new ArrayBuffer(MEMORY);
  const bytes = new Int8Array(memory);
  const numbers = new Int16Array(memory);
  const whole = new Int32Array(memory);
  const floats = new Float32Array(memory);
  const { fround } = Math;
  const float = (at: number): number => floats[at >> 2] ?? 0;
  return {
    memory,
    embed: (ids, views, rows, table, width, out) => {
      for (let row = 0; row < rows; row++)
        for (let at = 0; at < width; at++) {
          let sum = 0;
          for (let view = 0; view < views; view++)
            sum += bytes[table + (whole[(ids >> 2) + row * views + view] ?? 0) * width + at] ?? 0;
          numbers[(out >> 1) + row * width + at] = sum;
        }
    },
    dense: (x, xStride, rows, width, w, wStride, columns, scales, bias, ...rest) => {
      const [step, least, keep, out, outStride] = rest;
      for (let row = 0; row < rows; row++) {
        const from = (x + row * xStride) >> 1;
        const to = (out + row * outStride) >> 2;
        for (let column = 0; column < columns; column++) {
          const weights = (w + column * wStride) >> 1;
          let sum = 0;
          for (let at = 0; at < width; at++)
            sum = (sum + Math.imul(numbers[from + at] ?? 0, numbers[weights + at] ?? 0)) | 0;
          const times = fround(fround(step) * float(scales + column * 4));
          const value = fround(fround(fround(sum) * times) + float(bias + column * 4));
          const kept = keep === 0 ? 0 : (floats[to + column] ?? 0);
          floats[to + column] = kept + (value < least ? least : value);
        }
      }
    },
    normalize: (values, rows, width, gain, bias, out) => {
      for (let row = 0; row < rows; row++) {
        const from = values + row * width * 4;
        const to = (out >> 2) + row * width;
        const mean = fround(sumOf(width, (at) => float(from + at * 4)) / width);
        const squares = sumOf(width, (at) => {
          const off = fround(float(from + at * 4) - mean);
          return fround(off * off);
        });
        const deviation = fround(Math.sqrt(fround(fround(squares / width) + fround(1e-5))));
        const factor = fround(1 / deviation);
        for (let at = 0; at < width; at++) {
          const off = fround(float(from + at * 4) - mean);
          floats[to + at] =
            fround(float(gain + at * 4) * fround(factor * off)) + float(bias + at * 4);
        }
      }
    },
    share: (scores, rows, count, width, distances, all, out) => {
      for (let row = 0; row < rows; row++) {
        const own = Array.from({ length: count }, (_, at) =>
          fround(float(scores + (row * width + at) * 4) + float(distances + (at - row) * 4)),
        );
        const most = own.reduce((one, other) => Math.max(one, other), -1e30);
        const powers = own.map((score) => exponential(fround(score - most)));
        const factor = fround(all / sumOf(width, (at) => powers[at] ?? exponential(-Infinity)));
        for (let at = 0; at < width; at++)
          numbers[(out >> 1) + row * width + at] = nearest(fround(factor * (powers[at] ?? 0)));
      }
    },
    most: (values, count) => {
      let most = 0;
      for (let at = 0; at < count; at++) most = Math.max(most, Math.abs(float(values + at * 4)));
      return most;
    },
    round: (values, count, times, to) => {
      for (let at = 0; at < count; at++)
        numbers[(to >> 1) + at] = nearest(fround(float(values + at * 4) * fround(times)));
    },
  };
}

/** The sum of `count` floats, in four lanes. */
function sumOf(count: number, float: (at: number) => number): number {
  const [a, b, c, d] = [0, 1, 2, 3].map((lane) => {
    let sum = 0;
    for (let at = lane; at < count; at += 4) sum = Math.fround(sum + float(at));
    return sum;
  }) as [number, number, number, number];
  return Math.fround(Math.fround(a + c) + Math.fround(b + d));
}

/**
 * e to a power of at most 0, because `Math.exp` is not the same in every engine. It uses the power of two, and a
 * polynomial for the rest, with a relative error below 1e-5; from -87 down the value stays the same.
 */
export function exponential(power: number): number {
  const { fround } = Math;
  const twos = fround(Math.max(power, -87) * fround(Math.LOG2E));
  const whole = nearest(twos);
  const rest = fround(fround(Math.LN2) * fround(twos - whole));
  let sum = fround(1 / 120);
  for (const term of [1 / 24, 1 / 6, 1 / 2, 1, 1]) sum = fround(fround(term) + fround(rest * sum));
  return fround(2 ** whole * sum);
}

/** The nearest whole number, or the even one of two that are equally near. */
function nearest(value: number): number {
  const floor = Math.floor(value);
  const rest = value - floor;
  return rest < 0.5 || (rest === 0.5 && floor % 2 === 0) ? floor : floor + 1;
}

/** The kernel in WebAssembly, from these bytes; undefined if the host refuses it, or has no SIMD. */
export function compiledKernel(bytes: Uint8Array<ArrayBuffer>): Kernel | undefined {
  try {
    const { exports } = new WebAssembly.Instance(new WebAssembly.Module(bytes));
    const { memory, ...loops } = exports;
    if (!(memory instanceof WebAssembly.Memory)) return undefined;
    return { memory: memory.buffer, ...loops } as Kernel;
  } catch {
    return undefined;
  }
}
