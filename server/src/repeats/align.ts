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

/** The longest gap that is aligned word by word, in words. Longer gaps count as different. */
const MAX_GAP = 64;
const WIDTH = MAX_GAP + 1;

/**
 * For the gap being aligned, how many words its rows from one on share with its columns from one on. The gap is in the
 * last corner of the table, before a row and a column of zeros.
 */
const shared = new Uint8Array(WIDTH * WIDTH);

/**
 * The words that two short stretches share, in order: their longest common subsequence as matches; of several, the one
 * that takes the first words of the earlier stretch (Wagner and Fischer 1974). The stretches are gaps between exact
 * matches, which keeps the alignment in a band and the work linear in the text.
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
  const corner = (MAX_GAP - rows) * WIDTH + MAX_GAP - columns;
  for (let r = rows - 1; r >= 0; r--) {
    const word = aWords[aStart + r];
    const row = corner + r * WIDTH;
    let most = 0;
    for (let c = columns - 1; c >= 0; c--) {
      const below = row + WIDTH + c;
      most =
        bWords[bStart + c] === word
          ? (shared[below + 1] ?? 0) + 1
          : Math.max(shared[below] ?? 0, most);
      shared[row + c] = most;
    }
  }
  const matches: Match[] = [];
  let r = 0;
  let c = 0;
  for (let at = corner; (shared[at] ?? 0) > 0; at = corner + r * WIDTH + c) {
    const [a, b] = [aStart + r, bStart + c];
    let length = 0;
    while (r < rows && c < columns && aWords[aStart + r] === bWords[bStart + c]) {
      length++;
      r++;
      c++;
    }
    if (length > 0) matches.push({ a, b, length });
    else if (shared[at + WIDTH] === shared[at]) r++;
    else c++;
  }
  return matches;
}
