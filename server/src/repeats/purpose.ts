import type { Block, Draft } from "../draft/draft.ts";
import { memoizeOn } from "../draft/incremental/memoize.ts";
import { MASK, sourceSpan } from "../draft/prose.ts";
import {
  linkShare,
  openingLabel as getOpeningLabel,
  opensAside,
} from "../formats/support/block-marks.ts";
import { type Change, sliceChange } from "./changes.ts";
import { sliceChanges, isFilledIn } from "./form.ts";
import { isPasted, type Places, type RowFacts } from "./row-facts.ts";
import { getOutline } from "./outline.ts";
import { type DraftPair, getTitles, isLikeTitle, linkedPage } from "./pair-of-drafts.ts";
import { blockOfWord } from "./row.ts";
import type { Sequence } from "./sequence.ts";

/* What shows why a passage is repeated: what surrounds its copies, and how they differ. */

/** Whether a passage is repeated on purpose, by everything known besides its odds. */
export interface Purpose {
  /** It is not reported, unless everything is. */
  readonly meant: boolean;
  /** It may be on purpose: it is a hint at most. */
  readonly doubtful: boolean;
  /** It is never reported. */
  readonly expected: boolean;
  /** A paragraph is the same in two drafts, or only a figure of it differs: at least a hint. */
  readonly pasted: boolean;
}

/** One copy of a passage: its words, `end` after the last, and its first and last block. */
export interface Copy {
  readonly sequence: Sequence;
  readonly start: number;
  readonly end: number;
  readonly first: number;
  readonly last: number;
}

export function toCopy(sequence: Sequence, start: number, end: number): Copy {
  const [first, last] = [blockOfWord(sequence, start), blockOfWord(sequence, end - 1)];
  return { sequence, start, end, first, last };
}

/** Two copies, the later as side `a` of the changes, and what was measured about them. */
export interface Copies {
  readonly here: Copy;
  readonly there: Copy;
  readonly changes: readonly Change[];
  readonly facts: RowFacts;
  readonly sameSection: boolean;
  readonly likeHeading: number;
  readonly items: boolean;
  /** The share of code in the later, from 0 to 1. */
  readonly code: number;
}

/** Why a passage is repeated in one draft. */
export function purposeWithin(copies: Copies): Purpose {
  const { here, there, changes, facts, sameSection, items, code } = copies;
  const { draft } = here.sequence;
  return {
    expected: false,
    pasted: false,
    meant:
      isSurrounded(copies) ||
      areOfTwoTerms(here, there) ||
      areOfTwoElements(here, there) ||
      isSetBeside(facts) ||
      isSummary(draft, there.first, there.last) ||
      isFilledIn(sliceChanges(changes, here.sequence, there.sequence)) ||
      isInFrame(copies) ||
      (!sameSection && isOfTwoParts(copies)) ||
      isStruckOut(draft.blocks[there.first]) ||
      (facts.spanned <= LONGEST_LEAD_IN && leadsToOther(copies)) ||
      (items && code >= TRACE),
    doubtful:
      opensParts(draft, here.first, there.first) ||
      (items && isItemOfPattern(copies)) ||
      (items && areOfTwoItems(here, there)) ||
      (items && isStep(here) !== isStep(there)) ||
      (items && changes.length === 0 && facts.apart > 0 && !opensItem(here) && !opensItem(there)) ||
      isOfOther(copies),
  };
}

/** Why a passage is in two drafts. Their order makes no difference. */
export function purposeInTwo(
  copies: Copies,
  drafts: DraftPair,
  { opensLater, opensEarlier, closesBoth }: Places,
): Purpose {
  const { here, there, facts } = copies;
  const teases = [here, there].some(({ sequence: { draft }, first, last }) =>
    linksTo(draft, first, last, drafts.pages),
  );
  return {
    expected: teases && facts.spanned <= LONGEST_TEASER,
    pasted: isPasted(facts) && (facts.changed === 0 || isFigureChanged(copies)),
    meant:
      drafts.isShared ||
      isSurrounded(copies) ||
      (isNote(here) && isNote(there)) ||
      (drafts.isOverview && (opensLater || opensEarlier)) ||
      isSameForm(here, there) ||
      holdsEntries(here) ||
      (opensLater && isUnderTitle(here, there)) ||
      (opensEarlier && isUnderTitle(there, here)) ||
      isQuoted(here) !== isQuoted(there),
    doubtful:
      teases ||
      drafts.isDated ||
      (opensLater && opensEarlier) ||
      closesBoth ||
      isNote(here) ||
      isNote(there),
  };
}

