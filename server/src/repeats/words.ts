import type { Block } from "../draft/draft.ts";
import { perBlock } from "../draft/incremental/per-block.ts";
import { MASK, sourceSpan } from "../draft/prose.ts";
import { enlarged, perWord } from "../language/lexicon.ts";
import { getTokens } from "../language/tokens.ts";
import { FNV_SEED, fnv1aStep, mix } from "../text/hash.ts";
import type { Span } from "../text/span.ts";
import { isCommitEntry } from "./commit-entry.ts";

export const SHINGLE = 4;

/**
 * The words of a block, ignoring case, spacing, punctuation, quote style and markup. Something in prose that is not
 * prose (an image, a template value) is a word that equals only the same source.
 */
export interface Words {
  /** A hash of each word; never 0. */
  readonly hashes: Uint32Array;
  /** Where each word starts and ends in the block's prose, in UTF-16 units. */
  readonly starts: Uint32Array;
  readonly ends: Uint32Array;
  /**
   * At each word the hash of `SHINGLE` words from it on; 0 if they are too few or too short, or no copy would count.
   */
  readonly shingles: Uint32Array;
}

/** The words of a block, computed once for each block. */
export const getWords = perBlock(split);

/** A hash of any text, ignoring white space. */
export function hashOfSource(source: string): number {
  let hash = FNV_SEED;
  for (let at = 0; at < source.length; at++) {
    const unit = source.charCodeAt(at);
    if (unit > 0x20) hash = fnv1aStep(hash, unit);
  }
  return finished(hash);
}

export function mixed(first: number, second: number): number {
  return finished(Math.imul(first, 0x9e3779b1) ^ (second + 0x7f4a7c15));
}

/** Mixes the numbers from `start` up to `end` into one hash, in order. */
export function hashOfRow(numbers: Uint32Array, start: number, end: number): number {
  let hash = 1;
  for (let at = start; at < end; at++) hash = mixed(hash, numbers[at] ?? 0);
  return hash;
}

function split(block: Block): Words {
  const text = block.prose.text;
  const list = reused;
  list.count = 0;
  const tokens = getTokens(block);
  const known = getHashes(tokens.lexicon);
  let codes: ReadonlyMap<number, Span> | undefined;
  let at = 0;
  for (let token = 0; token < tokens.count; token++) {
    const start = tokens.starts[token] ?? 0;
    const end = tokens.ends[token] ?? 0;
    const hash = known[tokens.words[token] ?? 0] ?? 0;
    if (hash !== 0 && at <= start && !goesOn(text, end)) {
      list.add(isFigure(text, start) ? withSign(hash, text, start, end) : hash, start, end);
      at = end;
      continue;
    }
    // A word may continue in the next token.
    for (at = Math.max(at, start); at < end;) {
      const kind = kindOfUnit(text.charCodeAt(at));
      if (kind === MASKED) {
        codes ??= codeTexts(block);
        addMasked(list, block, at, codes);
        at++;
      } else if (kind === OTHER || kind === JOINER) {
        at++;
      } else {
        at = addWord(list, text, at, kind);
      }
    }
  }
  const words = {
    hashes: list.hashes.slice(0, list.count),
    starts: list.starts.slice(0, list.count),
    ends: list.ends.slice(0, list.count),
    shingles: new Uint32Array(list.count),
  };
  if (!isCommitEntry(block)) fillShingles(words, text);
  return words;
}

/** The hashes of words that consist only of ASCII letters and figures, as most do; 0 for the others. */
const getHashes = perWord((spelling) => {
  let hash = FNV_SEED;
  for (let at = 0; at < spelling.length; at++) {
    const unit = spelling.charCodeAt(at);
    if (unit >= 0x80 || KINDS[unit] !== LETTER) return 0;
    hash = fnv1aStep(hash, LOWER[unit] ?? unit);
  }
  return finished(hash);
});

/** Whether the text at `at` may belong to the same word as the letter before it. */
function goesOn(text: string, at: number): boolean {
  if (at >= text.length) return false;
  const kind = kindOfUnit(text.charCodeAt(at));
  return kind === LETTER || kind === JOINER;
}

