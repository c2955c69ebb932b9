import { expect, test } from "vitest";
import type { Block, BlockKind } from "../../server/src/draft/draft.ts";
import { formatOf } from "../../server/src/formats/registry.ts";
import { tokensOf } from "../../server/src/language/tokens.ts";
import { penaltyAt, blockPenalty } from "../../server/src/missing/penalties.ts";

function blockOf(text: string): Block {
  const [block] = formatOf("markdown").parse(text).blocks;
  if (block === undefined) throw new Error("The text is empty.");
  return block;
}

/** How much doubt there is before the word that follows “_”. */
function doubt(marked: string): number {
  const at = marked.indexOf("_");
  const block = blockOf(marked.replace("_", ""));
  const tokens = tokensOf(block);
  // Marks before the text, such as that of an item, are no part of its prose.
  const offset = at - (marked.length - 1 - block.prose.text.length);
  let token = 0;
  while (token < tokens.count && (tokens.starts[token] ?? 0) < offset) token++;
  return penaltyAt(block, tokens, token);
}

test.each<[string, number]>([
  ["# The old bridge", 1.5],
  ["The council met on Monday.", 0],
  ["- The council met on Monday.", 0],
  ["| The bridge | b |\n| - | - |\n| c | d |", 2.5],
])("a kind of block by itself: %j", (text, expected) => {
  expect(blockPenalty(blockOf(text))).toBe(expected);
});

test("only kinds that drop words on purpose are doubted by themselves", () => {
  const paragraph = blockOf("The council met.");
  const kinds: readonly BlockKind[] = ["heading", "caption", "cell", "verse"];
  for (const kind of kinds) expect(blockPenalty({ ...paragraph, kind })).toBeGreaterThan(0);
  for (const kind of ["paragraph", "comment", "code"] as const) {
    expect(blockPenalty({ ...paragraph, kind })).toBe(0);
  }
});

// What casts doubt, beside the same without it.
test.each([
  ["- the topic to subscribe to_", "the topic to subscribe to_"],
  ["Avoid “with respect to_.”", "Avoid with respect to_."],
  ["chain them with _? instead", "chain them with _and instead"],
  ["call sail(_) now", "call sail (_) now"],
  ["the channel that we send reports to_.", "the channel and we send reports to_."],
  ["They ask that the bridge _be closed.", "They say that the bridge _be closed."],
  ["They gave the winner _a medal.", "They saw the winner _a medal."],
  ["all for the masters . . . _, in whose name", "all for the masters _, in whose name"],
  ["For_, as she argued, it was late.", "For_, she argued, it was late."],
  ["The book is a _must read.", "The book is a _must go."],
  ["It runs when it has to_.", "It runs when it goes to_."],
  ["one paid a third and the other _the rest", "one paid a third and the other _the bridge"],
  ["a week earlier than this year's_.", "a week earlier and this year's_."],
  ["Use `x` _here.", "Use x _here."],
  ["They flew in _from Oslo.", "They sat in _from Oslo."],
])("%s is doubted more than %s", (more, less) => {
  expect(doubt(more)).toBeGreaterThan(doubt(less));
});

test.each([
  "The council met _on Monday.",
  "The mayor of _the town spoke.",
  "He went to the _bridge.",
])("nothing is doubted in %s", (marked) => {
  expect(doubt(marked)).toBe(0);
});

test("no place of any short row of words is certain before it is looked at, nor without a number", () => {
  const words = ["to", "the", "for", ",", "“", "”", "(", ")", "?", ".", "`x`", "must", "said"];
  for (const one of words) {
    for (const two of words) {
      for (const three of words) {
        const block = blockOf(`a${one} ${two}${three}`);
        const tokens = tokensOf(block);
        for (let at = 0; at <= tokens.count; at++) {
          expect(penaltyAt(block, tokens, at)).toBeGreaterThanOrEqual(0);
        }
      }
    }
  }
});
