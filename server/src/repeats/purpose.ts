import type { Block, Draft } from "../draft/draft.ts";
import { memoizeOn } from "../draft/incremental/memoize.ts";
import { MASK } from "../draft/prose.ts";
import { getOutline } from "./outline.ts";
import { linkedPage } from "./pair-of-drafts.ts";

/*
 * What stands around a copy and shows why the passage stands twice, whatever its words are. A copy is given by its
 * draft and the index of its first block.
 */

/** Whether a passage is of two entries of a reference: each under an identifier, a signature or a table of its own. */
export function opensEntries(a: Draft, aFirst: number, b: Draft, bFirst: number): boolean {
  const aEntry = entryAt(a, aFirst);
  const bEntry = entryAt(b, bFirst);
  return aEntry !== "" && bEntry !== "" && aEntry !== bEntry;
}

/** What names the entry that a block is in; "" for none. */
function entryAt(draft: Draft, index: number): string {
  const block = draft.blocks[index];
  const above = draft.blocks[index - 1];
  const clause = CLAUSE.exec(block?.source ?? "");
  if (clause !== null) return clause[0];
  const section = getOutline(draft).heading[index] ?? -1;
  // Under one heading a name that comes back is the same entry once more.
  if (block?.prose.text === MASK) return `${section} ${block.source}`;
  const over = block?.kind === "heading" ? block : draft.blocks[section];
  if (over !== undefined && isIdentifier(over.prose.text)) return over.source;
  if (above === undefined) return "";
  const isHead = above.kind === "cell" || above.prose.text === MASK || isSignature(above);
  return isHead ? `${section} ${above.source}` : "";
}

/** The id of a clause, as specifications in mdBook have it. */
const CLAUSE = /^r\[[\w.-]+\](?=\s|$)/;

