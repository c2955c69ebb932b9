import {
  isWordlike,
  spaceBefore,
  TokenKind,
  lowerText,
  tokenText,
  type Tokens,
} from "../language/tokens.ts";
import { isAnyOf, WordClass } from "../language/word-classes.ts";
import { isMark, isStop } from "./marks.ts";
import { Form, Frame, verbBits } from "./verbs.ts";

/**
 * Boundaries that a rule of grammar calls a gap by itself, however well the words beside it go together:
 * "the spokesman for declined to", "would not the plan", "about percent of". Each is a few exact tests of
 * tokens within one clause.
 */

/** How sure a rule of grammar is; "sure" is certain at every sensitivity. */
export type Grade = "sure" | "certain" | "likely" | "possible";

/** No clause is looked at further than this. */
const REACH = 12;

const set = (words: string): ReadonlySet<string> => new Set(words.split(" "));

/** Prepositions that are hardly ever particles. */
const PREPOSITIONS = set("of for with at from into during against among toward towards in on by");
const MODALS = set(
  "can could will would should may might must cannot can't couldn't won't wouldn't shouldn't",
);
/** "the state's senior Sen. vowed": of short titles, only these always have a name. */
const FORMS_OF_ADDRESS = set("mr. ms. mrs.");
const SHORT_TITLES = set("sen. gov. rep. dr. prof. lt. sgt. capt.");
const TITLES = set(
  "president mayor senator governor minister chancellor congressman congresswoman",
);
const CURRENCIES = set("$ £ €");
const TAKING = set("starring featuring comprising");
/** Words that a preposition follows, or the end of what they say: never "the". */
const LEANING = set(
  "according regardless depending consist consists consisted consisting rely relies relied relying depends refrain " +
    "belongs",
);
/** Words that "to" and a verb follow. */
const READY = set("able unable ought unwilling");
const SUBJECTS = set("he she we they");
const TAKEN = set("arrested detained questioned seized recovered identified apprehended");
const ROUGHLY = set("about nearly almost roughly approximately around by than over least under");
const HOURS = set("p.m. a.m. pm am");
const UNITS = set("percent % million billion trillion per");

/**
 * What a rule says of the boundary before token `at`; `left` and `right` are the tokens beside it in lower case.
 * `right` comes first everywhere: nearly all rules look at it, and few at `left`.
 */
type Rule = (tokens: Tokens, at: number, right: string, left: string) => Grade | undefined;
type Test = (tokens: Tokens, at: number, right: string, left: string) => boolean;

const when =
  (test: Test, grade: Grade): Rule =>
  (tokens, at, right, left) =>
    test(tokens, at, right, left) ? grade : undefined;

const RULES: readonly (readonly [ReadonlySet<string>, Rule])[] = [
  [CURRENCIES, when(lacksSum, "sure")],
  [set("@"), when(lacksHandle, "likely")],
  [FORMS_OF_ADDRESS, when(lacksName, "sure")],
  [SHORT_TITLES, when(lacksName, "likely")],
  [TITLES, lacksHolder],
  [MODALS, lacksVerb],
  [set("not"), lacksVerb],
  [SUBJECTS, when(lacksAm, "likely")],
  [LEANING, when(lacksSupport, "certain")],
  [READY, when(lacksTo, "certain")],
  [set("one"), when(lacksOf, "likely")],
  [set("told"), when(lacksHearer, "likely")],
  [set("to"), afterTo],
  [TAKING, when((tokens, at) => isMark(tokens.kinds[at]), "possible")],
  [PREPOSITIONS, afterPreposition],
  [TAKEN, when(lacksSuspect, "possible")],
];

/** Words that a gap found here may follow, each with its rule: the first that has the word. */
const LEFT: ReadonlyMap<string, Rule> = new Map(
  // Of entries with one key, a map takes the last.
  RULES.flatMap(([words, rule]) => Array.from(words, (word) => [word, rule] as const)).reverse(),
);
/** Words that a gap found here may come before, whatever stands before it. */
const RIGHT = new Set([...HOURS, ...UNITS]);

