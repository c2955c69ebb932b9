import { AFTER, BEFORE, edgesOf } from "../src/gaps/vocabulary.ts";
import {
  coarseFeatures,
  FEATURES,
  findVerbs,
  fineFeatures,
  newVerbs,
  PADDING,
} from "../src/gaps/features.ts";
import type { Rows } from "./corpus.ts";
import { damage, newDamaged, type WordFacts } from "./damage.ts";
import { shuffle, type Random } from "./random.ts";

export interface RegressionOptions {
  readonly bits: number;
  readonly passes: number;
  readonly rate: number;
  readonly random: Random;
  readonly log: (text: string) => void;
}

/** How often in a pass the weights are taken down for the mean. */
const SNAPSHOTS = 12;

/**
 * Logistic regression by AdaGrad (Duchi, Hazan and Singer 2011) over damage made afresh in each pass; the weights
 * are the mean over the second half of the passes.
 * `facets` are those of the words of `rows`, whose ids `toVocabulary` translates.
 */
export function trainRegression(
  rows: Rows,
  facts: WordFacts,
  facets: Int32Array,
  toVocabulary: Int32Array,
  { bits, passes, rate, random, log }: RegressionOptions,
): Float32Array {
  // Each weight stands beside the sum of its squared gradients: one cache line for both.
  const learned = new Float32Array(2 << bits);
  for (let at = 1; at < learned.length; at += 2) learned[at] = 1;
  const order = Int32Array.from({ length: rows.starts.length - 1 }, (_, row) => row);
  const damaged = newDamaged();
  const ids = new Int32Array(damaged.ids.length + 2 * PADDING);
  const verbs = newVerbs(ids.length);
  const found = new Int32Array(FEATURES);
  const shift = 32 - bits;
  const average = new Float32Array(1 << bits);
  let snapshots = 0;
  for (let pass = 0; pass < passes; pass++) {
    shuffle(order, random);
    let loss = 0;
    let seen = 0;
    let holes = 0;
    let done = 0;
    for (const row of order) {
      // The mean over the last half of the training is steadier than where it ends.
      if (pass >= passes / 2 && ++done % Math.ceil(order.length / SNAPSHOTS) === 0) {
        for (let slot = 0; slot < average.length; slot++)
          average[slot] = (average[slot] ?? 0) + (learned[slot * 2] ?? 0);
        snapshots++;
      }
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
      findVerbs(facets, ids, count, verbs);
      let hole = 0;
      for (let at = 0; at <= count; at++) {
        while (hole < damaged.holes && (damaged.places[hole] ?? 0) < at) hole++;
        const isHole = hole < damaged.holes && damaged.places[hole] === at;
        if (!isHole) {
          // Beside a hole no one can say which side it is on.
          if (hole < damaged.holes && damaged.places[hole] === at + 1) continue;
          if (hole > 0 && damaged.places[hole - 1] === at - 1) continue;
        }
        const space = at < count ? (damaged.spaces[at] ?? 0) : 0;
        coarseFeatures(facets, ids, at, space, verbs, shift, found);
        fineFeatures(facets, ids, at, verbs, shift, found);
        let score = -4;
        for (let index = 0; index < FEATURES; index++)
          score += learned[(found[index] ?? 0) * 2] ?? 0;
        const chance = 1 / (1 + Math.exp(-score));
        const error = chance - (isHole ? 1 : 0);
        seen++;
        if (isHole) holes++;
        loss -= Math.log(isHole ? chance + 1e-9 : 1 - chance + 1e-9);
        if (!isHole && chance < 0.001) continue;
        const square = error * error;
        for (let index = 0; index < FEATURES; index++) {
          const slot = (found[index] ?? 0) * 2;
          const sum = (learned[slot + 1] ?? 0) + square;
          learned[slot + 1] = sum;
          learned[slot] = (learned[slot] ?? 0) - (rate * error) / Math.sqrt(sum);
        }
      }
    }
    log(
      `pass ${pass + 1}: loss ${(loss / seen).toFixed(5)} over ${seen} boundaries, ${holes} holes`,
    );
  }
  return average.map((sum) => sum / Math.max(snapshots, 1));
}
