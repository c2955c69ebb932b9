import type { Fingerprints } from "./fingerprints.ts";
import { partitionPoint } from "../text/search.ts";
import { compareNames } from "./pair-of-drafts.ts";
import { addToList } from "../text/lists.ts";

/** A draft that seems to share a passage with another, and how strong the evidence is. */
export interface Partner {
  readonly uri: string;
  readonly shared: number;
}

/** Two fingerprints of one passage are at most this many words apart. */
const NEAR = 64;
/** The words that a fingerprint covers, including what is probably alike beside it. */
const SPAN = 12;

/**
 * Which drafts share passages: the fingerprints of all drafts, by hash. Mutable, on one thread. `replace` costs what
 * changed in its draft, and leaves the index as if it were new.
 *
 * A million words takes 17 MB here and 7.4 MB in the drafts' arrays, which callers share (measured on 5,671 drafts).
 */
export class RepeatIndex {
  /** Fingerprints in more drafts than this name no partner, because they are boilerplate. */
  readonly maxDrafts: number;
  readonly #postings = new Postings();
  readonly #ids = new Map<string, number>();
  readonly #uris: (string | undefined)[] = [];
  readonly #prints: (Fingerprints | undefined)[] = [];
  readonly #free: number[] = [];
  /** The drafts with the very same words, in order. */
  readonly #byContent = new Map<number, string[]>();
  /** The partners of drafts that no change has affected since they were found. */
  readonly #known = new Map<string, readonly Partner[]>();

  /** `maxDrafts`: the highest that any setting requests. */
  constructor(maxDrafts = 3) {
    this.maxDrafts = maxDrafts;
  }

  /** Adds a new draft: `replace` for callers that don't need the affected drafts. Never throws. */
  add(uri: string, prints: Fingerprints): void {
    this.#known.clear();
    const id = this.#newId(uri);
    for (const hash of prints.hashes) this.#postings.add(hash, id);
    this.#moveContent(uri, undefined, prints, new Set());
    this.#prints[id] = prints;
  }

  /** Replaces a draft's fingerprints; `undefined` is no draft. Returns the drafts whose findings may change, it first. Never throws. */
  replace(uri: string, next: Fingerprints | undefined): readonly string[] {
    const previous = this.getPrints(uri);
    if (previous === undefined && next === undefined) return [];
    const id = this.#ids.get(uri) ?? this.#newId(uri);
    if (previous !== undefined && next !== undefined && isSame(previous, next)) {
      this.#prints[id] = next;
      return [];
    }
    const affected = new Set<string>([uri]);
    // Hashes that stay may be farther apart or nearer. Added and removed ones name their partners themselves.
    const stays = previous !== undefined && next !== undefined;
    if (stays) for (const partner of this.#knownPartners(uri)) affected.add(partner.uri);
    const { removed, added } = difference(previous, next);
    const touched = (hash: number): void => {
      const drafts = this.#postings.get(hash);
      if (drafts.length > this.maxDrafts) return;
      for (const draft of drafts) {
        const other = this.#uris[draft];
        if (other !== undefined) affected.add(other);
      }
    };
    for (const hash of removed) {
      touched(hash);
      this.#postings.remove(hash, id);
      touched(hash);
    }
    for (const hash of added) {
      touched(hash);
      this.#postings.add(hash, id);
      touched(hash);
    }
    this.#moveContent(uri, previous, next, affected);
    this.#prints[id] = next;
    this.#known.delete(uri);
    if (next === undefined) {
      this.#ids.delete(uri);
      this.#uris[id] = undefined;
      this.#free.push(id);
    } else if (stays) {
      for (const partner of this.#knownPartners(uri)) affected.add(partner.uri);
    }
    for (const other of affected) if (other !== uri) this.#known.delete(other);
    return [...affected];
  }

  /** The drafts that seem to share a passage with a draft, the likeliest first; a bounded number. */
  findPartners(uri: string, maxDrafts: number = this.maxDrafts): readonly Partner[] {
    const partners =
      maxDrafts === this.maxDrafts ? this.#knownPartners(uri) : this.#partners(uri, maxDrafts);
    return [...partners]
      .sort((a, b) => b.shared - a.shared || compareNames(a.uri, b.uri))
      .slice(0, MOST_PARTNERS);
  }

  #knownPartners(uri: string): readonly Partner[] {
    let partners = this.#known.get(uri);
    if (partners === undefined) {
      partners = this.#partners(uri, this.maxDrafts);
      this.#known.set(uri, partners);
    }
    return partners;
  }

  #partners(uri: string, maxDrafts: number): Partner[] {
    const id = this.#ids.get(uri);
    const prints = id === undefined ? undefined : this.#prints[id];
    if (prints === undefined || id === undefined) return [];
    const shared = new Map<number, number[]>();
    for (let at = 0; at < prints.hashes.length; at++) {
      const drafts = this.#postings.several(prints.hashes[at] ?? 0);
      if (drafts.length < 2 || drafts.length > maxDrafts) continue;
      for (const draft of drafts) {
        if (draft !== id) addToList(shared, draft, at);
      }
    }
    const partners: Partner[] = [];
    for (const [draft, at] of shared) {
      const other = this.#uris[draft];
      const otherPrints = this.#prints[draft];
      if (other === undefined || otherPrints === undefined) continue;
      const hashes = new Set(at.map((one) => prints.hashes[one] ?? 0));
      const meet =
        hasSentence(hashes) ||
        (hashes.size > 1 && areNear(prints, at, otherPrints, hashes, compareNames(uri, other) < 0));
      if (meet) partners.push({ uri: other, shared: hashes.size });
    }
    return partners;
  }

