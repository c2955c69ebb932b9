import { expect, test } from "vitest";
import { growBeside } from "../../server/src/repeats/grow.ts";
import { getSequence, spanOfWord, type Sequence } from "../../server/src/repeats/sequence.ts";
import { draftOf } from "../support/rules.ts";

/** A text whose passage is between ⟦ and ⟧, and the word numbers of the passage. */
function marked(text: string): { sequence: Sequence; start: number; end: number } {
  const from = text.indexOf("⟦");
  const to = text.indexOf("⟧") - 1;
  const sequence = getSequence(draftOf(text.replace(/[⟦⟧]/g, ""), "plaintext"));
  const count = (before: number): number => {
    let word = 0;
    while (word < sequence.words.length && spanOfWord(sequence, word).start < before) word++;
    return word;
  };
  return { sequence, start: count(from), end: count(to) };
}

/** The passage after growing on both sides. */
function grown(own: string, other: string): [string, string] {
  const a = marked(own);
  const b = marked(other);
  const after = growBeside(
    a.sequence,
    b.sequence,
    { a: a.end, b: b.end },
    { a: a.sequence.words.length, b: b.sequence.words.length },
    true,
  );
  const starts = { a: a.start, b: b.start };
  const before = growBeside(a.sequence, b.sequence, starts, { a: 0, b: 0 }, false);
  for (const { matches } of [before, after]) {
    for (const { a: at, b: like, length } of matches) {
      expect(a.sequence.words.slice(at, at + length)).toEqual(
        b.sequence.words.slice(like, like + length),
      );
    }
  }
  const words = (sequence: Sequence, start: number, end: number): string =>
    sequence.draft.text.slice(spanOfWord(sequence, start).start, spanOfWord(sequence, end - 1).end);
  return [words(a.sequence, before.a, after.a), words(b.sequence, before.b, after.b)];
}

test.each<[string, string, string, string, string]>([
  [
    "a sentence like its neighbour",
    "⟦The passage is here.⟧ It rained on Monday night.",
    "⟦The passage is here.⟧ It rained on Tuesday night.",
    "The passage is here. It rained on Monday night",
    "The passage is here. It rained on Tuesday night",
  ],
  [
    "a sentence before it",
    "It rained on Monday night. ⟦The passage is here.⟧",
    "It rained on Tuesday night. ⟦The passage is here.⟧",
    "It rained on Monday night. The passage is here",
    "It rained on Tuesday night. The passage is here",
  ],
  [
    "another sentence",
    "⟦The passage is here.⟧ It rained on Monday night.",
    "⟦The passage is here.⟧ Nobody would say why.",
    "The passage is here",
    "The passage is here",
  ],
  [
    "nothing more",
    "⟦The passage is here.⟧",
    "⟦The passage is here.⟧ It rained.",
    "The passage is here",
    "The passage is here",
  ],
  [
    "a paragraph",
    "⟦The passage is here.⟧\n\nIt rained on Monday night.",
    "⟦The passage is here.⟧\n\nIt rained on Tuesday night.",
    "The passage is here.\n\nIt rained on Monday night",
    "The passage is here.\n\nIt rained on Tuesday night",
  ],
  [
    "a paragraph and a sentence",
    "⟦The passage is here.⟧\n\nIt rained on Monday night.",
    "⟦The passage is here.⟧ It rained on Monday night. And so on.",
    "The passage is here",
    "The passage is here",
  ],
  [
    "one that is long enough to be found by itself",
    `⟦The passage is here.⟧\n\nIt ${"rained ".repeat(30)}`,
    `⟦The passage is here.⟧\n\nIt ${"rained ".repeat(30)}`,
    "The passage is here",
    "The passage is here",
  ],
])("%s", (_what, own, other, ownGrown, otherGrown) => {
  expect(grown(own, other)).toEqual([ownGrown, otherGrown]);
});

test("it doesn't grow beyond its limit", () => {
  const { sequence, end } = marked(
    "⟦The passage is here.⟧ It rained on Monday. It snowed on Friday.",
  );
  const from = { a: end, b: end };
  const limit = { a: end + 4, b: end + 4 };
  expect(growBeside(sequence, sequence, from, limit, true)).toMatchObject(limit);
  expect(growBeside(sequence, sequence, from, from, true)).toMatchObject({ ...from, matches: [] });
});
