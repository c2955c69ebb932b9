import type { Draft } from "../draft/draft.ts";
import type { Span } from "../text/span.ts";
import type { Anchor } from "./align.ts";
import { findRuns } from "./runs.ts";
import { sequenceOf, spanOfWord, type Sequence } from "./sequence.ts";

/** Where two copies of a passage differ: spans of words, in UTF-16 units of each. */
export interface Differing {
  readonly here: readonly Span[];
  readonly there: readonly Span[];
}

/** The words that only one of two copies has, each copy read as a draft; none where the two can't be aligned. */
export function differingWords(here: Draft, there: Draft): Differing {
  const own = sequenceOf(here);
  const other = sequenceOf(there);
  const anchors = findRuns(own, other).flatMap((run) =>
    run.pieces.flatMap((piece) => piece.anchors),
  );
  if (anchors.length === 0) return { here: [], there: [] };
  return {
    here: unshared(own, anchors, ({ a }) => a),
    there: unshared(other, anchors, ({ b }) => b),
  };
}

/** The stretches of words that are in no anchor. */
function unshared(
  sequence: Sequence,
  anchors: readonly Anchor[],
  startOf: (anchor: Anchor) => number,
): Span[] {
  const count = sequence.words.length;
  const isShared = new Uint8Array(count);
  for (const anchor of anchors) {
    const start = startOf(anchor);
    isShared.fill(1, start, start + anchor.length);
  }
  const spans: Span[] = [];
  for (let word = 0; word < count; word++) {
    if (isShared[word] === 1) continue;
    const { start, end } = spanOfWord(sequence, word);
    const before = spans.at(-1);
    if (before !== undefined && word > 0 && isShared[word - 1] === 0) {
      spans[spans.length - 1] = { start: before.start, end };
    } else spans.push({ start, end });
  }
  return spans;
}