/** Whether a gap may follow a token, so spelt in lower case with straight apostrophes, by these rules. */
export function mayLead(lower: string): boolean {
  return LEFT.has(lower);
}

/** Whether a gap may come before such a token. */
export function mayFollow(lower: string): boolean {
  return RIGHT.has(lower);
}

/** How sure grammar alone is of a gap before token `at`; undefined where it has nothing to say. */
export function grammarAt(tokens: Tokens, at: number): Grade | undefined {
  const left = lowerText(tokens, at - 1);
  const right = lowerText(tokens, at);
  const grade = RIGHT.has(right) ? lacksFigure(tokens, at, right, left) : undefined;
  return grade ?? LEFT.get(left)?.(tokens, at, right, left);
}

/** "according the plan": on what it leans is led to by a preposition. */
function lacksSupport(tokens: Tokens, at: number, right: string): boolean {
  return (
    /^(?:the|a|an|his|their|our|its)$/.test(right) &&
    // "depends a lot on"
    !/^(?:lot|bit|little|great|good|deal|while|priori)$/.test(lowerText(tokens, at + 1))
  );
}

function afterTo(tokens: Tokens, at: number, right: string, left: string): Grade | undefined {
  if (/^(?:able|unable)$/.test(right) && lowerText(tokens, at + 1) === "to") return "likely";
  if (lacksDeed(tokens, at, right)) return "certain";
  return lacksPartner(tokens, at, right, left) ? "likely" : undefined;
}

function afterPreposition(
  tokens: Tokens,
  at: number,
  right: string,
  left: string,
): Grade | undefined {
  if (lacksObject(tokens, at, right, left)) return "certain";
  if (lacksPartner(tokens, at, right, left)) return "likely";
  return lacksPlace(tokens, at, right, left) ? "possible" : undefined;
}

/** "flew in from Oslo", "called in from": the first is a particle of the verb. */
export function isParticle(tokens: Tokens, at: number): boolean {
  return (
    lowerText(tokens, at) === "from" &&
    /^(?:in|out|up|down|over|off|on|away|back)$/.test(lowerText(tokens, at - 1)) &&
    MOTION.test(lowerText(tokens, at - 2))
  );
}

const MOTION =
  /^(?:c[ao]m(?:e|es|ing)|fl(?:y|ies|ew|own|ying)|mov(?:e|es|ed|ing)|walk(?:s|ed|ing)?|dr(?:ive|ives|ove|iven|iving)|ship(?:s|ped|ping)?|br(?:ing|ings|ought|inging)|call(?:s|ed|ing)?|phon(?:es?|ed|ing)|step(?:s|ped|ping)?|bl(?:ow|ows|ew|own|owing)|roll(?:s|ed|ing)?|sail(?:s|ed|ing)?|stream(?:s|ed|ing)?|pour(?:s|ed|ing)?|travel(?:s|l?ed|l?ing)?|drop(?:s|ped|ping)?|join(?:s|ed|ing)?|tun(?:es?|ed|ing)|dial(?:s|l?ed|l?ing)?|pull(?:s|ed|ing)?|rush(?:es|ed|ing)?|truck(?:s|ed|ing)?|bus(?:s?ed)|jet(?:s|ted|ting)?|airlift(?:s|ed|ing)?|pipe[sd]?|import(?:s|ed|ing)?)$/;

/** Forms that are finite and nothing else: neither participles, adjectives nor plural nouns. */
const FINITE = set(
  "said rose fell went took was were has had is did does gave knew grew wrote spoke began became came threw flew " +
    "chose broke withdrew drew ate sank shook stole tore woke froze forgot overcame overtook undertook underwent oversaw drove saw swore arose says employs includes provides requires contains becomes remains seems " +
    "appears allows believes knows thinks makes gives goes comes keeps brings sells sees tells expects wants " +
    "operates begins continues ensures argues insists",
);

