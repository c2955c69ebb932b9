import type { Block } from "../draft/draft.ts";
import { isWordlike, lowerText, TokenKind, type Tokens, tokenText } from "../language/tokens.ts";
import { clash } from "./clash.ts";
import { leftoverPenaltyAt } from "./penalties.ts";

/** A word that seems to be one too many, left by a rewrite: “had successfully had”, “within in”. */
export interface Leftover {
  /** Its token. */
  readonly at: number;
  /** Log-odds. */
  readonly score: number;
  /** The token of another word that may go instead: the same word again nearby, or the one it clashes with. */
  readonly other: number | undefined;
}

const NONE: readonly Leftover[] = [];

/**
 * The words of a block whose score is at least `lowest`, in order. `scores` are the net's for each token, and -Infinity
 * where it read nothing. Of words close to each other, the surest represents all.
 */
export function pickLeftovers(
  block: Block,
  tokens: Tokens,
  scores: Float32Array,
  lowest: number,
  isRatherLost: (at: number, score: number) => boolean,
): readonly Leftover[] {
  let leftovers: Leftover[] | undefined;
  for (let at = 0; at < tokens.count; at++) {
    // A neighbour adds no more than half the odds.
    if ((scores[at] ?? -Infinity) + Math.LN2 < lowest || !mayGo(tokens, at)) continue;
    const other = findOther(tokens, scores, at);
    const score = withNeighbour(tokens, scores, at) - leftoverPenaltyAt(block, tokens, at, other);
    if (score < lowest || isRatherLost(at, score) || isRatherLost(at + 1, score)) continue;
    leftovers ??= [];
    const previous = leftovers.at(-1);
    const isNear = previous !== undefined && at - previous.at <= NEAR;
    if (isNear && previous.score >= score) continue;
    const leftover = { ...articleThatGoes(tokens, at, other), score };
    leftovers.splice(leftovers.length - (isNear ? 1 : 0), isNear ? 1 : 0, leftover);
  }
  return leftovers ?? NONE;
}

/** Two words this many tokens apart are one finding. */
const NEAR = 2;

/** Whether it is a word, and not one of two equal words in a row, which another rule reports. */
function mayGo(tokens: Tokens, at: number): boolean {
  if (tokens.kinds[at] !== TokenKind.word) return false;
  const word = lowerText(tokens, at);
  return word !== lowerText(tokens, at - 1) && word !== lowerText(tokens, at + 1);
}

/** The odds that it or the word beside it is too many: of two that clash, the net suspects each by half. */
function withNeighbour(tokens: Tokens, scores: Float32Array, at: number): number {
  const own = scores[at] ?? -Infinity;
  let beside = -Infinity;
  for (const index of [at - 1, at + 1])
    if (tokens.kinds[index] === TokenKind.word)
      beside = Math.max(beside, Math.min(own, scores[index] ?? -Infinity));
  return own + Math.log1p(Math.exp(beside - own));
}

/**
 * “A an apple”: the article that doesn’t fit the sound of the next word goes, and the other may not go instead. All
 * other words may.
 */
function articleThatGoes(
  tokens: Tokens,
  at: number,
  other: number | undefined,
): Pick<Leftover, "at" | "other"> {
  if (other === undefined || !isArticle(tokens, at) || !isArticle(tokens, other))
    return { at, other };
  const next = Math.max(at, other) + 1;
  if (lowerText(tokens, at) === lowerText(tokens, other) || !isWordlike(tokens.kinds[next]))
    return { at, other };
  const fits = fittingArticle(tokenText(tokens, next));
  if (fits === undefined) return { at, other };
  return { at: lowerText(tokens, at) === fits ? other : at, other: undefined };
}

function isArticle(tokens: Tokens, at: number): boolean {
  return /^an?$/.test(lowerText(tokens, at));
}

/** The article that a word takes by its sound; undefined if people differ, or its letters don’t say. */
function fittingArticle(word: string): "a" | "an" | undefined {
  const plain = word.normalize("NFD").replace(/\p{M}/gu, "");
  // “An FBI report”, but “a NATO report”; “an historic” is as good as “a historic”, and “an 1100-seat hall” as “a”.
  if (
    !/^(?:\d|[a-z](?![.'’]))/i.test(plain) ||
    /^(?:\p{Lu}{2}|[Hh](?:istor|erb|otel)|[Yy](?![aeiou\W])|1[18]\d\d(?!\d))/u.test(plain)
  )
    return undefined;
  return AS_VOWEL.test(plain) && !AS_CONSONANT.test(plain) ? "an" : "a";
}

/** One letter and a figure are said by their names: “an x-ray”, “an F1 race”, “an 8”, “an 18-year-old”, “an 11,000”. */
const AS_VOWEL =
  /^(?:[aeiou]|hour|heir|honest|honou?r|[fhlmnrsx](?![a-z])|8|1[18](?:,?\d{3})*(?!\d))/i;

/** What begins with a vowel and sounds as if it did not: “a one-off”, “a European”, “a user”, “a union”, “a U-turn”. */
const AS_CONSONANT =
  /^(?:on(?:ce|e)\b|eu|ewe|u(?![a-z])|u(?:nanim|ni(?![mnr]|d(?!i[mr]))|s[aeiu]|t[aeio]|r[aeio]|bi|k[er]|ga|vu|fo))/i;

/** How many tokens away the same word is searched. */
const REACH = 6;

function findOther(tokens: Tokens, scores: Float32Array, at: number): number | undefined {
  const beside = [at - 1, at + 1].filter((index) => clash(tokens, index, at));
  const odds = beside.map((index) => scores[index] ?? -Infinity);
  if (beside.length > 0) return beside[(odds[1] ?? -Infinity) > (odds[0] ?? -Infinity) ? 1 : 0];
  const word = lowerText(tokens, at);
  for (const step of [-1, 1])
    for (let index = at + step; Math.abs(index - at) <= REACH; index += step) {
      if (!isWordlike(tokens.kinds[index])) break;
      if (lowerText(tokens, index) === word) return index;
    }
  return undefined;
}
