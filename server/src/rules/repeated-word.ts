import { wordSet } from "../text/word-set.ts";
import type { Block } from "../draft/draft.ts";
import type { Report } from "../draft/finding.ts";
import { sourceSpan } from "../draft/prose.ts";
import { quotationAround } from "../draft/quotation.ts";
import { wordDeletion } from "../deletion/word.ts";
import { isOnlySpacing } from "../formats/support/between-words.ts";
import { blockRule } from "./rule.ts";
import { type DoubledRun, findDoubledRuns, wordHashes } from "./support/doubled-runs.ts";
import { beginning, messageAbout } from "../text/excerpt.ts";
import { type Wording, wording } from "../text/wording.ts";
import {
  isWordlike,
  lowerText,
  sentenceMayStartAfter,
  TokenKind,
  getTokens,
  tokenText,
  type Tokens,
} from "../language/tokens.ts";
import { isAnyOf, WordClass } from "../language/word-classes.ts";

/** Flags words doubled by accident, except doubles that are correct. */
export const repeatedWord = blockRule({
  id: "repeated-word",
  kind: "doubled",
  scope: "block",
  severity: "warning",
  english: true,
  acceptable: true,
  summary: "The same word twice in a row.",
  docs: {
    description:
      "A doubled word is easy to type and hard to see, especially if a line breaks between the two. Up to six words in a row are found, too. In the turns of a transcript (“JANE DOE: …”), and if a comma is between the two, it is a hint. The fix deletes the second word. Only the few small words that no sentence has twice (“the the”, “and and”) are deleted unasked. Others may be right: “He came to to the sound of rain.”\n\nDoubles that English allows are left alone: “had had”, “that that”, “very, very”, “log in in March”, “day after day after day”, names such as Duran Duran, and words in code or in different markup.",
    flagged: [
      { text: "The vote was put off until ⟦the the⟧ spring.\n" },
      { text: "She walked ⟦to\nto⟧ the harbour.\n", note: "Across a line break." },
      { text: "She bought bread ⟦in the in the⟧ town.\n" },
    ],
    fine: [
      { text: "He had had enough, and said that that was that.\n" },
      { text: "Duran Duran played Walla Walla for a very, very long time.\n" },
      { text: "What it is is a matter of taste. Members who log in in March get a badge.\n" },
    ],
  },
  options: {},
  check,
});

function check(block: Block): readonly Report[] {
  const tokens = getTokens(block);
  const { count, words } = tokens;
  const hashes = wordHashes(tokens.lexicon);
  const reports: Report[] = [];
  for (let at = 1; at < count; at++) {
    if (hashes[words[at] ?? 0] !== hashes[words[at - 1] ?? 0] || !sameWord(tokens, at)) continue;
    if (!isMistake(tokens, at - 1, tokenText(tokens, at))) continue;
    const run = { first: at - 1, second: at, end: at + 1, hasComma: false };
    reports.push(
      ...toReports(block, tokens, run, wording("the same word twice in a row. Delete one.")),
    );
  }
  if (block.kind === "verse") return reports;
  for (const run of findDoubledRuns(tokens))
    reports.push(
      ...toReports(block, tokens, run, wording("the same words twice in a row. Delete one.")),
    );
  return reports;
}

function toReports(block: Block, tokens: Tokens, run: DoubledRun, says: Wording): Report[] {
  const { first, second, end, hasComma } = run;
  // If there is markup between them, one of the two is a mention: “the *the* of a title”.
  for (let at = first + 1; at < end; at++)
    if (!isPlain(block, tokens, at, at === second)) return [];
  const span = { start: tokens.starts[first] ?? 0, end: tokens.ends[end - 1] ?? 0 };
  const words = tokens.text.slice(tokens.starts[second], span.end);
  // The comma goes with the first, so the rest stays the same.
  const [from, to] = hasComma ? [first, second - 1] : [second, end - 1];
  const edit = wordDeletion(block, tokens, from, to);
  const title = wording("Delete the second “{0}”", beginning(words, 40));
  const isHint = hasComma || TURN.test(block.prose.text);
  const isSafe = !isHint && isNeverDoubled(tokens, first, words);
  return [
    {
      ...sourceSpan(block.prose, span),
      ...(isHint && { severity: "hint" as const }),
      message: messageAbout(quotationAround(block, span), says),
      fixes: edit === undefined ? [] : [{ title, safe: isSafe, edits: [edit] }],
    },
  ];
}

/**
 * Whether there is only spacing before a token in the source, or nothing before a comma. `ignored`: marks that may
 * close before that spacing.
 */
function isPlain({ prose, source }: Block, tokens: Tokens, at: number, ignored: boolean): boolean {
  const start = tokens.starts[at] ?? 0;
  const before = tokens.ends[at - 1] ?? 0;
  const from = ignored
    ? sourceSpan(prose, { start: before, end: start }).start
    : sourceSpan(prose, { start: before - 1, end: before }).end;
  const between = source.slice(from, sourceSpan(prose, { start, end: start + 1 }).start);
  return tokens.kinds[at] === TokenKind.comma ? between === "" : isOnlySpacing(between);
}

