/** What an FNV-1a hash of 32 bits begins with. */
export const FNV_SEED = 0x811c9dc5 | 0;

/** An FNV-1a hash with one UTF-16 unit more; signed, as is all here. http://www.isthe.com/chongo/tech/comp/fnv/ */
export function fnv1aStep(hash: number, unit: number): number {
  return Math.imul(hash ^ unit, 0x01000193);
}

/** The FNV-1a hash of a text, over its UTF-16 units. Texts that differ at their ends alone differ in its low bits most. */
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

/** A hash of a text that may be cut to any of its bits: FNV-1a, mixed. */
export function hashText(text: string): number {
  return mix(fnv1a(text));
}
