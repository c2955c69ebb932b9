/** A sample: a row of signals, whether it is an accident, and its weight. */
export interface Sample {
  readonly x: readonly number[];
  readonly accident: boolean;
  readonly weight: number;
}

/** The bounds of a weight. */
export interface Bounds {
  readonly least?: number;
  readonly most?: number;
}

/** Weights by signal, and at the end the bias. */
export type Fitted = Float64Array;

const ROUNDS = 25;
const SWEEPS = 200;

/**
 * Logistic regression with bounded weights by Newton's method: each step minimises the quadratic that touches the loss,
 * coordinate by coordinate, within the bounds (Friedman, Hastie and Tibshirani 2010). `ridge` is the cost of a squared
 * weight. The same samples give the same bits.
 */
export function fit(samples: readonly Sample[], bounds: readonly Bounds[], ridge: number): Fitted {
  const size = bounds.length + 1;
  const weights = new Float64Array(size);
  bounds.forEach((bound, at) => {
    weights[at] = within(0, bound);
  });
  for (let round = 0; round < ROUNDS; round++) {
    const gradient = new Float64Array(size);
    const hessian = new Float64Array(size * size);
    for (const { x, accident, weight } of samples) {
      const chance = 1 / (1 + Math.exp(-scoreOf(weights, x)));
      const error = weight * (chance - (accident ? 1 : 0));
      const curve = weight * Math.max(chance * (1 - chance), 1e-4);
      for (let i = 0; i < size; i++) {
        const xi = x[i] ?? 1;
        if (xi === 0) continue;
        gradient[i] = (gradient[i] ?? 0) + error * xi;
        for (let j = 0; j <= i; j++) {
          hessian[i * size + j] = (hessian[i * size + j] ?? 0) + curve * xi * (x[j] ?? 1);
        }
      }
    }
    for (let i = 0; i < size; i++) {
      for (let j = i + 1; j < size; j++) hessian[i * size + j] = hessian[j * size + i] ?? 0;
      if (i === size - 1) continue;
      gradient[i] = (gradient[i] ?? 0) + ridge * (weights[i] ?? 0);
      hessian[i * size + i] = (hessian[i * size + i] ?? 0) + ridge;
    }
    // The gradient of the quadratic, kept up to date as the step grows.
    const slope = gradient.slice();
    let moved = 0;
    for (let sweep = 0; sweep < SWEEPS; sweep++) {
      let most = 0;
      for (let i = 0; i < size; i++) {
        const before = weights[i] ?? 0;
        const wanted = before - (slope[i] ?? 0) / ((hessian[i * size + i] ?? 0) + 1e-9);
        const after = within(wanted, bounds[i] ?? {});
        const step = after - before;
        if (step === 0) continue;
        weights[i] = after;
        for (let j = 0; j < size; j++) {
          slope[j] = (slope[j] ?? 0) + step * (hessian[j * size + i] ?? 0);
        }
        most = Math.max(most, Math.abs(step));
      }
      moved = Math.max(moved, most);
      if (most < 1e-7) break;
    }
    if (moved < 1e-6) break;
  }
  return weights;
}

function within(weight: number, { least = -Infinity, most = Infinity }: Bounds): number {
  return Math.min(Math.max(weight, least), most);
}

/** The log-odds of a row of signals. */
export function scoreOf(weights: Fitted, x: readonly number[]): number {
  let score = weights[x.length] ?? 0;
  for (let at = 0; at < x.length; at++) score += (weights[at] ?? 0) * (x[at] ?? 0);
  return score;
}
