import fc from "fast-check";
import { expect, test } from "vitest";
import { readerBytes } from "../../../server/src/missing/model-bytes.ts";
import {
  LONGEST,
  newReader,
  VIEWS,
  type Reading,
  type Sentence,
} from "../../../server/src/missing/reader/forward.ts";
import { KERNEL } from "../../../server/src/missing/reader/kernel.generated.ts";
import {
  compiledKernel,
  exponential,
  plainKernel,
} from "../../../server/src/missing/reader/kernel.ts";
import { readReaderModel } from "../../../server/src/missing/reader/model.ts";

const model = readReaderModel(readerBytes());
const compiled = compiledKernel(Uint8Array.from(Buffer.from(KERNEL, "base64")));
const readers = [compiled ?? plainKernel(), plainKernel()].map((kernel) =>
  newReader(model, kernel),
);

/** A sentence of any words, known or not. */
const sentences = (most: number): fc.Arbitrary<Sentence> =>
  fc.integer({ min: 1, max: most }).chain((count) =>
    fc.record({
      count: fc.constant(count),
      rows: fc
        .array(fc.integer({ min: 0, max: model.rows - 1 }), {
          minLength: count * VIEWS,
          maxLength: count * VIEWS,
        })
        .map((rows) => Int32Array.from(rows)),
      spaces: fc.uint8Array({ minLength: count, maxLength: count, max: 1 }),
      start: fc.constant(0),
      end: fc.constant(count),
    }),
  );

const readings = (sentence: Sentence): Reading[] => readers.map((read) => read(sentence));

test("a sentence of any length scores the same with WebAssembly and without", () => {
  expect(compiled).toBeDefined();
  fc.assert(
    fc.property(sentences(24), (sentence) => {
      const [one, other] = readings(sentence);
      expect(one).toEqual(other);
    }),
    { numRuns: 40 },
  );
});

test.each([1, 2, 15, 16, 17, LONGEST - 1, LONGEST])("so does one of %i tokens", (count) => {
  const sentence = {
    count,
    rows: Int32Array.from({ length: count * VIEWS }, (_, at) => (at * 7919) % model.rows),
    spaces: new Uint8Array(count).fill(1),
    start: 0,
    end: count,
  };
  const [one, other] = readings(sentence);
  expect(one).toEqual(other);
  expect(one?.gaps.every(Number.isFinite)).toBe(true);
  expect(one?.leftover.every(Number.isFinite)).toBe(true);
});

test("only the tokens that are judged have scores, and the same as if all were", () => {
  const [read] = readers;
  fc.assert(
    fc.property(sentences(24), fc.nat(24), fc.nat(24), (sentence, one, other) => {
      const start = Math.min(one, other, sentence.count);
      const end = Math.min(Math.max(one, other), sentence.count);
      const [all, some] = [read?.(sentence), read?.({ ...sentence, start, end })];
      for (const kind of ["gaps", "leftover", "lost", "phrase"] as const) {
        const expected = all?.[kind].map((score, at) => (at >= start && at < end ? score : 0));
        expect(some?.[kind]).toEqual(expected);
      }
    }),
    { numRuns: 20 },
  );
});

test("earlier sentences don't affect a score", () => {
  const [read] = readers;
  fc.assert(
    fc.property(sentences(40), sentences(40), (one, other) => {
      const alone = read?.(one);
      read?.(other);
      expect(read?.(one)).toEqual(alone);
    }),
    { numRuns: 20 },
  );
});

test.each([0, LONGEST + 1])("a sentence of %i tokens is refused", (count) => {
  const empty = { rows: new Int32Array(count * VIEWS), spaces: new Uint8Array(count) };
  const sentence = { count, start: 0, end: count, ...empty };
  expect(() => readers[0]?.(sentence)).toThrow(RangeError);
});

test("the exponential is accurate enough, and never more than one", () => {
  fc.assert(
    fc.property(fc.double({ min: -40, max: 0, noNaN: true }), (power) => {
      expect(Math.abs(exponential(power) - Math.exp(power))).toBeLessThanOrEqual(
        1e-5 * Math.exp(power),
      );
    }),
  );
  expect(exponential(0)).toBe(1);
  expect(exponential(-1e9)).toBeLessThan(1e-37);
  expect(exponential(-Infinity)).toBe(exponential(-87));
});
