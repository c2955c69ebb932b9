import type { Block } from "../core/draft.ts";
import type { Sensitivity } from "../core/rule.ts";
import { isWordlike, spaceBefore, TokenKind, tokensOf, type Tokens } from "../language/tokens.ts";
import { isAnyOf, WordClass } from "../language/words.ts";
import { namesSource } from "./attribution.ts";
import { countVerbs, FEATURES, features, PADDING } from "./features.ts";
import type { GapModel } from "./model.ts";
import { newWork, runNetwork, signsOf } from "./network.ts";
import { AFTER, BEFORE, edgesOf, idOf, makeRoom } from "./vocabulary.ts";

export type Certainty = "certain" | "likely" | "possible";

/** A place where words seem to be missing. */
export interface Gap {
  /** The token before the gap, or -1. */
  readonly left: number;
  /** The token after it, or the number of tokens. `right - left` is more than 1 where two gaps stand side by side. */
  readonly right: number;
  /** Log-odds. */
  readonly score: number;
  readonly kind: "attribution" | "fragment";
}

/** How sure the finder is of a gap; undefined where, at this sensitivity, it says nothing. */
export function certaintyOf(
  { score }: Gap,
  model: GapModel,
  sensitivity: Sensitivity,
): Certainty | undefined {
  const [certain, likely, possible] = model.thresholds[sensitivity];
  if (score >= certain) return "certain";
  if (score >= likely) return "likely";
  return score >= possible ? "possible" : undefined;
}

const found = new WeakMap<Block, { readonly model: GapModel; readonly gaps: readonly Gap[] }>();

/** The gaps in a block's prose that would be reported at the highest sensitivity, in order; kept with the block. */
export function findGaps(block: Block, model: GapModel): readonly Gap[] {
  const kept = found.get(block);
  if (kept?.model === model) return kept.gaps;
  const gaps = pick(block, tokensOf(block), model);
  found.set(block, { model, gaps });
  return gaps;
}

const NONE: readonly Gap[] = [];

function pick(block: Block, tokens: Tokens, model: GapModel): readonly Gap[] {
  const { count } = tokens;
  if (count < 3) return NONE;
  const lowest = model.thresholds.eager[2];
  const scores = scoresOf(tokens, model);
  const doubt = doubtOf(block);
  let gaps: Gap[] | undefined;
  for (let at = 0; at <= count; at++) {
    const raw = scores[at] ?? 0;
    if (raw < lowest) continue;
    const score = raw - doubt - doubtAt(tokens, at);
    if (score < lowest) continue;
    const gap: Gap = {
      left: at - 1,
      right: at,
      score,
      kind: namesSource(tokens, at) ? "attribution" : "fragment",
    };
    gaps ??= [];
    const before = gaps.at(-1);
    if (before === undefined || at - before.right > 2) {
      gaps.push(gap);
      continue;
    }
    // The model often doubts both sides of a word; two losses so near are one finding.
    const likely = model.thresholds.normal[1];
    const joins = at - before.right === 1 && Math.min(before.score, score) >= likely;
    const best = before.score >= score ? before : gap;
    gaps[gaps.length - 1] = joins
      ? {
          left: before.left,
          right: gap.right,
          score: best.score,
          kind: before.kind === "attribution" ? before.kind : gap.kind,
        }
      : best;
  }
  return gaps ?? NONE;
}

/** Headings, captions and table cells drop words on purpose. */
function doubtOf(block: Block): number {
  switch (block.kind) {
    case "heading":
      return 1.5;
    case "caption":
      return 1;
    case "cell":
    case "verse":
      return 2.5;
    default:
      return 0;
  }
}

/** What makes a gap less likely than the words beside it say. */
function doubtAt(tokens: Tokens, at: number): number {
  let doubt = 0;
  const { kinds } = tokens;
  const left = kinds[at - 1];
  const right = kinds[at];
  if (left === TokenKind.mask || right === TokenKind.mask) doubt += 0.7;
  if (left === TokenKind.code || right === TokenKind.code) doubt += 0.5;
  if (left === TokenKind.symbol || right === TokenKind.symbol) doubt += 1;
  if (right === TokenKind.closeQuote || (isMark(right) && kinds[at + 1] === TokenKind.closeQuote)) {
    // A few words in quotation marks are words spoken of: avoid “with respect to.”
    for (let back = at - 1; back >= 0 && back >= at - 5; back--)
      if (kinds[back] === TokenKind.openQuote) doubt += 3;
  }
  // "chain them with ? instead": a mark spoken of, not one that ends a sentence.
  if ((right === TokenKind.question || right === TokenKind.exclamation) && spaceBefore(tokens, at))
    doubt += 2;
  // Brackets that hug the word before them are a call, not a lost aside.
  if (left === TokenKind.openBracket && right === TokenKind.closeBracket)
    if (!spaceBefore(tokens, at - 1)) doubt += 3;
  return doubt;
}

function isMark(kind: number | undefined): boolean {
  return kind === TokenKind.comma || kind === TokenKind.period;
}

let ids = new Int32Array(1024);
let verbs = new Uint8Array(1024);
let scores = new Float32Array(1024);
const slots = new Int32Array(FEATURES);
const work = newWork();

/** The log-odds of a gap before each token and at the end. The array is reused by the next call. */
export function scoresOf(tokens: Tokens, model: GapModel): Float32Array {
  const { text, count, starts, ends, kinds } = tokens;
  const { vocabulary, codes, levels, network, gate, blend } = model;
  makeRoom(vocabulary);
  if (ids.length < count + 2 * PADDING + 1) {
    ids = new Int32Array(2 * (count + 2 * PADDING));
    verbs = new Uint8Array(ids.length);
    scores = new Float32Array(ids.length);
  }
  ids.fill(BEFORE, 0, PADDING);
  for (let at = 0; at < count; at++)
    ids[at + PADDING] = idOf(vocabulary, text.slice(starts[at], ends[at]), kinds[at] ?? 0);
  ids.fill(AFTER, count + PADDING, count + 2 * PADDING);
  const { facets } = vocabulary;
  const edges = edgesOf(facets, ids, PADDING, count);
  ids[PADDING - 1] = edges.before;
  ids[PADDING + count] = edges.after;
  countVerbs(facets, ids, count, verbs);
  const shift = 32 - model.bits;
  const [first, second, added] = blend;
  for (let at = 0; at <= count; at++) {
    const space = at < count && spaceBefore(tokens, at) ? 1 : 0;
    features(facets, ids, at, space, verbs[at] ?? 0, shift, slots);
    let score = BIAS;
    for (let index = 0; index < FEATURES; index++)
      score += levels[codes[slots[index] ?? 0] ?? 0] ?? 0;
    if (network !== undefined && score >= gate) {
      const next = at + 1 < count && spaceBefore(tokens, at + 1) ? 1 : 0;
      signsOf(space, next, verbs[at] ?? 0, work.signs);
      score = first * score + second * runNetwork(network, facets, ids, at, count, work) + added;
    }
    scores[at] = score;
  }
  return scores;
}

/** Where every score begins: gaps are rare. */
export const BIAS = -4;

/** Whether a token is a word that cannot stand before a full stop or a comma, having lost what it leads to. */
export function isStranded(tokens: Tokens, index: number, lower: string): boolean {
  return (
    isWordlike(tokens.kinds[index]) &&
    isAnyOf(
      lower,
      WordClass.determiner | WordClass.preposition | WordClass.coordinator | WordClass.possessive,
    )
  );
}
