import {
  isWordlike,
  lowerText,
  spaceBefore,
  TokenKind,
  tokenText,
  type Tokens,
} from "../language/tokens.ts";
import { isAnyOf, wordClasses, WordClass } from "../language/word-classes.ts";
import { isMark, isStop } from "./marks.ts";
import { Form, verbBits } from "./verbs.ts";

/**
 * How much less likely a gap before token `at` is, in log-odds, because the small word before it stands without
 * an object by right: it shares one with another ("access to and knowledge of it"), its object stands before it ("the
 * house he lives in"), or it is a particle ("it sinks in"). 0 where none of that holds.
 */
export function strandedAt(tokens: Tokens, at: number): number {
  const left = lowerText(tokens, at - 1);
  // "You can tell by the tone": how, and not whom.
  if (left === "tell" && /^(?:by|from)$/.test(lowerText(tokens, at)))
    return isAnyOf(lowerText(tokens, at - 2), WordClass.modal) ? 2 : 0;
  if (!isAnyOf(left, WordClass.preposition) && !PARTICLES.has(left)) return 0;
  return Math.max(
    sharesObject(tokens, at, left),
    objectBefore(tokens, at),
    particleAt(tokens, at, left),
    asAdverb(tokens, at, left),
    beforeClause(tokens, at, left),
  );
}

const words = (list: string): ReadonlySet<string> => new Set(list.split(" "));

const PARTICLES = words("in on out up off over down through around along back away by");

/** No clause is looked at further than this. */
const REACH = 14;

/** "attach to and debug it", "on or shortly after Monday", "adds to, rather than replaces, the list" */
function sharesObject(tokens: Tokens, at: number, left: string): number {
  const { kinds } = tokens;
  const comma = kinds[at] === TokenKind.comma;
  if (comma && spaceBefore(tokens, at)) return 0;
  const joint = comma ? at + 1 : at;
  const word = lowerText(tokens, joint);
  const next = lowerText(tokens, joint + 1);
  if (comma && /^(?:rather|instead|if|but|and|or)$/.test(word))
    if (/^(?:than|of|not)$/.test(next)) return 2.5;
  if (!/^(?:and|or|nor|but)$/.test(word)) return 0;
  // "by and for the people", but "for and of it"
  if (OPPOSED.test(`${left} ${next}`) && kinds[joint + 2] === TokenKind.word) return 2.5;
  // "as accurately as and more clearly than"
  if (left === "as" && /^(?:more|less)$/.test(next)) return 2.5;
  for (let ahead = joint + 1; ahead < joint + 5; ahead++) {
    if (kinds[ahead] !== TokenKind.word) return 0;
    const one = lowerText(tokens, ahead);
    if (tokenText(tokens, ahead) !== one) return 0;
    if (isAnyOf(one, WordClass.preposition)) {
      // Without words between, the second has lost its object as well: "for and of".
      if (ahead === joint + 1 || one === left || /^(?:as|than|like)$/.test(one)) return 0;
      // "went to and began to sing": what follows is another verb, and no second preposition.
      if (one === "to" && word !== "or" && isBase(lowerText(tokens, ahead + 1))) return 0;
      const after = kinds[ahead + 1];
      return isWordlike(after) || after === TokenKind.comma ? 1.5 : 0;
    }
    if (/^(?:shortly|soon|just|even|immediately)$/.test(one)) continue;
    if (wordClasses(one) !== 0 || /(?:ed|ly)$/.test(one)) return 0;
    const isSameForm = comma && one.endsWith("ing");
    if (!isSameForm && (one.endsWith("ing") || verbBits(one) !== 0)) return 0;
  }
  return 0;
}

const OPPOSED =
  /^(?:by for|for by|to from|from to|in around|in out|on off|with without|before after|for against|above below|of for|of by)$/;

function isBase(word: string): boolean {
  return (verbBits(word) & Form.base) !== 0;
}

/** A word that may be the base form of a verb. */
function isPlainVerb(word: string): boolean {
  const bits = verbBits(word);
  if (bits !== 0) return (bits & Form.base) !== 0;
  return wordClasses(word) === 0 && /^[a-z]{3,}$/.test(word) && !/(?:ed|s|ing|ly)$/.test(word);
}

