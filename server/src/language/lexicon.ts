import { memoizeOn } from "../draft/incremental/memoize.ts";

/**
 * Numbers words in the order in which they are first seen, from 0, so that facts about a word are found out once and
 * looked up by its number. Two words are the same if their spelling and their kind are (what a token is, see
 * `TokenKind`). Values by number are close together for the most common words, because these are seen first.
 */
export class Lexicon {
  /** The numbers of the words of each kind, by their spelling. */
  readonly #numbers: Map<string, number>[] = [];
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

  /** The number of a word; a new word gets the next one. */
  add(word: string, kind: number): number {
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
