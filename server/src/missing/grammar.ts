import { spaceBefore, TokenKind, lowerText, tokenText, type Tokens } from "../language/tokens.ts";
import { isAnyOf, WordClass } from "../language/word-classes.ts";
import { isMark, isStop } from "./marks.ts";
import { strandedAt } from "./stranded.ts";
import { Form, Frame, verbBits } from "./verbs.ts";

/**
 * Boundaries that a grammar rule alone calls a gap, however well the neighbouring words go together: "would not the
 * plan", "according the mayor", "one the reasons", "opens at p.m.". Each rule is a few exact tests of tokens within one
 * clause. They find what the net misses: it has learned from lost words, never from a lost figure, and is unsure about
 * rare clauses, as after "claimed on".
 */

/** How sure a grammar rule is. */
export type Grade = "certain" | "likely";

/** Clauses are searched no further than this. */
const REACH = 12;

const set = (words: string): ReadonlySet<string> => new Set(words.split(" "));

const MODALS = set(
  "can could will would should may might must cannot can't couldn't won't wouldn't shouldn't",
);
/** Words followed by a preposition or by the end of their clause: never by "the". */
const LEANING = set(
  "according regardless depending consist consists consisted consisting rely relies relied relying depends refrain " +
    "belongs",
);
/** The surest of them: "over", "about" and "around" come before "percent" for other reasons, too. */
const ROUGHLY = set("nearly almost roughly approximately");

const DETERMINERS = set(
  "the a an this that these those every each some any no another either neither both all such my your our their its his her whose",
);

/**
 * Whether words are missing before token `at`; `left` and `right` are the tokens beside it in lower case. `right` comes
 * first everywhere, because most rules read it, and few read `left`.
 */
type Test = (tokens: Tokens, at: number, right: string, left: string) => boolean;

const RULES: readonly (readonly [ReadonlySet<string>, Grade, Test])[] = [
  [new Set([...MODALS, "not"]), "certain", lacksVerb],
  [LEANING, "certain", lacksSupport],
  [set("one"), "likely", lacksWordOf],
  [set("$ £ €"), "certain", lacksSum],
  [new Set([...ROUGHLY, "by"]), "certain", lacksFigure],
  [set("around about cost costs"), "likely", lacksFigure],
  [set("at until to from"), "certain", lacksFigureOrLink],
  [set("about during for into of via with"), "certain", lacksLink],
  [set("“"), "certain", lacksQuoted],
  [set('” "'), "certain", lacksSpeaker],
  [set("told tells informed informs assured assures notified notifies"), "likely", lacksHearer],
  [set("on at by during from in to of with"), "likely", lacksTime],
  [new Set([...DETERMINERS, "to"]), "likely", lacksName],
];

/** Words after which a gap can be found here, each with its rules. */
const LEFT = new Map<string, { readonly grade: Grade; readonly test: Test }[]>();
for (const [words, grade, test] of RULES)
  for (const word of words) LEFT.set(word, [...(LEFT.get(word) ?? []), { grade, test }]);

/** Whether, by these rules, a gap may follow a token, spelled in lower case with straight apostrophes. */
export function mayLead(lower: string): boolean {
  return LEFT.has(lower);
}

/** How sure grammar alone is of a gap before token `at`; undefined if it has nothing to say. */
export function grammarAt(tokens: Tokens, at: number): Grade | undefined {
  const left = lowerText(tokens, at - 1);
  const right = lowerText(tokens, at);
  return LEFT.get(left)?.find(({ test }) => test(tokens, at, right, left))?.grade;
}

/** "according the plan": a preposition must lead to what it depends on. */
function lacksSupport(tokens: Tokens, at: number, right: string): boolean {
  return (
    /^(?:the|a|an|his|their|our|its)$/.test(right) &&
    // "depends a lot on"
    !/^(?:lot|bit|little|great|good|deal|while|priori)$/.test(lowerText(tokens, at + 1))
  );
}

