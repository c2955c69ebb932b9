import {
  isWordlike,
  lowerText,
  spaceBefore,
  TokenKind,
  tokenText,
  type Tokens,
} from "../language/tokens.ts";
import { isAnyOf, wordClasses, WordClass } from "../language/word-classes.ts";
import { isStop } from "./marks.ts";
import { Form, verbBits } from "./verbs.ts";

/**
 * How much less likely a gap before token `at` is, in log-odds, by the way the sentence is set: marks around an
 * aside, a lead-in to a list, questions in a row, a speaker's stammer, a pair of comparatives. 0 elsewhere.
 */
export function phrasingAt(tokens: Tokens, at: number): number {
  return (
    leadsIn(tokens, at) +
    isAside(tokens, at) +
    asksOn(tokens, at) +
    stammers(tokens, at) +
    spokenOf(tokens, at) +
    compares(tokens, at) +
    ordersOrTells(tokens, at) +
    goesTo(tokens, at)
  );
}

/** "In this example, we:", "This allows agencies to;": the list below goes on. */
function leadsIn(tokens: Tokens, at: number): number {
  if (at !== tokens.count - 1 || spaceBefore(tokens, at) || !isWordlike(tokens.kinds[at - 1]))
    return 0;
  // "according to the:" has lost a name, whatever follows.
  if (isAnyOf(lowerText(tokens, at - 1), WordClass.determiner)) return 0;
  const kind = tokens.kinds[at];
  return kind === TokenKind.colon || kind === TokenKind.semicolon ? 2.5 : 0;
}

/** How many tokens an aside in brackets has at most. */
const ASIDE = 12;

/** "our (yet to be written) tests": the noun comes after the aside. An abbreviation in brackets is no aside. */
function isAside(tokens: Tokens, at: number): number {
  const { kinds } = tokens;
  if (kinds[at] !== TokenKind.openBracket || !spaceBefore(tokens, at)) return 0;
  // "by [RFC 3262]": what stands in square brackets is the reference, or an editor's word for what was there.
  if (tokenText(tokens, at) === "[") return isWordlike(kinds[at + 1]) ? 2 : 0;
  const left = lowerText(tokens, at - 1);
  if (!isAnyOf(left, WordClass.determiner | WordClass.possessive)) return 0;
  if (kinds[at + 1] !== TokenKind.word || tokenText(tokens, at + 1) !== lowerText(tokens, at + 1))
    return 0;
  let close = at + 1;
  while (close < at + ASIDE && kinds[close] !== TokenKind.closeBracket) close++;
  const next = lowerText(tokens, close + 1);
  if (kinds[close] !== TokenKind.closeBracket || kinds[close + 1] !== TokenKind.word) return 0;
  return wordClasses(next) === 0 && (verbBits(next) & (Form.past | Form.third)) === 0 ? 2.5 : 0;
}

/** "a new saddle? an odd post? a strange car?": questions in a row begin small. */
function asksOn(tokens: Tokens, at: number): number {
  const { kinds } = tokens;
  if (kinds[at - 1] !== TokenKind.question || kinds[at] !== TokenKind.word) return 0;
  if (!/^\p{Ll}/u.test(tokenText(tokens, at))) return 0;
  for (let near = 2; near < 20; near++) {
    if (kinds[at - 1 - near] === TokenKind.question || kinds[at - 1 + near] === TokenKind.question)
      return 4.5;
  }
  return isAnyOf(lowerText(tokens, at), WordClass.auxiliary) ? 0 : 1.5;
}

/** "She said the, the definition is old": as it was spoken. */
function stammers(tokens: Tokens, at: number): number {
  if (tokens.kinds[at] !== TokenKind.comma || spaceBefore(tokens, at)) return 0;
  const left = lowerText(tokens, at - 1);
  if (left === "" || left !== lowerText(tokens, at + 1)) return 0;
  if (isAnyOf(left, WordClass.coordinator)) return 0;
  return isSpoken(tokens, at) ? 5 : 2;
}

/** How far around a place signs of speech are looked for. */
const NEARBY = 60;

/** Whether the words nearby are those of somebody who speaks: fillers, and other words said twice. */
function isSpoken(tokens: Tokens, at: number): boolean {
  for (let near = Math.max(0, at - NEARBY); near < at + NEARBY && near < tokens.count; near++) {
    const word = lowerText(tokens, near);
    if (/^(?:uh|um|erm?|hmm|yeah|gonna|wanna|okay)$/.test(word)) return true;
    const next = lowerText(tokens, near + 1);
    if ((word === "you" && next === "know") || (word === "i" && next === "mean")) return true;
    if (near === at || tokens.kinds[near] !== TokenKind.comma) continue;
    if (next !== "" && next === lowerText(tokens, near - 1)) return true;
  }
  return false;
}

