import { upperBound } from "../text/search.ts";

/** A draft as it is aligned with another: a row of words, and where blocks and sentences begin in it. */
export interface Row {
  /** A hash of each word. */
  readonly words: Uint32Array;
  /** At each word where a passage may be recognised, the hash of its shingle; 0 elsewhere. */
  readonly shingles: Uint32Array;
  /** The first word of each block, and at the end the number of words. */
  readonly first: Uint32Array;
  readonly blocks: RowBlocks;
}

/** What alignment needs to know about the blocks of a row, by their indices. */
export interface RowBlocks {
  isParagraph(index: number): boolean;
  /** The words that the block's sentences start with, counted from its own first; 0 is the first of them. */
  sentenceStarts(index: number): Uint32Array;
}

export function blockOfWord({ first }: Pick<Row, "first">, word: number): number {
  // The last number is that of all words.
  return Math.max(0, Math.min(first.length - 2, upperBound(first, word) - 1));
}
