import { lowerText, spaceBefore, TokenKind, tokenText, type Tokens } from "../language/tokens.ts";
import { isAnyOf, wordClasses, WordClass } from "../language/word-classes.ts";
import { isClosingMark, isStop } from "./marks.ts";
import { Form, Frame, verbBits } from "./verbs.ts";

/** Clauses are searched no further than this. */
const REACH = 14;

/** A word that may be the base form of a verb. */
function isPlainVerb(word: string): boolean {
  const bits = verbBits(word);
  if (bits !== 0) return (bits & Form.base) !== 0;
  return wordClasses(word) === 0 && /^[a-z]{3,}$/.test(word) && !/(?:ed|s|ing|ly)$/.test(word);
}

/**
 * How much less likely a gap before token `at` is, in log-odds, because the object of the preposition there comes
 * before it: "which he has been a part of for years", "the statement it signed on to in May", "an interval to divide
 * by".
 */
export function strandedAt(tokens: Tokens, at: number): number {
  const left = lowerText(tokens, at - 1);
  if (!isAnyOf(left, WordClass.preposition) && !/^(?:out|up|down|back|away)$/.test(left)) return 0;
  const { kinds } = tokens;
  const right = lowerText(tokens, at);
  const closes = isClosingMark(kinds[at]) || kinds[at] === TokenKind.closeBracket;
  // “the mode it is used in (for instance, …”: not “reported on (See …”.
  const isAside = kinds[at] === TokenKind.openBracket && /^\p{Ll}/u.test(tokenText(tokens, at + 1));
  const ends = at === tokens.count || isAside || (closes && !spaceBefore(tokens, at));
  if (!ends && !AFTER_STRANDED.has(right)) return 0;
  if (isPassive(tokens, at) && (!ends || isPhrasal(tokens, at))) return 2;
  let hasVerb = false;
  for (let back = at - 2; back > 0 && back > at - REACH; back--) {
    const kind = kinds[back] ?? 0;
    const word = lowerText(tokens, back);
    if (isStop(kind) || ASIDE.has(kind)) return 0;
    if (isAnyOf(word, WordClass.coordinator) && !ends) return 0;
    if (opensRelative(tokens, back)) return hasVerb ? (ends ? 2 : 3.6) : 0;
    if (ends && isInfinitiveOfNoun(tokens, back, at)) return 2;
    hasVerb ||= isVerbLike(word, ends);
  }
  return 0;
}

/** What parts a noun from the words that are about it. */
const ASIDE: ReadonlySet<number> = new Set([
  TokenKind.comma,
  TokenKind.dash,
  TokenKind.openBracket,
]);

/** A word that may be the verb of a clause; `guesses`: unknown words in “-s” count, too. */
function isVerbLike(word: string, guesses: boolean): boolean {
  return (
    isAnyOf(word, WordClass.auxiliary | WordClass.modal) ||
    (verbBits(word) & (Form.past | Form.third | Form.base)) !== 0 ||
    /^[a-z]{2,}ed$/.test(word) ||
    (guesses && /^[a-z]{2,}[^us]s$/.test(word))
  );
}

/** "taken care of by the city", "the bill was voted on in May": the object of the preposition is the subject. */
export function isPassive(tokens: Tokens, at: number): boolean {
  const pair = `${lowerText(tokens, at - 2)} ${lowerText(tokens, at - 1)}`;
  const isKnown = PASSIVE.test(pair) || isPhrasal(tokens, at);
  if (!isKnown && lowerText(tokens, at) !== "by") return false;
  // "published on by the ministry": what was published is the subject, so a day is missing.
  if (!isKnown && (verbBits(lowerText(tokens, at - 2)) & Frame.object) !== 0) return false;
  for (let back = at - 2; back > at - (isKnown ? 12 : 7) && back >= 0; back--) {
    if (isStop(tokens.kinds[back] ?? 0)) return false;
    const word = lowerText(tokens, back);
    if (/^(?:be|been|being|is|are|was|were|get|gets|got)$/.test(word)) return true;
    // "the data is fixed, added to on a regular basis"
    if (isKnown && tokens.kinds[back] === TokenKind.comma && back === at - 3) return true;
  }
  return false;
}

