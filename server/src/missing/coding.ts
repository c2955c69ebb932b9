/**
 * Byte arrays as text, near their entropy: a static order-0 range coder whose bytes are written in
 * base 64. What is mostly zeros takes little room, and no decompressor is needed where there is none
 * (a worker, a browser).
 *
 * Text: 256 frequencies and the coded bytes. The coder is rANS with a byte-wise renormalisation
 * (Jarek Duda 2013; after the public-domain description by Fabian Giesen).
 */
const SCALE_BITS = 14;
const SCALE = 1 << SCALE_BITS;
const LOW = 1 << 23;

/** A byte array as text (`encode`), or as it is: the build decodes what Node reads (`model-file.ts`). */
export type StoredBytes = string | Uint8Array;

/** The byte array of this size. Throws a RangeError where it is not coded by `encode`, or not whole. */
export function bytesOf(stored: StoredBytes, size: number): Uint8Array {
  const bytes = typeof stored === "string" ? decode(stored, size) : stored;
  // What is not there would weigh nothing: other findings, and nobody would know why.
  if (bytes.length !== size) throw new RangeError(`Not an array of ${size} bytes`);
  return bytes;
}

/** Decodes `size` bytes. Throws a RangeError where the text is not a coded array. */
export function decode(text: string, size: number): Uint8Array {
  const bytes = fromBase64(text);
  const frequencies = new Uint32Array(256);
  for (let symbol = 0; symbol < 256; symbol++)
    frequencies[symbol] = (bytes[symbol * 2] ?? 0) | ((bytes[symbol * 2 + 1] ?? 0) << 8);
  const starts = cumulated(frequencies);
  if (starts[256] !== SCALE) throw new RangeError("The frequencies of a coded array do not add up");
  const symbols = new Uint8Array(SCALE);
  for (let symbol = 0; symbol < 256; symbol++)
    symbols.fill(symbol, starts[symbol] ?? 0, starts[symbol + 1] ?? 0);
  let at = 512;
  let state = 0;
  for (let index = 0; index < 4; index++) state = (state << 8) | (bytes[at++] ?? 0);
  state >>>= 0;
  const out = new Uint8Array(size);
  for (let index = 0; index < size; index++) {
    const low = state & (SCALE - 1);
    const symbol = symbols[low] ?? 0;
    out[index] = symbol;
    state = (frequencies[symbol] ?? 0) * (state >>> SCALE_BITS) + low - (starts[symbol] ?? 0);
    while (state < LOW && at < bytes.length) state = ((state << 8) | (bytes[at++] ?? 0)) >>> 0;
  }
  return out;
}

/** Encodes bytes; the reverse of `decode`. */
export function encode(values: Uint8Array): string {
  const frequencies = scaled(values);
  const starts = cumulated(frequencies);
  const reversed: number[] = [];
  let state = LOW;
  for (let index = values.length - 1; index >= 0; index--) {
    const symbol = values[index] ?? 0;
    const frequency = frequencies[symbol] ?? 1;
    // The state stays below 2^31, so all of this is exact.
    const limit = (LOW >>> SCALE_BITS) * 256 * frequency;
    while (state >= limit) {
      reversed.push(state & 0xff);
      state >>>= 8;
    }
    state = Math.floor(state / frequency) * SCALE + (state % frequency) + (starts[symbol] ?? 0);
  }
  for (let index = 0; index < 4; index++) {
    reversed.push(state & 0xff);
    state >>>= 8;
  }
  const bytes = new Uint8Array(512 + reversed.length);
  for (let symbol = 0; symbol < 256; symbol++) {
    bytes[symbol * 2] = (frequencies[symbol] ?? 0) & 0xff;
    bytes[symbol * 2 + 1] = (frequencies[symbol] ?? 0) >>> 8;
  }
  for (let index = 0; index < reversed.length; index++)
    bytes[512 + index] = reversed[reversed.length - 1 - index] ?? 0;
  return toBase64(bytes);
}

function cumulated(frequencies: Uint32Array): Uint32Array {
  const starts = new Uint32Array(257);
  for (let symbol = 0; symbol < 256; symbol++)
    starts[symbol + 1] = (starts[symbol] ?? 0) + (frequencies[symbol] ?? 0);
  return starts;
}

/** Frequencies that add up to SCALE; that of a byte that occurs is at least 1. */
function scaled(values: Uint8Array): Uint32Array {
  const counts = new Float64Array(256);
  for (const value of values) counts[value] = (counts[value] ?? 0) + 1;
  const frequencies = new Uint32Array(256);
  let sum = 0;
  let most = 0;
  for (let symbol = 0; symbol < 256; symbol++) {
    const count = counts[symbol] ?? 0;
    if (count === 0) continue;
    const frequency = Math.max(1, Math.floor((count / values.length) * (SCALE - 256)));
    frequencies[symbol] = frequency;
    sum += frequency;
    if (count > (counts[most] ?? 0)) most = symbol;
  }
  frequencies[most] = (frequencies[most] ?? 0) + SCALE - sum;
  return frequencies;
}

const DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

function fromBase64(text: string): Uint8Array {
  const values = new Uint8Array(128);
  for (let digit = 0; digit < 64; digit++) values[DIGITS.charCodeAt(digit)] = digit;
  const bytes = new Uint8Array(Math.floor((text.length * 3) / 4));
  let out = 0;
  for (let at = 0; at < text.length; at += 4) {
    const group =
      ((values[text.charCodeAt(at)] ?? 0) << 18) |
      ((values[text.charCodeAt(at + 1)] ?? 0) << 12) |
      ((values[text.charCodeAt(at + 2)] ?? 0) << 6) |
      (values[text.charCodeAt(at + 3)] ?? 0);
    bytes[out++] = group >>> 16;
    bytes[out++] = group >>> 8;
    bytes[out++] = group;
  }
  return bytes;
}

function toBase64(bytes: Uint8Array): string {
  let text = "";
  for (let at = 0; at < bytes.length; at += 3) {
    const group = ((bytes[at] ?? 0) << 16) | ((bytes[at + 1] ?? 0) << 8) | (bytes[at + 2] ?? 0);
    text += DIGITS.charAt(group >>> 18) + DIGITS.charAt((group >>> 12) & 63);
    text += DIGITS.charAt((group >>> 6) & 63) + DIGITS.charAt(group & 63);
  }
  return text;
}
