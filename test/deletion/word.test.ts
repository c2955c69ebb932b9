import fc from "fast-check";
import { expect, test } from "vitest";
import { wordDeletion } from "../../server/src/deletion/word.ts";
import type { FormatId } from "../../server/src/formats/registry.ts";
import { getTokens, tokenText } from "../../server/src/language/tokens.ts";
import { applyEdits } from "../../server/src/text/edits.ts";
import { shifted } from "../../server/src/text/span.ts";
import { runs } from "../support/property.ts";
import { draftOf, firstBlock, unmarked } from "../support/rules.ts";

/** The first block of a text without the word between ⟦ and ⟧; undefined if there is no clean cut. */
function without(marked: string, format?: FormatId): string | undefined {
  const { text, spans } = unmarked(marked);
  const block = firstBlock(text, format);
  const tokens = getTokens(block);
  const word = text.slice(spans[0]?.start, spans[0]?.end);
  const from = text.slice(0, spans[0]?.start).split(word).length - 1;
  const all = Array.from({ length: tokens.count }, (_, at) => at);
  const at = all.filter((index) => tokenText(tokens, index) === word)[from] ?? -1;
  const edit = wordDeletion(block, tokens, at);
  return edit && applyEdits(block.source, [edit]);
}

test.each([
  ["She ⟦had⟧ slept.", "She slept."],
  ["⟦Had⟧ she slept?", "She slept?"],
  ["She slept. ⟦Then⟧ she left.", "She slept. She left."],
  ["“⟦Then⟧ she left.”", "“She left.”"],
  ["We are holding ⟦is⟧.", "We are holding."],
  ["We are holding ⟦is⟧", "We are holding"],
  ["They came (from ⟦to⟧) home.", "They came (from) home."],
  ["They came (⟦to⟧ from) home.", "They came (from) home."],
  ["It is a\n⟦the⟧ bridge.", "It is a\nbridge."],
  ["It is ⟦a⟧\nthe bridge.", "It is\nthe bridge."],
  ["> It is a\n> ⟦the⟧\n> bridge.", "It is a\n> bridge."],
  ["A **bold ⟦the⟧** word.", "A **bold** word."],
  ["A **⟦the⟧ bold** word.", "A **bold** word."],
  ["See [⟦the⟧ page](x.md).", "See [page](x.md)."],
  ["See [a ⟦the⟧](x.md) page.", "See [a](x.md) page."],
  ["<p>⟦The⟧ a bridge</p>", "<p>A bridge</p>"],
  ["The ⟦Straße⟧ ist here.", "The ist here."],
])("%s", (marked, after) => {
  expect(without(marked)).toBe(after);
});

test.each([
  // Nothing would be left, or only markup around nothing.
  "⟦Had⟧",
  "She **⟦had⟧** slept.",
  "See [⟦the⟧](x.md) bridge.",
  // At the start of a line, a digit or a mark would become a list or a heading.
  "It is a\n⟦the⟧ 1. bridge.",
  "It is a\n⟦the⟧ # bridge.",
  "⟦The⟧ *one* bridge.",
])("no cut: %s", (marked) => {
  expect(without(marked)).toBeUndefined();
});

const SCRAPS = [
  ..."the had in \n + - # > ( ) , . ! — --- === ::: | ~~ \\ 1. a. “ ” é &amp; <b> </b> <br>".split(
    " ",
  ),
  ...[
    "*will*",
    "**in**",
    "_a",
    "a_",
    "[the",
    "](x.md)",
    "`code`",
    "\n> ",
    "\n- ",
    "{{x}}",
    "![x](y.png)",
  ],
];

test("whatever is around a word, the blocks that are left are the same with the other words", () => {
  const blocksOf = (text: string, format: FormatId): string[] =>
    draftOf(text, format).blocks.map(({ kind, prose }) =>
      [kind, ...(prose.text.toLowerCase().match(/\uFFFC|[\p{L}\p{N}]+/gu) ?? []).sort()].join(" "),
    );
  const parts = fc.array(fc.tuple(fc.constantFrom(...SCRAPS), fc.constantFrom(" ", " ", " ", "")), {
    minLength: 2,
    maxLength: 16,
  });
  fc.assert(
    fc.property(parts, fc.constantFrom<FormatId>("markdown", "html"), (pairs, format) => {
      const text = pairs.flat().join("");
      const draft = draftOf(text, format);
      for (const [index, block] of draft.blocks.entries()) {
        const tokens = getTokens(block);
        for (let at = 0; at < tokens.count; at++) {
          const word = tokenText(tokens, at).toLowerCase();
          const edit = /^\p{L}+$/u.test(word) ? wordDeletion(block, tokens, at) : undefined;
          if (edit === undefined) continue;
          const left = applyEdits(text, [shifted(edit, draft.starts[index] ?? 0)]);
          const expected = blocksOf(text, format).map((words, other) =>
            other === index ? words.replace(` ${word}`, "") : words,
          );
          expect(blocksOf(left, format), `${text} - ${word}`).toEqual(expected);
        }
      }
    }),
    runs(400),
  );
});
