import type { Block } from "../core/draft.ts";
import { perBlock } from "../core/per-block.ts";
import { MASK, sourceSpan } from "../core/prose.ts";

/** How many words a shingle has. */
export const SHINGLE = 4;

/**
 * The words of a block as repeats are judged by: case, spacing, punctuation, quote style and markup
 * make no difference. What is not prose but stands in it (an image, a template value) is a word that
 * is equal only to the same source.
 */
export interface Words {
  /** A hash of each word; never 0. */
  readonly hashes: Uint32Array;
  /** Where each word starts and ends in the block's prose, in UTF-16 units. */
  readonly starts: Uint32Array;
  readonly ends: Uint32Array;
  /** At each word the hash of it and the words after it, `SHINGLE` in all; 0 where too few are left, or too little. */
  readonly shingles: Uint32Array;
}

/** The words of a block, computed once for each block. */
export const wordsOf = perBlock(split);

/** A hash of any text that white space makes no difference to. */
export function hashOfSource(source: string): number {
  let hash = SEED;
  for (let at = 0; at < source.length; at++) {
    const unit = source.charCodeAt(at);
    if (unit > 0x20) hash = step(hash, unit);
  }
  return finished(hash);
}

/** Mixes two hashes into one, in order. */
export function mixed(first: number, second: number): number {
  return finished(Math.imul(first, 0x9e3779b1) ^ (second + 0x7f4a7c15));
}

function split(block: Block): Words {
  const text = block.prose.text;
  const found = scratch;
  found.count = 0;
  for (let at = 0; at < text.length;) {
    const kind = kindOf(text.charCodeAt(at));
    if (kind === MASKED) {
      addMasked(found, block, at);
      at++;
    } else if (kind === OTHER || kind === JOINER) {
      at++;
    } else {
      at = addWord(found, text, at, kind);
    }
  }
  const hashes = found.hashes.slice(0, found.count);
  const starts = found.starts.slice(0, found.count);
  const ends = found.ends.slice(0, found.count);
  return { hashes, starts, ends, shingles: shinglesOf(hashes, starts, ends, text) };
}

/** Adds the word that starts at `start`, and gives where to go on. */
function addWord(found: WordList, text: string, start: number, kind: number): number {
  if (kind === ALONE) {
    found.add(finished(step(SEED, text.charCodeAt(start))), start, start + 1);
    return start + 1;
  }
  let hash = SEED;
  let end = start;
  let at = start;
  for (let next = kind; next === LETTER || next === JOINER;) {
    if (next === LETTER) {
      const unit = text.charCodeAt(at);
      hash = step(hash, unit < 0x80 ? (LOWER[unit] ?? unit) : lower(unit));
      end = at + 1;
    }
    at++;
    if (at >= text.length) break;
    next = kindOf(text.charCodeAt(at));
  }
  found.add(finished(hash), start, end);
  return at;
}

/** Inline code gives its words, so that the same words without the marks of code are its like; anything else is one word. */
function addMasked(found: WordList, block: Block, at: number): void {
  const span = sourceSpan(block.prose, { start: at, end: at + 1 });
  const source = block.source.slice(span.start, span.end);
  if (!source.startsWith("`")) {
    found.add(hashOfSource(source), at, at + 1);
    return;
  }
  const inner = new WordList(source.length);
  for (let unit = 0; unit < source.length;) {
    const kind = kindOf(source.charCodeAt(unit));
    unit = kind === LETTER || kind === ALONE ? addWord(inner, source, unit, kind) : unit + 1;
  }
  if (inner.count === 0) found.add(hashOfSource(source), at, at + 1);
  for (let word = 0; word < inner.count; word++) found.add(inner.hashes[word] ?? 1, at, at + 1);
}

class WordList {
  hashes: Uint32Array;
  starts: Uint32Array;
  ends: Uint32Array;
  count = 0;

  constructor(length: number) {
    // Few texts have more than one word in four units, and those that do grow the arrays.
    const room = (length >> 2) + 8;
    this.hashes = new Uint32Array(room);
    this.starts = new Uint32Array(room);
    this.ends = new Uint32Array(room);
  }