/** In words: a teaser quotes no more of its page than this. */
const LONGEST_TEASER = 100;
/** In words. */
const LONGEST_LEAD_IN = 40;
/** With this much code, each item is a step of what is run. */
const TRACE = 0.4;

/** Whether what is right beside the copies, or what they begin with, shows that they are about two things. */
function isSurrounded(copies: Copies): boolean {
  const { here, there, items, sameSection, facts } = copies;
  const [a, b] = [here.sequence.draft, there.sequence.draft];
  // A list right after itself was pasted twice.
  const isApart = a !== b || facts.apart > FRAME;
  return (
    opensEntries(a, here.first, b, there.first) ||
    isDemonstrated(a, here.first) ||
    isDemonstrated(b, there.first) ||
    (isApart && areContents(here, there)) ||
    isCaption(a, here.first, here.last) ||
    isCaption(b, there.first, there.last) ||
    (here.first === here.last && isCredit(a.blocks[here.first])) ||
    // Two sections are explained step by step, each on its own.
    (items && !sameSection && isStep(here) && isStep(there))
  );
}

/** Whether copies under two headings or labels are about two parts of a kind. */
function isOfTwoParts({ here, there, changes, likeHeading, facts }: Copies): boolean {
  const { label } = getOutline(here.sequence.draft);
  return (
    isOther(label[here.first], label[there.first]) ||
    (facts.apart > FRAME && likeHeading < 1 && isNote(here) && isNote(there)) ||
    (changes.length > 0 &&
      opensBlock(here) &&
      opensBlock(there) &&
      isOther(openingLabel(here), openingLabel(there)))
  );
}

/** Whether the copies are a list of links, such as a table of contents, which a page may have again at its side. */
function areContents(...copies: readonly Copy[]): boolean {
  const items = copies.flatMap(({ sequence: { draft }, first, last }) =>
    draft.blocks.slice(first, last + 1).filter(isProse),
  );
  const linked = items.reduce((sum, block) => sum + linkShare(block), 0);
  return items.length > copies.length && linked >= MOSTLY * items.length;
}

const MOSTLY = 0.7;

/** Whether the copies are in two elements of different classes, or two components. */
function areOfTwoElements(here: Copy, there: Copy): boolean {
  const [a, b] = [here, there].map(
    ({ sequence, first }) => getOutline(sequence.draft).element[first],
  );
  return isOther(a, b);
}

/** Whether two copies explain different terms, such as the parameters of two functions. */
function areOfTwoTerms(here: Copy, there: Copy): boolean {
  const [a, b] = [here, there].map(({ sequence, first }) => getTerms(sequence.draft)[first]);
  return isOther(a, b);
}

/**
 * For each block of a draft, the terms that it explains, those of the lists around its own first; "" for none. A term
 * itself is not among them.
 */
const getTerms = memoizeOn<Draft>()(({ text, starts, blocks }): readonly string[] => {
  const open: string[] = [];
  const tags = [...text.matchAll(/<(\/?)(d[ltd])(?=[\s>])/gi)];
  let at = 0;
  return starts.map((start, index) => {
    const { prose } = blocks[index] ?? {};
    // A block may begin with its own tag.
    const from = start + (prose === undefined ? 0 : sourceSpan(prose, { start: 0, end: 1 }).start);
    let isTerm = false;
    for (; (tags[at]?.index ?? Infinity) < from; at++) {
      const [, slash, name = ""] = tags[at] ?? [];
      isTerm = slash === "" && /dt/i.test(name);
      if (/dl/i.test(name)) {
        if (slash !== "") open.pop();
        else if (open.length < MOST_LISTS) open.push("");
      } else if (isTerm) {
        const { index: begins = 0 } = tags[at] ?? {};
        const end = Math.min(tags[at + 1]?.index ?? text.length, begins + LONGEST_TERM);
        if (open.length > 0) open[open.length - 1] = text.slice(begins, end);
      }
    }
    return (isTerm ? open.slice(0, -1) : open).join("\n");
  });
});

