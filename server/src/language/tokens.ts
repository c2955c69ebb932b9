/*
 * language/: words, sentences and scripts, and whether a block is English.
 *
 * Tokens are struct-of-arrays, in buffers that the tokenizer reuses: without them it takes two fifths longer. Each word
 * has a number in a `Lexicon`, by which everything known about it is looked up. Whether a full stop ends a sentence or
 * belongs to an abbreviation is decided here; `sentences.ts` follows it, for rules, repeats and hovers alike.
 */

import { wordSet } from "../text/word-set.ts";
import { perBlock } from "../draft/incremental/per-block.ts";
import { MASK } from "../draft/prose.ts";
import { enlarged, Lexicon } from "./lexicon.ts";
import * as scripts from "./scripts.ts";
import { isAnyOf, WordClass, wordClasses } from "./word-classes.ts";

/** What a token is. `code` is anything a writer would not inflect: a path, an address, `foo()`, `.NET`, `@handle`, `#tag`. */
export const TokenKind = {
  word: 1,
  number: 2,
  code: 3,
  mask: 4,
  period: 5,
  ellipsis: 6,
  comma: 7,
  semicolon: 8,
  colon: 9,
  question: 10,
  exclamation: 11,
  dash: 12,
  openQuote: 13,
  closeQuote: 14,
  openBracket: 15,
  closeBracket: 16,
  symbol: 17,
} as const;

export type TokenKind = (typeof TokenKind)[keyof typeof TokenKind];

/**
 * The tokens of a text, as a struct of arrays. Offsets are UTF-16 units of `text`.
 * A word keeps its inner apostrophes, hyphens, dots and slashes, its possessive, and the full stop
 * of an abbreviation; a number keeps its separators, its currency sign and its per cent.
 */
export interface Tokens {
  readonly text: string;
  readonly count: number;
  readonly starts: Int32Array;
  readonly ends: Int32Array;
  readonly kinds: Uint8Array;
  /** The number of each in `lexicon`, by which facts about the word are looked up. */
  readonly words: Int32Array;
  readonly lexicon: Lexicon;
}

/** The kind of anything that counts as a word in a sentence: a word, a number, code or a mask. */
export function isWordlike(kind: number | undefined): boolean {
  return kind !== undefined && kind >= TokenKind.word && kind <= TokenKind.mask;
}

/** Whether a sentence may start after a token of this kind; undefined: there is no token. */
export function sentenceMayStartAfter(kind: number | undefined): boolean {
  switch (kind) {
    case undefined:
    case TokenKind.period:
    case TokenKind.question:
    case TokenKind.exclamation:
    case TokenKind.colon:
    case TokenKind.openQuote:
    case TokenKind.closeQuote:
      return true;
    default:
      return false;
  }
}

/** The text of the token at `index`; "" if there is none. */
export function tokenText(tokens: Tokens, index: number): string {
  return hasToken(tokens, index) ? tokens.lexicon.spelling(tokens.words[index] ?? 0) : "";
}

/** The same in lower case, with straight apostrophes. */
export function lowerText(tokens: Tokens, index: number): string {
  return hasToken(tokens, index) ? tokens.lexicon.lower(tokens.words[index] ?? 0) : "";
}

/** Asked before an array is read: V8 compiles each function again and again that reads beyond the end of one. */
function hasToken({ count }: Tokens, index: number): boolean {
  return index >= 0 && index < count;
}

/** Whether there is white space, or nothing at all, before the token. */
export function spaceBefore(tokens: Tokens, index: number): boolean {
  const start = tokens.starts[index];
  if (start === undefined || start === 0) return true;
  return index === 0 || tokens.ends[index - 1] !== start;
}

/** The tokens of a block's prose, stored on the block. */
export const getTokens = perBlock((block): Tokens => tokenize(block.prose.text));

