import { type Block, type Draft, holdsProse } from "../draft/draft.ts";
import { memoizeOn } from "../draft/incremental/memoize.ts";
import { perBlock } from "../draft/incremental/per-block.ts";
import { sourceSpan } from "../draft/prose.ts";
import type { Span } from "../text/span.ts";
import { blockOfWord, type Row, type RowBlocks } from "./row.ts";
import { sentenceStarts } from "./sentence-starts.ts";
import { hashOfSource, quoted, getWords } from "./words.ts";

/**
 * A draft as one row of words. A block that holds no prose (code, a directive, a definition) is one
 * word that equals only the same source, so that steps with other code between them differ.
 */
export interface Sequence extends Row {
  readonly draft: Draft;
}

class BlocksOfDraft implements RowBlocks {
  readonly #blocks: readonly Block[];

  constructor(blocks: readonly Block[]) {
    this.#blocks = blocks;
  }

  isParagraph(index: number): boolean {
    return this.#blocks[index]?.kind === "paragraph";
  }

  sentenceStarts(index: number): Uint32Array {
    return sentenceStarts(this.#blocks[index]);
  }
}

/** The sequence of a draft, made once for each version. */
export const getSequence = memoizeOn<Draft>()((draft): Sequence => {
  const { blocks } = draft;
  const first = new Uint32Array(blocks.length + 1);
  blocks.forEach(
    (block, index) => (first[index + 1] = (first[index] ?? 0) + countBlockWords(block)),
  );
  const words = new Uint32Array(first[blocks.length] ?? 0);
  const shingles = new Uint32Array(words.length);
  blocks.forEach((block, index) => {
    const start = first[index] ?? 0;
    if (holdsProse(block)) {
      const blockWords = getWords(block);
      words.set(blockWords.hashes, start);
      if (block.kind === "paragraph") {
        shingles.set(
          quotesBriefly(draft, index) ? quotedShingles(block) : blockWords.shingles,
          start,
        );
      }
    } else if (block.kind !== "comment") {
      words[start] = sourceHash(block);
    }
  });
  return { draft, words, shingles, first, blocks: new BlocksOfDraft(blocks) };
});

/** How many blocks back a callout's mark is looked for. */
const QUOTED_BACK = 20;

/** Whether a block is quoted from elsewhere. A callout is only set like one. */
function isQuotation({ blocks, format }: Draft, index: number): boolean {
  for (let at = index; at >= 0 && at > index - QUOTED_BACK; at--) {
    const block = blocks[at];
    if (block === undefined || block.quoteDepth === 0) return at < index;
    if (format.markup.opensCallout(block)) return false;
  }
  return true;
}

/**
 * Whether a block is a quotation of the length in which people quote: it may be of a passage of the text,
 * so it is only compared with others. One that is longer was hardly set beside its own source on purpose.
 */
export function quotesBriefly(draft: Draft, index: number): boolean {
  const block = draft.blocks[index];
  if (block === undefined || block.quoteDepth === 0) return false;
  return countBlockWords(block) < LONG_QUOTATION && isQuotation(draft, index);
}

const LONG_QUOTATION = 60;

/** Where a word stands in the draft's text, in UTF-16 units. */
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

/** The words from `start` up to `end` as the draft has them, cut off after 400 units. */
export function sliceWords(sequence: Sequence, start: number, end: number): string {
  const from = spanOfWord(sequence, start).start;
  return sequence.draft.text.slice(from, Math.min(spanOfWord(sequence, end - 1).end, from + 400));
}

/** How many words of the sequence a block gives. Comments give none: they are not part of the text. */
export function countBlockWords(block: Block): number {
  if (holdsProse(block)) return getWords(block).hashes.length;
  return block.kind === "comment" ? 0 : 1;
}

/** What a brief quotation is recognised by. A callout quotes nothing. */
const quotedShingles = perBlock((block): Uint32Array => getWords(block).shingles.map(quoted));

const sourceHash = perBlock((block): number => hashOfSource(block.source));
