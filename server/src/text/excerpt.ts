/*
 * Words of a draft in a message: the one place that shortens them. Lengths are UTF-16 units, so no reader
 * counts more characters than that.
 */

/** The longest quotation in a message, without its quotation marks. */
export const MAX_QUOTATION = 60;

/** The longest message. */
export const MAX_MESSAGE = 110;

/** Stands in a quotation where words are missing (U+25A2). */
export const HOLE = "▢";

/** So much of a text is looked at for an excerpt of it, whatever its length. */
const WINDOW = 4 * MAX_QUOTATION;

/** A quotation is not shortened below this. */
const MIN_QUOTATION = 12;

/**
 * A message around a quotation, which gets the room that the message leaves it. Words that can't be seen are a hole.
 * `quote` gives a quotation of at most so many units, `say` the message around one.
 */
export function messageAbout(
  quote: (most: number) => string,
  say: (quotation: string) => string,
): string {
  const room = MAX_MESSAGE - say("").length;
  const quotation = quote(Math.max(MIN_QUOTATION, Math.min(MAX_QUOTATION, room)));
  return say(quotation.trim() === "" ? HOLE : quotation);
}

/**
 * What stands around a place, in at most `most` units: `focus`, and of the text before and after it what fits,
 * in whole words. White space at the edges of `focus` tells whether its neighbours touch it.
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
  return line.trim() === "" ? "" : firstOf(line, isCut, most);
}

/** The last words of a text in at most `most` units, with “…” where there are more. */
export function ending(text: string, most: number = MAX_QUOTATION): string {
  const isCut = text.length > WINDOW;
  const line = oneLine(isCut ? text.slice(-WINDOW) : text);
  if (!isCut && line.length <= most) return line;
  return line.trim() === "" ? "" : lastOf(line, isCut, most);
}

/**
 * A text as one line: each stretch of white space, line breaks and control characters is one space. What would
 * turn the direction of the words after it is left out, and so is what stands for something else.
 */
export function oneLine(text: string): string {
  if (isPlain(text)) return text;
  return text
    .replace(/[\p{Bidi_Control}\uFFFC\uFFF9-\uFFFB]/gu, "")
    .replace(/[\s\p{Cc}]+/gu, " ")
    .replace(/\p{Cs}/gu, "\uFFFD");
}

/** Whether a text is one line of Latin letters and common marks: one unit a letter, and a space between any two words. */
function isPlain(text: string): boolean {
  return !UNUSUAL.test(text);
}

/** Asked for the unusual, a search needs no way back: a text is looked at in a hundredth of the time of a segmenter. */
const UNUSUAL = / {2}|[^ -~\u00A1-\u00AC\u00AE-\u024F\u2010-\u2027\u25A2]/;

const ELLIPSIS = "…";

/** Parts at the cut edge of a window that may not be whole: a letter without its marks, half an emoji. */
const UNSURE = 2;

function firstOf(line: string, isCut: boolean, most: number): string {
  if (most < 2) return "";
  const kept = firstWords(line, isCut, most - 2);
  if (kept.trim() !== "") return `${kept.trimEnd()} ${ELLIPSIS}`;
  // A word of that length is cut, between letters as people see them.
  const lead = line.startsWith(" ") ? " " : "";
  const letters = partsOf(line.slice(lead.length), "grapheme", isCut ? { last: UNSURE } : {});
  return lead + fitted(letters, most - 1 - lead.length).join("") + ELLIPSIS;
}

function lastOf(line: string, isCut: boolean, most: number): string {
  if (most < 2) return "";
  const kept = lastWords(line, isCut, most - 2);
  if (kept.trim() !== "") return `${ELLIPSIS} ${kept.trimStart()}`;
  const tail = line.endsWith(" ") ? " " : "";
  const body = line.slice(0, line.length - tail.length);
  const letters = partsOf(body, "grapheme", isCut ? { first: UNSURE } : {}).reverse();
  return (
    ELLIPSIS +
    fitted(letters, most - 1 - tail.length)
      .reverse()
      .join("") +
    tail
  );
}

/** The first words of a line that have room; of a line that was cut, without the last, which may not be whole. */
function firstWords(line: string, isCut: boolean, room: number): string {
  if (!isPlain(line)) {
    return wholeWords(partsOf(line, "word", isCut ? { last: UNSURE } : {}), room).join("");
  }
  const sure = isCut ? upToSpace(line.trimEnd(), Infinity) : line;
  return sure.length <= room ? sure : upToSpace(sure, room);
}

/** The last words of a line that have room; of a line that was cut, without the first. */
function lastWords(line: string, isCut: boolean, room: number): string {
  if (!isPlain(line)) {
    const words = partsOf(line, "word", isCut ? { first: UNSURE } : {}).reverse();
    return wholeWords(words, room).reverse().join("");
  }
  const sure = isCut ? behindSpace(line.trimStart(), 0) : line;
  return sure.length <= room ? sure : behindSpace(sure, sure.length - room - 1);
}

/** What stands before the last space that is at `limit` or before it. */
function upToSpace(line: string, limit: number): string {
  return line.slice(0, Math.max(0, line.lastIndexOf(" ", limit)));
}

/** What stands behind the first space that is at `from` or behind it. */
function behindSpace(line: string, from: number): string {
  const space = line.indexOf(" ", from);
  return space < 0 ? "" : line.slice(space + 1);
}

/**
 * The first parts that have room, without the last of what has no space in it, unless that is most of it, as
 * where a script has no spaces.
 */
function wholeWords(parts: readonly string[], room: number): string[] {
  const taken = fitted(parts, room);
  const endsWord = taken.length === parts.length || parts[taken.length]?.trim() === "";
  let kept = taken.length;
  while (!endsWord && kept > 0 && taken[kept - 1]?.trim() !== "") kept--;
  const long = taken.join("").length;
  const words = taken.slice(0, kept);
  return words.join("").length * 2 >= long ? words : taken;
}

/** The first of some parts that have room. */
function fitted(parts: readonly string[], room: number): string[] {
  const taken: string[] = [];
  let left = room;
  for (const part of parts) {
    left -= part.length;
    if (left < 0) break;
    taken.push(part);
  }
  return taken;
}

/** The words or letters of a short line, without some at an edge. */
function partsOf(
  line: string,
  granularity: "word" | "grapheme",
  { first = 0, last = 0 }: { readonly first?: number; readonly last?: number },
): string[] {
  // The first segmenter of a process takes 10 ms to be made, and each other 7 µs.
  const parts =
    granularity === "grapheme" && isPlain(line)
      ? line.split("")
      : [...new Intl.Segmenter("en", { granularity }).segment(line)].map(({ segment }) => segment);
  return parts.slice(first, parts.length - last);
}
