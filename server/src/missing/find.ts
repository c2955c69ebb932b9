/*
 * missing/: places where words seem to be lost, or one is left over, and how sure that is. A block's tokens in, gaps
 * and leftovers with log-odds out.
 *
 *   first look   a regression over hashed features of each boundary (`features.ts`, `vocabulary.ts`)
 *   reading      where it suspects a loss, a net reads the sentence (`reader/`), and both scores become one
 *   leftovers    words that the net finds to be one too many (`leftover.ts`)
 *   grammar      a few rules that decide on their own (`grammar.ts`)
 *   doubts       subtracted where English rightly leaves words out (`penalties.ts`, `doubts.ts`, `stranded.ts`)
 *
 * Evidence from the rest of a draft is added later (`engine/evidence.ts`). Sums are in one order or of whole numbers,
 * so every machine finds the same. The trained models are in `server/model`, with their model card.
 */
import { memoizeOn } from "../draft/incremental/memoize.ts";
import { perBlock } from "../draft/incremental/per-block.ts";
import type { Block } from "../draft/draft.ts";
import { wordSet } from "../text/word-set.ts";
import { HOLE_FIRST, MOST_RAISED_HINT } from "./sensitivity.ts";
import {
  isWordlike,
  lowerText,
  spaceBefore,
  TokenKind,
  getTokens,
  tokenText,
  type Tokens,
} from "../language/tokens.ts";
import { isAnyOf, WordClass } from "../language/word-classes.ts";
import { sourcePlaceAt } from "./attribution.ts";
import { penaltyAt, blockPenalty } from "./penalties.ts";
import {
  COARSE,
  coarseSums,
  FEATURES,
  fineSums,
  newPadded,
  pad,
  PADDING,
  featureSlot,
  type Padded,
} from "./features.ts";
import { grammarAt, type Grade } from "./grammar.ts";
import { pickLeftovers, type Leftover } from "./leftover.ts";
import type { GapModel } from "./model.ts";
import { Lost, type Reading } from "./reader/forward.ts";
import { readSuspicious } from "./reader/reader.ts";
import { Frame, verbBits } from "./verbs.ts";
import { edgeKind, EDGES, getFacets, Flag } from "./vocabulary.ts";

/** A place where words seem to be missing. */
export interface Gap {
  /** The token before the gap, or -1. */
  readonly left: number;
  /** The token after it, or the number of tokens. `right - left` is more than 1 if two gaps are next to each other. */
  readonly right: number;
  /** Log-odds. */
  readonly score: number;
  readonly kind: "attribution" | "fragment";
  /** What is missing, if the net is sure: a `Lost`. */
  readonly lost: number;
  /** How likely it is a name or a phrase, from 0 to 1: see `Odds`. */
  readonly phrase: number;
}

/** What is wrong with the words of a block. */
interface Places {
  readonly gaps: readonly Gap[];
  readonly leftovers: readonly Leftover[];
}

const cachedPlaces = perBlock((): { model?: GapModel; places?: Places } => ({}));

/** The gaps in a block's prose that could be reported in some draft, in order; cached with the block. */
export function findGaps(block: Block, model: GapModel): readonly Gap[] {
  return findPlaces(block, model).gaps;
}

/** The same for words that are one too many. */
export function findLeftovers(block: Block, model: GapModel): readonly Leftover[] {
  return findPlaces(block, model).leftovers;
}

function findPlaces(block: Block, model: GapModel): Places {
  const cached = cachedPlaces(block);
  if (cached.places === undefined || cached.model !== model) {
    cached.model = model;
    cached.places = pick(block, getTokens(block), model);
  }
  return cached.places;
}

const NONE: Places = { gaps: [], leftovers: [] };

/**
 * The lowest score of a gap that can be reported, including everything the rest of a draft can add to it. Below 0 are the
 * many places that the net has not read.
 */
function lowestReportable({ thresholds: { normal, eager } }: GapModel): number {
  return Math.min(eager[2], Math.max(0, normal[2] - MOST_RAISED_HINT));
}

