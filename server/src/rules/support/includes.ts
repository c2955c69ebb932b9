import type { Block, Draft, Format } from "../../draft/draft.ts";
import { blocksThat } from "../../draft/incremental/stretches.ts";

const including = blocksThat((block: Block, { markup }: Format) => markup.isInclude(block));

/** Whether the draft is put together from other files, where what seems missing in it may stand. */
export function includesOthers(draft: Draft): boolean {
  return including(draft, draft.format).length > 0;
}
