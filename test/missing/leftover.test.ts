import fc from "fast-check";
import { expect, test } from "vitest";
import type { Block } from "../../server/src/draft/draft.ts";
import { getTokens, tokenText } from "../../server/src/language/tokens.ts";
import { pickLeftovers, type Leftover } from "../../server/src/missing/leftover.ts";
import { runs } from "../support/property.ts";
import { firstBlock } from "../support/rules.ts";

const isNeverLost = (): boolean => false;

/** The words left over, and what may replace them, if a word followed by a figure has that score. */
function picked(scored: string, lowest = 0): string[] {
  const scores: number[] = [];
  const text = scored.replace(/\/(\d)(?=\W|$)/g, "");
  const block = firstBlock(text);
  const tokens = getTokens(block);
  const marked = scored.split(/\s+/).flatMap((word) => /\/(\d)/.exec(word)?.slice(1) ?? ["-"]);
  for (let at = 0, word = 0; at < tokens.count; at++) {
    const isWord = /^\w/.test(tokenText(tokens, at));
    const score = isWord ? (marked[word++] ?? "-") : "-";
    scores.push(score === "-" ? -9 : Number(score));
  }
  return pickLeftovers(block, tokens, Float32Array.from(scores), lowest, isNeverLost).map(
    ({ at, other }) =>
      [at, other].map((index) => (index === undefined ? "-" : tokenText(tokens, index))).join("+"),
  );
}

test("a word left over, and the other word that could be deleted instead", () => {
  expect(picked("The crew had successfully had/5 repaired it.")).toEqual(["had+had"]);
  expect(picked("It is a/4 the/5 bridge.")).toEqual(["the+a"]);
  expect(picked("It is a/5 the/4 bridge.")).toEqual(["a+the"]);
  expect(picked("The crew will meet/5 see us.")).toEqual(["meet+-"]);
  expect(picked("Will/5 can they come?")).toEqual(["Will+can"]);
  expect(picked("They met in/5")).toEqual(["in+-"]);
});

test.each([
  ["an", "apple hour heirloom honourable idea opera emu"],
  ["an", "unanswered unimportant unidentified unironic umbrella ugly"],
  ["an", "8 80-year-old 8,000 11-day 18th 18-year-old 11,000 18000 éclair Über X-ray x-ray F1"],
  ["a", "week one-off once-rich euro ewe unanimous utopia unidirectional uniform Ukrainian"],
  ["a", "user utility uranium 1 9 100 110 1,800 1,800,000 180 U-turn T-shirt Y-axis čaj"],
  ["either", "NATO FBI URL URLs U.S. historic Herbal Ypres 1100 1850s чай"],
])(
  "of two articles the wrong one is deleted; of “a an” before these, %s stays: %s",
  (fits, words) => {
    const goes = new Map([
      ["an", "a+-"],
      ["a", "an+-"],
    ]);
    for (const word of words.split(" ")) {
      expect([word, picked(`It is a/5 an/4 ${word} bridge.`)]).toEqual([
        word,
        [goes.get(fits) ?? "a+an"],
      ]);
    }
  },
);

test("of several suspect words near each other, one is reported", () => {
  expect(picked("It will/5 also would/6 can/4 be there.")).toEqual(["would+can"]);
  expect(picked("It will/5 can be a/5 the bridge.")).toEqual(["will+can", "a+the"]);
});

test("a word twice in a row is left to another rule", () => {
  expect(picked("It is the/5 the/5 bridge. He had/4 had/4 it.")).toEqual([]);
});

test("a suspect word is doubted in quotation marks, headings and names", () => {
  const lone = (text: string): boolean => picked(text, 3).length > 0;
  expect(lone("They will meet/5 see us.")).toBe(true);
  expect(lone("The through/5 association is new.")).toBe(false);
  expect(lone("The list of “meet/5 see” words is long.")).toBe(false);
  expect(lone("# They will meet/5 see us")).toBe(false);
  expect(lone("They saw Sylvester Is/5 here.")).toBe(false);
  expect(lone("They came from/5 within the walls.")).toBe(true);
  expect(lone("They came from/4 within the walls.")).toBe(false);
  expect(lone("They came from/4 to the walls.")).toBe(true);
  expect(lone("The list of of/4 under resourced items.")).toBe(false);
  expect(lone("The use of it throughout/5 helps us.")).toBe(false);
});

const WORDS = [
  "the",
  "a",
  "had",
  "will",
  "in",
  "bridge",
  "“",
  "”",
  ",",
  ".",
  "I",
  "b",
  "Oslo",
  "`x`",
];

test("any row of tokens with any scores can be judged", () => {
  const rows = fc.array(fc.constantFrom(...WORDS), { minLength: 1, maxLength: 70 });
  const numbers = fc.array(fc.constantFrom(-Infinity, -9, 0, 3, 9), {
    minLength: 71,
    maxLength: 71,
  });
  fc.assert(
    fc.property(rows, numbers, (words, scores) => {
      const block: Block = firstBlock(`x ${words.join(" ")}`);
      const tokens = getTokens(block);
      const found = pickLeftovers(block, tokens, Float32Array.from(scores), 0, isNeverLost);
      let last: Leftover | undefined;
      for (const one of found) {
        expect(one.score).toBeGreaterThanOrEqual(0);
        expect(one.at - (last?.at ?? -9)).toBeGreaterThan(2);
        expect(one.other).not.toBe(one.at);
        if (one.other !== undefined) expect(tokenText(tokens, one.other)).not.toBe("");
        last = one;
      }
    }),
    runs(300),
  );
});