/** Abbreviations that own their full stop. Those of one letter, or of letters with dots between, need no list. */
const ABBREVIATIONS = wordSet(
  "ex mr mrs ms dr prof rev hon sen rep gov gen lt col capt cmdr sgt maj adm pres atty supt messrs " +
    "jr sr st mt ft ave blvd rd hwy inc co corp ltd llc bros dept assn univ est no nos vol vols pp fig figs " +
    "ed eds al etc vs cf viz approx apt appt ca tel resp ext min max sec jan feb mar apr jun jul aug sept sep oct nov dec " +
    "mon tue tues wed thu thur thurs fri ariz ark calif colo conn del fla ill ind kan ky md mich minn " +
    "miss mo mont neb nev okla ore penn pa tenn tex va vt wash wis wyo ph.d phd oz lb lbs sq",
);

/** Those that are also everyday words. They own the stop only if they are capitalised and the sentence continues. */
const ALSO_WORDS = wordSet(
  "ex no fig min max sec mar del ill ind miss mo co mon sun wed wash ore est ext ca ed al pa va mt ft tex rep gen capt apt st rd ave jun col",
);

const ELISIONS = /^(?:em|tis|twas|til|till|cause|bout|n|round|nuff|cos|cuz|neath)$/i;

const Class = { unknown: 0, other: 1, space: 2, letter: 3, digit: 4, joiner: 5 } as const;

/** The class of each UTF-16 unit, computed once. */
const classes = new Uint8Array(0x10000);

/** The class of a unit. Beyond the ends of a text, `charCodeAt` gives NaN, which can't be stored. */
function unitClass(unit: number): number {
  if (Number.isNaN(unit)) return Class.other;
  const known = classes[unit];
  if (known !== undefined && known !== Class.unknown) return known;
  const found = classify(unit);
  classes[unit] = found;
  return found;
}

function classify(unit: number): number {
  const character = String.fromCharCode(unit);
  if (unit <= 0x20 || unit === 0x200b || unit === 0xfeff || /\s/.test(character))
    return Class.space;
  if (unit === 0xad || unit === 0x200c || unit === 0x200d || unit === 0x2060) return Class.joiner;
  if (/\p{Nd}/u.test(character)) return Class.digit;
  if (/[\p{L}\p{M}\p{N}_]/u.test(character)) return Class.letter;
  return Class.other;
}

const isAlnum = (unit: number): boolean => unitClass(unit) >= Class.letter;
const isLetter = (unit: number): boolean => unitClass(unit) === Class.letter;
const isDigit = (unit: number): boolean => unitClass(unit) === Class.digit;
const isSpace = (unit: number): boolean => unitClass(unit) === Class.space;

const isUpper = (unit: number): boolean =>
  unit < 0x80
    ? unit >= 0x41 && unit <= 0x5a
    : isLetter(unit) && /\p{Lu}/u.test(String.fromCharCode(unit));
const isLower = (unit: number): boolean =>
  unit < 0x80
    ? unit >= 0x61 && unit <= 0x7a
    : isLetter(unit) && /\p{Ll}/u.test(String.fromCharCode(unit));

const SPACE = 0x20;
const COMMA = 0x2c;
const APOSTROPHE = 0x27;
const CURLY = 0x2019;
const DOT = 0x2e;
const MASK_UNIT = MASK.charCodeAt(0);

/** The kinds of signs that are always one token each, whatever is around them; 0 for the others. */
const PLAIN_SIGNS = new Uint8Array(0x10000);
for (const [signs, kind] of [
  [",", TokenKind.comma],
  ["?", TokenKind.question],
  ["!", TokenKind.exclamation],
  ["[{", TokenKind.openBracket],
  [")]}", TokenKind.closeBracket],
  ["“„«‹", TokenKind.openQuote],
  ["”»›", TokenKind.closeQuote],
  [scripts.STOPS, TokenKind.period],
  [scripts.QUESTIONS, TokenKind.question],
  [scripts.EXCLAMATIONS, TokenKind.exclamation],
  [scripts.COMMAS, TokenKind.comma],
  [scripts.SEMICOLONS, TokenKind.semicolon],
  [scripts.COLONS, TokenKind.colon],
  [scripts.OPENING, TokenKind.openQuote],
  [scripts.CLOSING, TokenKind.closeQuote],
  [scripts.OPENING_BRACKETS, TokenKind.openBracket],
  [scripts.CLOSING_BRACKETS, TokenKind.closeBracket],
] as const) {
  for (const sign of signs) PLAIN_SIGNS[sign.charCodeAt(0)] = kind;
}

