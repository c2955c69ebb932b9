import { gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { modelBytes, unpack } from "../../server/src/missing/model-bytes.ts";
import { FORMAT, readModel, type GapModel } from "../../server/src/missing/model.ts";
import { learnedFrom, trainedModel } from "../../server/src/missing/trained.ts";
import { modelFile, packedFile } from "../../server/training/pack.ts";

/** The shipped model, with fewer features. */
const small: GapModel = {
  ...trainedModel(),
  bits: 3,
  codes: Uint8Array.of(0, 10, 0, 0, 7, 0, 255, 10),
};
const file = Buffer.from(modelFile(small));

const isSame = (one: Uint8Array, other: Uint8Array): boolean => Buffer.compare(one, other) === 0;

const withHeader = (from: string, to: string): Uint8Array => {
  const length = file.indexOf("\n");
  const header = file.subarray(0, length).toString();
  expect(header).toContain(from);
  return Buffer.concat([Buffer.from(header.replace(from, to)), file.subarray(length)]);
};

test("a model read from its file equals the one that was written", () => {
  const read = readModel(file);
  expect(isSame(read.codes, small.codes)).toBe(true);
  const { clusters } = small.vocabulary;
  expect(isSame(read.vocabulary.clusters.checks, clusters.checks)).toBe(true);
  expect(isSame(read.vocabulary.clusters.after, clusters.after)).toBe(true);
  expect(isSame(read.vocabulary.clusters.before, clusters.before)).toBe(true);
  expect([read.levels, read.thresholds]).toEqual([small.levels, small.thresholds]);
});

test("the packed file in the repository unpacks to the same bytes", () => {
  const part = file.subarray(0, 9000);
  expect(isSame(unpack(JSON.parse(packedFile(part)) as { gzip: string }), part)).toBe(true);
  expect(isSame(modelFile(trainedModel()), modelBytes())).toBe(true);
});

test("a file may start anywhere in a buffer, as with small files that Node reads", () => {
  const within = new Uint8Array(file.length + 8).subarray(3, -5);
  within.set(file);
  expect(isSame(modelFile(readModel(within)), file)).toBe(true);
});

const gzip = (bytes: Uint8Array): string => gzipSync(bytes).toString("base64");

test.each<[string, () => Uint8Array]>([
  ["empty", () => new Uint8Array()],
  // Other bytes follow in the same buffer, outside the file.
  ["cut off", () => file.subarray(0, -1)],
  ["cut off in its first line", () => file.subarray(0, 50)],
  ["longer", () => Buffer.concat([file, Buffer.of(0)])],
  ["of another format", () => withHeader(FORMAT, "galley-gaps-3")],
  ["of other features", () => withHeader('"features":', '"features":1')],
  ["of other sizes", () => withHeader('"bits":3', '"bits":4')],
  ["some other JSON", () => Buffer.from("{}\n")],
  ["no gzip", () => unpack({ gzip: btoa("no gzip") })],
  ["no base 64", () => unpack({ gzip: "…" })],
  ["of gzip that is cut off", () => unpack({ gzip: gzip(file).slice(0, -4000) })],
])("a model that is %s is refused with a clear message, and not read again", (_, bytes) => {
  let reads = 0;
  const model = learnedFrom(() => {
    reads++;
    return bytes();
  }, readModel);
  const errors = [1, 2].map(() => {
    try {
      model();
      return undefined;
    } catch (error) {
      return error;
    }
  });
  expect(String(errors[0])).toBe(
    "Error: what it has learned of English is damaged, or from another version: install Galley again",
  );
  expect(errors[1]).toBe(errors[0]);
  expect(reads).toBe(1);
});