/** A turn in a transcript, which keeps how people talk: “JANE DOE: So the the telemetry”. One word may be a label. */
const TURN = /^\s*\p{Lu}[\p{Lu}.'’-]{1,20} \p{Lu}[\p{Lu} .'’-]{1,30}:\s/u;

/** Whether the token is the word before it again, with white space between. */
function sameWord(tokens: Tokens, at: number): boolean {
  if (tokens.kinds[at] !== TokenKind.word || tokens.starts[at] === tokens.ends[at - 1])
    return false;
  return lowerText(tokens, at) === lowerText(tokens, at - 1);
}

function isMistake(tokens: Tokens, first: number, word: string): boolean {
  const firstWord = tokenText(tokens, first);
  // A capital on the second word means a name ("Duran Duran", "will Will"); a word with a possessive is not.
  if (!/^\p{Ll}[\p{Ll}'’]*$/u.test(word)) return firstWord === word && /['’]s$/.test(word);
  if (word.length === 1 && word !== "a") return false;
  const known = SMALL.has(word);
  if (MEANT.has(word) || (!known && word.endsWith("er") && word !== "other")) return false;
  const start = startOfSentence(tokens, first);
  const previous = tokenText(tokens, first - 1).toLowerCase();
  const next = tokenText(tokens, first + 2).toLowerCase();
  // Three in a row are emphasis, or not prose.
  if (previous === word || next === word) return false;
  // On the first word a capital means a sentence's start: “Help help us”, but “Knock knock at the door”.
  if (firstWord !== word && (first !== start || !known))
    return first === start && isAnyOf(next, WordClass.determiner | WordClass.pronoun);
  // “For a while while it rained”, “she did not want any any more”
  if (word === "while" && /^(?:a|little|long|short|good)$/.test(previous)) return false;
  if (word === "any" && /^(?:more|longer)$/.test(next)) return false;
  // A title that ends in the word, or a list of keywords: “fields in in (#12)”.
  if (known && !goesOnAfter(tokens.kinds[first + 2])) return false;
  // “inheriting for for loops”: the keyword of a programming language.
  if (KEYWORDS.has(word) && CONSTRUCTS.has(next)) return false;
  if (PARTICLES.has(word)) return !PHRASAL.test(previous);
  if (STRANDED.has(word)) return !follows(tokens, first, QUESTIONS);
  if (OBJECTS.has(word)) {
    // “Is this this year's list?”, “Told you you were wrong.”
    if (isAnyOf(previous, WordClass.auxiliary | WordClass.modal) || previous === "told")
      return false;
    return OPENERS.has(previous) || (word !== "there" && first - start <= 1);
  }
  if (CLOSERS.has(word)) return !follows(tokens, first, CLAUSES);
  if (known) return true;
  // “Those who stayed stayed because”
  if (endsRelativeClause(tokens, first, previous)) return false;
  return !isEmphatic(tokens, first, word);
}

/** Function words, which English doubles only in the cases below. */
const SMALL = wordSet(
  "the a an and or but of to for from with at by as than into onto upon during through while because if whether " +
    "in on over up out off down about around along across we i he she they it you this these those there my your his our their its " +
    "is are was were be been has have will would can could should may might must do does did " +
    "not also which who what where when how any some each every both such between under after before against without within toward towards",
);

/**
 * Whether no right sentence has the word twice here. A word that can end a clause (“the home we came to to rest”), be a
 * noun (“a while while”, “one each each day”), or stand for another (“its its own reward”) is for a person to judge.
 */
function isNeverDoubled(tokens: Tokens, first: number, word: string): boolean {
  if (!SAFE.has(word)) return false;
  const opens = first === startOfSentence(tokens, first);
  const previous = tokenText(tokens, first - 1).toLowerCase();
  const next = tokenText(tokens, first + 2).toLowerCase();
  if (ABOUT_WORDS.test(previous)) return false;
  // “the a a server”: another word has to go, too.
  if (ONE_OF.has(word) && (ONE_OF.has(previous) || ONE_OF.has(next))) return false;
  // After a noun it may be a letter: “vitamin a a day”.
  if (word === "a") return opens || SMALL.has(previous);
  if (word !== "and" && word !== "or") return true;
  const isNamed = isAnyOf(previous, WordClass.determiner) || CONNECTIVES.has(previous);
  return !isNamed && !CONNECTIVES.has(next);
}

/** Function words that can neither end a clause nor be a noun. */
const SAFE = wordSet("the a an and or our every");

/** A noun has one of these at most. */
const ONE_OF = wordSet("the a an our every my your their its");

/** Words after which a word may be meant as a word: “the conjunction and and its like”. */
const ABOUT_WORDS =
  /^(?:words?|articles?|conjunctions?|operators?|keywords?|terms?|determiners?|pronouns?|gates?|say|says|said|write|writes|wrote|means?|spells?|reads?|called)$/;

/** Next to these, and after a determiner, “and” and “or” may be meant as words: “the operators and and or”. */
const CONNECTIVES = wordSet("and or not nor xor either both neither boolean logical");

/** Doubles that are correct. */
const MEANT = wordSet(
  "had that her bye knock very so no ha hey ho hip now well yes yeah yay please really many much far long big " +
    "blah yada tap tick tock tut chop choo night hear pom dum la da na whoa wow oh ah eh uh um hmm shh boo goody aye " +
    "one two three four five six seven eight nine ten hundred thousand million billion zero string int char double float " +
    "again back never always hush woof quack beep ding dong click clack pitter drip wink nudge sorry okay ok thank fifty-fifty right",
);

const PARTICLES = wordSet("in on over up off about around along through");

/** Prepositions that can end a question or a relative clause: “what they had asked for for years”. */
const STRANDED = wordSet("for at with by from");

/** Verbs, and their objects, that end in a particle, which a preposition may follow: "log in in March", "turn it on on Monday". */
const PHRASAL =
  /^(?:it|them|us|him|me|(?:log|sign|check|clock|plug|tune|opt|weigh|chim|cav|settl|fill|phon|dial|turn|hand|fad|zoom|lock|kick|cash|mov|liv|bak|dropp?|stepp?|jump|pull|join|push|pass|carr|logg|plugg|hold|hang|press|show|look|ask|wait|call|paid|pay|car|go|do)(?:s|es|e|ed|ing|ies|ied|y|ying|in)?|(?:com|get|gett|giv|sett|set|break|broke|bring|brought|build|built|came|went|gone|got|gave|given|swore|sworn|kept|keep|keeping|put|putt|take|took|taken|taking|make|made|run|ran|runn|stood|stand|held|hung|cut|sit|sat|sunk|sank|sink|flew|flown|fly|dove|div|caught|catch|signing|break|drawn|drew|stuck|let|lay|laid|turned|sworn|shut)(?:e|s|es|ing)?)$/;

const KEYWORDS = wordSet("for if while do with");
const CONSTRUCTS = wordSet(
  "loop loops statement statements block blocks clause clauses expression expressions",
);

/** With these a double is as often a missing comma. It is an error only if the clause has just begun. */
const OBJECTS = wordSet("it you this these those what there");

const OPENERS = wordSet(
  "and but because if when so or while although though since where as whether then unless until before after that",
);

/** Verbs that can end a clause that is a subject: "what it is is", "all they do does". */
const CLOSERS = wordSet(
  "is are was were be been has have do does did will would can could may might",
);

function follows(tokens: Tokens, first: number, openers: ReadonlySet<string>): boolean {
  const sentence = startOfSentence(tokens, first);
  for (let at = Math.max(sentence, first - CLAUSE_WORDS); at < first; at++) {
    if (openers.has(tokenText(tokens, at).toLowerCase())) return true;
  }
  return false;
}

/** How many tokens back a word that opens a clause is searched. */
const CLAUSE_WORDS = 6;

const QUESTIONS = wordSet("what who whom whose whoever whatever whichever which where that");

const CLAUSES = wordSet(
  "what who whoever whatever whichever where wherever how all thing things truth fact point problem question reason everything anything",
);

/** Whether a verb ends a clause that is a subject: “those who stayed”, “what matters”. */
function endsRelativeClause(tokens: Tokens, verb: number, previous: string): boolean {
  if (/^(?:what|whoever|whatever)$/.test(previous)) return true;
  return /^(?:who|that|which)$/.test(previous) && ANTECEDENTS.has(lowerText(tokens, verb - 2));
}

const ANTECEDENTS = wordSet(
  "those he she they we you all any many most some few both others everyone everybody everything anyone anybody anything " +
    "someone somebody something nobody nothing one ones people men women children things thing",
);

function goesOnAfter(next: number | undefined): boolean {
  return isWordlike(next) || next === TokenKind.openQuote;
}

/** Whether a double is not reported: a short word, or emphasis or a label around which no sentence continues. */
function isEmphatic(tokens: Tokens, first: number, word: string): boolean {
  if (word.length < 3) return true;
  const start = startOfSentence(tokens, first);
  const left = first - start;
  const next = tokens.kinds[first + 2];
  const goesOn =
    next === TokenKind.word ||
    next === TokenKind.period ||
    next === TokenKind.comma ||
    next === TokenKind.openBracket ||
    next === TokenKind.number;
  return left < 1 || !goesOn || tokens.kinds[first - 1] !== TokenKind.word;
}

const LOOK_BACK = 60;

/** The index of the sentence's first token, or of one `LOOK_BACK` tokens before. */
function startOfSentence(tokens: Tokens, index: number): number {
  let at = index;
  while (index - at < LOOK_BACK && !sentenceMayStartAfter(tokens.kinds[at - 1])) at--;
  return at;
}
