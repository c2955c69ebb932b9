import { atLeast, type Finding, type Odds } from "../draft/finding.ts";
import {
  MOST_RAISED,
  MOST_RAISED_HINT,
  PHRASE_ALONE,
  PHRASE_RAISED,
} from "../missing/sensitivity.ts";

/*
 * How the rest of a draft changes the odds of an uncertain finding. Losses come together, so certain losses raise the
 * odds of uncertain ones, and a published text, which has none, stays quiet.
 *
 * A draft is either damaged or whole, and each uncertain finding is a likelihood ratio between the two (Bayes). The
 * surest of the others is left out: it may be a single slip, or a sentence that is being typed. The numbers are the
 * best of a grid (`npm run eval -- holes`, one link lost in 150 words); neighbouring values do as well.
 */

/** A place with this score is about twice as likely in a damaged draft as in a whole one. */
const DOUBLING_SCORE = 3;
/** The most that one finding adds, however sure it is. */
const MOST_EVIDENCE = 3;
/** Log-odds that a draft is damaged before anything is known about it. */
const DAMAGED = -3;
/** Log-odds against damage per UTF-16 unit of prose: 0.002 a word. */
const PER_UNIT = 0.002 / 6;

/** The evidence that a draft is damaged: the sum, and the two largest shares. */
export interface Evidence {
  /** Log-odds. */
  readonly damage: number;
  readonly surest: number;
  readonly next: number;
}

/** The evidence of places with these scores, in this many UTF-16 units of prose. */
export function weighEvidence(scores: readonly number[], units: number): Evidence {
  return scores.reduce(withScore, { damage: DAMAGED - units * PER_UNIT, surest: 0, next: 0 });
}

/** The evidence with that of one more place. */
export function withScore({ damage, surest, next }: Evidence, score: number): Evidence {
  const share = evidenceShare(score);
  return {
    damage: damage + share,
    surest: Math.max(surest, share),
    next: Math.max(next, Math.min(surest, share)),
  };
}

/** The share of a finding with this score, in log-odds of damage, from 0 to `MOST_EVIDENCE`. */
function evidenceShare(score: number): number {
  return Math.min(MOST_EVIDENCE, Math.log1p(Math.exp(score - DOUBLING_SCORE)));
}

/** Lowers a finding's severity to what its odds allow, given the evidence; undefined if it is not reported. */
export function withSeverity(finding: Finding, evidence: Evidence): Finding | undefined {
  // Most findings have no odds.
  if (finding.odds === undefined) return finding;
  const { odds, ...rest } = finding;
  const [certain, likely, possible] = odds.steps;
  const { loud, hint } =
    odds.byItself === true ? { loud: odds.score, hint: odds.score } : withEvidence(evidence, odds);
  if (loud >= certain) return rest;
  const severity = loud >= likely ? "information" : "hint";
  if (severity === "hint" && hint < possible) return undefined;
  const graded: Finding = atLeast(severity, rest.severity) ? rest : { ...rest, severity };
  return severity === "hint" && odds.needsProof === true ? { ...graded, isUnproven: true } : graded;
}

/** The log-odds of a place in its draft, for reporting it loudly and as a hint: what is only possible is raised less. */
export function withEvidence(
  evidence: Evidence,
  { score, phrase = 0 }: Pick<Odds, "score" | "phrase">,
): { loud: number; hint: number } {
  const loud = score - PHRASE_ALONE * phrase + computeRaise(evidence, score, phrase);
  return { loud, hint: Math.min(loud, score + MOST_RAISED_HINT) };
}

/** What the other findings, except the surest, add to the log-odds of one with this score. */
export function computeRaise(
  { damage, surest, next }: Evidence,
  score: number,
  phrase = 0,
): number {
  const share = evidenceShare(score);
  const byOthers = damage - share - (share < surest ? surest : next);
  return Math.log1p(Math.expm1(MOST_RAISED + PHRASE_RAISED * phrase) / (1 + Math.exp(-byOthers)));
}
