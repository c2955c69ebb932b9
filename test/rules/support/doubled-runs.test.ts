import fc from "fast-check";
import { expect, test } from "vitest";
import { tokenize, tokenText } from "../../../server/src/language/tokens.ts";
import { findDoubledRuns } from "../../../server/src/rules/support/doubled-runs.ts";
import { runs } from "../../support/property.ts";

/** “… of that old stone bridge by …”: its first `size` words, repeated. */
function text(size: number, times: number, comma: boolean): string {
  const run = "of that old stone bridge by now".split(" ").slice(0, size).join(" ");
  return `They spoke ${Array.from({ length: times }, () => run).join(comma ? ", " : " ")} again.`;
}

test.each([0, 1, 2, 3, 4, 5, 6, 7])("%i words, repeated", (size) => {
  const count = (times: number, comma = false): number =>
    findDoubledRuns(tokenize(text(size, times, comma))).length;
  expect(count(1)).toBe(0);
  expect(count(2)).toBe(size >= 2 && size <= 6 ? 1 : 0);
  expect(count(2, true)).toBe(size >= 2 && size <= 6 ? 1 : 0);
  expect([count(3), count(4), count(9)]).toEqual([0, 0, 0]);
});

test("in any words, each run found is a repetition, and none is found twice", () => {
  const word = fc.constantFrom("of", "the", "The", "she", "was", "bridge", ",", ".", "5", "and");
  fc.assert(
    fc.property(fc.array(word, { maxLength: 40 }), (words) => {
      const tokens = tokenize(words.join(" "));
      const found = findDoubledRuns(tokens);
      const read = (from: number, to: number): string =>
        Array.from({ length: to - from }, (_, at) => tokenText(tokens, from + at))
          .join(" ")
          .toLowerCase();
      for (const { first, second, end, hasComma } of found)
        expect(read(first, hasComma ? second - 1 : second)).toBe(read(second, end));
      expect(new Set(found.map(({ end }) => end)).size).toBe(found.length);
    }),
    runs(300),
  );
});
