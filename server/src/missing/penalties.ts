import type { Block } from "../draft/draft.ts";
import { memoizeOn } from "../draft/incremental/memoize.ts";
import { perBlock } from "../draft/incremental/per-block.ts";
import {
  isWordlike,
  spaceBefore,
  TokenKind,
  lowerText,
  tokenText,
  type Tokens,
} from "../language/tokens.ts";
import { isAnyOf, WordClass, wordClasses } from "../language/word-classes.ts";
import { isAdverbial } from "./clash.ts";
import { gapDoubt, leftoverDoubt } from "./doubts.ts";
import { isClosingMark, isMark, isStop } from "./marks.ts";
import { isPassive, strandedAt } from "./stranded.ts";
import { Form, verbBits } from "./verbs.ts";

/** What the kind of a block takes from the score of its gaps, in log-odds: headings, captions and table cells drop words on purpose. */
export const blockPenalty = perBlock((block): number => {
  if (isCommitTitle(block) || CODE.test(block.prose.text)) return 4;
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
});

/** A line of a program or of settings among what is read as prose: “; the path”, “: end”, “hosts :: [Host]”. */
const CODE = /\n[ \t]*(?:[)}]|[;:](?![-\w()]))| (?:==|:?:=|::) /;

/** An item of a list of changes, which ends on the number of its issue or begins with its commit: a title, not prose. */
function isCommitTitle({ listDepth, prose: { text } }: Block): boolean {
  if (listDepth === 0) return false;
  return (
    /(?:#|\/issues\/|\/pull\/)\d{1,7}[)\]]{0,3}\.?\s*$/.test(text.slice(-24)) ||
    /^\[?\(?\uFFFC[\])]{0,2} - /.test(text)
  );
}

/** What the words around token `at` take from the score of a gap before it, in log-odds. */
export function penaltyAt(block: Block, tokens: Tokens, at: number): number {
  const { kinds } = tokens;
  const left = kinds[at - 1];
  const right = kinds[at];
  let penalty = besideNoWord(left, right);
  penalty += Math.max(gapDoubt(tokens, at), strandedAt(tokens, at));
  if (isClosingMark(right) && hugsNext(tokens, at)) penalty += 4;
  // A smiley or a sign may replace a word, and there is often a space before a full stop.
  if (left === TokenKind.symbol && /^\p{Extended_Pictographic}/u.test(tokenText(tokens, at - 1)))
    penalty += 4;
  // "a bug. expected: none", "a new saddle? an odd post?": a sentence in small letters is a habit, unless it starts on a verb.
  if (right === TokenKind.word && startsSmall(tokens, at)) {
    // "umoci does so": the name of a program, too.
    if (left === TokenKind.period) penalty += wordClasses(tokenText(tokens, at)) === 0 ? 2.4 : 1.2;
    if (left === TokenKind.question) penalty += 4;
  }
  // Where a paragraph begins in small letters, so do its sentences.
  if (left === TokenKind.period && [at, 0].every((one) => /^\p{Ll}/u.test(tokenText(tokens, one))))
    penalty += 4;
  // "the ! or the ? of a name": a sentence goes on after a mark that is spoken of.
  if ((right === TokenKind.question || right === TokenKind.exclamation) && spaceBefore(tokens, at))
    if (/^[\p{Ll}(]/u.test(tokenText(tokens, at + 1))) penalty += 4;
  // "- the topic to subscribe to": the last word of a label is not the last of a sentence.
  if (at === tokens.count && isWordlike(left)) penalty += block.listDepth > 0 ? 1 : 0.3;
  // "- is a plan": what a list is about is its items' subject.
  if (at === 0 && block.listDepth > 0) penalty += 3;
  // "a list of (old or new) papers", "the (re)use": the noun comes after the brackets.
  if (right === TokenKind.openBracket && isAsideBeforeNoun(tokens, at)) penalty += 2;
  // Brackets that hug the word before them are a call, not a lost aside: "call()", "sqrt( the number )".
  if (left === TokenKind.openBracket && !spaceBefore(tokens, at - 1))
    if (right === TokenKind.closeBracket || spaceBefore(tokens, at)) penalty += 3;
  // ". . .", "for the masters . . . , in whose name"
  if (left === TokenKind.period && [right, kinds[at - 2]].includes(left)) penalty += 3;
  // A space keeps the full stop out of an address.
  if (isMark(right) && /^https?:/.test(tokenText(tokens, at - 1))) penalty += 4;
  // "can/should be": the net does not know such words.
  if (/\p{L}\/\p{L}/u.test(tokenText(tokens, at - 1) + tokenText(tokens, at))) penalty += 1;
  // "more on releases": what is lost after a preposition has seldom left a noun.
  if (isAnyOf(lowerText(tokens, at - 1), WordClass.preposition) && isContentWord(tokens, at))
    if (lowerText(tokens, at - 1) !== "to" && verbBits(lowerText(tokens, at)) === 0) penalty += 0.5;
  if (isLetter(tokens, at - 1) || isLetter(tokens, at)) penalty += 4;
  if (isAcronym(tokens, at - 1) || isAcronym(tokens, at)) penalty += 2;
  return penalty;
}

/** Whether a mark hugs what follows it, and not the word before it, as in code: “append :[port]”, “send ;type=a”. */
function hugsNext(tokens: Tokens, at: number): boolean {
  const start = tokens.starts[at] ?? 0;
  const isApart = spaceBefore(tokens, at) && !spaceBefore(tokens, at + 1);
  return isApart && HUGGED.test(tokens.text.slice(start, start + 3));
}

/** “ :a” and “ !a” are code, “ .So” and “ ,so” are slips of a writer; before signs of programs all are code. */
const HUGGED = /^(?:[:;!?]\w|::\p{Lu}|.[[{<%_\\])/u;

/** The penalty of code, and of whatever replaces it, for a place next to it: its words are unknown. */
function besideNoWord(left: number | undefined, right: number | undefined): number {
  let penalty = 0;
  if (left === TokenKind.mask || right === TokenKind.mask) penalty += 0.7;
  if (left === TokenKind.code || right === TokenKind.code) penalty += 0.5;
  if (left === TokenKind.symbol || right === TokenKind.symbol) penalty += 1;
  return penalty;
}

/**
 * What the words around token `at` take from the score of its being one too many, in log-odds. `other` is the token
 * that may go in its place, if there is one.
 */
export function leftoverPenaltyAt(
  block: Block,
  tokens: Tokens,
  at: number,
  other: number | undefined,
): number {
  let penalty = blockPenalty(block) + besideNoWord(tokens.kinds[at - 1], tokens.kinds[at + 1]);
  if (isSpokenOf(tokens, at)) penalty += 3;
  penalty += Math.max(leftoverDoubt(tokens, at), doubtBetween(tokens, at, other));
  // A letter that is a label or stands for a number; in the middle of a sentence a capital is that of a name.
  if (tokenText(tokens, at).length === 1 && hasLetters(tokens)) penalty += 4;
  if (isName(tokens, at)) penalty += 1.5;
  const lower = lowerText(tokens, at);
  if (other === undefined) {
    // “the use of it throughout helps”
    if (isAdverbial(lower))
      penalty += isAnyOf(lowerText(tokens, at + 1), WordClass.determiner) ? 1 : 3;
    // “the through association”: a word that is mentioned.
    penalty += isAnyOf(lowerText(tokens, at - 1), WordClass.determiner) ? 3 : 1;
    return penalty + (hasItsObject(tokens, at + 1) ? 3 : 0);
  }
  // “defined in the in order”: nobody repeats a word on purpose so soon.
  if (Math.abs(other - at) === 2 && lowerText(tokens, other) === lowerText(tokens, at))
    return penalty;
  return penalty + Math.max(pairPenalty(tokens, at - 1), pairPenalty(tokens, at));
}

/** The doubt about a loss between two small words in a row, which are then both right. “Are by in large”: one is not. */
function doubtBetween(tokens: Tokens, at: number, other: number | undefined): number {
  if (other === undefined || Math.abs(other - at) !== 1) return 0;
  const right = Math.max(at, other);
  return lowerText(tokens, right - 1) === "by" ? 0 : gapDoubt(tokens, right);
}

/** Whether the brackets that open at a token hold a few words before a noun, and no abbreviation of what was lost. */
function isAsideBeforeNoun(tokens: Tokens, open: number): boolean {
  const size = tokens.kinds.subarray(open + 1, open + 6).indexOf(TokenKind.closeBracket);
  const next = open + size + 2;
  if (size > 0 && isWordlike(tokens.kinds[next]) && !spaceBefore(tokens, next)) return true;
  if (!isAnyOf(lowerText(tokens, open - 1), WordClass.preposition)) return false;
  if (size < 1 || (size === 1 && /^\p{Lu}{2}/u.test(tokenText(tokens, open + 1)))) return false;
  return isContentWord(tokens, next);
}

/** Whether what a preposition before token `at` is about stands before it. “Which are by in large”: nobody does so. */
function hasItsObject(tokens: Tokens, at: number): boolean {
  if (isPassive(tokens, at)) return true;
  return lowerText(tokens, at - 1) !== "by" && strandedAt(tokens, at) > 0;
}

/** The penalty of two small words in a row that English allows: “from within”, “what they do is”. */
function pairPenalty(tokens: Tokens, first: number): number {
  const left = lowerText(tokens, first);
  const right = lowerText(tokens, first + 1);
  if (/^(?:do|does|did|have|had)$/.test(left)) return /^(?:is|was)$/.test(right) ? 2 : 0;
  if (!isAnyOf(left, WordClass.preposition)) return 0;
  // “the shape of and the data in the file”
  if (isAnyOf(right, WordClass.coordinator)) return 2;
  if (!isAnyOf(right, WordClass.preposition)) return 0;
  // “approved of by”, “added to on”, “the people we wrote to for flour”
  if (hasItsObject(tokens, first + 1)) return 6;
  // “kind of like”, “thought of in”
  if (left === "of") return /(?:ed|^kind|^sort|ought)$/.test(lowerText(tokens, first - 1)) ? 3 : 0;
  // “came up before in”, “works like on a phone”
  return isAdverbial(left) ? 2 : 0;
}

/** Whether a token is one of a few words in quotation marks, which are mentioned rather than said. */
function isSpokenOf({ kinds }: Tokens, at: number): boolean {
  for (let back = at - 1; back >= at - MENTIONED && kinds[back] !== TokenKind.closeQuote; back--)
    if (kinds[back] === TokenKind.openQuote)
      return kinds.subarray(at, back + MENTIONED + 2).includes(TokenKind.closeQuote);
  return false;
}

/** Up to this many words in quotation marks are seldom somebody's speech. */
const MENTIONED = 6;

function isName(tokens: Tokens, at: number): boolean {
  const text = tokenText(tokens, at);
  return /^\p{Lu}/u.test(text) && text !== "I" && !isStop(tokens.kinds[at - 1] ?? TokenKind.period);
}

/** Whether a small word is all capitals, and so stands for a name: “ITS provides”, “the WHO said”, “sent by US”. */
function isAcronym(tokens: Tokens, at: number): boolean {
  const text = tokenText(tokens, at);
  return /^\p{Lu}{2,}$/u.test(text) && wordClasses(text.toLowerCase()) !== 0;
}

function isContentWord(tokens: Tokens, at: number): boolean {
  return tokens.kinds[at] === TokenKind.word && wordClasses(lowerText(tokens, at)) === 0;
}

/** "a. Whenever …", "where a is 1 and b is 2": a letter that is a label or a variable, and not an article. */
function isLetter(tokens: Tokens, at: number): boolean {
  if (tokenText(tokens, at) !== "a") return false;
  const isLabel = at === 0 && tokens.kinds[1] === TokenKind.period;
  return isLabel || hasLetters(tokens);
}

/** Whether a text has single small letters, as formulas do; memoized. */
const hasLetters = memoizeOn<Tokens>()((tokens): boolean => {
  for (let at = 0; at < tokens.count; at++) {
    const isWord = tokens.kinds[at] === TokenKind.word;
    if (isWord && /^[b-hj-r]$/.test(tokenText(tokens, at))) return true;
  }
  return false;
});

function startsSmall(tokens: Tokens, at: number): boolean {
  const word = tokenText(tokens, at);
  const lower = word.toLowerCase();
  return (
    word === lower &&
    !isAnyOf(lower, WordClass.auxiliary) &&
    (verbBits(lower) & (Form.third | Form.past)) === 0
  );
}
