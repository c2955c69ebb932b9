import { AFTER, BEFORE, paragraphEdges, FACETS, Facet, Flag } from "./vocabulary.ts";

/** The number of features of one boundary between two tokens. */
export const FEATURES = 55;

/** The number of coarse features, which come first and are nearly always enough. */
export const COARSE = 18;

/** Tokens of padding on each side of a paragraph's ids: as far as any feature looks. */
export const PADDING = 10;

const W = Facet.word;
const S = Facet.suffix;
const C = Facet.class;
const H = Facet.shape;
const A = Facet.after;
const B = Facet.before;
const P = Facet.part;

/** The verbs around each boundary of a paragraph, within its clause. */
export interface Verbs {
  /** How many finite verbs come before it, and how many after it, each up to 3: `left | right << 2`. */
  readonly counts: Uint8Array;
  /** The id of the last verb before it; 0 if there is none. */
  readonly left: Int32Array;
  /** The id of the first verb after it; 0 if there is none. */
  readonly right: Int32Array;
}

/** The tokens of a paragraph as the finder sees them; token `at` is at `at + PADDING`. */
export interface Padded {
  readonly ids: Int32Array;
  /** Whether there is white space before it. */
  readonly spaces: Uint8Array;
  /** The `Flag` bits of each. */
  readonly flags: Uint16Array;
  /** By boundaries, which are not padded. */
  readonly verbs: Verbs;
}

/** Room for a paragraph of `size - 2 * PADDING` tokens. */
export function newPadded(size: number): Padded {
  return {
    ids: new Int32Array(size),
    spaces: new Uint8Array(size),
    flags: new Uint16Array(size),
    verbs: {
      counts: new Uint8Array(size),
      left: new Int32Array(size),
      right: new Int32Array(size),
    },
  };
}

/** Fills in what follows from the `ids` and `spaces` of `count` tokens: their surroundings, flags and verbs. */
export function pad(
  { ids, spaces, flags, verbs }: Padded,
  facets: Int32Array,
  count: number,
): void {
  const end = count + PADDING;
  ids.fill(BEFORE, 0, PADDING);
  ids.fill(AFTER, end, end + PADDING);
  spaces.fill(0, end, end + PADDING);
  for (let at = 0; at < end + PADDING; at++)
    flags[at] = facets[(ids[at] ?? 0) * FACETS + Facet.flags] ?? 0;
  // All edges of a paragraph have the same flags.
  const edges = paragraphEdges(flags, PADDING, count);
  ids[PADDING - 1] = edges.before;
  ids[end] = edges.after;
  findVerbs(flags, ids, count, verbs);
}

function findVerbs(flags: Uint16Array, ids: Int32Array, count: number, verbs: Verbs): void {
  const { counts, left, right } = verbs;
  let seen = 0;
  let verb = 0;
  for (let at = 0; at <= count; at++) {
    counts[at] = seen;
    left[at] = verb;
    const next = flags[at + PADDING] ?? 0;
    seen = finiteVerbsAfter(seen, next);
    verb = verbAfter(verb, ids[at + PADDING] ?? 0, next);
  }
  seen = 0;
  verb = 0;
  for (let at = count; at >= 0; at--) {
    counts[at] = (counts[at] ?? 0) | (seen << 2);
    right[at] = verb;
    const next = flags[at - 1 + PADDING] ?? 0;
    seen = finiteVerbsAfter(seen, next);
    verb = verbAfter(verb, ids[at - 1 + PADDING] ?? 0, next);
  }
}

/** The number of finite verbs in the clause before the next token; a stop ends the clause. */
function finiteVerbsAfter(seen: number, flags: number): number {
  if ((flags & Flag.stop) !== 0) return 0;
  return (flags & Flag.finite) !== 0 && seen < 3 ? seen + 1 : seen;
}

/** The last verb in the clause before the next token. */
function verbAfter(verb: number, id: number, flags: number): number {
  if ((flags & Flag.stop) !== 0) return 0;
  return (flags & Flag.verb) !== 0 ? id : verb;
}

/**
 * Writes the sums of the first `COARSE` features of the boundary before token `at` into `out`. They are enough to
 * separate nearly every good boundary from a gap. `ids` and `spaces` are padded, so token `at` is at `at + PADDING`.
 * Each word has its own multiplier by place, so that sums of products differ by place. The caller hashes the sums with
 * `featureSlot` in a loop: written out here 55 times, the hash is more than the compiler inlines.
 */
