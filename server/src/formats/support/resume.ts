import { blockEnd, newDraft, type Block, type Draft, type Format } from "../../draft/draft.ts";
import type { Edit } from "../../text/edits.ts";
import { detached, differenceAt } from "./difference.ts";
import { type BlockList, placed } from "./blocks.ts";
import { lowerBound } from "../../text/search.ts";

const LOOKAHEAD_LINES = 4;

interface Found {
  readonly start: number;
  readonly block: Block;
}

/**
 * Parses the block that starts at or after `at`, an offset between blocks; undefined at the end of the text. A
 * block must not be empty, or parsing would not end.
 */
export type ReadNext = (at: number) => Found | undefined;

export function readAll(text: string, format: Format, next: ReadNext): Draft {
  const list: BlockList = { blocks: [], starts: [] };
  for (let found = next(0); found !== undefined;) {
    list.blocks.push(found.block);
    list.starts.push(found.start);
    found = next(endOfFound(found));
  }
  return newDraft(format, text, list);
}

/** @throws Error if the block is empty. */
function endOfFound({ start, block }: Found): number {
  if (block.source === "") throw new Error(`A block without text at ${start}.`);
  return start + block.source.length;
}

/**
 * Parses a text incrementally after a change, for formats whose blocks depend only on their own lines, the blank
 * line before and a few lines after them. Blocks before and after the change are reused from the old draft.
 */
export function readAgain(previous: Draft, text: string, change: Edit, next: ReadNext): Draft {
  const { start, oldEnd, newEnd } = differenceAt(previous.text, text, change);
  const moved = newEnd - oldEnd;

  let margin = start;
  for (let lines = 0; lines <= LOOKAHEAD_LINES && margin > 0; lines++) {
    margin = Math.max(text.lastIndexOf("\n", margin - 1), text.lastIndexOf("\r", margin - 1));
  }
  let unchanged = lowerBound(previous.starts, margin);
  while (unchanged > 0 && blockEnd(previous, unchanged - 1) >= margin) unchanged--;

  const blocks = previous.blocks.slice(0, unchanged);
  const starts = previous.starts.slice(0, unchanged);
  const reuse = reuseEqualBlocks(
    previous.blocks.slice(unchanged, lowerBound(previous.starts, oldEnd + 1)),
  );
  let at = unchanged === 0 ? 0 : blockEnd(previous, unchanged - 1);
  for (;;) {
    const found = next(at);
    if (found === undefined) break;
    if (found.start > newEnd + 1) {
      const index = lowerBound(previous.starts, found.start - moved);
      const old = previous.blocks[index];
      if (
        old !== undefined &&
        previous.starts[index] === found.start - moved &&
        sameBlock(old, found.block)
      ) {
        for (let rest = index; rest < previous.blocks.length; rest++) {
          const block = previous.blocks[rest];
          if (block === undefined) continue;
          blocks.push(block);
          starts.push((previous.starts[rest] ?? 0) + moved);
        }
        break;
      }
    }
    blocks.push(reuse(found.block));
    starts.push(found.start);
    at = endOfFound(found);
  }
  return newDraft(previous.format, text, { blocks, starts }, previous);
}

/** Returns a function that replaces a block by an equal old one, if there is one. Each old block is used once. */
export function reuseEqualBlocks(previous: readonly Block[]): (block: Block) => Block {
  /** Old blocks by `identityKey`, in order, and how many of each are used. */
  let known: Map<string, { readonly olds: Block[]; given: number }> | undefined;
  return (block) => {
    if (known === undefined) {
      known = new Map();
      for (const old of previous) {
        const look = identityKey(old);
        const alike = known.get(look);
        if (alike === undefined) known.set(look, { olds: [old], given: 0 });
        else alike.olds.push(old);
      }
    }
    const alike = known.get(identityKey(block));
    const old = alike?.olds[alike.given];
    // Blocks with the same key are almost always equal; only the next one is tried, as there may be thousands.
    if (alike === undefined || old === undefined || !sameBlock(old, block)) return block;
    alike.given++;
    return old;
  };
}

/** A key that differs for almost any two blocks that are not equal. */
function identityKey(block: Block): string {
  const { kind, level, listDepth, quoteDepth, startsItem, continues, source } = block;
  return `${kind} ${level} ${listDepth} ${quoteDepth} ${String(startsItem)} ${String(continues)} ${source}`;
}

/** The blocks of a text that was parsed again, with the old draft's objects where they are equal. */
export function reuseEqual(previous: Draft, list: BlockList): BlockList {
  const old = previous.blocks;
  const blocks = [...list.blocks];
  const shorter = Math.min(old.length, blocks.length);
  const keep = (at: number, oldAt: number): boolean => {
    const known = old[oldAt];
    const block = blocks[at];
    if (known === undefined || block === undefined || !sameBlock(known, block)) return false;
    blocks[at] = known;
    return true;
  };
  let start = 0;
  while (start < shorter && keep(start, start)) start++;
  let same = 0;
  while (same < shorter - start && keep(blocks.length - 1 - same, old.length - 1 - same)) same++;
  const reuse = reuseEqualBlocks(old.slice(start, old.length - same));
  for (let at = start; at < blocks.length - same; at++) {
    const block = blocks[at];
    if (block === undefined) continue;
    const { source, prose } = block;
    const copies = { source: detached(source), prose: { ...prose, text: detached(prose.text) } };
    blocks[at] = reuse(placed({ ...block, ...copies }, block));
  }
  return { blocks, starts: list.starts };
}

export function sameBlock(a: Block, b: Block): boolean {
  if (a === b) return true;
  return (
    a.source === b.source &&
    a.kind === b.kind &&
    a.level === b.level &&
    a.listDepth === b.listDepth &&
    a.quoteDepth === b.quoteDepth &&
    a.startsItem === b.startsItem &&
    a.continues === b.continues &&
    a.prose.text === b.prose.text &&
    sameNumbers(a.prose.sourceStarts, b.prose.sourceStarts) &&
    sameNumbers(a.prose.sourceEnds, b.prose.sourceEnds) &&
    a.marks.length === b.marks.length &&
    (a.marks.length === 0 || JSON.stringify(a.marks) === JSON.stringify(b.marks))
  );
}

function sameNumbers(a: ArrayLike<number>, b: ArrayLike<number>): boolean {
  if (a.length !== b.length) return false;
  for (let index = 0; index < a.length; index++) if (a[index] !== b[index]) return false;
  return true;
}
