import type { Block, BlockKind, Mark } from "../../draft/draft.ts";
import type { Prose } from "../../draft/prose.ts";

/** Blocks in order, and where each starts. */
export interface BlockList {
  readonly blocks: Block[];
  readonly starts: number[];
}

/** What a block stands in, and what comes before it. */
export interface Place {
  readonly listDepth: number;
  readonly quoteDepth: number;
  readonly startsItem: boolean;
  readonly continues: boolean;
}

export const TOP: Place = { listDepth: 0, quoteDepth: 0, startsItem: false, continues: false };

const NO_PROSE: Prose = { text: "", starts: [], sourceStarts: [], sourceEnds: [] };

/** A block that holds no prose, in a place of its own. */
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
 * The block as it is in that place. Every block is made here, property by property: what V8 copies by
 * `{ ...block }` gets a hidden class of its own as soon as anything is stored on it (see `memoizeOn`),
 * and code that meets thousands of classes is slow.
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

/** The label of an HTML comment that is all of `source`. */
export function commentLabel(source: string): string {
  return source.replace(/^<!--/, "").replace(/-->$/, "").trim();
}
