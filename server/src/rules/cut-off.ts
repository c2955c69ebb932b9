import type { Block, Draft } from "../draft/draft.ts";
import { holdsProse } from "../draft/draft.ts";
import { perBlock } from "../draft/incremental/per-block.ts";
import type { Report } from "../draft/finding.ts";
import { sourceSpan } from "../draft/prose.ts";
import type { RuleContext } from "./rule.ts";
import { draftRule } from "./rule.ts";
import type { Span } from "../text/span.ts";
import { shifted } from "../text/span.ts";
import { blocksThat, perStretch, stretchesOf } from "../draft/incremental/stretches.ts";
import { holdsComponent } from "../formats/support/between-words.ts";
import { isEnglish } from "../language/english.ts";
import { mayEnd, sentencesOf } from "../language/sentences.ts";
import { isWordlike, TokenKind, tokensOf, tokenText, type Tokens } from "../language/tokens.ts";
import { isAnyOf, WordClass } from "../language/words.ts";
import { placeholderFix } from "./support/placeholder.ts";

export const cutOff = draftRule({
  id: "cut-off",
  scope: "draft",
  severity: "information",
  english: true,
  summary: "A paragraph that breaks off, or starts in the middle of a sentence.",
  docs: {
    description:
      "When a passage is moved or cut, the last words of a paragraph, or the first of the next, are left behind. A paragraph is flagged when it ends on a word that needs another after it, or when it starts on a small word without a capital after one that ended properly. A paragraph of several sentences whose last has no end mark is a hint. Headings, captions, bylines, list items, verse, lead-ins to a list, code or a quotation, addresses and sign-offs are left alone.",
    flagged: [
      {
        text: "The council met on Monday to vote on the budget. It was expected to pass with the support ⟦of⟧\n\nThe mayor did not comment.\n",
      },
      {
        text: "The council met on Monday.\n\n⟦of⟧ the bridge, which was built in 1931, will cost two million.\n",
      },
    ],
    fine: [
      {
        text: "The council met on Monday. These are the points it voted on, and\n\n- the budget\n",
      },
      {
        text: "npm runs the script. It needs Node and a terminal.\n\niPhone users can skip this.\n",
      },
      { text: "With kind regards from all of us at the harbour office\n\nJane Doe\n" },
    ],
  },
  options: {},
  check,
});

function check(draft: Draft, _options: unknown, context: RuleContext): readonly Report[] {
  const reports: Report[] = [];
  let habit: Habit | undefined;
  for (const index of odd(draft)) {
    const block = draft.blocks[index];
    if (block === undefined) continue;
    const edges = edgesOf(block);
    const blockStart = draft.starts[index] ?? 0;
    if (edges.end !== undefined && mayBreakOff(draft, index, edges.end)) {
      if (!edges.end.sure) habit ??= habitOf(draft);
      if (edges.end.sure || habit?.ends === true) {
        const span = shifted(sourceSpan(block.prose, edges.end), blockStart);
        reports.push({
          ...span,
          message: edges.end.sure
            ? `The paragraph breaks off after “${edges.end.text}”. Write its end, or cut the last sentence.`
            : `The paragraph ends after “${edges.end.text}” without an end mark. If its last words were lost, restore them.`,
          ...(edges.end.sure ? {} : { severity: "hint" as const }),
          fixes: [placeholderFix(span.end, context.placeholder, " ")],
        });
      }
    }
    if (edges.start !== undefined && mayStartInTheMiddle(draft, index, edges.start)) {
      habit ??= habitOf(draft);
      if (!habit.starts) continue;
      const span = shifted(sourceSpan(block.prose, edges.start), blockStart);
      reports.push({
        ...span,
        ...(edges.start.sure ? {} : { severity: "hint" as const }),
        message: `The paragraph starts in the middle of a sentence, with “${edges.start.text}”. Its first words may be lost: restore them, or join it to the paragraph it belongs to.`,
        fixes: [placeholderFix(span.start, context.placeholder, "", " ")],
      });
    }
  }
  return reports;
}

interface Edge extends Span {
  readonly text: string;
  /** It can't be the last word of anything. */
  readonly sure: boolean;
}

interface Edges {
  readonly start?: Edge;
  readonly end?: Edge;
  /** How it ends, where it is a paragraph long enough to have an end. */
  readonly ended?: boolean;
  /** Its first letter is small. */
  readonly small?: boolean;
}

const NONE: Edges = {};

/** What is odd about a block's first and last word, seen by itself; kept with the block. */
const edgesOf = perBlock((block): Edges =>
  block.kind === "paragraph" && block.listDepth === 0 && block.quoteDepth === 0 && isEnglish(block)
    ? findEdges(block)
    : NONE,
);

