import type { Facts } from "./facts.ts";
import {
  type EditLengths,
  editLengths,
  locate,
  type Places,
  type RowFacts,
  withRowFacts,
} from "./row-facts.ts";
import { likelyRepeats, type PassageOptions, WHOLE } from "./judge.ts";
import { areInSeries, orderByName } from "./pair-of-drafts.ts";
import type { Row } from "./row.ts";
import { findRepeats } from "./repeats.ts";
import { type Signal, SIGNALS, type Weights } from "./signals.ts";
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
    if (facts.changed === 0 && facts.matched < minWords) return true;
    const known = { ...facts, ...locate(repeat, later, earlier), series };
    return mostOdds(known, editLengths(changes), weights) >= possible - ROUNDING;
  });
}

/** What rows and names say about two copies in two drafts. */
export interface KnownFacts extends RowFacts, Places {
  readonly series: boolean;
}

/** Facts that still lack their edits. */
type OpenFacts = Facts & { slots: number; reworded: number };

/** The minimum of the other facts. Nothing is between two drafts, and no section is the same. */
const LEAST: Omit<OpenFacts, keyof KnownFacts> = {
  sameSection: false,
  likeHeading: 0,
  markers: 0,
  between: 0,
  slots: 0,
  reworded: 0,
  code: 0,
  items: false,
  nested: false,
  oneItem: false,
  callout: false,
  meant: false,
  expected: false,
  twins: false,
  doubtful: false,
};

/** Their maximum. */
const MOST: typeof LEAST = {
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
 * each fact, so its maximum is at one of the ends. How many of the short changes fill in a name is not known, so each
 * number is tried, since the others are rewordings.
 */
export function mostOdds(
  known: KnownFacts,
  { long, unequal, equal }: EditLengths,
  { bias, weights }: Weights,
): number {
  const least: OpenFacts = { ...known, ...LEAST };
  const most: OpenFacts = { ...known, ...MOST };
  let highest = -Infinity;
  for (let filledIn = 0; filledIn <= unequal; filledIn++) {
    least.reworded = most.reworded = long + unequal - filledIn;
    least.slots = filledIn;
    most.slots = filledIn + equal;
    highest = Math.max(highest, highestOf(OF_EDITS, weights, least, most));
  }
  return bias + highestOf(OTHERS, weights, least, most) + highest;
}

const OF_EDITS = SIGNALS.filter(({ ofEdits }) => ofEdits);
const OTHERS = SIGNALS.filter(({ ofEdits }) => !ofEdits);

function highestOf(
  signals: readonly Signal[],
  weights: Weights["weights"],
  least: Facts,
  most: Facts,
): number {
  let sum = 0;
  for (const { name, value } of signals) {
    const weight = weights[name] ?? 0;
    if (weight !== 0) sum += Math.max(weight * value(least), weight * value(most));
  }
  return sum;
}
