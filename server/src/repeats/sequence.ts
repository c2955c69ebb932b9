import { type Draft, holdsProse } from "../draft/draft.ts";
import { memoizeOn } from "../draft/incremental/memoize.ts";
import { sourceSpan } from "../draft/prose.ts";
import type { Span } from "../text/span.ts";
import { type PackedRow, packRow, unpackedRow } from "./packed-row.ts";
import { blockOfWord, type Row } from "./row.ts";
import { getWords } from "./words.ts";

/** A draft as one row of words, which is also stored for it. */
export interface Sequence extends Row {
  readonly draft: Draft;
  readonly packed: PackedRow;
}

/** The sequence of a draft, made once for each version. */
export const getSequence = memoizeOn<Draft>()((draft): Sequence => {
  const packed = packRow(draft);
  return { draft, packed, ...unpackedRow(packed) };
});

/** The place of a word in the draft's text, in UTF-16 units. */
export function spanOfWord(sequence: Sequence, word: number): Span {
  const index = blockOfWord(sequence, word);
  const block = sequence.draft.blocks[index];
  const start = sequence.draft.starts[index] ?? 0;
  if (block === undefined) return { start, end: start };
  if (!holdsProse(block)) return { start, end: start + block.source.length };
  const blockWords = getWords(block);
  const at = word - (sequence.first[index] ?? 0);
  const span = sourceSpan(block.prose, {
    start: blockWords.starts[at] ?? 0,
    end: blockWords.ends[at] ?? 0,
  });
  return { start: start + span.start, end: start + span.end };
}

/** The words from `start` up to `end` as written in the draft, cut off after 400 units. */
export function sliceWords(sequence: Sequence, start: number, end: number): string {
  const from = spanOfWord(sequence, start).start;
  return sequence.draft.text.slice(from, Math.min(spanOfWord(sequence, end - 1).end, from + 400));
}
