import type { Fingerprints } from "./fingerprints.ts";
import { partitionPoint } from "../text/search.ts";
import { compareNames } from "./pair-of-drafts.ts";

/** A draft that seems to share a passage with another, and how much speaks for it. */
export interface Partner {
  readonly uri: string;
  readonly shared: number;
}

/** Two fingerprints that a passage holds are at most this many words apart. */
const NEAR = 64;
/** The words that a fingerprint covers, with what is likely alike beside it. */
const SPAN = 12;

/**
 * Which drafts share passages: the fingerprints of all drafts, by hash. It holds state, on one thread;
 * `replace` is the only way to change it, costs what changed in the one draft, and leaves it as if it
 * had been filled afresh.
 *
 * Memory grows with the words: about 0.4 fingerprints each. Measured on 13,739 articles of 7.9 million
 * words, a million words takes 6.5 MB here (a hash table that doubles, and the lists of hashes that
 * several drafts have) and 7.4 MB in the drafts' own arrays, which are shared with whoever gave them.
 */
export class RepeatIndex {
  /** Fingerprints in more drafts than this name no partner: they are boilerplate. */
  readonly maxDrafts: number;
  readonly #postings = new Postings();
  readonly #ids = new Map<string, number>();
  readonly #uris: (string | undefined)[] = [];
  readonly #prints: (Fingerprints | undefined)[] = [];
  readonly #free: number[] = [];
  /** The drafts with the very same words, in order. */
  readonly #byContent = new Map<number, string[]>();
  /** The partners of drafts that no change has concerned since they were found. */
  readonly #known = new Map<string, readonly Partner[]>();

  /** `maxDrafts`: the highest that any setting asks for. */
  constructor(maxDrafts = 3) {
    this.maxDrafts = maxDrafts;
  }

  /**
   * Puts in a draft that is not there yet: `replace` for those who fill an index and don't ask whose
   * findings change by it. Never throws.
   */
  add(uri: string, prints: Fingerprints): void {
    this.#known.clear();
    const id = this.#newId(uri);
    for (const hash of prints.hashes) this.#postings.add(hash, id);
    this.#moveContent(uri, undefined, prints, new Set());
    this.#prints[id] = prints;
  }