/** Marks that are spoken of, or part of a name: the default is "", the sign "*", the drives C:, D: and E: */
function spokenOf(tokens: Tokens, at: number): number {
  const { kinds } = tokens;
  const quoted = (index: number): boolean =>
    kinds[index] === TokenKind.openQuote || kinds[index] === TokenKind.closeQuote;
  const isStraight = (index: number): boolean => tokenText(tokens, index) === '"';
  if (quoted(at - 1) && quoted(at) && isStraight(at) && isStraight(at - 1))
    return /^(?:is|as|are|string|value|default)$/.test(lowerText(tokens, at - 2)) ? 2.5 : 0;
  // "the drives HKLM:, HKCU: and Alias:": the colon is the name's.
  if (kinds[at - 1] === TokenKind.colon && kinds[at] === TokenKind.comma)
    return !spaceBefore(tokens, at) &&
      !spaceBefore(tokens, at - 1) &&
      kinds[at + 2] === kinds[at - 1]
      ? 2
      : 0;
  const isSign = (index: number): boolean => kinds[index] === TokenKind.symbol;
  if (isSign(at) && quoted(at - 1) && quoted(at + 1)) return 4;
  return isSign(at - 1) && quoted(at) && quoted(at - 2) ? 4 : 0;
}

const COMPARATIVE = /^(?:more|less|better|worse|fewer|further|[a-z]{2,}[^aeiou]ier|[a-z]{2,}er)$/;

/** "The more information the better" */
function compares(tokens: Tokens, at: number): number {
  if (lowerText(tokens, at) !== "the" || !COMPARATIVE.test(lowerText(tokens, at + 1))) return 0;
  for (let back = at - 2; back >= 0 && back > at - 14; back--) {
    if (isStop(tokens.kinds[back] ?? 0)) return 0;
    if (lowerText(tokens, back) === "the" && COMPARATIVE.test(lowerText(tokens, back + 1)))
      return 3;
  }
  return 0;
}

/** "Audit your books", "You unwrap it": a word that the lexicon of verbs lacks, where only a verb can stand. */
function ordersOrTells(tokens: Tokens, at: number): number {
  const { kinds } = tokens;
  const left = lowerText(tokens, at - 1);
  const right = lowerText(tokens, at);
  const opens = at === 1 || isStop(kinds[at - 2] ?? 0);
  if (opens && kinds[at - 1] === TokenKind.word && isAnyOf(right, WordClass.determiner))
    return wordClasses(left) === 0 && verbBits(left) === 0 && !/^please$|ly$/.test(left) ? 0.8 : 0;
  if (!/^(?:you|we|they|i)$/.test(left) || kinds[at] !== TokenKind.word) return 0;
  if (wordClasses(right) !== 0 || /(?:[^s]s|ly|ing|where)$/.test(right)) return 0;
  if (tokenText(tokens, at) !== right) return 0;
  const object = WordClass.determiner | WordClass.pronoun;
  return isAnyOf(lowerText(tokens, at + 1), object) ? 1.2 : 0;
}

/** "continue to the next step", "seek to the given offset": "to" is a direction. */
function goesTo(tokens: Tokens, at: number): number {
  if (lowerText(tokens, at - 1) !== "to") return 0;
  // "the page is compared to itself"
  if (/^(?:it|my|your|him|her|our|them)sel(?:f|ves)$/.test(lowerText(tokens, at))) return 1.5;
  if (!isAnyOf(lowerText(tokens, at), WordClass.determiner)) return 0;
  const before = lowerText(tokens, at - 2);
  if (/^seek(?:s|ing)?$/.test(before)) {
    if (isAnyOf(lowerText(tokens, at - 3), WordClass.determiner)) return 3;
    return PLACE.test(lowerText(tokens, at + 1)) ? 2 : 0;
  }
  if (
    !/^(?:continu|proceed|jump|skip|mov|return|scroll|switch|advanc)(?:es?|s|ed|ing|e)?$/.test(
      before,
    )
  )
    return 0;
  return PLACE.test(lowerText(tokens, at + 1)) ? 1.5 : 0;
}

const PLACE =
  /^(?:next|previous|last|first|following|end|top|bottom|beginning|start|second|third|final|specific|given|right|left|same|latest|point|position|offset|page|step|section|time|place|line)$/;
