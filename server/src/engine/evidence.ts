import type { Block } from "../draft/draft.ts";
import { atLeast, type Finding, type Odds } from "../draft/finding.ts";
import { perBlock } from "../draft/incremental/per-block.ts";
import { getTokens, TokenKind } from "../language/tokens.ts";
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

/**
 * What each e-fold of signs takes from every place, in log-odds: where there are formulas, tables and programs among
 * the words, what looks like a loss seldom is one.
 */
const FOR_SIGNS = 0.3;
/** Less than one sign in this many tokens counts for nothing. */
const FEW_SIGNS = 1000;

/** How much text a draft has: prose in UTF-16 units, tokens, and those of them that are neither words nor marks. */
export interface Amount {
  readonly units: number;
  readonly tokens: number;
  readonly signs: number;
}

export function measure(blocks: readonly Block[]): Amount {
  let [units, tokens, signs] = [0, 0, 0];
  for (const block of blocks) {
    const own = measureBlock(block);
    units += own.units;
    tokens += own.tokens;
    signs += own.signs;
  }
  return { units, tokens, signs };
}

const measureBlock = perBlock((block): Amount => {
  const { kinds, count } = getTokens(block);
  let signs = 0;
  for (let at = 0; at < count; at++) if (kinds[at] === TokenKind.symbol) signs++;
  return { units: block.prose.text.length, tokens: count, signs };
});

/** The evidence that a draft is damaged: the sum, and the two largest shares. */
export interface Evidence {
  /** Log-odds. */
  readonly damage: number;
  readonly surest: number;
  readonly next: number;
  /** What its signs take from every place. */
  readonly doubt: number;
}

export const NO_EVIDENCE: Evidence = { damage: DAMAGED, surest: 0, next: 0, doubt: 0 };

/** The evidence of places with these scores, in this much text. */
export function weighEvidence(
  scores: readonly number[],
  { units, tokens, signs }: Amount,
): Evidence {
  return scores.reduce(withScore, {
    damage: DAMAGED - units * PER_UNIT,
    surest: 0,
    next: 0,
    doubt: FOR_SIGNS * Math.log1p((FEW_SIGNS * signs) / Math.max(1, tokens)),
  });
}

/** The evidence with that of one more place. */
export function withScore({ damage, surest, next, doubt }: Evidence, score: number): Evidence {
  const share = evidenceShare(score);
  return {
    damage: damage + share,
    surest: Math.max(surest, share),
    next: Math.max(next, Math.min(surest, share)),
    doubt,
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
  const inText = score - evidence.doubt;
  const loud = inText - PHRASE_ALONE * phrase + computeRaise(evidence, score, phrase);
  return { loud, hint: Math.min(loud, inText + MOST_RAISED_HINT) };
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
