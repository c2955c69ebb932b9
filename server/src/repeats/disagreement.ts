import type { Span } from "../text/span.ts";
import type { Candidate, Facts } from "./facts.ts";
import { startsSentence } from "./sentence-starts.ts";
import { sliceWords, spanOfWord, type Sequence } from "./sequence.ts";

/*
 * Two copies of a passage that agree except for one figure, date, amount, name or “not”: one of them is wrong. Most
 * such pairs are alike on purpose (steps, entries, rows, releases). So it takes a long passage of running text, hardly
 * any other repeat in the draft, and a figure that is not the number of a step, a page or a version.
 */

/** What two copies say about one thing. */
export interface Disagreement {
  readonly here: Value;
  readonly there: Value;
}

/** A span of the draft, in UTF-16 units. */
export interface Value extends Span {
  readonly text: string;
  /** The word before it. */
  readonly label: string;
  /** It numbers or names something: “#37”, “[37]”, “x^37”. */
  readonly isReference: boolean;
}

/** Where two passages of a draft disagree; undefined if they differ in more than one thing, or in nothing. */
export function findDisagreement(
  { repeat, changes, facts }: Candidate,
  sequence: Sequence,
): Disagreement | undefined {
  const [change, ...others] = changes;
  if (change === undefined || others.length > 0 || repeat.copies > 1) return undefined;
  if (!isOfOneThing(facts)) return undefined;
  // If one copy lacks a word, such as “not”, the word before it is shown in both, as is “3” in “3 million”.
  const isOneSided = change.aStart === change.aEnd || change.bStart === change.bEnd;
  const back = isOneSided || isScale(sequence, change.aStart) ? 1 : 0;
  if (change.bStart - back < repeat.bStart || change.aStart - back < repeat.aStart)
    return undefined;
  const here = toValue(sequence, change.aStart - back, change.aEnd);
  const there = toValue(sequence, change.bStart - back, change.bEnd);
  if (here.text === there.text || ![here, there].every(({ text }) => VALUE.test(text))) {
    return undefined;
  }
  const isContradiction =
    areOpposites(here.text, there.text) ||
    (!isOneSided && (areFigures(here, there) || areNames(here, there)));
  return isContradiction ? { here, there } : undefined;
}

/** In words, and the share of them that may differ. */
const LEAST_WORDS = 25;
const MOST_DIFFERENT = 0.08;

/** Whether two passages are about one thing, by everything known about them, and not written to one pattern. */
function isOfOneThing(facts: Facts): boolean {
  const { spanned, matched, repeats, sharing, sameSection, likeHeading, code, markers } = facts;
  return (
    spanned >= LEAST_WORDS &&
    spanned - matched <= MOST_DIFFERENT * spanned &&
    repeats <= MOST_REPEATS &&
    sharing === 0 &&
    code <= MOST_CODE &&
    markers === 0 &&
    (sameSection || likeHeading < LIKE) &&
    !(facts.meant || facts.expected || facts.items || facts.oneItem || facts.callout)
  );
}

/** A draft with more other repeats consists of entries. */
const MOST_REPEATS = 1;
const MOST_CODE = 0.1;
/** Headings with a larger share of their words in common are parallel. */
const LIKE = 0.5;

/** The whole text at some words: “1,200” is one figure, whatever counts as a word. */
function toValue(sequence: Sequence, from: number, to: number): Value {
  const { text } = sequence.draft;
  let { start } = spanOfWord(sequence, from);
  let { end } = spanOfWord(sequence, to - 1);
  const least = Math.max(0, start - LONGEST);
  const most = Math.min(text.length, end + LONGEST);
  while (start > least && INNER.test(text.charAt(start - 1))) start--;
  while (end < most && INNER.test(text.charAt(end))) end++;
  while (EDGE.test(text.charAt(end - 1)) && end > start + 1) end--;
  while (EDGE.test(text.charAt(start)) && end > start + 1 && !/^-\d/.test(text.slice(start, end)))
    start++;
  const label = wordBefore(sequence, from);
  return {
    start,
    end,
    text: text.slice(start, end),
    label,
    isReference: isReference(text, start, end),
  };
}

function isReference(text: string, start: number, end: number): boolean {
  const before = text.charAt(start - 1);
  // “[37](x.md)” is a link, of which the figure is the text.
  const isInBrackets = before === "[" && /^\](?![([])/.test(text.slice(end, end + 2));
  return isInBrackets || before === "#" || before === "^";
}

/** The word before another in its sentence, in lower case if it begins that; "" for none. */
function wordBefore(sequence: Sequence, word: number): string {
  if (startsSentence(sequence, word)) return "";
  const before = sliceWords(sequence, word - 1, word);
  return startsSentence(sequence, word - 1) ? before.toLowerCase() : before;
}

/** In UTF-16 units. */
const LONGEST = 30;
const INNER = /[\p{L}\p{N}$€£¥%.,:’'-]/u;
const EDGE = /[.,:’'-]/;
const VALUE = /^[\p{L}\p{N}$€£¥%.,:’' -]{1,30}$/u;

/** Whether a word says how many times a figure before it counts. */
function isScale(sequence: Sequence, word: number): boolean {
  return SCALE.test(sliceWords(sequence, word, word + 1));
}

const SCALE = /^(?:thousand|million|billion|trillion)$/i;
const FIGURE =
  /^(?:[$€£¥-]?\d[\d.,:]*(?:%|[a-z]{1,2})?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)$/i;
/** A version has no unit and two points, or one that matches anything. */
const VERSION = /\d\.\d+\.\d|\.x$/i;

/** What the figure after it numbers or names: “step 3”, “Windows 11”; except months and days. */
const LABEL =
  /^(?:step|stage|phase|part|version|page|chapter|section|figure|fig|table|example|exercise|option|level|class|grade|question|item|line|row|round|week|day|lesson|module|unit|volume|issue|no|number|release|article|rule|room|route|type|\p{Lu}.*)$/u;
const DATE = /^(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec|Mon|Tue|Wed|Thu|Fri|Sat|Sun)/;

/** Whether two values are figures, possibly with words: “37”, “$2.5 million”, “3 March”. */
function areFigures(...values: readonly Value[]): boolean {
  return values.every(({ text, label, isReference }) => {
    const words = text.split(" ");
    const figures = words.filter((word) => FIGURE.test(word));
    const isPlain = words.every((word) => FIGURE.test(word) || /^\p{L}+$/u.test(word));
    const isLabelled = LABEL.test(label) && !DATE.test(label);
    const isNumber = isReference || isLabelled || VERSION.test(text);
    return figures.length > 0 && isPlain && !isNumber;
  });
}

/** Whether two values are names, or days, inside a sentence. */
function areNames(...values: readonly Value[]): boolean {
  const [here = "", there = ""] = values.map(({ text }) => text.replace(/['’]s?$/, ""));
  // “Lee” and “Lee's” are one name.
  if (here === there) return false;
  return values.every(
    ({ text, label }) => label !== "" && text.split(" ").every((word) => NAME.test(word)),
  );
}

const NAME = /^\p{Lu}\p{Ll}[\p{L}’'-]*$/u;

/** Whether one value is the other with a “not”: “can” and “can't”, “did” and “did not”. */
function areOpposites(here: string, there: string): boolean {
  const [short, long] = here.length < there.length ? [here, there] : [there, here];
  const rest = long.slice(short.length);
  return (
    /^(?:n?['’]t| ?not| never| no)$/i.test(rest) &&
    long.startsWith(short) &&
    !` ${short}`.toLowerCase().endsWith(rest.toLowerCase())
  );
}
