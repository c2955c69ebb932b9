import { expect, test } from "vitest";
import { readerBytes } from "../../../server/src/missing/model-bytes.ts";
import { readReaderModel } from "../../../server/src/missing/reader/model.ts";

const file = Buffer.from(readerBytes());

const withHeader = (from: string, to: string): Buffer => {
  const length = file.indexOf("\n");
  const header = file.subarray(0, length).toString();
  expect(header).toContain(from);
  return Buffer.concat([Buffer.from(header.replace(from, to)), file.subarray(length)]);
};

test("the shipped net can be read, and is small", () => {
  const { ranks, layers } = readReaderModel(file);
  expect(ranks.get("the")).toBeGreaterThan(0);
  expect(layers.map(({ kind }) => kind)).toContain("attention");
  expect(file.length).toBeLessThan(4_000_000);
});

test.each([
  ["nothing", () => Buffer.alloc(0)],
  ["cut off", () => file.subarray(0, -1)],
  ["cut off in its numbers", () => file.subarray(0, 5000)],
  ["longer", () => Buffer.concat([file, Buffer.of(0)])],
  ["of another format", () => withHeader("galley-reader-1", "galley-reader-0")],
  ["of another width", () => withHeader('"width": 128', '"width": 64')],
  ["of other layers", () => withHeader('"attention"', '"convolution"')],
  ["some other JSON", () => Buffer.from("{}\n")],
])("a net that is %s is refused", (_, bytes) => {
  expect(() => readReaderModel(bytes())).toThrow();
});
