import type { Facts } from "./facts.ts";
import {
  type EditBounds,
  boundEdits,
  isPasted,
  locate,
  type Places,
  type RowFacts,
  withRowFacts,
} from "./row-facts.ts";
import { likelyRepeats, type PassageOptions, WHOLE } from "./judge.ts";
import { areInSeries, orderByName } from "./pair-of-drafts.ts";
import type { Row } from "./row.ts";
import { findRepeats } from "./repeats.ts";
import { SIGNALS, type Weights } from "./signals.ts";
import { JUDGE } from "./weights.ts";

/** A draft's row, and its URI or path. */
export interface NamedRow {
  readonly uri: string;
  readonly row: Row;
}

/**
 * Whether anything two drafts share may be reported, judging by their rows and names alone (filter and refine). If not,
 * the judge reports no passage, and neither is a whole copy of the other. Symmetric.
 */
export function mayReport(one: NamedRow, other: NamedRow, options: PassageOptions): boolean {
  const [{ row: later }, { row: earlier }] = orderByName(one, other);
  const { minWords, sensitivity = "normal" } = options;
  const likely = likelyRepeats(findRepeats(later, earlier), later, earlier, minWords);
  if (likely.length === 0) return false;
  const matched = likely.reduce((sum, { repeat }) => sum + repeat.matched, 0);
  if (matched / Math.min(later.words.length, earlier.words.length) >= WHOLE) return true;
  const series = areInSeries(one.uri, other.uri);
  const weights = JUDGE.elsewhere;
  const [, , possible] = weights.steps[sensitivity];
  return withRowFacts(likely, later, earlier).some(({ repeat, changes, facts }) => {
    if ((facts.changed === 0 && facts.matched < minWords) || isPasted(facts)) return true;
    const known = { series, ...facts, ...locate(repeat, later, earlier) };
    return boundEdits(changes).some(
      (edits) => mostOdds(known, edits, weights) >= possible - ROUNDING,
    );
  });
}

/** What rows and names say about two copies in two drafts. */
export interface KnownFacts extends RowFacts, Places {
  readonly series: boolean;
}

/** The facts that rows and names do not give, except the edits. */
type Unknown = Omit<Facts, keyof KnownFacts | keyof EditBounds>;

/** Their minimum. Nothing is between two drafts, and no section is the same. */
const LEAST: Unknown = {
  sameSection: false,
  likeHeading: 0,
  markers: 0,
  between: 0,
  code: 0,
  items: false,
  nested: false,
  oneItem: false,
  callout: false,
  meant: false,
  expected: false,
  twins: false,
  doubtful: false,
  pasted: false,
};

/** Their maximum. */
const MOST: Unknown = {
  ...LEAST,
  likeHeading: 1,
  markers: 1,
  code: 1,
  items: true,
  nested: true,
  oneItem: true,
  callout: true,
  meant: true,
  expected: true,
  doubtful: true,
};

/** How much sums in another order may differ. */
const ROUNDING = 1e-6;

/**
 * The highest odds that a repeat with these facts can have, whatever the others are. Each signal rises or falls with
 * each fact, so its maximum is at one of the ends.
 */
export function mostOdds(
  known: KnownFacts,
  { slots, reworded }: EditBounds,
  { bias, weights }: Weights,
): number {
  const least: Facts = { slots: slots[0], reworded, ...known, ...LEAST };
  const most: Facts = { slots: slots[1], reworded, ...known, ...MOST };
  let odds = bias;
  for (const { name, value } of SIGNALS) {
    const weight = weights[name] ?? 0;
    if (weight !== 0) odds += Math.max(weight * value(least), weight * value(most));
  }
  return odds;
}
