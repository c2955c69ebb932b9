import type { Run } from "./runs.ts";
import { spanOfWord, type Sequence } from "./sequence.ts";

/** Words of the later copy and what stands for them in the earlier; either may be none. Word numbers. */
export interface Change {
  readonly aStart: number;
  readonly aEnd: number;
  readonly bStart: number;
  readonly bEnd: number;
}

/** Where the two copies of a passage differ, by place in the later one. */
export function changesOf(run: Run): Change[] {
  const changes: Change[] = [];
  let aEnd = run.aStart;
  let bEnd = run.bStart;
  const add = (aStart: number, bStart: number): void => {
    if (aStart > aEnd || bStart > bEnd) {
      changes.push({
        aStart: aEnd,
        aEnd: Math.max(aStart, aEnd),
        bStart: bEnd,
        bEnd: Math.max(bStart, bEnd),
      });
    }
  };
  for (const piece of run.pieces) {
    for (const anchor of piece.anchors) {
      add(anchor.a, anchor.b);
      aEnd = Math.max(aEnd, anchor.a + anchor.length);
      bEnd = Math.max(bEnd, anchor.b + anchor.length);
    }
  }
  add(run.aEnd, run.bEnd);
  return changes;
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
