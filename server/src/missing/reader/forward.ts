import { MEMORY, type Kernel } from "./kernel.ts";
import type { Linear, Norm, ReaderModel } from "./model.ts";

/** A sentence as the net sees it: rows of the embedding for each token, and whether a space stands before it. */
export interface Sentence {
  /** At most `LONGEST`. */
  readonly count: number;
  /** `VIEWS` rows for each token. */
  readonly rows: Int32Array;
  readonly spaces: Uint8Array;
}

/** Log-odds: `gaps` of a loss before each token, `leftover` of the token being one too many. */
export interface Reading {
  readonly gaps: Float32Array;
  readonly leftover: Float32Array;
}

/** How many rows of the embedding are added for a token. */
export const VIEWS = 7;
/** A sentence has at most so many tokens, with what is seen around it. */
export const LONGEST = 80;

/** What numbers between layers are scaled to: products with bytes, 384 of them, stay far below 32 bits. */
const FINEST = 4095;
/** What a share of attention is scaled to; the shares of a token add up to one. */
const WHOLE = 16383;

/** A matrix in the kernel's memory. */
interface Placed {
  readonly at: number;
  /** Of a row, in bytes. */
  readonly stride: number;
  readonly width: number;
  /** Rows, made a multiple of 4. */
  readonly columns: number;
  readonly scales: number;
  readonly bias: number;
}

/** What is done with products: they replace what was there, or are added; `cut` at 0 before. */
type Finish = "set" | "add" | "cut" | "add cut";

/**
 * Puts a net into the kernel's memory, and reads sentences with it. The same on every machine: what the kernel does,
 * and plain arithmetic in one order, with an exponential of our own.
 */
