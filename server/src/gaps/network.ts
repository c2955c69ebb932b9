import { PADDING } from "./features.ts";
import { FACETS, Facet } from "./vocabulary.ts";

/** The sizes of the second stage: how far it looks, and how wide its layers are. */
export const SIDE = 6;
export const WINDOW = 2 * SIDE;
export const WIDTH = 24;
export const HIDDEN = 64;
export const UPPER = 24;
export const ROW_BITS = 14;
/** Inputs that are no words: white space before each of the two next tokens, verbs in the clause. */
export const SIGNS = 20;

/**
 * A small network over the words on both sides of a boundary. Each word is the sum of a few rows of
 * one hashed table; each place in the window has its own part of the first layer.
 */
export interface Network {
  /** 2^ROW_BITS rows of WIDTH. */
  readonly rows: Float32Array;
  /** WINDOW × HIDDEN × WIDTH. */
  readonly first: Float32Array;
  /** SIGNS × HIDDEN. */
  readonly signs: Float32Array;
  /** UPPER × HIDDEN. */
  readonly second: Float32Array;
  /** HIDDEN biases, UPPER biases, UPPER weights, one bias. */
  readonly rest: Float32Array;
}

export const REST = HIDDEN + UPPER + UPPER + 1;

export function emptyNetwork(): Network {
  return {
    rows: new Float32Array(WIDTH << ROW_BITS),
    first: new Float32Array(WINDOW * HIDDEN * WIDTH),
    signs: new Float32Array(SIGNS * HIDDEN),
    second: new Float32Array(UPPER * HIDDEN),
    rest: new Float32Array(REST),
  };
}

/** The facets whose rows make a word. */
const VIEWS = [
  Facet.word,
  Facet.after,
  Facet.before,
  Facet.class,
  Facet.suffix,
  Facet.shape,
] as const;
export const VIEW_COUNT = VIEWS.length;

/** Writes where the rows of a word begin, in units of the table. */
export function rowsOf(facets: Int32Array, id: number, out: Int32Array, at: number): void {
  for (let view = 0; view < VIEW_COUNT; view++) {
    const facet = facets[id * FACETS + (VIEWS[view] ?? 0)] ?? 0;
    out[at + view] = (Math.imul(facet + view, 0x9e3779b1) >>> (32 - ROW_BITS)) * WIDTH;
  }
}

/** The signs that hold at a boundary, as indexes below SIGNS; three of them. */
export function signsOf(space: number, nextSpace: number, verbs: number, out: Int32Array): void {
  out[0] = space;
  out[1] = 2 + nextSpace;
  out[2] = 4 + verbs;
}

/** Room for the values of one run of the network. */
export interface Work {
  readonly input: Float32Array;
  readonly hidden: Float32Array;
  readonly upper: Float32Array;
  readonly signs: Int32Array;
  readonly rows: Int32Array;
}

export function newWork(): Work {
  return {
    input: new Float32Array(WINDOW * WIDTH),
    hidden: new Float32Array(HIDDEN),
    upper: new Float32Array(UPPER),
    signs: new Int32Array(3),
    rows: new Int32Array(WINDOW * VIEW_COUNT),
  };
}

/** The log-odds of a hole at the boundary before token `at`. */
export function runNetwork(
  network: Network,
  facets: Int32Array,
  ids: Int32Array,
  at: number,
  count: number,
  work: Work,
): number {
  const { input, hidden, upper, signs, rows } = work;
  const { first, second, rest } = network;
  input.fill(0);
  for (let place = 0; place < WINDOW; place++) {
    const index = at - SIDE + place;
    const id = index < -PADDING ? 0 : index >= count + PADDING ? 1 : (ids[index + PADDING] ?? 0);
    rowsOf(facets, id, rows, place * VIEW_COUNT);
    const to = place * WIDTH;
    for (let view = 0; view < VIEW_COUNT; view++) {
      const from = rows[place * VIEW_COUNT + view] ?? 0;
      for (let cell = 0; cell < WIDTH; cell++)
        input[to + cell] = (input[to + cell] ?? 0) + (network.rows[from + cell] ?? 0);
    }
  }
  for (let unit = 0; unit < HIDDEN; unit++) {
    let sum = rest[unit] ?? 0;
    for (let sign = 0; sign < 3; sign++)
      sum += network.signs[(signs[sign] ?? 0) * HIDDEN + unit] ?? 0;
    const from = unit * WINDOW * WIDTH;
    for (let cell = 0; cell < WINDOW * WIDTH; cell++)
      sum += (first[from + cell] ?? 0) * (input[cell] ?? 0);
    hidden[unit] = sum > 0 ? sum : 0;
  }
  let score = rest[HIDDEN + 2 * UPPER] ?? 0;
  for (let unit = 0; unit < UPPER; unit++) {
    let sum = rest[HIDDEN + unit] ?? 0;
    const from = unit * HIDDEN;
    for (let cell = 0; cell < HIDDEN; cell++)
      sum += (second[from + cell] ?? 0) * (hidden[cell] ?? 0);
    const value = sum > 0 ? sum : 0;
    upper[unit] = value;
    score += value * (rest[HIDDEN + UPPER + unit] ?? 0);
  }
  return score;
}
