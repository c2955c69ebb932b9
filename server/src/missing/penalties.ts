import type { Block } from "../draft/draft.ts";
import { memoizeOn } from "../draft/incremental/memoize.ts";
import {
  isWordlike,
  spaceBefore,
  TokenKind,
  lowerText,
  tokenText,
  type Tokens,
} from "../language/tokens.ts";
import { isAnyOf, WordClass } from "../language/word-classes.ts";
import { isAdverbial } from "./clash.ts";
import { isMark, isStop } from "./marks.ts";
import { isPassive, strandedAt } from "./stranded.ts";
import { Form, verbBits } from "./verbs.ts";

/** What the kind of a block takes from the score of its gaps, in log-odds: headings, captions and table cells drop words on purpose. */
export function blockPenalty(block: Block): number {
  if (isCommitTitle(block)) return 4;
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
}

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
  let penalty = 0;
  const { kinds } = tokens;
  const left = kinds[at - 1];
  const right = kinds[at];
  penalty += besideNoWord(left, right);
  // "in the [Slack channel]": the text of a link whose address stands elsewhere.
  if (right === TokenKind.openBracket && isLinkText(tokens, at)) penalty += 2;
  // A face or a sign may stand for a word, and before a full stop there is often a space.
  if (left === TokenKind.symbol && PICTURE.test(tokenText(tokens, at - 1))) penalty += 4;
  // "a bug. expected: none", "a new saddle? an odd post?": a sentence in small letters is a habit, unless it starts on a verb.
  if (right === TokenKind.word && startsSmall(tokens, at)) {
    if (left === TokenKind.period) penalty += 1.2;
    if (left === TokenKind.question) penalty += 4;
  }
  // Where a paragraph begins in small letters, so do its sentences.
  if (left === TokenKind.period && [at, 0].every((one) => /^\p{Ll}/u.test(tokenText(tokens, one))))
    penalty += 4;
  // "- the topic to subscribe to": the last word of a label is not the last of a sentence.
  if (at === tokens.count && isWordlike(left)) penalty += block.listDepth > 0 ? 1 : 0.3;
  if (right === TokenKind.closeQuote || (isMark(right) && kinds[at + 1] === TokenKind.closeQuote)) {
    // A few words in quotation marks are words spoken of: avoid “with respect to.”
    for (let back = at - 1; back >= 0 && back >= at - 5; back--)
      if (kinds[back] === TokenKind.openQuote) penalty += 3;
  }
  // "chain them with ? instead": a mark spoken of, not one that ends a sentence.
  if ((right === TokenKind.question || right === TokenKind.exclamation) && spaceBefore(tokens, at))
    penalty += 2;
  // Brackets that hug the word before them are a call, not a lost aside.
  if (left === TokenKind.openBracket && right === TokenKind.closeBracket)
    if (!spaceBefore(tokens, at - 1)) penalty += 3;
  const ledBack = isLedBack(tokens, at) ? 1 : 0;
  penalty += Math.max(ledBack, strandedAt(tokens, at));
  if (isLetter(tokens, at - 1) || isLetter(tokens, at)) penalty += 4;
  // "the the", "the, the": a word twice, which another rule tells, or as it was spoken.
  const again = right === TokenKind.comma && !spaceBefore(tokens, at) ? at + 1 : at;
  if (isWordlike(left) && lowerText(tokens, at - 1) === lowerText(tokens, again)) penalty += 4;
  // ". . .", "for the masters . . . , in whose name"
  if (left === TokenKind.period && right === TokenKind.period) penalty += 3;
  if (left === TokenKind.ellipsis && right === TokenKind.comma) penalty += 2.5;
  if (isGiven(tokens, at)) penalty += 1.5;
  if (leadsIn(tokens, at) || namesEmptyText(tokens, at)) penalty += 2.5;
  if (compares(tokens, at)) penalty += 3;
  if (isMarkItself(tokens, at)) penalty += 2.5;
  if (isIdiom(tokens, at)) penalty += 3;
  // “has been replaced by and is now part of it”
  if (lowerText(tokens, at) === "and" && lowerText(tokens, at - 1) === "by")
    if (isFiniteHelper(tokens, at + 1)) penalty += 2;
  if (isListed(tokens, at)) penalty += 6;
  return penalty + ellipsisAt(tokens, at);
}

