/*
 * repeats/: repeated passages, in one draft or in two. Drafts in, reports with fixes out.
 *
 * A passage has one name at each stage, and a file for each:
 *
 *   word     a hash, without case, spacing, quotation marks or markup (`words.ts`); a `Row` has those of a draft
 *   seed     two places with the same shingle, four words in a row (`find-chains.ts`)
 *   match    equal words in two places, from a seed or in a gap (`align.ts`)
 *   chain    matches on nearby diagonals, with those in the gaps (`find-chains.ts`, `likely-chains.ts`)
 *   repeat   chains near each other (`groups.ts`), with ends at sentences or blocks (`repeats.ts`)
 *   passage  one copy of a repeat, as a span of its draft's text (`passage.ts`)
 *
 * `facts.ts` measures a repeat and its surroundings. From these `purpose.ts` tells why a passage is repeated, and
 * `signals.ts` names the evidence for or against an accident. This file adds it up to odds, which give the severity.
 * `weights.ts` is trained (server/model/judge.md).
 *
 * To compare drafts, each has fingerprints, a sample of its shingles (`fingerprints.ts`); `index.ts` names the drafts
 * that share some. Stored rows (`packed-row.ts`) are aligned without reading the drafts, and an upper bound of the
 * odds (`bound.ts`) settles most pairs. Only the drafts of the others are read again (`elsewhere.ts`). Their dates and
 * names say which is later (`pair-of-drafts.ts`). Nearly all words can be recovered from rows, so rows are as private
 * as the drafts.
 *
 * `restore.ts` takes lost words from a copy, and `put-back.ts` offers them only if the draft then reads as the copy
 * does. It runs when somebody opens the fixes, not at a keystroke.
 *
 * Scripts without spaces have a word per character or syllable. All work is linear in the words.
 */

import type { Draft } from "../draft/draft.ts";
import { reuseLast, memoizeOn } from "../draft/incremental/memoize.ts";
import type { Severity } from "../draft/finding.ts";
import type { Change } from "./changes.ts";
import { type Candidate, type Facts, withFacts } from "./facts.ts";
import { measure, type Measured } from "./row-facts.ts";
import type { DraftPair } from "./pair-of-drafts.ts";
import { findRepeats, type Repeat } from "./repeats.ts";
import type { Row } from "./row.ts";
import { getSequence, type Sequence } from "./sequence.ts";
import { type Judge, type Sensitivity, SIGNALS, type Weights } from "./signals.ts";
import { JUDGE } from "./weights.ts";

export interface PassageOptions {
  readonly minWords: number;
  readonly sensitivity?: Sensitivity | undefined;
}

/** A repeat, and its highest possible severity; undefined: not reported. */
export interface JudgedRepeat extends ReportedRepeat {
  /** Log-odds that it is an accident. */
  readonly odds: number;
  /** If it is reported in two drafts, then for its length alone, as it is the same word for word. */
  readonly isMerelyExact: boolean;
}

export interface ReportedRepeat extends Repeat {
  readonly severity: Severity | undefined;
  /** Where its copies differ; none if it occurs several times in a row. */
  readonly changes: readonly Change[];
}

/** The passages of a draft that it has once more further up, with the draft as the row of words they are counted in. */
export function repeatsWithin(
  draft: Draft,
  options: PassageOptions,
): { sequence: Sequence; repeats: JudgedRepeat[] } {
  const sequence = getSequence(draft);
  const repeats = judgeAll(candidatesWithin(sequence, options.minWords), "within", options);
  return { sequence, repeats: repeats.filter(({ severity }) => severity !== undefined) };
}

/** What may be repeated in a draft; computed once for all rules that ask for passages of this many words. */
export function candidatesWithin(sequence: Sequence, minWords: number): readonly Candidate[] {
  return lastCandidates(sequence)([minWords], () =>
    candidates(findRepeats(sequence, sequence), sequence, sequence, minWords),
  );
}

const lastCandidates = memoizeOn<Sequence>()(() => reuseLast<readonly Candidate[]>());

