import { memoizeOn } from "../draft/incremental/memoize.ts";
import { bytesOf, type StoredBytes } from "./coding.ts";
import { PADDING, type Verbs } from "./features.ts";
import { mix } from "../text/hash.ts";
import { Facet, FACETS } from "./vocabulary.ts";

/**
 * The second look at a boundary that the regression finds suspicious: a small neural net over ten
 * tokens on each side and the verbs of the clause. It knows a word by its classes alone, not by its
 * spelling: what the regression has learned by heart, the net must judge by the kind of sentence.
 *
 * Each token is the sum of one row of `table` for each of its classes; the rows of all tokens, side by
 * side, go through two layers with ReLU to one number, which is added to the score.
 *
 * Nearly all of the work is the first layer. Its weights and the table are quantized, so its sums are exact.
 */
export interface Net {
  /** `ROWS` rows of `WIDTH` numbers. */
  readonly table: Quantized;
  /** `HIDDEN` rows of `INPUTS` numbers. */
  readonly first: Quantized;
  /** `HIDDEN` numbers for each count of verbs before and after, in place of a bias. */
  readonly counts: Float32Array;
  /** `SECOND` rows of `HIDDEN` numbers. */
  readonly second: Float32Array;
  readonly secondBias: Float32Array;
  readonly last: Float32Array;
  readonly bias: number;
}

/** Numbers that are each a multiple of `step`: how many of it. */
export interface Quantized {
  readonly step: number;
  readonly steps: Int8Array;
}

/** So many tokens on each side of the boundary are seen. */
export const REACH = 10;
export const WIDTH = 16;
export const HIDDEN = 32;
export const SECOND = 16;
/** How many counts of verbs there are (see `Verbs`). */
export const COUNTS = 16;

/** The classes of a word that are looked up, and where the rows of each begin. */
const VIEWS = [Facet.class, Facet.after, Facet.before, Facet.part, Facet.shape] as const;
export const LOOKUPS = VIEWS.length;
const ROW_BITS = 11;
export const ROWS = LOOKUPS << ROW_BITS;

/** The tokens of the window, and the verb on each side. */
export const WINDOW = 2 * REACH + 2;
/** What one of them brings in: its row, and whether white space stands before it. */
export const STRIDE = WIDTH + 1;
export const INPUTS = WINDOW * STRIDE;

/** The row of `table` that a word has in one of its views. */
export function rowOf(facets: Int32Array, id: number, view: number): number {
  const hash = mix(Math.imul(facets[id * FACETS + (VIEWS[view] ?? 0)] ?? 0, 0x9e3779b1));
  return (view << ROW_BITS) + (hash >>> (32 - ROW_BITS));
}

/** Writes the ids of what is seen from the boundary before token `at`, whose paragraph's `ids` are padded. */
export function windowAt(ids: Int32Array, at: number, verbs: Verbs, out: Int32Array): void {
  const from = at + PADDING - REACH;
  for (let place = 0; place < 2 * REACH; place++) out[place] = ids[from + place] ?? 0;
  out[2 * REACH] = verbs.left[at] ?? 0;
  out[2 * REACH + 1] = verbs.right[at] ?? 0;
}

/**
 * Where the quarter of the regression's score goes in: in the place of the last verb's white space, which there is
 * none of.
 */
export const SCORE_INPUT = 2 * REACH * STRIDE + WIDTH;