  add(hash: number, start: number, end: number): void {
    if (this.count === this.hashes.length) {
      const room = this.count * 2;
      this.hashes = grown(this.hashes, room);
      this.starts = grown(this.starts, room);
      this.ends = grown(this.ends, room);
    }
    this.hashes[this.count] = hash;
    this.starts[this.count] = start;
    this.ends[this.count++] = end;
  }
}

/** Where the words of a block are gathered until it is known how many there are. */
const scratch = new WordList(4096);

function shinglesOf(
  hashes: Uint32Array,
  starts: Uint32Array,
  ends: Uint32Array,
  text: string,
): Uint32Array {
  const shingles = new Uint32Array(hashes.length);
  for (let at = 0; at + SHINGLE <= hashes.length; at++) {
    const start = starts[at] ?? 0;
    // Four letters in a row, as in a table of figures, come again by chance.
    const short = (ends[at + SHINGLE - 1] ?? 0) - start < SHORTEST;
    if (short && text.charCodeAt(start) < FIRST_ALONE) continue;
    let hash = SEED;
    for (let word = at; word < at + SHINGLE; word++) {
      hash = Math.imul(hash ^ (hashes[word] ?? 0), 0x85ebca6b);
      hash ^= hash >>> 15;
    }
    shingles[at] = finished(hash);
  }
  return shingles;
}

/** A shingle of fewer units is not looked for, in scripts that have words of several letters. */
const SHORTEST = 9;
const FIRST_ALONE = 0x2e80;

// What a UTF-16 unit is to a word.
const OTHER = 0;
const LETTER = 1;
/** Joins letters and is not compared: an apostrophe, straight or curly, a soft hyphen, a zero-width joiner. */
const JOINER = 2;
/** A word by itself: scripts that write words without spaces. */
const ALONE = 3;
const MASKED = 4;

const KINDS = new Uint8Array(0x3100);
const LOWER = new Uint8Array(0x80);
for (let unit = 0; unit < 0x80; unit++) {
  const lowered = String.fromCharCode(unit).toLowerCase();
  LOWER[unit] = lowered.charCodeAt(0);
  if (/[\p{L}\p{N}]/u.test(lowered)) KINDS[unit] = LETTER;
}
for (let unit = 0x80; unit < KINDS.length; unit++) {
  if (/[\p{L}\p{N}\p{M}]/u.test(String.fromCharCode(unit))) KINDS[unit] = LETTER;
  if (unit >= FIRST_ALONE)
    KINDS[unit] = /[\p{L}\p{N}]/u.test(String.fromCharCode(unit)) ? ALONE : OTHER;
}
for (const joiner of "'\u2019\u02BC\u00AD\u200B\u200C\u200D\u2060") {
  KINDS[joiner.charCodeAt(0)] = JOINER;
}

function kindOf(unit: number): number {
  if (unit < KINDS.length) return KINDS[unit] ?? OTHER;
  if (unit < 0xa000) return ALONE;
  if (unit === MASK.charCodeAt(0)) return MASKED;
  // Private use, presentation forms and the rest: what is no letter here is rare enough to count as one.
  return unit >= 0xfe00 && unit < 0xfe70 ? OTHER : unit >= 0xff00 && unit < 0xff10 ? OTHER : LETTER;
}

function lower(unit: number): number {
  if (unit >= 0x2000) return unit;
  return String.fromCharCode(unit).toLowerCase().charCodeAt(0);
}

const SEED = 0x811c9dc5 | 0;

/** FNV-1a, on UTF-16 units. */
function step(hash: number, unit: number): number {
  return Math.imul(hash ^ unit, 0x01000193);
}

/** The finish of MurmurHash3 (Austin Appleby, public domain), so that each bit depends on each; never 0. */
function finished(hash: number): number {
  let mixing = hash;
  mixing = Math.imul(mixing ^ (mixing >>> 16), 0x85ebca6b);
  mixing = Math.imul(mixing ^ (mixing >>> 13), 0xc2b2ae35);
  mixing = (mixing ^ (mixing >>> 16)) >>> 0;
  return mixing === 0 ? 1 : mixing;
}

function grown(array: Uint32Array, room: number): Uint32Array<ArrayBuffer> {
  const larger = new Uint32Array(room);
  larger.set(array);
  return larger;
}
