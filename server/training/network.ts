import {
  COUNTS,
  HIDDEN,
  INPUTS,
  LOOKUPS,
  REACH,
  rowOf,
  ROWS,
  SCORE_INPUT,
  SECOND,
  WINDOW,
  windowAt,
  STRIDE,
  WIDTH,
} from "../src/missing/net.ts";
import {
  FEATURES,
  coarseSums,
  COARSE,
  fineSums,
  PADDING,
  slotOf,
} from "../src/missing/features.ts";
import { BIAS, COARSE_THRESHOLD } from "../src/missing/find.ts";
import { MIX_FOR_NET } from "./damage.ts";
import { Label, newParagraph, readDamaged, type Lessons, type Paragraph } from "./paragraph.ts";
import { shuffle, type Random } from "./random.ts";

/** A net (`Net`) as it is trained, before its numbers are quantized. */
export interface FloatNet {
  readonly table: Float32Array;
  readonly first: Float32Array;
  readonly counts: Float32Array;
  readonly second: Float32Array;
  readonly secondBias: Float32Array;
  readonly last: Float32Array;
  readonly bias: number;
}

/** A net that says 0 of everything. */
export function emptyNet(): FloatNet {
  return {
    table: new Float32Array(ROWS * WIDTH),
    first: new Float32Array(HIDDEN * INPUTS),
    counts: new Float32Array(COUNTS * HIDDEN),
    second: new Float32Array(SECOND * HIDDEN),
    secondBias: new Float32Array(SECOND),
    last: new Float32Array(SECOND),
    bias: 0,
  };
}

/** Suspicious boundaries, one after the other, each a row of `SAMPLE` numbers. */
export interface Samples {
  values: Int32Array;
  count: number;
}

/** Whether it is a hole; its score by the regression, in thousandths; counts of verbs; bits of spaces; ids. */
const SAMPLE = 4 + WINDOW;

/** What scores higher than this is learned from: more than is judged, for there is more to learn. */
const SUSPECT = -2.5;

/**
 * Gathers the boundaries of paragraphs, damaged `passes` times, that a regression finds suspicious. Its
 * weights must come from other text: what it has learned by heart, it finds no longer suspicious.
 */
export function suspiciousBoundaries(
  lessons: Lessons,
  weights: Float32Array,
  {
    paragraphs,
    bits,
    passes,
    random,
  }: { paragraphs: Int32Array; bits: number; passes: number; random: Random },
): Samples {
  const { facets } = lessons;
  const samples: Samples = { values: new Int32Array(SAMPLE << 12), count: 0 };
  const paragraph = newParagraph();
  const { ids, spaces, verbs, labels } = paragraph;
  const sums = new Int32Array(FEATURES);
  const shift = 32 - bits;
  for (let pass = 0; pass < passes; pass++) {
    for (const row of paragraphs) {
      readDamaged(lessons, row, random, paragraph, MIX_FOR_NET);
      const { count } = paragraph;
      if (count === 0) continue;
      for (let at = 0; at <= count; at++) {
        if (labels[at] === Label.unclear) continue;
        coarseSums(facets, ids, spaces, at, verbs, sums);
        let score = BIAS;
        for (let index = 0; index < COARSE; index++)
          score += weights[slotOf(index, sums[index] ?? 0, shift)] ?? 0;
        if (score <= COARSE_THRESHOLD) continue;
        fineSums(facets, ids, at, verbs, sums);
        for (let index = COARSE; index < FEATURES; index++)
          score += weights[slotOf(index, sums[index] ?? 0, shift)] ?? 0;
        if (score > SUSPECT) addSample(samples, paragraph, at, score);
      }
    }
  }
  return samples;
}

function addSample(
  samples: Samples,
  { ids, spaces, verbs, labels }: Paragraph,
  at: number,
  score: number,
): void {
  const to = samples.count++ * SAMPLE;
  if (to + SAMPLE > samples.values.length) {
    const longer = new Int32Array(samples.values.length * 2);
    longer.set(samples.values);
    samples.values = longer;
  }
  const from = at + PADDING - REACH;
  let bits = 0;
  for (let place = 0; place < 2 * REACH; place++)
    if (spaces[from + place] === 1) bits |= 1 << place;
  samples.values[to] = labels[at] === Label.hole ? 1 : 0;
  samples.values[to + 1] = Math.round(score * 1000);
  samples.values[to + 2] = verbs.counts[at] ?? 0;
  samples.values[to + 3] = bits;
  windowAt(ids, at, verbs, samples.values.subarray(to + 4, to + SAMPLE));
}

export interface NetOptions {
  readonly passes: number;
  readonly random: Random;
  readonly log: (text: string) => void;
}

const BATCH = 32;
const RATE = 0.002;
const TABLE_RATE = 0.05;
/** How fast the weights of the layers shrink by themselves. */
const DECAY = 0.05;

/** What it says is believed so far: of text that it has not learned from, it knows a little less. */
const TRUST = 0.8;

