import type { Finding } from "../draft/finding.ts";
import { atLeast } from "../draft/finding.ts";
import { MOST_RAISED, MOST_RAISED_HINT } from "../missing/sensitivity.ts";

/**
 * How far a rule that only guesses believes itself. What loses one word loses more: a program that drops
 * the text of a link drops it from each, and a draft that was cut once was cut again. So what a draft
 * shows for certain makes its doubtful places less doubtful, and a published text, in which nothing is
 * amiss, stays quiet.
 *
 * A draft is taken for damaged or for whole. Each doubtful place is a likelihood ratio between the two;
 * the chance that the draft is damaged, by its *other* places, raises the odds of this one (Bayes). The
 * surest of the others is left out: one place, however sure, is a slip, or a sentence that is just being
 * typed. The numbers are the best of a grid, by what `npm run eval -- holes` finds in articles that had
 * lost one link in 150 words at the same number of alarms in whole ones; their neighbours do as well.
 */

/** A place with this score is about twice as likely in a damaged draft as in a whole one. */
const TELLING = 3;
/** No place says more than this, however sure it is. */
const MOST_TELLING = 3;
/** Log-odds that a draft is damaged before anything is known of it. */
const DAMAGED = -3;
/** Each unit of prose in which nothing is lost speaks against damage: 0.002 a word. */
const PER_UNIT = 0.002 / 6;

/** What the doubtful places of a draft say for damage, together and the two that say most. */
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
    const says = evidenceOfScore(score);
    damage += says;
    next = Math.max(next, Math.min(surest, says));
    surest = Math.max(surest, says);
  }
  return { damage, surest, next };
}

/** What a place with this score says for damage, from 0 to `MOST_TELLING`. */
function evidenceOfScore(score: number): number {
  return Math.min(MOST_TELLING, Math.log1p(Math.exp(score - TELLING)));
}

/**
 * A finding as it is told in a draft with this evidence: as loudly as its odds allow, the severity that it has
 * being the most; undefined where it is not told at all. One without odds is told as it is.
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

/** What a place gains by the others, all but the surest of them; it had a part in the evidence. */
export function raiseOf({ damage, surest, next }: Evidence, score: number): number {
  const own = evidenceOfScore(score);
  const byOthers = damage - own - (own < surest ? surest : next);
  return Math.log1p(Math.expm1(MOST_RAISED) / (1 + Math.exp(-byOthers)));
}
