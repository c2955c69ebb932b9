import { expect, test } from "vitest";
import packed from "../../server/model/gaps.json";
import { modelFile, readModelFile } from "../../server/src/missing/model-file.ts";
import { readModel, type PackedModel } from "../../server/src/missing/model.ts";

const stored = packed as unknown as PackedModel;

test("a model read from its file is the one that the file was made of", () => {
  expect(readModel(readModelFile(modelFile(stored)))).toEqual(readModel(stored));
});

test("a file may stand anywhere in a buffer, as small files do that Node reads", () => {
  const file = modelFile(stored);
  const within = new Uint8Array(file.length + 3).subarray(3);
  within.set(file);
  expect(readModelFile(within)).toEqual(readModelFile(file));
});

test("a file of a model that is none is not made", () => {
  expect(() => modelFile({ ...stored, codes: "" })).toThrow(RangeError);
});
