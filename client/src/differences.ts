import { diffArrays } from "diff";

/** A part of a text, in UTF-16 units; the end is not part of it. */
export interface Part {
  readonly start: number;
  readonly end: number;
}

/** If texts differ by more than this, all of it counts as different. The work is bounded by its square. */
const MAX_CHANGES = 1000;

/** The words of each text that the other doesn't have in the same place. Spaces alone make no difference. */
export function differences(
  left: string,
  right: string,
): { readonly left: readonly Part[]; readonly right: readonly Part[] } {
  const ours = wordsOf(left);
  const theirs = wordsOf(right);
  const changes = diffArrays(
    ours.map(({ word }) => word),
    theirs.map(({ word }) => word),
    { maxEditLength: MAX_CHANGES },
  );
  if (changes === undefined) return { left: rangeOf(ours), right: rangeOf(theirs) };
  const found: { left: Part[]; right: Part[] } = { left: [], right: [] };
  let inLeft = 0;
  let inRight = 0;
  for (const { added, removed, count } of changes) {
    if (removed) found.left.push(...rangeOf(ours.slice(inLeft, inLeft + count)));
    if (added) found.right.push(...rangeOf(theirs.slice(inRight, inRight + count)));
    if (!added) inLeft += count;
    if (!removed) inRight += count;
  }
  return found;
}

interface Word extends Part {
  readonly word: string;
}

/** Words, and punctuation marks one by one. */
function wordsOf(text: string): Word[] {
  return [...text.matchAll(/[\p{L}\p{M}\p{N}]+|[^\s\p{L}\p{M}\p{N}]/gu)].map(
    ({ 0: word, index }) => ({ word, start: index, end: index + word.length }),
  );
}

/** From the start of the first word to the end of the last. */
function rangeOf(words: readonly Part[]): Part[] {
  const first = words[0];
  const last = words.at(-1);
  return first === undefined || last === undefined ? [] : [{ start: first.start, end: last.end }];
}