function pick(block: Block, tokens: Tokens, model: GapModel): Places {
  const { count } = tokens;
  if (count < 3) return NONE;
  const scores = scoreAll(tokens, model);
  const { ids } = getMemory(model).padded;
  const edges = {
    start: edgeKind(ids[PADDING - 1] ?? 0),
    end: edgeKind(ids[count + PADDING] ?? 0),
  };
  const facets = getFacets(model.vocabulary, tokens.lexicon);
  const penalties: number[] = [];
  const getPenalty = (at: number): number => (penalties[at] ??= penaltyAt(block, tokens, at));
  const doubtAt = (at: number): number => blockPenalty(block) + PENALTIES * getPenalty(at);
  const reading =
    model.reader && readSuspicious(model.reader, tokens, facets, edges, scores, doubtAt);
  const { normal, eager } = model.leftover;
  const lowest = Math.min(normal[2], eager[2]);
  // Without its preposition a hole looks clean, so a doubt of the hole makes no word beside it one too many.
  const surplus = normal[1] + HOLE_FIRST - model.thresholds.normal[1];
  const isRatherLost = (at: number, score: number): boolean => {
    const left = lowerText(tokens, at - 1);
    const hole = scores[at] ?? 0;
    // “Some the houses” lost its “of”: there any doubt of the hole is enough.
    if (AMOUNTS.has(left) && DEFINITE.has(lowerText(tokens, at))) return hole > 0;
    return hole + surplus > score && isAnyOf(left, WordClass.preposition);
  };
  const leftovers = reading && pickLeftovers(block, tokens, reading.leftover, lowest, isRatherLost);
  const gaps = pickGaps(block, tokens, scores, reading, model, getPenalty);
  return gaps === undefined && leftovers === undefined
    ? NONE
    : { gaps: gaps ?? NONE.gaps, leftovers: leftovers ?? NONE.leftovers };
}

const AMOUNTS = wordSet("some each many most several few none any either neither one");
const DEFINITE = wordSet("the this that these those my your his her its our their");

function pickGaps(
  block: Block,
  tokens: Tokens,
  scores: Float32Array,
  reading: Reading | undefined,
  model: GapModel,
  getPenalty: (at: number) => number,
): readonly Gap[] | undefined {
  const { count } = tokens;
  const lowest = lowestReportable(model);
  const { flags } = getMemory(model).padded;
  const penalty = blockPenalty(block);
  let gaps: Gap[] | undefined;
  for (let at = 0; at <= count; at++) {
    const raw = scores[at] ?? 0;
    const left = flags[at + PADDING - 1] ?? 0;
    const mayApply = (left & Flag.leads) !== 0;
    const least = mayApply ? leastForGrade(grammarAt(tokens, at), model) : -Infinity;
    if (Math.max(raw + FOR_SOURCE, least) - penalty < lowest) continue;
    const lacksSource = sourcePlaceAt(tokens, at) !== undefined;
    const own = lacksSource ? raw + FOR_SOURCE : raw;
    // Doubts are looked up last, because that costs a hundred patterns.
    if (Math.max(own, least) - penalty < lowest) continue;
    const doubted = own > least ? own - PENALTIES * getPenalty(at) : own;
    const score = Math.max(doubted, least) - penalty;
    if (score < lowest) continue;
    const gap: Gap = {
      left: lacksBothSides(tokens, at) ? at - 2 : at - 1,
      right: at,
      score,
      kind: lacksSource ? "attribution" : "fragment",
      lost: reading?.lost[at] ?? Lost.something,
      phrase: doubted < least ? 0 : (reading?.phrase[at] ?? 0),
    };
    gaps ??= [];
    const before = gaps.at(-1);
    if (before === undefined || at - before.right > 2) {
      gaps.push(gap);
      continue;
    }
    // The model often suspects both sides of a word. Two gaps so close are one finding.
    const likely = model.thresholds.normal[1];
    const joins =
      at - before.right === 1 &&
      lacksTwo(tokens, before.right) &&
      Math.min(before.score, score) >= likely;
    const best = before.score >= score ? before : gap;
    gaps[gaps.length - 1] = joins
      ? {
          left: before.left,
          right: gap.right,
          score: best.score,
          kind: before.kind === "attribution" ? before.kind : gap.kind,
          lost: Lost.something,
          phrase: best.phrase,
        }
      : best;
  }
  return gaps;
}

/** Where the surrounding words lead to a source, a gap is likelier than the model knows, which sees few words. */
const FOR_SOURCE = 0.8;

/** The net is surer than the penalties were made for, and sees none of what they see. */
const PENALTIES = 1.8;

/** The minimum score of a gap of which grammar is so sure. */
function leastForGrade(grade: Grade | undefined, { thresholds: { normal } }: GapModel): number {
  if (grade === undefined) return -Infinity;
  return grade === "certain" ? normal[0] + 0.1 : normal[1] + 0.3;
}

