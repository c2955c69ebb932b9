import type { Block, Draft } from "../core/draft.ts";
import { holdsProse } from "../core/draft.ts";
import { perBlock } from "../core/per-block.ts";
import { sourceSpan } from "../core/prose.ts";
import type { Span } from "../core/span.ts";
import { perVersion } from "../core/versions.ts";
import { hashOfSource, mixed, wordsOf } from "./words.ts";

/**
 * A draft as one row of words. A block that holds no prose (code, a directive, a definition) is one
 * word that equals only the same source, so that steps with other code between them differ.
 */
export interface Sequence {
  readonly draft: Draft;
  /** A hash of each word. */
  readonly words: Uint32Array;
  /** At each word where a passage may be recognised, the hash of its shingle; 0 elsewhere. */
  readonly shingles: Uint32Array;
  /** The first word of each block, and at the end the number of words. */
  readonly first: Uint32Array;
}

/** A draft shares most blocks with the version before it, so what they give is copied from there. */
export const sequenceOf = perVersion(sequenceAfter);

function sequenceAfter(draft: Draft, before: Sequence | undefined): Sequence {
  const blocks = draft.blocks;
  const copies = before === undefined ? [] : sharedStretches(blocks, before.draft.blocks);
  const first = new Uint32Array(blocks.length + 1);
  let count = 0;
  let done = 0;
  const countUpTo = (end: number): void => {
    for (; done < end; done++) {
      first[done] = count;
      const block = blocks[done];
      if (block !== undefined) count += lengthOf(block);
    }
  };
  for (const { start, end, shift } of copies) {
    countUpTo(start);
    const moved = count - (before?.first[start + shift] ?? 0);
    for (; done < end; done++) first[done] = (before?.first[done + shift] ?? 0) + moved;
    count = (before?.first[end + shift] ?? 0) + moved;
  }
  countUpTo(blocks.length);
  first[blocks.length] = count;

  const words = new Uint32Array(count);
  const shingles = new Uint32Array(count);
  done = 0;
  const fillUpTo = (end: number): void => {
    for (; done < end; done++) {
      const block = blocks[done];
      const start = first[done] ?? 0;
      if (block === undefined) continue;
      if (holdsProse(block)) {
        const own = wordsOf(block);
        words.set(own.hashes, start);
        if (block.kind === "paragraph") {
          shingles.set(isQuotation(blocks, done) ? quotedShingles(block) : own.shingles, start);
        }
      } else if (block.kind !== "comment") {
        words[start] = sourceHash(block);
      }
    }
  };
  for (const { start, end, shift } of copies) {
    fillUpTo(start);
    const from = before?.first[start + shift] ?? 0;
    const to = before?.first[end + shift] ?? 0;
    if (before !== undefined) {
      words.set(before.words.subarray(from, to), first[start] ?? 0);
      shingles.set(before.shingles.subarray(from, to), first[start] ?? 0);
    }
    done = end;
  }
  fillUpTo(blocks.length);
  return { draft, words, shingles, first };
}

/** Blocks that stand in the draft before too, `shift` further on. */
interface Stretch {
  readonly start: number;
  readonly end: number;
  readonly shift: number;
}

/** The stretches of blocks that two drafts share: from the start, and, after the first change, counted from the end. */
function sharedStretches(blocks: readonly Block[], old: readonly Block[]): Stretch[] {
  const stretches: Stretch[] = [];
  let shift = 0;
  for (let at = 0; at < blocks.length;) {
    let end = at;
    while (end < blocks.length && blocks[end] === old[end + shift]) end++;
    // Whether a block is a quotation is told by those before it.
    const start = at === 0 ? 0 : at + QUOTED_BACK;
    if (start < end) stretches.push({ start, end, shift });
    shift = old.length - blocks.length;
    at = end;
    while (at < blocks.length && blocks[at] !== old[at + shift]) at++;
  }
  return stretches;
}

/** How many blocks back a callout's mark is looked for. */
const QUOTED_BACK = 20;

/** Whether a block is quoted from elsewhere. A callout, which starts with “[!NOTE]” or the like, is only set like one. */
export function isQuotation(blocks: readonly Block[], index: number): boolean {
  for (let at = index; at >= 0 && at > index - QUOTED_BACK; at--) {
    const block = blocks[at];
    if (block === undefined || block.quoteDepth === 0) return at < index;
    if (block.source.startsWith("[!")) return false;
  }
  return true;
}

/** The block that holds a word. */
export function blockOfWord(sequence: Sequence, word: number): number {
  const first = sequence.first;
  let low = 0;
  let high = first.length - 2;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((first[middle] ?? 0) <= word) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** Where a word stands in the draft's text, in UTF-16 units. */
export function spanOfWord(sequence: Sequence, word: number): Span {
  const index = blockOfWord(sequence, word);
  const block = sequence.draft.blocks[index];
  const start = sequence.draft.starts[index] ?? 0;
  if (block === undefined) return { start, end: start };
  if (!holdsProse(block)) return { start, end: start + block.source.length };
  const own = wordsOf(block);
  const at = word - (sequence.first[index] ?? 0);
  const span = sourceSpan(block.prose, { start: own.starts[at] ?? 0, end: own.ends[at] ?? 0 });
  return { start: start + span.start, end: start + span.end };
}

/** How many words of the sequence a block gives. Comments give none: they are not part of the text. */
export function lengthOf(block: Block): number {
  if (holdsProse(block)) return wordsOf(block).hashes.length;
  return block.kind === "comment" ? 0 : 1;
}

/** A block quotation is only compared with others: it may quote a passage of the text. A callout (“[!NOTE]”) quotes nothing. */
const quotedShingles = perBlock((block): Uint32Array =>
  wordsOf(block).shingles.map((hash) => (hash === 0 ? 0 : mixed(hash, QUOTED))),
);

const QUOTED = 0x71;

const sourceHash = perBlock((block): number => hashOfSource(block.source));