  /** The drafts to compare a draft with: those with exactly the same words first. A bounded number. */
  comparedWith(uri: string, maxDrafts: number = this.maxDrafts): readonly string[] {
    const partners = this.findPartners(uri, maxDrafts).map((partner) => partner.uri);
    const copies = this.#sameAs(uri).slice(0, MOST_PARTNERS + 1);
    const others = copies.filter((other) => other !== uri).slice(0, MOST_PARTNERS);
    return [...new Set([...others, ...partners])];
  }

  /** The drafts that have the very same words, in order. */
  getCopies(uri: string): readonly string[] {
    return this.#sameAs(uri).filter((other) => other !== uri);
  }

  /** What is known about a draft; undefined if it is not in the index. */
  getPrints(uri: string): Fingerprints | undefined {
    const id = this.#ids.get(uri);
    return id === undefined ? undefined : this.#prints[id];
  }

  /** All drafts, each with what is known about it. */
  getDrafts(): readonly (readonly [uri: string, prints: Fingerprints])[] {
    return [...this.#ids].flatMap(([uri, id]) => {
      const prints = this.#prints[id];
      return prints === undefined ? [] : [[uri, prints] as const];
    });
  }

  /** The same with the draft itself. */
  #sameAs(uri: string): readonly string[] {
    const prints = this.getPrints(uri);
    if (prints === undefined || prints.words < SPAN) return [];
    return this.#byContent.get(prints.content) ?? [];
  }

  /** Whether more than `maxDrafts` drafts have most of a draft's words from `start` to `end` (as in `Fingerprints.places`). */
  isBoilerplate(uri: string, start: number, end: number, maxDrafts: number): boolean {
    const prints = this.getPrints(uri);
    if (prints === undefined) return false;
    let all = 0;
    let many = 0;
    for (let at = 0; at < prints.hashes.length; at++) {
      const place = prints.places[at] ?? 0;
      if (place < start || place >= end) continue;
      all++;
      if (this.#postings.get(prints.hashes[at] ?? 0).length > maxDrafts) many++;
    }
    return many * 2 > all;
  }

  /** How many passages are in more than `maxDrafts` drafts and therefore not reported, each counted once. */
  leftOut(): number {
    const passages = new Set<number>();
    for (const prints of this.#prints) {
      if (prints === undefined) continue;
      for (let at = 0; at < prints.hashes.length; at++) {
        // A long sentence represents its passage.
        const hash = prints.hashes[at] ?? 0;
        if (hash % 2 === 1 && this.#postings.get(hash).length > this.maxDrafts) passages.add(hash);
      }
    }
    return passages.size;
  }

  #newId(uri: string): number {
    const id = this.#free.pop() ?? this.#uris.length;
    this.#ids.set(uri, id);
    this.#uris[id] = uri;
    this.#prints[id] = undefined;
    return id;
  }

  #moveContent(
    uri: string,
    previous: Fingerprints | undefined,
    next: Fingerprints | undefined,
    affected: Set<string>,
  ): void {
    if (previous !== undefined) {
      const same = this.#byContent.get(previous.content) ?? [];
      const at = same.indexOf(uri);
      if (at >= 0) same.splice(at, 1);
      if (same.length === 0) this.#byContent.delete(previous.content);
      for (const other of same) affected.add(other);
    }
    if (next !== undefined) {
      const same = this.#byContent.get(next.content) ?? [];
      this.#byContent.set(next.content, same);
      for (const other of same) affected.add(other);
      same.splice(placeIn(same, uri), 0, uri);
    }
  }
}