/**
 * Splits a text into tokens, in time linear in its length. Every unit that is not white space is in exactly one token.
 */
export const tokenize: (text: string) => Tokens = newTokenizer();

/** With more words or units than this, the next text begins a new lexicon: a limit on memory, not on reading. */
const MOST_WORDS = 60_000;
const MOST_UNITS = 4_000_000;

/**
 * A tokenizer has its own buffers, which it reuses from text to text (growing arrays for each text made it two fifths
 * slower), and the lexicon of the texts it has read. Old lexicons live as long as tokens numbered by them. (Rare cases
 * are in functions outside: these are compiled when they are needed, and this one only once.)
 */
function newTokenizer(): (text: string) => Tokens {
  // Long, as a call for each token would be slow.
  let lexicon = new Lexicon();
  let starts = new Int32Array(1024);
  let ends = new Int32Array(1024);
  let kinds = new Uint8Array(1024);
  let words = new Int32Array(1024);
  const scan: Scan = { end: 0, openSingles: 0 };
  const grow = (): void => {
    const size = starts.length * 2;
    starts = enlarged(starts, new Int32Array(size));
    ends = enlarged(ends, new Int32Array(size));
    kinds = enlarged(kinds, new Uint8Array(size));
    words = enlarged(words, new Int32Array(size));
  };
  return (text) => {
    if (lexicon.size > MOST_WORDS || lexicon.length > MOST_UNITS) lexicon = new Lexicon();
    const { length } = text;
    scan.openSingles = 0;
    let count = 0;
    let at = 0;
    while (at < length) {
      const start = at;
      let unit = text.charCodeAt(at);
      // Most words are only ASCII letters, up to a space or a comma.
      while (isPlain(unit)) unit = ++at < length ? text.charCodeAt(at) : SPACE;
      let kind: number = TokenKind.word;
      if (
        at === start ||
        !(unit === SPACE || (unit === COMMA && text.charCodeAt(at + 1) !== COMMA))
      ) {
        unit = text.charCodeAt(start);
        if (isSpace(unit)) {
          at++;
          continue;
        }
        if (isAlnum(unit)) {
          at = wordEnd(text, start, scan.openSingles > 0);
          kind = kindOfWord(text, start, at);
        } else {
          kind = PLAIN_SIGNS[unit] ?? 0;
          if (kind > 0) at++;
          else {
            kind = readSign(text, start, scan);
            at = scan.end;
          }
        }
      }
      if (count === starts.length) grow();
      starts[count] = start;
      ends[count] = at;
      kinds[count] = kind;
      words[count] = lexicon.add(text, kind, start, at);
      count++;
    }
    return {
      text,
      count,
      starts: starts.slice(0, count),
      ends: ends.slice(0, count),
      kinds: kinds.slice(0, count),
      words: words.slice(0, count),
      lexicon,
    };
  };
}

/** How far a text is read. */
interface Scan {
  /** Where the sign that `readSign` has read ends. */
  end: number;
  /** How many single quotation marks are open. */
  openSingles: number;
}