/** What the net adds to the `score` of the boundary before token `at`. Sums in one order: the same on every machine. */
export function netAt(
  net: Net,
  facets: Int32Array,
  ids: Int32Array,
  spaces: Uint8Array,
  at: number,
  verbs: Verbs,
  score: number,
): number {
  const memory = memoryOf(net);
  const { seen, sums, spaced, hidden, allSpaces, ofSpace, ofScore } = memory;
  const { table, first, counts } = net;
  windowAt(ids, at, verbs, seen);
  const from = at + PADDING - REACH;
  sums.fill(0);
  spaced.set(allSpaces);
  for (let place = 0; place < WINDOW; place++) {
    addPairs(sums, memory.shares, shareOf(net, memory, facets, seen[place] ?? 0, place));
    // There mostly is white space, so what is missing is taken out of the sum of all.
    if (place < 2 * REACH && spaces[from + place] === 0) addPairs(spaced, ofSpace, place * PAIRS);
  }
  const count = (verbs.counts[at] ?? 0) * HIDDEN;
  const quarter = score / 4;
  const product = table.step * first.step;
  for (let pair = 0; pair < PAIRS; pair++) {
    const high = highOf(sums[pair] ?? 0);
    const low = (sums[pair] ?? 0) - high * HIGH;
    const highSpaced = highOf(spaced[pair] ?? 0);
    const lowSpaced = (spaced[pair] ?? 0) - highSpaced * HIGH;
    const unit = 2 * pair;
    const sumLow = low * product + (lowSpaced + quarter * (ofScore[unit] ?? 0)) * first.step;
    const sumHigh = high * product + (highSpaced + quarter * (ofScore[unit + 1] ?? 0)) * first.step;
    hidden[unit] = Math.max(0, sumLow + (counts[count + unit] ?? 0));
    hidden[unit + 1] = Math.max(0, sumHigh + (counts[count + unit + 1] ?? 0));
  }
  return lastLayers(net, hidden);
}

/*
 * The sums of two units of the first layer are one number, low + high * HIGH: two of these are added, and one is
 * multiplied with a whole number, for both units at once. No sum reaches HIGH / 2 (a word's row is the sum of
 * `LOOKUPS` bytes, and a unit that of `WINDOW * WIDTH` products with a byte), so low and high can be told apart, and all
 * is exact in the 53 bits of a number.
 */
const PAIRS = HIDDEN / 2;
const HIGH = 2 ** 26;

/** The second of a pair of sums. */
function highOf(pair: number): number {
  return Math.round(pair / HIGH);
}

function addPairs(sums: Float64Array, added: Float64Array, from: number): void {
  for (let pair = 0; pair < PAIRS; pair += 4) {
    sums[pair] = (sums[pair] ?? 0) + (added[from + pair] ?? 0);
    sums[pair + 1] = (sums[pair + 1] ?? 0) + (added[from + pair + 1] ?? 0);
    sums[pair + 2] = (sums[pair + 2] ?? 0) + (added[from + pair + 2] ?? 0);
    sums[pair + 3] = (sums[pair + 3] ?? 0) + (added[from + pair + 3] ?? 0);
  }
}

/**
 * A net's working memory, and a cache of what a word adds to the first layer at a place: the layer is a sum over the
 * places, and the same few words are around most boundaries. A slot's key is all that its value was computed
 * from, so the value holds for any vocabulary.
 */
interface Memory {
  readonly seen: Int32Array;
  readonly sums: Float64Array;
  readonly spaced: Float64Array;
  readonly hidden: Float32Array;
  readonly row: Float64Array;
  /** `KEY` numbers a slot: the place, then the facets that are looked up. */
  readonly keys: Int32Array;
  /** `PAIRS` numbers a slot. */
  readonly shares: Float64Array;
  /** The weights of `first` by places: for each, and each four pairs of units, those four of each input. */
  readonly weights: Float64Array;
  /** What is to be added for a place without white space, in pairs by place, to what all places with it add. */
  readonly ofSpace: Float64Array;
  readonly allSpaces: Float64Array;
  /** The weight of the score for each unit. */
  readonly ofScore: Int8Array;
}

const SLOT_BITS = 13;
const KEY = 1 + LOOKUPS;