/**
 * Trains the net to add to the regression what that lacks: the log-loss of the sum of both scores. Its
 * layers learn by Adam (Kingma and Ba 2015), its table by AdaGrad, one sum of squares a row. The rates go
 * down in a straight line. Rows that no word has asked for stay 0.
 */
export function trainNet(
  { values, count }: Samples,
  facets: Int32Array,
  { passes, random, log }: NetOptions,
): FloatNet {
  // Long, as a step of learning is one loop over the same arrays.
  const net = emptyNet();
  if (count === 0) return net;
  const used = usedRows(values, count, facets);
  for (let row = 0; row < ROWS; row++)
    if (used[row] === 1) fill(net.table, row * WIDTH, WIDTH, 0.15, random);
  fill(net.first, 0, net.first.length, 1 / Math.sqrt(INPUTS), random);
  fill(net.counts, 0, net.counts.length, 0.1, random);
  fill(net.second, 0, net.second.length, 1.4 / Math.sqrt(HIDDEN), random);
  fill(net.last, 0, SECOND, 1 / Math.sqrt(SECOND), random);
  const bias = new Float32Array(1);
  const layers = {
    first: adam(net.first),
    counts: adam(net.counts),
    second: adam(net.second),
    secondBias: adam(net.secondBias),
    last: adam(net.last),
    bias: adam(bias),
  };
  const squares = new Float32Array(ROWS).fill(0.01);
  const order = Int32Array.from({ length: count }, (_, sample) => sample);
  const seen = new Int32Array(WINDOW);
  const spaces = new Uint8Array(2 * REACH);
  const inputs = new Float32Array(INPUTS);
  const hidden = new Float32Array(HIDDEN);
  const second = new Float32Array(SECOND);
  const toHidden = new Float32Array(HIDDEN);
  const toInputs = new Float32Array(INPUTS);
  let step = 0;
  for (let pass = 0; pass < passes; pass++) {
    shuffle(order, random);
    let loss = 0;
    let before = 0;
    for (const sample of order) {
      const from = sample * SAMPLE;
      const isHole = values[from] === 1;
      const given = (values[from + 1] ?? 0) / 1000;
      const verbCounts = values[from + 2] ?? 0;
      const bits = values[from + 3] ?? 0;
      for (let place = 0; place < WINDOW; place++) seen[place] = values[from + 4 + place] ?? 0;
      for (let place = 0; place < 2 * REACH; place++) spaces[place] = (bits >>> place) & 1;
      inputsOf(net.table, facets, seen, spaces, 0, given, inputs);
      firstLayer(net, inputs, verbCounts, hidden);
      let score = given + (bias[0] ?? 0);
      for (let unit = 0; unit < SECOND; unit++) {
        let sum = net.secondBias[unit] ?? 0;
        for (let index = 0; index < HIDDEN; index++)
          sum += (hidden[index] ?? 0) * (net.second[unit * HIDDEN + index] ?? 0);
        second[unit] = sum > 0 ? sum : 0;
        score += (second[unit] ?? 0) * (net.last[unit] ?? 0);
      }
      loss += lossOf(score, isHole);
      before += lossOf(given, isHole);

      const error = 1 / (1 + Math.exp(-score)) - (isHole ? 1 : 0);
      add(layers.bias.gradient, 0, error);
      toHidden.fill(0);
      for (let unit = 0; unit < SECOND; unit++) {
        const value = second[unit] ?? 0;
        if (value === 0) continue;
        add(layers.last.gradient, unit, error * value);
        const slope = error * (net.last[unit] ?? 0);
        add(layers.secondBias.gradient, unit, slope);
        const row = unit * HIDDEN;
        for (let index = 0; index < HIDDEN; index++) {
          add(layers.second.gradient, row + index, slope * (hidden[index] ?? 0));
          add(toHidden, index, slope * (net.second[row + index] ?? 0));
        }
      }
      toInputs.fill(0);
      for (let unit = 0; unit < HIDDEN; unit++) {
        const slope = toHidden[unit] ?? 0;
        if (slope === 0 || hidden[unit] === 0) continue;
        add(layers.counts.gradient, verbCounts * HIDDEN + unit, slope);
        const row = unit * INPUTS;
        for (let index = 0; index < INPUTS; index++) {
          add(layers.first.gradient, row + index, slope * (inputs[index] ?? 0));
          add(toInputs, index, slope * (net.first[row + index] ?? 0));
        }
      }
      const rest = 1 - step / (passes * count);
      for (let place = 0; place < WINDOW; place++) {
        const at = place * STRIDE;
        let square = 0;
        for (let index = 0; index < WIDTH; index++) square += (toInputs[at + index] ?? 0) ** 2;
        if (square === 0) continue;
        for (let view = 0; view < LOOKUPS; view++) {
          const row = rowOf(facets, seen[place] ?? 0, view);
          const sum = (squares[row] ?? 0) + square / WIDTH;
          squares[row] = sum;
          const rate = (TABLE_RATE * rest) / Math.sqrt(sum);
          for (let index = 0; index < WIDTH; index++)
            add(net.table, row * WIDTH + index, -rate * (toInputs[at + index] ?? 0));
        }
      }
      if (++step % BATCH === 0)
        for (const layer of Object.values(layers)) descend(layer, step / BATCH, RATE * rest);
    }
    log(
      `net, pass ${pass + 1}: loss ${(loss / count).toFixed(5)}, without it ${(before / count).toFixed(5)}, over ${count} boundaries`,
    );
  }
  return { ...net, last: net.last.map((weight) => weight * TRUST), bias: (bias[0] ?? 0) * TRUST };
}