/** The kind of the sign at `start`, or of the code, number or word that it begins. */
function readSign(text: string, start: number, scan: Scan): TokenKind {
  // Long, as each sign has its case.
  const unit = text.charCodeAt(start);
  const next = start + 1 < text.length ? text.charCodeAt(start + 1) : 0x20;
  const before = start > 0 ? text.charCodeAt(start - 1) : 0x20;
  const opens = isSpace(before) || OPENERS.includes(String.fromCharCode(before));
  let kind: TokenKind;
  let at = start + 1;
  switch (unit) {
    case MASK_UNIT:
      kind = TokenKind.mask;
      break;
    case DOT:
      return readDot(text, start, next, opens, scan);
    case 0x2026:
      while (text.charCodeAt(at) === 0x2026 || text.charCodeAt(at) === DOT) at++;
      kind = TokenKind.ellipsis;
      break;
    case 0x3a:
      if (isSpace(before) && isAlnum(next)) {
        // :7000, :hover
        at = wordEnd(text, at, false);
        kind = TokenKind.code;
      } else if (next === 0x3a && !isAlnum(text.charCodeAt(at + 1))) {
        // "the :: shorthand"
        while (text.charCodeAt(at) === 0x3a) at++;
        kind = TokenKind.code;
      } else {
        at = smileyEnd(text, start, opens);
        kind = at > start + 1 ? TokenKind.symbol : TokenKind.colon;
      }
      break;
    case 0x3b:
      at = smileyEnd(text, start, opens);
      kind = at > start + 1 ? TokenKind.symbol : TokenKind.semicolon;
      break;
    case 0x28:
      // "Result<()>", "size_of::<T>()": brackets right after code are code.
      if (next === 0x29 && (!opens || ")>".includes(text.charAt(at + 1) || " "))) {
        at++;
        kind = TokenKind.code;
      } else kind = TokenKind.openBracket;
      break;
    case 0x2018:
    case 0x201a:
      scan.openSingles++;
      kind = TokenKind.openQuote;
      break;
    case APOSTROPHE:
    case CURLY: {
      const end = elisionEnd(text, at);
      if (end > at && !(unit === APOSTROPHE && scan.openSingles > 0 && !opens)) {
        at = end;
        kind = TokenKind.word;
      } else if (unit === APOSTROPHE && isLifetime(text, at)) {
        at++;
        kind = TokenKind.code;
      } else if (unit === APOSTROPHE && opens && !isSpace(next)) {
        scan.openSingles++;
        kind = TokenKind.openQuote;
      } else {
        if (scan.openSingles > 0) scan.openSingles--;
        kind = TokenKind.closeQuote;
      }
      break;
    }
    case 0x22:
      kind = opens && !isSpace(next) ? TokenKind.openQuote : TokenKind.closeQuote;
      break;
    case 0x60:
      kind =
        next === 0x60 || (opens && !isSpace(next)) ? TokenKind.openQuote : TokenKind.closeQuote;
      break;
    case 0x2013:
    case 0x2014:
    case 0x2015:
    case 0x2212:
      kind = TokenKind.dash;
      while (text.charCodeAt(at) === unit) at++;
      break;
    case 0x2d: {
      while (text.charCodeAt(at) === 0x2d) at++;
      const after = text.charCodeAt(at);
      if (isSpace(before) && isLetter(after)) {
        at = optionEnd(text, at);
        kind = TokenKind.code;
      } else if (opens && isDigit(after) && at === start + 1) {
        at = wordEnd(text, at, false);
        kind = TokenKind.number;
      } else if (after === 0x3e) {
        at++;
        kind = TokenKind.code;
      } else kind = TokenKind.dash;
      break;
    }
    default:
      return readSymbol(text, start, next, opens, scan);
  }
  scan.end = at;
  return kind;
}

/** The end of a smiley whose eyes are at `start`, `:-)` or `;)`; one unit later if there is none. It is one sign. */
function smileyEnd(text: string, start: number, opens: boolean): number {
  SMILEY.lastIndex = start;
  return opens && SMILEY.test(text) ? SMILEY.lastIndex : start + 1;
}

