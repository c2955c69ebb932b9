import fc from "fast-check";
import { expect, test } from "vitest";
import { mayReport, mostOdds } from "../../server/src/repeats/bound.ts";
import type { Change } from "../../server/src/repeats/changes.ts";
import { judgeRepeats, computeOdds, WHOLE } from "../../server/src/repeats/judge.ts";
import { packRow, unpackedRow } from "../../server/src/repeats/packed-row.ts";
import { draftPair, orderByName } from "../../server/src/repeats/pair-of-drafts.ts";
import { findRepeats } from "../../server/src/repeats/repeats.ts";
import { boundEdits } from "../../server/src/repeats/row-facts.ts";
import { getSequence } from "../../server/src/repeats/sequence.ts";
import { JUDGE } from "../../server/src/repeats/weights.ts";
import { reworded } from "../bench/reworded.ts";
import { anyFacts } from "../support/any-facts.ts";
import { madeUp } from "../support/made-up-drafts.ts";
import { runs } from "../support/property.ts";
import { draftOf } from "../support/rules.ts";

/** A draft, and another that has parts of it, each reworded this many times. */
const pairOfTexts = fc
  .tuple(
    fc.nat(10_000),
    fc.integer({ min: 40, max: 500 }),
    fc.array(fc.tuple(fc.nat(30), fc.nat(2), fc.constantFrom("", "> ", "- ", "1. ")), {
      minLength: 1,
      maxLength: 4,
    }),
    fc.boolean(),
  )
  .map(([seed, words, parts, isAlone]): [string, string] => {
    const made = madeUp(seed);
    const text = made.draft(words);
    const blocks = text.split("\n\n");
    const taken = parts.map(([at, times, mark]) => {
      let block = blocks[at % blocks.length] ?? "";
      for (let time = 0; time < times; time++) block = reworded(block, seed + time);
      return mark + block;
    });
    const around = isAlone ? [] : [made.draft(120)];
    return [text, [...around, ...taken, ...around].join("\n\n")];
  });
const names = fc.constantFrom(
  ["a.md", "b.md"],
  ["part-1.md", "part-2.md"],
  ["2024/z.md", "old/z.md"],
) as fc.Arbitrary<[string, string]>;
const options = fc.record({
  minWords: fc.constantFrom(12, 30),
  sensitivity: fc.constantFrom("quiet" as const, "normal" as const, "eager" as const),
});

test("if rows and names rule a report out, the judge reports nothing", () => {
  const seen = { reported: 0, spared: 0, open: 0 };
  fc.assert(
    fc.property(pairOfTexts, names, options, (texts, uris, option) => {
      const one = { uri: uris[0], draft: draftOf(texts[0]) };
      const other = { uri: uris[1], draft: draftOf(texts[1]) };
      const rowOf = ({ uri, draft }: typeof one) => ({ uri, row: unpackedRow(packRow(draft)) });
      const may = mayReport(rowOf(one), rowOf(other), option);
      expect(mayReport(rowOf(other), rowOf(one), option)).toBe(may);

      const [later, earlier] = orderByName(one, other);
      const [a, b] = [getSequence(later.draft), getSequence(earlier.draft)];
      const found = judgeRepeats(findRepeats(a, b), a, b, option, draftPair(later, earlier));
      const matched = found.reduce((sum, repeat) => sum + repeat.matched, 0);
      const isWhole = matched / Math.max(1, Math.min(a.words.length, b.words.length)) >= WHOLE;
      const isReported = isWhole || found.some(({ severity }) => severity !== undefined);
      if (isReported) expect(may).toBe(true);
      if (isReported) seen.reported++;
      else if (may) seen.open++;
      else if (found.length > 0) seen.spared++;
    }),
    runs(400),
  );
  // The drafts are varied, and the bound rules some out.
  expect(seen.reported).toBeGreaterThan(20);
  expect(seen.spared).toBeGreaterThan(20);
  expect(seen.spared).toBeGreaterThan(seen.open);
});

/** Facts about two copies in two drafts, neither between the others; without their edits. */
// eslint-disable-next-line @typescript-eslint/no-unused-vars -- named to be left out
const factsOfTwo = anyFacts.map(({ slots, reworded, ...facts }) => ({
  ...facts,
  apart: 0,
  between: 0,
  sameSection: false,
  markers: Math.min(1, facts.markers),
}));
const count = fc.nat(12);
const share = fc.double({ min: 0, max: 1, noNaN: true });

test("no facts have higher odds than their bound", () => {
  fc.assert(
    fc.property(
      factsOfTwo,
      fc.tuple(count, count, count),
      share,
      share,
      (facts, counts, ...shares) => {
        const [long, unequal, equal] = counts;
        const [filled, named] = shares;
        const filledIn = Math.round(filled * unequal);
        const slots = filledIn + Math.round(named * equal);
        const reworded = long + unequal - filledIn;
        const changes = [
          ...Array<Change>(long).fill({ aStart: 0, aEnd: 5, bStart: 0, bEnd: 1 }),
          ...Array<Change>(unequal).fill({ aStart: 0, aEnd: 4, bStart: 0, bEnd: 1 }),
          ...Array<Change>(equal).fill({ aStart: 0, aEnd: 2, bStart: 0, bEnd: 2 }),
        ];
        const bounds = boundEdits(changes).map((edits) => mostOdds(facts, edits, JUDGE.elsewhere));
        const odds = computeOdds({ ...facts, slots, reworded }, JUDGE.elsewhere);
        expect(Math.max(...bounds)).toBeGreaterThanOrEqual(odds - 1e-9);
      },
    ),
    runs(500),
  );
});
