import type { Draft } from "../../draft/draft.ts";

/** Whether the draft includes other files, which may contain what seems to be missing. */
export function includesOthers(draft: Draft): boolean {
  return draft.blocks.some((block) => draft.format.markup.isInclude(block));
}
