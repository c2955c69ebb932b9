import type { Row } from "./row.ts";

/** Words of two rows that begin the same shingle: `a[i]` of the later, rising, and `b[i]` of the earlier. */
export interface Seeds {
  readonly a: ArrayLike<number>;
  readonly b: ArrayLike<number>;
}

/** Each word of the later row that begins a shingle of the earlier, and its first place there. */
export function seedsBetween({ shingles: later }: Row, { shingles: earlier }: Row): Seeds {
  const a: number[] = [];
  const b: number[] = [];
  const table = new Table(earlier);
  for (let at = 0; at < earlier.length; at++) table.add(at);
  for (let at = 0; at < later.length; at++) {
    const like = table.find(later[at] ?? 0);
    if (like < 0) continue;
    a.push(at);
    b.push(like);
  }
  return { a, b };
}

/** Each word that begins a shingle from further up in the row, and its last place there. */
export function seedsWithin({ shingles }: Row): Seeds {
  const a: number[] = [];
  const b: number[] = [];
  const table = new Table(shingles);
  for (let at = 0; at < shingles.length; at++) {
    if (shingles[at] === 0) continue;
    const previous = table.replace(at);
    if (previous < 0) continue;
    a.push(at);
    b.push(previous);
  }
  return { a, b };
}

/** The slots of the last table, unless it needed more. Slots for each pair of drafts kept the garbage collector busy. */
const scratch = new Int32Array(1 << 16);

function emptySlots(size: number): Int32Array {
  return size > scratch.length ? new Int32Array(size) : scratch.subarray(0, size).fill(0);
}

/** Where a row has a shingle: a hash table with open addressing in one typed array. Valid until the next one is made. */
class Table {
  readonly #shingles: Uint32Array;
  readonly #slots: Int32Array;
  readonly #mask: number;

  constructor(shingles: Uint32Array) {
    // Sparse enough that a miss is found soon.
    let size = 1024;
    while (size < shingles.length * 1.5) size *= 2;
    this.#shingles = shingles;
    this.#slots = emptySlots(size);
    this.#mask = size - 1;
  }

  /** Adds the shingle at `at` unless the table has it; 0 is none. */
  add(at: number): void {
    const shingle = this.#shingles[at] ?? 0;
    if (shingle === 0) return;
    const slot = this.#findSlot(shingle);
    if (this.#slots[slot] === 0) this.#slots[slot] = at + 1;
  }

  /** Adds the shingle at `at`, and returns its last place; -1 for a new one. */
  replace(at: number): number {
    const slot = this.#findSlot(this.#shingles[at] ?? 0);
    const held = this.#slots[slot] ?? 0;
    this.#slots[slot] = at + 1;
    return held - 1;
  }

  /** The place of a shingle; -1 if the table has none. */
  find(shingle: number): number {
    return shingle === 0 ? -1 : (this.#slots[this.#findSlot(shingle)] ?? 0) - 1;
  }

  /** The slot of a shingle, or the one for it. */
  #findSlot(shingle: number): number {
    let slot = shingle & this.#mask;
    for (;;) {
      const held = this.#slots[slot] ?? 0;
      if (held === 0 || this.#shingles[held - 1] === shingle) return slot;
      slot = (slot + 1) & this.#mask;
    }
  }
}
