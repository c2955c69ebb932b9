import { describe, expect, test } from "vitest";
import { findRepeats } from "../../server/src/repeats/repeats.ts";
import { getSequence } from "../../server/src/repeats/sequence.ts";
import { repeatsWithin } from "../../server/src/repeats/judge.ts";
import { toPassage } from "../../server/src/repeats/passage.ts";
import { draftOf } from "../support/rules.ts";

/*
 * A copy is reported whole, in one finding: edited words at its ends belong to it, and words that it has twice don't
 * split it.
 */

/** A sentence of this many words, all different. */
function sentence(words: number, name: string): string {
  const all = Array.from({ length: words }, (_, at) => `${name}${at}x`);
  const [first = "", ...rest] = all;
  return `${[first.charAt(0).toUpperCase() + first.slice(1), ...rest].join(" ")}.`;
}

/** The passages that are repeats, as in the draft. */
function repeatsIn(text: string): string[] {
  const { sequence, repeats } = repeatsWithin(draftOf(text), { minWords: 12 });
  return repeats.map(({ aStart, aEnd }) => {
    const { start, end } = toPassage(sequence, aStart, aEnd);
    return text.slice(start, end);
  });
}

const OTHER = sentence(15, "other");
const SIZES = Array.from({ length: 10 }, (_, at) => at + 3);

describe.each([
  ["paragraphs", "\n\n"],
  ["sentences", " "],
])("a copy is reported to its ends: %s", (_, gap) => {
  test.each(SIZES)("with a neighbour of %i words, one of them edited", (size) => {
    const long = sentence(30, "long");
    const short = sentence(size, "short");
    for (let at = 0; at < size; at++) {
      const words = short.split(" ");
      words[at] = at === 0 ? "Edited" : at === size - 1 ? "edited." : "edited";
      const edited = words.join(" ");
      const after = `${long}${gap}${edited}`;
      expect(repeatsIn(`${long}${gap}${short}\n\n${OTHER}\n\n${after}\n`)).toEqual([after]);
      const before = `${edited}${gap}${long}`;
      expect(repeatsIn(`${short}${gap}${long}\n\n${OTHER}\n\n${before}\n`)).toEqual([before]);
    }
  });
});

test.each(SIZES)("a copy ends before a different paragraph of %i words", (size) => {
  const long = sentence(30, "long");
  const [one, two] = [sentence(size, "one"), sentence(size, "two")];
  expect(repeatsIn(`${long}\n\n${one}\n\n${OTHER}\n\n${long}\n\n${two}\n`)).toEqual([long]);
  expect(repeatsIn(`${one}\n\n${long}\n\n${OTHER}\n\n${two}\n\n${long}\n`)).toEqual([long]);
});

test.each(Array.from({ length: 70 }, (_, at) => at + 1))(
  "a copy that has %i of its words twice is one finding",
  (size) => {
    const [before, twice, after] = [
      sentence(40, "before"),
      sentence(size, "twice"),
      sentence(40, "after"),
    ];
    const earlier = getSequence(draftOf([before, twice, after].join("\n\n")));
    const later = getSequence(draftOf([before, twice, twice, after].join("\n\n")));
    for (const [a, b] of [
      [later, earlier],
      [earlier, later],
    ] as const) {
      expect(findRepeats(a, b)).toMatchObject([
        { aStart: 0, aEnd: a.words.length, bStart: 0, bEnd: b.words.length },
      ]);
    }
  },
);

test.each([13, 20, 40, 59, 60, 80, 200])(
  "a quotation of %i words is not a repeat, unless it is longer than usual",
  (size) => {
    const passage = sentence(size, "said");
    const text = `${passage}\n\n${OTHER}\n\n> ${passage}\n`;
    expect(repeatsIn(text)).toEqual(size < 60 ? [] : [passage]);
    // Of two quotations one is a copy, whatever their length.
    expect(repeatsIn(`> ${passage}\n\n${OTHER}\n\n> ${passage}\n`)).toEqual([passage]);
  },
);