function isFiniteAt(tokens: Tokens, at: number): boolean {
  if (tokens.kinds[at] !== TokenKind.word) return false;
  const word = lowerText(tokens, at);
  if (FINITE.has(word)) return true;
  const next = lowerText(tokens, at + 1);
  if (MODALS.has(word)) return (verbBits(next) & Form.base) !== 0 || next === "not";
  const bits = verbBits(word);
  if (next === "that" && SHOWS.test(word)) return true;
  const past = (bits & Form.past) !== 0 && (bits & Form.base) === 0;
  if (
    !past &&
    (!word.endsWith("ed") ||
      !/^[a-z]{4,}$/.test(word) ||
      /(?:^|in|n)eed$|^(?:used|related|according)$/.test(word))
  )
    return false;
  // "ruled that the", "told reporters", "declined to comment": no adjective goes on so.
  if (next === "that") return (bits & Frame.that) !== 0 || /^(?:ruled|found)$/.test(word);
  if (/^(?:the|a|an|his|their|our|him|them|us|me|reporters|journalists)$/.test(next)) return true;
  if (next === "on") return isAnyOf(lowerText(tokens, at + 2), WordClass.weekday);
  return (
    next === "to" &&
    ((bits & Frame.infinitive) !== 0 || /^(?:declined|opted|neglected)$/.test(word)) &&
    !isAnyOf(lowerText(tokens, at + 2), WordClass.determiner)
  );
}

/** Of verbs that a clause with "that" follows, the forms that are no nouns. */
const SHOWS =
  /^(?:shows|finds|reveals|suggests|indicates|argues|warns|confirms|insists|concludes)$/;

/** "The court in ruled that": what a preposition leads to is gone, and the verb of the clause comes. */
function lacksObject(tokens: Tokens, at: number, right: string, left: string): boolean {
  if (!spaceBefore(tokens, at) || !isFiniteAt(tokens, at)) return false;
  if (tokenText(tokens, at) !== right || tokenText(tokens, at - 1) !== left) return false;
  const noun = lowerText(tokens, at - 2);
  if (tokens.kinds[at - 2] !== TokenKind.word || wordTooSmall(noun)) return false;
  if (
    left === "on" &&
    !/^(?:reports?|stud(?:y|ies)|bans?|votes?|attacks?|hearings?|tax(?:es)?|books?|talks)$/.test(
      noun,
    )
  )
    return false;
  if (
    left === "in" &&
    /^(?:way|drive|walk|log|sign|plug|check|opt|run|day|cave|built|break|stand|fill|weigh|trade|sit|buy|lead|head|phone|call|write)$/.test(
      noun,
    )
  )
    return false;
  if (left === "by" && /^(?:gone|passers?|stand|drive|fly|by)$/.test(noun)) return false;
  if (left === "of" && /^(?:kind|sort|type|because|out|lot|unheard|number)$/.test(noun))
    return false;
  if (
    /^(?:for|against)$/.test(left) &&
    /^(?:arguments?|cases?|votes?|those|points?|reasons?)$/.test(noun)
  )
    return false;
  // The subject must be all that stands before: a verb, or a clause that left its object elsewhere
  // ("the man they spoke with said"), makes the preposition's end a good one.
  const start = clauseStart(tokens, at - 2);
  if (start < 0 || start > at - 2) return false;
  const placed = /^(?:based|located|headquartered|published|born)$/.test(noun);
  for (let back = placed ? at - 3 : at - 2; back >= start; back--) {
    const word = lowerText(tokens, back);
    const kind = tokens.kinds[back];
    if (kind !== TokenKind.word && kind !== TokenKind.number) return false;
    if (isAnyOf(word, BARS) || word === "to") return false;
    if (isAnyOf(word, WordClass.preposition) && !PREPOSITIONS.has(word)) return false;
    if (word === "that" || (word.includes("'") && !word.endsWith("'s"))) return false;
    const bits = verbBits(word);
    if (/(?:ed|ing)$/.test(word) && word.length > 4) return false;
    if (FINITE.has(word)) return false;
    if ((bits & (Form.past | Form.participle)) !== 0) return false;
    // "Shares in": a noun where nothing, or a determiner, stands before it; "John works for": a verb.
    if (
      (bits & (Form.base | Form.third)) !== 0 &&
      back > start &&
      !isAnyOf(lowerText(tokens, back - 1), WordClass.determiner | WordClass.preposition)
    )
      return false;
  }
  // Two nouns in a row before it may hide a clause: "the firm Smith founded with".
  const first = lowerText(tokens, start);
  return isAnyOf(first, WordClass.determiner) || isCapital(tokens, start) || verbBits(first) === 0;
}

