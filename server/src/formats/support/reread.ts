import type { Block, Draft, Format } from "../../draft/draft.ts";
import { shareBlocks } from "../../draft/incremental/blocks-where.ts";
import { type BlockList, placed } from "./blocks.ts";
import { addToList } from "../../text/lists.ts";

/**
 * The draft of the blocks read from a text. Given the version before a change, unchanged blocks are the same objects
 * again, with everything known about them.
 */
export function toDraft(format: Format, text: string, list: BlockList, previous?: Draft): Draft {
  const { blocks, starts } = list;
  if (previous === undefined) return { text, format, blocks, starts };
  const known = previous.blocks;
  const shorter = Math.min(known.length, blocks.length);
  let start = 0;
  while (start < shorter && isSameBlock(known[start], blocks[start])) start++;
  let same = 0;
  while (same < shorter - start && isSameBlock(known.at(-1 - same), blocks.at(-1 - same))) same++;
  const recall = toRecall(known.slice(start, known.length - same));
  const between = blocks.slice(start, blocks.length - same).map((block) => recall(block));
  const all = [...known.slice(0, start), ...between, ...known.slice(known.length - same)];
  const draft = { text, format, blocks: all, starts };
  shareBlocks(draft, previous, { count: known.length, start, end: same });
  return draft;
}

/** Returns a function that replaces a block with an equal known one, each used once, or else with a lean copy. */
function toRecall(known: readonly Block[]): (block: Block) => Block {
  const byKey = new Map<string, Block[]>();
  for (const block of known.toReversed()) addToList(byKey, toKey(block), block);
  return (block) => {
    const alike = byKey.get(toKey(block));
    // Blocks with one key are almost always equal. Only the next one is tried, because there may be thousands.
    const next = alike?.at(-1);
    if (next === undefined || !isSameBlock(next, block)) return detached(block);
    alike?.pop();
    return next;
  };
}

/** A key that differs for almost any two blocks that are not equal. */
function toKey({
  kind,
  level,
  listDepth,
  quoteDepth,
  startsItem,
  continues,
  source,
}: Block): string {
  return `${kind} ${level} ${listDepth} ${quoteDepth} ${String(startsItem)} ${String(continues)} ${source}`;
}

export function isSameBlock(a: Block | undefined, b: Block | undefined): boolean {
  if (a === b || a === undefined || b === undefined) return a === b;
  return (
    a.source === b.source &&
    a.kind === b.kind &&
    a.level === b.level &&
    a.listDepth === b.listDepth &&
    a.quoteDepth === b.quoteDepth &&
    a.startsItem === b.startsItem &&
    a.continues === b.continues &&
    a.prose.text === b.prose.text &&
    areEqual(a.prose.sourceStarts, b.prose.sourceStarts) &&
    areEqual(a.prose.sourceEnds, b.prose.sourceEnds) &&
    a.marks.length === b.marks.length &&
    (a.marks.length === 0 || JSON.stringify(a.marks) === JSON.stringify(b.marks))
  );
}

function areEqual(a: ArrayLike<number>, b: ArrayLike<number>): boolean {
  if (a.length !== b.length) return false;
  for (let index = 0; index < a.length; index++) if (a[index] !== b[index]) return false;
  return true;
}

/** A copy whose strings do not keep the whole text alive, as the engine's slices would. */
function detached(block: Block): Block {
  const copy = (slice: string): string => (slice.length < 13 ? slice : ` ${slice}`.slice(1));
  const prose = { ...block.prose, text: copy(block.prose.text) };
  return placed({ ...block, source: copy(block.source), prose }, block);
}

/** The span in which two texts differ: they are equal before `start`, and after `oldEnd` and `newEnd`. */
export interface Difference {
  readonly start: number;
  readonly oldEnd: number;
  readonly newEnd: number;
}

/** UTF-16 units compared at a time: the engine compares strings far faster than a loop. */
const CHUNK = 4096;

/** The smallest single replacement that turns `before` into `after`, in UTF-16 units. */
export function findDifference(before: string, after: string): Difference {
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
