import { CLUSTER_SLOTS } from "./clusters.ts";
import { bytesOf, type StoredBytes } from "./coding.ts";
import { FEATURES } from "./features.ts";
import { decodedNet, unpackNet, type Net, type PackedNet } from "./net.ts";
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

/** A model as it is stored: a header, and byte arrays. */
export interface PackedModel<Bytes extends StoredBytes = StoredBytes> {
  readonly version: number;
  readonly bits: number;
  readonly features: number;
  readonly levels: readonly number[];
  readonly thresholds: Thresholds;
  readonly net: PackedNet<Bytes>;
  readonly codes: Bytes;
  readonly checks: Bytes;
  readonly after: Bytes;
  readonly before: Bytes;
}

/** Unpacks a model. Throws a RangeError where it is not one that this version reads. */
export function readModel(packed: PackedModel): GapModel {
  if (packed.version !== VERSION) throw new RangeError(`A model of version ${packed.version}`);
  if (packed.features !== FEATURES) throw new RangeError("A model of other features");
  const { bits, levels, thresholds, net, codes, checks, after, before } = decodedModel(packed);
  return {
    vocabulary: emptyVocabulary({ checks, after, before }),
    bits,
    codes,
    levels: Float32Array.from(levels),
    net: unpackNet(net),
    thresholds,
  };
}

/** The model with its byte arrays decoded. Throws a RangeError where one is not coded by `encode`, or not whole. */
export function decodedModel(packed: PackedModel): PackedModel<Uint8Array> {
  return {
    ...packed,
    net: decodedNet(packed.net),
    codes: bytesOf(packed.codes, 1 << packed.bits),
    checks: bytesOf(packed.checks, CLUSTER_SLOTS),
    after: bytesOf(packed.after, CLUSTER_SLOTS),
    before: bytesOf(packed.before, CLUSTER_SLOTS),
  };
}