export function newReader(model: ReaderModel, kernel: Kernel): (sentence: Sentence) => Reading {
  // Long, as all of it shares the kernel's memory and where things lie in it.
  const { width, heads, reach } = model;
  const numbers = new Int16Array(kernel.memory);
  const sums = new Int32Array(kernel.memory);
  const floats = new Float32Array(kernel.memory);
  let free = 16;
  const room = (bytes: number): number => {
    const at = free;
    free = (free + bytes + 15) & ~15;
    if (free > MEMORY) throw new RangeError("A reader that is too large");
    return at;
  };
  const placed = ({ rows, width: size, steps, scales, bias }: Linear): Placed => {
    const columns = (rows + 3) & ~3;
    const to = {
      at: room(columns * size * 2),
      stride: size * 2,
      width: size,
      columns,
      scales: room(columns * 4),
      bias: room(columns * 4),
    };
    numbers.set(steps, to.at >> 1);
    floats.set(scales, to.scales >> 2);
    floats.set(bias, to.bias >> 2);
    return to;
  };
  const projection = placed(model.projection);
  const left = placed(model.left);
  const right = placed(model.right);
  const layers = model.layers.map((layer) => {
    switch (layer.kind) {
      case "convolution":
        return { ...layer, weights: placed(layer.weights) };
      case "feed-forward":
        return { ...layer, up: placed(layer.up), down: placed(layer.down) };
      case "attention":
        return { ...layer, projections: placed(layer.projections), output: placed(layer.output) };
    }
  });
  const row = width * 4;
  // A row of zeros stands before and after the tokens, for the convolution.
  const input = room((LONGEST + 2) * 3 * width * 2);
  const output = room(LONGEST * 3 * row);
  const turned = room(width * LONGEST * 2);
  const shares = room((LONGEST + 1) * LONGEST * 2);
  const stream = room(LONGEST * row);
  const normed = room(LONGEST * row);
  const wide = room(LONGEST * 3 * row);
  const ones = room(width * 4);
  const zeros = room(width * 4);
  floats.fill(1, ones >> 2, (ones >> 2) + width);
  const powers = new Float64Array(LONGEST);

  /** Writes `count` floats as whole numbers at `at`, and says what one is worth. */
  function quantize(values: number, count: number, at: number): number {
    const most = kernel.most(values, count);
    kernel.round(values, count, most > 0 ? FINEST / most : 0, at);
    return most / FINEST;
  }

  /** Multiplies `count` rows at `at`, which are worth `step` each. */
  function apply(
    by: Placed,
    at: number,
    stride: number,
    step: number,
    count: number,
    out: number,
    finish: Finish,
  ): void {
    const { columns } = by;
    kernel.dense(at, stride, count, by.width, by.at, by.stride, columns, output, columns * 4);
    const least = finish === "cut" || finish === "add cut" ? 0 : -Infinity;
    const keep = finish === "add" || finish === "add cut" ? 1 : 0;
    kernel.finish(output, count, columns, by.scales, by.bias, step, least, keep, out, columns * 4);
  }

  function normalize({ gain, bias }: Norm, count: number): void {
    for (let token = 0; token < count; token++) {
      const from = (stream + token * row) >> 2;
      const to = (normed + token * row) >> 2;
      let sum = 0;
      for (let i = 0; i < width; i++) sum += floats[from + i] ?? 0;
      const mean = sum / width;
      let squares = 0;
      for (let i = 0; i < width; i++) {
        const off = (floats[from + i] ?? 0) - mean;
        squares += off * off;
      }
      const factor = 1 / Math.sqrt(squares / width + 1e-5);
      for (let i = 0; i < width; i++)
        floats[to + i] =
          ((floats[from + i] ?? 0) - mean) * factor * (gain[i] ?? 0) + (bias[i] ?? 0);
    }
  }

  function embed({ count, rows, spaces }: Sentence): void {
    const { width: size, steps } = model.embedding;
    for (let token = 0; token < count; token++) {
      const to = (input >> 1) + token * size;
      numbers.fill(0, to, to + size);
      for (let view = 0; view < VIEWS; view++) {
        const from = (rows[token * VIEWS + view] ?? 0) * size;
        for (let i = 0; i < size; i++)
          numbers[to + i] = (numbers[to + i] ?? 0) + (steps[from + i] ?? 0);
      }
      const space = spaces[token] === 0 ? 0 : width;
      floats.set(model.spaces.subarray(space, space + width), (stream + token * row) >> 2);
    }
    apply(projection, input, size * 2, 1, count, stream, "add");
  }

  /** Replaces the queries, keys and values in `wide` by what each token takes from the others, in `normed`. */
  function attend(distances: Float32Array, count: number): void {
    const size = width / heads;
    const padded = (count + 15) & ~15;
    const stride = 3 * width;
    const step = quantize(wide, count * stride, input);
    const base = input >> 1;
    // Queries and keys stay in place. Values are turned, so that those of one dimension lie in a row.
    numbers.fill(0, turned >> 1, (turned >> 1) + width * padded);
    for (let token = 0; token < count; token++) {
      const from = base + token * stride + 2 * width;
      for (let i = 0, to = (turned >> 1) + token; i < width; i++, to += padded)
        numbers[to] = numbers[from + i] ?? 0;
    }
    const keys = (count + 3) & ~3;
    const scale = (step * step) / Math.sqrt(size);
    for (let head = 0; head < heads; head++) {
      const at = input + head * size * 2;
      kernel.dense(at, stride * 2, count, size, at + width * 2, stride * 2, keys, output, keys * 4);
      shareOut(count, keys, padded, scale, distances, head * (2 * reach + 1) + reach);
      const values = turned + head * size * padded * 2;
      kernel.dense(shares, padded * 2, count, padded, values, padded * 2, size, output, size * 4);
      const out = normed + head * size * 4;
      kernel.finish(output, count, size, ones, zeros, step / WHOLE, -Infinity, 0, out, row);
    }
  }

  /** Turns the products of queries and keys into shares of each row's attention. */
  function shareOut(
    count: number,
    keys: number,
    padded: number,
    scale: number,
    distances: Float32Array,
    near: number,
  ): void {
    for (let token = 0; token < count; token++) {
      const from = (output >> 2) + token * keys;
      const to = (shares >> 1) + token * padded;
      let most = -Infinity;
      for (let other = 0; other < count; other++) {
        const distance = Math.max(-reach, Math.min(reach, other - token));
        const score = (sums[from + other] ?? 0) * scale + (distances[near + distance] ?? 0);
        powers[other] = score;
        if (score > most) most = score;
      }
      let sum = 0;
      for (let other = 0; other < count; other++)
        sum += powers[other] = exponential((powers[other] ?? 0) - most);
      const share = WHOLE / sum;
      // Stored as whole numbers, cut.
      for (let other = 0; other < count; other++)
        numbers[to + other] = (powers[other] ?? 0) * share + 0.5;
      numbers.fill(0, to + count, to + padded);
    }
  }

  /** What the last layer says of each token. */
  function judge(count: number): Reading {
    const gaps = new Float32Array(count);
    const leftover = new Float32Array(count);
    const head = left.columns;
    const step = quantize(normed, count * width, input);
    apply(right, input, width * 2, step, count, wide, "set");
    // The left side of a boundary is the token before it.
    if (count > 1) apply(left, input, width * 2, step, count - 1, wide + head * 4, "add");
    for (let token = 0; token < count; token++) {
      const from = (wide >> 2) + token * head;
      let gap = model.gap.bias;
      for (let i = 0; i < head; i++)
        gap += Math.max(0, floats[from + i] ?? 0) * (model.gap.weights[i] ?? 0);
      gaps[token] = gap;
      const of = (normed + token * row) >> 2;
      let sum = model.leftover.bias;
      for (let i = 0; i < width; i++)
        sum += (floats[of + i] ?? 0) * (model.leftover.weights[i] ?? 0);
      leftover[token] = sum;
    }
    return { gaps, leftover };
  }

  return (sentence) => {
    const { count } = sentence;
    if (count < 1 || count > LONGEST) throw new RangeError(`A sentence of ${count} tokens`);
    embed(sentence);
    for (const layer of layers) {
      normalize(layer.norm, count);
      switch (layer.kind) {
        case "convolution": {
          const step = quantize(normed, count * width, input + width * 2);
          numbers.fill(0, input >> 1, (input >> 1) + width);
          const end = (input >> 1) + (count + 1) * width;
          numbers.fill(0, end, end + width);
          apply(layer.weights, input, width * 2, step, count, stream, "add cut");
          break;
        }
        case "feed-forward": {
          const step = quantize(normed, count * width, input);
          apply(layer.up, input, width * 2, step, count, wide, "cut");
          const next = quantize(wide, count * 2 * width, input);
          apply(layer.down, input, width * 4, next, count, stream, "add");
          break;
        }
        case "attention": {
          const step = quantize(normed, count * width, input);
          apply(layer.projections, input, width * 2, step, count, wide, "set");
          attend(layer.distances, count);
          const next = quantize(normed, count * width, input);
          apply(layer.output, input, width * 2, next, count, stream, "add");
        }
      }
    }
    normalize(model.norm, count);
    return judge(count);
  };
}

/** Powers of two, from 0 down. */
const HALVES = Float64Array.from({ length: 64 }, (_, index) => 2 ** -index);

/**
 * e to a power of at most 0: that of `Math.exp` is not the same in every engine. By the power of two, and a polynomial
 * for what is left of it, off by less than 4e-5 of itself.
 */
export function exponential(power: number): number {
  const twos = power * -Math.LOG2E;
  if (twos >= 63) return 0;
  const whole = twos | 0;
  const rest = (whole - twos) * Math.LN2;
  const part =
    1 +
    rest * (1 + rest * (1 / 2 + rest * (1 / 6 + rest * (1 / 24 + rest * (1 / 120 + rest / 720)))));
  return part * (HALVES[whole] ?? 0);
}
