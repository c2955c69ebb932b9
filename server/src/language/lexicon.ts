import { memoizeOn } from "../draft/incremental/memoize.ts";
import { FNV_SEED, fnv1aStep } from "../text/hash.ts";

/** How many of the last words are found without a copy of their letters: a power of two. */
const RECENT = 8192;

/**
 * Numbers words in the order in which they are first seen, from 0, so that facts about a word are found out once and
 * looked up by its number. Two words are the same if their spelling and their kind are (what a token is, see
 * `TokenKind`). Values by number are close together for the most common words, because these are seen first.
 */
export class Lexicon {
  /** The numbers of the words of each kind, by their spelling. */
  readonly #numbers: Map<string, number>[] = [];
  /** By the low bits of their hashes, the numbers of the words that were seen last. */
  readonly #recent = new Uint32Array(RECENT);
  readonly #spellings: string[] = [];
  readonly #kinds: number[] = [];
  readonly #lower: string[] = [];
  #length = 0;

  /** How many words it has. */
  get size(): number {
    return this.#spellings.length;
  }

  /** How many UTF-16 units they have together. */
  get length(): number {
    return this.#length;
  }

  /** The number of a word, which is in `text` from `start` up to `end`; a new word gets the next one. */
  add(text: string, kind: number, start = 0, end = text.length): number {
    let hash = FNV_SEED ^ kind;
    for (let at = start; at < end; at++) hash = fnv1aStep(hash, text.charCodeAt(at));
    const place = (hash ^ (hash >>> 15)) & (RECENT - 1);
    const recent = this.#recent[place] ?? 0;
    if (this.kind(recent) === kind && isAt(text, start, end, this.spelling(recent))) return recent;
    const number = this.#find(text.slice(start, end), kind);
    this.#recent[place] = number;
    return number;
  }

  #find(word: string, kind: number): number {
    const numbers = (this.#numbers[kind] ??= new Map());
    const known = numbers.get(word);
    if (known !== undefined) return known;
    const number = this.#spellings.length;
    // A string of its own: a slice would keep the whole text alive.
    const spelling = word.length < 13 ? word : ` ${word}`.slice(1);
    numbers.set(spelling, number);
    this.#spellings.push(spelling);
    this.#lower.push(spelling.toLowerCase().replaceAll("’", "'"));
    this.#kinds.push(kind);
    this.#length += word.length;
    return number;
  }

  kind(number: number): number {
    return this.#kinds[number] ?? 0;
  }

  /** A word as it was first seen. */
  spelling(number: number): string {
    return this.#spellings[number] ?? "";
  }

  /** The same in lower case, with straight apostrophes. */
  lower(number: number): string {
    return this.#lower[number] ?? "";
  }
}

/** Whether a word is in a text from `start` up to `end`. */
function isAt(text: string, start: number, end: number, word: string): boolean {
  if (word.length !== end - start) return false;
  for (let at = 0; at < word.length; at++)
    if (text.charCodeAt(start + at) !== word.charCodeAt(at)) return false;
  return true;
}

/** The array, enlarged. */
export function enlarged<T extends Int32Array | Uint32Array | Uint16Array | Uint8Array>(
  old: T,
  longer: T,
): T {
  longer.set(old);
  return longer;
}

const onLexicon = memoizeOn<Lexicon>();

/**
 * The function, computed once for each word of a lexicon: its values by the words' numbers. The array is replaced when
 * it is outgrown, so get it once for each text.
 */
export function perWord(
  compute: (spelling: string, kind: number, lower: string) => number,
): (lexicon: Lexicon) => Int32Array {
  const getColumn = onLexicon(() => ({ values: new Int32Array(4096), count: 0 }));
  return (lexicon) => {
    const column = getColumn(lexicon);
    if (column.count === lexicon.size) return column.values;
    while (lexicon.size > column.values.length)
      column.values = enlarged(column.values, new Int32Array(column.values.length * 2));
    for (; column.count < lexicon.size; column.count++)
      column.values[column.count] = compute(
        lexicon.spelling(column.count),
        lexicon.kind(column.count),
        lexicon.lower(column.count),
      );
    return column.values;
  };
}
