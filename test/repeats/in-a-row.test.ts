import { expect, test } from "vitest";
import { repeatsWithin } from "../../server/src/repeats/judge.ts";
import { draftOf } from "../support/rules.ts";

/** A sentence of this many words, of which the one at `at` differs from copy to copy. */
function sentence(words: number, copy: number, at: number): string {
  const all = Array.from({ length: words }, (_, word) =>
    word === at ? `n${copy}` : `word${word}`,
  );
  return `The ${all.join(" ")}.`;
}

const SIZES = Array.from({ length: 59 }, (_, at) => at + 12);

test.each(SIZES)(
  "a passage reported several times in a row is the same word for word: %i words",
  (size) => {
    for (const copies of [3, 4, 6]) {
      for (const at of [-1, 0, 3, Math.floor(size / 2), size - 1]) {
        for (const lead of ["", `The ${sentence(size, 99, at).slice(4, -8)} as well.`]) {
          for (const join of [" ", "\n", "\n\n"]) {
            const row = Array.from({ length: copies }, (_, copy) => sentence(size, copy, at));
            const text = `${lead}\n\nIt was said before.\n\n${row.join(join)}\n\nThat is all.\n`;
            const { sequence, repeats } = repeatsWithin(draftOf(text), {
              minWords: 12,
              sensitivity: "eager",
            });
            for (const repeat of repeats) {
              if (repeat.copies === 1) continue;
              const { words } = sequence;
              const period = repeat.bEnd - repeat.bStart;
              const row = words.subarray(repeat.aStart, repeat.aEnd);
              const first = words.subarray(repeat.bStart, repeat.bEnd);
              expect(repeat.aEnd - repeat.aStart).toBe((repeat.copies - 1) * period);
              expect([...row]).toEqual([...row].map((_, word) => first[word % period]));
            }
            const inARow = repeats.filter((repeat) => repeat.copies > 1);
            if (at === -1 && lead === "") expect(inARow).toHaveLength(1);
          }
        }
      }
    }
  },
);