/** What code, and what stands for it, takes from what is suspected beside it: nobody knows what it says. */
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
  // A letter that is a label or stands for a number; in the middle of a sentence a capital is that of a name.
  if (tokenText(tokens, at).length === 1 && hasLetters(tokens)) penalty += 4;
  if (isName(tokens, at)) penalty += 1.5;
  // “are each the same”
  const before = lowerText(tokens, at - 1);
  if (/^(?:each|all|both)$/.test(lowerText(tokens, at)) && isAnyOf(before, WordClass.auxiliary))
    penalty += 2;
  const lower = lowerText(tokens, at);
  const after = lowerText(tokens, at + 1);
  // “for now”, “by then”, “until recently”
  if (isAnyOf(lower, WordClass.preposition) && /^(?:now|then|once|ever|long|recently)$/.test(after))
    penalty += 3;
  // “over the counter products”, “under resourced items”: a hyphen is missing, and no word is left over.
  if (lower === "among" || lower === "of" || isAdverbial(lower))
    if (isCompound(tokens, at) || isCompound(tokens, at + 1)) penalty += 3;
  // “keep to simpler words”
  if (lower === "to" && TAKES_TO.test(before)) penalty += 2;
  if (other === undefined) {
    // “the use of it throughout helps”
    if (isAdverbial(lower)) penalty += isAnyOf(after, WordClass.determiner) ? 1 : 3;
    // “the through association”: a word spoken of.
    penalty += isAnyOf(before, WordClass.determiner) ? 3 : 1;
    return penalty + (isPassive(tokens, at + 1) ? 3 : 0);
  }
  // “defined in the in order”: so near nobody repeats a word on purpose.
  if (Math.abs(other - at) === 2 && lowerText(tokens, other) === lowerText(tokens, at))
    return penalty;
  return penalty + Math.max(pairPenalty(tokens, at - 1), pairPenalty(tokens, at));
}

/** “over the counter”, “under resourced” */
function isCompound(tokens: Tokens, at: number): boolean {
  if (!/^(?:over|under|off|behind)$/.test(lowerText(tokens, at))) return false;
  const next = lowerText(tokens, at + 1);
  return (
    /..ed$/.test(next) ||
    (next === "the" && /^(?:counter|shelf|scenes|air|top)$/.test(lowerText(tokens, at + 2)))
  );
}

const TAKES_TO = /^(?:keep|keeps|stick|sticks|hold|holds|adheres?|conforms?|belongs?|amounts?)$/;

/** What takes from two small words in a row where English has both: “from within”, “what they do is”. */
function pairPenalty(tokens: Tokens, first: number): number {
  const left = lowerText(tokens, first);
  const right = lowerText(tokens, first + 1);
  if (/^(?:do|does|did|have|had)$/.test(left)) return /^(?:is|was)$/.test(right) ? 2 : 0;
  if (!isAnyOf(left, WordClass.preposition)) return 0;
  // “the shape of and the data in the file”
  if (isAnyOf(right, WordClass.coordinator)) return 2;
  if (!isAnyOf(right, WordClass.preposition)) return 0;
  // “approved of by”, “added to on”
  if (isPassive(tokens, first + 1)) return 6;
  if (/^(?:from|to|until|till)$/.test(left)) return PLACE.test(right) ? (left === "to" ? 3 : 2) : 0;
  // “kind of like”, “thought of in”
  if (left === "of") return /(?:ed|^kind|^sort|ought)$/.test(lowerText(tokens, first - 1)) ? 3 : 0;
  // “came up before in”, “works like on a phone”
  return isAdverbial(left) ? 2 : 0;
}

const PLACE =
  /^(?:before|after|within|behind|beneath|beyond|under|above|below|around|about|over|between|inside|outside|among|near)$/;

/** Whether a token stands among a few words in quotation marks, which are spoken of. */
function isSpokenOf({ kinds }: Tokens, at: number): boolean {
  for (let back = at - 1; back >= at - SPOKEN_OF && kinds[back] !== TokenKind.closeQuote; back--)
    if (kinds[back] === TokenKind.openQuote)
      return kinds.subarray(at, back + SPOKEN_OF + 2).includes(TokenKind.closeQuote);
  return false;
}

/** So many words in quotation marks are seldom said by somebody. */
const SPOKEN_OF = 6;

function isName(tokens: Tokens, at: number): boolean {
  const text = tokenText(tokens, at);
  return /^\p{Lu}/u.test(text) && text !== "I" && !isStop(tokens.kinds[at - 1] ?? TokenKind.period);
}

/** "In this example, we:", "It fails when the:": the list below goes on. "according to the:" has lost a name. */
function leadsIn(tokens: Tokens, at: number): boolean {
  const kind = tokens.kinds[at];
  return (
    at === tokens.count - 1 &&
    (kind === TokenKind.colon || kind === TokenKind.semicolon) &&
    isWordlike(tokens.kinds[at - 1]) &&
    !spaceBefore(tokens, at) &&
    (!isAnyOf(lowerText(tokens, at - 1), WordClass.determiner) ||
      isAnyOf(lowerText(tokens, at - 2), WordClass.subordinator | WordClass.wh))
  );
}