const memoryOf = memoizeOn<Net>()(({ first: { steps } }): Memory => {
  const pairAt = (pair: number, input: number): number =>
    (steps[2 * pair * INPUTS + input] ?? 0) + HIGH * (steps[(2 * pair + 1) * INPUTS + input] ?? 0);
  const ofSpace = new Float64Array(2 * REACH * PAIRS);
  const allSpaces = new Float64Array(PAIRS);
  for (let place = 0; place < 2 * REACH; place++) {
    for (let pair = 0; pair < PAIRS; pair++) {
      const weight = pairAt(pair, place * STRIDE + WIDTH);
      ofSpace[place * PAIRS + pair] = -weight;
      allSpaces[pair] = (allSpaces[pair] ?? 0) + weight;
    }
  }
  const weights = new Float64Array(WINDOW * WIDTH * PAIRS);
  let to = 0;
  for (let place = 0; place < WINDOW; place++)
    for (let four = 0; four < PAIRS; four += 4)
      for (let index = 0; index < WIDTH; index++)
        for (let pair = four; pair < four + 4; pair++)
          weights[to++] = pairAt(pair, place * STRIDE + index);
  return {
    seen: new Int32Array(WINDOW),
    sums: new Float64Array(PAIRS),
    spaced: new Float64Array(PAIRS),
    hidden: new Float32Array(HIDDEN),
    row: new Float64Array(WIDTH),
    keys: new Int32Array(KEY << SLOT_BITS),
    shares: new Float64Array(PAIRS << SLOT_BITS),
    weights,
    ofSpace,
    allSpaces,
    ofScore: Int8Array.from(
      { length: HIDDEN },
      (_, unit) => steps[unit * INPUTS + SCORE_INPUT] ?? 0,
    ),
  };
});

/** Where in `shares` stands what a word brings into the first layer at a place of the window. */
function shareOf(
  { table }: Net,
  memory: Memory,
  facets: Int32Array,
  id: number,
  place: number,
): number {
  const { keys } = memory;
  const word = id * FACETS;
  const ofClass = facets[word + Facet.class] ?? 0;
  const after = facets[word + Facet.after] ?? 0;
  const before = facets[word + Facet.before] ?? 0;
  const part = facets[word + Facet.part] ?? 0;
  const shape = facets[word + Facet.shape] ?? 0;
  let hash = Math.imul(place + 1, 0x9e3779b1) ^ ofClass;
  hash = Math.imul(hash, 0x85ebca6b) ^ after;
  hash = Math.imul(hash, 0x85ebca6b) ^ before;
  hash = Math.imul(hash, 0x85ebca6b) ^ part;
  hash = Math.imul(hash, 0x85ebca6b) ^ shape;
  const slot = mix(hash) >>> (32 - SLOT_BITS);
  const key = slot * KEY;
  // An empty slot has 0 for its place.
  if (
    keys[key] !== place + 1 ||
    keys[key + 1] !== ofClass ||
    keys[key + 2] !== after ||
    keys[key + 3] !== before ||
    keys[key + 4] !== part ||
    keys[key + 5] !== shape
  ) {
    keys[key] = place + 1;
    keys[key + 1] = ofClass;
    keys[key + 2] = after;
    keys[key + 3] = before;
    keys[key + 4] = part;
    keys[key + 5] = shape;
    writeRow(table.steps, facets, id, memory.row);
    writeShare(memory, place, slot * PAIRS);
  }
  return slot * PAIRS;
}

/** Writes the row of a word: the sum of those that it has in its views. */
function writeRow(table: Int8Array, facets: Int32Array, id: number, out: Float64Array): void {
  const a = rowOf(facets, id, 0) * WIDTH;
  const b = rowOf(facets, id, 1) * WIDTH;
  const c = rowOf(facets, id, 2) * WIDTH;
  const d = rowOf(facets, id, 3) * WIDTH;
  const e = rowOf(facets, id, 4) * WIDTH;
  for (let index = 0; index < WIDTH; index++)
    out[index] =
      (table[a + index] ?? 0) +
      (table[b + index] ?? 0) +
      (table[c + index] ?? 0) +
      (table[d + index] ?? 0) +
      (table[e + index] ?? 0);
}

/**
 * Writes the products of the row in memory with the weights of a place, each added up for a pair of units. Four sums at
 * a time, so that the processor need not wait for each.
 */
