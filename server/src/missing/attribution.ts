import { TokenKind, lowerText, type Tokens } from "../language/tokens.ts";
import { isAnyOf, WordClass } from "../language/word-classes.ts";
import { Form, Frame, verbBits } from "./verbs.ts";
import { type Wording, wording } from "../text/wording.ts";

/** Who is missing: the speaker, the hearer, or the source of a claim. */
export type SourcePlace = "speaker" | "hearer" | "source";

/**
 * Who is missing in a gap before token `right`, if a source belongs there: before or after a verb of saying, after
 * "according to", or after a preposition led by a noun or verb of saying or evidence. Undefined elsewhere: "announced a
 * _", "posts by _".
 */
export function sourcePlaceAt(tokens: Tokens, right: number): SourcePlace | undefined {
  if (speaks(lowerText(tokens, right)) && !isReply(tokens, right)) return "speaker";
  return leadIn(tokens, right)?.place;
}

/** How the hearer whose name is lost was addressed: "told", "asked". */
export function askForHearer(tokens: Tokens, right: number): Wording {
  const word = lowerText(tokens, leadIn(tokens, right)?.at ?? -1);
  return HEARING.find(([forms]) => forms.test(word))?.[1] ?? TOLD;
}

/** The word before a gap that leads to a source, and who is then missing. */
function leadIn(
  tokens: Tokens,
  right: number,
): { readonly place: SourcePlace; readonly at: number } | undefined {
  let isBare = true;
  let isIndefinite = false;
  for (let at = right - 1; at >= 0 && right - at <= MOST_BETWEEN + 1; at--) {
    const word = lowerText(tokens, at);
    const place = placeAfter(tokens, at, word, isBare, isIndefinite);
    if (place !== undefined) return { place, at };
    if (!mayPart(tokens, at, word, right - 1 - at)) return undefined;
    isBare = false;
    isIndefinite ||= word === "a" || word === "an";
  }
  return undefined;
}

/** The most words between what leads to a source and the gap. */
const MOST_BETWEEN = 3;

/**
 * Whether a token may come between what leads to a source and the gap: "the", "a recent", a comma, a part of a name.
 */
function mayPart(tokens: Tokens, at: number, word: string, steps: number): boolean {
  const kind = tokens.kinds[at];
  return (
    kind === TokenKind.comma ||
    kind === TokenKind.openQuote ||
    kind === TokenKind.closeQuote ||
    isAnyOf(word, WordClass.determiner) ||
    (steps > 0 && /^(?:recent|new|daily|official|state|local|news|media)$/.test(word))
  );
}

function placeAfter(
  tokens: Tokens,
  at: number,
  word: string,
  isBare: boolean,
  isIndefinite: boolean,
): SourcePlace | undefined {
  const before = lowerText(tokens, at - 1);
  if (word === "to" && before === "according") return "source";
  if (word === "citing" || word === "quoting") return "source";
  if (word === "per" && (at === 0 || tokens.kinds[at - 1] === TokenKind.comma)) return "source";
  if (word === "for" && SPOKESMEN.test(before)) return "source";
  if (SPOKESMEN.test(word) && isBare) return "source";
  // “…?” asked: the person who was asked is not missing.
  if (/^ask(?:s|ed)$/.test(word) && tokens.kinds[at - 1] === TokenKind.closeQuote) return "speaker";
  if (HEARING.some(([forms]) => forms.test(word))) {
    // "was told": the hearer comes before it. "asked a": a question is missing.
    if (/^(?:be|been|being|is|are|am|was|were|get|gets|got)$/.test(before)) return undefined;
    return isIndefinite && !/^tell|^told/.test(word) ? undefined : "hearer";
  }
  if (speaks(word)) return isInverted(tokens, at) ? "speaker" : undefined;
  return LEADS.get(word)?.test(before) === true ? "source" : undefined;
}

/** Whether a verb of saying comes after the quotation, and so before the speaker: "…,” said". */
function isInverted(tokens: Tokens, verb: number): boolean {
  switch (tokens.kinds[verb - 1]) {
    case TokenKind.comma:
    case TokenKind.question:
    case TokenKind.exclamation:
    case TokenKind.closeQuote:
      return true;
    default:
      return false;
  }
}

const TOLD = wording("Say who was told.");
/** Except for “tell”, no infinitives: “questions to ask” and “a call to inform” are whole. */
const HEARING: readonly (readonly [forms: RegExp, ask: Wording])[] = [
  [/^(?:tells?|told|telling)$/, TOLD],
  [/^ask(?:s|ed|ing)$/, wording("Say who was asked.")],
  [/^inform(?:s|ed|ing)$/, wording("Say who was informed.")],
  [/^remind(?:s|ed|ing)$/, wording("Say who was reminded.")],
  [/^assur(?:es?|ed|ing)$/, wording("Say who was assured.")],
  [/^notif(?:y|ies|ied|ying)$/, wording("Say who was notified.")],
];

const SPOKESMEN = /^spokes(?:m[ae]n|wom[ae]n|person|people)$/;

/** What is told, found or measured: a report BY, data FROM, an interview WITH. */
const EVIDENCE =
  "reports?|data|stud(?:y|ies)|articles?|research|surveys?|polls?|analys[ie]s|statements?|interviews?|findings?|figures|statistics|stor(?:y|ies)|papers?|letters?|memos?|estimates?|testimony|accounts?|quotes?|remarks|comments?|investigations?|reporting|coverage";

const TELLING =
  "reported|published|quoted|cited|written|commissioned|obtained|compiled|authored|conducted|released|issued|told|said|claimed|stated|confirmed|announced|revealed|seen";

/** By preposition: the words before it after which a source follows. */
const LEADS: ReadonlyMap<string, RegExp> = new Map(
  Object.entries({
    by: new RegExp(`^(?:${EVIDENCE}|${TELLING})$`),
    from: new RegExp(`^(?:${EVIDENCE}|posts?|quoted|obtained)$`),
    with: /^(?:interviews?|sp(?:oke|eak|eaking|oken)|talk(?:s|ed|ing)?|conversations?)$/,
    to: /^(?:sp(?:oke|eak|eaking|oken)|talk(?:ed|ing)?|emailed)$/,
    in: /^(?:published|reported|quoted|cited|articles?|interviews?|reports?|stor(?:y|ies))$/,
  }),
);

/** A finite form of a verb that reports speech. */
function speaks(word: string): boolean {
  const bits = verbBits(word);
  return (bits & Frame.speech) !== 0 && (bits & (Form.past | Form.third)) !== 0;
}

/** "as reported", "is said", "the claims": a form that needs no speaker before it. */
function isReply(tokens: Tokens, at: number): boolean {
  const before = lowerText(tokens, at - 1);
  if (isAnyOf(before, WordClass.auxiliary | WordClass.possessive)) return true;
  const bits = verbBits(lowerText(tokens, at));
  return isAnyOf(before, WordClass.determiner) &&
    (bits & Form.third) !== 0 &&
    (bits & Form.past) === 0
    ? /^(?:reports|claims|states|comments|notes|replies|jokes|demands)$/.test(lowerText(tokens, at))
    : false;
}
