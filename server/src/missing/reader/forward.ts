import { exponential, MEMORY, type Kernel } from "./kernel.ts";
import type { Linear, Norm, ReaderModel } from "./model.ts";

/** A sentence as the net sees it: rows of the embedding for each token, and whether there is a space before it. */
export interface Sentence {
  /** At most `LONGEST`. */
  readonly count: number;
  /** `VIEWS` rows for each token. */
  readonly rows: Int32Array;
  readonly spaces: Uint8Array;
  /** The tokens that are judged. Those before `start` and from `end` on are only seen. */
  readonly start: number;
  readonly end: number;
}

/** Log-odds: `gaps` of a loss before each token, `leftover` of the token being one too many. */
export interface Reading {
  readonly gaps: Float32Array;
  readonly leftover: Float32Array;
  /** What seems to be lost before each token, if the net is sure: a `Lost`. */
  readonly lost: Uint8Array;
  /** How likely it is a name or a phrase and not a word that a writer skips, from 0 to 1. */
  readonly phrase: Float32Array;
}

export function newReading(size: number): Reading {
  return {
    gaps: new Float32Array(size),
    leftover: new Float32Array(size),
    lost: new Uint8Array(size),
    phrase: new Float32Array(size),
  };
}

/** How many rows of the embedding are added for a token. */
export const VIEWS = 7;
/** The most tokens of a sentence, including its surroundings: a multiple of 16. */
export const LONGEST = 80;

/** What numbers between layers are scaled to: products with bytes, 384 of them, stay far below 32 bits. */
const FINEST = 4095;
/** What was lost, as far as the net can tell. For a verb it is right four times in five, which is not enough. */
export const Lost = { something: 0, smallWord: 1, name: 2 } as const;

/** Kinds of losses that the net learns: a link, and those of `READER_MIX` (`server/training/losses.ts`) from 2 on. */
const NAMES = [1, 2, 3, 4, 5, 9, 10, 11, 16, 21];
const SMALL_WORDS = [14];
/** Those that go with a link or a cut. Verbs, objects and small words are a writer's own slips. */
const PHRASES = [1, 2, 3, 4, 5, 8, 9, 10, 12, 13, 16, 20];

/** The log-odds of a loss from which on its kind is worked out, and the share of a kind that makes it certain. */
const LIKELY = -2;
const SURE = 0.8;

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

/** The gain and bias of a normalization there. */
type Norms = Readonly<Record<keyof Norm, number>>;

/** What happens with products: they replace what was there, or are added; `cut` at 0 first. */
type Finish = "set" | "add" | "cut" | "add cut";

/**
 * Puts a net into the kernel's memory, and reads sentences with it. The result is the same on every machine: the
 * kernel's work, and plain arithmetic in one order.
 */
