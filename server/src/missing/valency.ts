import { TokenKind, lowerText, tokenText, type Tokens } from "../language/tokens.ts";
import { isAnyOf, WordClass } from "../language/word-classes.ts";
import { Form, Frame, verbBits } from "./verbs.ts";

/**
 * What the grammar of a verb adds to the score of a gap before token `at`, in log-odds: some words
 * say by themselves what must come next, however rare the words around them are.
 */
export function valencyAt(tokens: Tokens, at: number): number {
  if (tokens.kinds[at - 1] === TokenKind.closeQuote)
    return lacksSpeaker(tokens, at) ? MOST_ADDED : 0;
  const left = lowerText(tokens, at - 1);
  if (left === "to") return lacksInfinitive(tokens, at) ? 2.5 : 0;
  if (lowerText(tokens, at) !== "that") return 0;
  if (lacksTime(tokens, at, left)) return 2.5;
  return lacksHearer(tokens, at, left) ? 3.5 : 0;
}

/** No more than this is added to the score of the words themselves. */
const MOST_ADDED = 4;

/** "“We were never asked,” said on Tuesday": no one stands before the verb or after it. */
function lacksSpeaker(tokens: Tokens, at: number): boolean {
  const bits = verbBits(lowerText(tokens, at));
  if ((bits & Frame.speech) === 0 || (bits & (Form.past | Form.third)) === 0) return false;
  const next = lowerText(tokens, at + 1);
  return (
    /^(?:on|in|at|during|after|yesterday|today|last)$/.test(next) ||
    isAnyOf(next, WordClass.weekday)
  );
}

/** "A spokesman told that …": these verbs name who hears it, unless they are passive. */
function lacksHearer(tokens: Tokens, at: number, left: string): boolean {
  if (!/^(?:told|tells|informed|informs|assured|assures|notified|notifies)$/.test(left))
    return false;
  for (let back = at - 2; back >= 0 && back >= at - 5; back--) {
    const word = lowerText(tokens, back);
    if (
      /^(?:when|if|once|unless|as|after|be|been|being|was|were|is|are|am|get|gets|got|getting|those|people|and|or)$/.test(
        word,
      )
    )
      return false;
    if (/'(?:s|re|m)$/.test(word.replace("’", "'"))) return false;
  }
  return (
    isAnyOf(lowerText(tokens, at - 2), WordClass.pronoun) ||
    /^\p{L}/u.test(tokenText(tokens, at - 2))
  );
}

/** Words whose "to" leads to a verb, and never to a noun: attempt to DO, not attempt to THE. */
const INFINITIVE_ONLY =
  /^(?:attempt(?:s|ed|ing)?|tr(?:y|ies|ied|ying)|want(?:s|ed|ing)?|intend(?:s|ed|ing)?|decid(?:es?|ed|ing)|refus(?:es?|ed|ing)|fail(?:s|ed|ing)?|manag(?:es?|ed|ing)|tend(?:s|ed|ing)?|hop(?:es?|ed|ing)|afford(?:s|ed)?|hesitat(?:es?|ed|ing)|struggl(?:es?|ed|ing)|striv(?:es?|ing)|seek(?:s|ing)?|sought|plan(?:s|ned|ning)|aim(?:s|ed|ing)|opt(?:s|ed|ing)|wish(?:es|ed|ing)?|pretend(?:s|ed|ing)?|able|unable|eager|willing|unwilling|reluctant|likely|unlikely)$/;

/** "attempting to the country": what follows can't be an infinitive. */
function lacksInfinitive(tokens: Tokens, at: number): boolean {
  const verb = lowerText(tokens, at - 2);
  if (!INFINITIVE_ONLY.test(verb)) return false;
  if (/^attempts?$/.test(verb) && !actsAt(tokens, at - 3)) return false;
  const right = lowerText(tokens, at);
  if (tokens.kinds[at] !== TokenKind.word || verbBits(right) !== 0) return false;
  return (
    isAnyOf(right, WordClass.determiner | WordClass.possessive) ||
    /^(?:of|for|with|from|in|on|at)$/.test(right)
  );
}

/** "claimed on that the …": a clause follows its verb, or a time or a place that is named. */
function lacksTime(tokens: Tokens, at: number, left: string): boolean {
  if (!/^(?:on|at|by|during|from|in|to|of|with)$/.test(left)) return false;
  const bits = verbBits(lowerText(tokens, at - 2));
  if ((bits & Frame.that) === 0 || (bits & (Form.past | Form.third)) === 0) return false;
  const next = lowerText(tokens, at + 1);
  return isAnyOf(next, WordClass.determiner | WordClass.subjectPronoun | WordClass.possessive);
}

/** Whether a verb follows a token, and no noun: "they attempt", "will attempt"; not "a failed attempt", "write attempts". */
function actsAt(tokens: Tokens, at: number): boolean {
  const word = lowerText(tokens, at);
  return (
    isAnyOf(word, WordClass.subjectPronoun | WordClass.modal | WordClass.wh) ||
    /^(?:to|do|does|did|not|you|it|that|and)$/.test(word) ||
    /^\p{Lu}/u.test(tokenText(tokens, at))
  );
}
