import type { Finding } from "./finding.ts";
import { atLeast } from "./finding.ts";

/**
 * How far a rule that only guesses believes itself. What loses one word loses more: a program that drops
 * the text of a link drops it from each, and a draft that was cut once was cut again. So what a draft
 * shows for certain makes its doubtful places less doubtful, and a published text, in which nothing is
 * amiss, stays quiet.
 *
 * A draft is taken for damaged or for whole. Each doubtful place is a likelihood ratio between the two;
 * the chance that the draft is damaged, by all of its *other* places, raises the odds of this one
 * (Bayes). The numbers are the best of a grid, by what `npm run eval -- holes` finds in articles that had
 * lost one link in 150 words at the same number of alarms in whole ones; their neighbours do as well.
 */

/**
 * No place gains more than this by what the others show, in log-odds, and what is only possible gains less:
 * one that hardly looks amiss by itself is left alone in the worst of drafts.
 */
export const MOST_RAISED = 3;
export const MOST_RAISED_HINT = 1.5;

/** A place with this score is about twice as likely in a damaged draft as in a whole one. */
const TELLING = 3;
/** One place, however sure, is one place: a slip, or a sentence that is just being typed. */
const MOST_TELLING = 2.5;
/** Log-odds that a draft is damaged before anything is known of it. */
const DAMAGED = -4.5;
/** Each unit of prose in which nothing is lost speaks against damage: 0.001 a word. */
const PER_UNIT = 0.001 / 6;

/** What a place with this score says for damage, from 0 to `MOST_TELLING`. */
export function telling(score: number): number {
  return Math.min(MOST_TELLING, Math.log1p(Math.exp(score - TELLING)));
}

/** The log-odds that a draft is damaged, whose places say so much for it, in so many units of prose. */
export function damageOf(sum: number, units: number): number {
  return DAMAGED + sum - units * PER_UNIT;
}

/**
 * A finding as it is told in a draft of this damage: as loudly as its odds allow, the severity that it has
 * being the most; undefined where it is not told at all. One without odds is told as it is.
 */
export function told(finding: Finding, damage: number): Finding | undefined {
  const { odds, ...rest } = finding;
  if (odds === undefined) return finding;
  const [certain, likely, possible] = odds.steps;
  const raise = raiseOf(damage, odds.score);
  if (odds.score + raise >= certain) return rest;
  const severity = odds.score + raise >= likely ? "information" : "hint";
  if (severity === "hint" && odds.score + Math.min(raise, MOST_RAISED_HINT) < possible)
    return undefined;
  return atLeast(severity, rest.severity) ? rest : { ...rest, severity };
}

/** What a place gains in a draft of this damage, which it had a part in showing. */
export function raiseOf(damage: number, score: number): number {
  const byOthers = damage - telling(score);
  return Math.log1p(Math.expm1(MOST_RAISED) / (1 + Math.exp(-byOthers)));
}
