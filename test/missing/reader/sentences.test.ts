import fc from "fast-check";
import { expect, test } from "vitest";
import { tokenize } from "../../../server/src/language/tokens.ts";
import { LONGEST } from "../../../server/src/missing/reader/forward.ts";
import { splitStretches } from "../../../server/src/missing/reader/sentences.ts";

/** The sentences of a text, as they are judged. */
function parts(text: string): string[] {
  const tokens = tokenize(text);
  return splitStretches(tokens).map(({ start, end }) =>
    text.slice(tokens.starts[start] ?? text.length, tokens.ends[Math.min(end, tokens.count) - 1]),
  );
}

test.each([
  ["One bridge. Two of them? Yes!", ["One bridge.", "Two of them?", "Yes!"]],
  ["He said “yes.” She left.", ["He said “yes.”", "She left."]],
  ["(It rained.) Then (“No.”) it stopped", ["(It rained.)", "Then (“No.”)", "it stopped"]],
  ["Wait... what", ["Wait... what"]],
  ["", [""]],
])("%j", (text, sentences) => {
  expect(parts(text)).toEqual(sentences);
});

test("every token is judged once, at any length, in stretches of limited size", () => {
  const word = fc.constantFrom("the", "bridge", ".", "?", "”", ")", ",", "“", "over");
  fc.assert(
    fc.property(fc.array(word, { maxLength: 200 }), (words) => {
      const tokens = tokenize(words.join(" "));
      let next = 0;
      for (const { start, end, from, to } of splitStretches(tokens)) {
        expect(start).toBe(next);
        expect(end).toBeGreaterThan(start);
        expect(from).toBeLessThanOrEqual(start);
        expect(to).toBeGreaterThanOrEqual(end);
        expect(to - from + 2).toBeLessThanOrEqual(LONGEST);
        next = end;
      }
      expect(next).toBe(tokens.count + 1);
    }),
  );
});

test("a sentence without an end is read in parts", () => {
  const lengths = Array.from({ length: 201 }, (_, count) =>
    splitStretches(tokenize("word ".repeat(count))),
  );
  for (const [count, stretches] of lengths.entries())
    expect(stretches.length).toBe(Math.ceil((count + 1) / 60));
});