/** Adds the word that starts at `start`, and returns where to continue. */
function addWord(list: WordList, text: string, start: number, kind: number): number {
  if (kind === ALONE) {
    list.add(finished(fnv1aStep(FNV_SEED, text.charCodeAt(start))), start, start + 1);
    return start + 1;
  }
  if (kind >= CLUSTER) return addCluster(list, text, start);
  let hash = FNV_SEED;
  let end = start;
  let at = start;
  for (let next = kind; next === LETTER || next === JOINER;) {
    if (next === LETTER) {
      const unit = text.charCodeAt(at);
      hash = fnv1aStep(hash, unit < 0x80 ? (LOWER[unit] ?? unit) : lower(unit));
      end = at + 1;
    }
    at++;
    if (at >= text.length) break;
    next = kindOfUnit(text.charCodeAt(at));
  }
  const word = finished(hash);
  list.add(isFigure(text, start) ? withSign(word, text, start, end) : word, start, end);
  return at;
}

function isFigure(text: string, start: number): boolean {
  const unit = text.charCodeAt(start);
  return unit >= 0x30 && unit <= 0x39;
}

/** The hash of a figure with its unit: “$5”, “5 €”, “5%” and “-5” are not “5”. */
function withSign(hash: number, text: string, start: number, end: number): number {
  const [before = ""] =
    /[$€£¥]$|(?<![\p{L}\p{N}])[-−]$/u.exec(text.slice(Math.max(0, start - 2), start)) ?? [];
  const [, after = ""] = /^[ \u00a0\u202f]?([€£¥%‰])/u.exec(text.slice(end, end + 2)) ?? [];
  const sign = before === "−" ? "-" : before || after;
  return sign === "" ? hash : mixed(hash, sign.charCodeAt(0));
}

/** Adds the letter that starts at `start` with the vowels and marks around it, and returns where to continue. */
function addCluster(list: WordList, text: string, start: number): number {
  let hash = FNV_SEED;
  let end = start;
  let at = start;
  for (let open = true; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    const kind = kindOfUnit(unit);
    if (kind === JOINER) continue;
    if (kind === CLUSTER) {
      if (!open) break;
      open = false;
    } else if (kind === STACKER) open = true;
    else if (kind === LEADING ? !open : kind !== TRAILING) break;
    hash = fnv1aStep(hash, unit);
    end = at + 1;
  }
  list.add(finished(hash), start, end);
  return at;
}

/** The content of inline code, by where the code starts in the block's source. */
function codeTexts({ marks }: Block): ReadonlyMap<number, Span> {
  const texts = new Map<number, Span>();
  for (const { kind, start, text } of marks) {
    if (kind === "code" && text !== undefined) texts.set(start, text);
  }
  return texts;
}

/** Inline code gives its words, so that it equals the same words without code marks; anything else is one word. */
function addMasked(
  list: WordList,
  block: Block,
  at: number,
  codes: ReadonlyMap<number, Span>,
): void {
  const span = sourceSpan(block.prose, { start: at, end: at + 1 });
  const source = block.source.slice(span.start, span.end);
  const code = codes.get(span.start);
  if (code === undefined) {
    list.add(hashOfSource(source), at, at + 1);
    return;
  }
  const words = block.source.slice(code.start, code.end);
  const inner = new WordList();
  for (let unit = 0; unit < words.length;) {
    const kind = kindOfUnit(words.charCodeAt(unit));
    const isWord = kind === LETTER || kind === ALONE || kind >= CLUSTER;
    unit = isWord ? addWord(inner, words, unit, kind) : unit + 1;
  }
  if (inner.count === 0) list.add(hashOfSource(source), at, at + 1);
  for (const hash of inner.hashes.subarray(0, inner.count)) list.add(hash, at, at + 1);
}

/** The words that were found, in the form of `Words`. */
class WordList {
  count = 0;
  hashes = new Uint32Array(16);
  starts = new Uint32Array(16);
  ends = new Uint32Array(16);

  add(hash: number, start: number, end: number): void {
    if (this.count === this.hashes.length) {
      this.hashes = enlarged(this.hashes, new Uint32Array(2 * this.count));
      this.starts = enlarged(this.starts, new Uint32Array(2 * this.count));
      this.ends = enlarged(this.ends, new Uint32Array(2 * this.count));
    }
    this.hashes[this.count] = hash;
    this.starts[this.count] = start;
    this.ends[this.count++] = end;
  }
}

/** For the block being split: with growing arrays for each block it takes a third longer. */
const reused = new WordList();

function fillShingles({ hashes, starts, ends, shingles }: Words, text: string): void {
  for (let at = 0; at + SHINGLE <= hashes.length; at++) {
    const start = starts[at] ?? 0;
    // Four letters in a row, as in a table of figures, recur by chance.
    const short = (ends[at + SHINGLE - 1] ?? 0) - start < SHORTEST;
    if (short && isSpelt(text.charCodeAt(start))) continue;
    shingles[at] = shingleAt(hashes, at);
  }
}

