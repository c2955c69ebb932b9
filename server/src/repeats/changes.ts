import type { Anchor } from "./align.ts";
import type { Run } from "./runs.ts";
import { spanOfWord, type Sequence } from "./sequence.ts";

/** Words of the later copy and what stands for them in the earlier; either may be none. Word numbers. */
export interface Change {
  readonly aStart: number;
  readonly aEnd: number;
  readonly bStart: number;
  readonly bEnd: number;
}

/**
 * Where the two copies of a passage differ, by place in the later one: each word of either is in an anchor
 * or in one change. Where parts come in another order, what stands between them on one side is a change
 * of that side alone.
 */
export function changesOf(run: Run): Change[] {
  const { aStart, aEnd, bStart, bEnd } = run;
  const anchors: Anchor[] = [
    { a: aStart, b: bStart, length: 0 },
    ...run.pieces.flatMap((piece) => piece.anchors),
  ];
  const last = { a: aEnd, b: bEnd, length: 0 };
  const following = followingInEarlier(anchors);
  const changes: Change[] = [];
  const add = (change: Change): void => {
    if (change.aEnd > change.aStart || change.bEnd > change.bStart) changes.push(change);
  };
  anchors.forEach((anchor, at) => {
    const a = anchor.a + anchor.length;
    const b = anchor.b + anchor.length;
    const next = following[at] ?? anchors.length;
    const aNext = (anchors[at + 1] ?? last).a;
    const bNext = (anchors[next] ?? last).b;
    if (next === at + 1) add({ aStart: a, aEnd: aNext, bStart: b, bEnd: bNext });
    else {
      add({ aStart: a, aEnd: a, bStart: b, bEnd: bNext });
      add({ aStart: a, aEnd: aNext, bStart: b, bEnd: b });
    }
  });
  return changes;
}

/** For each anchor, the one that follows it in the earlier copy; past the last, their number. */
function followingInEarlier(anchors: readonly Anchor[]): ArrayLike<number> {
  const order = anchors.map((_, at) => at);
  const isInOrder = anchors.every(({ b }, at) => at === 0 || (anchors[at - 1]?.b ?? 0) <= b);
  if (!isInOrder) order.sort((x, y) => (anchors[x]?.b ?? 0) - (anchors[y]?.b ?? 0) || x - y);
  const following = new Uint32Array(anchors.length).fill(anchors.length);
  order.forEach((at, index) => (following[at] = order[index + 1] ?? anchors.length));
  return following;
}

/** How many words were changed: of words put for others, the more. */
export function changedWords(changes: readonly Change[]): number {
  let words = 0;
  for (const change of changes) {
    words += Math.max(change.aEnd - change.aStart, change.bEnd - change.bStart);
  }
  return words;
}

/** The words from `start` up to `end` as they stand in the draft, cut where they are many. */
export function wording(sequence: Sequence, start: number, end: number): string {
  if (end <= start) return "";
  const from = spanOfWord(sequence, start).start;
  const to = spanOfWord(sequence, Math.min(end, start + MAX_SHOWN) - 1).end;
  const text = sequence.draft.text.slice(from, to).replace(/\s+/g, " ");
  return end - start > MAX_SHOWN ? `${text} …` : text;
}

const MAX_SHOWN = 8;
