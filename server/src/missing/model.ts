import { CLUSTER_SLOTS } from "./word-clusters.ts";
import { FEATURES } from "./features.ts";
import type { ReaderModel } from "./reader/model.ts";
import { emptyVocabulary, type Vocabulary } from "./vocabulary.ts";

/** A trained finder, ready to run. */
export interface GapModel {
  readonly vocabulary: Vocabulary;
  /** Feature indexes have this many bits. */
  readonly bits: number;
  /** One byte for each feature: which of `levels` it weighs. */
  readonly codes: Uint8Array;
  /** The weight of each code. */
  readonly levels: Float32Array;
  /** Reads the sentences in which the rest suspects a loss; absent during training. */
  readonly reader?: () => ReaderModel;
  /** Scores that this many clean boundaries exceed. */
  readonly thresholds: Thresholds;
  /** The same for words that are one too many. */
  readonly leftover: Thresholds;
}

/** The minimum scores, in log-odds, of each certainty, for each sensitivity. */
export type Thresholds = Readonly<
  Record<"quiet" | "normal" | "eager", readonly [certain: number, likely: number, possible: number]>
>;

/** The format of a model file; the number changes with what is stored, and how. */
export const FORMAT = "galley-gaps-5";

/**
 * The first line of a model's file, which is JSON. Four arrays of bytes follow: `codes`, and the `checks`, `after` and
 * `before` of the clusters.
 */
export interface Header {
  readonly format: string;
  readonly features: number;
  readonly bits: number;
  readonly levels: readonly number[];
  readonly thresholds: Thresholds;
  readonly leftover: Thresholds;
}

const LINE_FEED = 10;

/** Reads a model's file; its arrays of bytes are views of it. Throws where it is damaged, or of another format. */
export function readModel(file: Uint8Array): GapModel {
  let at = file.indexOf(LINE_FEED) + 1;
  const header = JSON.parse(new TextDecoder().decode(file.subarray(0, at))) as Header;
  const { format, features, bits, levels, thresholds, leftover } = header;
  if (format !== FORMAT || features !== FEATURES) throw new RangeError(`A model of ${format}`);
  // Views of one kind, whatever kind of array the file is in.
  const bytes = (size: number): Uint8Array =>
    new Uint8Array(file.buffer, file.byteOffset + (at += size) - size, size);
  const model: GapModel = {
    bits,
    thresholds,
    leftover,
    levels: Float32Array.from(levels),
    codes: bytes(1 << bits),
    vocabulary: emptyVocabulary({
      checks: bytes(CLUSTER_SLOTS),
      after: bytes(CLUSTER_SLOTS),
      before: bytes(CLUSTER_SLOTS),
    }),
  };
  if (at !== file.length) throw new RangeError("A model of another size");
  return model;
}
