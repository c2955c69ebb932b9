import type { Clusters } from "./clusters.ts";
import { CLUSTER_SLOTS } from "./clusters.ts";
import { decode } from "./coding.ts";
import { HIDDEN, REST, ROW_BITS, SIGNS, UPPER, WIDTH, WINDOW, type Network } from "./network.ts";
import { emptyVocabulary, type Vocabulary } from "./vocabulary.ts";

/** A trained finder, ready to run. */
export interface GapModel {
  readonly vocabulary: Vocabulary;
  /** Feature indexes have this many bits. */
  readonly bits: number;
  /** One byte a feature: which of `levels` it weighs. */
  readonly codes: Uint8Array;
  /** What each code weighs. */
  readonly levels: Float32Array;
  readonly network: Network | undefined;
  /** The second stage judges what the first scores at least this high. */
  readonly gate: number;
  /** How the log-odds of both stages make one: first, second, and what is added. */
  readonly blend: readonly [number, number, number];
  /** Scores that are passed by so many clean boundaries; see `certaintyOf`. */
  readonly thresholds: Thresholds;
}

/** Scores, in log-odds, that a gap of each certainty has at least, for each sensitivity. */
export type Thresholds = Readonly<
  Record<"quiet" | "normal" | "eager", readonly [certain: number, likely: number, possible: number]>
>;

/** A model as it is stored: a header in JSON, and byte arrays as text. */
export interface PackedModel {
  readonly version: number;
  readonly bits: number;
  readonly gate: number;
  readonly blend: readonly number[];
  readonly levels: readonly number[];
  readonly thresholds: Thresholds;
  readonly codes: string;
  readonly checks: string;
  readonly after: string;
  readonly before: string;
  /** The network's parts, each with the step of its quantised values. */
  readonly network?: readonly { readonly step: number; readonly values: string }[];
}

/** Unpacks a model. Throws a RangeError where it is not one that this version reads. */
export function readModel(packed: PackedModel): GapModel {
  if (packed.version !== 1) throw new RangeError(`A model of version ${packed.version}`);
  const clusters: Clusters = {
    checks: decode(packed.checks, CLUSTER_SLOTS),
    after: decode(packed.after, CLUSTER_SLOTS),
    before: decode(packed.before, CLUSTER_SLOTS),
  };
  const [first = 1, second = 0, added = 0] = packed.blend;
  return {
    vocabulary: emptyVocabulary(clusters),
    bits: packed.bits,
    codes: decode(packed.codes, 1 << packed.bits),
    levels: Float32Array.from(packed.levels),
    network: packed.network === undefined ? undefined : readNetwork(packed.network),
    gate: packed.gate,
    blend: [first, second, added],
    thresholds: packed.thresholds,
  };
}

/** Every part's size, in the order in which they are stored. */
export const NETWORK_SIZES = [
  WIDTH << ROW_BITS,
  WINDOW * HIDDEN * WIDTH,
  SIGNS * HIDDEN,
  UPPER * HIDDEN,
  REST,
] as const;

function readNetwork(parts: NonNullable<PackedModel["network"]>): Network {
  const read = (index: number): Float32Array => {
    const part = parts[index];
    const size = NETWORK_SIZES[index];
    if (part === undefined || size === undefined)
      throw new RangeError("A model with parts missing");
    const codes = decode(part.values, size);
    return Float32Array.from(codes, (code) => (code - 128) * part.step);
  };
  return { rows: read(0), first: read(1), signs: read(2), second: read(3), rest: read(4) };
}