/** Words that open another clause, or are a subject by themselves. */
const BARS =
  WordClass.wh |
  WordClass.pronoun |
  WordClass.auxiliary |
  WordClass.subordinator |
  WordClass.negation;

function wordTooSmall(word: string): boolean {
  return (
    isAnyOf(word, BARS | WordClass.determiner | WordClass.preposition | WordClass.coordinator) ||
    isAnyOf(word, WordClass.adverb | WordClass.weekday)
  );
}

/** Where the clause that holds token `at` begins; -1 where that is too far. */
function clauseStart(tokens: Tokens, at: number): number {
  for (let back = at; back > at - REACH; back--) {
    if (back < 0) return 0;
    const kind = tokens.kinds[back] ?? 0;
    const word = lowerText(tokens, back);
    if (isStop(kind) || kind === TokenKind.openQuote || kind === TokenKind.closeQuote)
      return back + 1;
    if (kind === TokenKind.comma) return back + 1;
    if (
      word === "but" ||
      (word === "that" && (verbBits(lowerText(tokens, back - 1)) & Frame.that) !== 0)
    )
      return back + 1;
  }
  return -1;
}

/** Where the sentence that holds token `at` begins; -1 where that is too far. */
function sentenceStart(tokens: Tokens, at: number): number {
  for (let back = at; back > at - REACH; back--) {
    if (back < 0) return 0;
    if (isStop(tokens.kinds[back] ?? 0)) return back + 1;
  }
  return -1;
}

/** "The president met with in Berlin": whom is gone, where no one is left to be met. */
function lacksPartner(tokens: Tokens, at: number, right: string, left: string): boolean {
  if (!/^(?:with|to)$/.test(left) || !/^(?:in|on|at|during)$/.test(right)) return false;
  const verb = lowerText(tokens, at - 2);
  if (!(left === "to" ? /^(?:spoke|talked)$/ : PARTNERED).test(verb)) return false;
  return isOnlyVerb(tokens, at - 2, at + 1);
}

const PARTNERED = /^(?:met|spoke|talked|negotiated|teamed|sided|clashed)$/;

/** Agents of the law that do, and are seldom done to. */
const LAW = /^(?:police|officers|deputies|agents|investigators|detectives|prosecutors)$/;

/** "Police arrested in the street": whom is gone, where the sentence has no other verb. */
function lacksSuspect(tokens: Tokens, at: number, right: string): boolean {
  if (!LAW.test(lowerText(tokens, at - 2)) || !/^(?:in|on|at|near|outside|after)$/.test(right))
    return false;
  return isOnlyVerb(tokens, at - 1, at + 1);
}