/** Whether a heading is the name of something in code, such as “-Include”, “max_age”, “log-file-size” or “`href`”. */
function isIdentifier(text: string): boolean {
  if (text.startsWith(MASK)) return true;
  return !/\s/.test(text) && /^-|\w[_.:(]\w|\(\)|^[a-z]+-[a-z]+-[a-z]/.test(text);
}

/** Whether a block of code is one line with brackets. */
function isSignature({ kind, source }: Block): boolean {
  const lines = source.trim().split("\n", 4);
  return kind === "code" && lines.length <= 3 && /\w\(/.test(source);
}

/** Whether a copy is what a demonstration shows: in an element for results, or written in the code above it. */
export function isDemonstrated(draft: Draft, index: number): boolean {
  if (
    /\b(?:demo|example|output|preview|result)s?\b/i.test(getOutline(draft).element[index] ?? "")
  ) {
    return true;
  }
  const words = draft.blocks[index]?.source.trim().slice(0, DEMONSTRATED) ?? "";
  return draft.blocks
    .slice(Math.max(0, index - 3), index)
    .some(({ kind, source }) => kind === "code" && source.includes(words));
}

/** So much of what code demonstrates is looked for in it, in UTF-16 units. */
const DEMONSTRATED = 60;

/** Whether a paragraph says whose a quotation or a picture is: “– Ann Lee, head of the office”, “Photo: Ann Lee”. */
export function isCredit(block: Block | undefined): boolean {
  const text = block?.prose.text ?? "";
  return text.length <= LONGEST_CREDIT && CREDIT.test(text);
}

/** A longer paragraph says more than whose something is. In UTF-16 units. */
const LONGEST_CREDIT = 160;

const CREDIT =
  /^\s*(?:[–—-]{1,2}\s*\p{Lu}|(?:Photo|Picture|Image|Illustration|Video|Credit|Source|Author|Story|Text)s?(?::| by )|By \p{Lu})[^!?]*[^.!?]$/u;

/** Whether a copy is the summary over a line with which a draft begins, as posts have it: the text says it again. */
export function isSummary({ blocks }: Draft, first: number, last: number): boolean {
  const next = blocks[last + 1];
  const isSetOff =
    next?.kind === "break" || (next?.kind === "comment" && CUT_MARK.test(next.source));
  if (!isSetOff || first > MOST_ABOVE) return false;
  return !blocks.slice(0, first).some(({ kind }) => kind === "paragraph");
}

/** So many blocks may stand above a summary: front matter, a title, a picture. */
const MOST_ABOVE = 8;

/** The comment at which a site cuts a post for its list. */
const CUT_MARK = /^(?:<!--|\{\/\*)\s*(?:more|truncate|excerpt)\b/i;

/** Whether a copy is the caption of a figure, and no more. */
export function isCaption({ text, starts }: Draft, first: number, last: number): boolean {
  const start = starts[first] ?? 0;
  if (first !== last) return false;
  return /<figcaption(?:\s[^<>]{0,200})?>\s*$/i.test(text.slice(Math.max(0, start - 240), start));
}

/** Whether two headings, by their indices, number parts of a kind: “Example 6: …” and “Example 7: …”. */
export function areNumbered({ blocks }: Draft, heading: number, other: number): boolean {
  const [one, two] = [heading, other].map((index) => {
    const text = blocks[index]?.prose.text.slice(0, LONGEST_HEADING).toLowerCase() ?? "";
    return text.match(NUMBERED) ?? [];
  });
  const frame = (number: string): string => number.replace(/\d+/g, "#");
  return (one ?? []).some((a) => (two ?? []).some((b) => a !== b && frame(a) === frame(b)));
}

/** In UTF-16 units. */
const LONGEST_HEADING = 200;
const NUMBERED = /(?<![\p{L}\d])\p{L}+[ -]?\d+(?:[.-]\d+)*/gu;

/** Whether a copy, what stands right beside it, or the heading over it, links to one of the pages of those names. */
export function linksTo(
  draft: Draft,
  first: number,
  last: number,
  pages: readonly string[],
): boolean {
  const over = draft.blocks[getOutline(draft).heading[first] ?? -1];
  const around = draft.blocks.slice(Math.max(0, first - 1), last + 2);
  return [...around, ...(over === undefined ? [] : [over])].some(({ marks }) =>
    marks.some(({ kind, target }) => {
      const page = kind === "link" ? linkedPage(target ?? "") : "";
      return page !== "" && pages.includes(page);
    }),
  );
}

/**
 * Whether both copies begin right under headings of the same words that stand under the same heading, with no third
 * such: a section that was pasted twice. Under two headings they are parts of two things.
 */
export function opensTwins(draft: Draft, aFirst: number, bFirst: number): boolean {
  const a = headingAt(draft, aFirst);
  const b = headingAt(draft, bFirst);
  const source = draft.blocks[a]?.source;
  if (source === undefined || source !== draft.blocks[b]?.source) return false;
  const { times, parents } = sectionsOf(draft);
  return times.get(source) === 2 && parents.get(a) === parents.get(b);
}

/** The index of the heading that a block is, or stands right under; -1 for none. */
function headingAt({ blocks }: Draft, index: number): number {
  return [index, index - 1].find((at) => blocks[at]?.kind === "heading") ?? -1;
}

/** How often each heading stands in a draft, and under which of a higher level each one does, by their indices. */
const sectionsOf = memoizeOn<Draft>()((draft) => {
  const times = new Map<string, number>();
  const parents = new Map<number, number>();
  const open: { readonly index: number; readonly level: number }[] = [];
  for (const [index, { kind, source, level }] of draft.blocks.entries()) {
    if (kind !== "heading") continue;
    while ((open.at(-1)?.level ?? -1) >= level) open.pop();
    parents.set(index, open.at(-1)?.index ?? -1);
    open.push({ index, level });
    times.set(source, (times.get(source) ?? 0) + 1);
  }
  return { times, parents };
});
