import { memoizeOn } from "../draft/incremental/memoize.ts";
import { FNV_SEED, fnv1aStep } from "../text/hash.ts";

/**
 * Numbers words in the order in which they are first seen, from 0, so that facts about a word are found out once and
 * looked up by its number. Two words are the same if their spelling and their kind are (what a token is, see
 * `TokenKind`). A word is copied when it is added, so that its text can be freed.
 *
 * A hash table with open addressing (Knuth, TAOCP 3, 6.4), never more than half full. Values by number are close
 * together for the most common words, because these are seen first.
 */
export class Lexicon {
  /** The number of a word, plus 1, by its hash; 0 for none. */
  #slots = new Int32Array(2 * ROOM);
  /** A row for each word: its hash, where its units start, and their number, with its kind below. */
  #rows = new Int32Array(ROOM * ROW);
  /** The UTF-16 units of all words. */
  #units = new Uint16Array(8 * ROOM);
  #size = 0;
  #length = 0;
  readonly #spellings: string[] = [];
  readonly #lower: string[] = [];

  /** How many words it has. */
  get size(): number {
    return this.#size;
  }

  /** How many UTF-16 units they have together. */
  get length(): number {
    return this.#length;
  }

  /** The number of a word in `units` from `start` up to `end`; a new word gets the next one. `hash` is its `fnv1a`. */
  add(units: Uint16Array, start: number, end: number, hash: number, kind: number): number {
    const key = hash ^ (hash >>> 15);
    const mask = this.#slots.length - 1;
    let slot = key & mask;
    for (;;) {
      const known = (this.#slots[slot] ?? 0) - 1;
      if (known < 0) break;
      if (this.#is(known, units, start, end, key, kind)) return known;
      slot = (slot + 1) & mask;
    }
    const number = this.#size++;
    const from = this.#length;
    this.#length += end - start;
    while (this.#length > this.#units.length)
      this.#units = enlarged(this.#units, new Uint16Array(this.#units.length * 2));
    this.#units.set(units.subarray(start, end), from);
    this.#rows[number * ROW] = key;
    this.#rows[number * ROW + 1] = from;
    this.#rows[number * ROW + 2] = shapeOf(end - start, kind);
    this.#slots[slot] = number + 1;
    if (this.#size * 2 === this.#slots.length) this.#grow();
    return number;
  }

  /** The number of a single word. */
  addText(text: string, kind: number): number {
    const units = new Uint16Array(text.length);
    let hash = FNV_SEED;
    for (let at = 0; at < text.length; at++) {
      units[at] = text.charCodeAt(at);
      hash = fnv1aStep(hash, text.charCodeAt(at));
    }
    return this.add(units, 0, text.length, hash, kind);
  }

  kind(number: number): number {
    return (this.#rows[number * ROW + 2] ?? 0) & MOST_KINDS;
  }

  /** A word as it was first seen. */
  spelling(number: number): string {
    return (this.#spellings[number] ??= this.#spell(number));
  }

  /** The same in lower case, with straight apostrophes. */
  lower(number: number): string {
    return (this.#lower[number] ??= this.spelling(number).toLowerCase().replaceAll("’", "'"));
  }

  /** A string of its own: a slice would keep the whole text alive. */
  #spell(number: number): string {
    const start = this.#rows[number * ROW + 1] ?? 0;
    const end = start + ((this.#rows[number * ROW + 2] ?? 0) >> KIND_BITS);
    let spelling = "";
    for (let at = start; at < end; at += PORTION)
      spelling += String.fromCharCode(...this.#units.subarray(at, Math.min(end, at + PORTION)));
    return spelling;
  }

  #is(
    number: number,
    units: Uint16Array,
    start: number,
    end: number,
    key: number,
    kind: number,
  ): boolean {
    const row = number * ROW;
    if (this.#rows[row] !== key || this.#rows[row + 2] !== shapeOf(end - start, kind)) return false;
    const from = (this.#rows[row + 1] ?? 0) - start;
    for (let at = start; at < end; at++) if (this.#units[from + at] !== units[at]) return false;
    return true;
  }

  #grow(): void {
    this.#rows = enlarged(this.#rows, new Int32Array(this.#rows.length * 2));
    this.#slots = new Int32Array(this.#slots.length * 2);
    const mask = this.#slots.length - 1;
    for (let number = 0; number < this.#size; number++) {
      let slot = (this.#rows[number * ROW] ?? 0) & mask;
      while (this.#slots[slot] !== 0) slot = (slot + 1) & mask;
      this.#slots[slot] = number + 1;
    }
  }
}

/**
 * How many words fit into a new lexicon. It is more than most need, and unused room costs nothing, while each array
 * that is replaced makes V8 compile its readers again.
 */
const ROOM = 1 << 16;
const ROW = 3;

/** The array type that fits a kind. */
const KIND_BITS = 5;
const MOST_KINDS = (1 << KIND_BITS) - 1;

/** The length and the kind of a word as one number. */
function shapeOf(length: number, kind: number): number {
  return (length << KIND_BITS) | kind;
}

/** How many units are made a string at a time: a call takes a limited number of arguments. */
const PORTION = 1024;

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
  compute: (spelling: string, kind: number) => number,
): (lexicon: Lexicon) => Int32Array {
  const columnOf = onLexicon(() => ({ values: new Int32Array(4096), count: 0 }));
  return (lexicon) => {
    const column = columnOf(lexicon);
    if (column.count === lexicon.size) return column.values;
    while (lexicon.size > column.values.length)
      column.values = enlarged(column.values, new Int32Array(column.values.length * 2));
    for (; column.count < lexicon.size; column.count++)
      column.values[column.count] = compute(
        lexicon.spelling(column.count),
        lexicon.kind(column.count),
      );
    return column.values;
  };
}
