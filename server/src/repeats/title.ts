import { type Block, type Draft, holdsProse } from "../draft/draft.ts";
import { memoizeOn } from "../draft/incremental/memoize.ts";
import { sourceSpan } from "../draft/prose.ts";
import { lowerBound } from "../text/search.ts";
import { shifted, type Span } from "../text/span.ts";

/** The blocks of a draft's main text, without the menus before it. Each repeat of the draft may ask for them. */
export const mainBlocks = memoizeOn<Draft>()((draft): readonly Block[] => {
  const start = draft.format.markup.mainTextStart(draft.text);
  return start === 0 ? draft.blocks : draft.blocks.slice(lowerBound(draft.starts, start));
});

/** Where a draft says what it is: the first heading of its main text, or its first words. */
export function titleBlock(draft: Draft): number {
  const main = mainBlocks(draft);
  const blocks = main.some(hasWords) ? main : draft.blocks;
  const first = blocks.findIndex(hasWords);
  const heading = blocks.slice(0, first + FIRST_BLOCKS).findIndex(isHeading);
  return draft.blocks.length - blocks.length + (heading < 0 ? first : heading);
}

/** Its first line; empty for a draft without words. Offsets are the draft's. */
export function titleSpan(draft: Draft): Span {
  const at = titleBlock(draft);
  const block = draft.blocks[at];
  if (block === undefined) return { start: 0, end: 0 };
  const [line = ""] = block.prose.text.split("\n", 1);
  const span = sourceSpan(block.prose, { start: 0, end: line.length });
  return shifted(span, draft.starts[at] ?? 0);
}

/** A heading after more blocks than this is not a title. */
const FIRST_BLOCKS = 3;

function hasWords(block: Block): boolean {
  return holdsProse(block) && /[\p{L}\p{N}]/u.test(block.prose.text);
}

function isHeading(block: Block): boolean {
  return block.kind === "heading" && hasWords(block);
}
