import fc from "fast-check";
import { expect, test } from "vitest";
import { Lexicon, perWord } from "../../server/src/language/lexicon.ts";
import { lowerText, TokenKind, tokenize, tokenText } from "../../server/src/language/tokens.ts";
import { runs } from "../support/property.ts";

const words = fc.array(
  fc.record({
    spelling: fc.string({ unit: fc.constantFrom("a", "A", "b", "’", "é", "É"), minLength: 1 }),
    kind: fc.constantFrom(TokenKind.word, TokenKind.code, TokenKind.symbol),
  }),
  { maxLength: 40 },
);

test("numbers words like a map would, by spelling and kind", () => {
  fc.assert(
    fc.property(words, (list) => {
      const lexicon = new Lexicon();
      const numbers = new Map<string, number>();
      for (const { spelling, kind } of list) {
        const key = `${spelling} ${kind}`;
        const number = numbers.get(key) ?? numbers.size;
        numbers.set(key, number);
        expect(lexicon.add(spelling, kind)).toBe(number);
        expect(lexicon.spelling(number)).toBe(spelling);
        expect(lexicon.lower(number)).toBe(spelling.toLowerCase().replaceAll("’", "'"));
        expect(lexicon.kind(number)).toBe(kind);
      }
      expect(lexicon.size).toBe(numbers.size);
    }),
    runs(100),
  );
});

test("stores any number of words, of any length", () => {
  const lexicon = new Lexicon();
  const many = Array.from({ length: 150_000 }, (_, index) => `word${index}`);
  many.push("x".repeat(20_000), "\ud83d", "y".repeat(1_000_000));
  const numbers = (): number[] => many.map((word) => lexicon.add(word, TokenKind.word));
  const expected = many.map((_, index) => index);
  expect(numbers()).toEqual(expected);
  expect(numbers()).toEqual(expected);
  expect(expected.map((number) => lexicon.spelling(number))).toEqual(many);
  expect(lexicon.length).toBe(many.join("").length);
});

test("words of few letters keep their numbers, however many there are", () => {
  const letters = "etaoinETAOIN";
  const words = Array.from({ length: 12 ** 4 }, (_, index) =>
    index.toString(12).replace(/./g, (digit) => letters.charAt(parseInt(digit, 12))),
  );
  // Two words of eleven letters are too long, and equal in the last ten.
  for (const word of ["nintheight", "intheight", "anintheight", "enintheight"]) words.push(word);
  const tokens = tokenize([...words, ...words].join(" "));
  expect(words.map((_, at) => tokenText(tokens, words.length + at))).toEqual(words);
  expect(tokens.words.slice(words.length)).toEqual(tokens.words.slice(0, words.length));
});

test("a fact about a word is computed once, and looked up by its number", () => {
  const asked: string[] = [];
  const lengths = perWord((spelling, kind) => {
    asked.push(spelling);
    return spelling.length * 100 + kind;
  });
  const lexicon = new Lexicon();
  for (let index = 0; index < 10_000; index++) {
    lexicon.add(`w${index}`, TokenKind.word);
    if (index % 1000 === 0) expect(lengths(lexicon)[index]).toBe(`w${index}`.length * 100 + 1);
  }
  expect(lengths(lexicon)[0]).toBe(201);
  expect(lengths(lexicon)[9999]).toBe(501);
  expect(asked).toEqual(Array.from({ length: 10_000 }, (_, index) => `w${index}`));
  expect(lengths(new Lexicon())).not.toBe(lengths(lexicon));
});

test("tokens keep the lexicon that numbered them", () => {
  const before = tokenize("She’d read it");
  const text = Array.from({ length: 70_000 }, (_, index) => `word${index}`).join(" ");
  const long = tokenize(text);
  const after = tokenize("She’d read it");
  expect(after.lexicon).not.toBe(long.lexicon);
  expect(after.lexicon.size).toBe(3);
  for (const tokens of [before, after]) {
    expect(lowerText(tokens, 0)).toBe("she'd");
    expect([-1, 0, 1, 2, 3].map((at) => tokenText(tokens, at))).toEqual([
      "",
      "She’d",
      "read",
      "it",
      "",
    ]);
  }
  expect(tokenText(long, 69_999)).toBe("word69999");
});
