import { gzipSync } from "node:zlib";
import type { Clusters } from "../src/missing/word-clusters.ts";
import { FEATURES } from "../src/missing/features.ts";
import { FORMAT, type GapModel, type Header, type Thresholds } from "../src/missing/model.ts";
import { emptyVocabulary } from "../src/missing/vocabulary.ts";

/**
 * The levels that weights are rounded to: 0, and this many on each side, finer near 0. Large weights are kept rather
 * than clipped, because impossible word pairs matter most.
 */
const STEPS = 48;

/** The trained model, rounded as it is stored. */
export function packModel(
  weights: Float32Array,
  clusters: Clusters,
  rest: {
    bits: number;
    thresholds: Thresholds;
    leftover: Thresholds;
    /** Weights nearer to 0 than this are dropped. */
    floor: number;
  },
): GapModel {
  let largest = 0;
  for (const weight of weights) largest = Math.max(largest, Math.abs(weight));
  const size = (step: number): number =>
    rest.floor * (largest / rest.floor) ** ((step - 1) / (STEPS - 1));
  const levels = [0];
  for (let step = 1; step <= STEPS; step++) levels.push(rounded(size(step)), -rounded(size(step)));
  const codes = Uint8Array.from(weights, (weight) => {
    const value = Math.abs(weight);
    if (value < rest.floor * 0.8) return 0;
    const step = Math.min(
      STEPS,
      Math.max(
        1,
        1 +
          Math.round((Math.log(value / rest.floor) / Math.log(largest / rest.floor)) * (STEPS - 1)),
      ),
    );
    return step * 2 - (weight > 0 ? 1 : 0);
  });
  return {
    vocabulary: emptyVocabulary(clusters),
    bits: rest.bits,
    codes,
    levels: Float32Array.from(levels),
    thresholds: rest.thresholds,
    leftover: rest.leftover,
  };
}

/** The file of a model, as `readModel` reads it. */
export function modelFile(model: GapModel): Uint8Array {
  const { bits, codes, levels, thresholds, leftover, vocabulary } = model;
  const { checks, after, before } = vocabulary.clusters;
  const header: Header = {
    format: FORMAT,
    features: FEATURES,
    bits,
    levels: exact(levels),
    thresholds,
    leftover,
  };
  const line = Buffer.from(`${JSON.stringify(header)}\n`);
  return Buffer.concat([line, codes, checks, after, before]);
}

/** Single floats as decimals of nine digits, which distinguish them all. */
function exact(values: Float32Array): number[] {
  return Array.from(values, (value) => Number(value.toPrecision(9)));
}

/** The text of `server/model/gaps.json`, from a model's file. */
export function packedFile(file: Uint8Array): string {
  const gzip = gzipSync(file, { level: 9 }).toString("base64");
  const about = "A model's file (server/src/missing/model.ts): gzip, in base 64.";
  return `${JSON.stringify({ about, gzip })}\n`;
}

function rounded(value: number): number {
  return Number(value.toPrecision(5));
}
