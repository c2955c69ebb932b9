import { expect, test } from "vitest";
import { toCopy } from "../../server/src/repeats/copies.ts";
import { toPassage } from "../../server/src/repeats/passage.ts";
import { findRepeats } from "../../server/src/repeats/repeats.ts";
import { getSequence, spanOfWord } from "../../server/src/repeats/sequence.ts";
import { draftOf } from "../support/rules.ts";

const HEAD = "The council says on its page that the bridge is closed. Read our";
const TAIL = "about the roads that are open to lorries this spring.";

test.each([
  ["words of one copy alone", "new tips", "", 13, "new tips", true, true],
  [
    "words that the word after the gap ends, too",
    "tips for heavy loads for",
    "for",
    13,
    "tips for heavy loads",
    true,
    true,
  ],
  [
    "words before the first of few that are the same",
    "new tips a b",
    "a",
    13,
    "new tips",
    true,
    false,
  ],
  ["no words where both have some", "new tips", "old tips", 14, undefined, false, false],
])("%s", (_what, whole, holed, at, words, sureBefore, sureAfter) => {
  const [own, other] = [holed, whole].map((middle) =>
    getSequence(draftOf(`${HEAD} ${middle} ${TAIL}\n`)),
  );
  if (own === undefined || other === undefined) throw new Error("There are two.");
  const [repeat] = findRepeats(own, other);
  if (repeat === undefined) throw new Error("No run was found.");
  const copy = toCopy(
    repeat,
    "a",
    toPassage(own, repeat.aStart, repeat.aEnd),
    own.words,
    other.words,
  );
  const [found] = copy.insertedAt(at);
  const text =
    found &&
    other.draft.text.slice(
      spanOfWord(other, found.start).start,
      spanOfWord(other, found.end - 1).end,
    );
  expect(text).toBe(words);
  if (found !== undefined) expect(found).toMatchObject({ sureBefore, sureAfter });
});
