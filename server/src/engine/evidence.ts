import { atLeast, type Finding } from "../draft/finding.ts";
import { MOST_RAISED, MOST_RAISED_HINT } from "../missing/sensitivity.ts";

/**
 * How the rest of a draft changes the odds of an uncertain finding. Losses come together: a program that drops
 * the text of a link drops it from each, and a draft that was cut once was cut again. So certain
 * losses in a draft raise the odds of its uncertain ones, and a published text, which has none, stays
 * quiet.
 *
 * A draft is either damaged or whole. Each uncertain finding is a likelihood ratio between the two; the
 * probability that the draft is damaged, by its *other* findings, raises the odds of this one (Bayes). The
 * surest of the others is left out: a single one may be a slip, or a sentence that is just being typed.
 * The numbers are the best of a grid, by what `npm run eval -- holes` finds in articles that had lost one link in
 * 150 words at the same number of alarms in whole ones; their neighbours do as well.
 */

/** A place with this score is about twice as likely in a damaged draft as in a whole one. */
const DOUBLING_SCORE = 3;
/** The most that one finding adds, however sure it is. */
const MOST_EVIDENCE = 3;
/** Log-odds that a draft is damaged before anything is known of it. */
const DAMAGED = -3;
/** Log-odds against damage per UTF-16 unit of prose: 0.002 a word. */
const PER_UNIT = 0.002 / 6;

/** The evidence of damage in a draft's uncertain findings: the sum, and the two largest shares. */
export interface Evidence {
  /** The log-odds that the draft is damaged, by all of them. */
  readonly damage: number;
  readonly surest: number;
  readonly next: number;
}

/** The evidence of places with these scores, in so many UTF-16 units of prose. */
export function evidenceOf(scores: readonly number[], units: number): Evidence {
  let damage = DAMAGED - units * PER_UNIT;
  let surest = 0;
  let next = 0;
  for (const score of scores) {
    const share = evidenceOfScore(score);
    damage += share;
    next = Math.max(next, Math.min(surest, share));
    surest = Math.max(surest, share);
  }
  return { damage, surest, next };
}

/** The share of a finding with this score, in log-odds of damage, from 0 to `MOST_EVIDENCE`. */
function evidenceOfScore(score: number): number {
  return Math.min(MOST_EVIDENCE, Math.log1p(Math.exp(score - DOUBLING_SCORE)));
}

/**
 * A finding with the severity that its odds allow in a draft with this evidence, at most its own; undefined where
 * it is not reported. One without odds stays as it is.
 */
export function withSeverity(finding: Finding, evidence: Evidence): Finding | undefined {
  // Most have none, and need no copy.
  if (finding.odds === undefined) return finding;
  const { odds, ...rest } = finding;
  const [certain, likely, possible] = odds.steps;
  const raise = raiseOf(evidence, odds.score);
  if (odds.score + raise >= certain) return rest;
  const severity = odds.score + raise >= likely ? "information" : "hint";
  if (severity === "hint" && odds.score + Math.min(raise, MOST_RAISED_HINT) < possible)
    return undefined;
  return atLeast(severity, rest.severity) ? rest : { ...rest, severity };
}

/** What the other findings, but the surest of them, add to the log-odds of one that is part of the evidence. */
export function raiseOf({ damage, surest, next }: Evidence, score: number): number {
  const own = evidenceOfScore(score);
  const byOthers = damage - own - (own < surest ? surest : next);
  return Math.log1p(Math.expm1(MOST_RAISED) / (1 + Math.exp(-byOthers)));
}
