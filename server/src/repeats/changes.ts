import type { Match, Stretches } from "./align.ts";
import type { Repeat } from "./repeats.ts";
import { sliceWords, spanOfWord, type Sequence } from "./sequence.ts";

/** Words of the later copy and what the earlier has instead; either may be empty. */
export type Change = Stretches;

/**
 * The differences between two copies, by place in the later one. Each word of either is in one match or in one change.
 * If chains are in another order, the words between them on one side are a change of that side alone.
 */
export function findChanges(repeat: Repeat): Change[] {
  const { aStart, aEnd, bStart, bEnd } = repeat;
  const matches: Match[] = [
    { a: aStart, b: bStart, length: 0 },
    ...repeat.chains.flatMap((chain) => chain.matches),
  ];
  const last = { a: aEnd, b: bEnd, length: 0 };
  const following = followingInEarlier(matches);
  const changes: Change[] = [];
  const add = (change: Change): void => {
    if (change.aEnd > change.aStart || change.bEnd > change.bStart) changes.push(change);
  };
  matches.forEach((match, at) => {
    const a = match.a + match.length;
    const b = match.b + match.length;
    const next = following[at] ?? matches.length;
    const aNext = (matches[at + 1] ?? last).a;
    const bNext = (matches[next] ?? last).b;
    if (next === at + 1) add({ aStart: a, aEnd: aNext, bStart: b, bEnd: bNext });
    else {
      add({ aStart: a, aEnd: a, bStart: b, bEnd: bNext });
      add({ aStart: a, aEnd: aNext, bStart: b, bEnd: b });
    }
  });
  return changes;
}

/** For each match, the index of the next one in the earlier copy; the number of matches after the last. */
function followingInEarlier(matches: readonly Match[]): ArrayLike<number> {
  const order = matches.map((_, at) => at);
  const isInOrder = matches.every(({ b }, at) => at === 0 || (matches[at - 1]?.b ?? 0) <= b);
  if (!isInOrder) order.sort((x, y) => (matches[x]?.b ?? 0) - (matches[y]?.b ?? 0) || x - y);
  const following = new Uint32Array(matches.length).fill(matches.length);
  order.forEach((at, index) => (following[at] = order[index + 1] ?? matches.length));
  return following;
}

/** How many words were changed; of a replacement, the longer side. */
export function changedWords(changes: readonly Change[]): number {
  let words = 0;
  for (const change of changes) {
    words += Math.max(change.aEnd - change.aStart, change.bEnd - change.bStart);
  }
  return words;
}

/** What a change replaces: the words of both copies as in `sliceWords`, "" for none. */
export function sliceChange(
  { aStart, aEnd, bStart, bEnd }: Change,
  later: Sequence,
  earlier: Sequence,
): readonly [here: string, there: string] {
  return [
    aStart < aEnd ? sliceWords(later, aStart, aEnd) : "",
    bStart < bEnd ? sliceWords(earlier, bStart, bEnd) : "",
  ];
}

/** The words from `start` to `end` as written in the draft, figures whole, shortened to `MAX_SHOWN`. */
export function quoteWords(sequence: Sequence, start: number, end: number): string {
  if (end <= start) return "";
  const last = Math.min(end, start + MAX_SHOWN) - 1;
  const { text } = sequence.draft;
  const from = figureEdge(text, spanOfWord(sequence, start).start, -1);
  const to = figureEdge(text, spanOfWord(sequence, last).end - 1, 1) + 1;
  const quoted = text.slice(from, to).replace(/\s+/g, " ");
  return end - start > MAX_SHOWN ? `${quoted} …` : quoted;
}

const MAX_SHOWN = 8;

/** The last digit of a figure, from one of its digits onwards or backwards; both are places in UTF-16 units. */
function figureEdge(text: string, digit: number, step: 1 | -1): number {
  let edge = digit;
  for (let at = digit; Math.abs(at - digit) <= MAX_FIGURE; at += step) {
    const character = text.charAt(at);
    if (DIGIT.test(character)) edge = at;
    else if (edge !== at - step || !SEPARATOR.test(character)) break;
  }
  return edge;
}

const DIGIT = /\d/;
const SEPARATOR = /[.,'’\u00A0\u202F]/;
/** How far the digits of a figure are followed from a word, in UTF-16 units. */
const MAX_FIGURE = 20;