/** Where a draft is in a row of drafts, or would be. */
function placeIn(row: readonly string[], uri: string): number {
  return partitionPoint(0, row.length, (at) => compareNames(row[at] ?? "", uri) < 0);
}

/** The most partners a draft is compared with, and as many again with exactly the same words. */
const MOST_PARTNERS = 12;

/** The most drafts in all that a draft is compared with. */
export const MOST_COMPARED = 2 * MOST_PARTNERS;

function isSame(a: Fingerprints, b: Fingerprints): boolean {
  return a.content === b.content && a.layout === b.layout && a.words === b.words;
}

const NONE = new Uint32Array(0);

/** The hashes that were removed and added, each once. */
function difference(
  previous: Fingerprints | undefined,
  next: Fingerprints | undefined,
): { readonly removed: readonly number[]; readonly added: readonly number[] } {
  const [before, after] = [previous?.hashes ?? NONE, next?.hashes ?? NONE];
  // An edit changes a stretch of them. The hashes beside it stay.
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before[start] === after[start]) start++;
  let end = 0;
  while (end < shorter - start && before.at(-1 - end) === after.at(-1 - end)) end++;
  const removed = new Set(before.subarray(start, before.length - end));
  const added = new Set(after.subarray(start, after.length - end));
  const stays = (hash: number): void => {
    removed.delete(hash);
    added.delete(hash);
  };
  before.subarray(0, start).forEach(stays);
  before.subarray(before.length - end).forEach(stays);
  for (const hash of removed) if (added.has(hash)) stays(hash);
  return { removed: [...removed], added: [...added] };
}

function hasSentence(hashes: ReadonlySet<number>): boolean {
  for (const hash of hashes) if (hash % 2 === 1) return true;
  return false;
}

/**
 * Whether two shared fingerprints are near each other in both drafts. `at` are their indices in `prints`. `isFirst`
 * fixes the side to judge from, so that both drafts get the same answer.
 */
function areNear(
  prints: Fingerprints,
  at: readonly number[],
  other: Fingerprints,
  shared: ReadonlySet<number>,
  isFirst: boolean,
): boolean {
  const others = findIndices(other.hashes, shared);
  const [first, firstAt, second, secondAt] = isFirst
    ? [prints, at, other, others]
    : [other, others, prints, at];
  const places = new Map<number, number>();
  for (const index of secondAt) places.set(second.hashes[index] ?? 0, second.places[index] ?? 0);
  let last: number | undefined;
  for (const index of firstAt) {
    if (last !== undefined) {
      const here = (first.places[index] ?? 0) - (first.places[last] ?? 0);
      const there =
        (places.get(first.hashes[index] ?? 0) ?? 0) - (places.get(first.hashes[last] ?? 0) ?? 0);
      if (here > 0 && here <= NEAR && there !== 0 && Math.abs(there) <= NEAR) return true;
    }
    last = index;
  }
  return false;
}

function findIndices(hashes: Uint32Array, wanted: ReadonlySet<number>): number[] {
  const indices: number[] = [];
  for (const [index, hash] of hashes.entries()) if (wanted.has(hash)) indices.push(index);
  return indices;
}