/** "can, able to with, allowed to for": a verb that stands in a list with what follows it. */
function isListed(tokens: Tokens, at: number): boolean {
  const { kinds } = tokens;
  return (
    lowerText(tokens, at - 1) === "to" &&
    isAnyOf(lowerText(tokens, at), WordClass.preposition) &&
    !isWordlike(kinds[at - 3]) &&
    !isWordlike(kinds[at + 1])
  );
}

/** 'The default is "".', 'an empty string ("")' */
function namesEmptyText(tokens: Tokens, at: number): boolean {
  const { kinds } = tokens;
  for (let open = at - 3; open <= at; open++) {
    if (kinds[open] !== TokenKind.openBracket || kinds[open + 3] !== TokenKind.closeBracket)
      continue;
    if (/^["“]["”]$/.test(tokenText(tokens, open + 1) + tokenText(tokens, open + 2))) return true;
  }
  return (
    tokenText(tokens, at - 1) === '"' &&
    tokenText(tokens, at) === '"' &&
    /^(?:is|as|are|string|value|default)$/.test(lowerText(tokens, at - 2))
  );
}

/** “the part after the ; is new”, “returns ()”: marks of which the text speaks. */
function isMarkItself(tokens: Tokens, at: number): boolean {
  const { kinds } = tokens;
  const text = tokenText(tokens, at);
  if (kinds[at - 1] === TokenKind.openBracket && kinds[at] === TokenKind.closeBracket)
    return /^(?:returns?|returned|type|unit|value)$/.test(lowerText(tokens, at - 2));
  if (!/^[;:]$/.test(text) || !spaceBefore(tokens, at)) return false;
  const next = lowerText(tokens, at + 1);
  return isFiniteHelper(tokens, at + 1) || isAnyOf(next, WordClass.preposition);
}

/** “Here be dragons”, “as said before”: what a reader does not miss. */
function isIdiom(tokens: Tokens, at: number): boolean {
  const left = lowerText(tokens, at - 1);
  const right = lowerText(tokens, at);
  if (left === "here") return right === "be";
  const next = lowerText(tokens, at + 1);
  if (left === "as") return right === "said" && /^(?:before|above|earlier|already)$/.test(next);
  // “whether you need to or not”, “The framework is and will remain free.”
  if (left === "to") return right === "or" && next === "not";
  if (right === "and") return isFiniteHelper(tokens, at - 1) && isFiniteHelper(tokens, at + 1);
  // “carried the books up two flights of stairs”
  if (left === "up" || left === "down")
    return /^(?:flights?|floors?|storeys?|stor(?:y|ies)|steps?)$/.test(next);
  // “do without it”, “makes for a better town”
  return (left === "do" && right === "without") || (/^makes?$/.test(left) && right === "for");
}

const COMPARATIVE = /^(?:more|less|better|worse|fewer|further|[a-z]{2,}[^aeiou]ier|[a-z]{2,}er)$/;

/** "The more information the better" */
function compares(tokens: Tokens, at: number): boolean {
  const isComparative = (index: number): boolean =>
    lowerText(tokens, index) === "the" && COMPARATIVE.test(lowerText(tokens, index + 1));
  if (!isComparative(at)) return false;
  for (let back = at - 2; back >= at - REACH && !isStop(tokens.kinds[back] ?? 0); back--)
    if (isComparative(back)) return true;
  return false;
}

/** What a writer leaves out on purpose, since it was said before. */
function ellipsisAt(tokens: Tokens, at: number): number {
  // "one paid a third and the other the rest"
  if (lowerText(tokens, at) === "the") return REMAINDER.test(lowerText(tokens, at + 1)) ? 3 : 0;
  if (!isMark(tokens.kinds[at]) || spaceBefore(tokens, at)) return 0;
  const left = lowerText(tokens, at - 1);
  // "It runs when it has to."
  if (left === "to") return WILLING.test(lowerText(tokens, at - 2)) ? 1.5 : 0;
  // "a week earlier than this year's."
  return left.endsWith("'s") && follows(tokens, at, /^(?:than|like|unlike|as)$/, 6) ? 4 : 0;
}

/** After these a verb is left out that was said before. */
const WILLING = /^(?:ha(?:s|ve|d)|wants?|wanted|needs?|needed|used|able|how|it|not|allowed)$/;

