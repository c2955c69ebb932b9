import { isAnyOf, WordClass } from "./word-classes.ts";

/**
 * Whether a phrase consists only of punctuation and small words, which are in every text: it would hide missing words
 * next to them. A doubled word, or a name such as “The Who”, is more than its words.
 */
export function isEmptyPhrase(phrase: string): boolean {
  const words = phrase.match(/[\p{L}\p{N}]+(?:['’][\p{L}\p{N}]+)*/gu) ?? [];
  const lower = words.map((word) => word.toLowerCase().replaceAll("’", "'"));
  if (lower.some((word) => !isAnyOf(word, SMALL))) return false;
  if (lower.some((word, at) => at > 0 && word === lower[at - 1])) return false;
  return !words.slice(1).some((word) => word !== "I" && /^\p{Lu}/u.test(word));
}

const SMALL =
  WordClass.determiner |
  WordClass.possessive |
  WordClass.preposition |
  WordClass.coordinator |
  WordClass.subordinator |
  WordClass.pronoun |
  WordClass.auxiliary |
  WordClass.modal |
  WordClass.wh |
  WordClass.negation |
  WordClass.adverb;
