import { expect, test } from "vitest";
import { CLUSTER_SLOTS } from "../../server/src/missing/clusters.ts";
import { encode } from "../../server/src/missing/coding.ts";
import packed from "../../server/model/gaps.json";
import { modelFile, readModelFile } from "../../server/src/missing/model-file.ts";
import { COUNTS, HIDDEN, INPUTS, ROWS, SECOND, WIDTH } from "../../server/src/missing/net.ts";
import { decodedModel, type PackedModel } from "../../server/src/missing/model.ts";

/** The model that ships, with fewer features, so that its arrays are quickly compared. */
const stored: PackedModel = {
  ...(packed as unknown as PackedModel),
  bits: 3,
  codes: encode(Uint8Array.of(0, 10, 0, 0, 7, 0, 255, 10)),
};

const isSame = (one: Uint8Array, other: Uint8Array): boolean => Buffer.compare(one, other) === 0;

const arraysOf = ({ codes, checks, after, before, net }: PackedModel<Uint8Array>): Uint8Array[] => [
  codes,
  checks,
  after,
  before,
  ...[net.table, net.first, net.counts, net.second].map((numbers) => numbers.codes),
];

/** All but the arrays. */
const restOf = (model: PackedModel): unknown =>
  JSON.parse(
    JSON.stringify(model, (_, value: unknown) => (value instanceof Uint8Array ? "" : value)),
  );

test("a model read from its file is the one that the file was made of", () => {
  const read = readModelFile(modelFile(stored)) as PackedModel<Uint8Array>;
  const decoded = decodedModel(stored);
  expect(restOf(read)).toEqual(restOf(decoded));
  expect(arraysOf(read).map((array) => array.length)).toEqual([
    8,
    ...Array.from({ length: 3 }, () => CLUSTER_SLOTS),
    ROWS * WIDTH,
    HIDDEN * INPUTS,
    COUNTS * HIDDEN,
    SECOND * HIDDEN,
  ]);
  const arrays = arraysOf(decoded);
  expect(
    arraysOf(read).every((array, index) => isSame(array, arrays[index] ?? array.subarray(1))),
  ).toBe(true);
});

test("a file may stand anywhere in a buffer, as small files do that Node reads", () => {
  const file = modelFile(stored);
  const within = new Uint8Array(file.length + 3).subarray(3);
  within.set(file);
  expect(isSame(modelFile(readModelFile(within)), file)).toBe(true);
});

test("of arrays that can't be decoded no file is made", () => {
  expect(() => modelFile({ ...stored, codes: "" })).toThrow(RangeError);
});

test("a file whose arrays have not the sizes of the model is refused", () => {
  const file = Buffer.from(modelFile(stored));
  const refused = (other: Uint8Array): void => {
    expect(() => decodedModel(readModelFile(other))).toThrow(RangeError);
  };
  const header = file.subarray(0, file.indexOf("\n")).toString();
  const withHeader = (text: string): Uint8Array =>
    Buffer.concat([Buffer.from(text), file.subarray(header.length)]);
  refused(withHeader(header.replace('"codes":{"bytes":8}', '"codes":{"bytes":7}')));
  refused(withHeader(header.replace('"bits":3', '"bits":4')));
  // As files of an older layout had it.
  const older = withHeader(header.replace('"codes":{"bytes":8}', '"codes":8'));
  expect(() => decodedModel(readModelFile(older))).toThrow("Not an array of 8 bytes");
  refused(withHeader(header.replace('"codes":{"bytes":8}', '"codes":{"bytes":"8"}')));
  // Other bytes follow in the same buffer, which are not the file's.
  refused(file.subarray(0, -1));
  expect(decodedModel(readModelFile(withHeader(header))).codes.length).toBe(8);
});
