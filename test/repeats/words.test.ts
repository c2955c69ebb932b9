import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { getFormat } from "../../server/src/formats/registry.ts";
import { hashOfSource, mixed, SHINGLE, getWords } from "../../server/src/repeats/words.ts";
import { runs } from "../support/property.ts";
import { onlyBlock } from "../support/rules.ts";

function hashes(text: string): number[] {
  return [...getWords(onlyBlock(text)).hashes];
}

/** The words as they are in the prose. */
function words(text: string): string[] {
  const block = onlyBlock(text);
  const { starts, ends } = getWords(block);
  return Array.from(starts, (start, word) => block.prose.text.slice(start, ends[word]));
}

test.each<[string, string[]]>([
  ["The old bridge, 1883.", ["The", "old", "bridge", "1883"]],
  ["it’s rock'n'roll", ["it’s", "rock'n'roll"]],
  ["a—b/c_d", ["a", "b", "c", "d"]],
  ["“...”", []],
  ["éa\u0301b", ["éáb"]],
  // Scripts without spaces: each character, or each letter with its combining marks.
  ["橋が", ["橋", "が"]],
  ["ที่เรา", ["ที่", "เรา"]],
])("%s", (text, expected) => {
  expect(words(text)).toEqual(expected);
});

test.each([
  ["case", "The Bridge ÉTÉ", "the bridge été"],
  ["punctuation and spacing", "The, bridge!", "the   bridge"],
  ["the style of apostrophes", "it’s", "it's"],
  ["markup", "The *old* [bridge](a)", "the old bridge"],
  ["the marks of code", "run `make all` now", "run make all now"],
  ["a soft hyphen", "news\u00ADpaper", "newspaper"],
])("%s makes no difference", (_what, one, other) => {
  expect(hashes(one)).toEqual(hashes(other));
});

test("a number with another sign is different", () => {
  const figures = ["5", "-5", "$5", "5 €", "£5", "5%", "5‰", "1-5"].map((figure) =>
    hashes(figure).at(-1),
  );
  expect(new Set(figures).size).toBe(figures.length - 1);
  expect(figures.at(-1)).toBe(figures[0]);
  expect(hashes("−5 and €5, 5 %")).toEqual(hashes("-5 and 5€, 5%"));
});

test("anything but prose is a word that equals only the same source", () => {
  expect(hashes("a ![b](c) d")).toHaveLength(3);
  expect(hashes("![b](c)")).toEqual(hashes("![b]( c )"));
  expect(hashes("![b](c)")).not.toEqual(hashes("![b](d)"));
  expect(hashes("`++`")).toHaveLength(1);
  expect(hashes("`++`")).not.toEqual(hashes("`--`"));
});

test("a block may have many", () => {
  const text = "a ".repeat(9000).trim();
  expect(hashes(text)).toHaveLength(9000);
  expect(new Set(hashes(text)).size).toBe(1);
  expect(words("so it is")).toEqual(["so", "it", "is"]);
});

describe("shingles", () => {
  const shingles = (text: string): number[] => [...getWords(onlyBlock(text)).shingles];

  test.each([0, 1, 3, 4, 5, 6])("of %i words", (count) => {
    const text = Array.from({ length: count }, (_, word) => `word${word}`).join(" ");
    const found = count === 0 ? [] : shingles(text);
    expect(found).toHaveLength(count);
    expect(found.filter((hash) => hash !== 0)).toHaveLength(Math.max(0, count - SHINGLE + 1));
  });

  test("are equal if four words are, in the same order", () => {
    const [first] = shingles("the old bridge fell");
    expect(shingles("when the old bridge fell")[1]).toBe(first);
    expect(shingles("the bridge old fell")[0]).not.toBe(first);
  });

  test("four letters in a row are none; four characters of a script without spaces are", () => {
    expect(shingles("a b c d e").every((hash) => hash === 0)).toBe(true);
    expect(shingles("橋が落ち")[0]).not.toBe(0);
  });
});

test("hashes: white space in a source doesn't matter, and the order of two does", () => {
  expect(hashOfSource("a b\n\tc")).toBe(hashOfSource("abc"));
  expect(hashOfSource("abc")).not.toBe(hashOfSource("acb"));
  expect(mixed(1, 2)).not.toBe(mixed(2, 1));
  for (const hash of [hashOfSource(""), mixed(0, 0), mixed(1, 2)]) {
    expect(Number.isInteger(hash) && hash > 0 && hash < 2 ** 32).toBe(true);
  }
});

const LETTERS = "[aAbBé7\\ud83d\\ude00]";
const WORDS = new RegExp(
  `中|${LETTERS}(?:[aAbBé7\\ud83d\\ude00'’\\u00ad\\u200b]*${LETTERS})?`,
  "g",
);

const IS_MINUS = /(?<![\p{L}\p{N}])-$/u;

const texts = fc.string({
  unit: fc.constantFrom(...Array.from("aaBB77é😀中 \n_.,-'’\u00ad\u200b"), " a", "ab, ", "a’b"),
  maxLength: 60,
});

test("words are letters in a row, however they are tokenized, without joiners and in either case", () => {
  const spelledBy = new Map<number, string>();
  fc.assert(
    fc.property(texts, (text) => {
      for (const block of getFormat("plaintext").parse(text).blocks) {
        const { hashes, starts, ends } = getWords(block);
        const expected = [...block.prose.text.matchAll(WORDS)];
        expect([...starts]).toEqual(expected.map(({ index }) => index));
        expect([...ends]).toEqual(expected.map((match) => match.index + match[0].length));
        expected.forEach(({ 0: word, index }, at) => {
          const hash = hashes[at] ?? 0;
          const isBelowZero =
            word.startsWith("7") && IS_MINUS.test(block.prose.text.slice(0, index));
          const letters = word.replace(/['’\u00ad\u200b]/g, "").toLowerCase();
          const spelling = isBelowZero ? `-${letters}` : letters;
          expect(spelledBy.get(hash) ?? spelling).toBe(spelling);
          spelledBy.set(hash, spelling);
        });
      }
    }),
    runs(300),
  );
  const hashes = new Map([...spelledBy].map(([hash, spelling]) => [spelling, hash]));
  expect(hashes.size).toBe(spelledBy.size);
  expect(hashes.size).toBeGreaterThan(50);
});