/** "switched away from", "signed up for": a verb with a particle and a preposition. */
function isPhrasal(tokens: Tokens, at: number): boolean {
  return (
    /^(?:away|out|up|back|down|in)$/.test(lowerText(tokens, at - 2)) &&
    /^(?:from|of|to|for|with|on)$/.test(lowerText(tokens, at - 1)) &&
    /..ed$/.test(lowerText(tokens, at - 3))
  );
}

const PASSIVE =
  /^(?:(?:approved|spoken|thought|heard|disposed|conceived) of|(?:dealt|tampered|interfered|experimented|complied) with|(?:looked|laughed|shouted|hinted|stared|poked) at|(?:looked|dug) (?:after|into|for|upon)|(?:built|checked|compiled|linked|matched) against|(?:voted|relied|acted|agreed|decided|worked|built|commented|operated|reported|counted|depended|improved|expanded|elaborated|focused|insisted|touched|signed) (?:on|upon)|(?:paid|cared|called|accounted|asked|applied|provided|hoped|argued|searched|wished) for|(?:referred|responded|attended|listened|objected|added|adhered|agreed|alluded|appealed|subscribed|catered) to|(?:talked|written|read|thought|asked|cared|complained|known) about)$/;

const AFTER_STRANDED = new Set(
  "for in on at by from during since with after before until is are was were will would can".split(
    " ",
  ),
);

/** Whether a clause about the noun before it begins at a token: "benchmarks we", "the statement the bank". */
function opensRelative(tokens: Tokens, at: number): boolean {
  const word = lowerText(tokens, at);
  if (/^(?:which|whom)$/.test(word) && tokens.kinds[at - 1] === TokenKind.comma) return true;
  if (!isNounAt(tokens, at - 1)) return false;
  if (/^(?:(?:i|you|he|she|we|they|it)(?:'(?:m|re|s|ve|d|ll))?|which|whom|that)$/.test(word))
    // "I am sure she": no noun comes before it.
    return !isAnyOf(lowerText(tokens, at - 2), WordClass.auxiliary | WordClass.adverb);
  const isName =
    tokens.kinds[at] === TokenKind.word &&
    tokenText(tokens, at) !== word &&
    (verbBits(lowerText(tokens, at + 1)) & Form.third) !== 0;
  if (!isName && !/^(?:the|a|an|my|your|his|her|our|their|most|many|some)$/.test(word))
    return false;
  // “Path the files are stored at”: a label needs no determiner.
  if (at === 1) return !/day$|^(?:tomorrow|tonight)$/.test(lowerText(tokens, 0));
  if (tokenText(tokens, at - 1) !== lowerText(tokens, at - 1)) return false;
  for (let back = at - 2; back >= 0 && back > at - 5; back--) {
    const before = lowerText(tokens, back);
    if (isAnyOf(before, WordClass.determiner)) return true;
    if (wordClasses(before) !== 0 || verbBits(before) !== 0) return false;
  }
  return false;
}

/** A word that may be a noun and is hardly a verb in this place. */
function isNounAt(tokens: Tokens, at: number): boolean {
  if (tokens.kinds[at] !== TokenKind.word) return false;
  const word = lowerText(tokens, at);
  if (wordClasses(word) !== 0 || /(?:ed|ing|ly)$|^(?:sure|certain|glad|happy|so)$/.test(word))
    return false;
  return (verbBits(word) & (Form.past | Form.participle | Form.base | Form.third)) === 0;
}

/** "an interval to divide by": a noun with a determiner, and what is done with it. */
function isInfinitiveOfNoun(tokens: Tokens, to: number, at: number): boolean {
  if (lowerText(tokens, to) !== "to" || to >= at - 1) return false;
  if (!isNounAt(tokens, to - 1) || !isPlainVerb(lowerText(tokens, to + 1))) return false;
  for (let back = to - 2; back >= 0 && back > to - 4; back--)
    if (isAnyOf(lowerText(tokens, back), WordClass.determiner)) return true;
  return false;
}