export function newReader(model: ReaderModel, kernel: Kernel): (sentence: Sentence) => Reading {
  // Long, as all of it shares the kernel's memory and its layout.
  const { width, heads, reach } = model;
  const bytes = new Int8Array(kernel.memory);
  const numbers = new Int16Array(kernel.memory);
  const whole = new Int32Array(kernel.memory);
  const floats = new Float32Array(kernel.memory);
  let free = 16;
  const room = (size: number): number => {
    const at = free;
    free = (free + size + 15) & ~15;
    if (free > MEMORY) throw new RangeError("A reader that is too large");
    return at;
  };
  const placedFloats = (values: Float32Array): number => {
    const at = room(values.length * 4);
    floats.set(values, at >> 2);
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
  const placedNorm = ({ gain, bias }: Norm): Norms => ({
    gain: placedFloats(gain),
    bias: placedFloats(bias),
  });
  /** The value added at each distance between two tokens, for each head. */
  const placedDistances = (distances: Float32Array): number[] =>
    Array.from({ length: heads }, (_, head) => {
      const near = head * (2 * reach + 1) + reach;
      const all = Float32Array.from({ length: 2 * LONGEST }, (_, index) => {
        const distance = Math.max(-reach, Math.min(reach, index - LONGEST));
        return distances[near + distance] ?? 0;
      });
      return placedFloats(all) + LONGEST * 4;
    });
  const table = room(model.embedding.steps.length);
  bytes.set(model.embedding.steps, table);
  const projection = placed(model.projection);
  const left = placed(model.left);
  const right = placed(model.right);
  const layers = model.layers.map((layer) => {
    const norm = placedNorm(layer.norm);
    switch (layer.kind) {
      case "convolution":
        return { kind: layer.kind, norm, weights: placed(layer.weights) };
      case "feed-forward":
        return { kind: layer.kind, norm, up: placed(layer.up), down: placed(layer.down) };
      case "attention": {
        const { projections, output, distances } = layer;
        return {
          kind: layer.kind,
          norm,
          projections: placed(projections),
          output: placed(output),
          distances: placedDistances(distances),
        };
      }
    }
  });
  const lastNorm = placedNorm(model.norm);
  const spaces = placedFloats(model.spaces);
  const ones = placedFloats(new Float32Array(LONGEST).fill(1));
  const zeros = placedFloats(new Float32Array(LONGEST));
  /** A matrix that is not part of the model. */
  const plain = (at: number, stride: number, size: number, columns: number): Placed => {
    return { at, stride, width: size, columns, scales: ones, bias: zeros };
  };
  const row = width * 4;
  // The kernel may write one extra row. There is a row of zeros before and after the tokens, for the convolution.
  const ids = room(LONGEST * VIEWS * 4);
  const input = room((LONGEST + 2) * 3 * width * 2);
  const scores = room((LONGEST + 1) * LONGEST * 4);
  const turned = room(width * LONGEST * 2);
  const shares = room((LONGEST + 1) * LONGEST * 2);
  const stream = room((LONGEST + 1) * row);
  const normed = room((LONGEST + 1) * row);
  const wide = room((LONGEST + 1) * 3 * row);

  /** Writes `count` floats as whole numbers at `at`, and returns the value of one unit. */
  function quantize(values: number, count: number, at: number): number {
    const most = kernel.most(values, count);
    kernel.round(values, count, most > 0 ? FINEST / most : 0, at);
    return most / FINEST;
  }

  /** Multiplies `count` rows at `at`, whose unit is worth `step`. */
  function apply(
    by: Placed,
    at: number,
    stride: number,
    step: number,
    count: number,
    out: number,
    finish: Finish,
    outStride = by.columns * 4,
  ): void {
    const { columns, scales, bias } = by;
    const least = finish === "cut" || finish === "add cut" ? 0 : -Infinity;
    const keep = finish === "add" || finish === "add cut" ? -1 : 0;
    const rows = [at, stride, count, by.width, by.at, by.stride, columns] as const;
    kernel.dense(...rows, scales, bias, step, least, keep, out, outStride);
  }

  function normalize({ gain, bias }: Norms, count: number): void {
    kernel.normalize(stream, count, width, gain, bias, normed);
  }

  function embed({ count, rows, spaces: spaced }: Sentence): void {
    const { width: size } = model.embedding;
    whole.set(rows.subarray(0, count * VIEWS), ids >> 2);
    kernel.embed(ids, VIEWS, count, table, size, input);
    for (let token = 0; token < count; token++) {
      const from = (spaces >> 2) + (spaced[token] === 0 ? 0 : width);
      floats.copyWithin((stream + token * row) >> 2, from, from + width);
    }
    apply(projection, input, size * 2, 1, count, stream, "add");
  }

  /** Replaces the queries, keys and values in `wide` with what each token takes from the others, in `normed`. */
  function attend(distances: readonly number[], count: number): void {
    const size = width / heads;
    const padded = (count + 15) & ~15;
    const stride = 3 * width;
    const step = quantize(wide, count * stride, input);
    const base = input >> 1;
    // Queries and keys stay in place. Values are transposed, so that those of one dimension are in a row.
    numbers.fill(0, turned >> 1, (turned >> 1) + width * padded);
    for (let token = 0; token < count; token++) {
      const from = base + token * stride + 2 * width;
      for (let i = 0, to = (turned >> 1) + token; i < width; i++, to += padded)
        numbers[to] = numbers[from + i] ?? 0;
    }
    const scale = (step * step) / Math.sqrt(size);
    for (const [head, near] of distances.entries()) {
      const at = input + head * size * 2;
      const columns = (count + 3) & ~3;
      const keys = plain(at + width * 2, stride * 2, size, columns);
      apply(keys, at, stride * 2, scale, count, scores, "set", padded * 4);
      kernel.share(scores, count, count, padded, near, WHOLE, shares);
      const from = turned + head * size * padded * 2;
      const values = plain(from, padded * 2, padded, size);
      const out = normed + head * size * 4;
      apply(values, shares, padded * 2, step / WHOLE, count, out, "set", row);
    }
  }

  /** The last layer's output for each token that is judged. */
  function judge({ count, start, end }: Sentence): Reading {
    const reading = newReading(count);
    const head = left.columns;
    const step = quantize(normed, count * width, input);
    apply(right, input, width * 2, step, count, wide, "set");
    // The left side of a boundary is the token before it.
    if (count > 1) apply(left, input, width * 2, step, count - 1, wide + head * 4, "add");
    for (let token = start; token < end; token++) {
      const from = (wide >> 2) + token * head;
      let gap = model.gap.bias;
      for (let i = 0; i < head; i++)
        gap += Math.max(0, floats[from + i] ?? 0) * (model.gap.weights[i] ?? 0);
      reading.gaps[token] = gap;
      if (gap > LIKELY) judgeKind(from, token, reading);
      const of = (normed + token * row) >> 2;
      let sum = model.leftover.bias;
      for (let i = 0; i < width; i++)
        sum += (floats[of + i] ?? 0) * (model.leftover.weights[i] ?? 0);
      reading.leftover[token] = sum;
    }
    return reading;
  }

  /** What was lost before a token, from the values by which a loss is judged, `from` on. */
  function judgeKind(from: number, token: number, { lost, phrase }: Reading): void {
    const { rows, width: head, steps, scales, bias } = model.kind;
    const values = floats.slice(from, from + head).map((value) => Math.max(0, value));
    const odds = Array.from({ length: rows }, (_, kind) => {
      let sum = 0;
      for (let i = 0; i < head; i++) sum += (values[i] ?? 0) * (steps[kind * head + i] ?? 0);
      return sum * (scales[kind] ?? 0) + (bias[kind] ?? 0);
    });
    const most = Math.max(...odds);
    const powers = odds.map((one) => exponential(one - most));
    const sumPowers = (kinds: readonly number[]): number =>
      kinds.reduce((sum, kind) => sum + (powers[kind] ?? 0), 0);
    const all = sumPowers([...powers.keys()]);
    phrase[token] = sumPowers(PHRASES) / all;
    if (sumPowers(SMALL_WORDS) >= SURE * all) lost[token] = Lost.smallWord;
    else if (sumPowers(NAMES) >= SURE * all) lost[token] = Lost.name;
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
    normalize(lastNorm, count);
    return judge(sentence);
  };
}
