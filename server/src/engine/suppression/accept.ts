import { memoizeOn } from "../../draft/incremental/memoize.ts";
import { isEmptyPhrase } from "../../language/small-words.ts";
import type { Rule } from "../../rules/rule.ts";
import type { Draft } from "../../draft/draft.ts";
import type { Finding } from "../../draft/finding.ts";
import { partitionPoint } from "../../text/search.ts";

/*
 * Phrases that a project accepts: exactly, except for white space between the words. “The The” is a band, “the the” is
 * not.
 */

/** How far around a finding accepted phrases are searched. */
const NEAR = 300;

/**
 * The phrases that let a finding stand, each with one space between its words: those that contain it, or that are most
 * of it; never for a long passage that happens to contain one.
 */
export function acceptingPhrases(
  { text }: Pick<Draft, "text">,
  rules: readonly Rule[],
  accept: readonly string[],
  { rule, start, end }: Finding,
): ReadonlySet<string> {
  const accepting = new Set<string>();
  if (accept.length === 0 || end - start > 2 * NEAR) return accepting;
  const { phrases, names } = acceptIndex(accept);
  const from = Math.max(0, start - NEAR);
  const near = squeezed(text.slice(from, end + NEAR));
  eachMatch(canBeAccepted(rules, rule) ? phrases : names, near.text, (first, last) => {
    const matchStart = from + (near.starts[first] ?? 0);
    const matchEnd = from + (near.ends[last - 1] ?? 0);
    const shared = Math.min(matchEnd, end) - Math.max(matchStart, start);
    const isAround = matchStart <= start && matchEnd >= end;
    if (isAround || shared * 2 > end - start) accepting.add(near.text.slice(first, last));
  });
  return accepting;
}

/** Whether a rule's findings may be names, titles or doubled words, which a project can accept. */
export function canBeAccepted(rules: readonly Rule[], id: string): boolean {
  return acceptableRules(rules).has(id);
}

/** The ids of such rules. */
const acceptableRules = memoizeOn<readonly Rule[]>()(
  (rules) => new Set(rules.filter((rule) => rule.acceptable).map((rule) => rule.id)),
);

/** An accepted phrase with one space between its words. */
export function plainPhrase(phrase: string): string {
  return phrase.trim().replace(/\s+/g, " ");
}

/** Phrases in the order of their UTF-16 units, each once. */
interface AcceptIndex {
  readonly phrases: readonly string[];
  /** Those with more than small words. */
  readonly names: readonly string[];
}

const acceptIndex = memoizeOn<readonly string[]>()((accept): AcceptIndex => {
  const squeezedOnes = accept.map(plainPhrase);
  const phrases = [...new Set(squeezedOnes)].filter((phrase) => phrase !== "").sort();
  return { phrases, names: phrases.filter((phrase) => !isEmptyPhrase(phrase)) };
});

/**
 * Visits the places in a text where one of the sorted phrases occurs. From each place on, the phrases that begin like
 * the text are a range of the list, which each further character narrows. The work is linear in the text, times the
 * logarithm of the number of phrases.
 */
function eachMatch(
  phrases: readonly string[],
  text: string,
  visit: (start: number, end: number) => void,
): void {
  for (let start = 0; start < text.length; start++) {
    let low = 0;
    let high = phrases.length;
    for (let length = 0; low < high; length++) {
      // A phrase that ends here comes before all that it is the beginning of.
      if (phrases[low]?.length === length) {
        if (length > 0) visit(start, start + length);
        low++;
      }
      if (start + length >= text.length) break;
      const unit = text.charCodeAt(start + length);
      low = firstFrom(phrases, low, high, length, unit);
      high = firstFrom(phrases, low, high, length, unit + 1);
    }
  }
}

/** The first phrase of a range with a common beginning whose character at an offset is at least `unit`. */
function firstFrom(
  phrases: readonly string[],
  from: number,
  to: number,
  offset: number,
  unit: number,
): number {
  return partitionPoint(from, to, (index) => (phrases[index]?.charCodeAt(offset) ?? 0) < unit);
}

/** A text with one space for each stretch of white space, and where each character starts and ends in the original. */
function squeezed(text: string): { text: string; starts: number[]; ends: number[] } {
  let short = "";
  let wasSpace = false;
  const starts: number[] = [];
  const ends: number[] = [];
  for (let at = 0; at < text.length; at++) {
    const isSpace = /\s/.test(text[at] ?? "");
    if (isSpace && wasSpace) {
      ends[ends.length - 1] = at + 1;
      continue;
    }
    // Reading the end of a text that is being built would copy it each time.
    wasSpace = isSpace;
    short += isSpace ? " " : (text[at] ?? "");
    starts.push(at);
    ends.push(at + 1);
  }
  return { text: short, starts, ends };
}
