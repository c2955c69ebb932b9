/**
 * The loops that the reader's time goes into, over a memory of their own. Places and strides are in bytes. Both
 * kernels give the same, bit by bit: sums of whole numbers are the same in any order, and the rest is one operation
 * after another on 32-bit floats.
 */
export interface Kernel {
  /** `MEMORY` bytes, little-endian; never replaced. */
  readonly memory: ArrayBufferLike;
  /**
   * `out[r][c]` (32 bits) becomes the sum of `x[r][i] * w[c][i]` (16 bits) for `i` below `width`, a multiple of 16.
   * `columns` is a multiple of 4. No sum may leave 32 bits. One more row than `rows`, where that is odd, is read and
   * written.
   */
  readonly dense: (
    x: number,
    xStride: number,
    rows: number,
    width: number,
    w: number,
    wStride: number,
    columns: number,
    out: number,
    outStride: number,
  ) => void;
  /** `values[r][c] = values[r][c] * keep + max(sums[r][c] * (step * scales[c]) + bias[c], least)`. */
  readonly finish: (
    sums: number,
    rows: number,
    columns: number,
    scales: number,
    bias: number,
    step: number,
    least: number,
    keep: number,
    values: number,
    stride: number,
  ) => void;
  /** The largest of `count` floats, a multiple of 8, without their signs. */
  readonly most: (values: number, count: number) => number;
  /** `numbers[i]` (16 bits) becomes the whole number nearest to `values[i] * times`. */
  readonly round: (values: number, count: number, times: number, numbers: number) => void;
}

/** What a kernel's memory holds. */
export const MEMORY = 40 << 16;

/** The kernel where WebAssembly is refused; the tests hold the other against it. */
export function plainKernel(): Kernel {
  const memory = new ArrayBuffer(MEMORY);
  const numbers = new Int16Array(memory);
  const whole = new Int32Array(memory);
  const floats = new Float32Array(memory);
  const { fround } = Math;
  return {
    memory,
    dense: (x, xStride, rows, width, w, wStride, columns, out, outStride) => {
      for (let row = 0; row < rows; row++) {
        const from = (x + row * xStride) >> 1;
        const to = (out + row * outStride) >> 2;
        for (let column = 0; column < columns; column++) {
          const weights = (w + column * wStride) >> 1;
          let sum = 0;
          for (let at = 0; at < width; at++)
            sum = (sum + Math.imul(numbers[from + at] ?? 0, numbers[weights + at] ?? 0)) | 0;
          whole[to + column] = sum;
        }
      }
    },
    finish: (sums, rows, columns, scales, bias, step, least, keep, values, stride) => {
      for (let row = 0; row < rows; row++) {
        const from = (sums >> 2) + row * columns;
        const to = (values + row * stride) >> 2;
        for (let column = 0; column < columns; column++) {
          const times = fround(fround(step) * (floats[(scales >> 2) + column] ?? 0));
          const product = fround(fround(whole[from + column] ?? 0) * times);
          const value = fround(product + (floats[(bias >> 2) + column] ?? 0));
          const kept = fround((floats[to + column] ?? 0) * keep);
          floats[to + column] = kept + Math.max(value, least);
        }
      }
    },
    most: (values, count) => {
      let most = 0;
      for (let at = values >> 2; at < (values >> 2) + count; at++)
        most = Math.max(most, Math.abs(floats[at] ?? 0));
      return most;
    },
    round: (values, count, times, to) => {
      for (let at = 0; at < count; at++)
        numbers[(to >> 1) + at] = nearest(
          fround((floats[(values >> 2) + at] ?? 0) * fround(times)),
        );
    },
  };
}

/** The nearest whole number, and the even one of two that are as near. */
function nearest(value: number): number {
  const floor = Math.floor(value);
  const rest = value - floor;
  return rest < 0.5 || (rest === 0.5 && floor % 2 === 0) ? floor : floor + 1;
}

/** The kernel in WebAssembly, of these bytes; undefined where the host refuses it, or has no SIMD. */
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