const odd = blocksThat((block) => {
  const { start, end } = edgesOf(block);
  return start !== undefined || end !== undefined;
});

const FEWEST_WORDS = 8;

/** A paragraph of so many words is long, and more need not be counted. */
const LONG = 25;

function findEdges(block: Block): Edges {
  const tokens = tokensOf(block);
  let words = 0;
  for (let at = 0; at < tokens.count && words < LONG; at++) {
    if (isWordlike(tokens.kinds[at])) words++;
  }
  if (words < FEWEST_WORDS || isOneLink(block)) return NONE;
  const first = startEdge(block, tokens);
  const small = first !== undefined || /^\p{Ll}/u.test(tokenText(tokens, 0));
  let last = tokens.count - 1;
  while (last > 0 && isClosing(tokens.kinds[last])) last--;
  const ended = mayEnd(tokens, last);
  if (ended) return { ...(first === undefined ? {} : { start: first }), ended, small };
  const end = endEdge(block, tokens, last, words);
  return { ended, small, ...(end === undefined ? {} : { end }) };
}

function endEdge(block: Block, tokens: Tokens, last: number, words: number): Edge | undefined {
  const kind = tokens.kinds[last];
  const sentences = sentencesOf(block);
  // What opens has nothing after it, a comma nothing to part: both need a sentence before them, or they are a label.
  if (kind === TokenKind.comma || kind === TokenKind.openBracket || kind === TokenKind.dash) {
    if (sentences.length < 2 || last !== tokens.count - 1 || words < 12) return undefined;
    // “For instance,” leads to code or to a list.
    if (countWords(tokens, sentences.at(-1)?.start ?? 0) < 4) return undefined;
    const start = tokens.starts[last - 1] ?? 0;
    const end = tokens.ends[last] ?? 0;
    if (tokens.kinds[last - 1] !== TokenKind.word) return undefined;
    return { start, end, text: tokens.text.slice(start, end), sure: kind !== TokenKind.dash };
  }
  if (kind !== TokenKind.word) return undefined;
  const text = tokenText(tokens, last);
  if (!/^\p{Ll}[\p{Ll}’'-]*$/u.test(text)) return undefined;
  const span = { start: tokens.starts[last] ?? 0, end: tokens.ends[last] ?? 0, text };
  // What closes after the last word shows that the writer got to the end.
  if (last !== tokens.count - 1) return undefined;
  // “…; and” leads from one clause of a law to the next.
  const before = tokens.kinds[last - 1];
  const links = before === TokenKind.semicolon || before === TokenKind.comma;
  const long = sentences.length > 1 || words >= LONG;
  const dangles = NEVER_LAST.has(text) || (long && SELDOM_LAST.has(text));
  if (dangles && !links && before !== TokenKind.dash) return { ...span, sure: true };
  const lastSentence = sentences.at(-1);
  if (lastSentence === undefined) return undefined;
  // A single sentence without an end mark may be a label, unless it ends on a word that labels don't end on.
  if (sentences.length < 2 ? words < 12 || !joins(text) : words < 16) return undefined;
  // A short last line is a name, a credit, a date.
  const inLast = countWords(tokens, lastSentence.start);
  return inLast >= 5 ? { ...span, sure: false } : undefined;
}

function startEdge(block: Block, tokens: Tokens): Edge | undefined {
  if (tokens.kinds[0] !== TokenKind.word) return undefined;
  const text = tokenText(tokens, 0);
  if (!isWordlike(tokens.kinds[1])) return undefined;
  // A component or a template may stand where the first words seem to be lost.
  if (holdsComponent(block.source.slice(0, sourceSpan(block.prose, { start: 0, end: 1 }).start))) {
    return undefined;
  }
  const sure = GOES_ON.has(text);
  if (!sure && !PLAIN_ENGLISH.test(text)) return undefined;
  return { start: tokens.starts[0] ?? 0, end: tokens.ends[0] ?? 0, text, sure };
}

/** Words that need another after them: with one of these last, no paragraph is over. */
const NEVER_LAST = words(
  "the a an my your our their whose every because although unless whether than nor",
);

/**
 * Words that end a sentence now and then ("the club he is a member of"), but hardly ever one without
 * an end mark in a paragraph of several. Left out are those that lead to a list or code set below:
 * as, is, are, to, with, for, at, by, including, like.
 */
const SELDOM_LAST = words(
  "and or but of from into onto upon among between against despite amid toward towards during if when while which",
);

/** Endings that the names of programs and of their authors seldom have. */
const PLAIN_ENGLISH =
  /^\p{Ll}{3,}(?:ing|ed|tions?|sions?|ments?|ness|it(?:y|ies)|ly|ous|ives?|[ai]ble|[ae]nces?|ships?|ical|ful)$/u;

const JOINS =
  WordClass.determiner |
  WordClass.possessive |
  WordClass.coordinator |
  WordClass.subordinator |
  WordClass.subjectPronoun |
  WordClass.auxiliary;

/** Whether a word joins what is before it to something after it. Prepositions that a clause leaves at its end (“the city we live in”) don't count. */
function joins(word: string): boolean {
  return isAnyOf(word, JOINS) || SELDOM_LAST.has(word) || /^(?:to|with|for|by|at)$/.test(word);
}

/** Small words that go on with a sentence. What programs and authors begin with, too, is left out. */
const GOES_ON = words(
  "of to from with by at than and or but nor that which whose whom who because although whereas unless whether " +
    "is are was were be been has have had will would could should may might must its their his her our your my the a an " +
    "these those they he she we into onto upon during through between among against about after before under over toward towards",
);

/** An end mark and whatever closes after it, at the very end. */
const ENDED = /[.!?]["”’)\]]{0,4}\s{0,4}$/;

/** Whether what comes after the block leaves its last sentence without an end. */
function mayBreakOff(draft: Draft, index: number, edge: Edge): boolean {
  const next = draft.blocks[index + 1];
  if (next === undefined) return true;
  if (next.kind === "heading" || next.kind === "break") return true;
  if (next.kind !== "paragraph" || next.listDepth > 0 || next.quoteDepth > 0) return false;
  const text = next.prose.text.trimStart();
  // A small letter goes on with it; a quotation is what it led to; a short line is a point of a list.
  if (!/^\p{Lu}/u.test(text)) return false;
  if (!ENDED.test(text) || !/\s\S+\s+\S+\s/.test(text)) return false;
  return edge.sure || !next.continues;
}

/** Whether what stands before the block ended, so that the block should have a beginning. */
function mayStartInTheMiddle(draft: Draft, index: number, edge: Edge): boolean {
  const block = draft.blocks[index];
  const before = draft.blocks[index - 1];
  if (before === undefined || block?.continues === true) return false;
  if (before.kind === "heading") {
    // Plain text only guesses at headings; a word that a heading names may be code; and some
    // headings are the subject of the sentence under them (“is a library for …”).
    if (draft.format.markup.guessesHeadings || isAnyOf(edge.text, WordClass.auxiliary))
      return false;
    return !before.prose.text.toLowerCase().includes(edge.text);
  }
  if (!holdsProse(before) || before.kind !== "paragraph") return false;
  if (before.listDepth > 0 || before.quoteDepth > 0) return false;
  return (
    ENDED.test(before.prose.text) &&
    !/\b(?:etc|vs|e\.g|i\.e)\.\s*$|\.\.\.\s*$/.test(before.prose.text)
  );
}

interface Habit {
  /** Its paragraphs end with an end mark. */
  readonly ends: boolean;
  /** Its paragraphs start with a capital. */
  readonly starts: boolean;
}

/** Whether this writer ends and starts paragraphs as books do. Some never do, and mean it. */
function habitOf(draft: Draft): Habit {
  let paragraphs = 0;
  let ended = 0;
  let small = 0;
  for (const stretch of stretchesOf(draft)) {
    const here = countsIn(stretch);
    paragraphs += here.paragraphs;
    ended += here.ended;
    small += here.small;
  }
  return {
    ends: paragraphs >= 3 && ended >= 2 && paragraphs - ended <= Math.max(1, paragraphs / 10),
    starts: small <= Math.max(1, paragraphs / 20),
  };
}

const countsIn = perStretch((stretch) => {
  const known = stretch.map(edgesOf).filter(({ ended }) => ended !== undefined);
  return {
    paragraphs: known.length,
    ended: known.filter(({ ended }) => ended).length,
    small: known.filter(({ small }) => small).length,
  };
});

function countWords(tokens: Tokens, from: number): number {
  let count = 0;
  for (let at = tokens.count - 1; at >= 0 && (tokens.starts[at] ?? 0) >= from; at--) {
    if (isWordlike(tokens.kinds[at])) count++;
  }
  return count;
}

function isClosing(kind: number | undefined): boolean {
  return kind === TokenKind.closeQuote || kind === TokenKind.closeBracket;
}

/** A block that is one link from end to end is a button. */
function isOneLink(block: Block): boolean {
  return block.marks.some(
    (mark) => mark.kind === "link" && mark.end - mark.start >= block.source.trim().length - 2,
  );
}

function words(list: string): ReadonlySet<string> {
  return new Set(list.split(" "));
}
