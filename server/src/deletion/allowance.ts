import type { Draft } from "../draft/draft.ts";

/** So many units of text are read again, all in all, to work out what can be done about a draft's findings. */
const MOST_READ = 1 << 24;
/** But so many fixes are tried of any draft. */
const LEAST = 4;

/**
 * How many lazy fixes (`Fix.lazy`) of a draft are worked out in one go. Each reads the draft again, so that
 * all those of a draft with thousands of repeats would take for ever; an article is never short of them.
 */
export function lazyFixLimit(draft: Draft): number {
  return Math.max(LEAST, Math.floor(MOST_READ / Math.max(1, draft.text.length)));
}

/** How many units of text may still be read again to try what could be put back; used up by those who try. */
export interface Allowance {
  left: number;
}

export function newAllowance(): Allowance {
  return { left: MOST_READ >> 2 };
}