export function coarseSums(
  facets: Int32Array,
  ids: Int32Array,
  spaces: Uint8Array,
  at: number,
  verbs: Verbs,
  out: Int32Array,
): void {
  const here = at + PADDING;
  const l2 = (ids[here - 2] ?? 0) * FACETS;
  const l1 = (ids[here - 1] ?? 0) * FACETS;
  const r1 = (ids[here] ?? 0) * FACETS;
  const r2 = (ids[here + 1] ?? 0) * FACETS;
  const wl1 = Math.imul(facets[l1 + W] ?? 0, 0x9e3779b1);
  const wr1 = Math.imul(facets[r1 + W] ?? 0, 0x85ebca77);
  const cl1 = Math.imul(facets[l1 + C] ?? 0, 0x165667b1);
  const cr1 = Math.imul(facets[r1 + C] ?? 0, 0xd3a2646d);
  const cl2 = Math.imul(facets[l2 + C] ?? 0, 0xfd7046c5);
  const cr2 = Math.imul(facets[r2 + C] ?? 0, 0xb55a4f09);
  const pl2 = Math.imul(facets[l2 + P] ?? 0, 0xa54ff53b);
  const pl1 = Math.imul(facets[l1 + P] ?? 0, 0x510e527f);
  const pr1 = Math.imul(facets[r1 + P] ?? 0, 0x9b05688d);
  const pr2 = Math.imul(facets[r2 + P] ?? 0, 0x1f83d9ab);
  const bl2 = Math.imul(facets[l2 + B] ?? 0, 0x629a292b);
  const bl1 = Math.imul(facets[l1 + B] ?? 0, 0x9159015b);
  const al1 = Math.imul(facets[l1 + A] ?? 0, 0x67332667);
  const ar1 = Math.imul(facets[r1 + A] ?? 0, 0x8eb44a87);
  const br1 = Math.imul(facets[r1 + B] ?? 0, 0xdb0c2e0d);
  const ar2 = Math.imul(facets[r2 + A] ?? 0, 0x47b5481d);
  const hl1 = Math.imul(facets[l1 + H] ?? 0, 0x68581511);
  const hr1 = Math.imul(facets[r1 + H] ?? 0, 0xbefa4fa4);
  const gap = Math.imul((spaces[here] ?? 0) + 1, 0x7fed7fed);
  const count = Math.imul((verbs.counts[at] ?? 0) + 1, 0x6b8b4567);
  const kinds = bl1 + ar1;

  out[0] = wl1 + wr1 + gap;
  out[1] = wl1;
  out[2] = wr1 + gap;
  out[3] = cl1 + cr1;
  out[4] = cl2 + cl1 + cr1;
  out[5] = cl1 + cr1 + cr2;
  out[6] = pl2 + pl1 + pr1 + pr2;
  out[7] = kinds + gap;
  out[8] = bl2 + kinds;
  out[9] = kinds + ar2;
  out[10] = wl1 + ar1;
  out[11] = bl1 + wr1;
  out[12] = hl1 + hr1 + gap;
  out[13] = count + kinds;
  out[14] = al1 + br1;
  out[15] = wl1 + cr1;
  out[16] = cl1 + wr1;
  out[17] = bl2 + kinds + ar2;
}