/** Lists nested deeper are ignored. */
const MOST_LISTS = 16;
/** Terms with the same beginning count as one. In UTF-16 units. */
const LONGEST_TERM = 160;

/** Whether the two copies have names, and different ones. */
export function isOther(here = "", there = ""): boolean {
  return here !== "" && there !== "" && here !== there;
}

/** The label that a copy's first block begins with, ignoring case; "" for none. */
export function openingLabel({ sequence: { draft }, first }: Copy): string {
  const block = draft.blocks[first];
  return block === undefined ? "" : getOpeningLabel(block).text;
}

/** Whether a wording contains something that names: a capital, a figure, code. */
export function isName(text: string): boolean {
  return /[\p{Lu}\p{N}_/`]/u.test(text) || text.includes(MASK);
}

/**
 * Whether the text before both copies begins with the same words, or that after both. Headings don't count, because
 * parts of all kinds have them. In one section the text after both, or the same text before, may belong to the copies.
 */
function isInFrame({ here, there, sameSection, facts: { apart } }: Copies): boolean {
  if (apart <= FRAME) return false;
  const begin = (a: number, b: number): boolean => {
    const [one, other] = [blockAt(here.sequence, a), blockAt(there.sequence, b)];
    return (
      isProse(one) &&
      isProse(other) &&
      startsAlike(here, a, there, b) &&
      !(sameSection && one?.source === other?.source)
    );
  };
  return (
    begin(beginningBefore(here), beginningBefore(there)) ||
    (!sameSection && begin(here.end, there.end))
  );
}

/** This many words make a frame. */
const FRAME = 3;

function startsAlike(here: Copy, a: number, there: Copy, b: number): boolean {
  const words = here.sequence.words.subarray(a, a + FRAME);
  return words.length === FRAME && words.every((word, at) => word === there.sequence.words[b + at]);
}

/** The first word of the block that precedes a copy, or contains it. */
function beginningBefore({ sequence, start }: Copy): number {
  return sequence.first[blockOfWord(sequence, Math.max(0, start - 1))] ?? 0;
}

function blockAt({ draft, first }: Sequence, word: number): Block | undefined {
  return draft.blocks[blockOfWord({ first }, word)];
}

function isProse(block: Block | undefined): boolean {
  return block?.kind === "paragraph" || block?.kind === "cell";
}

function opensBlock({ sequence, start, first }: Copy): boolean {
  return sequence.first[first] === start;
}

/** Whether a copy begins with an item's first words. */
function opensItem(copy: Copy): boolean {
  const { text, starts } = copy.sequence.draft;
  const start = starts[copy.first] ?? 0;
  return opensBlock(copy) && /\S/.test(text.slice(text.lastIndexOf("\n", start - 1) + 1, start));
}

/** Whether a copy is a short step or the item after its like, with other words: a list of one pattern. */
function isItemOfPattern({ here, there, changes, facts: { whole, spanned } }: Copies): boolean {
  const isNext = whole && here.first === there.first + 1;
  const isOfPattern = isNext || (isStep(here) && isStep(there));
  return (
    isOfPattern && here.first === here.last && changes.length > 0 && spanned <= LONGEST_LEAD_IN
  );
}

/** Whether two nested items belong to two items with other words. */
function areOfTwoItems(here: Copy, there: Copy): boolean {
  return isOther(itemOver(here)?.source, itemOver(there)?.source);
}

function itemOver({ sequence: { draft }, first }: Copy): Block | undefined {
  return draft.blocks[getOutline(draft).item[first] ?? -1];
}

function isStep({ sequence: { draft }, first }: Copy): boolean {
  const start = draft.starts[first] ?? 0;
  const before = draft.text.slice(Math.max(0, start - 24), start);
  return /\d[.)][ \t]+(?:\[[ xX]\][ \t]+)?$/.test(before);
}

/** Whether the first difference is a figure in both copies. */
function isFigureChanged({ here, there, changes: [first] }: Copies): boolean {
  if (first === undefined) return false;
  return sliceChange(first, here.sequence, there.sequence).every((words) => /\p{N}/u.test(words));
}

/** Whether the copies begin with other names, and the later has no word of the earlier's: two entries with one text. */
function isOfOther({ here, there, changes: [first] }: Copies): boolean {
  if (first === undefined || first.aStart !== here.start || first.bStart !== there.start) {
    return false;
  }
  if (Math.min(first.aEnd - here.start, first.bEnd - there.start) < 2) return false;
  const [later, earlier] = [here.sequence, there.sequence];
  const [mine, other] = sliceChange(first, later, earlier);
  const names = earlier.words.subarray(there.start, first.bEnd);
  return (
    isName(mine) &&
    isName(other) &&
    !later.words.subarray(first.aEnd, here.end).some((word) => names.includes(word))
  );
}

/** Whether each copy leads to code of its own: the texts about it differ, or the code begins with another word. */
function leadsToOther({ here, there, changes }: Copies): boolean {
  const [mine = "", other = ""] = [here, there].map(({ sequence: { draft }, last }) => {
    const { kind, source = "" } = draft.blocks[last + 1] ?? {};
    return kind === "code" ? source.split("\n", 2)[1]?.trim().split(/\s/, 1)[0] : "";
  });
  return isOther(mine, other) || (changes.length > 0 && mine !== "" && other !== "");
}

/** Whether a copy begins with or right after the mark of a callout. */
function isNote({ sequence: { draft }, first }: Copy): boolean {
  const { markup } = draft.format;
  return [draft.blocks[first], draft.blocks[first - 1]].some(
    (block) =>
      block?.kind === "directive" && (markup.getLabel(block) !== undefined || opensAside(block)),
  );
}

/** Whether both copies are under the same label: pages of a form. */
function isSameForm(here: Copy, there: Copy): boolean {
  const [label, other] = [here, there].map(
    ({ sequence, first }) => getOutline(sequence.draft).label[first],
  );
  return label !== "" && label === other;
}

/** Whether a copy is mostly entries of a reference, which pages may share: headings or items that begin with code. */
function holdsEntries({ sequence: { draft }, first, last }: Copy): boolean {
  const { heading } = getOutline(draft);
  const blocks = draft.blocks.slice(first, last + 1);
  const entries = blocks.filter(({ kind, listDepth, prose }, at) => {
    if (listDepth > 0 && prose.text.startsWith(MASK)) return true;
    const over = kind === "heading" ? at : (heading[first + at] ?? -1) - first;
    return blocks[over]?.prose.text.startsWith(MASK);
  });
  return 2 * entries.length > blocks.length;
}

/** Whether a copy begins with, or is under, a heading that is the other draft's title, and so says what it is about. */
function isUnderTitle(titled: Copy, { sequence: { draft }, first }: Copy): boolean {
  const isHeading = draft.blocks[first]?.kind === "heading";
  const index = isHeading ? first : (getOutline(draft).heading[first] ?? -1);
  const heading = draft.blocks[index]?.prose.text ?? "";
  return getTitles(titled.sequence.draft).some((title) => isLikeTitle(title, heading));
}

/** Whether all blocks of a copy are block quotations. */
function isQuoted({ sequence: { draft }, first, last }: Copy): boolean {
  return draft.blocks.slice(first, last + 1).every(({ quoteDepth }) => quoteDepth > 0);
}

/** Whether a short passage says something else than its neighbour: “on the left side”, “on the right side”. */
function isSetBeside({ apart, replaced, matched, spanned }: RowFacts): boolean {
  return (
    replaced > 0 && apart <= BESIDE && spanned <= LONGEST_BESIDE && matched <= PATTERN * spanned
  );
}

/** In words. */
const BESIDE = 15;
const LONGEST_BESIDE = 60;
/** After pasting and editing, more of the words are left. */
const PATTERN = 0.81;

/** Whether a passage belongs to two entries of a reference, each under an identifier, a signature or a table. */
export function opensEntries(a: Draft, aFirst: number, b: Draft, bFirst: number): boolean {
  return isOther(entryAt(a, aFirst), entryAt(b, bFirst));
}

/** The name of the entry that a block is in; "" for none. */
function entryAt(draft: Draft, index: number): string {
  const block = draft.blocks[index];
  const above = draft.blocks[index - 1];
  const clause = CLAUSE.exec(block?.source ?? "");
  if (clause !== null) return clause[0];
  const section = getOutline(draft).heading[index] ?? -1;
  // Under one heading a name that comes back is the same entry once more.
  if (isTerm(block)) return `${section} ${block?.source}`;
  const over = block?.kind === "heading" ? block : draft.blocks[section];
  if (over !== undefined && isIdentifier(over.prose.text)) return over.source;
  const isHead =
    above !== undefined && (above.kind === "cell" || isTerm(above) || isSignature(above));
  return isHead ? `${section} ${above.source}` : openingCode(block);
}

/** Whether a block is only the name of something in code. */
function isTerm(block: Block | undefined): boolean {
  const text = block?.prose.text.trim() ?? "";
  const isName = block?.kind === "paragraph" && !/\s/.test(text) && CODE_NAME.test(text);
  return text === MASK || isName;
}

/** The code that a block begins with, in markup or not; "" for none. */
function openingCode(block: Block | undefined): string {
  const at = block?.source.search(/[^\s*_"“]/) ?? 0;
  const code = block?.marks.find(({ kind, start }) => kind === "code" && start === at);
  if (code !== undefined) return block?.source.slice(at, code.end) ?? "";
  const [word = ""] = block?.prose.text.trimStart().split(/[:,]?\s/, 1) ?? [];
  return CODE_NAME.test(word) ? word : "";
}

/** What no word of a sentence looks like: “max_age”, “Toll::pay”, “pay()”, “--dry”. */
const CODE_NAME = /^--?[a-z]|\w_\w|\w::\w|\(\)/i;

/** The id of a clause, as in specifications written for mdBook. */
const CLAUSE = /^r\[[\w.-]+\](?=\s|$)/;

/** Whether a heading is the name of something in code: “-Include”, “max_age”, “log-file-size”, “`href`”. */
function isIdentifier(text: string): boolean {
  if (text.startsWith(MASK)) return true;
  return !/\s/.test(text) && /^-|\w[_.:(]\w|\(\)|^[a-z]+-[a-z]+-[a-z]/.test(text);
}

/** Whether a code block is one line with brackets. */
function isSignature({ kind, source }: Block): boolean {
  const lines = source.trim().split("\n", 4);
  return kind === "code" && lines.length <= 3 && /\w\(/.test(source);
}

/** Whether a copy is the result of a demonstration: in an element for results, in the code above it, or dummy text. */
export function isDemonstrated(draft: Draft, index: number): boolean {
  const { source = "", prose } = draft.blocks[index] ?? {};
  if (
    DUMMY.test(prose?.text ?? "") ||
    /\b(?:demo|example|output|preview|result)s?\b/i.test(getOutline(draft).element[index] ?? "")
  ) {
    return true;
  }
  const words = source.trim().slice(0, DEMONSTRATED);
  return draft.blocks
    .slice(Math.max(0, index - 3), index)
    .some(({ kind, source }) => kind === "code" && source.includes(words));
}

/** The Latin of dummy text. One word of it may be a term: the “vestibulum” of a temple or an ear. */
const DUMMY =
  /(?<![“"‘'])\b(?:lorem ipsum dolor|ut enim ad minim|duis aute irure|excepteur sint|pellentesque habitant|vestibulum ante ipsum|penatibus et magnis)\b/i;

/** How much of a demonstration's code is searched for it, in UTF-16 units. */
const DEMONSTRATED = 60;

/** Whether a paragraph credits a quotation or a picture: “– Ann Lee, head of the office”, “Photo: Ann Lee”. */
export function isCredit(block: Block | undefined): boolean {
  const text = block?.prose.text ?? "";
  return text.length <= LONGEST_CREDIT && CREDIT.test(text);
}

/** A longer paragraph is more than a credit. In UTF-16 units. */
const LONGEST_CREDIT = 160;

const CREDIT =
  /^\s*(?:[–—-]{1,2}\s*\p{Lu}|(?:Photo|Picture|Image|Illustration|Video|Credit|Source|Author|Story|Text)s?(?::| by )|By \p{Lu})[^!?]*[^.!?]$/u;

/** Whether a copy is the summary above a line at the start of a draft, as in posts, whose text repeats it. */
export function isSummary({ blocks }: Draft, first: number, last: number): boolean {
  const next = blocks[last + 1];
  const isSetOff =
    next?.kind === "break" || (next?.kind === "comment" && CUT_MARK.test(next.source));
  if (!isSetOff || first > MOST_ABOVE) return false;
  return !blocks.slice(0, first).some(({ kind }) => kind === "paragraph");
}

/** How many blocks may come before a summary: front matter, a title, a picture. */
const MOST_ABOVE = 8;

/** The comment at which a site cuts a post for its list. */
const CUT_MARK = /^(?:<!--|\{\/\*)\s*(?:more|truncate|excerpt)\b/i;

/** Whether a copy is only the caption of a figure. */
export function isCaption({ text, starts }: Draft, first: number, last: number): boolean {
  const start = starts[first] ?? 0;
  if (first !== last) return false;
  return /<figcaption(?:\s[^<>]{0,200})?>\s*$/i.test(text.slice(Math.max(0, start - 240), start));
}

/** Whether a copy, its direct neighbours, or the heading above it, links to a page with one of these names. */
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
 * Whether both copies begin right under headings of the same words that are under the same heading, with no third such:
 * a section that was pasted twice. Under two headings they are parts of two things.
 */
export function opensTwins(draft: Draft, aFirst: number, bFirst: number): boolean {
  const a = headingAt(draft, aFirst);
  const b = headingAt(draft, bFirst);
  if (!areNamesakes(draft, a, b)) return false;
  // Under a rule a page has what it said before.
  if (draft.blocks.slice(b, a).some(({ kind }) => kind === "break")) return false;
  const { times, parents } = getSections(draft);
  return times.get(draft.blocks[a]?.source ?? "") === 2 && parents.get(a) === parents.get(b);
}

/** Whether both copies begin right under headings of the same words, each of which is part of something else. */
export function opensParts(draft: Draft, aFirst: number, bFirst: number): boolean {
  const a = headingAt(draft, aFirst);
  const b = headingAt(draft, bFirst);
  const { parents } = getSections(draft);
  return areNamesakes(draft, a, b) && parents.get(a) !== parents.get(b);
}

function areNamesakes({ blocks }: Draft, a: number, b: number): boolean {
  const source = blocks[a]?.source;
  return source !== undefined && source === blocks[b]?.source;
}

/** Whether a block is struck out, like text that an update replaces. */
function isStruckOut(block: Block | undefined): boolean {
  return /^\s*(?:~~[^~]+~~|<(del|s|strike)\b[^<>]*>[^<>]*<\/\1>)\s*$/i.test(block?.source ?? "");
}

/** The index of the heading that a block is, or is right under; -1 for none. */
function headingAt({ blocks }: Draft, index: number): number {
  return [index, index - 1].find((at) => blocks[at]?.kind === "heading") ?? -1;
}

/** How often each heading occurs in a draft, and under which heading of a higher level each is, by their indices. */
const getSections = memoizeOn<Draft>()((draft) => {
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
