import { memoizeOn } from "../draft/incremental/memoize.ts";
import { decode } from "./coding.ts";
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
 */
export interface Net {
  /** `ROWS` rows of `WIDTH` numbers. */
  readonly table: Float32Array;
  /** `HIDDEN` rows of `INPUTS` numbers. */
  readonly first: Float32Array;
  /** `HIDDEN` numbers for each count of verbs before and after, in place of a bias. */
  readonly counts: Float32Array;
  /** `SECOND` rows of `HIDDEN` numbers. */
  readonly second: Float32Array;
  readonly secondBias: Float32Array;
  readonly last: Float32Array;
  readonly bias: number;
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

/** A net that says 0 of everything. */
export function emptyNet(): Net {
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

/** The input for a quarter of the regression's score: it takes the place of the last verb's white space, which there is none of. */
const SCORE_INPUT = 2 * REACH * STRIDE + WIDTH;

/** Writes what goes into the first layer; the window's `spaces` begin at `from`. */
export function inputsOf(
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
  const { seen, sums, hidden } = memory;
  windowAt(ids, at, verbs, seen);
  const { first, counts } = net;
  const count = (verbs.counts[at] ?? 0) * HIDDEN;
  const quarter = score / 4;
  for (let unit = 0; unit < HIDDEN; unit++)
    sums[unit] = (counts[count + unit] ?? 0) + quarter * (first[unit * INPUTS + SCORE_INPUT] ?? 0);
  const from = at + PADDING - REACH;
  for (let place = 0; place < WINDOW; place++) {
    const space = place < 2 * REACH ? (spaces[from + place] ?? 0) : 0;
    addShare(net, memory, facets, seen[place] ?? 0, place, space);
  }
  for (let unit = 0; unit < HIDDEN; unit++) hidden[unit] = Math.max(0, sums[unit] ?? 0);
  return lastLayers(net, hidden);
}

/**
 * A net's working memory, and a cache of what a word adds to the first layer at a place: the layer is a sum over the
 * places, and the same few words are around most boundaries. A slot's key is all that its value was computed
 * from, so the value holds for any vocabulary.
 */
interface Memory {
  readonly seen: Int32Array;
  readonly sums: Float64Array;
  readonly hidden: Float32Array;
  readonly row: Float32Array;
  /** `KEY` numbers a slot: the place and the white space, then the facets that are looked up. */
  readonly keys: Int32Array;
  /** `HIDDEN` numbers a slot. */
  readonly shares: Float64Array;
  /** `first` by columns: `HIDDEN` numbers for each input, which are added up one after the other. */
  readonly columns: Float32Array;
}

const SLOT_BITS = 12;
const KEY = 1 + LOOKUPS;

const memoryOf = memoizeOn<Net>()(({ first }): Memory => ({
  seen: new Int32Array(WINDOW),
  sums: new Float64Array(HIDDEN),
  hidden: new Float32Array(HIDDEN),
  row: new Float32Array(STRIDE),
  keys: new Int32Array(KEY << SLOT_BITS),
  shares: new Float64Array(HIDDEN << SLOT_BITS),
  columns: columnsOf(first),
}));

function columnsOf(first: Float32Array): Float32Array {
  const columns = new Float32Array(INPUTS * HIDDEN);
  for (let unit = 0; unit < HIDDEN; unit++) {
    for (let input = 0; input < INPUTS; input++)
      columns[input * HIDDEN + unit] = first[unit * INPUTS + input] ?? 0;
  }
  return columns;
}

/** Adds to `sums` what a word brings into the first layer at a place of the window. */
function addShare(
  net: Net,
  { keys, shares, sums, row, columns }: Memory,
  facets: Int32Array,
  id: number,
  place: number,
  space: number,
): void {
  const word = id * FACETS;
  // Never 0, which is what an empty slot has.
  const where = 1 + 2 * place + space;
  let hash = Math.imul(where, 0x9e3779b1);
  for (let view = 0; view < LOOKUPS; view++)
    hash = Math.imul(hash ^ (facets[word + (VIEWS[view] ?? 0)] ?? 0), 0x85ebca6b);
  const slot = mix(hash) >>> (32 - SLOT_BITS);
  const key = slot * KEY;
  let isKnown = keys[key] === where;
  for (let view = 0; isKnown && view < LOOKUPS; view++)
    isKnown = keys[key + 1 + view] === facets[word + (VIEWS[view] ?? 0)];
  const from = slot * HIDDEN;
  if (!isKnown) {
    keys[key] = where;
    for (let view = 0; view < LOOKUPS; view++)
      keys[key + 1 + view] = facets[word + (VIEWS[view] ?? 0)] ?? 0;
    writeRow(net.table, facets, id, space, row, 0);
    multiply(columns, row, place, shares, from);
  }
  for (let unit = 0; unit < HIDDEN; unit += 4) {
    sums[unit] = (sums[unit] ?? 0) + (shares[from + unit] ?? 0);
    sums[unit + 1] = (sums[unit + 1] ?? 0) + (shares[from + unit + 1] ?? 0);
    sums[unit + 2] = (sums[unit + 2] ?? 0) + (shares[from + unit + 2] ?? 0);
    sums[unit + 3] = (sums[unit + 3] ?? 0) + (shares[from + unit + 3] ?? 0);
  }
}

/** Writes what a word's row adds to the first layer at a place to `HIDDEN` numbers of `out`. */
function multiply(
  columns: Float32Array,
  row: Float32Array,
  place: number,
  out: Float64Array,
  to: number,
): void {
  out.fill(0, to, to + HIDDEN);
  for (let index = 0; index < STRIDE; index++) {
    // The score stands in the place of the last verb's white space, of which there is none.
    const value = row[index] ?? 0;
    const weights = (place * STRIDE + index) * HIDDEN;
    if (value === 0) continue;
    for (let unit = 0; unit < HIDDEN; unit++)
      out[to + unit] = (out[to + unit] ?? 0) + value * (columns[weights + unit] ?? 0);
  }
}

/** Four sums at a time, so that the processor need not wait for each. */
export function firstLayer(net: Net, input: Float32Array, count: number, out: Float32Array): void {
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
export interface PackedNet {
  readonly table: PackedNumbers;
  readonly first: PackedNumbers;
  readonly counts: PackedNumbers;
  readonly second: PackedNumbers;
  readonly secondBias: readonly number[];
  readonly last: readonly number[];
  readonly bias: number;
}

export interface PackedNumbers {
  readonly step: number;
  readonly codes: string;
}

/** The byte that stands for 0. */
export const MIDDLE = 128;

/** Unpacks a net. Throws a RangeError where it is none. */
export function unpackNet(packed: PackedNet): Net {
  return {
    table: unpackNumbers(packed.table, ROWS * WIDTH),
    first: unpackNumbers(packed.first, HIDDEN * INPUTS),
    counts: unpackNumbers(packed.counts, COUNTS * HIDDEN),
    second: unpackNumbers(packed.second, SECOND * HIDDEN),
    secondBias: Float32Array.from(packed.secondBias),
    last: Float32Array.from(packed.last),
    bias: packed.bias,
  };
}

function unpackNumbers({ step, codes }: PackedNumbers, size: number): Float32Array {
  const bytes = decode(codes, size);
  const numbers = new Float32Array(size);
  for (let at = 0; at < size; at++) numbers[at] = ((bytes[at] ?? MIDDLE) - MIDDLE) * step;
  return numbers;
}
