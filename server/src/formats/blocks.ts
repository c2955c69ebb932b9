import type { Block, BlockKind, Mark } from "../core/draft.ts";
import type { Prose } from "../core/prose.ts";

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
  return { kind, source, prose, marks, level, ...TOP };
}

/** The block as it is in that place. */
export function placed(block: Block, place: Place): Block {
  const { listDepth, quoteDepth, startsItem, continues } = place;
  return { ...block, listDepth, quoteDepth, startsItem, continues };
}

/** The label of an HTML comment that is all of `source`. */
export function commentLabel(source: string): string {
  return source.replace(/^<!--/, "").replace(/-->$/, "").trim();
}
