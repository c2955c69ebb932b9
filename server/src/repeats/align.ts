/** A stretch that two rows of words share: `length` words from `a` in the later, `b` in the earlier. */
export interface Anchor {
  readonly a: number;
  readonly b: number;
  readonly length: number;
}

/** The longest gap that is aligned word by word; what is longer is taken as different. */
const MAX_GAP = 64;

/** The table of the gap that is being aligned. Making one for each took longer than filling it. */
const scratch = new Uint8Array((MAX_GAP + 1) ** 2);

/**
 * The words that two short stretches share, in order: the longest common subsequence by the table of
 * Wagner and Fischer (1974), as anchors. The stretches are gaps between exact matches, which is what
 * keeps the alignment in a band and the work in line with the text.
 */
export function alignGap(
  aWords: Uint32Array,
  aStart: number,
  aEnd: number,
  bWords: Uint32Array,
  bStart: number,
  bEnd: number,
): Anchor[] {
  const rows = aEnd - aStart;
  const columns = bEnd - bStart;
  if (rows <= 0 || columns <= 0 || rows > MAX_GAP || columns > MAX_GAP) return [];
  const width = columns + 1;
  // table[r, c]: how many words the stretches from r and from c on share.
  const table = scratch;
  for (let c = 0; c <= columns; c++) table[rows * width + c] = 0;
  for (let r = rows - 1; r >= 0; r--) {
    const word = aWords[aStart + r];
    let right = 0;
    let across = 0;
    table[r * width + columns] = 0;
    for (let c = columns - 1; c >= 0; c--) {
      const here = r * width + c;
      const below = table[here + width] ?? 0;
      let best = below > right ? below : right;
      if (word === bWords[bStart + c] && across + 1 > best) best = across + 1;
      table[here] = best;
      right = best;
      across = below;
    }
  }
  const anchors: Anchor[] = [];
  let r = 0;
  let c = 0;
  let length = 0;
  while (r < rows && c < columns) {
    const here = r * width + c;
    const score = table[here] ?? 0;
    if (aWords[aStart + r] === bWords[bStart + c] && score === (table[here + width + 1] ?? 0) + 1) {
      length++;
      r++;
      c++;
      continue;
    }
    if (length > 0) anchors.push({ a: aStart + r - length, b: bStart + c - length, length });
    length = 0;
    if ((table[here + width] ?? 0) >= (table[here + 1] ?? 0)) r++;
    else c++;
  }
  if (length > 0) anchors.push({ a: aStart + r - length, b: bStart + c - length, length });
  return anchors;
}
