import { encode } from "../src/missing/coding.ts";
import type { Clusters } from "../src/missing/clusters.ts";
import { FEATURES } from "../src/missing/features.ts";
import { VERSION, type PackedModel, type Thresholds } from "../src/missing/model.ts";
import { MIDDLE, type PackedNet, type PackedNumbers } from "../src/missing/net.ts";
import type { FloatNet } from "./network.ts";

/**
 * The levels that weights are rounded to: 0, and so many on each side, finer near 0. Large weights are
 * kept, not clipped: the impossible word pairs are worth the most.
 */
const STEPS = 48;

export function packModel(
  weights: Float32Array,
  net: FloatNet,
  clusters: Clusters,
  rest: {
    bits: number;
    thresholds: Thresholds;
    /** Weights nearer to 0 than this are dropped. */
    floor: number;
  },
): PackedModel {
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
    version: VERSION,
    bits: rest.bits,
    features: FEATURES,
    levels,
    thresholds: rest.thresholds,
    net: packNet(net),
    codes: encode(codes),
    checks: encode(clusters.checks),
    after: encode(clusters.after),
    before: encode(clusters.before),
  };
}

export function packNet(net: FloatNet): PackedNet {
  return {
    table: packNumbers(net.table),
    first: packNumbers(net.first),
    counts: packNumbers(net.counts),
    second: packNumbers(net.second),
    secondBias: Array.from(net.secondBias, rounded),
    last: Array.from(net.last, rounded),
    bias: rounded(net.bias),
  };
}

/** Steps of one size, so large that the largest number is reached: none is clipped. */
function packNumbers(values: Float32Array): PackedNumbers {
  let largest = 0;
  for (const value of values) largest = Math.max(largest, Math.abs(value));
  const step = rounded((largest * 1.0001) / (MIDDLE - 1)) || 1;
  return {
    step,
    codes: encode(Uint8Array.from(values, (value) => MIDDLE + Math.round(value / step))),
  };
}

function rounded(value: number): number {
  return Number(value.toPrecision(5));
}
