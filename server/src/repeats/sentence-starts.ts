import { holdsProse, type Block } from "../draft/draft.ts";
import { perBlock } from "../draft/incremental/per-block.ts";
import { getSentences } from "../language/sentences.ts";
import { upperBound } from "../text/search.ts";
import type { Span } from "../text/span.ts";
import { blockOfWord, type Row } from "./row.ts";
import { getWords } from "./words.ts";

const WHOLE = Uint32Array.of(0);

/** Which sentence a word is in, both counted in their block. */
export function sentenceAt(starts: Uint32Array, word: number): number {
  return Math.max(0, upperBound(starts, word) - 1);
}

/** The sentence that a word is in, as words of the row. */
export function sentenceOfWord(row: Row, word: number): Span {
  const index = blockOfWord(row, word);
  const first = row.first[index] ?? 0;
  const starts = row.blocks.sentenceStarts(index);
  const at = sentenceAt(starts, word - first);
  const end = starts[at + 1];
  return {
    start: first + (starts[at] ?? 0),
    end: end === undefined ? (row.first[index + 1] ?? first) : first + end,
  };
}

/** Whether the words from `start` up to `end` are whole sentences. */
export function isOfSentences(row: Row, start: number, end: number): boolean {
  return startsSentence(row, start) && startsSentence(row, end);
}

/** Whether a sentence starts with a word, or the text ends before it. */
export function startsSentence(row: Row, word: number): boolean {
  return word >= row.words.length || sentenceOfWord(row, word).start === word;
}

/** Whether two stretches of words are parts of one sentence. */
export function areInOneSentence(row: Row, one: Span, other: Span): boolean {
  const last = Math.max(one.end, other.end) - 1;
  return last < sentenceOfWord(row, Math.min(one.start, other.start)).end;
}

/** The words that sentences start with, counted from the start of the block. */
export function sentenceStarts(block: Block | undefined): Uint32Array {
  return block === undefined ? WHOLE : computeStarts(block);
}

const computeStarts = perBlock((block): Uint32Array => {
  if (!holdsProse(block)) return WHOLE;
  const words = getWords(block).starts;
  const starts: number[] = [];
  let at = 0;
  for (const sentence of getSentences(block)) {
    while (at < words.length && (words[at] ?? 0) < sentence.start) at++;
    if (at < words.length && starts.at(-1) !== at) starts.push(at);
  }
  if (starts[0] !== 0) starts.unshift(0);
  return Uint32Array.from(starts);
});