/** Whether the verb at `verb` has nothing but its subject before it, and no other finite verb follows `from`. */
function isOnlyVerb(tokens: Tokens, verb: number, from: number): boolean {
  const start = sentenceStart(tokens, verb - 1);
  if (start < 0 || verb - start > 6 || verb === start) return false;
  for (let back = verb - 1; back >= start; back--) {
    const word = lowerText(tokens, back);
    if (tokens.kinds[back] !== TokenKind.word) return false;
    if (isAnyOf(word, WordClass.wh | WordClass.auxiliary | WordClass.subordinator)) return false;
    // "the people he met with": a subject that is not the first word hides a clause.
    if (back > start && isAnyOf(word, WordClass.pronoun | WordClass.determiner)) return false;
  }
  for (let next = from; next < from + 30; next++) {
    const kind = tokens.kinds[next];
    if (kind === undefined) return false;
    if (isStop(kind)) return kind === TokenKind.period;
    const word = lowerText(tokens, next);
    if (isAnyOf(word, WordClass.auxiliary)) return false;
    if ((verbBits(word) & (Form.past | Form.third)) !== 0 || /[a-z]ed$/.test(word)) return false;
  }
  return false;
}

/** "Tickets are available at for": two prepositions, where the first is no part of a verb. */
function lacksPlace(tokens: Tokens, at: number, right: string, left: string): boolean {
  return (
    left === "at" &&
    /^(?:for|on|in|with|by|from)$/.test(right) &&
    /^(?:available|open|sold|located|based|held|offered|played|store|stores|office|offices)$/.test(
      lowerText(tokens, at - 2),
    )
  );
}

/** "would not the plan": a modal leads to a verb, unless it stands before its subject or repeats another verb. */
function lacksVerb(tokens: Tokens, at: number, right: string, left: string): Grade | undefined {
  let modal = at - 1;
  if (left === "not") {
    modal = at - 2;
    if (!MODALS.has(lowerText(tokens, modal)) && !/^d(?:o|id|oes)$/.test(lowerText(tokens, modal)))
      return undefined;
  }
  const word = lowerText(tokens, modal);
  if (tokenText(tokens, modal) !== word) return undefined;
  const subject = lowerText(tokens, modal - 1);
  const pronoun = isAnyOf(subject, WordClass.subjectPronoun) || /^(?:you|it)$/.test(subject);
  if (lacksBe(right, lowerText(tokens, at + 1))) {
    if (!pronoun && (word === "should" || tokens.kinds[modal - 1] !== TokenKind.word))
      return undefined;
  } else if (right === "to") {
    // "all we can to help", "the will to live", "if they could to a friend".
    if ((!pronoun && left !== "not") || /^(?:can|could|cannot|can't|couldn't)$/.test(word))
      return undefined;
    if (lowerText(tokens, at + 1) === "god") return undefined;
  } else if (!/^(?:the|a|an|these|those|their|his|our|its|my|him|them|us|me)$/.test(right)) {
    return undefined;
  }
  if (!pronoun) {
    if (tokens.kinds[modal - 1] !== TokenKind.word || wordTooSmall(subject)) return undefined;
    // "should the need arise"
    if (word === "should") return undefined;
    // "of their own free will the men": a noun.
    if (/^(?:free|own|good|ill|living|last|political|tin|trash|full)$/.test(subject))
      return undefined;
    if (/ly$/.test(subject)) return undefined;
  }
  for (let back = modal - 1; back >= 0 && back > modal - REACH; back--) {
    if (isStop(tokens.kinds[back] ?? 0)) break;
    const before = lowerText(tokens, back);
    if (isAnyOf(before, WordClass.wh) && before !== "which" && before !== "who") return undefined;
    if (INVERTING.has(before)) return undefined;
  }
  for (let next = at; next < at + 40 && next < tokens.count; next++) {
    const kind = tokens.kinds[next] ?? 0;
    if (kind === TokenKind.question) return undefined;
    if (isStop(kind)) break;
  }
  return "certain";
}

/** "was able help": a base form that is no plural and no name. */
function lacksTo(tokens: Tokens, at: number, right: string): boolean {
  return (verbBits(right) & Form.base) !== 0 && tokenText(tokens, at) === right;
}

