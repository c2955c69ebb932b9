import type { Draft } from "../core/draft.ts";
import { changesOf, type Change } from "./changes.ts";
import { isParallel } from "./parallel.ts";
import { findRuns, sentenceStarts, type Run } from "./runs.ts";
import { blockOfWord, sequenceOf, type Sequence } from "./sequence.ts";

export interface PassageOptions {
  /** The fewest words that a passage must have. */
  readonly minWords: number;
}

/** The passages of a draft that stand in it once more further up, with the draft as the row of words they are counted in. */
export function repeatsWithin(
  draft: Draft,
  options: PassageOptions,
): { sequence: Sequence; runs: Run[] } {
  const sequence = sequenceOf(draft);
  return { sequence, runs: passages(findRuns(sequence, sequence), sequence, sequence, options) };
}

/** The runs that are long and alike enough to be told, and not alike on purpose. */
export function passages(
  runs: readonly Run[],
  later: Sequence,
  earlier: Sequence,
  options: PassageOptions,
): Run[] {
  const judged: Judged[] = [];
  for (const run of runs) {
    const facts = factsOf(run, later, earlier);
    if (isPassage(facts, options)) judged.push(facts);
  }
  return judged
    .filter(
      (facts) =>
        !isPattern(facts, judged) &&
        !isParallel(facts.run, facts.changes, facts.matched, later, earlier),
    )
    .map(({ run }) => run);
}

/** What is known of a run. */
export interface Judged {
  readonly run: Run;
  readonly changes: readonly Change[];
  /** Words in common, and words spanned by what is alike; paragraphs put in between do not count. */
  readonly matched: number;
  readonly spanned: number;
  /** The most words that it has in one paragraph. */
  readonly longest: number;
  /** Both copies begin and end where blocks do. */
  readonly whole: boolean;
  /** Both copies begin and end where sentences do. */
  readonly sentences: boolean;
  /** How many words stand between the two; infinite in two drafts. */
  readonly apart: number;
  /** It is one block that asks a question: interviews ask the same ones again. */
  readonly question: boolean;
}

/** For the judgement of a run, what is to be known of it. */
export function factsOf(run: Run, later: Sequence, earlier: Sequence): Judged {
  let matched = 0;
  let spanned = 0;
  let longest = 0;
  for (const piece of run.pieces) {
    matched += piece.matched;
    spanned += Math.max(piece.aEnd - piece.aStart, piece.bEnd - piece.bStart);
    longest = Math.max(longest, longestInBlock(piece.aStart, piece.aEnd, later));
  }
  if (run.copies === 1) {
    const { pieces } = run;
    const aFirst = pieces[0]?.aStart ?? run.aStart;
    const aLast = pieces.at(-1)?.aEnd ?? run.aEnd;
    const bFirst = Math.min(...pieces.map((piece) => piece.bStart));
    const bLast = Math.max(...pieces.map((piece) => piece.bEnd));
    spanned += Math.max(0, aFirst - run.aStart, bFirst - run.bStart);
    spanned += Math.max(0, run.aEnd - aLast, run.bEnd - bLast);
  }
  return {
    run,
    changes: changesOf(run),
    matched,
    spanned,
    longest,
    whole: isWhole(later, run.aStart, run.aEnd) && isWhole(earlier, run.bStart, run.bEnd),
    sentences:
      startsSentence(later, run.aStart) &&
      startsSentence(later, run.aEnd) &&
      startsSentence(earlier, run.bStart) &&
      startsSentence(earlier, run.bEnd),
    apart: later === earlier ? run.aStart - run.bEnd : Infinity,
    question: isQuestion(later, run.aStart, run.aEnd),
  };
}

function isWhole(sequence: Sequence, start: number, end: number): boolean {
  const { first } = sequence;
  return (
    start === first[blockOfWord(sequence, start)] &&
    end === first[blockOfWord(sequence, end - 1) + 1]
  );
}

export function isPassage(facts: Judged, options: PassageOptions): boolean {
  const { run, matched, spanned, longest, whole } = facts;
  if (run.copies > 1) {
    return run.aStart - run.bStart >= options.minWords && matched >= 0.95 * spanned;
  }
  if (longest < options.minWords || matched < options.minWords * 0.75) return false;
  if (Math.min(run.aEnd - run.aStart, run.bEnd - run.bStart) < options.minWords - 2) return false;
  if (!facts.sentences && matched < 2 * options.minWords) return false;
  if (facts.question && facts.apart > 2 * matched) return false;
  const needed = whole
    ? 0.66 + 0.2 * Math.exp(-(matched - 9) / 12)
    : 0.68 + 0.28 * Math.exp(-(matched - 10) / 25);
  // Right after its like, a copy is more likely one.
  const near = whole && facts.apart <= 3 ? 0.08 : 0;
  return matched >= (needed - near) * spanned;
}

function startsSentence(sequence: Sequence, word: number): boolean {
  if (word >= sequence.words.length) return true;
  const index = blockOfWord(sequence, word);
  const at = word - (sequence.first[index] ?? 0);
  return at === 0 || sentenceStarts(sequence.draft.blocks[index]).includes(at);
}

function isQuestion(sequence: Sequence, start: number, end: number): boolean {
  const index = blockOfWord(sequence, start);
  return (
    end <= (sequence.first[index + 1] ?? 0) &&
    /\?["”’'*_)\s]*$/.test(sequence.draft.blocks[index]?.source.slice(-8) ?? "")
  );
}

/** Whether a run is one of several of the same frame that is filled in differently each time. */
function isPattern(facts: Judged, all: readonly Judged[]): boolean {
  if (facts.changes.length === 0 || facts.matched > 120) return false;
  return all.some(
    (other) =>
      other !== facts &&
      other.changes.length > 0 &&
      (meets(facts.run.bStart, facts.run.bEnd, other.run.aStart, other.run.aEnd) ||
        meets(facts.run.aStart, facts.run.aEnd, other.run.bStart, other.run.bEnd) ||
        meets(facts.run.bStart, facts.run.bEnd, other.run.bStart, other.run.bEnd)),
  );
}

/** Whether two stretches share most of the shorter. */
function meets(aStart: number, aEnd: number, bStart: number, bEnd: number): boolean {
  const shared = Math.min(aEnd, bEnd) - Math.max(aStart, bStart);
  return shared > 0.5 * Math.min(aEnd - aStart, bEnd - bStart);
}

/** The most words that a stretch has in one paragraph. */
function longestInBlock(start: number, end: number, sequence: Sequence): number {
  let longest = 0;
  for (let index = blockOfWord(sequence, start); index < sequence.draft.blocks.length; index++) {
    const from = Math.max(start, sequence.first[index] ?? 0);
    if (from >= end) break;
    if (sequence.draft.blocks[index]?.kind !== "paragraph") continue;
    longest = Math.max(longest, Math.min(end, sequence.first[index + 1] ?? 0) - from);
  }
  return longest;
}