/** The hash of `SHINGLE` words from `at` on, of which all are there; never 0. */
export function shingleAt(words: Uint32Array, at: number): number {
  let hash = FNV_SEED;
  for (let word = at; word < at + SHINGLE; word++) {
    hash = Math.imul(hash ^ (words[word] ?? 0), 0x85ebca6b);
    hash ^= hash >>> 15;
  }
  return finished(hash);
}

/** A shingle of a brief quotation, which may match only its like; 0 stays 0. */
export function quoted(shingle: number): number {
  return shingle === 0 ? 0 : mixed(shingle, QUOTED);
}

/** What a hash of a brief quotation is mixed with. */
export const QUOTED = 0x71;

/** A shingle with fewer units is not searched, in scripts that have words of several letters. */
const SHORTEST = 9;
const FIRST_ALONE = 0x2e80;

/** Whether a unit is of a script that has words of several letters. */
function isSpelt(unit: number): boolean {
  return unit < FIRST_ALONE && kindOfUnit(unit) === LETTER;
}

// What a UTF-16 unit is to a word.
const UNKNOWN = 0;
const OTHER = 1;
const LETTER = 2;
/** Joins letters and is not compared: an apostrophe, straight or curly, a soft hyphen, a zero-width joiner, the stress and question marks inside Armenian words. */
const JOINER = 3;
/** A word on its own: scripts that write words without spaces. */
const ALONE = 4;
const MASKED = 5;
/**
 * A letter of a script of South-East Asia, which also write words without spaces: a word with the signs around it. Only
 * a dictionary can separate words there, and copies need no more than equal parts.
 */
const CLUSTER = 6;
/** A vowel or mark that belongs to the letter before it. */
const TRAILING = 7;
/** A vowel that is written before its letter. */
const LEADING = 8;
/** Stacks the next letter under the one before. */
const STACKER = 9;

const JOINERS = "'\u2019\u02BC\u00AD\u200B\u200C\u200D\u2060\u055B\u055C\u055E\u05F3\u05F4";
/** Thai and Lao, Burmese, Khmer, the Tai scripts: class SA of https://www.unicode.org/reports/tr14/ */
const SOUTH_EAST_ASIAN = /[\u0E00-\u0EFF\u1000-\u109F\u1780-\u17FF\u1950-\u19DF\u1A20-\u1AAF]/;

/** What is known about units below its length. Computing it for all of them would delay each start by 7 ms. */
const KINDS = new Uint8Array(0x3100);
const LOWER = new Uint8Array(0x80);
for (let unit = 0; unit < LOWER.length; unit++) {
  KINDS[unit] = findKind(unit);
  LOWER[unit] = lower(unit);
}

function kindOfUnit(unit: number): number {
  if (unit < KINDS.length) {
    const known = KINDS[unit] ?? UNKNOWN;
    return known === UNKNOWN ? (KINDS[unit] = findKind(unit)) : known;
  }
  if (unit < 0xa000) return ALONE;
  if (unit === MASK.charCodeAt(0)) return MASKED;
  // Private use, presentation forms and the rest: what is not a letter here is rare enough to count as one.
  return unit >= 0xfe00 && unit < 0xfe70 ? OTHER : unit >= 0xff00 && unit < 0xff10 ? OTHER : LETTER;
}

function findKind(unit: number): number {
  const letter = String.fromCharCode(unit);
  if (JOINERS.includes(letter)) return JOINER;
  if (unit >= FIRST_ALONE) return /[\p{L}\p{N}]/u.test(letter) ? ALONE : OTHER;
  if (!/[\p{L}\p{N}\p{M}]/u.test(letter)) return OTHER;
  if (!SOUTH_EAST_ASIAN.test(letter)) return LETTER;
  if (/[\u1039\u17D2\u1A60]/.test(letter)) return STACKER;
  if (/\p{Logical_Order_Exception}/u.test(letter)) return LEADING;
  const isTrailing = /[\p{M}\p{Lm}\u0E30\u0E32\u0E33\u0E45\u0EB0\u0EB2\u0EB3]/u.test(letter);
  return isTrailing ? TRAILING : CLUSTER;
}

function lower(unit: number): number {
  if (unit >= 0x2000) return unit;
  return String.fromCharCode(unit).toLowerCase().charCodeAt(0);
}

/** A hash whose bits all depend on each other; never 0. */
function finished(hash: number): number {
  const mixing = mix(hash) >>> 0;
  return mixing === 0 ? 1 : mixing;
}