/** "one the main reasons" */
function lacksOf(tokens: Tokens, at: number, right: string): boolean {
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

/** "they going to", "we able to": a form of "be" is gone, unless it stands before. */
function lacksAm(tokens: Tokens, at: number, right: string): boolean {
  if (!/^(?:going|able|unable)$/.test(right) || lowerText(tokens, at + 1) !== "to") return false;
  const start = sentenceStart(tokens, at - 2);
  if (start < 0) return false;
  for (let back = at - 2; back >= start; back--) {
    const word = lowerText(tokens, back);
    if (isAnyOf(word, WordClass.auxiliary) || word.includes("'")) return false;
    if (isAnyOf(word, WordClass.coordinator | WordClass.wh)) return false;
  }
  for (let next = at; next < at + 40 && next < tokens.count; next++) {
    if (tokens.kinds[next] === TokenKind.question) return false;
    if (isStop(tokens.kinds[next] ?? 0)) break;
  }
  return true;
}

/** After these a modal stands before its subject, or for a verb said before: "than it would a stranger". */
const INVERTING = set(
  "no not nor neither never only so such as than like way same rarely seldom little hardly scarcely if " +
    "more less nowhere what how where whether much just do does treat",
);

/** Of verbs whose "to" leads to a verb, the forms that are no nouns, and that no "to" of a place follows. */
const DECIDED =
  /^(?:voted|decid(?:ed|ing)|refus(?:ed|ing)|failed|failing|wants|wanted|intends?|intending|declined|threaten(?:ed|s)|vow(?:ed|ing)|attempt(?:ed|ing)|managed|hesitat(?:es|ed|ing)|opted|sought|hoped|hoping|strives|striving|trying)$/;

/** "voted to the bill": to what was decided? */
function lacksDeed(tokens: Tokens, at: number, right: string): boolean {
  const verb = lowerText(tokens, at - 2);
  if (!DECIDED.test(verb)) return false;
  if (!/^(?:the|a|an|this|these|those|their|his|our|its|all|every)$/.test(right)) return false;
  for (let back = at - 3; back > at - 6; back--) {
    const before = lowerText(tokens, back);
    // "She was voted to the council": where to, and not what to do.
    if (/^(?:be|been|being|was|were|is|are|get|got|what|who|whom|as|if)$/.test(before))
      return !/ed$|sought/.test(verb);
  }
  return !/^(?:point|extent|left|right|max|death|utmost|limit|end|full|last|contrary)$/.test(
    lowerText(tokens, at + 1),
  );
}

/** "A spokesman told that the line is open": told whom? */
function lacksHearer(tokens: Tokens, at: number, right: string): boolean {
  if (right !== "that") return false;
  const next = lowerText(tokens, at + 1);
  if (!isAnyOf(next, WordClass.determiner | WordClass.subjectPronoun | WordClass.possessive))
    return false;
  const start = sentenceStart(tokens, at - 2);
  if (start < 0 || start > at - 2) return false;
  for (let back = at - 2; back >= start; back--) {
    const word = lowerText(tokens, back);
    if (tokens.kinds[back] !== TokenKind.word || word.includes("'")) return false;
    if (isAnyOf(word, WordClass.auxiliary | WordClass.subordinator | WordClass.wh)) return false;
    if (/^(?:get|gets|getting|got|those|and|or|often|repeatedly)$/.test(word)) return false;
    if ((verbBits(word) & (Form.past | Form.third)) !== 0) return false;
  }
  return true;
}

/** "Ms. said": no name of a family begins with a verb in small letters. */
function lacksName(tokens: Tokens, at: number): boolean {
  if (!spaceBefore(tokens, at) || !isCapital(tokens, at - 1)) return false;
  if (tokens.kinds[at] === TokenKind.comma) return false;
  const word = tokenText(tokens, at);
  return (
    word === lowerText(tokens, at) && (isFiniteAt(tokens, at) || MODALS.has(word) || word === "who")
  );
}

/** "signed by President on Friday", "Prime Minister was in Paris": an office without "the" needs its holder. */
function lacksHolder(tokens: Tokens, at: number): Grade | undefined {
  const right = tokenText(tokens, at);
  if (!isCapital(tokens, at - 1) || right !== lowerText(tokens, at)) return undefined;
  let first = at - 1;
  if (lowerText(tokens, first) === "minister") {
    if (
      !/^(?:prime|foreign|defen[cs]e|finance|health|interior)$/.test(lowerText(tokens, first - 1))
    )
      return undefined;
    first--;
  }
  if (!isCapital(tokens, first)) return undefined;
  const before = lowerText(tokens, first - 1);
  const verb = isFiniteAt(tokens, at) || right === "met" || right === "told";
  if (before === "by" || before === "with")
    return verb || /^(?:on|at|during|in)$/.test(right) ? "likely" : undefined;
  const kind = tokens.kinds[first - 1];
  const opens = first === 0 || (kind !== undefined && isStop(kind)) || before === "that";
  return opens && verb ? "possible" : undefined;
}

/** "He paid $ for the ticket", "worth $ million". */
function lacksSum(tokens: Tokens, at: number, right: string): boolean {
  if (!spaceBefore(tokens, at - 1)) return false;
  const before = lowerText(tokens, at - 2);
  if (/^(?:million|billion|trillion)$/.test(right))
    return isWordlike(tokens.kinds[at - 2]) && !/^(?:in|the|of|usd|us|at|and)$/.test(before);
  if (!PAID.test(before)) return false;
  return (
    /^(?:for|to|in|on|from|and|per|a|at|by|each|with|when|because|last|this|over|after|before)$/.test(
      right,
    ) || isMark(tokens.kinds[at])
  );
}

const PAID =
  /^(?:pa(?:y|ys|id|ying)|costs?|worth|spen[dt]|earn(?:s|ed)?|rais(?:es?|ed)|received|charg(?:es?|ed)|about|nearly|than|roughly|approximately|least|award(?:s|ed)|fined|totaling|totalling|donated|contributed|borrowed|owed?)$/;

/** "About percent of voters", "broke out at p.m.": a figure stands before these. */
function lacksFigure(tokens: Tokens, at: number, right: string, left: string): Grade | undefined {
  if (!spaceBefore(tokens, at)) return undefined;
  if (HOURS.has(right)) {
    if (right === "am" || right === "pm") {
      if (right === "am" || tokenText(tokens, at) === "PM") return undefined;
    }
    return /^(?:at|until|from|around|about|by|before|after)$/.test(left) ? "sure" : undefined;
  }
  if (right === "per" && lowerText(tokens, at + 1) !== "cent") return undefined;
  if (!ROUGHLY.has(left)) {
    // "rose to percent"
    const changed = CHANGED.test(lowerText(tokens, at - 2)) && /^(?:to|from)$/.test(left);
    return changed && /^(?:percent|per|%)$/.test(right) ? "sure" : undefined;
  }
  // "over million-dollar" is one word; "by million" is what a price is counted in.
  if (/^[mbt]/.test(right) && /^(?:by|over|under|around)$/.test(left))
    return /^(?:in|on|for|to|people|dollars|of)$/.test(lowerText(tokens, at + 1))
      ? "likely"
      : undefined;
  if (right === "percent" && /^(?:change|increase|signs?)$/.test(lowerText(tokens, at + 1)))
    return undefined;
  return right === "%" ? "certain" : "sure";
}

const CHANGED =
  /^(?:rose|rises?|rising|fell|falls?|fallen|grew|grows?|grown|increased?|decreased?|dropped|climbed|declined|jumped|up|down|cut|raised|reduced|slipped|slowed)$/;

/** "Follow us at @." */
function lacksHandle(tokens: Tokens, at: number): boolean {
  return (
    spaceBefore(tokens, at - 1) &&
    /^(?:at|on|follow|twitter|instagram|via|is|or|and)$/.test(lowerText(tokens, at - 2)) &&
    (isMark(tokens.kinds[at]) || at === tokens.count)
  );
}

function isCapital(tokens: Tokens, at: number): boolean {
  return /^\p{Lu}/u.test(tokenText(tokens, at));
}
