import type { Block, BlockKind, Mark } from "../../draft/draft.ts";
import type { Prose } from "../../draft/prose.ts";
import { shifted } from "../../text/span.ts";

/** Blocks in order, and the offset of each, in UTF-16 units. */
export interface BlockList {
  readonly blocks: Block[];
  readonly starts: number[];
}

/** The containers of a block, and its relation to the block before it. */
export interface Place {
  readonly listDepth: number;
  readonly quoteDepth: number;
  readonly startsItem: boolean;
  readonly continues: boolean;
}

export const TOP: Place = { listDepth: 0, quoteDepth: 0, startsItem: false, continues: false };

const NO_PROSE: Prose = { text: "", starts: [], sourceStarts: [], sourceEnds: [] };

export function bareBlock(kind: BlockKind, source: string, marks: readonly Mark[] = []): Block {
  return proseBlock(kind, source, NO_PROSE, marks);
}

export function proseBlock(
  kind: BlockKind,
  source: string,
  prose: Prose,
  marks: readonly Mark[],
  level = 0,
): Block {
  return placed({ kind, source, prose, marks, level }, TOP);
}

/**
 * The block at that place. All blocks are created here, property by property. Objects that V8 copies with `{ ...block
 * }` get a hidden class of their own as soon as something is stored on them (see `memoizeOn`), and thousands of hidden
 * classes make code slow.
 */
export function placed(block: Omit<Block, keyof Place>, place: Place): Block {
  return {
    kind: block.kind,
    source: block.source,
    prose: block.prose,
    marks: block.marks,
    level: block.level,
    listDepth: place.listDepth,
    quoteDepth: place.quoteDepth,
    startsItem: place.startsItem,
    continues: place.continues,
  };
}

export function shiftedMark(mark: Mark, by: number): Mark {
  if (by === 0) return mark;
  const { text } = mark;
  return { ...shifted(mark, by), ...(text && { text: shifted(text, by) }) };
}

/** The label of an HTML comment that is the whole `source`. */
export function commentLabel(source: string): string {
  return source.replace(/^<!--/, "").replace(/-->$/, "").trim();
}
