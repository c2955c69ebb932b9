import { wordSet } from "../text/word-set.ts";
import { type Block, type Draft } from "../draft/draft.ts";
import { blocksWhere } from "../draft/incremental/blocks-where.ts";
import type { Report } from "../draft/finding.ts";
import { perBlock } from "../draft/incremental/per-block.ts";
import { getSentences } from "../language/sentences.ts";
import { isWordlike, TokenKind, getTokens, tokenText, type Tokens } from "../language/tokens.ts";
import { isAnyOf, WordClass } from "../language/word-classes.ts";
import { draftRule, type RuleContext } from "./rule.ts";
import {
  type Edge,
  endsSentence,
  LONG_PARAGRAPH,
  toParagraph,
  type ParagraphStyle,
  getStyle,
} from "./support/paragraph-style.ts";
import { missingWords } from "./support/placeholder.ts";
import { wording } from "../text/wording.ts";

export const brokenOff = draftRule({
  id: "broken-off",
  kind: "lost",
  scope: "draft",
  severity: "information",
  english: true,
  needsDraft: true,
  summary: "A paragraph that breaks off before its last sentence ends.",
  docs: {
    description:
      "When a passage is moved or cut, the end of a paragraph can get lost. This rule flags a paragraph that ends on a word that needs another after it. If a paragraph has several sentences and the last has no end mark, that is a hint. So is an end that may repeat a verb in silence, as in “she came as soon as she could”.\n\nHints, and ends on a verb or “to”, need a draft in which paragraphs end with end marks: of three or more paragraphs of at least eight words, all but one, or nine in ten. Some writers leave end marks out, and fewer paragraphs can’t show that. A single sentence with a comma at its end is flagged only at the end of a draft, and is a hint if it begins like the last line of a letter.\n\nHeadings, captions, bylines, list items, verse, addresses, sign-offs, and words that lead into a list, code or a quotation are left alone.",
    flagged: [
      {
        text: "The council met on Monday to vote on the budget. It was expected to pass with the support ⟦of⟧\n\nThe mayor did not comment.\n",
      },
    ],
    fine: [
      {
        text: "The council met on Monday. These are the points it voted on, and\n\n- the budget\n",
      },
      { text: "With kind regards from all of us at the harbour office\n\nJane Doe\n" },
    ],
  },
  options: {},
  check,
});

/** The paragraphs that end in the middle of a sentence; offsets are the draft's, in UTF-16 units. */
function check(draft: Draft, _options: unknown, context: RuleContext): readonly Report[] {
  const reports: Report[] = [];
  let style: ParagraphStyle | undefined;
  for (const placed of mayBeCut(draft)) {
    const edge = lastWord(placed.block);
    if (edge === undefined || !mayBreakOff(draft, placed.index, edge)) continue;
    if (!edge.isCertain || edge.endsDraft === true) style ??= getStyle(draft);
    if (edge.endsDraft === true && style?.ends !== true) continue;
    if (!edge.isCertain && style?.ends !== true) continue;
    const isOpen = edge.isCertain || awaitsMore(placed.block, edge);
    const says = isOpen
      ? wording("the paragraph breaks off here. Write its end.")
      : wording("no end mark. If words were lost here, write them.");
    reports.push({
      ...missingWords(draft, placed, edge, ["after"], says, context.placeholder),
      ...(isOpen ? {} : { severity: "hint" as const }),
    });
  }
  return reports;
}

const mayBeCut = blocksWhere((block) => lastWord(block) !== undefined);

/** A paragraph's last word, if more should follow it; memoized per block. */
const lastWord = perBlock((block): Edge | undefined => {
  const paragraph = toParagraph(block);
  if (paragraph === undefined || paragraph.isEnded) return undefined;
  return endEdge(block, getTokens(block), paragraph.last, paragraph.words);
});

