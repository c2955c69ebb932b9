/** How readily the rules that look for holes speak up. */
export type Sensitivity = "quiet" | "normal" | "eager";

/**
 * No place gains more than this by what the others of its draft show, in log-odds, and what is only
 * possible gains less: one that is hardly suspicious by itself is not reported in any draft.
 */
export const MOST_RAISED = 2;
export const MOST_RAISED_HINT = 1;