/** The repeats that are long and alike enough to be reported, each with the odds that it is an accident. */
export function judgeRepeats(
  repeats: readonly Repeat[],
  later: Sequence,
  earlier: Sequence,
  options: PassageOptions,
  drafts?: DraftPair,
): JudgedRepeat[] {
  const all = candidates(repeats, later, earlier, options.minWords, drafts);
  return judgeAll(all, later === earlier ? "within" : "elsewhere", options);
}

function judgeAll(
  all: readonly Candidate[],
  kind: keyof Judge,
  { minWords, sensitivity = "normal" }: PassageOptions,
): JudgedRepeat[] {
  const weights = JUDGE[kind];
  return all.map(({ facts, changes, repeat }): JudgedRepeat => {
    const odds = computeOdds(facts, weights);
    const severity = severityOf(facts, odds, { kind, minWords, sensitivity });
    const isMerelyExact = facts.changed === 0 && odds < weights.steps[sensitivity][2];
    return { odds, isMerelyExact, changes, ...repeat, severity };
  });
}

interface Scale extends Required<PassageOptions> {
  readonly kind: keyof Judge;
}

/** The severity of a repeat with these odds; undefined: not reported. */
function severityOf(facts: Facts, odds: number, scale: Scale): Severity | undefined {
  const { kind, minWords, sensitivity = "normal" } = scale;
  const isWithin = kind === "within";
  const isEager = sensitivity === "eager";
  const [certain, likely, possible] = JUDGE[kind].steps[sensitivity];
  if (facts.expected) return undefined;
  // A sentence of few words that occurs twice in a row may be intended.
  if (facts.changed === 0 && facts.matched < minWords) return "hint";
  const raised = isWithin && !isEager ? raiseFor(facts) : 0;
  const isUnderAnother = isWithin && !facts.sameSection && facts.apart > NEAR;
  const isNote = isUnderAnother && facts.changed === 0 && odds < NOTE;
  const isSure = isWithin ? isAlwaysReported(facts, isEager) : facts.pasted;
  if (facts.meant || isParallel(facts)) {
    const isLikely = isEager ? odds >= possible : !facts.meant && odds >= certain + raised;
    return isLikely || (isSure && !facts.meant) ? "hint" : undefined;
  }
  const isLoud = !isNote && odds >= likely + raised;
  if (isLoud) return odds >= certain + raised ? "warning" : "information";
  if (facts.twins) return "information";
  const isExtended = facts.whole && facts.replaced === 0 && facts.oneSided > 0 && facts.sameSection;
  const least = possible + (isExtended ? 0 : Math.min(raised, MOST_FOR_HINTS));
  const isPossible = odds >= (isUnderAnother && !isEager ? least + UNDER_ANOTHER : least);
  return isPossible || isSure ? "hint" : undefined;
}

/**
 * By how much the odds must be higher in a draft that says much else twice: an accident is no more frequent there, but
 * what follows a pattern is. Of few repeats, those within a section may all be accidents, and don't count against each
 * other.
 */
function raiseFor(facts: Facts): number {
  const { repeats, sameSection, repeatedBeside, scattered, apart, matched, changed } = facts;
  // What follows a pattern differs in more, or is further away.
  if (apart <= NEAR && matched >= LONG && changed <= matched * FEW_CHANGED) return 0;
  const share = sameSection && repeats <= MOST_BESIDES ? scattered : repeatedBeside;
  return Math.min(MOST_RAISED, Math.max(0, share - FEW_TWICE) * RAISED);
}

/** The share of its words that may differ in a paragraph said again. */
const FEW_CHANGED = 0.07;

/** Articles rarely say a larger share of their other phrases twice. */
const FEW_TWICE = 0.035;
/** In log-odds, for a share of 1. */
const RAISED = 49;
const MOST_RAISED = 2.35;
const MOST_FOR_HINTS = 1.25;

/**
 * Whether a short passage may follow a pattern: some of its words were replaced, such as “request” by “response”, and
 * none added.
 */
