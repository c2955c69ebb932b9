import type { Block, Draft } from "../draft/draft.ts";
import { changesOf, type Change } from "./changes.ts";
import { headingOver, isParallel } from "./parallel.ts";
import { findRuns, sentenceStarts, startsSentence, type Run } from "./runs.ts";
import { blockOfWord, sequenceOf, type Sequence } from "./sequence.ts";
import { SHINGLE } from "./words.ts";

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
    if (isTooShort(run, options)) continue;
    const facts = factsOf(run, later, earlier);
    if (isPassage(facts, options)) judged.push(facts);
  }
  const neighbours = new Neighbours(judged, later, earlier);
  // Interviews ask one person what they asked another.
  const asked = judged.reduce((sum, { questions }) => sum + questions, 0);
  return judged
    .filter(
      (facts) =>
        !(
          asked > 1 &&
          facts.questions > 0 &&
          (facts.questions > 1 || facts.apart > facts.matched)
        ) &&
        !isScattered(facts, neighbours, later) &&
        !isPattern(facts, neighbours) &&
        !isParallel(facts.run, facts.changes, facts.matched, isAdjacent(facts), later, earlier),
    )
    .map(({ run }) => run);
}

/** Whether a run is too short to be told whatever else is known of it; most runs are. */
function isTooShort(run: Run, options: PassageOptions): boolean {
  if (run.copies > 1) return false;
  let matched = 0;
  for (const piece of run.pieces) matched += piece.matched;
  return (
    matched < options.minWords * 0.75 ||
    Math.min(run.aEnd - run.aStart, run.bEnd - run.bStart) < options.minWords - 2
  );
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
  /** How many questions it is, each a block of its own; 0 if there is more to it. */
  readonly questions: number;
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
    questions: questionsIn(run, later),
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
  if (longest < options.minWords || isTooShort(run, options)) return false;
  if (!facts.sentences && matched < 2 * options.minWords) return false;
  const needed = whole
    ? 0.66 + 0.2 * Math.exp(-(matched - 9) / 12)
    : 0.68 + 0.28 * Math.exp(-(matched - 10) / 25);
  // Right after its like, a copy is more likely one.
  const near = isAdjacent(facts) ? 0.08 : 0;
  return matched >= (needed - near) * spanned;
}

/** Whether a copy stands right after its like. */
function isAdjacent(facts: Judged): boolean {
  return facts.whole && facts.apart <= 3;
}

/** How many questions, each a block of its own, a run is; 0 where the two share more than questions. */
function questionsIn(run: Run, sequence: Sequence): number {
  const questions = new Set<number>();
  for (const { anchors } of run.pieces) {
    for (const { a, length } of anchors) {
      if (length < SHINGLE) continue;
      const last = blockOfWord(sequence, a + length - 1);
      for (let block = blockOfWord(sequence, a); block <= last; block++) {
        if (!isQuestion(sequence.draft.blocks[block])) return 0;
        questions.add(block);
      }
    }
  }
  // Questions without answers between them are a list that was pasted.
  const isList = questions.size > 1 && run.matched >= 0.95 * (run.aEnd - run.aStart);
  return isList ? 0 : questions.size;
}

function isQuestion(block: Block | undefined): boolean {
  return (
    block !== undefined &&
    /\?["”’'*_)\s]*$/.test(block.prose.text.slice(-8)) &&
    sentenceStarts(block).length === 1
  );
}

/** Whether a run is one of several of the same frame that is filled in differently each time. */
function isPattern(facts: Judged, neighbours: Neighbours): boolean {
  if (facts.changes.length === 0 || facts.matched > 120) return false;
  return neighbours.of(facts).some((other) => other.changes.length > 0);
}

/** How many copies of a short passage under as many headings are meant. */
const MEANT = 3;
/** A passage of more words is not set under several headings. */
const LONG = 60;

/** Whether a short passage stands, word for word, under several headings: documentation says the same of each thing. */
function isScattered(facts: Judged, neighbours: Neighbours, sequence: Sequence): boolean {
  if (facts.changes.length > 0 || facts.matched > LONG || facts.apart === Infinity) return false;
  const places = new Set<number>();
  // Each copy is linked to the one before it, so the copies of a passage are a chain of runs.
  for (const { run, changes } of [facts, ...neighbours.of(facts)]) {
    if (changes.length > 0) continue;
    places.add(headingOver(sequence, run.aStart));
    places.add(headingOver(sequence, run.bStart));
  }
  return places.size >= MEANT;
}

/** Finds the runs that are about the same passage as a run, by the blocks that they touch. */
class Neighbours {
  readonly #later: Sequence;
  readonly #earlier: Sequence;
  readonly #byBlock = new Map<number, Judged[]>();

  constructor(all: readonly Judged[], later: Sequence, earlier: Sequence) {
    this.#later = later;
    this.#earlier = earlier;
    for (const facts of all) {
      this.#eachBlock(facts.run, (block) => {
        const held = this.#byBlock.get(block);
        if (held === undefined) this.#byBlock.set(block, [facts]);
        else if (held.length < MOST && held.at(-1) !== facts) held.push(facts);
      });
    }
  }

  of(facts: Judged): Judged[] {
    const found = new Set<Judged>();
    this.#eachBlock(facts.run, (block) => {
      for (const other of this.#byBlock.get(block) ?? []) {
        if (other !== facts && this.#isAbout(facts.run, other.run)) found.add(other);
      }
    });
    return [...found];
  }

  /** The blocks of both copies; of two drafts, those of the earlier. */
  #eachBlock({ aStart, aEnd, bStart, bEnd }: Run, visit: (block: number) => void): void {
    for (
      let block = blockOfWord(this.#earlier, bStart), last = blockOfWord(this.#earlier, bEnd - 1);
      block <= last;
      block++
    ) {
      visit(block);
    }
    if (this.#later !== this.#earlier) return;
    for (
      let block = blockOfWord(this.#later, aStart), last = blockOfWord(this.#later, aEnd - 1);
      block <= last;
      block++
    ) {
      visit(block);
    }
  }

  /** Whether two runs have a copy in common. */
  #isAbout(run: Run, other: Run): boolean {
    if (meets(run.bStart, run.bEnd, other.bStart, other.bEnd)) return true;
    return (
      this.#later === this.#earlier &&
      (meets(run.bStart, run.bEnd, other.aStart, other.aEnd) ||
        meets(run.aStart, run.aEnd, other.bStart, other.bEnd))
    );
  }
}

/** More runs than this about one block tell nothing new. */
const MOST = 12;

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
