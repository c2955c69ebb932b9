import { lowerText, TokenKind, type Tokens } from "../language/tokens.ts";
import { isAnyOf, SMALL_WORD, wordClasses } from "../language/word-classes.ts";
import { EDGES, Facet, FACETS, Flag } from "./vocabulary.ts";

/** Whether two words are different small ones of a class, seldom next to each other in a sentence: “within in”. */
export function clash(tokens: Tokens, one: number, other: number): boolean {
  if (tokens.kinds[one] !== TokenKind.word || tokens.kinds[other] !== TokenKind.word) return false;
  const [left, right] = [lowerText(tokens, one), lowerText(tokens, other)];
  return left !== right && isAnyOf(right, wordClasses(left) & SMALL_WORD);
}

/** Whether a word and an earlier one are hardly ever both right: “a the”, “will can”, “had just had”. */
export function isImpossible(tokens: Tokens, facets: Int32Array, at: number): boolean {
  const { words, count } = tokens;
  const flags = at > 0 && at < count ? wordFlags(facets, words[at]) & EITHER : 0;
  if (flags === 0) return false;
  if ((flags & wordFlags(facets, words[at - 1])) !== 0)
    return flags === Flag.heads ? words[at] !== words[at - 1] : !areHelpers(tokens, at);
  return (
    flags === Flag.helps &&
    at > 1 &&
    words[at] === words[at - 2] &&
    /(?:ly|^be|^also|^just|^never|^always|^only)$/.test(lowerText(tokens, at - 1))
  );
}

/** “may have”, “they do have”, “what they do is” */
function areHelpers(tokens: Tokens, at: number): boolean {
  const right = lowerText(tokens, at);
  if (/^(?:have|had|do)$/.test(right)) return true;
  return (
    /^(?:is|was|are|were)$/.test(right) &&
    /^(?:do|does|did|have|has|had)$/.test(lowerText(tokens, at - 1))
  );
}

const EITHER = Flag.heads | Flag.helps;

function wordFlags(facets: Int32Array, word: number | undefined): number {
  return facets[((word ?? 0) + EDGES) * FACETS + Facet.flags] ?? 0;
}

/**
 * Whether a preposition may be followed by nothing, or by another: “came up before in May”, “works like on a phone”.
 */
export function isAdverbial(lower: string): boolean {
  return ADVERBIAL.has(lower);
}

const ADVERBIAL: ReadonlySet<string> = new Set(
  (
    "before after since in on off over under through throughout across along around about inside outside below above " +
    "behind near beyond without like unlike as than except"
  ).split(" "),
);