function isParallel({ doubtful, replaced, oneSided, spanned }: Facts): boolean {
  return doubtful || (replaced > 0 && oneSided === 0 && spanned <= PATTERN);
}

/** In words: a passage under another heading is never closer than its copy. */
const NEAR = 12;
/** For the same words under two headings, such as a note, more than a hint is reported from these odds on. */
const NOTE = 1;
/** Under two headings a passage becomes a hint at odds higher by this much. */
const UNDER_ANOTHER = 0.36;

/** A passage of more words is not rewritten after a pattern. */
const PATTERN = 25;

/** A draft with more repeats besides one has them on purpose. */
const MOST_BESIDES = 2;
/** In words: so long a passage is no formula. */
const LONG = 18;

/**
 * Whether it is reported whatever the odds: a section pasted twice, or a paragraph twice word for word in prose, if
 * hardly anything else is repeated there.
 */
function isAlwaysReported(facts: Facts, isEager: boolean): boolean {
  const { changed, whole, items, code, markers, callout, repeats, matched } = facts;
  const isProse = whole && !items && code === 0 && markers === 0 && !callout;
  const areFew = isEager || repeats <= MOST_BESIDES;
  const isTelling = isEager || matched >= LONG || raiseFor(facts) === 0;
  return facts.twins || (changed === 0 && isProse && areFew && isTelling);
}

/** The repeats that may be reported, with everything the judge knows about them. */
export function candidates(
  repeats: readonly Repeat[],
  later: Sequence,
  earlier: Sequence,
  minWords: number,
  drafts?: DraftPair,
): Candidate[] {
  return withFacts(likelyRepeats(repeats, later, earlier, minWords), later, earlier, drafts);
}

/** The repeats that are long and alike enough, measured. */
export function likelyRepeats(
  repeats: readonly Repeat[],
  later: Row,
  earlier: Row,
  minWords: number,
): Measured[] {
  return repeats.flatMap((repeat) => {
    if (isTooShort(repeat, minWords)) return [];
    const one = measure(repeat, later, earlier);
    return isPassage(one, minWords) ? [one] : [];
  });
}

/** With this much of it in another, a draft is a copy of that as a whole. */
export const WHOLE = 0.9;

/** For a sentence right after its copy, this share of `minWords` is enough for a hint. */
const IN_A_ROW = 2 / 3;
/** The minimum share of the words of a passage that its two copies have in common. */
const ALIKE = 0.62;

/** Whether a repeat is too short to be reported whatever else is known about it; most repeats are. */
function isTooShort(repeat: Repeat, minWords: number): boolean {
  return repeat.copies === 1 && !isLong(repeat, minWords) && !isBeside(repeat, minWords);
}

function isPassage(one: Measured, minWords: number): boolean {
  const { repeat, changes, spanned, longest, sentences } = one;
  const { matched } = repeat;
  if (repeat.copies > 1)
    return repeat.aStart - repeat.bStart >= minWords && matched >= 0.95 * spanned;
  // A sentence right after its word-for-word copy.
  if (sentences && changes.length === 0 && isBeside(repeat, minWords)) return true;
  return (
    isLong(repeat, minWords) &&
    longest >= minWords &&
    (sentences || matched >= 2 * minWords) &&
    matched >= ALIKE * spanned
  );
}

/** Whether both copies are long enough for a passage, and have enough in common. */
function isLong({ aStart, aEnd, bStart, bEnd, matched }: Repeat, minWords: number): boolean {
  return Math.min(aEnd - aStart, bEnd - bStart) >= minWords - 2 && matched >= minWords * 0.75;
}

/** Whether one copy is right after the other, and is long enough for that. */
function isBeside({ aStart, bEnd, matched }: Repeat, minWords: number): boolean {
  return aStart === bEnd && matched >= minWords * IN_A_ROW;
}

export function computeOdds(facts: Facts, { bias, weights }: Weights): number {
  let odds = bias;
  for (const { name, value } of SIGNALS) {
    const weight = weights[name] ?? 0;
    if (weight !== 0) odds += weight * value(facts);
  }
  return odds;
}
