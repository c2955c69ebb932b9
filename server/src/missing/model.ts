import type { Clusters } from "./clusters.ts";
import { CLUSTER_SLOTS } from "./clusters.ts";
import { decode } from "./coding.ts";
import { FEATURES } from "./features.ts";
import { unpackNet, type Net, type PackedNet } from "./net.ts";
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
  /** Judges again what these weights find suspicious. */
  readonly net: Net;
  /** Scores that are passed by so many clean boundaries; see `certaintyOf`. */
  readonly thresholds: Thresholds;
}

/** Scores, in log-odds, that a gap of each certainty has at least, for each sensitivity. */
export type Thresholds = Readonly<
  Record<"quiet" | "normal" | "eager", readonly [certain: number, likely: number, possible: number]>
>;

/** Changes with what is stored, and how. */
export const VERSION = 2;

/** A model as it is stored: a header in JSON, and byte arrays as text. */
export interface PackedModel {
  readonly version: number;
  readonly bits: number;
  readonly features: number;
  readonly levels: readonly number[];
  readonly thresholds: Thresholds;
  readonly net: PackedNet;
  readonly codes: string;
  readonly checks: string;
  readonly after: string;
  readonly before: string;
}

/** Unpacks a model. Throws a RangeError where it is not one that this version reads. */
export function readModel(packed: PackedModel): GapModel {
  if (packed.version !== VERSION) throw new RangeError(`A model of version ${packed.version}`);
  if (packed.features !== FEATURES) throw new RangeError("A model of other features");
  const clusters: Clusters = {
    checks: decode(packed.checks, CLUSTER_SLOTS),
    after: decode(packed.after, CLUSTER_SLOTS),
    before: decode(packed.before, CLUSTER_SLOTS),
  };
  return {
    vocabulary: emptyVocabulary(clusters),
    bits: packed.bits,
    codes: decode(packed.codes, 1 << packed.bits),
    levels: Float32Array.from(packed.levels),
    net: unpackNet(packed.net),
    thresholds: packed.thresholds,
  };
}