/** The drafts of each hash: open addressing in two typed arrays. Nearly all hashes have one draft and take one slot; others have lists. */
class Postings {
  #hashes = new Uint32Array(1024);
  /** 0 for none, else a draft's number plus 1, or, with the top bit, a list's number. */
  #values = new Uint32Array(1024);
  #used = 0;
  readonly #lists: number[][] = [];
  readonly #freeLists: number[] = [];

  get(hash: number): readonly number[] {
    const value = this.#values[this.#find(hash)] ?? 0;
    if (value === 0 || value >= LIST) return this.#getList(value);
    return [value - 1];
  }

  /** The same if several have it; none if only one has it, as for most hashes. */
  several(hash: number): readonly number[] {
    return this.#getList(this.#values[this.#find(hash)] ?? 0);
  }

  #getList(value: number): readonly number[] {
    return value >= LIST ? (this.#lists[value - LIST] ?? NOBODY) : NOBODY;
  }

  add(hash: number, draft: number): void {
    if (this.#used * 3 >= this.#hashes.length * 2) this.#resize(this.#hashes.length * 2);
    const slot = this.#find(hash);
    const value = this.#values[slot] ?? 0;
    if (value === 0) {
      this.#hashes[slot] = hash;
      this.#values[slot] = draft + 1;
      this.#used++;
    } else if (value >= LIST) {
      const list = this.#lists[value - LIST];
      if (list !== undefined && !list.includes(draft)) list.push(draft);
    } else if (value !== draft + 1) {
      const list = this.#freeLists.pop() ?? this.#lists.length;
      this.#lists[list] = [value - 1, draft];
      this.#values[slot] = LIST + list;
    }
  }

  remove(hash: number, draft: number): void {
    const slot = this.#find(hash);
    const value = this.#values[slot] ?? 0;
    if (value >= LIST) {
      const list = this.#lists[value - LIST] ?? [];
      const at = list.indexOf(draft);
      if (at < 0) return;
      const last = list.pop();
      if (at < list.length && last !== undefined) list[at] = last;
      const left = list[0];
      if (list.length === 1 && left !== undefined) {
        this.#values[slot] = left + 1;
        this.#lists[value - LIST] = [];
        this.#freeLists.push(value - LIST);
      }
    } else if (value === draft + 1) {
      this.#clear(slot);
      this.#used--;
      if (this.#hashes.length > 1024 && this.#used * 8 < this.#hashes.length) {
        this.#resize(this.#hashes.length / 2);
      }
    }
  }

  /** The slot of a hash, or the empty one where it belongs. */
  #find(hash: number): number {
    const mask = this.#hashes.length - 1;
    let slot = home(hash, mask);
    while (this.#values[slot] !== 0 && this.#hashes[slot] !== hash) slot = (slot + 1) & mask;
    return slot;
  }

  /** Empties a slot and moves up what was pushed past it, so that no marks of the deleted are left (Knuth, TAOCP 3, 6.4, algorithm R). */
  #clear(slot: number): void {
    const mask = this.#hashes.length - 1;
    let hole = slot;
    let at = slot;
    for (;;) {
      at = (at + 1) & mask;
      const value = this.#values[at] ?? 0;
      if (value === 0) break;
      const wanted = home(this.#hashes[at] ?? 0, mask);
      // It may move into the hole unless it belongs between the hole and where it is.
      const between = hole <= at ? hole < wanted && wanted <= at : hole < wanted || wanted <= at;
      if (between) continue;
      this.#hashes[hole] = this.#hashes[at] ?? 0;
      this.#values[hole] = value;
      hole = at;
    }
    this.#values[hole] = 0;
  }

  #resize(size: number): void {
    const hashes = this.#hashes;
    const values = this.#values;
    this.#hashes = new Uint32Array(size);
    this.#values = new Uint32Array(size);
    for (let at = 0; at < values.length; at++) {
      const value = values[at] ?? 0;
      if (value === 0) continue;
      const slot = this.#find(hashes[at] ?? 0);
      this.#hashes[slot] = hashes[at] ?? 0;
      this.#values[slot] = value;
    }
  }
}

const LIST = 0x80000000;
const NOBODY: readonly number[] = [];
/** The low bit tells the kind of a hash, so it is left out. */
function home(hash: number, mask: number): number {
  return (hash >>> 1) & mask;
}
