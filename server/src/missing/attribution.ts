import { TokenKind, lowerText, type Tokens } from "../language/tokens.ts";
import { isAnyOf, WordClass } from "../language/words.ts";
import { Form, Frame, verbBits } from "./verbs.ts";

/**
 * Whether a gap before token `right` stands where the name of a source belongs: after "according to",
 * "told", "a report by the", "the outlet, the", or before a "said" that has lost its speaker.
 */
export function namesSource(tokens: Tokens, right: number): boolean {
  if (speaks(lowerText(tokens, right)) && !isReply(tokens, right)) return true;
  let at = right - 1;
  for (let steps = 0; steps < 4 && at >= 0; steps++) {
    const word = lowerText(tokens, at);
    if (word === "to" && lowerText(tokens, at - 1) === "according") return true;
    if (isCue(tokens, at, word)) return true;
    // Between the cue and the gap only "the", "a recent", a comma …: what belonged to the name.
    const kind = tokens.kinds[at];
    const passes =
      kind === TokenKind.comma ||
      kind === TokenKind.openQuote ||
      kind === TokenKind.closeQuote ||
      isAnyOf(word, WordClass.determiner) ||
      (steps > 0 && /^(?:recent|new|daily|official|state|local|news|media)$/.test(word));
    if (!passes) return false;
    at--;
  }
  return false;
}

/** Nouns that a source stands behind: a report BY, data FROM, an interview WITH. */
const ACCOUNTS =
  /^(?:reports?|data|stud(?:y|ies)|articles?|research|surveys?|polls?|analys[ie]s|statements?|interviews?|posts?|findings?|documents?|letters?|figures|statistics|stor(?:y|ies)|papers?|reviews?|releases?|words|accounts?|quotes?|news|coverage|memo|tweets?|e-?mails?|estimates?|claims?|remarks|comments?)$/;

/** Who brings news, without a name. */
const OUTLETS =
  /^(?:outlets?|newspapers?|magazines?|agenc(?:y|ies)|broadcasters?|channels?|dail(?:y|ies)|weekly|tabloids?|websites?|spokes(?:man|woman|person)|analyst|columnist|correspondent|reporters?|journalists?)$/;

const PUBLISHED =
  /^(?:reported|published|issued|released|announced|quoted|cited|written|posted|conducted|commissioned|obtained|made|given|told|seen|compiled|authored)$/;

function isCue(tokens: Tokens, at: number, word: string): boolean {
  if (word === "citing" || word === "quoting" || word === "per") return true;
  if (speaks(word) || /^(?:say|telling|saying|tell)$/.test(word)) return true;
  if (OUTLETS.test(word)) return true;
  const before = lowerText(tokens, at - 1);
  if (word === "for" && /^spokes(?:m[ae]n|wom[ae]n|person|people)$/.test(before)) return true;
  if (/^(?:by|from|in|with|to|of|via)$/.test(word)) {
    if (ACCOUNTS.test(before) || PUBLISHED.test(before)) return true;
    return (
      /^(?:with|to)$/.test(word) &&
      /^(?:sp(?:oke|eak|eaking|oken)|talk(?:s|ed|ing)?|emailed)$/.test(before)
    );
  }
  return false;
}

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
