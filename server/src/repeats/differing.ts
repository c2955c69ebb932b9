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
    here: unshared(hereSequence, matches, ({ a }) => a),
    there: unshared(thereSequence, matches, ({ b }) => b),
  };
}

/** The stretches of words that are in no match. */
function unshared(
  sequence: Sequence,
  matches: readonly Match[],
  getStart: (match: Match) => number,
): Span[] {
  const count = sequence.words.length;
  const isShared = new Uint8Array(count);
  for (const match of matches) {
    const start = getStart(match);
    isShared.fill(1, start, start + match.length);
  }
  const spans: Span[] = [];
  for (let word = 0; word < count; word++) {
    if (isShared[word] === 1) continue;
    const { start, end } = spanOfWord(sequence, word);
    const previous = spans.at(-1);
    if (previous !== undefined && word > 0 && isShared[word - 1] === 0) {
      spans[spans.length - 1] = { start: previous.start, end };
    } else spans.push({ start, end });
  }
  return spans;
}