/** "such as and , ", "asked and ": a conjunction that has lost what it joins on both sides. */
function lacksBothSides(tokens: Tokens, at: number): boolean {
  const { kinds } = tokens;
  if (isWordlike(kinds[at]) || kinds[at - 1] !== TokenKind.word) return false;
  if (!isAnyOf(tokenText(tokens, at - 1), WordClass.coordinator)) return false;
  const before = lowerText(tokens, at - 2);
  if (kinds[at - 2] !== TokenKind.word || PARTICLES.test(before)) return false;
  return isAnyOf(before, LEADS) || (verbBits(before) & Frame.person) !== 0;
}

/** After these, and after verbs that take a person, comes what a conjunction would join. */
const LEADS = WordClass.determiner | WordClass.preposition | WordClass.auxiliary;

/** Whether something may be lost on both sides of a token: “, said , who” has lost one name, before it or after it. */
function lacksTwo(tokens: Tokens, at: number): boolean {
  const joins = WordClass.coordinator | WordClass.preposition;
  return tokens.kinds[at] !== TokenKind.word || isAnyOf(lowerText(tokens, at), joins);
}

/** Prepositions that end a phrase as well: "in and out", "on and off". */
const PARTICLES =
  /^(?:in|out|up|down|on|off|over|before|after|under|around|along|through|that|this|these|those|all|both)$/;

/** A model's working memory, reused from paragraph to paragraph: `padded` is the last one scored. */
interface Memory {
  padded: Padded;
  scores: Float32Array;
  readonly sums: Int32Array;
}

const getMemory = memoizeOn<GapModel>()((): Memory => ({
  padded: newPadded(1024),
  scores: new Float32Array(1024),
  sums: new Int32Array(FEATURES),
}));

/**
 * The log-odds of a gap before each token and at the end; all -Infinity if it is not prose, so that only a grammar rule
 * can find one. The next call reuses the array.
 */
export function scoreAll(tokens: Tokens, model: GapModel): Float32Array {
  const { count, words, lexicon } = tokens;
  const { vocabulary, codes, levels } = model;
  const facets = getFacets(vocabulary, lexicon);
  const memory = getMemory(model);
  const size = count + 2 * PADDING + 1;
  if (memory.scores.length < size) {
    memory.padded = newPadded(2 * size);
    memory.scores = new Float32Array(2 * size);
  }
  const { padded, scores, sums } = memory;
  const { ids, spaces, verbs } = padded;
  for (let at = 0; at < count; at++) {
    ids[at + PADDING] = (words[at] ?? 0) + EDGES;
    spaces[at + PADDING] = spaceBefore(tokens, at) ? 1 : 0;
  }
  pad(padded, facets, count);
  const shift = 32 - model.bits;
  let suspicious = 0;
  for (let at = 0; at <= count; at++) {
    let score = BIAS;
    coarseSums(facets, ids, spaces, at, verbs, sums);
    // Two loops, because the codes are beyond the near caches, and this way more of them are fetched at once.
    for (let index = 0; index < COARSE; index++)
      sums[index] = featureSlot(index, sums[index] ?? 0, shift);
    for (let index = 0; index < COARSE; index++) score += levels[codes[sums[index] ?? 0] ?? 0] ?? 0;
    if (score > COARSE_THRESHOLD) {
      fineSums(facets, ids, at, verbs, sums);
      for (let index = COARSE; index < FEATURES; index++)
        score += levels[codes[featureSlot(index, sums[index] ?? 0, shift)] ?? 0] ?? 0;
      if (score > SUSPICIOUS) {
        suspicious++;
        if (suspicious >= MANY && suspicious * MOST_SUSPICIOUS > at) {
          return scores.fill(-Infinity, 0, count + 1);
        }
      }
    }
    scores[at] = score;
  }
  return scores;
}

/**
 * A boundary whose coarse features score no higher than this is not a gap: 93 of 100 boundaries. That loses 1 in 500 of
 * the gaps that would be reported, as measured.
 */
export const COARSE_THRESHOLD = -2.75;

/** A higher score is suspicious: 1 boundary in 100. */
const SUSPICIOUS = -1;

/**
 * If this many boundaries of a paragraph are suspicious, and more than one in four, it is not prose with lost words but
 * a row of marks or figures. There is none in 2.9 million words of articles and pages, some with names removed.
 */
const MANY = 64;
const MOST_SUSPICIOUS = 4;

/** The score that every boundary starts with: gaps are rare. */
export const BIAS = -4;

/** Whether a token is a word that can't come before a full stop or a comma unless it has lost what it leads to. */
export function isStranded(tokens: Tokens, index: number, lower: string): boolean {
  return (
    isWordlike(tokens.kinds[index]) &&
    isAnyOf(
      lower,
      WordClass.determiner | WordClass.preposition | WordClass.coordinator | WordClass.possessive,
    )
  );
}