/** "which he has been a part of for years", "the statement it signed on to in May", "an interval to divide by" */
function objectBefore(tokens: Tokens, at: number): number {
  const { kinds } = tokens;
  const right = lowerText(tokens, at);
  const ends = at === tokens.count || (isMark(kinds[at]) && !spaceBefore(tokens, at));
  const follows = AFTER_STRANDED.has(right) || isAlso(tokens, at);
  if (!ends && !follows) return 0;
  if (isAlso(tokens, at)) return 1.5;
  // "more than I want to on weekdays": the verb is one that was said before.
  if (lowerText(tokens, at - 1) === "to" && !ends)
    if (/^(?:wants?|wanted|needs?|needed|ha(?:s|ve|d)|used|able)$/.test(lowerText(tokens, at - 2)))
      for (let back = at - 3; back > at - 7; back--)
        if (lowerText(tokens, back) === "than") return 3.5;
  if (isPassive(tokens, at) && (!ends || isPhrasal(tokens, at))) return 2;
  let hasVerb = false;
  for (let back = at - 2; back > 0 && back > at - REACH; back--) {
    const kind = kinds[back] ?? 0;
    const word = lowerText(tokens, back);
    if (isStop(kind) || kind === TokenKind.dash || kind === TokenKind.comma) return 0;
    if (isAnyOf(word, WordClass.coordinator) && !ends) return 0;
    if (opensRelative(tokens, back)) return hasVerb ? (ends ? 2 : 3.6) : 0;
    if (ends && isInfinitiveOfNoun(tokens, back, at)) return 2;
    hasVerb ||= isVerbLike(word, ends);
  }
  return 0;
}

