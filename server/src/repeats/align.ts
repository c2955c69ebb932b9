/** Equal words: `length` of them, from word `a` of the later row and `b` of the earlier. */
export interface Match {
  readonly a: number;
  readonly b: number;
  readonly length: number;
}

/** A stretch of words in each of two rows: word numbers of the later (`a`) and the earlier (`b`); ends are exclusive. */
export interface Stretches {
  readonly aStart: number;
  readonly aEnd: number;
  readonly bStart: number;
  readonly bEnd: number;
}

/** The longest gap that is aligned word by word, in words: the bits of two numbers. Longer gaps count as different. */
const MAX_GAP = 64;

/**
 * For the gap being aligned: which columns gain a word, in two numbers for each row from `r` on. Bit `i` is 0 if the
 * last `i + 1` columns share one word more with those rows than the last `i` do.
 */
const gains = new Int32Array(2 * (MAX_GAP + 1));

/**
 * The words that two short stretches share, in order: their longest common subsequence as matches; of several, the one
 * that takes the first words of the earlier stretch. All columns of a row at once, as bits (Hyyrö 2004). The stretches
 * are gaps between exact matches, which keeps the alignment in a band and the work linear in the text.
 */
export function alignGap(
  aWords: Uint32Array,
  aStart: number,
  aEnd: number,
  bWords: Uint32Array,
  bStart: number,
  bEnd: number,
): Match[] {
  const rows = aEnd - aStart;
  const columns = bEnd - bStart;
  if (rows <= 0 || columns <= 0 || rows > MAX_GAP || columns > MAX_GAP) return [];
  let left = fillGains(aWords, aStart, rows, bWords, bStart, columns);
  const matches: Match[] = [];
  let r = 0;
  let c = 0;
  let length = 0;
  // How many words are still to come.
  while (left > 0) {
    if (aWords[aStart + r] === bWords[bStart + c]) {
      length++;
      left--;
      r++;
      c++;
      continue;
    }
    if (length > 0) matches.push({ a: aStart + r - length, b: bStart + c - length, length });
    length = 0;
    if (gained(r + 1, columns - c) === left) r++;
    else c++;
  }
  if (length > 0) matches.push({ a: aStart + r - length, b: bStart + c - length, length });
  return matches;
}

/** Fills `gains`, and returns how many words the two stretches share. */
function fillGains(
  aWords: Uint32Array,
  aStart: number,
  rows: number,
  bWords: Uint32Array,
  bStart: number,
  columns: number,
): number {
  let low = -1;
  let high = -1;
  gains[2 * rows] = low;
  gains[2 * rows + 1] = high;
  for (let r = rows - 1; r >= 0; r--) {
    const word = aWords[aStart + r] ?? 0;
    let lowLike = 0;
    let highLike = 0;
    for (let c = 0; c < columns; c++) {
      if ((bWords[bStart + c] ?? 0) !== word) continue;
      const bit = columns - 1 - c;
      if (bit < 32) lowLike |= 1 << bit;
      else highLike |= 1 << (bit - 32);
    }
    // The sum of two numbers of 64 bits, as which low and high stand here.
    const lowSum = (low >>> 0) + ((low & lowLike) >>> 0);
    const highSum = high + (high & highLike) + (lowSum > 0xffffffff ? 1 : 0);
    low = lowSum | (low & ~lowLike);
    high = highSum | (high & ~highLike);
    gains[2 * r] = low;
    gains[2 * r + 1] = high;
  }
  return gained(0, columns);
}

/** How many words the rows from `r` on share with the last `columns`. */
function gained(r: number, columns: number): number {
  const low = ~(gains[2 * r] ?? 0);
  if (columns <= 32) return bitsIn(low & lowest(columns));
  return bitsIn(low) + bitsIn(~(gains[2 * r + 1] ?? 0) & lowest(columns - 32));
}

/** A number with this many bits set, from 1 to 32. */
function lowest(bits: number): number {
  return -1 >>> (32 - bits);
}

function bitsIn(number: number): number {
  let bits = number - ((number >>> 1) & 0x55555555);
  bits = (bits & 0x33333333) + ((bits >>> 2) & 0x33333333);
  return Math.imul((bits + (bits >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}
