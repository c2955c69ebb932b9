import fc from "fast-check";
import { expect, test } from "vitest";
import { holdsProse } from "../../server/src/draft/draft.ts";
import { packRow, quotesBriefly, unpackedRow } from "../../server/src/repeats/packed-row.ts";
import { blockOfWord } from "../../server/src/repeats/row.ts";
import { sentenceStarts } from "../../server/src/repeats/sentence-starts.ts";
import { getWords, hashOfSource, quoted } from "../../server/src/repeats/words.ts";
import { runs } from "../support/property.ts";
import { draftOf } from "../support/rules.ts";

const SAMPLE = `---
title: Notes
---

# The old bridge

The council voted on Monday. It closed the old bridge. Shops fear the worst.

> The council voted on Monday to close the bridge.

- 0a1b2c3d4e Close the old bridge for the spring
- a b c d e f g h

<!-- a comment -->

\`\`\`
code
\`\`\`
`;

/** Sentences, markup and figures, some of which begin no shingle. */
const part = fc.constantFrom(
  "The council voted on Monday.",
  "It closed the old bridge,",
  "a b c d e",
  "1 2 3",
  "`x y`",
  "![](a.png)",
  "Dr. Who is",
  "橋は月曜日に閉じた。",
  "0a1b2c3d4e Close it",
);
const block = fc
  .tuple(
    fc.constantFrom("", "- ", "> ", "## ", "<!-- ", "    ", "<p>", "> [!NOTE]\n> ", "```\n"),
    fc.array(part, { maxLength: 12 }),
  )
  .map(([mark, parts]) => mark + parts.join(" "));
const text = fc.oneof(
  fc.array(block, { maxLength: 10 }).map((blocks) => blocks.join("\n\n")),
  fc.string({ unit: "binary", maxLength: 80 }),
);

test("a row that was packed has the words, shingles and sentences of each block", () => {
  const agree = (source: string): void => {
    const draft = draftOf(source);
    const packed = packRow(draft);
    const row = unpackedRow(packed);
    draft.blocks.forEach((block, index) => {
      const [start = 0, end = 0] = row.first.subarray(index, index + 2);
      const isText = block.kind !== "comment";
      const { hashes, shingles } = holdsProse(block)
        ? getWords(block)
        : { hashes: isText ? [hashOfSource(block.source)] : [], shingles: [] };
      expect([...row.words.subarray(start, end)]).toEqual([...hashes]);
      const isParagraph = block.kind === "paragraph";
      const quotes = quotesBriefly(draft, index);
      const wanted = isParagraph ? [...shingles] : [...hashes].fill(0);
      expect([...row.shingles.subarray(start, end)]).toEqual(quotes ? wanted.map(quoted) : wanted);
      expect(row.blocks.isParagraph(index)).toBe(isParagraph);
      expect(row.blocks.sentenceStarts(index)).toEqual(sentenceStarts(block));
      for (let word = start; word < end; word++) expect(blockOfWord(row, word)).toBe(index);
    });
  };
  agree(SAMPLE);
  fc.assert(fc.property(text, agree), runs(500));
});
