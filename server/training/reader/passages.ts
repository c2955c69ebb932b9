import { hashText } from "../../src/text/hash.ts";

/** Texts with this many words in a row in common share a passage. */
const LENGTH = 14;

/** The passages of texts, to recognise them in others. */
export class Passages {
  readonly #hashes = new Set<number>();

  add(text: string): void {
    for (const hash of hashesOf(text)) this.#hashes.add(hash);
  }

  /** Whether a text shares a passage with one of those that were added. */
  isIn(text: string): boolean {
    return hashesOf(text).some((hash) => this.#hashes.has(hash));
  }
}

const HIGH = 0x01000193;
const LOW = 0x2c9277b5;

/** A rolling hash of 53 bits for every `LENGTH` words in a row (Karp and Rabin 1987). */
function hashesOf(text: string): number[] {
  const words = (text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []).map(hashText);
  const hashes: number[] = [];
  let high = 0;
  let low = 0;
  words.forEach((word, at) => {
    const past = words[at - LENGTH] ?? 0;
    high = (Math.imul(high, HIGH) + word - Math.imul(past, HIGH_PAST)) | 0;
    low = (Math.imul(low, LOW) + word - Math.imul(past, LOW_PAST)) | 0;
    if (at >= LENGTH - 1) hashes.push((high >>> 0) * 2 ** 21 + (low >>> 11));
  });
  return hashes;
}

const HIGH_PAST = power(HIGH);
const LOW_PAST = power(LOW);

function power(base: number): number {
  let product = 1;
  for (let at = 0; at < LENGTH; at++) product = Math.imul(product, base);
  return product;
}
