import { CLUSTER_SLOTS } from "./clusters.ts";
import { FEATURES } from "./features.ts";
import { COUNTS, HIDDEN, INPUTS, ROWS, SECOND, WIDTH, type Net } from "./net.ts";
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
  /** Scores that are passed by so many clean boundaries. */
  readonly thresholds: Thresholds;
}

/** Scores, in log-odds, that a gap of each certainty has at least, for each sensitivity. */
export type Thresholds = Readonly<
  Record<"quiet" | "normal" | "eager", readonly [certain: number, likely: number, possible: number]>
>;

/** What a model's file is; the number changes with what is stored, and how. */
export const FORMAT = "galley-gaps-3";

/**
 * The first line of a model's file, which is JSON. Six arrays of bytes follow: `codes`, the `checks`, `after` and
 * `before` of the clusters, and the steps of the net's table and first layer, which are signed.
 */
export interface Header {
  readonly format: string;
  readonly features: number;
  readonly bits: number;
  readonly levels: readonly number[];
  readonly thresholds: Thresholds;
  readonly net: {
    readonly tableStep: number;
    readonly firstStep: number;
    readonly counts: readonly number[];
    readonly second: readonly number[];
    readonly secondBias: readonly number[];
    readonly last: readonly number[];
    readonly bias: number;
  };
}

const LINE_FEED = 10;

/** Reads a model's file; its arrays of bytes are views of it. Throws where it is damaged, or of another format. */
export function readModel(file: Uint8Array): GapModel {
  let at = file.indexOf(LINE_FEED) + 1;
  const header = JSON.parse(new TextDecoder().decode(file.subarray(0, at))) as Header;
  const { format, features, bits, levels, thresholds, net } = header;
  if (format !== FORMAT || features !== FEATURES) throw new RangeError(`A model of ${format}`);
  // Views of one kind, whatever kind of array the file is in.
  const bytes = (size: number): Uint8Array =>
    new Uint8Array(file.buffer, file.byteOffset + (at += size) - size, size);
  const steps = (size: number): Int8Array =>
    new Int8Array(file.buffer, file.byteOffset + (at += size) - size, size);
  const model: GapModel = {
    bits,
    thresholds,
    levels: Float32Array.from(levels),
    codes: bytes(1 << bits),
    vocabulary: emptyVocabulary({
      checks: bytes(CLUSTER_SLOTS),
      after: bytes(CLUSTER_SLOTS),
      before: bytes(CLUSTER_SLOTS),
    }),
    net: {
      table: { step: net.tableStep, steps: steps(ROWS * WIDTH) },
      first: { step: net.firstStep, steps: steps(HIDDEN * INPUTS) },
      counts: numbers(net.counts, COUNTS * HIDDEN),
      second: numbers(net.second, SECOND * HIDDEN),
      secondBias: numbers(net.secondBias, SECOND),
      last: numbers(net.last, SECOND),
      bias: net.bias,
    },
  };
  if (at !== file.length) throw new RangeError("A model of another size");
  return model;
}

function numbers(values: readonly number[], size: number): Float32Array {
  // What is not there would weigh nothing: other findings, and nobody would know why.
  if (values.length !== size) throw new RangeError(`Not ${size} numbers`);
  return Float32Array.from(values);
}
