import fc from "fast-check";
import { expect, test } from "vitest";
import { WordTable } from "../../server/src/language/word-table.ts";
import { runs } from "../support/property.ts";

const words = fc.array(fc.string({ unit: fc.constantFrom("a", "A", "b", "’", "é", "É") }), {
  maxLength: 40,
});

test("numbers words as a map would, wherever in a text they stand", () => {
  fc.assert(
    fc.property(words, fc.string(), (list, before) => {
      const table = new WordTable();
      const numbers = new Map<string, number>();
      for (const word of list) {
        const text = `${before}${word}!`;
        const end = before.length + word.length;
        expect(table.find(text, before.length, end)).toBe(numbers.get(word) ?? -1);
        const number = numbers.get(word) ?? numbers.size;
        numbers.set(word, number);
        expect(table.add(text, before.length, end)).toBe(number);
      }
      expect(table.size).toBe(numbers.size);
    }),
    runs(100),
  );
});

test("takes the letters of ASCII in either case, where that is asked for, and no others", () => {
  const table = new WordTable(true);
  expect(table.add("Élan Vital", 5, 10)).toBe(0);
  expect(table.find("VITAL", 0, 5)).toBe(0);
  expect(table.find("vitals", 0, 5)).toBe(0);
  expect(table.find("vitals", 0, 6)).toBe(-1);
  expect(table.add("Élan", 0, 4)).toBe(1);
  expect(table.find("élan", 0, 4)).toBe(-1);
  expect(table.find("ÉLAN", 0, 4)).toBe(1);
});

test("holds as many words as it is given, of any length, and forgets them", () => {
  const table = new WordTable();
  const many = Array.from({ length: 5000 }, (_, index) => `word${index}`);
  const long = "x".repeat(20_000);
  many.push(long);
  many.forEach((word, index) => {
    expect(table.add(word, 0, word.length)).toBe(index);
  });
  many.forEach((word, index) => {
    expect(table.find(word, 0, word.length)).toBe(index);
  });
  table.clear();
  expect([table.size, table.find(long, 0, long.length), table.add("one", 0, 3)]).toEqual([
    0, -1, 0,
  ]);
});