function endEdge(block: Block, tokens: Tokens, last: number, words: number): Edge | undefined {
  const kind = tokens.kinds[last];
  const sentences = getSentences(block);
  // An opening mark or a comma at the end is an error only after a sentence; otherwise the block may be a label.
  if (kind === TokenKind.comma || kind === TokenKind.openBracket || kind === TokenKind.dash) {
    if (last !== tokens.count - 1 || words < 12) return undefined;
    if (sentences.length < 2 && kind !== TokenKind.comma) return undefined;
    // “For instance,” leads to code or to a list.
    if (countWords(tokens, sentences.at(-1)?.start ?? 0) < 4) return undefined;
    const start = tokens.starts[last - 1] ?? 0;
    const end = tokens.ends[last] ?? 0;
    if (tokens.kinds[last - 1] !== TokenKind.word) return undefined;
    const endsDraft = sentences.length < 2;
    // A tool may add the signature below.
    const isCertain = kind !== TokenKind.dash && !(endsDraft && SIGN_OFF.test(tokens.text));
    return { start, end, text: tokens.text.slice(start, end), isCertain, endsDraft };
  }
  if (kind !== TokenKind.word) return undefined;
  const text = tokenText(tokens, last);
  if (!/^\p{Ll}[\p{Ll}’'-]*$/u.test(text)) return undefined;
  const span = { start: tokens.starts[last] ?? 0, end: tokens.ends[last] ?? 0, text };
  // A closing mark after the last word shows that the sentence is complete.
  if (last !== tokens.count - 1) return undefined;
  // “…; and” leads from one clause of a law to the next.
  const previous = tokens.kinds[last - 1];
  const links = previous === TokenKind.semicolon || previous === TokenKind.comma;
  const long = sentences.length > 1 || words >= LONG_PARAGRAPH;
  const dangles = NEVER_LAST.has(text) || (long && RARELY_LAST.has(text));
  if (dangles && !links && previous !== TokenKind.dash) return { ...span, isCertain: true };
  const lastSentence = sentences.at(-1);
  if (lastSentence === undefined) return undefined;
  // A single sentence without an end mark may be a label, unless it ends on a word that labels don't end on.
  if (sentences.length < 2 ? words < 12 || !joins(text) : words < 16) return undefined;
  // A short last line is a name, a credit, a date.
  const inLast = countWords(tokens, lastSentence.start);
  return inLast >= 5 ? { ...span, isCertain: false } : undefined;
}

/** How the last line of a letter begins, before the signature. */
const SIGN_OFF =
  /^(?:with\b.{0,30}\b(?:wishes|regards|thanks|greetings|love)|best|yours|kind(?:est)?|warm(?:est)?|(?:many )?thanks|all (?:the|our|my) best|sincerely|cheers|wishing you|looking forward)\b/i;

/** Words that can't end a sentence. */
const NEVER_LAST = wordSet(
  "the a an my your our their whose every because although unless whether than nor",
);

/**
 * Words that sometimes end a sentence ("the club he is a member of"), but hardly ever one without an end mark in a
 * paragraph of several sentences. Words that introduce a list or code are left out: as, is, are, to, with, for, at, by,
 * including, like.
 */
const RARELY_LAST = wordSet(
  "and or but of from into onto upon among between against despite amid toward towards during until if when while which",
);

/** Whether a paragraph's last words need another after them in their clause: “they decided to”. */
function awaitsMore(block: Block, { end }: Edge): boolean {
  const before = block.prose.text.slice(Math.max(0, end - REACH), end);
  const clause = (before.split(/[.!?;:,]/).at(-1) ?? "").replace(/\s+/g, " ");
  return AWAITING.some((words) => words.test(clause)) && !REPEATS_VERB.test(clause);
}

/** How far back a clause is read, in UTF-16 units. */
const REACH = 120;

const AWAITING = [
  // Not “the best that she could”.
  /\b(?:and|but|said|says|hoped?|thought|believed?|promised?|warned|announced|knew|feared?|expected) that (?:I|he|she|it|we|you|they) (?:can|could|will|would|shall|should|may|might|must)$/i,
  /\bwhile (?:I|he|she|it|we|you|they) (?:am|is|are|was|were|have|has|had)$/i,
  /\b(?:according|due|thanks|in order|so as|decide[ds]?|voted?|began|begins?|continued?|managed?|failed) to$/i,
];

/** Words after which a clause may leave out a verb: “as she would”, “than they are”, “because they decided to”. */
const REPEATS_VERB =
  /\b(?:as (?!to\b)|(?:than|if|because|unless|whenever|wherever|whether|what|whatever|how|who|everything)\b)/i;

const JOINS =
  WordClass.determiner |
  WordClass.possessive |
  WordClass.coordinator |
  WordClass.subordinator |
  WordClass.subjectPronoun |
  WordClass.auxiliary;

/** Whether a word needs a continuation. Not so for prepositions that can end a clause (“the city we live in”). */
function joins(word: string): boolean {
  return isAnyOf(word, JOINS) || RARELY_LAST.has(word) || /^(?:to|with|for|by|at)$/.test(word);
}

/** Whether the next block does not continue the last sentence. */
function mayBreakOff(draft: Draft, index: number, edge: Edge): boolean {
  const next = draft.blocks[index + 1];
  if (next === undefined) return true;
  // One sentence with a comma at its end may lead in to anything.
  if (edge.endsDraft === true) return false;
  if (next.kind === "heading" || next.kind === "break") return true;
  if (next.kind !== "paragraph" || next.listDepth > 0 || next.quoteDepth > 0) return false;
  const text = next.prose.text.trimStart();
  // A lower-case start continues it, a quotation was introduced by it, and a short line is a list item.
  if (!/^\p{Lu}/u.test(text)) return false;
  if (!endsSentence(text) || !/\s\S+\s+\S+\s/.test(text)) return false;
  return edge.isCertain || !next.continues;
}

function countWords(tokens: Tokens, from: number): number {
  let count = 0;
  for (let at = tokens.count - 1; at >= 0 && (tokens.starts[at] ?? 0) >= from; at--) {
    if (isWordlike(tokens.kinds[at])) count++;
  }
  return count;
}
