import { perWord } from "../../language/lexicon.ts";
import {
  lowerText,
  sentenceMayStartAfter,
  TokenKind,
  type Tokens,
  tokenText,
} from "../../language/tokens.ts";
import { isAnyOf, SMALL_WORD, WordClass } from "../../language/word-classes.ts";
import { hashText } from "../../text/hash.ts";

/** Words that occur twice in a row: tokens from `first` up to `second`, and again from `second` up to `end`. */
export interface DoubledRun {
  readonly first: number;
  readonly second: number;
  readonly end: number;
  /** There is a comma between the two, the token before `second`. */
  readonly hasComma: boolean;
}

/** A longer run is a repeated passage. */
const LONGEST = 6;

/**
 * The runs of two or more words that occur twice in a row by mistake, in order of their end. Each distance at which
 * words may recur is processed once, so the work is linear.
 */
export function findDoubledRuns(tokens: Tokens): readonly DoubledRun[] {
  const runs: DoubledRun[] = [];
  const same = new Uint32Array(LONGEST + 2);
  const hashes = wordHashes(tokens.lexicon);
  const { count, words } = tokens;
  for (let at = 2; at <= count; at++) {
    const hash = at < count ? hashes[words[at] ?? 0] : 0;
    for (let step = 2; step <= LONGEST + 1; step++) {
      const before = same[step] ?? 0;
      const isAgain = hash !== 0 && at >= step && hash === hashes[words[at - step] ?? 0];
      same[step] = isAgain ? before + 1 : 0;
      if (isAgain || before < 2) continue;
      const run = toRun(tokens, at, step, before);
      if (run !== undefined && isMistake(tokens, run)) runs.push(run);
    }
  }
  return runs;
}

/** A hash of each word in lower case; 0 for what is no word. */
export const wordHashes = perWord((_spelling, kind, lower) =>
  kind === TokenKind.word ? hashText(lower) : 0,
);

/** The run that ends before a token, of which this many words are the same as those `step` before them. */
function toRun({ kinds }: Tokens, end: number, step: number, same: number): DoubledRun | undefined {
  if (same === step && step <= LONGEST)
    return { first: end - 2 * step, second: end - step, end, hasComma: false };
  const second = end - same;
  if (same !== step - 1 || kinds[second - 1] !== TokenKind.comma) return undefined;
  return { first: second - step, second, end, hasComma: true };
}

function isMistake(tokens: Tokens, { first, second, end, hasComma }: DoubledRun): boolean {
  const words = Array.from({ length: end - second }, (_, index) =>
    lowerText(tokens, second + index),
  );
  const [head = "", next = ""] = words;
  const last = words.at(-1) ?? "";
  const before = lowerText(tokens, first - 1);
  // All but the first are compared below, and only hashes so far.
  if (lowerText(tokens, first) !== head) return false;
  // “No, no, no, no”, “day after day after day”: a third time is intended.
  if (2 * new Set(words).size <= words.length) return false;
  // “About us About us”, “the fee in the Fee in pounds”: a name, or a label.
  if (/^(?!I$)\p{Lu}/u.test(tokenText(tokens, second))) return false;
  for (let at = first + 1; at < first + words.length; at++)
    if (tokens.words[at] !== tokens.words[at - first + second]) return false;
  if (!words.some((word) => isAnyOf(word, SMALL))) return false;
  // “In the browser, the browser says why”, “I know, I know”: with a comma, most are intended.
  if (hasComma) {
    if (isAnyOf(head, WordClass.coordinator)) return false;
    return isAnyOf(last, WordClass.determiner) || (words.length > 2 && leads(head));
  }
  // “They looked and looked and found it.”
  if (isAnyOf(last, WordClass.coordinator)) return false;
  if (endsClause(tokens, first, words)) return false;
  // “What makes a lantern a lantern”
  if (/^(?:ma[dk]es?|making|call(?:s|ed)?)$/.test(before) && !leads(last)) return false;
  // “All that she did she did for the town”, “I know I know”, but “the thing I know I know is that”
  if (isAnyOf(head, WordClass.pronoun) && !/^(?:is|are|was|were)$/.test(lowerText(tokens, end)))
    return sentenceMayStartAfter(tokens.kinds[first - 1])
      ? !/^(?:i|you)$/.test(head)
      : /^(?:and|but|so|because)$/.test(before);
  if (words.length > 2) return true;
  // “It costs more and more and more”, “as good as new”, “went to work to work”, “a list of lists of lists”
  if (isAnyOf(head, WordClass.coordinator) || /^(?:as|to)$/.test(head)) return false;
  if (head === "of" && next === tokenText(tokens, end - 1)) return isAnyOf(next, SMALL);
  // “from time to time to see”, “hand in hand in all”, “a list of list of names”, “vis a vis a friend”
  if (leads(next) && !isAnyOf(head, SMALL))
    return next === "of" ? !NESTED.test(head) : /ed$/.test(head);
  return head !== "vis";
}

/** What is often made of its like. */
const NESTED = /^(?:array|list|map|set|slice|table|tree|vector)$/;

/** Whether the first of two equal runs may end a clause that the second continues. */
function endsClause(tokens: Tokens, first: number, words: readonly string[]): boolean {
  const [head = "", next = "", third = ""] = words;
  // “Those who do not do not know”
  if (isAnyOf(head, WordClass.auxiliary)) return opensClause(tokens, first);
  // “Those who signed up signed up early”
  if (/^(?:who|that|which|what)(?:ever)?$/.test(lowerText(tokens, first - 1)))
    return !isAnyOf(head, SMALL);
  // “The less they have the less they have to lose”, but “the river by the river by”
  if (head !== "the" || third === "") return false;
  if (/^(?:more|less|fewer|better|worse|further)$/.test(next)) return true;
  return (
    next.endsWith("er") &&
    !isAnyOf(third, WordClass.preposition | WordClass.coordinator | WordClass.auxiliary)
  );
}

function leads(word: string): boolean {
  return isAnyOf(word, WordClass.preposition);
}

const SMALL = SMALL_WORD | WordClass.negation;

/** Whether a clause begins shortly before a token, which may be its subject: “those who do not do not know”. */
function opensClause(tokens: Tokens, first: number): boolean {
  for (let at = first - 1; at >= first - CLAUSE && at >= 0; at--) {
    const word = lowerText(tokens, at);
    if (isAnyOf(word, WordClass.wh) || /^(?:that|all|everything|those|if|as|than)$/.test(word))
      return true;
  }
  return false;
}

const CLAUSE = 6;
