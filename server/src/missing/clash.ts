import { lowerText, TokenKind, type Tokens } from "../language/tokens.ts";
import { isAnyOf, WordClass, wordClasses } from "../language/word-classes.ts";
import { EDGES, Facet, FACETS, Flag } from "./vocabulary.ts";

/** Whether two words are small ones of the same class, of which a sentence seldom has two in a row: “within in”. */
export function clash(tokens: Tokens, one: number, other: number): boolean {
  if (tokens.kinds[one] !== TokenKind.word || tokens.kinds[other] !== TokenKind.word) return false;
  return isAnyOf(lowerText(tokens, other), wordClasses(lowerText(tokens, one)) & CLASHING);
}

const CLASHING =
  WordClass.determiner |
  WordClass.preposition |
  WordClass.coordinator |
  WordClass.subordinator |
  WordClass.pronoun |
  WordClass.auxiliary |
  WordClass.wh;

/** Whether a word and one before it are hardly ever both right, whatever else stands there: “a the”, “will can”, “had just had”. */
export function isImpossible(tokens: Tokens, facets: Int32Array, at: number): boolean {
  const { words } = tokens;
  const flagsOf = (index: number): number =>
    facets[((words[index] ?? 0) + EDGES) * FACETS + Facet.flags] ?? 0;
  const flags = flagsOf(at) & (Flag.heads | Flag.helps);
  if (flags === 0 || at === 0) return false;
  if ((flags & flagsOf(at - 1)) !== 0)
    // “may have”, “they do have”
    return (flags & Flag.heads) !== 0 || !/^(?:have|do)$/.test(lowerText(tokens, at));
  if ((flags & Flag.heads) !== 0 || words[at] !== words[at - 2]) return false;
  // “may or may not”
  if (tokens.kinds[at - 1] !== TokenKind.word) return false;
  return !isAnyOf(lowerText(tokens, at - 1), WordClass.coordinator);
}

/** Whether a preposition needs nothing after it, or may take another: “came up before in May”, “works like on a phone”. */
export function isAdverbial(lower: string): boolean {
  return ADVERBIAL.has(lower);
}

const ADVERBIAL: ReadonlySet<string> = new Set(
  (
    "before after since in on off over under through throughout across along around about inside outside below above " +
    "behind near beyond without like unlike as than except"
  ).split(" "),
);
