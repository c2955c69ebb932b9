import { blockOfWord, type Row } from "./row.ts";
import { sentenceOfWord } from "./sentence-starts.ts";

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
  const sentence = sentenceOfWord(row, start);
  const next = Math.min(sentence.end, blockEnd);
  return {
    raw: start,
    outer: sentence.start,
    inner: next < end ? next : start,
    sentenceMissing: (start - sentence.start) / Math.max(1, next - sentence.start),
    blockMissing: (start - block) / Math.max(1, blockEnd - block),
    block,
  };
}

export function edgeAfter(row: Row, start: number, end: number): Edge {
  const index = blockOfWord(row, end - 1);
  const from = Math.max(start, row.first[index] ?? 0);
  const block = row.first[index + 1] ?? 0;
  const sentence = sentenceOfWord(row, end - 1);
  const first = Math.max(sentence.start, from);
  return {
    raw: end,
    outer: sentence.end,
    inner: first > start ? first : end,
    sentenceMissing: (sentence.end - end) / Math.max(1, sentence.end - first),
    blockMissing: (block - end) / Math.max(1, block - from),
    block,
  };
}