const SMILEY = /[:;]['’]?(?:-?[()|]+|-[\\DPpOo*]|-?\/(?!\/))(?![\p{L}\p{N}])/uy;

/** Like `readSign`, for the signs that begin code or an amount, and for single signs. */
function readSymbol(
  text: string,
  start: number,
  next: number,
  opens: boolean,
  scan: Scan,
): TokenKind {
  const unit = text.charCodeAt(start);
  const at = start + 1;
  switch (unit) {
    case 0x26:
      if (!opens || !isLetter(next)) break;
      scan.end = wordEnd(text, at, false);
      return TokenKind.code;
    case 0x40:
    case 0x23:
      if (!opens || !isAlnum(next)) break;
      scan.end = wordEnd(text, at, false);
      return TokenKind.code;
    case 0x2f:
    case 0x7e:
      if (!opens || !(isAlnum(next) || next === 0x2f || next === DOT)) break;
      scan.end = chunkEnd(text, at);
      return TokenKind.code;
    case 0x2a:
      // *.md, *.*
      if (!opens || next !== DOT) break;
      if (!isAlnum(text.charCodeAt(at + 1)) && text.charCodeAt(at + 1) !== unit) break;
      scan.end = Math.max(chunkEnd(text, at + 1), at + 2);
      return TokenKind.code;
    case 0x24:
    case 0xa3:
    case 0x20ac:
    case 0xa5:
      if (!isDigit(next) && !(unit === 0x24 && isAlnum(next))) break;
      scan.end = wordEnd(text, at, false);
      return isDigit(next) ? TokenKind.number : TokenKind.code;
    default:
      // A surrogate pair is one token, and so is a run of joined emoji.
      scan.end = unit >= 0xd800 && unit <= 0xdbff && next >= 0xdc00 && next <= 0xdfff ? at + 1 : at;
      while (scan.end < text.length && unitClass(text.charCodeAt(scan.end)) === Class.joiner)
        scan.end++;
      return TokenKind.symbol;
  }
  scan.end = at;
  return TokenKind.symbol;
}

/** Like `readSign`, for a full stop and anything that begins with a dot. */
function readDot(text: string, start: number, next: number, opens: boolean, scan: Scan): TokenKind {
  scan.end = start + 1;
  if (next === DOT) {
    while (text.charCodeAt(scan.end) === DOT) scan.end++;
    // "../lib/x" is a path.
    if (text.charCodeAt(scan.end) !== 0x2f || !isAlnum(text.charCodeAt(scan.end + 1))) {
      // "ended.. . . Then"
      scan.end = spacedDotsEnd(text, scan.end);
      return TokenKind.ellipsis;
    }
    scan.end = chunkEnd(text, scan.end);
    return TokenKind.code;
  }
  const second = nextSpacedDot(text, start + 1);
  const third = second < 0 ? -1 : nextSpacedDot(text, second + 1);
  if (third >= 0) {
    scan.end = spacedDotsEnd(text, third + 1);
    return TokenKind.ellipsis;
  }
  if (!opens) return TokenKind.period;
  if (startsDotted(text, start + 1) || (isLetter(next) && isListed(text, start))) {
    scan.end = wordEnd(text, start + 1, false);
    return TokenKind.code;
  }
  if (isDigit(next)) {
    scan.end = wordEnd(text, start + 1, false);
    return TokenKind.number;
  }
  if (next !== 0x2f) return TokenKind.period;
  scan.end = chunkEnd(text, start + 1);
  return TokenKind.code;
}

const OPENERS = "([{\"“‘'—–«/";

/** Whether a unit is a letter of ASCII. */
function isPlain(unit: number): boolean {
  const small = unit | 0x20;
  return small >= 0x61 && small <= 0x7a;
}

/** Where the word that begins at `start` ends. */
function wordEnd(text: string, start: number, singleOpen: boolean): number {
  let at = start;
  for (;;) {
    while (at < text.length && isAlnum(text.charCodeAt(at))) at++;
    if (at === text.length) return at;
    const unit = text.charCodeAt(at);
    if (unit === 0x20 || unit === 0x2c) {
      // "10,000" is one number, "127.0.0.1,,8080" one listing.
      if (unit === 0x20) return at;
      const commas = isBetweenDigits(text, start, at) ? 1 : listingGlue(text, start, at);
      if (commas === 0) return at;
      at += commas;
      continue;
    }
    const glue = glueAt(text, start, at, unit);
    if (glue > 0) at += glue;
    else if (unit === DOT) return ownsStop(text, start, at) ? at + 1 : at;
    else return endingEnd(text, start, at, unit, singleOpen);
  }
}

/** How many units at `at` join a word with what follows; 0 where it ends. */
function glueAt(text: string, start: number, at: number, unit: number): number {
  const next = at + 1 < text.length ? text.charCodeAt(at + 1) : 0x20;
  switch (unit) {
    case DOT:
      return isAlnum(next) && at > start && !partsSentences(text, start, at) ? 1 : 0;
    case APOSTROPHE:
    case CURLY:
    case 0x2d:
    case 0x2010:
    case 0x2011:
    case 0x26:
    case 0x2f:
    case 0x40:
    case 0x5c:
      return isAlnum(next) && at > start ? 1 : 0;
    case 0x3a:
      if (isBetweenDigits(text, start, at)) return 1;
      return next === 0x3a && isAlnum(text.charCodeAt(at + 2)) ? 2 : 0;
    default:
      return unitClass(unit) === Class.joiner ? 1 : 0;
  }
}

function isBetweenDigits(text: string, start: number, at: number): boolean {
  return at > start && isDigit(text.charCodeAt(at - 1)) && isDigit(text.charCodeAt(at + 1));
}

/** How many commas at `at` are between the values of a listing with an empty value, "a,,1"; 0 if it is not one. */
function listingGlue(text: string, start: number, at: number): number {
  let end = at + 1;
  while (end - at < 8 && text.charCodeAt(end) === 0x2c) end++;
  if (end === at + 1 || !isAlnum(text.charCodeAt(end))) return 0;
  const isFigure = isDigit(text.charCodeAt(end)) || isDigit(text.charCodeAt(start));
  return isFigure ? end - at : 0;
}

/** Where a word ends whose letters end at `at`: it owns some signs after them. */
function endingEnd(
  text: string,
  start: number,
  at: number,
  unit: number,
  singleOpen: boolean,
): number {
  const next = at + 1 < text.length ? text.charCodeAt(at + 1) : 0x20;
  const before = at > start ? text.charCodeAt(at - 1) : 0x20;
  switch (unit) {
    case APOSTROPHE:
    case CURLY:
      // "workers’ rights": the apostrophe belongs to the word, unless it may close an open quotation.
      return !singleOpen && (before === 0x73 || before === 0x53) && isSpace(next) ? at + 1 : at;
    case 0x3a:
      return next === 0x2f && text.charCodeAt(at + 2) === 0x2f ? chunkEnd(text, start) : at;
    case 0x28:
      // foo()
      return next === 0x29 ? at + 2 : at;
    case 0x21:
      // println!()
      return next === 0x28 && text.charCodeAt(at + 2) === 0x29 ? at + 3 : at;
    case 0x25:
      return isDigit(before) ? at + 1 : at;
    case 0x2b:
      if (next === 0x2b) return at + 2;
      return isDigit(before) ? at + 1 : at;
    case 0x23:
      return at === start + 1 && isUpper(before) ? at + 1 : at;
    default:
      return at;
  }
}

/** Whether a dot between letters at `dot` ends a sentence whose space was forgotten: "raging.The". */
function partsSentences(text: string, start: number, dot: number): boolean {
  if (!isLower(text.charCodeAt(start)) || !isLower(text.charCodeAt(dot - 1))) return false;
  return (
    dot - start > 2 &&
    isUpper(text.charCodeAt(dot + 1)) &&
    (isLower(text.charCodeAt(dot + 2)) || isSpace(text.charCodeAt(dot + 2)))
  );
}

/** Whether the full stop at `dot` belongs to the word before it. */
function ownsStop(text: string, start: number, dot: number): boolean {
  // "logs/reports/etc."
  if (dot - start > 4 && text.startsWith("/etc", dot - 4)) return true;
  const size = dot - start;
  if (size > 8 || size === 0) return false;
  if (isDigit(text.charCodeAt(start)))
    return numbersItem(text, start, dot) || namesUnit(text, start, dot);
  if (size === 1) return isInitial(text, start) || isInitialAfterName(text, start);
  if (text.charCodeAt(start + 1) === DOT) return isDotted(text, start, dot);
  const word = text.slice(start, dot).toLowerCase();
  if (!ABBREVIATIONS.has(word)) return false;
  if (!ALSO_WORDS.has(word)) return true;
  if (!isUpper(text.charCodeAt(start))) return false;
  let next = dot + 1;
  while (next < text.length && isSpace(text.charCodeAt(next))) next++;
  return next < text.length && next > dot + 1;
}

/** "by writing down 1. what they do, 2. what they want": the full stop belongs to the figure. */
function numbersItem(text: string, start: number, dot: number): boolean {
  if (dot - start > 2 || !isDigit(text.charCodeAt(start)) || !isDigit(text.charCodeAt(dot - 1)))
    return false;
  return isSpace(text.charCodeAt(dot + 1)) && isLower(text.charCodeAt(dot + 2));
}

/** "a 16-oz. can", "a 6-ft. wall" */
function namesUnit(text: string, start: number, dot: number): boolean {
  const unit = /^\d+-(\p{Ll}+)$/u.exec(text.slice(start, dot))?.[1];
  return unit !== undefined && ABBREVIATIONS.has(unit) && isLower(text.charCodeAt(dot + 2));
}

/** An initial; "I." and a lone "a." end sentences or lists. */
function isInitial(text: string, at: number): boolean {
  const unit = text.charCodeAt(at);
  if (!isUpper(unit) || !isSpace(text.charCodeAt(at + 2))) return false;
  return isUpper(text.charCodeAt(at + 3)) && (unit !== 0x49 || initialBefore(text, at));
}

/** "Maria K. visited": an initial after a name, if the sentence continues in lower case. */
function isInitialAfterName(text: string, at: number): boolean {
  const unit = text.charCodeAt(at);
  if (!isUpper(unit) || unit === 0x49 || !isSpace(text.charCodeAt(at - 1))) return false;
  const next = text.charCodeAt(at + 2);
  const goesOn = next === 0x2c || (isSpace(next) && isLower(text.charCodeAt(at + 3)));
  if (!goesOn || !isLower(text.charCodeAt(at - 2))) return false;
  let first = at - 2;
  while (first > 0 && at - first < MOST_LETTERS && isLetter(text.charCodeAt(first - 1))) first--;
  return isUpper(text.charCodeAt(first));
}

/** Names are searched no further back than this. */
const MOST_LETTERS = 24;

/** U.S., a.m., e.g.: single letters with dots between. */
function isDotted(text: string, start: number, dot: number): boolean {
  for (let at = start; at < dot; at++)
    if ((at - start) % 2 === 0 ? !isLetter(text.charCodeAt(at)) : text.charCodeAt(at) !== DOT)
      return false;
  return true;
}

function initialBefore(text: string, start: number): boolean {
  return start >= 3 && text.charCodeAt(start - 2) === DOT && isUpper(text.charCodeAt(start - 3));
}

/** Whether a leading dot begins a name such as `.NET` or `.gitignore`, not a sentence. */
function startsDotted(text: string, at: number): boolean {
  const unit = text.charCodeAt(at);
  if (!isLetter(unit)) return false;
  if (isLower(unit) || !isLower(text.charCodeAt(at + 1))) return true;
  return startsCapitalName(text, at);
}

/** ".Rprofile", ".Gov", after a word that does not end a sentence, or one that introduces such names. */
function startsCapitalName(text: string, at: number): boolean {
  if (DOMAINS.has(text.slice(at, at + 3)) && !isAlnum(text.charCodeAt(at + 3))) return true;
  const end = at - 2;
  if (!isSpace(text.charCodeAt(end))) return end < 0;
  let first = end;
  while (first > 0 && end - first < MOST_LETTERS && isLetter(text.charCodeAt(first - 1))) first--;
  const before = text.slice(first, end).toLowerCase();
  let last = at;
  while (last - at < MOST_LETTERS && isLetter(text.charCodeAt(last))) last++;
  // "the bank of .The mayor": a lost word, and a misplaced space.
  if (wordClasses(text.slice(at, last).toLowerCase()) !== 0) return false;
  return NAMES_DOTTED.test(before) || isAnyOf(before, LEADING);
}

const DOMAINS: ReadonlySet<string> = new Set(["Net", "Gov", "Com", "Org", "Edu", "Mil"]);
const LEADING = WordClass.determiner | WordClass.preposition | WordClass.coordinator;
const NAMES_DOTTED =
  /^(?:files?|folders?|director(?:y|ies)|extensions?|domains?|suffix|called|named|edit|open)$/;

/** A lone small letter after an apostrophe, as Rust names lifetimes: 'a */
function isLifetime(text: string, at: number): boolean {
  if (!isLower(text.charCodeAt(at)) || text.charAt(at) === "s") return false;
  const after = at + 1 < text.length ? text.charCodeAt(at + 1) : 0x20;
  return !isAlnum(after) && after !== APOSTROPHE;
}

/** ".props, .Component": after a comma it is a name, because no sentence begins there. */
function isListed(text: string, at: number): boolean {
  return at >= 2 && isSpace(text.charCodeAt(at - 1)) && ",(;".includes(text.charAt(at - 2));
}

/** The place of a dot after white space from `at` on, which may include a line break; -1 if there is none. */
function nextSpacedDot(text: string, at: number): number {
  let dot = at;
  while (dot - at < MOST_SPACE && isSpace(text.charCodeAt(dot))) dot++;
  return dot > at && text.charCodeAt(dot) === DOT ? dot : -1;
}

/** Dots further apart than this do not belong to one ellipsis. */
const MOST_SPACE = 3;

/** Where an ellipsis ends whose third dot is before `at`: more dots may follow, but none that begins a name. */
function spacedDotsEnd(text: string, at: number): number {
  let end = at;
  for (let dot = nextSpacedDot(text, end); dot >= 0; dot = nextSpacedDot(text, end)) {
    if (isAlnum(text.charCodeAt(dot + 1))) break;
    end = dot + 1;
    while (text.charCodeAt(end) === DOT) end++;
  }
  return end;
}

/** Where an address or a path that begins at `start` ends: at white space, without the punctuation of a clause. */
function chunkEnd(text: string, start: number): number {
  let at = start;
  let depth = 0;
  while (at < text.length) {
    const unit = text.charCodeAt(at);
    if (isSpace(unit) || unit === MASK_UNIT) break;
    if (unit === 0x22 || unit === 0x201c || unit === 0x201d || unit === 0x3c || unit === 0x3e)
      break;
    if (unit === 0x28) depth++;
    if (unit === 0x29 && depth-- === 0) break;
    at++;
  }
  while (at > start + 1 && ".,;:!?'’]*_".includes(text.charAt(at - 1))) at--;
  return at;
}

/** Where a command's option ends: `--fail-on=never`. */
function optionEnd(text: string, start: number): number {
  let at = start;
  while (at < text.length) {
    const unit = text.charCodeAt(at);
    const inner = unit === 0x2d || unit === 0x3d || unit === DOT || unit === 0x3a;
    if (!isAlnum(unit) && !(inner && isAlnum(text.charCodeAt(at + 1)))) break;
    at++;
  }
  return at;
}

/** Where a word without its first letters ends (’em, ’90s); `at` itself if there is none. */
function elisionEnd(text: string, at: number): number {
  if (isDigit(text.charCodeAt(at)) && isDigit(text.charCodeAt(at + 1)))
    return wordEnd(text, at, true);
  let end = at;
  while (end < text.length && end - at < 8 && isLetter(text.charCodeAt(end))) end++;
  return end > at && ELISIONS.test(text.slice(at, end)) ? end : at;
}

function kindOfWord(text: string, start: number, end: number): TokenKind {
  const first = text.charCodeAt(start);
  if (isDigit(first)) {
    // 3rd, 1990s, 10am and 5% are numbers; 3com.example.com is not.
    let dots = 0;
    for (let at = start; at < end; at++) {
      const unit = text.charCodeAt(at);
      if (unit === 0x5f || unit === 0x40) return TokenKind.code;
      if (unit === DOT && isLetter(text.charCodeAt(at + 1))) dots++;
    }
    return dots > 0 ? TokenKind.code : TokenKind.number;
  }
  let innerDots = 0;
  for (let at = start + 1; at < end; at++) {
    const unit = text.charCodeAt(at);
    if (unit === 0x5f || unit === 0x40 || unit === 0x28 || unit === 0x5c || unit === 0x3a)
      return TokenKind.code;
    if (unit === 0x2c) return TokenKind.code;
    if (unit === DOT && at < end - 1) innerDots++;
  }
  if (innerDots === 0) return first === 0x5f ? TokenKind.code : TokenKind.word;
  // U.S. and Ph.D. are words; example.com and readme.md are not.
  return text.charCodeAt(start + 1) === DOT || text.charCodeAt(end - 1) === DOT || end - start <= 5
    ? /^(?:\p{L}\p{M}*){1,2}(?:\.\p{L}{1,2})+\.?(?:['’]?s)?$/u.test(text.slice(start, end))
      ? TokenKind.word
      : TokenKind.code
    : TokenKind.code;
}
