import type { Draft } from "../draft/draft.ts";

/** How many units of text are read again, in total, to work out fixes for a draft's findings. */
const MOST_READ = 1 << 24;
/** But at least this many fixes are tried for any draft. */
const LEAST = 4;

/**
 * How many lazy fixes (`Fix.lazy`) of a draft are worked out at once. Each reads the draft again, so all those of a
 * draft with thousands of repeats would take forever. Articles never run out of them.
 */
export function lazyFixLimit(draft: Draft): number {
  return Math.max(LEAST, Math.floor(MOST_READ / Math.max(1, draft.text.length)));
}

/** How many units of text may still be read again to try out restored words; callers use it up. */
export interface Allowance {
  left: number;
}

export function newAllowance(): Allowance {
  return { left: MOST_READ >> 2 };
}
