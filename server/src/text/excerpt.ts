import { say, type Translations, type Wording, wording } from "./wording.ts";

/*
 * The words of a draft in a message: the only place that shortens them. Lengths are UTF-16 units, so no reader counts
 * more characters than that.
 */

/** The longest quotation in a message, without its quotation marks. */
export const MAX_QUOTATION = 60;

export const MAX_MESSAGE = 110;

/** Marks missing words in a quotation (U+25A2). */
export const HOLE = "▢";

/** How much of a text is read for an excerpt of it, whatever its length. */
const WINDOW = 4 * MAX_QUOTATION;

/** A quotation is not shortened below this. */
const MIN_QUOTATION = 12;

/** A quotation of at most this many units. */
export type Quote = (most: number) => string;

/** A message about a quotation: what it says about it. */
export function messageAbout(quote: Quote, says: Wording): Wording {
  return messageAround(quote, (quotation) => wording("“{0}”: {1}", quotation, says));
}

/**
 * A message around a quotation, which gets the room that the English message leaves. Invisible words count as a hole.
 */
export function messageAround(quote: Quote, toMessage: (quotation: string) => Wording): Wording {
  const room = MAX_MESSAGE - say(toMessage("")).length;
  const quotation = quote(Math.max(MIN_QUOTATION, Math.min(MAX_QUOTATION, room)));
  return toMessage(quotation.trim() === "" ? HOLE : quotation);
}

/**
 * Texts, each in quotation marks, shortened to about `most` units in all. At least one; if there are many, the first
 * ones are enough.
 */
export function quotedEach(texts: readonly string[], most: number): Wording {
  const shown = texts.slice(0, Math.max(1, Math.floor(most / MIN_QUOTATION)));
  const each = Math.floor(most / shown.length);
  const all = shown
    .map((text) => wording("“{0}”", beginning(text.trim(), each)))
    .reduce((first, next) => wording("{0} and {1}", first, next));
  return shown.length < texts.length ? wording("{0}, {1}", all, ELLIPSIS) : all;
}

/**
 * The surroundings of a place, in at most `most` units: `focus`, and as much of the text before and after as fits, in
 * whole words. White space at the edges of `focus` tells whether its neighbours touch it.
 */
export function excerpt(
  before: string,
  focus: string,
  after: string,
  most: number = MAX_QUOTATION,
): string {
  const middle = focus.trim() === "" ? oneLine(focus) : fitting(focus, most);
  const room = most - middle.length;
  const half = room >> 1;
  const whole = ending(before, room);
  const right = beginning(after, Math.max(half, room - whole.length));
  const left = whole.length <= room - right.length ? whole : ending(before, room - right.length);
  return oneLine(left + middle + right).trim();
}

function fitting(focus: string, most: number): string {
  const line = oneLine(focus);
  if (line.length <= most) return line;
  return beginning(focus, most);
}

/** The first words of a text in at most `most` units, with “…” where there are more. */
export function beginning(text: string, most: number = MAX_QUOTATION): string {
  const isCut = text.length > WINDOW;
  const line = oneLine(isCut ? text.slice(0, WINDOW) : text);
  if (!isCut && line.length <= most) return line;
  return line.trim() === "" ? "" : firstPart(line, isCut, most);
}

/** The last words of a text in at most `most` units, with “…” where there are more. */
export function ending(text: string, most: number = MAX_QUOTATION): string {
  const isCut = text.length > WINDOW;
  const line = oneLine(isCut ? text.slice(-WINDOW) : text);
  if (!isCut && line.length <= most) return line;
  return line.trim() === "" ? "" : lastPart(line, isCut, most);
}

/**
 * A text as one line: each stretch of white space, line breaks and control characters is one space. Characters that
 * would turn the direction of the words after them are left out, and so are those that represent something else.
 */
export function oneLine(text: string): string {
  return text
    .replace(/[\p{Bidi_Control}\uFFFC\uFFF9-\uFFFB]/gu, "")
    .replace(/[\s\p{Cc}]+/gu, " ")
    .replace(/\p{Cs}/gu, "\uFFFD");
}

/**
 * A text in which each quotation with right-to-left letters is isolated (FSI … PDI), so that the order of its words does
 * not depend on those around it. Quotations come from `oneLine`, so these are the only such marks; others stay as they are.
 */
export function isolated(text: string): string {
  if (!hasRightToLeft(text)) return text;
  return text.replace(QUOTATION, (_, open: string, words: string, close: string) => {
    return open + isolatedName(words) + close;
  });
}

/** The text of a wording, with its quotations isolated. */
export function sayIsolated(words: Wording, translations?: Translations): string {
  return isolated(say(words, translations));
}

/** A name in a text without quotation marks, isolated if it has right-to-left letters. */
export function isolatedName(name: string): string {
  return hasRightToLeft(name) ? `\u2068${name}\u2069` : name;
}

/** Quotation marks of English and Chinese, German, French and Spanish, and Japanese. */
const QUOTATION = /([“„「]|«\p{Zs}?)([^“”„«»「」\p{Bidi_Control}]*?)([”“」]|\p{Zs}?»)/gu;

/** Whether a text has a letter of a script that is written from right to left, such as Hebrew or Arabic. */
export function hasRightToLeft(text: string): boolean {
  return RIGHT_TO_LEFT.test(text);
}

const RIGHT_TO_LEFT =
  /[\u0590-\u08FF\uFB1D-\uFDFF\uFE70-\uFEFC\u{10800}-\u{10FFF}\u{1E800}-\u{1EFFF}](?<=\p{L})/u;

const ELLIPSIS = "…";

/** Parts at the cut edge of a window that may be incomplete: a letter without its marks, half an emoji. */
const UNSURE = 2;

/** The first words of a line with “…”, or its first letters if no word fits or its script has no spaces. */
function firstPart(line: string, isCut: boolean, most: number): string {
  if (most < 2) return "";
  const whole = isCut ? line.trimEnd() : `${line} `;
  const words = whole.slice(0, Math.max(0, whole.lastIndexOf(" ", most - 2))).trimEnd();
  if (words !== "" && !SPACELESS.test(line)) return `${words} ${ELLIPSIS}`;
  return fitted(toLetters(line, isCut ? { last: UNSURE } : {}), most - 1).join("") + ELLIPSIS;
}

function lastPart(line: string, isCut: boolean, most: number): string {
  if (most < 2) return "";
  const whole = isCut ? line.trimStart() : ` ${line}`;
  const space = whole.indexOf(" ", Math.max(0, whole.length - most + 1));
  const words = space < 0 ? "" : whole.slice(space + 1).trimStart();
  if (words !== "" && !SPACELESS.test(line)) return `${ELLIPSIS} ${words}`;
  const letters = toLetters(line, isCut ? { first: UNSURE } : {}).reverse();
  return (
    ELLIPSIS +
    fitted(letters, most - 1)
      .reverse()
      .join("")
  );
}

/** A letter of a script without spaces between words. */
const SPACELESS =
  /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}]/u;

/** As many of some letters as fit, from the first. */
function fitted(letters: readonly string[], room: number): string[] {
  const taken: string[] = [];
  let left = room;
  for (const letter of letters) {
    left -= letter.length;
    if (left < 0) break;
    taken.push(letter);
  }
  return taken;
}

/** The letters of a short line as people see them, without some at one edge. */
function toLetters(
  line: string,
  { first = 0, last = 0 }: { readonly first?: number; readonly last?: number },
): string[] {
  const letters = [...new Intl.Segmenter("en").segment(line)].map(({ segment }) => segment);
  return letters.slice(first, letters.length - last);
}