  /**
   * Puts a draft's fingerprints in place of what it had; `undefined` stands for no draft.
   * Returns the drafts whose findings may have changed, its own first. Never throws.
   */
  replace(
    uri: string,
    before: Fingerprints | undefined,
    after: Fingerprints | undefined,
  ): readonly string[] {
    const known = this.#ids.get(uri);
    const held = known === undefined ? undefined : (this.#prints[known] ?? before);
    if (held === undefined && after === undefined) return [];
    if (held !== undefined && after !== undefined && isSame(held, after)) return [];
    const affected = new Set<string>([uri]);
    const id = known ?? this.#newId(uri);
    // What it shares by hashes that stay may be farther apart, or nearer; what comes or goes tells of itself.
    const stays = held !== undefined && after !== undefined;
    if (stays) for (const partner of this.#knownPartners(uri)) affected.add(partner.uri);
    const { gone, come } = difference(held, after);
    const touched = (hash: number): void => {
      const drafts = this.#postings.get(hash);
      if (drafts.length > this.maxDrafts) return;
      for (const draft of drafts) {
        const other = this.#uris[draft];
        if (other !== undefined) affected.add(other);
      }
    };
    for (const hash of gone) {
      touched(hash);
      this.#postings.remove(hash, id);
      touched(hash);
    }
    for (const hash of come) {
      touched(hash);
      this.#postings.add(hash, id);
      touched(hash);
    }
    this.#moveContent(uri, held, after, affected);
    this.#prints[id] = after;
    this.#known.delete(uri);
    if (after === undefined) {
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
  partnersOf(uri: string, maxDrafts: number = this.maxDrafts): readonly Partner[] {
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
    const own = id === undefined ? undefined : this.#prints[id];
    if (own === undefined || id === undefined) return [];
    const shared = new Map<number, number[]>();
    for (let at = 0; at < own.hashes.length; at++) {
      const drafts = this.#postings.several(own.hashes[at] ?? 0);
      if (drafts.length < 2 || drafts.length > maxDrafts) continue;
      for (const draft of drafts) {
        if (draft === id) continue;
        const places = shared.get(draft);
        if (places === undefined) shared.set(draft, [at]);
        else places.push(at);
      }
    }
    const partners: Partner[] = [];
    for (const [draft, at] of shared) {
      const other = this.#uris[draft];
      const prints = this.#prints[draft];
      if (other === undefined || prints === undefined) continue;
      const hashes = new Set(at.map((one) => own.hashes[one] ?? 0));
      const meet =
        hasSentence(hashes) ||
        (hashes.size > 1 && areNear(own, at, prints, hashes, compareNames(uri, other) < 0));
      if (meet) partners.push({ uri: other, shared: hashes.size });
    }
    return partners;
  }

  /** The drafts that a draft is to be compared with: those with the very same words first. A bounded number. */
  comparedWith(uri: string, maxDrafts: number = this.maxDrafts): readonly string[] {
    const partners = this.partnersOf(uri, maxDrafts).map((partner) => partner.uri);
    const copies = this.#sameAs(uri).slice(0, MOST_PARTNERS + 1);
    const others = copies.filter((other) => other !== uri).slice(0, MOST_PARTNERS);
    return [...new Set([...others, ...partners])];
  }

  /** The drafts that have the very same words, in order. */
  copiesOf(uri: string): readonly string[] {
    return this.#sameAs(uri).filter((other) => other !== uri);
  }

  /** What is known of a draft; undefined where it is not in the index. */
  printsOf(uri: string): Fingerprints | undefined {
    const id = this.#ids.get(uri);
    return id === undefined ? undefined : this.#prints[id];
  }

  /** The same with the draft itself. */
  #sameAs(uri: string): readonly string[] {
    const own = this.printsOf(uri);
    if (own === undefined || own.words < SPAN) return [];
    return this.#byContent.get(own.content) ?? [];
  }

  /**
   * Whether most of what stands in a draft from one word up to another stands in more than `maxDrafts`
   * drafts. Words are counted as in `Fingerprints.places`.
   */
  isBoilerplate(uri: string, start: number, end: number, maxDrafts: number): boolean {
    const own = this.printsOf(uri);
    if (own === undefined) return false;
    let all = 0;
    let many = 0;
    for (let at = 0; at < own.hashes.length; at++) {
      const place = own.places[at] ?? 0;
      if (place < start || place >= end) continue;
      all++;
      if (this.#postings.get(own.hashes[at] ?? 0).length > maxDrafts) many++;
    }
    return many * 2 > all;
  }

  /** How many passages stand in more than `maxDrafts` drafts and are therefore not reported, each counted once. */
  leftOut(maxDrafts: number = this.maxDrafts): number {
    const passages = new Set<number>();
    for (const own of this.#prints) {
      if (own === undefined) continue;
      for (let at = 0; at < own.hashes.length; at++) {
        // A long sentence stands for its passage.
        const hash = own.hashes[at] ?? 0;
        if (hash % 2 === 1 && this.#postings.get(hash).length > maxDrafts) passages.add(hash);
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
    before: Fingerprints | undefined,
    after: Fingerprints | undefined,
    affected: Set<string>,
  ): void {
    if (before !== undefined) {
      const same = this.#byContent.get(before.content) ?? [];
      const at = same.indexOf(uri);
      if (at >= 0) same.splice(at, 1);
      if (same.length === 0) this.#byContent.delete(before.content);
      for (const other of same) affected.add(other);
    }
    if (after !== undefined) {
      const same = this.#byContent.get(after.content) ?? [];
      this.#byContent.set(after.content, same);
      for (const other of same) affected.add(other);
      same.splice(placeIn(same, uri), 0, uri);
    }
  }
}

/** Where a draft stands in a row of drafts, or would. */
function placeIn(row: readonly string[], uri: string): number {
  return partitionPoint(0, row.length, (at) => compareNames(row[at] ?? "", uri) < 0);
}

/** A draft is compared with so many partners at the most, and with as many that have the very same words. */
const MOST_PARTNERS = 12;

/** All that a draft is compared with are so many at the most. */
export const MOST_COMPARED = 2 * MOST_PARTNERS;

function isSame(a: Fingerprints, b: Fingerprints): boolean {
  return a.content === b.content && a.layout === b.layout && a.words === b.words;
}

/** The hashes that one has and the other has not, each once. */
function difference(
  before: Fingerprints | undefined,
  after: Fingerprints | undefined,
): { gone: Set<number>; come: Set<number> } {
  const a = before?.hashes ?? EMPTY;
  const b = after?.hashes ?? EMPTY;
  const shorter = Math.min(a.length, b.length);
  let head = 0;
  while (head < shorter && a[head] === b[head]) head++;
  let tail = 0;
  while (tail < shorter - head && a[a.length - 1 - tail] === b[b.length - 1 - tail]) tail++;
  const gone = new Set(a.subarray(head, a.length - tail));
  const come = new Set(b.subarray(head, b.length - tail));
  for (const hash of gone) {
    if (come.delete(hash)) gone.delete(hash);
  }
  // What stands in the part that both share was there before and is there still.
  if (gone.size + come.size > 0) {
    for (let at = 0; at < a.length; at++) {
      if (at === head) at = a.length - tail;
      const hash = a[at];
      if (hash === undefined) break;
      gone.delete(hash);
      come.delete(hash);
    }
  }
  return { gone, come };
}

const EMPTY = new Uint32Array(0);

function hasSentence(hashes: ReadonlySet<number>): boolean {
  for (const hash of hashes) if (hash % 2 === 1) return true;
  return false;
}

/**
 * Whether two of the shared fingerprints are near each other in both drafts. `at` are their indices in
 * `own`. Judged from the same side whoever asks (`isFirst` tells which), so that both are reported.
 */
function areNear(
  own: Fingerprints,
  at: readonly number[],
  other: Fingerprints,
  shared: ReadonlySet<number>,
  isFirst: boolean,
): boolean {
  const others = indicesOf(other.hashes, shared);
  const [first, firstAt, second, secondAt] = isFirst
    ? [own, at, other, others]
    : [other, others, own, at];
  const places = new Map<number, number>();
  for (const index of secondAt) places.set(second.hashes[index] ?? 0, second.places[index] ?? 0);
  let before: number | undefined;
  for (const index of firstAt) {
    if (before !== undefined) {
      const here = (first.places[index] ?? 0) - (first.places[before] ?? 0);
      const there =
        (places.get(first.hashes[index] ?? 0) ?? 0) - (places.get(first.hashes[before] ?? 0) ?? 0);
      if (here > 0 && here <= NEAR && there !== 0 && Math.abs(there) <= NEAR) return true;
    }
    before = index;
  }
  return false;
}

function indicesOf(hashes: Uint32Array, wanted: ReadonlySet<number>): number[] {
  // Hardly a hash is; by their last bits most are soon seen not to be.
  let bits = 0;
  for (const hash of wanted) bits |= bitOf(hash);
  const found: number[] = [];
  for (let index = 0; index < hashes.length; index++) {
    const hash = hashes[index] ?? 0;
    if ((bits & bitOf(hash)) !== 0 && wanted.has(hash)) found.push(index);
  }
  return found;
}

/** One of 32 bits for a hash; its lowest bit tells the kind of it. */
function bitOf(hash: number): number {
  return 1 << ((hash >>> 1) & 31);
}

/**
 * For each hash the drafts that have it: a hash table with open addressing in two typed arrays. A hash
 * that one draft has, as nearly all are, takes no more than its slot; the others share lists.
 */
class Postings {
  #hashes = new Uint32Array(1024);
  /** 0 for none, else a draft's number plus 1, or, with the top bit, a list's number. */
  #values = new Uint32Array(1024);
  #used = 0;
  readonly #lists: number[][] = [];
  readonly #freeLists: number[] = [];

  get(hash: number): readonly number[] {
    const value = this.#values[this.#find(hash)] ?? 0;
    if (value === 0 || value >= LIST) return this.#listOf(value);
    return [value - 1];
  }

  /** The same where several have it; none where one has it alone, as of most hashes. */
  several(hash: number): readonly number[] {
    return this.#listOf(this.#values[this.#find(hash)] ?? 0);
  }

  #listOf(value: number): readonly number[] {
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
