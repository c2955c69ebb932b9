/** How readily the rules that look for holes report them. */
export type Sensitivity = "quiet" | "normal" | "eager";

/**
 * The most that the rest of a draft adds to any place, in log-odds; it adds less to what is only possible. A place that
 * is hardly suspicious on its own is never reported.
 */
export const MOST_RAISED = 2;
export const MOST_RAISED_HINT = 1;

/**
 * How much less likely a lost name or phrase is if the draft has lost nothing else, in log-odds, and how much more the
 * rest of the draft can add: whatever drops one link drops others, while small words are skipped one by one.
 */
export const PHRASE_ALONE = 1.25;
export const PHRASE_RAISED = 2.2;

/** How much further above its threshold for likely a leftover word must be than a hole next to it, in log-odds. */
export const HOLE_FIRST = 0.5;