/** "would not the plan": a modal leads to a verb, unless it comes before its subject or repeats another verb. */
function lacksVerb(tokens: Tokens, at: number, right: string, left: string): boolean {
  let modal = at - 1;
  if (left === "not") {
    modal = at - 2;
    if (!MODALS.has(lowerText(tokens, modal)) && !/^d(?:o|id|oes)$/.test(lowerText(tokens, modal)))
      return false;
  }
  const word = lowerText(tokens, modal);
  if (tokenText(tokens, modal) !== word) return false;
  const subject = lowerText(tokens, modal - 1);
  const pronoun = isAnyOf(subject, WordClass.subjectPronoun) || /^(?:you|it)$/.test(subject);
  if (lacksBe(right, lowerText(tokens, at + 1))) {
    if (!pronoun && (word === "should" || tokens.kinds[modal - 1] !== TokenKind.word)) return false;
  } else if (right === "to") {
    // "all we can to help", "the will to live", "if they could to a friend".
    if ((!pronoun && left !== "not") || /^(?:can|could|cannot|can't|couldn't)$/.test(word))
      return false;
  } else if (!/^(?:the|a|an|these|those|their|his|our|its|my|him|them|us|me)$/.test(right)) {
    return false;
  }
  if (!pronoun) {
    if (tokens.kinds[modal - 1] !== TokenKind.word || isAnyOf(subject, SMALL)) return false;
    // "should the need arise"
    if (word === "should") return false;
    // "of their own free will the men": a noun.
    if (/^(?:free|own|good|ill|living|last|political|tin|trash|full)$/.test(subject)) return false;
    if (/ly$/.test(subject)) return false;
  }
  for (let back = modal - 1; back >= 0 && back > modal - REACH; back--) {
    if (isStop(tokens.kinds[back] ?? 0)) break;
    const before = lowerText(tokens, back);
    if (isAnyOf(before, WordClass.wh) && before !== "which" && before !== "who") return false;
    if (INVERTING.has(before)) return false;
  }
  return true;
}

/** Words that are not a subject, nor the end of one. */
const SMALL =
  WordClass.wh |
  WordClass.pronoun |
  WordClass.auxiliary |
  WordClass.subordinator |
  WordClass.negation |
  WordClass.determiner |
  WordClass.preposition |
  WordClass.coordinator |
  WordClass.adverb |
  WordClass.weekday;

/** "one the main reasons" */
function lacksWordOf(tokens: Tokens, at: number, right: string): boolean {
  if (!/^(?:the|these|those|our|their)$/.test(right)) return false;
  if (/^(?:no|any|every|each|the|this|that|which)$/.test(lowerText(tokens, at - 2))) return false;
  return /^(?:most|main|best|largest|biggest|first|few|key|things|reasons|oldest|greatest|many|leading|major)$/.test(
    lowerText(tokens, at + 1),
  );
}

/** "will able to", "can used by": a modal leads to "be". */
function lacksBe(right: string, next: string): boolean {
  if (/^(?:able|unable)$/.test(right)) return next === "to";
  const bits = verbBits(right);
  const participle = /[a-z]{2}ed$/.test(right) || (bits & Form.participle) !== 0;
  return (
    participle &&
    (bits & Form.base) === 0 &&
    /^(?:by|in|as|for|with|from|on|at)$/.test(next) &&
    bits !== 0
  );
}

/** After these a modal comes before its subject, or replaces an earlier verb: "than it would a stranger". */
const INVERTING = set(
  "no not nor neither never few only so such as than like way same rarely seldom little hardly scarcely if " +
    "more less nowhere what how where whether much just do does treat",
);

/** "She paid $ for the painting": none of the tokens of a formula ("about $.15$"). */
function lacksSum(tokens: Tokens, at: number, right: string): boolean {
  return (
    spaceBefore(tokens, at - 1) &&
    spaceBefore(tokens, at) &&
    /^(?:for|per|to|(?:m|b|tr)illion)$/.test(right) &&
    /^(?:pa(?:y|ys|id)|costs?|worth|spen[dt]s?|rais(?:es?|ed)|about|than)$/.test(
      lowerText(tokens, at - 2),
    )
  );
}

/** "The doors open at p.m.", "nearly percent of the trees", "rose by percent" */
function lacksFigure(tokens: Tokens, at: number, right: string, left: string): boolean {
  if (/^[ap]\.m\.$/.test(right)) return /^(?:at|until|by|from)$/.test(left);
  const next = lowerText(tokens, at + 1);
  if (/^costs?$/.test(left)) return /^(?:euros|dollars|pounds)$/.test(right) && /^an?$/.test(next);
  if (right === "per" && next === "cent" && !ROUGHLY.has(left))
    return left === "by" || lowerText(tokens, at + 2) === "of";
  if (/^(?:to|from|by)$/.test(left))
    return (
      right === "percent" &&
      /^(?:r[io]se|fall|fell|grew|dropped|jumped)s?$/.test(lowerText(tokens, at - 2))
    );
  return ROUGHLY.has(left) && /^(?:percent|(?:m|b|tr)illion)$/.test(right);
}

