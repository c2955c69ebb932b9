import { FNV_SEED, fnv1aStep } from "../text/hash.ts";

/** How a table takes the letters of ASCII: as they are, or in lower case. */
const EXACT = Uint8Array.from({ length: 0x80 }, (_, unit) => unit);
const LOWER = EXACT.map((unit) => (unit >= 0x41 && unit <= 0x5a ? unit + 0x20 : unit));

/**
 * Numbers words in the order in which they are added, from 0. A word is looked up by where it stands
 * in a text, so that no string is made of it, and is copied when it is added, so that its text is not
 * kept. A hash table with open addressing (Knuth, TAOCP 3, 6.4), never more than half full.
 */
export class WordTable {
  readonly #fold: Uint8Array;
  /** The number of a word, plus 1; 0 for none. */
  #slots = new Int32Array(1024);
  #hashes = new Int32Array(512);
  /** The UTF-16 units of all words, and where each starts among them. */
  #units = new Uint16Array(4096);
  #starts = new Int32Array(513);
  #size = 0;

  /** With `ignoresCase` the letters of ASCII are the same in either case; what is returned for others is exact. */
  constructor(ignoresCase = false) {
    this.#fold = ignoresCase ? LOWER : EXACT;
  }

  get size(): number {
    return this.#size;
  }

  clear(): void {
    this.#slots.fill(0);
    this.#size = 0;
  }

  /** The number of the word that stands in `text` from `start` up to `end`; -1 where it has none. */
  find(text: string, start: number, end: number): number {
    return (this.#slots[this.#slotOf(text, start, end, this.#hashOf(text, start, end))] ?? 0) - 1;
  }

  /** As `find`, and gives the word the next number where it has none. */
  add(text: string, start: number, end: number): number {
    const hash = this.#hashOf(text, start, end);
    let slot = this.#slotOf(text, start, end, hash);
    const known = this.#slots[slot] ?? 0;
    if (known > 0) return known - 1;
    if (this.#size === this.#hashes.length) {
      this.#grow();
      slot = this.#slotOf(text, start, end, hash);
    }
    const number = this.#size++;
    const from = this.#starts[number] ?? 0;
    const to = from + end - start;
    while (to > this.#units.length)
      this.#units = grown(this.#units, new Uint16Array(this.#units.length * 2));
    for (let at = start; at < end; at++)
      this.#units[from + at - start] = this.#folded(text.charCodeAt(at));
    this.#starts[number + 1] = to;
    this.#hashes[number] = hash;
    this.#slots[slot] = number + 1;
    return number;
  }

  /** The slot of a word, or the empty one where it belongs. */
  #slotOf(text: string, start: number, end: number, hash: number): number {
    const mask = this.#slots.length - 1;
    let slot = hash & mask;
    for (;;) {
      const number = (this.#slots[slot] ?? 0) - 1;
      if (number < 0 || (this.#hashes[number] === hash && this.#equals(number, text, start, end)))
        return slot;
      slot = (slot + 1) & mask;
    }
  }

  #equals(number: number, text: string, start: number, end: number): boolean {
    const from = this.#starts[number] ?? 0;
    if ((this.#starts[number + 1] ?? 0) - from !== end - start) return false;
    for (let at = start; at < end; at++) {
      if (this.#units[from + at - start] !== this.#folded(text.charCodeAt(at))) return false;
    }
    return true;
  }

  #folded(unit: number): number {
    return unit < 0x80 ? (this.#fold[unit] ?? unit) : unit;
  }

  /** FNV-1a on folded units, its high bits mixed into the low ones. */
  #hashOf(text: string, start: number, end: number): number {
    let hash = FNV_SEED;
    for (let at = start; at < end; at++) {
      hash = fnv1aStep(hash, this.#folded(text.charCodeAt(at)));
    }
    return hash ^ (hash >>> 15);
  }

  #grow(): void {
    const room = this.#hashes.length * 2;
    this.#hashes = grown(this.#hashes, new Int32Array(room));
    this.#starts = grown(this.#starts, new Int32Array(room + 1));
    this.#slots = new Int32Array(room * 2);
    for (let number = 0; number < this.#size; number++) {
      const mask = this.#slots.length - 1;
      let slot = (this.#hashes[number] ?? 0) & mask;
      while (this.#slots[slot] !== 0) slot = (slot + 1) & mask;
      this.#slots[slot] = number + 1;
    }
  }
}

function grown<T extends Int32Array | Uint16Array>(before: T, after: T): T {
  after.set(before);
  return after;
}
