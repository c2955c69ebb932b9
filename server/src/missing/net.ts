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
 * The table and the weights of the first layer are quantized, so the sums of nearly all of the work are exact.
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
  const seen = new Int32Array(WINDOW);
  windowAt(ids, at, verbs, seen);
  const hidden = firstLayer(
    net,
    wordInputs(net.table.steps, facets, seen),
    spaces.subarray(at + PADDING - REACH, at + PADDING + REACH),
    score / 4,
    (verbs.counts[at] ?? 0) * HIDDEN,
  );
  let sum = net.bias;
  for (let unit = 0; unit < SECOND; unit++) {
    let input = net.secondBias[unit] ?? 0;
    for (let index = 0; index < HIDDEN; index++)
      input += (hidden[index] ?? 0) * (net.second[unit * HIDDEN + index] ?? 0);
    sum += Math.max(0, input) * (net.last[unit] ?? 0);
  }
  return sum;
}

/** What the words bring in, in steps of the table: each the sum of its rows. The other inputs are 0. */
function wordInputs(table: Int8Array, facets: Int32Array, seen: Int32Array): Int32Array {
  const inputs = new Int32Array(INPUTS);
  for (let place = 0; place < WINDOW; place++) {
    for (let view = 0; view < LOOKUPS; view++) {
      const row = rowOf(facets, seen[place] ?? 0, view) * WIDTH;
      for (let index = 0; index < WIDTH; index++) {
        const to = place * STRIDE + index;
        inputs[to] = (inputs[to] ?? 0) + (table[row + index] ?? 0);
      }
    }
  }
  return inputs;
}

/** The first layer. What words and white space add up to is a whole number of steps. */
function firstLayer(
  { table, first: { step, steps }, counts }: Net,
  words: Int32Array,
  spaces: Uint8Array,
  score: number,
  count: number,
): Float32Array {
  const hidden = new Float32Array(HIDDEN);
  const product = table.step * step;
  for (let unit = 0; unit < HIDDEN; unit++) {
    const row = unit * INPUTS;
    let ofWords = 0;
    for (let index = 0; index < INPUTS; index++)
      ofWords = (ofWords + Math.imul(words[index] ?? 0, steps[row + index] ?? 0)) | 0;
    let ofSpaces = 0;
    for (let place = 0; place < 2 * REACH; place++)
      if (spaces[place] !== 0) ofSpaces += steps[row + place * STRIDE + WIDTH] ?? 0;
    const rest = ofSpaces + score * (steps[row + SCORE_INPUT] ?? 0);
    hidden[unit] = Math.max(0, ofWords * product + rest * step + (counts[count + unit] ?? 0));
  }
  return hidden;
}
