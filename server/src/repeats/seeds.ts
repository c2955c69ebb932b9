import type { Row } from "./row.ts";

/** Words of two rows at which the same shingle stands: `a[i]` of the later, rising, `b[i]` of the earlier. */
export interface Seeds {
  readonly a: ArrayLike<number>;
  readonly b: ArrayLike<number>;
}

/** Each word of the later row at which a shingle stands that the earlier has too, and where it has it first. */
export function seedsBetween({ shingles: later }: Row, { shingles: earlier }: Row): Seeds {
  const a: number[] = [];
  const b: number[] = [];
  const table = new Table(earlier, earlier.length);
  for (let at = 0; at < earlier.length; at++) table.add(at);
  for (let at = 0; at < later.length; at++) {
    const like = table.find(later[at] ?? 0);
    if (like < 0) continue;
    a.push(at);
    b.push(like);
  }
  return { a, b };
}

/** Each word at which a shingle stands that stood further up in the row, and where it did so last. */
export function seedsWithin({ shingles }: Row): Seeds {
  const a: number[] = [];
  const b: number[] = [];
  const table = new Table(shingles, shingles.length);
  for (let at = 0; at < shingles.length; at++) {
    if (shingles[at] === 0) continue;
    const before = table.replace(at);
    if (before < 0) continue;
    a.push(at);
    b.push(before);
  }
  return { a, b };
}

/** The slots of the last table, unless it needed more. Slots for each pair of drafts kept the garbage collector busy. */
const scratch = new Int32Array(1 << 16);

function emptySlots(size: number): Int32Array {
  return size > scratch.length ? new Int32Array(size) : scratch.subarray(0, size).fill(0);
}

/**
 * Tells where in a row a shingle was seen: a hash table with open addressing in one typed array. It is good until
 * the next one is made.
 */
class Table {
  readonly #shingles: Uint32Array;
  readonly #slots: Int32Array;
  readonly #mask: number;

  constructor(shingles: Uint32Array, most: number) {
    // Room enough that what is not in it is soon found not to be.
    let size = 1024;
    while (size < most * 1.5) size *= 2;
    this.#shingles = shingles;
    this.#slots = emptySlots(size);
    this.#mask = size - 1;
  }

  /** Puts in the shingle at `at` if it has not been seen, and is one. */
  add(at: number): void {
    const shingle = this.#shingles[at] ?? 0;
    if (shingle === 0) return;
    const slot = this.#slotOf(shingle);
    if (this.#slots[slot] === 0) this.#slots[slot] = at + 1;
  }

  /** Puts in the shingle at `at`, and gives where it was put in before; -1 if it was not. */
  replace(at: number): number {
    const slot = this.#slotOf(this.#shingles[at] ?? 0);
    const held = this.#slots[slot] ?? 0;
    this.#slots[slot] = at + 1;
    return held - 1;
  }

  /** Where a shingle was put in; -1 if it was not, and for no shingle. */
  find(shingle: number): number {
    const slots = this.#slots;
    for (let slot = shingle & this.#mask; shingle !== 0; slot = (slot + 1) & this.#mask) {
      const held = slots[slot] ?? 0;
      if (held === 0) break;
      if (this.#shingles[held - 1] === shingle) return held - 1;
    }
    return -1;
  }

  /** The slot that holds a shingle, or where it belongs. */
  #slotOf(shingle: number): number {
    let slot = shingle & this.#mask;
    for (;;) {
      const held = this.#slots[slot] ?? 0;
      if (held === 0 || this.#shingles[held - 1] === shingle) return slot;
      slot = (slot + 1) & this.#mask;
    }
  }
}
