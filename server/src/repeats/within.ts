import type { Draft } from "../core/draft.ts";
import { findRuns, type Run } from "./runs.ts";
import { blockOfWord, sequenceOf, type Sequence } from "./sequence.ts";

export interface PassageOptions {
  /** The fewest words that a passage must have. */
  readonly minWords: number;
}

/** The passages of a draft that stand in it once more further up, with the draft as the row of words they are counted in. */
export function repeatsWithin(
  draft: Draft,
  options: PassageOptions,
): { sequence: Sequence; runs: Run[] } {
  const sequence = sequenceOf(draft);
  const runs = findRuns(sequence, sequence).filter((run) => isPassage(run, sequence, options));
  return { sequence, runs };
}

/** How much of a passage may have been changed. */
const MIN_SHARED = 0.62;

/** Whether a run is long and alike enough to be told. */
export function isPassage(run: Run, later: Sequence, options: PassageOptions): boolean {
  let matched = 0;
  let spanned = 0;
  let longest = 0;
  for (const piece of run.pieces) {
    matched += piece.matched;
    spanned += Math.max(piece.aEnd - piece.aStart, piece.bEnd - piece.bStart);
    longest = Math.max(longest, longestInBlock(piece.aStart, piece.aEnd, later));
  }
  if (matched < options.minWords * 0.75 || longest < options.minWords) return false;
  return matched >= MIN_SHARED * spanned;
}

/** The most words that a stretch has in one paragraph. */
function longestInBlock(start: number, end: number, sequence: Sequence): number {
  let longest = 0;
  for (let index = blockOfWord(sequence, start); index < sequence.draft.blocks.length; index++) {
    const from = Math.max(start, sequence.first[index] ?? 0);
    if (from >= end) break;
    if (sequence.draft.blocks[index]?.kind !== "paragraph") continue;
    longest = Math.max(longest, Math.min(end, sequence.first[index + 1] ?? 0) - from);
  }
  return longest;
}