/** Writes the sums of the other features of a boundary, after the coarse ones. */
export function fineSums(
  facets: Int32Array,
  ids: Int32Array,
  at: number,
  verbs: Verbs,
  out: Int32Array,
): void {
  // Long, as it has one line for each feature.
  const here = at + PADDING;
  const l3 = (ids[here - 3] ?? 0) * FACETS;
  const l2 = (ids[here - 2] ?? 0) * FACETS;
  const l1 = (ids[here - 1] ?? 0) * FACETS;
  const r1 = (ids[here] ?? 0) * FACETS;
  const r2 = (ids[here + 1] ?? 0) * FACETS;
  const r3 = (ids[here + 2] ?? 0) * FACETS;
  const wl1 = Math.imul(facets[l1 + W] ?? 0, 0x9e3779b1);
  const wr1 = Math.imul(facets[r1 + W] ?? 0, 0x85ebca77);
  const wl2 = Math.imul(facets[l2 + W] ?? 0, 0xc2b2ae3d);
  const wr2 = Math.imul(facets[r2 + W] ?? 0, 0x27d4eb2f);
  const cl1 = Math.imul(facets[l1 + C] ?? 0, 0x165667b1);
  const cr1 = Math.imul(facets[r1 + C] ?? 0, 0xd3a2646d);
  const cl2 = Math.imul(facets[l2 + C] ?? 0, 0xfd7046c5);
  const cr2 = Math.imul(facets[r2 + C] ?? 0, 0xb55a4f09);
  const pl3 = Math.imul(facets[l3 + P] ?? 0, 0x3c6ef372);
  const pl2 = Math.imul(facets[l2 + P] ?? 0, 0xa54ff53b);
  const pl1 = Math.imul(facets[l1 + P] ?? 0, 0x510e527f);
  const pr1 = Math.imul(facets[r1 + P] ?? 0, 0x9b05688d);
  const pr2 = Math.imul(facets[r2 + P] ?? 0, 0x1f83d9ab);
  const pr3 = Math.imul(facets[r3 + P] ?? 0, 0x5be0cd19);
  const bl3 = Math.imul(facets[l3 + B] ?? 0, 0xcbbb9d5d);
  const bl2 = Math.imul(facets[l2 + B] ?? 0, 0x629a292b);
  const bl1 = Math.imul(facets[l1 + B] ?? 0, 0x9159015b);
  const al2 = Math.imul(facets[l2 + A] ?? 0, 0x152fecd9);
  const al1 = Math.imul(facets[l1 + A] ?? 0, 0x67332667);
  const ar1 = Math.imul(facets[r1 + A] ?? 0, 0x8eb44a87);
  const ar2 = Math.imul(facets[r2 + A] ?? 0, 0x47b5481d);
  const ar3 = Math.imul(facets[r3 + A] ?? 0, 0x3070dd17);
  const sl1 = Math.imul(facets[l1 + S] ?? 0, 0xf70e5939);
  const sr1 = Math.imul(facets[r1 + S] ?? 0, 0xffc00b31);
  const hl1 = Math.imul(facets[l1 + H] ?? 0, 0x68581511);
  const hl2 = Math.imul(facets[l2 + H] ?? 0, 0x64f98fa7);
  const hr1 = Math.imul(facets[r1 + H] ?? 0, 0xbefa4fa4);
  const hr2 = Math.imul(facets[r2 + H] ?? 0, 0x2e1b2138);
  const count = Math.imul((verbs.counts[at] ?? 0) + 1, 0x6b8b4567);
  const left = (verbs.left[at] ?? 0) * FACETS;
  const right = (verbs.right[at] ?? 0) * FACETS;
  const vl = Math.imul(facets[left + B] ?? 0, 0x2545f491);
  const vw = Math.imul(facets[left + W] ?? 0, 0x4f6cdd1d);
  const vr = Math.imul(facets[right + A] ?? 0, 0x38d01377);
  const parts = pl1 + pr1;
  const kinds = bl1 + ar1;

  out[18] = wl2 + wl1;
  out[19] = wr1 + wr2;
  out[20] = wl2 + wl1 + wr1;
  out[21] = wl1 + wr1 + wr2;
  out[22] = wl2 + wr1;
  out[23] = wl1 + wr2;
  out[24] = cl2 + cl1 + cr1 + cr2;
  out[25] = pl3 + pl2 + parts + pr2;
  out[26] = pl2 + parts + pr2 + pr3;
  out[27] = pl3 + pl2 + parts + pr2 + pr3;
  out[28] = wl1 + pr1 + pr2;
  out[29] = pl2 + pl1 + wr1;
  out[30] = wl2 + wl1 + pr1;
  out[31] = pl1 + wr1 + wr2;
  out[32] = wl2 + pl1 + pr1;
  out[33] = pl1 + pr1 + wr2;
  out[34] = al2 + al1 + ar1;
  out[35] = wl1 + ar1 + ar2;
  out[36] = bl2 + bl1 + wr1;
  out[37] = wl2 + wl1 + ar1;
  out[38] = bl1 + wr1 + wr2;
  out[39] = sl1 + sr1;
  out[40] = sl1 + wr1;
  out[41] = wl1 + sr1;
  out[42] = hl2 + hl1 + hr1 + hr2;
  out[43] = count + parts;
  out[44] = bl3 + bl2 + kinds + ar2;
  out[45] = bl2 + kinds + ar2 + ar3;
  out[46] = bl2 + ar1;
  out[47] = bl1 + ar2;
  out[48] = count + wl1 + pr1;
  out[49] = count + pl1 + wr1;
  out[50] = vl + kinds;
  out[51] = vw + parts;
  out[52] = vr + kinds;
  out[53] = vl + vr + parts;
  out[54] = count + pl2 + parts + pr2;
}

/** What is added to the sum of each feature, so that equal sums of different features differ. */
const TEMPLATES = Int32Array.from(
  [
    1, 2, 3, 10, 11, 12, 16, 26, 27, 28, 31, 32, 40, 43, 48, 18, 19, 29, 4, 5, 6, 7, 8, 9, 13, 14,
    15, 17, 20, 21, 22, 23, 24, 25, 30, 33, 34, 35, 36, 37, 38, 39, 41, 42, 44, 45, 46, 47, 49, 50,
    51, 52, 53, 54, 55,
  ],
  (template) => Math.imul(template, 0x3243f6a9),
);

/** The slot of a feature among the 2^(32 - shift) of a model, from its sum. */
export function featureSlot(feature: number, sum: number, shift: number): number {
  let hash = (sum + (TEMPLATES[feature] ?? 0)) | 0;
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  hash ^= hash >>> 13;
  return Math.imul(hash, 0x297a2d39) >>> shift;
}
