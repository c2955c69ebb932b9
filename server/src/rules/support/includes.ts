import type { Block, Draft, Format } from "../../draft/draft.ts";
import { indexBlocks } from "../../draft/incremental/chunks.ts";

const including = indexBlocks((block: Block, { markup }: Format) => markup.isInclude(block));

/** Whether the draft is put together from other files, where what seems missing in it may stand. */
export function includesOthers(draft: Draft): boolean {
  return including(draft, draft.format).length > 0;
}
