import { sameBlocks, type Sequence } from "./sequence.ts";

/*
 * How finding repeats costs only what a keystroke changed. What is looked at in order (seeds, then pieces) falls into
 * parts too far apart to have to do with each other. A part whose items stand in the next version of a draft again, with
 * all words that it depends on, is carried over, wherever it stands there.
 */

/** Some items that follow each other, and what was made of them alone. */
export interface Part<T> {
  /** Its first item, and the one after its last. */
  readonly start: number;
  readonly end: number;
  /** The word of the later row that it begins with. */
  readonly place: number;
  /** An item that begins after this word has nothing to do with the part. */
  readonly reach: number;
  /** The stretches of words that `value` depends on: where each begins and ends, one after the other. */
  readonly dependsOn: readonly number[];
  readonly value: T;
}

/** What falls into parts, by where it stands in the later row. */
export interface Items<T> {
  readonly count: number;
  /** The word that an item begins with. */
  readonly placeOf: (item: number) => number;
  /** The part that begins with an item, at its place: it ends before the first that begins after its reach. */
  readonly partFrom: (item: number, place: number) => Part<T>;
}

/** The parts of the version before, and how to tell what of them holds. */
export interface PreviousParts<T> {
  readonly parts: readonly Part<T>[];
  readonly change: WordChange;
  /** Whether an item, moved by the change, equals one of the version now. */
  readonly isSame: (item: number, now: number) => boolean;
  readonly moved: (value: T) => T;
}

/** The words that a change replaced, and by how many those behind them have moved. */
export interface WordChange {
  readonly start: number;
  readonly end: number;
  readonly by: number;
}

/** Between two versions of a draft; of whole blocks, so that outside of it sentences are as before, too. */
export function changeBetween(old: Sequence, now: Sequence): WordChange {
  const { front, back } = sameBlocks(now.draft.blocks, old.draft.blocks);
  return {
    start: old.first[front] ?? 0,
    end: old.first[old.draft.blocks.length - back] ?? 0,
    by: now.words.length - old.words.length,
  };
}

/** By how much a word has moved that was not replaced. */
export function shiftOf({ start, by }: WordChange, word: number): number {
  return word < start ? 0 : by;
}

/** All items in parts; the same, whether there is a version before or not. */
export function inParts<T>(items: Items<T>, before?: PreviousParts<T>): Part<T>[] {
  const parts: Part<T>[] = [];
  let old = 0;
  for (let item = 0; item < items.count;) {
    const place = items.placeOf(item);
    while (before !== undefined && isBefore(before, old, place)) old++;
    const part =
      (before && carriedOver(before, old, items, item, place)) ?? items.partFrom(item, place);
    parts.push(part);
    item = part.end;
  }
  return parts;
}

/** Whether there is such a part, and it began before a word. */
function isBefore<T>({ parts, change }: PreviousParts<T>, index: number, word: number): boolean {
  const part = parts[index];
  return part !== undefined && part.place + shiftOf(change, part.place) < word;
}

/** A part of the version before, if it begins with an item of this one, at `place`, and still holds. */
function carriedOver<T>(
  { parts, change, isSame, moved }: PreviousParts<T>,
  index: number,
  items: Items<T>,
  item: number,
  place: number,
): Part<T> | undefined {
  const part = parts[index];
  if (part === undefined || part.place + shiftOf(change, part.place) !== place) return undefined;
  if (dependsOnChange(part, change)) return undefined;
  const later = item - part.start;
  const end = part.end + later;
  const reach = part.reach + place - part.place;
  if (end > items.count || (end < items.count && items.placeOf(end) <= reach)) return undefined;
  for (let one = part.start; one < part.end; one++) if (!isSame(one, one + later)) return undefined;
  if (later === 0 && part.dependsOn.every((word) => shiftOf(change, word) === 0)) return part;
  const dependsOn = part.dependsOn.map((word) => word + shiftOf(change, word));
  return { start: item, end, place, reach, dependsOn, value: moved(part.value) };
}

/** Whether the change touches what a part depends on. */
function dependsOnChange({ dependsOn }: Part<unknown>, { start, end }: WordChange): boolean {
  for (let at = 0; at < dependsOn.length; at += 2) {
    if ((dependsOn[at] ?? 0) <= end && (dependsOn[at + 1] ?? 0) >= start) return true;
  }
  return false;
}
