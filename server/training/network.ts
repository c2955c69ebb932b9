import { countVerbs, FEATURES, features, PADDING } from "../src/gaps/features.ts";
import {
  emptyNetwork,
  HIDDEN,
  newWork,
  runNetwork,
  signsOf,
  UPPER,
  VIEW_COUNT,
  WIDTH,
  WINDOW,
  type Network,
} from "../src/gaps/network.ts";
import { AFTER, BEFORE, edgesOf } from "../src/gaps/vocabulary.ts";
import type { Rows } from "./corpus.ts";
import { damage, newDamaged, type WordFacts } from "./damage.ts";
import { shuffle, type Random } from "./random.ts";

export interface NetworkOptions {
  readonly bits: number;
  readonly passes: number;
  readonly rate: number;
  /** Boundaries that the first stage scores below this are not the network's business. */
  readonly gate: number;
  readonly random: Random;
  readonly log: (text: string) => void;
}

/** Trains the second stage on what the first lets through. */
export function trainNetwork(
  rows: Rows,
  facts: WordFacts,
  facets: Int32Array,
  toVocabulary: Int32Array,
  weights: Float32Array,
  { bits, passes, rate, gate, random, log }: NetworkOptions,
): Network {
  const network = emptyNetwork();
  const fill = (values: Float32Array, size: number): void => {
    for (let at = 0; at < values.length; at++) values[at] = (random() * 2 - 1) * size;
  };
  fill(network.rows, 0.4);
  fill(network.first, Math.sqrt(6 / (WINDOW * WIDTH)) / 1.1);
  fill(network.signs, 0.05);
  fill(network.second, Math.sqrt(6 / HIDDEN));
  network.rest.fill(0);
  for (let unit = 0; unit < UPPER; unit++)
    network.rest[HIDDEN + UPPER + unit] = (random() * 2 - 1) * 0.3;

  const sums = emptyNetwork();
  for (const part of Object.values(sums) as Float32Array[]) part.fill(1);
  const order = Int32Array.from({ length: rows.starts.length - 1 }, (_, row) => row);
  const damaged = newDamaged();
  const ids = new Int32Array(damaged.ids.length + 2 * PADDING);
  const verbs = new Uint8Array(ids.length);
  const found = new Int32Array(FEATURES);
  const work = newWork();
  const back = new Float32Array(HIDDEN);
  const inputBack = new Float32Array(WINDOW * WIDTH);
  let step = rate;

  const learn = (
    values: Float32Array,
    squares: Float32Array,
    at: number,
    gradient: number,
  ): void => {
    const sum = (squares[at] ?? 0) + gradient * gradient;
    squares[at] = sum;
    values[at] = (values[at] ?? 0) - (step * gradient) / Math.sqrt(sum);
  };

  const learnFrom = (error: number): void => {
    const { input, hidden, upper, signs, rows: places } = work;
    back.fill(0);
    for (let unit = 0; unit < UPPER; unit++) {
      const out = HIDDEN + UPPER + unit;
      if ((upper[unit] ?? 0) <= 0) continue;
      const gradient = error * (network.rest[out] ?? 0);
      learn(network.rest, sums.rest, out, error * (upper[unit] ?? 0));
      learn(network.rest, sums.rest, HIDDEN + unit, gradient);
      for (let cell = 0; cell < HIDDEN; cell++) {
        const value = hidden[cell] ?? 0;
        if (value === 0) continue;
        const at = unit * HIDDEN + cell;
        back[cell] = (back[cell] ?? 0) + gradient * (network.second[at] ?? 0);
        learn(network.second, sums.second, at, gradient * value);
      }
    }
    learn(network.rest, sums.rest, HIDDEN + 2 * UPPER, error);
    inputBack.fill(0);
    for (let unit = 0; unit < HIDDEN; unit++) {
      const gradient = back[unit] ?? 0;
      if (gradient === 0 || (hidden[unit] ?? 0) === 0) continue;
      learn(network.rest, sums.rest, unit, gradient);
      for (let sign = 0; sign < 3; sign++)
        learn(network.signs, sums.signs, (signs[sign] ?? 0) * HIDDEN + unit, gradient);
      const from = unit * WINDOW * WIDTH;
      for (let cell = 0; cell < WINDOW * WIDTH; cell++) {
        inputBack[cell] = (inputBack[cell] ?? 0) + gradient * (network.first[from + cell] ?? 0);
        const slope = gradient * (input[cell] ?? 0);
        const sum = (sums.first[from + cell] ?? 0) + slope * slope;
        sums.first[from + cell] = sum;
        network.first[from + cell] =
          (network.first[from + cell] ?? 0) - (step * slope) / Math.sqrt(sum);
      }
    }
    for (let place = 0; place < WINDOW; place++)
      for (let view = 0; view < VIEW_COUNT; view++) {
        const from = places[place * VIEW_COUNT + view] ?? 0;
        for (let cell = 0; cell < WIDTH; cell++) {
          const slope = inputBack[place * WIDTH + cell] ?? 0;
          const sum = (sums.rows[from + cell] ?? 0) + slope * slope;
          sums.rows[from + cell] = sum;
          network.rows[from + cell] =
            (network.rows[from + cell] ?? 0) - (step * slope) / Math.sqrt(sum);
        }
      }
  };

  for (let pass = 0; pass < passes; pass++) {
    shuffle(order, random);
    step = pass === passes - 1 && passes > 1 ? rate / 2 : rate;
    let loss = 0;
    let first = 0;
    let seen = 0;
    let holes = 0;
    for (const row of order) {
      damage(rows, facts, row, random, damaged);
      const { count } = damaged;
      if (count === 0) continue;
      ids.fill(BEFORE, 0, PADDING);
      for (let at = 0; at < count; at++)
        ids[at + PADDING] = toVocabulary[damaged.ids[at] ?? 0] ?? 0;
      ids.fill(AFTER, count + PADDING, count + 2 * PADDING);
      const edges = edgesOf(facets, ids, PADDING, count);
      ids[PADDING - 1] = edges.before;
      ids[PADDING + count] = edges.after;
      countVerbs(facets, ids, count, verbs);
      let hole = 0;
      for (let at = 0; at <= count; at++) {
        while (hole < damaged.holes && (damaged.places[hole] ?? 0) < at) hole++;
        const isHole = hole < damaged.holes && damaged.places[hole] === at;
        if (!isHole) {
          if (hole < damaged.holes && damaged.places[hole] === at + 1) continue;
          if (hole > 0 && damaged.places[hole - 1] === at - 1) continue;
        }
        const space = at < count ? (damaged.spaces[at] ?? 0) : 0;
        features(facets, ids, at, space, verbs[at] ?? 0, 32 - bits, found);
        let score = -4;
        for (let index = 0; index < FEATURES; index++) score += weights[found[index] ?? 0] ?? 0;
        if (score < gate) continue;
        signsOf(
          space,
          at + 1 < count ? (damaged.spaces[at + 1] ?? 0) : 0,
          verbs[at] ?? 0,
          work.signs,
        );
        const own = runNetwork(network, facets, ids, at, count, work);
        const chance = 1 / (1 + Math.exp(-own));
        seen++;
        if (isHole) holes++;
        loss -= Math.log(isHole ? chance + 1e-9 : 1 - chance + 1e-9);
        const base = 1 / (1 + Math.exp(-score));
        first -= Math.log(isHole ? base + 1e-9 : 1 - base + 1e-9);
        const error = chance - (isHole ? 1 : 0);
        if (Math.abs(error) > 0.003) learnFrom(error);
        if (seen % 100_000 === 0) {
          log(
            `  ${seen}: loss ${(loss / 100_000).toFixed(4)}, of the first stage ${(first / 100_000).toFixed(4)}, ${holes} holes`,
          );
          loss = 0;
          first = 0;
          holes = 0;
        }
      }
    }
    log(`network pass ${pass + 1} done: ${seen} boundaries`);
  }
  return network;
}
