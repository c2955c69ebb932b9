import { expect, test } from "vitest";
import { groupChains } from "../../server/src/repeats/groups.ts";
import { likelyChains } from "../../server/src/repeats/likely-chains.ts";
import { toChain } from "../../server/src/repeats/chains.ts";
import { getSequence } from "../../server/src/repeats/sequence.ts";
import { draftOf } from "../support/rules.ts";

/* The steps from exact matches to a repeat: which chains are likely, and which are grouped. */

/** A sentence of this many words that occur nowhere else. */
const sentence = (name: string, words: number): string =>
  `${Array.from({ length: words }, (_, at) => `${name}${at}`).join(" ")}.`;

test("of a passage that occurs three times, each later copy makes a chain with the one before it", () => {
  const copies = [0, 1, 2].map((at) => `${sentence("a", 20)}\n\n${sentence(`n${at}x`, 60)}`);
  const row = getSequence(draftOf(copies.join("\n\n")));
  const found = likelyChains(row, row).map((chain) => [chain.aStart, chain.bStart, chain.matched]);
  expect(found).toEqual([
    [80, 0, 20],
    [160, 80, 20],
  ]);
});

test.each([
  [100, 1],
  [230, 2],
])("chains with %i words between them are in %i groups", (gap, count) => {
  const chains = [0, 100 + gap].flatMap((at) => toChain([{ a: 2000 + at, b: at, length: 100 }]));
  const groups = groupChains(chains, true);
  expect(groups).toHaveLength(count);
  expect(groups.flatMap((group) => group.chains)).toEqual(chains);
});
