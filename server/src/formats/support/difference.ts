import type { Edit } from "../../text/edits.ts";

/** UTF-16 units compared at a time: the engine compares strings far faster than a loop does. */
const CHUNK = 4096;

/** The span in which two texts differ: they are equal before `start`, and after `oldEnd` and `newEnd`. */
export interface Difference {
  readonly start: number;
  readonly oldEnd: number;
  readonly newEnd: number;
}

/**
 * The smallest single replacement that turns `before` into `after`, in UTF-16 units. The caller knows that the
 * first `prefix` and the last `suffix` units are equal, except the units next to the change. (Whether a carriage
 * return is a line break by itself depends on its neighbour.)
 */
export function difference(
  before: string,
  after: string,
  prefix: number,
  suffix: number,
): Difference {
  const from = Math.max(0, prefix - 1);
  const tail = Math.max(0, suffix - 1);
  const { start, oldEnd, newEnd } = compared(
    before.slice(from, before.length - tail),
    after.slice(from, after.length - tail),
  );
  return { start: from + start, oldEnd: from + oldEnd, newEnd: from + newEnd };
}

/** The same for an edit, whose span of `before` was replaced: less of that may have changed. */
export function differenceAt(before: string, after: string, change: Edit): Difference {
  return difference(before, after, change.start, before.length - change.end);
}

function compared(before: string, after: string): Difference {
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (
    start + CHUNK <= shorter &&
    before.slice(start, start + CHUNK) === after.slice(start, start + CHUNK)
  ) {
    start += CHUNK;
  }
  while (start < shorter && before.charCodeAt(start) === after.charCodeAt(start)) start++;

  const room = shorter - start;
  let same = 0;
  const oldLength = before.length;
  const newLength = after.length;
  while (
    same + CHUNK <= room &&
    before.slice(oldLength - same - CHUNK, oldLength - same) ===
      after.slice(newLength - same - CHUNK, newLength - same)
  ) {
    same += CHUNK;
  }
  while (
    same < room &&
    before.charCodeAt(oldLength - same - 1) === after.charCodeAt(newLength - same - 1)
  ) {
    same++;
  }
  return { start, oldEnd: oldLength - same, newEnd: newLength - same };
}

/** A copy of a slice that does not reference the whole text, as the engine's slices do. */
export function detached(slice: string): string {
  return slice.length < 13 ? slice : ` ${slice}`.slice(1);
}

/** The same text, unit for unit, with line feeds where lone carriage returns were. */
export function withLineFeeds(text: string): string {
  return text.includes("\r") && /\r(?!\n)/.test(text) ? text.replace(/\r(?!\n)/g, "\n") : text;
}
