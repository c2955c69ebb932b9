import { blockOfWord, type Row } from "./row.ts";
import { sentenceAt } from "./sentence-starts.ts";

/** One side's end of a passage, and its surroundings. */
export interface Edge {
  /** The end as matched. */
  readonly raw: number;
  /** The end of the sentence it is in, outwards, and inwards; the latter is `raw` if there is none. */
  readonly outer: number;
  readonly inner: number;
  /** Which share of the sentence, and of the block, is missing outwards. */
  readonly sentenceMissing: number;
  readonly blockMissing: number;
  readonly block: number;
}

/** How much of a sentence may be missing at an end of a passage for it to count as part of it. */
const SENTENCE_SHARE = 0.5;
/** This many words of another sentence are not part of a passage. */
const FEW = 6;
/** How much of a block may be missing, and how many words at most. */
const BLOCK_SHARE = 0.2;
const BLOCK_WORDS = 16;

/** Both sides start, or end, at their blocks, or at their sentences. Part of a sentence on both sides is left out. */
export function snapTogether(a: Edge, b: Edge): [number, number] {
  if (isNearBlock(a) && isNearBlock(b) && a.block !== b.block) return [a.block, b.block];
  if (a.sentenceMissing > SENTENCE_SHARE && b.sentenceMissing > SENTENCE_SHARE) {
    return [a.inner, b.inner];
  }
  if (a.sentenceMissing > SENTENCE_SHARE || b.sentenceMissing > SENTENCE_SHARE) {
    // The end of a sentence that both share before the passage, or the beginning of one after it.
    const odd = Math.abs(a.inner - a.raw);
    if (odd <= FEW && odd === Math.abs(b.inner - b.raw)) return [a.inner, b.inner];
  }
  return [
    a.sentenceMissing <= SENTENCE_SHARE ? a.outer : a.raw,
    b.sentenceMissing <= SENTENCE_SHARE ? b.outer : b.raw,
  ];
}

/** Each side on its own: what only one of them has of a sentence at its end is not part of the other. */
export function snapApart(a: Edge, b: Edge): [number, number] {
  const snap = (edge: Edge): number =>
    edge.sentenceMissing <= SENTENCE_SHARE ? edge.outer : edge.inner;
  return [snap(a), snap(b)];
}

function isNearBlock(edge: Edge): boolean {
  return edge.blockMissing <= BLOCK_SHARE && Math.abs(edge.raw - edge.block) <= BLOCK_WORDS;
}

export function edgeBefore(row: Row, start: number, end: number): Edge {
  const index = blockOfWord(row, start);
  const block = row.first[index] ?? 0;
  const blockEnd = Math.min(end, row.first[index + 1] ?? 0);
  const starts = row.blocks.sentenceStarts(index);
  const at = sentenceAt(starts, start - block);
  const outer = block + (starts[at] ?? 0);
  let next = at + 1 < starts.length ? block + (starts[at + 1] ?? 0) : blockEnd;
  next = Math.min(next, blockEnd);
  return {
    raw: start,
    outer,
    inner: next < end ? next : start,
    sentenceMissing: (start - outer) / Math.max(1, next - outer),
    blockMissing: (start - block) / Math.max(1, blockEnd - block),
    block,
  };
}

export function edgeAfter(row: Row, start: number, end: number): Edge {
  const index = blockOfWord(row, end - 1);
  const blockStart = row.first[index] ?? 0;
  const from = Math.max(start, blockStart);
  const block = row.first[index + 1] ?? 0;
  const starts = row.blocks.sentenceStarts(index);
  const at = sentenceAt(starts, end - 1 - blockStart);
  const outer = at + 1 < starts.length ? blockStart + (starts[at + 1] ?? 0) : block;
  let sentence = blockStart + (starts[at] ?? 0);
  sentence = Math.max(sentence, from);
  return {
    raw: end,
    outer,
    inner: sentence > start ? sentence : end,
    sentenceMissing: (outer - end) / Math.max(1, outer - sentence),
    blockMissing: (block - end) / Math.max(1, block - from),
    block,
  };
}
