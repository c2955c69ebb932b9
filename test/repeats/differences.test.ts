import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { findChanges } from "../../server/src/repeats/changes.ts";
import { isReordered } from "../../server/src/repeats/chains.ts";
import { findRepeats, type Repeat } from "../../server/src/repeats/repeats.ts";
import { getSequence, type Sequence } from "../../server/src/repeats/sequence.ts";
import { draftOf } from "../support/rules.ts";
import { runs } from "../support/property.ts";

/*
 * Reports about a passage are about all of it: the words that both copies share and those that differ make up both
 * copies, and nothing else.
 */

/** The word numbers from `start` up to `end`. */
function wordsFrom(start: number, end: number): number[] {
  return Array.from({ length: Math.max(0, end - start) }, (_, at) => start + at);
}

function expectWholeAccount(repeat: Repeat, later: Sequence, earlier: Sequence): void {
  const a: number[] = [];
  const b: number[] = [];
  const matches = repeat.chains.flatMap((chain) => chain.matches);
  for (const match of matches) {
    a.push(...wordsFrom(match.a, match.a + match.length));
    b.push(...wordsFrom(match.b, match.b + match.length));
    for (const at of wordsFrom(0, match.length)) {
      expect(later.words[match.a + at]).toBe(earlier.words[match.b + at]);
    }
  }
  expect(repeat.matched).toBe(a.length);
  const changes = findChanges(repeat);
  for (const change of changes) {
    a.push(...wordsFrom(change.aStart, change.aEnd));
    b.push(...wordsFrom(change.bStart, change.bEnd));
  }
  const inOrder = (words: number[]): number[] => words.sort((x, y) => x - y);
  expect(inOrder(a)).toEqual(wordsFrom(repeat.aStart, repeat.aEnd));
  expect(inOrder(b)).toEqual(wordsFrom(repeat.bStart, repeat.bEnd));

  const isInOrder = matches.every((one, at) => (matches[at - 1]?.b ?? -1) < one.b);
  if (!isInOrder) return;
  // The changes, applied to the earlier copy, give the later.
  const made = [...earlier.words.subarray(repeat.bStart, repeat.bEnd)];
  for (const { aStart, aEnd, bStart, bEnd } of [...changes].reverse()) {
    made.splice(bStart - repeat.bStart, bEnd - bStart, ...later.words.subarray(aStart, aEnd));
  }
  expect(made).toEqual([...later.words.subarray(repeat.aStart, repeat.aEnd)]);
}

function expectNoNeighbours(all: readonly Repeat[]): void {
  for (const one of all) {
    for (const other of all) {
      if (one === other || one.copies + other.copies > 2) continue;
      const touches = one.aEnd === other.aStart && one.bEnd === other.bStart;
      expect(touches).toBe(false);
    }
  }
}

const VOCABULARY =
  "the old bridge was closed to lorries in may and shops on quay fear for trade".split(" ");
const sentence = fc
  .tuple(
    fc.array(fc.constantFrom(...VOCABULARY), { minLength: 1, maxLength: 16 }),
    fc.nat({ max: 40 }),
  )
  // A unique word here and there, so that not everything is alike.
  .map(([words, own]) => `Word${own} ${words.join(" ")}.`);
const paragraph = fc
  .tuple(
    fc.constantFrom("", "", "", "- ", "> ", "## "),
    fc.array(sentence, { minLength: 1, maxLength: 4 }),
  )
  .map(([mark, all]) => mark + all.join(" "));

/** Paragraphs, and a copy of some of them, with words changed and paragraphs reordered. */
const copied = fc
  .record({
    blocks: fc.array(paragraph, { minLength: 1, maxLength: 8 }),
    from: fc.nat(),
    size: fc.nat(),
    edits: fc.array(fc.tuple(fc.nat(), fc.constantFrom("", "other", "some more words"))),
    turned: fc.boolean(),
    between: fc.array(paragraph, { maxLength: 2 }),
  })
  .map(({ blocks, from, size, edits, turned, between }) => {
    const start = from % blocks.length;
    const copy = blocks.slice(start, start + 1 + (size % (blocks.length - start)));
    if (turned) copy.reverse();
    const words = copy.join("\n\n").split(" ");
    for (const [at, by] of edits) words[at % words.length] = by;
    const one = blocks.join("\n\n");
    return { one: `${one}\n`, two: `${words.join(" ")}\n`, between: between.join("\n\n") };
  });

describe("the words that two copies share and those that differ make up both passages", () => {
  test("in two drafts", () => {
    fc.assert(
      fc.property(copied, ({ one, two }) => {
        const earlier = getSequence(draftOf(one));
        const later = getSequence(draftOf(two));
        for (const repeat of findRepeats(later, earlier))
          expectWholeAccount(repeat, later, earlier);
      }),
      runs(500),
    );
  });

  test("in one", () => {
    fc.assert(
      fc.property(copied, ({ one, two, between }) => {
        const sequence = getSequence(draftOf(`${one}\n${between}\n\n${two}`));
        for (const repeat of findRepeats(sequence, sequence)) {
          if (repeat.copies === 1) expectWholeAccount(repeat, sequence, sequence);
        }
      }),
      runs(500),
    );
  });
});

test("no two findings are about neighbouring parts of one passage", () => {
  fc.assert(
    fc.property(copied, ({ one, two, between }) => {
      const earlier = getSequence(draftOf(one));
      expectNoNeighbours(findRepeats(getSequence(draftOf(two)), earlier));
      const both = getSequence(draftOf(`${one}\n${between}\n\n${two}`));
      expectNoNeighbours(findRepeats(both, both));
    }),
    runs(500),
  );
});

test("paragraphs that were only moved don't differ, even if they begin alike", () => {
  const numbers = Array.from({ length: 14 }, (_, at) => at);
  for (const start of ["The", "In the", "The mayor", "On the whole this"]) {
    const [one = "", two = "", three = ""] = ["one", "two", "three"].map(
      (name) => `${start} ${numbers.map((number) => `${name}${number}`).join(" ")}.`,
    );
    for (const copy of [
      [two, one],
      [three, two],
      [two, three, one],
      [three, one, two],
      [three, two, one],
    ]) {
      const earlier = getSequence(draftOf([one, two, three, "The end of it."].join("\n\n")));
      const later = getSequence(draftOf(["The beginning.", ...copy].join("\n\n")));
      const [repeat, ...more] = findRepeats(later, earlier);
      if (repeat === undefined) throw new Error("Nothing is found.");
      expect(more).toEqual([]);
      expect([copy, isReordered(repeat.chains), findChanges(repeat)]).toEqual([copy, true, []]);
    }
  }
});