/** A word that may be the verb of a clause; `guesses`: one in “-s” that the lexicon lacks counts, too. */
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
  for (let back = at - 2; back > at - 7 && back >= 0; back--) {
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
  /^(?:(?:approved|spoken|thought|heard|disposed|conceived) of|(?:dealt|tampered|interfered|experimented|complied) with|(?:looked|laughed|shouted|hinted|stared|poked) at|(?:looked) (?:after|into|for|upon)|(?:voted|relied|acted|agreed|decided|worked|built|commented|operated|reported|counted|depended|improved|expanded|elaborated|focused|insisted|touched|signed) (?:on|upon)|(?:paid|cared|called|accounted|asked|applied|provided|hoped|argued|searched|wished) for|(?:referred|responded|attended|listened|objected|added|adhered|agreed|alluded|appealed|subscribed|catered) to|(?:talked|written|read|thought|asked|cared|complained|known) about)$/;

const AFTER_STRANDED = words(
  "for in on at by from during since with after before until is are was were will would can",
);

/** "as well", but not "as well as" */
function isAlso(tokens: Tokens, at: number): boolean {
  return (
    lowerText(tokens, at) === "as" &&
    lowerText(tokens, at + 1) === "well" &&
    lowerText(tokens, at + 2) !== "as"
  );
}

/** Whether a clause about the noun before it begins at a token: "benchmarks we", "the statement the bank". */
function opensRelative(tokens: Tokens, at: number): boolean {
  const word = lowerText(tokens, at);
  if (/^(?:which|whom)$/.test(word) && tokens.kinds[at - 1] === TokenKind.comma) return true;
  if (!isNounAt(tokens, at - 1)) return false;
  if (/^(?:(?:i|you|he|she|we|they|it)(?:'(?:m|re|s|ve|d|ll))?|which|whom|that)$/.test(word))
    // "I am sure she": what stands before is no noun.
    return !isAnyOf(lowerText(tokens, at - 2), WordClass.auxiliary | WordClass.adverb);
  const isName =
    tokens.kinds[at] === TokenKind.word &&
    tokenText(tokens, at) !== word &&
    (verbBits(lowerText(tokens, at + 1)) & Form.third) !== 0;
  if (!isName && !/^(?:the|a|an|my|your|his|her|our|their|most|many|some)$/.test(word))
    return false;
  if (tokenText(tokens, at - 1) !== lowerText(tokens, at - 1)) return false;
  for (let back = at - 2; back >= 0 && back > at - 5; back--) {
    const before = lowerText(tokens, back);
    if (isAnyOf(before, WordClass.determiner)) return true;
    if (wordClasses(before) !== 0 || verbBits(before) !== 0) return false;
  }
  return false;
}

/** A word that may be a noun and is hardly a verb where it stands. */
function isNounAt(tokens: Tokens, at: number): boolean {
  if (tokens.kinds[at] !== TokenKind.word) return false;
  const word = lowerText(tokens, at);
  if (wordClasses(word) !== 0 || /(?:ed|ing|ly)$|^(?:sure|certain|glad|happy|so)$/.test(word))
    return false;
  return (verbBits(word) & (Form.past | Form.participle | Form.base | Form.third)) === 0;
}

/** "an interval to divide by": a noun that a determiner leads, and what is done with it. */
function isInfinitiveOfNoun(tokens: Tokens, to: number, at: number): boolean {
  if (lowerText(tokens, to) !== "to" || to >= at - 1) return false;
  if (!isNounAt(tokens, to - 1) || !isPlainVerb(lowerText(tokens, to + 1))) return false;
  for (let back = to - 2; back >= 0 && back > to - 4; back--)
    if (isAnyOf(lowerText(tokens, back), WordClass.determiner)) return true;
  return false;
}

/** "it sinks in.", "streams in and replaces it", "turning this on can help", "flew in from Oslo" */
function particleAt(tokens: Tokens, at: number, left: string): number {
  if (!PARTICLES.has(left)) return 0;
  const { kinds } = tokens;
  const right = lowerText(tokens, at);
  if (right === "from" && COMING.test(lowerText(tokens, at - 2))) return 3;
  // "Turning this on can help": what is done, by its name, is the subject.
  if (/^(?:in|on|off|out|up|down|over)$/.test(left) && isAnyOf(right, FINITE))
    for (let back = at - 3; back >= 0 && back > at - 7; back--)
      if (/^\p{Lu}?\p{Ll}+ing$/u.test(tokenText(tokens, back)))
        if (back === 0 || isStop(kinds[back - 1] ?? 0) || kinds[back - 1] === TokenKind.comma)
          return 3.6;
  const ends = at === tokens.count || (isMark(kinds[at]) && !spaceBefore(tokens, at));
  // "join in", but "join us in ⟨the hall⟩"
  if (left === "by" && ends && PASSING.test(lowerText(tokens, at - 2))) return 2.5;
  if (left !== "in" || !(ends || /^(?:and|or|to|but|as|when|while)$/.test(right))) return 0;
  for (let back = at - 2; back >= 0 && back > at - 6; back--) {
    const word = lowerText(tokens, back);
    if (ENTERING.test(word)) return ends ? 1.8 : 3.6;
    if (back === at - 2 && GOING_IN.test(word)) return ends ? 1.8 : 3.6;
    if (isAnyOf(word, WordClass.preposition | WordClass.coordinator)) return 0;
    if (!isWordlike(kinds[back])) return 0;
  }
  return 0;
}

const FINITE = WordClass.auxiliary | WordClass.modal;

/** How verbs begin that are of motion, or of a call from elsewhere. */
const COMING =
  /^(?:c[ao]m[ei]|fl[iyeo]|mov|walk|dr[io]v|ship|bring|brought|call|phon|step|roll|sail|stream|pour|travel|drop|join|tun[ei]|dial|pull|rush|import)/;

/** Forms of verbs with which "in" is a particle, whatever they take beside it: "animate them in". */
const ENTERING =
  /^(?:plugg?|fill|animat|bring|brought|drew|draw|drawn|let|lock|fold|bak|factor|merg|tapp?|typ|past|swapp?|squeez|usher|rop|reel|fad|zoom)(?:e?s|e?d|ing|ting|e)?$/;

/** "watch the boats float by." */
const PASSING =
  /^(?:float|flow|drift|drive|fly|flies|go|goes|going|walk|pass|passes|run|sail|roll|slip|tick|whiz|zoom|rush)(?:s|ing)?$/;

/** The same, of verbs that take nothing beside it. */
const GOING_IN =
  /^(?:s(?:ink|ank|unk)|soak|kick|chim|pitch|join|log|logg|sign|check|slid|stream|step|stepp|pop|popp|dropp?|cav|weigh|blend|fitt?|tun|dial|sneak|phon|call|optt?|settl|rush|set|stay|liv|giv|gave|given)(?:e?s|e?d|ing|ting|e)?$/;

/** "Throughout, the rate fell", "no such tags within.": prepositions that are adverbs as well. */
function asAdverb(tokens: Tokens, at: number, left: string): number {
  if (!ADVERBS.has(left) && !(left === "across" && isMeasure(tokens, at - 2))) return 0;
  const { kinds } = tokens;
  const opens = at === 1 || isStop(kinds[at - 2] ?? 0);
  if (kinds[at] === TokenKind.comma && opens && !spaceBefore(tokens, at)) return 4;
  const ends = at === tokens.count || (isMark(kinds[at]) && !spaceBefore(tokens, at));
  return ends ? 2.2 : 0;
}

/** "15 inches", 15.6" */
function isMeasure({ kinds }: Tokens, at: number): boolean {
  return kinds[at] === TokenKind.number || kinds[at - 1] === TokenKind.number;
}

const ADVERBS = words(
  "throughout within inside outside below above underneath beneath beyond behind alongside nearby besides since",
);

/** "for whenever she is away", "speak to whether it is so" */
function beforeClause(tokens: Tokens, at: number, left: string): number {
  const right = lowerText(tokens, at);
  const before = lowerText(tokens, at - 2);
  if (/^(?:whenever|wherever|whoever|whatever|whichever|whether|how|why|what|where)$/.test(right))
    return isWordlike(tokens.kinds[at + 1]) && (left !== "to" || SPEAKS_TO.test(before)) ? 1.5 : 0;
  // "similar to as if it were", "the same as when it began"
  if (right === "as") return /^(?:if|though)$/.test(lowerText(tokens, at + 1)) ? 2 : 0;
  return left === "as" && right === "when" ? 1.5 : 0;
}

const SPEAKS_TO =
  /^(?:as|speaks?|speaking|spoke|testif(?:y|ies|ied)|attests?|relat(?:es?|ed|ing)|subject|due|down|comes|came|answers?|keys?|clues?|refers?|attention|thought|regard|respect)$/;