const REMAINDER = /^(?:rest|remainder|remaining|others?|latter|reverse|opposite)$/;

/** "a. Whenever …", "where a is 1 and b is 2": a letter that is a label, or stands for a number, and no article. */
function isLetter(tokens: Tokens, at: number): boolean {
  if (tokenText(tokens, at) !== "a") return false;
  const isLabel = at === 0 && tokens.kinds[1] === TokenKind.period;
  return isLabel || hasLetters(tokens);
}

/** Whether small letters stand alone in a text, as those of a formula do; found out once. */
const hasLetters = memoizeOn<Tokens>()((tokens): boolean => {
  for (let at = 0; at < tokens.count; at++) {
    const isWord = tokens.kinds[at] === TokenKind.word;
    if (isWord && /^[b-hj-r]$/.test(tokenText(tokens, at))) return true;
  }
  return false;
});

/** Whether a square bracket opens before words: no aside, which has round ones. */
function isLinkText(tokens: Tokens, at: number): boolean {
  return tokenText(tokens, at) === "[" && isWordlike(tokens.kinds[at + 1]);
}

const PICTURE = /^\p{Extended_Pictographic}/u;

/** "gave the winner a medal", "called the plan a disgrace": two nouns in a row that a verb holds together. */
function isGiven(tokens: Tokens, at: number): boolean {
  if (!isAnyOf(lowerText(tokens, at), WordClass.determiner)) return false;
  if (tokens.kinds[at - 1] !== TokenKind.word) return false;
  if (isAnyOf(lowerText(tokens, at - 1), WordClass.determiner | WordClass.preposition))
    return false;
  // "will be served the file": whoever gets it is the subject.
  if (
    GIVING.test(lowerText(tokens, at - 1)) ||
    /^(?:served|asked|assigned|issued|allowed|left)$/.test(lowerText(tokens, at - 1))
  )
    for (let back = at - 2; back > at - 5; back--)
      if (/^(?:be|been|being|is|are|was|were|get|gets|got)$/.test(lowerText(tokens, back)))
        return true;
  return follows(tokens, at, GIVING, 8);
}

const GIVING =
  /^(?:g[ai]v(?:e|es|ing)|given|award(?:s|ed|ing)?|offer(?:s|ed|ing)?|show(?:s|ed|n|ing)?|grant(?:s|ed|ing)?|pa(?:y|ys|id|ying)|lend(?:s|ing)?|lent|send(?:s|ing)?|sent|tells?|told|telling|teach(?:es|ing)?|taught|cost(?:s|ing)?|hand(?:s|ed|ing)?|present(?:s|ed|ing)?|promis(?:e|es|ed|ing)|earn(?:s|ed|ing)?|den(?:y|ies|ied|ying)|call(?:s|ed|ing)?|nam(?:e|es|ed|ing)|consider(?:s|ed|ing)?|deem(?:s|ed|ing)?|elect(?:s|ed|ing)?|mak(?:e|es|ing)|made|declar(?:e|es|ed|ing)|sav(?:e|es|ed|ing))$/;

/** How many tokens of a clause are looked back at. */
const REACH = 14;

/** Whether a word of the same sentence, no further back than `reach`, is of a pattern; the one right before is not asked. */
function follows(tokens: Tokens, at: number, pattern: RegExp, reach: number): boolean {
  for (let back = at - 2; back >= at - reach && !isStop(tokens.kinds[back] ?? 0); back--)
    if (pattern.test(lowerText(tokens, back))) return true;
  return false;
}

/** "the channel that we send reports to.": a preposition may end a clause whose beginning it leads back to. */
function isLedBack(tokens: Tokens, at: number): boolean {
  const { kinds } = tokens;
  if (!isAnyOf(lowerText(tokens, at - 1), WordClass.preposition)) return false;
  const ends = isMark(kinds[at]) ? !spaceBefore(tokens, at) : isFiniteHelper(tokens, at);
  if (!ends) return false;
  return follows(tokens, at, LEADING, REACH);
}

const LEADING = /^(?:who|whom|whose|which|that|what|where|how|whatever|whoever|wherever|worth|to)$/;

function isFiniteHelper(tokens: Tokens, at: number): boolean {
  return isAnyOf(lowerText(tokens, at), WordClass.auxiliary | WordClass.modal);
}

function startsSmall(tokens: Tokens, at: number): boolean {
  const word = tokenText(tokens, at);
  const lower = word.toLowerCase();
  return (
    word === lower &&
    !isAnyOf(lower, WordClass.auxiliary) &&
    (verbBits(lower) & (Form.third | Form.past)) === 0
  );
}
