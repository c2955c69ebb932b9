/** The initial value of a 32-bit FNV-1a hash. */
export const FNV_SEED = 0x811c9dc5 | 0;

/** An FNV-1a hash with one more UTF-16 unit; signed, as all here. http://www.isthe.com/chongo/tech/comp/fnv/ */
export function fnv1aStep(hash: number, unit: number): number {
  return Math.imul(hash ^ unit, 0x01000193);
}

/** The FNV-1a hash of a text, over its UTF-16 units. Texts that differ only at their ends differ in its low bits. */
export function fnv1a(text: string): number {
  let hash = FNV_SEED;
  for (let at = 0; at < text.length; at++) hash = fnv1aStep(hash, text.charCodeAt(at));
  return hash;
}

/** Spreads a number over 32 bits, so that each bit depends on each (the finaliser of MurmurHash3, by Austin Appleby, public domain). */
export function mix(value: number): number {
  let hash = value | 0;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return hash ^ (hash >>> 16);
}

/** A hash of a text that can be cut to any of its bits: FNV-1a, mixed. */
export function hashText(text: string): number {
  return mix(fnv1a(text));
}