/** "the report at  and": a link was cut out between the spaces around it. */
function lacksLink(tokens: Tokens, at: number, right: string): boolean {
  const end = tokens.ends[at - 1] ?? 0;
  const isCut = tokens.starts[at] === end + 2 && tokens.text.startsWith("  ", end);
  return isCut && isAnyOf(right, AFTER_LINK) && strandedAt(tokens, at) === 0;
}

const AFTER_LINK =
  WordClass.preposition |
  WordClass.coordinator |
  WordClass.subordinator |
  WordClass.auxiliary |
  WordClass.modal;

function lacksFigureOrLink(tokens: Tokens, at: number, right: string, left: string): boolean {
  return lacksFigure(tokens, at, right, left) || lacksLink(tokens, at, right);
}

/** "a.k.a. “.”": a name was cut out between quotation marks. */
function lacksQuoted(tokens: Tokens, at: number): boolean {
  const { kinds } = tokens;
  if (kinds[isMark(kinds[at]) ? at + 1 : at] !== TokenKind.closeQuote) return false;
  const word = lowerText(tokens, at - 2);
  if (word === "as") return /^(?:known|referred|to)$/.test(lowerText(tokens, at - 3));
  return /^(?:a\.?k\.?a\.?|christened|dubbed|nicknamed|renamed|titled|entitled)$/.test(word);
}

/** "“We were never asked,” said on Tuesday": nobody comes before the verb or after it. */
function lacksSpeaker(tokens: Tokens, at: number, right: string): boolean {
  if (tokens.kinds[at - 1] !== TokenKind.closeQuote || !isMark(tokens.kinds[at - 2])) return false;
  const bits = verbBits(right);
  if ((bits & Frame.speech) === 0 || (bits & (Form.past | Form.third)) === 0) return false;
  const next = lowerText(tokens, at + 1);
  return (
    /^(?:on|in|at|during|after|yesterday|today|last)$/.test(next) ||
    isAnyOf(next, WordClass.weekday)
  );
}

/** "A spokesman told that …": these verbs name the hearer, unless they are passive. */
function lacksHearer(tokens: Tokens, at: number, right: string): boolean {
  if (right !== "that" || !opensClause(tokens, at + 1)) return false;
  for (let back = at - 2; back >= 0 && back >= at - 5; back--)
    if (NO_TELLER.test(lowerText(tokens, back))) return false;
  const subject = lowerText(tokens, at - 2);
  return isAnyOf(subject, WordClass.pronoun) || /^\p{L}/u.test(subject);
}

/** What makes "told" a passive, or says whom it is about: "those told that", "he's told that". */
const NO_TELLER =
  /^(?:when|if|once|unless|as|after|be|been|being|was|were|is|are|am|get|gets|got|getting|those|people|and|or|rest|.*['’](?:s|re|m))$/;

/** "an (NHK) interview": only the abbreviation is left of a name, before what a source provides. */
function lacksName(tokens: Tokens, at: number, right: string): boolean {
  return (
    right === "(" &&
    tokens.kinds[at + 2] === TokenKind.closeBracket &&
    /^\p{Lu}[\p{Lu}&.]+$/u.test(tokenText(tokens, at + 1)) &&
    !NO_NAMES.test(tokenText(tokens, at + 1)) &&
    SOURCED.test(lowerText(tokens, at + 3))
  );
}

/** Formats and places are often put in brackets before a noun. */
const NO_NAMES = /^(?:PDF|HTML|CSV|XML|JSON|DOC|US|U\.S\.?|UK|U\.K\.?|EU|UN|UTC|GMT|NEW|OK)$/;

const SOURCED =
  /^(?:reports?|reported|article|study|survey|poll|analysis|statement|story|spokes(?:man|woman|person)|officials?|said|says|told|correspondent|reporter|journalist|investigation|interview|data|figures|research)$/;

/** "claimed on that the …": a clause follows its verb, or a time or a place that is named. */
function lacksTime(tokens: Tokens, at: number, right: string): boolean {
  if (right !== "that") return false;
  const bits = verbBits(lowerText(tokens, at - 2));
  if ((bits & Frame.that) === 0 || (bits & (Form.past | Form.third)) === 0) return false;
  return opensClause(tokens, at + 1);
}

/** "that the …", "that she …", but not "told that story". */
function opensClause(tokens: Tokens, at: number): boolean {
  const word = lowerText(tokens, at);
  return isAnyOf(word, WordClass.determiner | WordClass.subjectPronoun | WordClass.possessive);
}
