import { type Block, type Draft, holdsProse } from "../draft/draft.ts";
import { perBlock } from "../draft/incremental/per-block.ts";
import { lowerBound } from "../text/search.ts";
import { isCommitEntry } from "./commit-entry.ts";
import type { Row, RowBlocks } from "./row.ts";
import { sentenceStarts } from "./sentence-starts.ts";
import { getWords, hashOfRow, hashOfSource, quoted, SHINGLE, shingleAt } from "./words.ts";

/**
 * A row in one array, as stored for a draft on disk: how many blocks it has, how many sentences that do not begin a
 * block, and how many bare words; then for each block its first word and its kind, the first words of those sentences,
 * the bare words, and the hashes of all words. Shingles follow from the words, except for the bare ones, which begin
 * none although enough words follow. About 4.3 bytes a word.
 */
export type PackedRow = Uint32Array;

const HEADER = 3;

/** The kinds of blocks, in the low bits of their entries. */
const KIND_BITS = 2;
const OTHER = 0;
const PARAGRAPH = 1;
const QUOTATION = 2;
/** A paragraph that is not a copy of its like. */
const COMMIT_ENTRY = 3;

/** The row of a draft, packed. Pure, and linear in its text. */
export function packRow(draft: Draft): PackedRow {
  const shapes = draft.blocks.map(blockShape);
  const counts = { words: 0, sentences: 0, bares: 0 };
  for (const { hashes, starts, bare } of shapes) {
    counts.words += hashes.length;
    counts.sentences += starts.length - 1;
    counts.bares += bare.length;
  }
  let entry = HEADER;
  let sentence = HEADER + shapes.length;
  let place = sentence + counts.sentences;
  let word = place + counts.bares;
  const packed = new Uint32Array(word + counts.words);
  packed.set([shapes.length, counts.sentences, counts.bares]);
  let from = 0;
  shapes.forEach(({ kind, hashes, starts, bare }, index) => {
    const isQuoted = kind === PARAGRAPH && quotesBriefly(draft, index);
    packed[entry++] = (from << KIND_BITS) | (isQuoted ? QUOTATION : kind);
    for (let at = 1; at < starts.length; at++) packed[sentence++] = from + (starts[at] ?? 0);
    for (const at of bare) packed[place++] = from + at;
    packed.set(hashes, word);
    word += hashes.length;
    from += hashes.length;
  });
  return packed;
}

const NONE = new Uint32Array(0);

/**
 * A block on its own: its kind, its words, where its sentences start, and its bare words, both counted from its first.
 * A block without prose (code, a directive, a definition) is one word that equals only the same source, so that steps
 * with different code between them differ. A comment has no words: it is not part of the text.
 */
const blockShape = perBlock((block: Block) => {
  const starts = sentenceStarts(block);
  if (!holdsProse(block)) {
    const isText = block.kind !== "comment";
    const hashes = isText ? Uint32Array.of(hashOfSource(block.source)) : NONE;
    return { kind: OTHER, hashes, starts, bare: NONE };
  }
  const { hashes, shingles } = getWords(block);
  if (block.kind !== "paragraph") return { kind: OTHER, hashes, starts, bare: NONE };
  if (isCommitEntry(block)) return { kind: COMMIT_ENTRY, hashes, starts, bare: NONE };
  const bare: number[] = [];
  for (let at = 0; at + SHINGLE <= shingles.length; at++) if (shingles[at] === 0) bare.push(at);
  return { kind: PARAGRAPH, hashes, starts, bare };
});

/** How many words of the row a block gives. */
export function countBlockWords(block: Block): number {
  return blockShape(block).hashes.length;
}

/** The row that was packed. Linear in it. */
export function unpackedRow(packed: PackedRow): Row {
  const [count = 0, sentences = 0, bares = 0] = packed;
  const entries = packed.subarray(HEADER, HEADER + count);
  const starts = packed.subarray(HEADER + count, HEADER + count + sentences);
  const bare = packed.subarray(HEADER + count + sentences, HEADER + count + sentences + bares);
  const words = packed.subarray(HEADER + count + sentences + bares);
  const first = new Uint32Array(count + 1);
  for (let index = 0; index < count; index++) first[index] = (entries[index] ?? 0) >>> KIND_BITS;
  first[count] = words.length;
  const shingles = new Uint32Array(words.length);
  for (let index = 0; index < count; index++) {
    const kind = (entries[index] ?? 0) & ((1 << KIND_BITS) - 1);
    if (kind !== PARAGRAPH && kind !== QUOTATION) continue;
    const last = (first[index + 1] ?? 0) - SHINGLE;
    for (let at = first[index] ?? 0; at <= last; at++) {
      const shingle = shingleAt(words, at);
      shingles[at] = kind === QUOTATION ? quoted(shingle) : shingle;
    }
  }
  for (const word of bare) shingles[word] = 0;
  return { words, shingles, first, blocks: new PackedBlocks(entries, starts, first) };
}

class PackedBlocks implements RowBlocks {
  readonly #entries: Uint32Array;
  readonly #starts: Uint32Array;
  readonly #first: Uint32Array;
  readonly #known = new Map<number, Uint32Array>();

  constructor(entries: Uint32Array, starts: Uint32Array, first: Uint32Array) {
    this.#entries = entries;
    this.#starts = starts;
    this.#first = first;
  }

  isParagraph(index: number): boolean {
    return ((this.#entries[index] ?? OTHER) & ((1 << KIND_BITS) - 1)) !== OTHER;
  }

  /** Computed once for each block: each repeat asks for several, and a block may contain all repeats. */
  sentenceStarts(index: number): Uint32Array {
    const known = this.#known.get(index);
    if (known !== undefined) return known;
    const starts = this.#startsIn(index);
    this.#known.set(index, starts);
    return starts;
  }

  #startsIn(index: number): Uint32Array {
    const from = this.#first[index] ?? 0;
    const low = lowerBound(this.#starts, from);
    const high = lowerBound(this.#starts, this.#first[index + 1] ?? 0);
    const offsets = new Uint32Array(1 + Math.max(0, high - low));
    for (let at = low; at < high; at++) offsets[1 + at - low] = (this.#starts[at] ?? 0) - from;
    return offsets;
  }
}

/** A hash of what a row is besides its words: its blocks, sentences and bare words. */
export function shapeHash(packed: PackedRow): number {
  const [count = 0, sentences = 0, bares = 0] = packed;
  return hashOfRow(packed, 0, HEADER + count + sentences + bares);
}

/** How many blocks back to search for a callout's mark. */
const QUOTED_BACK = 20;

/** Whether a block is quoted from elsewhere. A callout only looks like a quotation. */
function isQuotation({ blocks, format }: Draft, index: number): boolean {
  for (let at = index; at >= 0 && at > index - QUOTED_BACK; at--) {
    const block = blocks[at];
    if (block === undefined || block.quoteDepth === 0) return at < index;
    if (format.markup.opensCallout(block)) return false;
  }
  return true;
}

/**
 * Whether a block is a quotation of usual length. It may quote a passage of the text, so it is compared only with other
 * quotations. A longer one was hardly put next to its own source on purpose.
 */
export function quotesBriefly(draft: Draft, index: number): boolean {
  const block = draft.blocks[index];
  if (block === undefined || block.quoteDepth === 0) return false;
  return countBlockWords(block) < LONG_QUOTATION && isQuotation(draft, index);
}

const LONG_QUOTATION = 60;
