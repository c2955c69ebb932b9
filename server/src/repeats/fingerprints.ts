import { holdsProse, type Block, type Draft } from "../draft/draft.ts";
import { perBlock } from "../draft/incremental/per-block.ts";
import { isCommitEntry } from "./commit-entry.ts";
import { countBlockWords, type PackedRow, quotesBriefly, shapeHash } from "./packed-row.ts";
import { sentenceStarts } from "./sentence-starts.ts";
import { getSequence } from "./sequence.ts";
import { hashOfRow, hashOfSource, mixed, QUOTED, SHINGLE, getWords } from "./words.ts";

/**
 * What the index knows about a draft: hashes of sampled shingles and long sentences, and the row it is aligned by.
 * Typed arrays, so that a thread can transfer them. They keep no secret: the row has an unsalted hash of every word,
 * which a word list turns back into nearly the whole draft. About 7.4 MB for a million words.
 */
export interface Fingerprints {
  /** In order of place. An odd hash is a long sentence's; an even one, a short one's or a shingle's, proves less. */
  readonly hashes: Uint32Array;
  /** The number of the word that each begins with, as in the draft's `Sequence`. */
  readonly places: Uint32Array;
  readonly words: number;
  /** A hash of all words, which drafts that are copies of each other have in common. */
  readonly content: number;
  /** A hash of the places and kinds of blocks in the text, and of where sentences begin. */
  readonly layout: number;
  readonly row: PackedRow;
}

const WIDTH = 5;
/** Of this many shingles in a row, at least one is sampled: any 8 words in a row share one with their copy. */
const WINDOW = 4;
/** A sentence with fewer words gets no hash of its own. */
const SHORT_SENTENCE = 6;
/** A sentence with this many words proves a shared passage on its own. */
const LONG_SENTENCE = 10;

/**
 * The fingerprints of a draft. Pure, and linear in its text; results for a block are stored with it. The sample is by
 * winnowing (Schleimer, Wilkerson and Aiken 2003): the smallest hash of each window.
 */
export function fingerprint(draft: Draft): Fingerprints {
  let count = 0;
  const parts = draft.blocks.map(blockPrints);
  for (const part of parts) count += part.hashes.length;
  const hashes = new Uint32Array(count);
  const places = new Uint32Array(count);
  let at = 0;
  let words = 0;
  let content = 1;
  let layout = 1;
  parts.forEach((part, index) => {
    const quotes = part.hashes.length > 0 && quotesBriefly(draft, index);
    for (let each = 0; each < part.hashes.length; each++) {
      const hash = part.hashes[each] ?? 0;
      hashes[at] = quotes ? quotedHash(hash) : hash;
      places[at++] = words + (part.places[each] ?? 0);
    }
    words += part.words;
    if (part.words > 0) content = mixed(content, part.content);
    layout = mixed(mixed(layout, part.content), (draft.starts[index] ?? 0) + part.units);
  });
  const { packed: row } = getSequence(draft);
  return { hashes, places, words, content, layout: mixed(layout, shapeHash(row)), row };
}

interface BlockPrints {
  readonly hashes: readonly number[];
  readonly places: readonly number[];
  readonly words: number;
  readonly content: number;
  /** The length of its source. */
  readonly units: number;
}

const NONE: readonly number[] = [];
const blockPrints = perBlock(taken);

function taken(block: Block): BlockPrints {
  const units = block.source.length;
  if (!holdsProse(block)) {
    const content = hashOfSource(block.source);
    return { hashes: NONE, places: NONE, words: countBlockWords(block), content, units };
  }
  const { hashes, shingles } = getWords(block);
  const words = hashes.length;
  const content = hashOfRow(hashes, 0, words);
  if (block.kind !== "paragraph") return { hashes: NONE, places: NONE, words, content, units };
  const sampled: number[] = [];
  const places: number[] = [];
  const wider = widened(shingles);
  for (const place of winnow(wider)) {
    if (shingles[place] === 0) continue;
    sampled.push(((wider[place] ?? 0) & ~1) >>> 0);
    places.push(place);
  }
  if (words >= SHORT_SENTENCE && !isCommitEntry(block)) {
    const starts = sentenceStarts(block);
    for (let at = 0; at < starts.length; at++) {
      const start = starts[at] ?? 0;
      const end = starts[at + 1] ?? words;
      if (end - start < SHORT_SENTENCE) continue;
      const hash = hashOfRow(hashes, start, end);
      sampled.push((end - start < LONG_SENTENCE ? hash & ~1 : hash | 1) >>> 0);
      places.push(start);
    }
  }
  return { hashes: sampled, places, words, content, units };
}

/** The places of the smallest hash of each window, each place once; of equals the last. */
function winnow(hashes: Uint32Array): readonly number[] {
  const places: number[] = [];
  let least = 0;
  for (let end = 1; end <= hashes.length; end++) {
    // The smallest of the window before, unless it has left.
    let at = end - 1;
    if (least < end - WINDOW) at = least = end - WINDOW;
    for (; at < end; at++) if ((hashes[at] ?? 0) <= (hashes[least] ?? 0)) least = at;
    const isWhole = end >= WINDOW || end === hashes.length;
    if (isWhole && places.at(-1) !== least) places.push(least);
  }
  return places;
}

/** The hashes of each `WIDTH` words, from the shingles that cover them. */
function widened(shingles: Uint32Array): Uint32Array {
  const hashes = new Uint32Array(Math.max(0, shingles.length - WIDTH + 1));
  for (let at = 0; at < hashes.length; at++) {
    hashes[at] = mixed(shingles[at] ?? 0, shingles[at + WIDTH - SHINGLE] ?? 0);
  }
  return hashes;
}

/** Brief quotations match only each other; the kind of the hash stays. */
function quotedHash(hash: number): number {
  return ((mixed(hash, QUOTED) & ~1) | (hash & 1)) >>> 0;
}
