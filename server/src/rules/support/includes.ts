import type { Block, Draft, Format } from "../../draft/draft.ts";
import { indexBlocks } from "../../draft/incremental/chunks.ts";

const including = indexBlocks((block: Block, { markup }: Format) => markup.isInclude(block));

/** Whether the draft includes other files, which may contain what seems to be missing. */
export function includesOthers(draft: Draft): boolean {
  return including(draft, draft.format).length > 0;
}
