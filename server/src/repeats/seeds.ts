import { incremental } from "../draft/incremental/incremental.ts";
import { lowerBound } from "../text/search.ts";
import { shiftOf, type WordChange } from "./parts.ts";
import type { Row } from "./row.ts";
import { blocksOfSameWords, EMPTY, sequenceOf, type Sequence } from "./sequence.ts";

/** Words of two rows at which the same shingle stands: `a[i]` of the later, rising, `b[i]` of the earlier. */
export interface Seeds {
  readonly a: ArrayLike<number>;
  readonly b: ArrayLike<number>;
}

/** Each word of the later row at which a shingle stands that the earlier has too, and where it has it first. */
export function seedsBetween({ shingles: later }: Row, { shingles: earlier }: Row): Seeds {
  const a: number[] = [];
  const b: number[] = [];
  const add = (at: number, like: number): void => {
    if (like < 0) return;
    a.push(at);
    b.push(like);
  };
  // A table of the shorter is soon made and quickly asked.
  if (earlier.length <= later.length) {
    const table = new Table(earlier, earlier.length);
    for (let at = 0; at < earlier.length; at++) table.add(at);
    for (let at = 0; at < later.length; at++) add(at, table.find(later[at] ?? 0));
    return { a, b };
  }
  // Where the longer has each of its shingles first.
  const table = new Table(later, later.length);
  for (let at = 0; at < later.length; at++) table.add(at);
  const first = new Int32Array(later.length).fill(-1);
  for (let at = 0; at < earlier.length; at++) {
    const place = table.find(earlier[at] ?? 0);
    if (place >= 0 && first[place] === -1) first[place] = at;
  }
  for (let at = 0; at < later.length; at++) {
    const place = table.find(later[at] ?? 0);
    add(at, first[place] ?? -1);
  }
  return { a, b };
}

/** Each word at which a shingle stands that stood further up in the sequence, and where it did so last. */
export function seedsWithin({ draft }: Sequence): Seeds {
  return repeatedIn(draft);
}

interface Repeated extends Seeds {
  readonly sequence: Sequence;
  readonly a: Uint32Array;
  readonly b: Uint32Array;
  /** Each word whose shingle stands in the draft more than once, rising. */
  readonly places: Uint32Array;
}

const NOWHERE = new Uint32Array(0);
const NOTHING: Repeated = { sequence: EMPTY, a: NOWHERE, b: NOWHERE, places: NOWHERE };

/**
 * Most shingles stand once. A change alters this for its own alone: those that it brought are looked for in the
 * rest, and those that it took away may leave another by itself. (A draft that is read first is all change.)
 */
const repeatedIn = incremental((draft, last: Repeated = NOTHING): Repeated => {
  const sequence = sequenceOf(draft);
  const { shingles } = sequence;
  const change = shingleChange(last.sequence, sequence);
  const { start, end, by } = change;
  const newEnd = end + by;
  const brought = new Table(shingles, newEnd - start);
  const found: number[] = [];
  const note = (first: number, at: number): void => {
    if (first >= 0 && first !== at) found.push(first, at);
  };
  for (let at = start; at < newEnd; at++) note(brought.add(at), at);
  for (let at = 0; at < start; at++) note(brought.find(shingles[at] ?? 0), at);
  for (let at = newEnd; at < shingles.length; at++) note(brought.find(shingles[at] ?? 0), at);

  const from = lowerBound(last.places, start);
  const to = lowerBound(last.places, end);
  if (found.length === 0 && from === to) {
    if (by === 0) return { ...last, sequence };
    const now = (words: Uint32Array): Uint32Array => moved(words, change);
    return { sequence, a: now(last.a), b: now(last.b), places: now(last.places) };
  }
  const known = new Uint32Array(last.places.length - to + from);
  known.set(last.places.subarray(0, from));
  known.set(moved(last.places.subarray(to), change), from);
  return { sequence, ...linked(united(known, Uint32Array.from(found).sort()), shingles) };
});

/** Words that a change did not replace, where they stand after it. */
function moved(words: Uint32Array, change: WordChange): Uint32Array {
  return words.map((word) => word + shiftOf(change, word));
}

/** Two rows of rising numbers as one, each number once. */
function united(one: Uint32Array, other: Uint32Array): Uint32Array {
  const all = new Uint32Array(one.length + other.length);
  let count = 0;
  for (let i = 0, j = 0; i < one.length || j < other.length;) {
    const next = Math.min(one[i] ?? Infinity, other[j] ?? Infinity);
    while (one[i] === next) i++;
    while (other[j] === next) j++;
    all[count++] = next;
  }
  return all.subarray(0, count);
}

/** Links each place to the last one before it with the same shingle, and leaves out those without their like. */
function linked(places: Uint32Array, shingles: Uint32Array): Omit<Repeated, "sequence"> {
  const own = new Uint32Array(places.length);
  for (let index = 0; index < own.length; index++) own[index] = shingles[places[index] ?? 0] ?? 0;
  const table = new Table(own, own.length);
  const hasLike = new Uint8Array(own.length);
  const a = new Uint32Array(own.length);
  const b = new Uint32Array(own.length);
  let count = 0;
  for (let index = 0; index < own.length; index++) {
    const before = table.replace(index);
    if (before < 0) continue;
    hasLike[index] = 1;
    hasLike[before] = 1;
    a[count] = places[index] ?? 0;
    b[count++] = places[before] ?? 0;
  }
  const left = new Uint32Array(own.length);
  let size = 0;
  for (let index = 0; index < own.length; index++) {
    if (hasLike[index] === 1) left[size++] = places[index] ?? 0;
  }
  return { a: a.subarray(0, count), b: b.subarray(0, count), places: left.subarray(0, size) };
}

/** The words whose shingles differ; unlike `changeBetween`, of no more than they, as seeds know no sentences. */
function shingleChange(old: Sequence, now: Sequence): WordChange {
  const { front, back } = blocksOfSameWords(now.draft.blocks, old.draft.blocks);
  let start = now.first[front] ?? 0;
  let oldEnd = old.first[old.draft.blocks.length - back] ?? 0;
  let newEnd = now.first[now.draft.blocks.length - back] ?? 0;
  const shorter = Math.min(oldEnd, newEnd);
  while (start < shorter && old.shingles[start] === now.shingles[start]) start++;
  while (
    oldEnd > start &&
    newEnd > start &&
    old.shingles[oldEnd - 1] === now.shingles[newEnd - 1]
  ) {
    oldEnd--;
    newEnd--;
  }
  return { start, end: oldEnd, by: newEnd - oldEnd };
}

/** The slots of the last table, unless it needed more. Slots for each pair of drafts kept the garbage collector busy. */
const scratch = new Int32Array(1 << 16);

/** So many slots, all empty. */
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

  /** Puts in the shingle at `at` if it has not been seen, and gives where it was seen first; -1 for no shingle. */
  add(at: number): number {
    const shingle = this.#shingles[at] ?? 0;
    if (shingle === 0) return -1;
    const slot = this.#slotOf(shingle);
    const held = this.#slots[slot] ?? 0;
    if (held > 0) return held - 1;
    this.#slots[slot] = at + 1;
    return at;
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
