import type { Draft } from "../draft/draft.ts";
import type { Span } from "../text/span.ts";
import type { Match } from "./align.ts";
import { findRepeats } from "./repeats.ts";
import { getSequence, spanOfWord, type Sequence } from "./sequence.ts";

/** Where two copies of a passage differ: spans of words, in UTF-16 units of each. */
export interface Differing {
  readonly here: readonly Span[];
  readonly there: readonly Span[];
}

/** The words that only one of two copies has, each copy read as a draft; none if the two can't be aligned. */
export function differingWords(here: Draft, there: Draft): Differing {
  const hereSequence = getSequence(here);
  const thereSequence = getSequence(there);
  const matches = findRepeats(hereSequence, thereSequence).flatMap((repeat) =>
    repeat.chains.flatMap((chain) => chain.matches),
  );
  if (matches.length === 0) return { here: [], there: [] };
  return {
    here: unshared(hereSequence, matches, "a"),
    there: unshared(thereSequence, matches, "b"),
  };
}

/** The stretches of words that are in no match. */
function unshared(sequence: Sequence, matches: readonly Match[], side: "a" | "b"): Span[] {
  const spans: Span[] = [];
  let from = 0;
  const addUpTo = (to: number): void => {
    if (from >= to) return;
    spans.push({ start: spanOfWord(sequence, from).start, end: spanOfWord(sequence, to - 1).end });
  };
  for (const match of matches.toSorted((one, other) => one[side] - other[side])) {
    addUpTo(match[side]);
    from = Math.max(from, match[side] + match.length);
  }
  addUpTo(sequence.words.length);
  return spans;
}
