/** The format of a reader file; the name changes with what is stored, and how. */
export const FORMAT = "galley-reader-1";

/** A matrix of whole numbers: row `r` times `scales[r]`, plus `bias[r]`. */
export interface Linear {
  /** `rows * width` steps, row by row. */
  readonly steps: Int8Array;
  readonly rows: number;
  readonly width: number;
  readonly scales: Float32Array;
  readonly bias: Float32Array;
}

/** Layer normalization. */
export interface Norm {
  readonly gain: Float32Array;
  readonly bias: Float32Array;
}

export type Layer =
  | { readonly kind: "convolution"; readonly norm: Norm; readonly weights: Linear }
  | {
      readonly kind: "feed-forward";
      readonly norm: Norm;
      readonly up: Linear;
      readonly down: Linear;
    }
  | {
      readonly kind: "attention";
      readonly norm: Norm;
      /** Queries, keys and values, one after another. */
      readonly projections: Linear;
      readonly output: Linear;
      /** For each head, the value added at each distance from `-reach` to `reach`. */
      readonly distances: Float32Array;
    };

/** A trained net that reads sentences, ready to run. */
export interface ReaderModel {
  /** How many numbers describe a token between layers. */
  readonly width: number;
  readonly heads: number;
  readonly reach: number;
  /** Rows of `embedding.width` steps for each view of a word, and where the rows of each view begin. */
  readonly embedding: { readonly width: number; readonly steps: Int8Array };
  readonly firstRows: readonly number[];
  /** How many there are. */
  readonly rows: number;
  readonly projection: Linear;
  /** The starting values of a token with no space before it, and of one with a space. */
  readonly spaces: Float32Array;
  readonly layers: readonly Layer[];
  readonly norm: Norm;
  /** A loss is judged by the two sides of a boundary, added and cut at 0. */
  readonly left: Linear;
  readonly right: Linear;
  readonly gap: { readonly weights: Float32Array; readonly bias: number };
  readonly leftover: { readonly weights: Float32Array; readonly bias: number };
  /** What kind of loss it is. */
  readonly kind: Linear;
  /** Ranks of frequent words, from 1. */
  readonly ranks: ReadonlyMap<string, number>;
}

interface Header {
  readonly format: string;
  readonly rows: readonly number[];
  readonly embedding: number;
  readonly width: number;
  readonly heads: number;
  readonly reach: number;
  readonly head: number;
  readonly kinds: number;
  readonly layers: readonly Layer["kind"][];
  readonly words: number;
  readonly floats: number;
}

const LINE_FEED = 10;

/**
 * Reads a model file: a line of JSON, then little-endian 32-bit floats, signed bytes, and the frequent words, one per
 * line. Throws a RangeError if it is damaged, or of another format.
 */
export function readReaderModel(file: Uint8Array): ReaderModel {
  // Long, as it has one line for each part of the file, in order.
  const body = file.indexOf(LINE_FEED) + 1;
  const header = JSON.parse(new TextDecoder().decode(file.subarray(0, body))) as Header;
  if (header.format !== FORMAT) throw new RangeError(`A reader of ${header.format}`);
  const { width, embedding, heads, reach, head, kinds } = header;
  const view = new DataView(file.buffer, file.byteOffset + body, header.floats * 4);
  const all = new Float32Array(header.floats);
  for (let at = 0; at < all.length; at++) all[at] = view.getFloat32(at * 4, true);
  let nextFloat = 0;
  let nextStep = body + header.floats * 4;
  const floats = (count: number): Float32Array => all.subarray(nextFloat, (nextFloat += count));
  const steps = (count: number): Int8Array =>
    new Int8Array(file.buffer, file.byteOffset + (nextStep += count) - count, count);
  const norm = (): Norm => ({ gain: floats(width), bias: floats(width) });
  const linear = (rows: number, columns: number): Linear => ({
    steps: steps(rows * columns),
    rows,
    width: columns,
    scales: floats(rows),
    bias: floats(rows),
  });
  let rows = 0;
  const firstRows = header.rows.map((count) => (rows += count) - count);
  const table = { width: embedding, steps: steps(rows * embedding) };
  const projection = linear(width, embedding);
  const spaces = floats(2 * width);
  const layers = header.layers.map((kind): Layer => {
    switch (kind) {
      case "convolution":
        return { kind, norm: norm(), weights: linear(width, 3 * width) };
      case "feed-forward":
        return { kind, norm: norm(), up: linear(2 * width, width), down: linear(width, 2 * width) };
      case "attention":
        return {
          kind,
          norm: norm(),
          projections: linear(3 * width, width),
          output: linear(width, width),
          distances: floats(heads * (2 * reach + 1)),
        };
    }
  });
  const model: ReaderModel = {
    width,
    heads,
    reach,
    embedding: table,
    firstRows,
    rows,
    projection,
    spaces,
    layers,
    norm: norm(),
    left: linear(head, width),
    right: linear(head, width),
    gap: { weights: floats(head), bias: floats(1)[0] ?? NaN },
    leftover: { weights: floats(width), bias: floats(1)[0] ?? NaN },
    kind: linear(kinds, head),
    ranks: parseRanks(new TextDecoder().decode(file.subarray(file.length - header.words))),
  };
  if (!all.every(Number.isFinite)) throw new RangeError("Numbers that are none");
  if (nextFloat !== all.length || nextStep + header.words !== file.length)
    throw new RangeError("A reader of another size");
  return model;
}

/** The ranks of words, one per line, from 1. A loop is twice as fast here as a list of pairs. */
function parseRanks(words: string): Map<string, number> {
  const ranks = new Map<string, number>();
  for (const word of words.split("\n")) ranks.set(word, ranks.size + 1);
  return ranks;
}
