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

/** A byte array as text (`encode`), or as it is: the build decodes what Node reads (`model-file.ts`). */
export type StoredBytes = string | Uint8Array;

/** The byte arrays of a model, by their names. */
export interface ModelArrays<Bytes> {
  readonly codes: Bytes;
  readonly checks: Bytes;
  readonly after: Bytes;
  readonly before: Bytes;
}

/** A model as it is stored: a header, and byte arrays. */
export interface PackedModel extends ModelArrays<StoredBytes> {
  readonly version: number;
  readonly bits: number;
  readonly features: number;
  readonly levels: readonly number[];
  readonly thresholds: Thresholds;
  readonly net: PackedNet;
}

/** Unpacks a model. Throws a RangeError where it is not one that this version reads. */
export function readModel(packed: PackedModel): GapModel {
  if (packed.version !== VERSION) throw new RangeError(`A model of version ${packed.version}`);
  if (packed.features !== FEATURES) throw new RangeError("A model of other features");
  const { codes, ...clusters } = arraysOf(packed);
  return {
    vocabulary: emptyVocabulary(clusters),
    bits: packed.bits,
    codes,
    levels: Float32Array.from(packed.levels),
    net: unpackNet(packed.net),
    thresholds: packed.thresholds,
  };
}

/** The byte arrays of a stored model, decoded. Throws a RangeError where one is not coded by `encode`, or not whole. */
export function arraysOf(packed: PackedModel): ModelArrays<Uint8Array> {
  return {
    codes: bytesOf(packed.codes, 1 << packed.bits),
    checks: bytesOf(packed.checks, CLUSTER_SLOTS),
    after: bytesOf(packed.after, CLUSTER_SLOTS),
    before: bytesOf(packed.before, CLUSTER_SLOTS),
  };
}

function bytesOf(stored: StoredBytes, size: number): Uint8Array {
  const bytes = typeof stored === "string" ? decode(stored, size) : stored;
  // What is not there would weigh nothing: other findings, and nobody would know why.
  if (bytes.length !== size) throw new RangeError(`An array of ${bytes.length} bytes, not ${size}`);
  return bytes;
}
