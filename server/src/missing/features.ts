import { FACETS, Facet, Flag } from "./vocabulary.ts";

/** The number of features of one boundary between two tokens. */
export const FEATURES = 55;

/** The number of coarse features, which come first and are nearly always enough. */
export const COARSE = 18;

/** Tokens of padding on each side of a paragraph's ids: as far as anything looks. */
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
  /** How many finite ones stand before it, and how many after it, each up to 3: `left | right << 2`. */
  readonly counts: Uint8Array;
  /** The id of the last verb before it; 0 where there is none. */
  readonly left: Int32Array;
  /** The id of the first verb after it; 0 where there is none. */
  readonly right: Int32Array;
}

export function newVerbs(size: number): Verbs {
  return { counts: new Uint8Array(size), left: new Int32Array(size), right: new Int32Array(size) };
}

/** Fills in the verbs of `count` tokens, whose `ids` are padded by `PADDING`. */
export function findVerbs(facets: Int32Array, ids: Int32Array, count: number, verbs: Verbs): void {
  const { counts, left, right } = verbs;
  let seen = 0;
  let verb = 0;
  for (let at = 0; at <= count; at++) {
    counts[at] = seen;
    left[at] = verb;
    const id = ids[at + PADDING] ?? 0;
    const flags = facets[id * FACETS + Facet.flags] ?? 0;
    seen = finiteVerbsAfter(seen, flags);
    verb = verbAfter(verb, id, flags);
  }
  seen = 0;
  verb = 0;
  for (let at = count; at >= 0; at--) {
    counts[at] = (counts[at] ?? 0) | (seen << 2);
    right[at] = verb;
    const id = ids[at - 1 + PADDING] ?? 0;
    const flags = facets[id * FACETS + Facet.flags] ?? 0;
    seen = finiteVerbsAfter(seen, flags);
    verb = verbAfter(verb, id, flags);
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
 * Writes the first `COARSE` features of the boundary before token `at` into `out`, each an index below
 * 2^(32 - shift): they are enough to separate nearly every good boundary from a gap. `ids` and `spaces` are padded, so
 * token `at` stands at `at + PADDING`. Each word has its own multiplier by place, so that sums of
 * products differ by place.
 */
export function coarseFeatures(
  facets: Int32Array,
  ids: Int32Array,
  spaces: Uint8Array,
  at: number,
  verbs: Verbs,
  shift: number,
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

  out[0] = slot(wl1 + wr1 + gap, 1, shift);
  out[1] = slot(wl1, 2, shift);
  out[2] = slot(wr1 + gap, 3, shift);
  out[3] = slot(cl1 + cr1, 10, shift);
  out[4] = slot(cl2 + cl1 + cr1, 11, shift);
  out[5] = slot(cl1 + cr1 + cr2, 12, shift);
  out[6] = slot(pl2 + pl1 + pr1 + pr2, 16, shift);
  out[7] = slot(kinds + gap, 26, shift);
  out[8] = slot(bl2 + kinds, 27, shift);
  out[9] = slot(kinds + ar2, 28, shift);
  out[10] = slot(wl1 + ar1, 31, shift);
  out[11] = slot(bl1 + wr1, 32, shift);
  out[12] = slot(hl1 + hr1 + gap, 40, shift);
  out[13] = slot(count + kinds, 43, shift);
  out[14] = slot(al1 + br1, 48, shift);
  out[15] = slot(wl1 + cr1, 18, shift);
  out[16] = slot(cl1 + wr1, 19, shift);
  out[17] = slot(bl2 + kinds + ar2, 29, shift);
}

/** Writes the other features of a boundary, after the coarse ones. */
export function fineFeatures(
  facets: Int32Array,
  ids: Int32Array,
  at: number,
  verbs: Verbs,
  shift: number,
  out: Int32Array,
): void {
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

  out[18] = slot(wl2 + wl1, 4, shift);
  out[19] = slot(wr1 + wr2, 5, shift);
  out[20] = slot(wl2 + wl1 + wr1, 6, shift);
  out[21] = slot(wl1 + wr1 + wr2, 7, shift);
  out[22] = slot(wl2 + wr1, 8, shift);
  out[23] = slot(wl1 + wr2, 9, shift);
  out[24] = slot(cl2 + cl1 + cr1 + cr2, 13, shift);
  out[25] = slot(pl3 + pl2 + parts + pr2, 14, shift);
  out[26] = slot(pl2 + parts + pr2 + pr3, 15, shift);
  out[27] = slot(pl3 + pl2 + parts + pr2 + pr3, 17, shift);
  out[28] = slot(wl1 + pr1 + pr2, 20, shift);
  out[29] = slot(pl2 + pl1 + wr1, 21, shift);
  out[30] = slot(wl2 + wl1 + pr1, 22, shift);
  out[31] = slot(pl1 + wr1 + wr2, 23, shift);
  out[32] = slot(wl2 + pl1 + pr1, 24, shift);
  out[33] = slot(pl1 + pr1 + wr2, 25, shift);
  out[34] = slot(al2 + al1 + ar1, 30, shift);
  out[35] = slot(wl1 + ar1 + ar2, 33, shift);
  out[36] = slot(bl2 + bl1 + wr1, 34, shift);
  out[37] = slot(wl2 + wl1 + ar1, 35, shift);
  out[38] = slot(bl1 + wr1 + wr2, 36, shift);
  out[39] = slot(sl1 + sr1, 37, shift);
  out[40] = slot(sl1 + wr1, 38, shift);
  out[41] = slot(wl1 + sr1, 39, shift);
  out[42] = slot(hl2 + hl1 + hr1 + hr2, 41, shift);
  out[43] = slot(count + parts, 42, shift);
  out[44] = slot(bl3 + bl2 + kinds + ar2, 44, shift);
  out[45] = slot(bl2 + kinds + ar2 + ar3, 45, shift);
  out[46] = slot(bl2 + ar1, 46, shift);
  out[47] = slot(bl1 + ar2, 47, shift);
  out[48] = slot(count + wl1 + pr1, 49, shift);
  out[49] = slot(count + pl1 + wr1, 50, shift);
  out[50] = slot(vl + kinds, 51, shift);
  out[51] = slot(vw + parts, 52, shift);
  out[52] = slot(vr + kinds, 53, shift);
  out[53] = slot(vl + vr + parts, 54, shift);
  out[54] = slot(count + pl2 + parts + pr2, 55, shift);
}

function slot(sum: number, template: number, shift: number): number {
  let hash = (sum + Math.imul(template, 0x3243f6a9)) | 0;
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  hash ^= hash >>> 13;
  return Math.imul(hash, 0x297a2d39) >>> shift;
}
