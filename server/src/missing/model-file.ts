import { decodedModel, type PackedModel } from "./model.ts";

/*
 * A model as a file of bytes, for where time matters more than room: a line of JSON, the model with the length of
 * each byte array in its place, and then the arrays as they are. Decoding them takes a process nearly 40 ms before its
 * first finding.
 */

const LINE_FEED = 10;

/** What stands in the place of an array; they follow in the order in which JSON has them. */
interface Length {
  readonly bytes: number;
}

/** The file of a model. Throws a RangeError where the model's arrays can't be decoded. */
export function modelFile(packed: PackedModel): Uint8Array {
  const arrays: Uint8Array[] = [];
  const header = JSON.stringify(decodedModel(packed), (_, value: unknown) => {
    if (!(value instanceof Uint8Array)) return value;
    arrays.push(value);
    return { bytes: value.length } satisfies Length;
  });
  const parts = [new TextEncoder().encode(`${header}\n`), ...arrays];
  const file = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    file.set(part, at);
    at += part.length;
  }
  return file;
}

/**
 * The model in a file that `modelFile` made; its arrays are views of the file, short where the file is
 * (`decodedModel` refuses these).
 */
export function readModelFile(file: Uint8Array): PackedModel {
  // Views of one kind, whatever kind of array the file is in.
  const bytes = new Uint8Array(file.buffer, file.byteOffset, file.length);
  const end = bytes.indexOf(LINE_FEED);
  let at = end + 1;
  return JSON.parse(new TextDecoder().decode(bytes.subarray(0, end)), (_, value: unknown) =>
    isLength(value) ? bytes.subarray(at, (at += value.bytes)) : value,
  ) as PackedModel;
}

function isLength(value: unknown): value is Length {
  return (
    typeof value === "object" &&
    value !== null &&
    "bytes" in value &&
    typeof value.bytes === "number"
  );
}