function lossOf(score: number, isHole: boolean): number {
  return Math.log1p(Math.exp(isHole ? -score : score));
}

function usedRows(values: Int32Array, count: number, facets: Int32Array): Uint8Array {
  const used = new Uint8Array(ROWS);
  for (let sample = 0; sample < count; sample++)
    for (let place = 0; place < WINDOW; place++)
      for (let view = 0; view < LOOKUPS; view++)
        used[rowOf(facets, values[sample * SAMPLE + 4 + place] ?? 0, view)] = 1;
  return used;
}

/** Numbers about 0 with a deviation, near enough to normal. */
function fill(
  values: Float32Array,
  from: number,
  size: number,
  deviation: number,
  random: Random,
): void {
  for (let at = from; at < from + size; at++)
    values[at] = 2 * deviation * (random() + random() + random() - 1.5);
}

function add(values: Float32Array, at: number, value: number): void {
  values[at] = (values[at] ?? 0) + value;
}

interface Layer {
  readonly weights: Float32Array;
  readonly gradient: Float32Array;
  readonly mean: Float32Array;
  readonly square: Float32Array;
}

function adam(weights: Float32Array): Layer {
  const empty = (): Float32Array => new Float32Array(weights.length);
  return { weights, gradient: empty(), mean: empty(), square: empty() };
}

function descend({ weights, gradient, mean, square }: Layer, update: number, rate: number): void {
  const meanScale = rate / (1 - 0.9 ** update);
  const squareScale = 1 / (1 - 0.999 ** update);
  const kept = 1 - DECAY * rate;
  for (let at = 0; at < weights.length; at++) {
    const slope = (gradient[at] ?? 0) / BATCH;
    gradient[at] = 0;
    const average = 0.9 * (mean[at] ?? 0) + 0.1 * slope;
    const power = 0.999 * (square[at] ?? 0) + 0.001 * slope * slope;
    mean[at] = average;
    square[at] = power;
    weights[at] =
      (weights[at] ?? 0) * kept - (meanScale * average) / (Math.sqrt(power * squareScale) + 1e-8);
  }
}

/** Writes what goes into the first layer; the window's `spaces` begin at `from`. */
function inputsOf(
  table: Float32Array,
  facets: Int32Array,
  seen: Int32Array,
  spaces: Uint8Array,
  from: number,
  score: number,
  out: Float32Array,
): void {
  for (let place = 0; place < WINDOW; place++) {
    const space = place < 2 * REACH ? (spaces[from + place] ?? 0) : 0;
    writeRow(table, facets, seen[place] ?? 0, space, out, place * STRIDE);
  }
  out[SCORE_INPUT] = score / 4;
}

/** Writes what one word of the window brings in: its row, and whether white space stands before it. */
function writeRow(
  table: Float32Array,
  facets: Int32Array,
  id: number,
  space: number,
  out: Float32Array,
  to: number,
): void {
  out.fill(0, to, to + WIDTH);
  for (let view = 0; view < LOOKUPS; view++) {
    const row = rowOf(facets, id, view) * WIDTH;
    for (let index = 0; index < WIDTH; index++)
      out[to + index] = (out[to + index] ?? 0) + (table[row + index] ?? 0);
  }
  out[to + WIDTH] = space;
}

/** Four sums at a time, so that the processor need not wait for each. */
function firstLayer(net: FloatNet, input: Float32Array, count: number, out: Float32Array): void {
  const { first, counts } = net;
  for (let unit = 0; unit < HIDDEN; unit += 4) {
    const a = unit * INPUTS;
    const b = a + INPUTS;
    const c = b + INPUTS;
    const d = c + INPUTS;
    const bias = count * HIDDEN + unit;
    let sumA = counts[bias] ?? 0;
    let sumB = counts[bias + 1] ?? 0;
    let sumC = counts[bias + 2] ?? 0;
    let sumD = counts[bias + 3] ?? 0;
    for (let index = 0; index < INPUTS; index++) {
      const value = input[index] ?? 0;
      sumA += value * (first[a + index] ?? 0);
      sumB += value * (first[b + index] ?? 0);
      sumC += value * (first[c + index] ?? 0);
      sumD += value * (first[d + index] ?? 0);
    }
    out[unit] = sumA > 0 ? sumA : 0;
    out[unit + 1] = sumB > 0 ? sumB : 0;
    out[unit + 2] = sumC > 0 ? sumC : 0;
    out[unit + 3] = sumD > 0 ? sumD : 0;
  }
}