function writeShare({ row, weights, shares }: Memory, place: number, to: number): void {
  let at = place * WIDTH * PAIRS;
  for (let pair = to; pair < to + PAIRS; pair += 4) {
    let a = 0;
    let b = 0;
    let c = 0;
    let d = 0;
    for (let index = 0; index < WIDTH; index++) {
      const value = row[index] ?? 0;
      a += value * (weights[at] ?? 0);
      b += value * (weights[at + 1] ?? 0);
      c += value * (weights[at + 2] ?? 0);
      d += value * (weights[at + 3] ?? 0);
      at += 4;
    }
    shares[pair] = a;
    shares[pair + 1] = b;
    shares[pair + 2] = c;
    shares[pair + 3] = d;
  }
}

function lastLayers(net: Net, input: Float32Array): number {
  let score = net.bias;
  for (let unit = 0; unit < SECOND; unit += 4) {
    const { second, secondBias, last } = net;
    const a = unit * HIDDEN;
    const b = a + HIDDEN;
    const c = b + HIDDEN;
    const d = c + HIDDEN;
    let sumA = secondBias[unit] ?? 0;
    let sumB = secondBias[unit + 1] ?? 0;
    let sumC = secondBias[unit + 2] ?? 0;
    let sumD = secondBias[unit + 3] ?? 0;
    for (let index = 0; index < HIDDEN; index++) {
      const value = input[index] ?? 0;
      sumA += value * (second[a + index] ?? 0);
      sumB += value * (second[b + index] ?? 0);
      sumC += value * (second[c + index] ?? 0);
      sumD += value * (second[d + index] ?? 0);
    }
    if (sumA > 0) score += sumA * (last[unit] ?? 0);
    if (sumB > 0) score += sumB * (last[unit + 1] ?? 0);
    if (sumC > 0) score += sumC * (last[unit + 2] ?? 0);
    if (sumD > 0) score += sumD * (last[unit + 3] ?? 0);
  }
  return score;
}

/** A net as it is stored: rows of numbers as bytes, each a number of `step`s from `MIDDLE`. */
export interface PackedNet<Bytes extends StoredBytes = StoredBytes> {
  readonly table: PackedNumbers<Bytes>;
  readonly first: PackedNumbers<Bytes>;
  readonly counts: PackedNumbers<Bytes>;
  readonly second: PackedNumbers<Bytes>;
  readonly secondBias: readonly number[];
  readonly last: readonly number[];
  readonly bias: number;
}

export interface PackedNumbers<Bytes extends StoredBytes = StoredBytes> {
  readonly step: number;
  readonly codes: Bytes;
}

/** The byte that stands for 0. */
export const MIDDLE = 128;

/** The net with its byte arrays decoded. Throws a RangeError where it is none. */
export function decodedNet(packed: PackedNet): PackedNet<Uint8Array> {
  const decoded = ({ step, codes }: PackedNumbers, size: number): PackedNumbers<Uint8Array> => ({
    step,
    codes: bytesOf(codes, size),
  });
  return {
    ...packed,
    table: decoded(packed.table, ROWS * WIDTH),
    first: decoded(packed.first, HIDDEN * INPUTS),
    counts: decoded(packed.counts, COUNTS * HIDDEN),
    second: decoded(packed.second, SECOND * HIDDEN),
  };
}

/** Unpacks a net. Throws a RangeError where it is none. */
export function unpackNet(packed: PackedNet): Net {
  const { table, first, counts, second, secondBias, last, bias } = decodedNet(packed);
  return {
    table: quantized(table),
    first: quantized(first),
    counts: numbersOf(quantized(counts)),
    second: numbersOf(quantized(second)),
    secondBias: Float32Array.from(secondBias),
    last: Float32Array.from(last),
    bias,
  };
}

function quantized({ step, codes }: PackedNumbers<Uint8Array>): Quantized {
  const steps = new Int8Array(codes.length);
  for (let at = 0; at < codes.length; at++) steps[at] = (codes[at] ?? MIDDLE) - MIDDLE;
  return { step, steps };
}

function numbersOf({ step, steps }: Quantized): Float32Array {
  return Float32Array.from(steps, (count) => count * step);
}
