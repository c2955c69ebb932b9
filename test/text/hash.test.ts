import { expect, test } from "vitest";
import { fnv1a, fnv1aStep, FNV_SEED, hashText, mix } from "../../server/src/text/hash.ts";

const unsigned = (hash: number): string => (hash >>> 0).toString(16).padStart(8, "0");

// From the tables of http://www.isthe.com/chongo/src/fnv/test_fnv.c
test.each([
  ["", "811c9dc5"],
  ["a", "e40c292c"],
  ["b", "e70c2de5"],
  ["foobar", "bf9cf968"],
])("FNV-1a of %j", (text, hash) => {
  expect(unsigned(fnv1a(text))).toBe(hash);
});

test("a text's hash is that of its UTF-16 units, in order", () => {
  let hash = FNV_SEED;
  let text = "";
  for (const unit of [0x61, 0xe9, 0x20ac, 0xd83d, 0xde00, 0xd800, 0xffff]) {
    hash = fnv1aStep(hash, unit);
    text += String.fromCharCode(unit);
    expect(fnv1a(text)).toBe(hash);
    expect(hashText(text)).toBe(mix(hash));
  }
});

// From the finaliser of MurmurHash3_x86_32, computed with Python's integers.
test.each([
  [0, "00000000"],
  [1, "514e28b7"],
  [-1, "81f16f39"],
  [0x12345678, "e37cd1bc"],
])("mixes %i", (value, hash) => {
  expect(unsigned(mix(value))).toBe(hash);
});
