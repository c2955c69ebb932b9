import { TokenKind, tokenText, type Tokens } from "../language/tokens.ts";
import { isAnyOf, WordClass } from "../language/words.ts";
import { Form, Frame, verbBits } from "./verbs.ts";

/**
 * What the grammar of a verb adds to the score of a gap before token `at`, in log-odds: some words
 * say by themselves what must come next, however rare the words around them are.
 */
export function valencyAt(tokens: Tokens, at: number): number {
  const left = lower(tokens, at - 1);
  if (left === "to") return lacksInfinitive(tokens, at) ? 2.5 : 0;
  if (lower(tokens, at) === "that") return lacksTime(tokens, at, left) ? 2.5 : 0;
  return 0;
}

/** Words whose "to" leads to a verb, and never to a noun: attempt to DO, not attempt to THE. */
const INFINITIVE_ONLY =
  /^(?:attempt(?:s|ed|ing)?|tr(?:y|ies|ied|ying)|want(?:s|ed|ing)?|intend(?:s|ed|ing)?|decid(?:es?|ed|ing)|refus(?:es?|ed|ing)|fail(?:s|ed|ing)?|manag(?:es?|ed|ing)|tend(?:s|ed|ing)?|hop(?:es?|ed|ing)|afford(?:s|ed)?|hesitat(?:es?|ed|ing)|struggl(?:es?|ed|ing)|striv(?:es?|ing)|seek(?:s|ing)?|sought|plan(?:s|ned|ning)|aim(?:s|ed|ing)|opt(?:s|ed|ing)|wish(?:es|ed|ing)?|pretend(?:s|ed|ing)?|able|unable|eager|willing|unwilling|reluctant|likely|unlikely)$/;

/** "attempting to the country": what follows can't be an infinitive. */
function lacksInfinitive(tokens: Tokens, at: number): boolean {
  if (!INFINITIVE_ONLY.test(lower(tokens, at - 2))) return false;
  const right = lower(tokens, at);
  if (tokens.kinds[at] !== TokenKind.word || verbBits(right) !== 0) return false;
  return (
    isAnyOf(right, WordClass.determiner | WordClass.possessive) ||
    /^(?:of|for|with|from|in|on|at)$/.test(right)
  );
}

/** "claimed on that the …": a clause follows its verb, or a time or a place that is named. */
function lacksTime(tokens: Tokens, at: number, left: string): boolean {
  if (!/^(?:on|at|by|during|from|in|to|of|with)$/.test(left)) return false;
  const bits = verbBits(lower(tokens, at - 2));
  if ((bits & Frame.that) === 0 || (bits & (Form.past | Form.third)) === 0) return false;
  const next = lower(tokens, at + 1);
  return isAnyOf(next, WordClass.determiner | WordClass.subjectPronoun | WordClass.possessive);
}

function lower(tokens: Tokens, at: number): string {
  return tokenText(tokens, at).toLowerCase();
}
