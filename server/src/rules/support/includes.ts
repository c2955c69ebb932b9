import type { Draft } from "../../draft/draft.ts";
import { perBlock } from "../../draft/incremental/per-block.ts";
import { blocksThat } from "../../draft/incremental/stretches.ts";

const INCLUDE =
  /--8<--|\{%-?[ \t]*(?:include|render|import|extends)|\{\{[#<%>]?[ \t]*(?:include|partial|snippet|template|embed|import|readfile)|^[ \t]*(?:import[ \t][^\n]{1,200}[ \t]from[ \t]|include::|!!!?include|@include|@import|\.\.[ \t]*include)|\{include\}|\{![^!\n]{1,200}!\}|<!--[ \t]*#?include/im;

const isInclude = perBlock((block): boolean => INCLUDE.test(block.source.slice(0, 4000)));
const including = blocksThat(isInclude);

/** Whether the draft is put together from other files, where what seems missing in it may stand. */
export function includesOthers(draft: Draft): boolean {
  return including(draft).length > 0;
}
