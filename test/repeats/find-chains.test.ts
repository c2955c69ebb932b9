import { describe, expect, test } from "vitest";
import { findChains } from "../../server/src/repeats/find-chains.ts";
import { getSequence, spanOfWord, type Sequence } from "../../server/src/repeats/sequence.ts";
import { draftOf } from "../support/rules.ts";

function words(sequence: Sequence, start: number, end: number): string {
  const { text } = sequence.draft;
  return text.slice(spanOfWord(sequence, start).start, spanOfWord(sequence, end - 1).end);
}

/** The words of each chain in the later text, and in the earlier. */
function chains(later: string, earlier: string): [string, string][] {
  const a = getSequence(draftOf(later));
  const b = getSequence(draftOf(earlier));
  return findChains(a, b).map(({ aStart, aEnd, bStart, bEnd }) => [
    words(a, aStart, aEnd),
    words(b, bStart, bEnd),
  ]);
}

const PASSAGE = "The mayor opened the old bridge over the river on Monday";
const OTHER = "Nobody from the council would say what any of it had cost them";

/** More words than there may be between matches of one chain. */
function words60(name: string): string {
  return Array.from({ length: 60 }, (_, at) => `${name}${at}`).join(" ");
}

describe("chains of two texts", () => {
  test.each<[string, string, string, [string, string][]]>([
    ["nothing", "", "", []],
    ["nothing in common", PASSAGE, OTHER, []],
    ["all", PASSAGE, PASSAGE, [[PASSAGE, PASSAGE]]],
    ["five words are chance", "one two three four five", "one two three four five", []],
    [
      "six are not",
      "one two three four five six",
      "one two three four five six",
      [["one two three four five six", "one two three four five six"]],
    ],
    ["a part", `Well, ${PASSAGE}.`, `${OTHER}. ${PASSAGE}.`, [[PASSAGE, PASSAGE]]],
    [
      "a word that was changed",
      PASSAGE.replace("old", "new"),
      PASSAGE,
      [[PASSAGE.replace("old", "new"), PASSAGE]],
    ],
    [
      "words put in",
      PASSAGE.replace("over", "that she loves over"),
      PASSAGE,
      [[PASSAGE.replace("over", "that she loves over"), PASSAGE]],
    ],
    [
      "twice in the later",
      `${PASSAGE}. ${OTHER}. ${PASSAGE}.`,
      PASSAGE,
      [
        [PASSAGE, PASSAGE],
        [PASSAGE, PASSAGE],
      ],
    ],
  ])("%s", (_what, later, earlier, expected) => {
    expect(chains(later, earlier)).toEqual(expected);
  });

  test("a chain is split where too much differs, and distant matches are not joined", () => {
    const found = chains(`${PASSAGE} ${words60("a")} ${OTHER}`, `${PASSAGE} ${OTHER}`);
    expect(found.map(([a]) => a)).toEqual([PASSAGE, OTHER]);
  });
});

test("in one text: what occurs again, with its earlier place", () => {
  const sequence = getSequence(
    draftOf([PASSAGE, words60("a"), PASSAGE, words60("b"), PASSAGE].join(".\n\n")),
  );
  const found = findChains(sequence, sequence);
  expect(found.map(({ aStart, aEnd }) => words(sequence, aStart, aEnd))).toEqual([
    PASSAGE,
    PASSAGE,
  ]);
  for (const { aStart, bEnd } of found) expect(bEnd).toBeLessThanOrEqual(aStart);
});

test("a text of the same word a thousand times is handled", () => {
  const sequence = getSequence(draftOf("bridges ".repeat(3000)));
  const other = getSequence(draftOf("bridges ".repeat(2000)));
  expect(findChains(sequence, other).length).toBeLessThan(3000);
});
