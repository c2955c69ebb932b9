import { BIAS } from "../src/missing/find.ts";
import { coarseSums, FEATURES, fineSums, featureSlot } from "../src/missing/features.ts";
import { Label, newParagraph, readDamaged, type Lessons } from "./paragraph.ts";
import { shuffle, type Random } from "./random.ts";

export interface RegressionOptions {
  readonly bits: number;
  readonly passes: number;
  readonly rate: number;
  readonly random: Random;
  readonly log: (text: string) => void;
}

/** How often in a pass the weights are sampled for the mean. */
const SNAPSHOTS = 12;

/**
 * Logistic regression by AdaGrad (Duchi, Hazan and Singer 2011), over damage made anew in each pass. The weights are
 * the mean over the second half of the passes.
 */
export function trainRegression(
  lessons: Lessons,
  { bits, passes, rate, random, log }: RegressionOptions,
): Float32Array {
  // Long, as a step of learning is one loop over the same arrays.
  const { facets, rows } = lessons;
  // Each weight is next to the sum of its squared gradients: one cache line for both.
  const learned = new Float32Array(2 << bits);
  for (let at = 1; at < learned.length; at += 2) learned[at] = 1;
  const order = Int32Array.from({ length: rows.starts.length - 1 }, (_, row) => row);
  const paragraph = newParagraph();
  const { ids, spaces, verbs, labels } = paragraph;
  const sums = new Int32Array(FEATURES);
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
      // The mean over the second half is steadier than the last weights.
      if (pass >= passes / 2 && ++done % Math.ceil(order.length / SNAPSHOTS) === 0) {
        for (let slot = 0; slot < average.length; slot++)
          average[slot] = (average[slot] ?? 0) + (learned[slot * 2] ?? 0);
        snapshots++;
      }
      readDamaged(lessons, row, random, paragraph);
      const { count } = paragraph;
      if (count === 0) continue;
      for (let at = 0; at <= count; at++) {
        if (labels[at] === Label.unclear) continue;
        const isHole = labels[at] === Label.hole;
        coarseSums(facets, ids, spaces, at, verbs, sums);
        fineSums(facets, ids, at, verbs, sums);
        for (let index = 0; index < FEATURES; index++)
          found[index] = featureSlot(index, sums[index] ?? 0, shift);
        let score = BIAS;
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
