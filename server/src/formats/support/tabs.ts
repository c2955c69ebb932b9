import type { TabMark } from "../../draft/markup.ts";
import { perBlock } from "../../draft/incremental/per-block.ts";

/** Whether a block starts or ends tabs, in the syntaxes of site generators; memoized per block. */
export const tabMark = perBlock((block): TabMark => ({
  opens: TAB_START.exec(block.source)?.[0],
  closes: TAB_END.test(block.source),
}));

// The markers of tabs, at the start of a block.
const TAB_START =
  /^\s*(?:(?::{1,4}\s*(?:\{\s*)?(?:begin_)?tab\b|:begin_tab:|\{\{?[<%]?\s*tabs?\b|<Tab(?:Item|Panel)?\b|===[!+]?\s*["“]|#+\s+\[[^\]\n]*\]\(#tab\/)[^\n]{0,120})/i;
const TAB_END = /(?:end_?tab|\/\s*tab(?:item|panel|s)?\b)/i;
