import { wordSet } from "../text/word-set.ts";
import { holdsComponent } from "../formats/support/between-words.ts";
import { type Block, type Draft, holdsProse } from "../draft/draft.ts";
import { blocksWhere } from "../draft/incremental/blocks-where.ts";
import type { Report } from "../draft/finding.ts";
import { perBlock } from "../draft/incremental/per-block.ts";
import { sourceSpan } from "../draft/prose.ts";
import { isWordlike, TokenKind, getTokens, tokenText, type Tokens } from "../language/tokens.ts";
import { isAnyOf, WordClass } from "../language/word-classes.ts";
import { draftRule, type RuleContext } from "./rule.ts";
import {
  type Edge,
  endsSentence,
  toParagraph,
  type ParagraphStyle,
  getStyle,
} from "./support/paragraph-style.ts";
import { missingWords } from "./support/placeholder.ts";
import { wording } from "../text/wording.ts";

export const startsMidSentence = draftRule({
  id: "starts-mid-sentence",
  kind: "lost",
  scope: "draft",
  severity: "information",
  english: true,
  needsDraft: true,
  summary: "A paragraph that starts in the middle of a sentence.",
  docs: {
    description:
      "When a passage is moved or cut, the first words of the next paragraph can get lost. The rule flags a paragraph that starts with a small word without a capital, after a paragraph that ended properly. If it starts with any other word without a capital, that is a hint.\n\nHeadings, captions, bylines, list items and verse are left alone, and so is a draft that starts its sentences without capitals.",
    flagged: [
      {
        text: "The council met on Monday.\n\n⟦of⟧ the bridge, which was built in 1931, will cost two million.\n",
      },
    ],
    fine: [
      {
        text: "npm runs the script. It needs Node and a terminal.\n\niPhone users can skip this.\n",
      },
    ],
  },
  options: {},
  check,
});

/** The paragraphs that begin in the middle of a sentence; offsets are the draft's, in UTF-16 units. */
function check(draft: Draft, _options: unknown, context: RuleContext): readonly Report[] {
  const reports: Report[] = [];
  let style: ParagraphStyle | undefined;
  for (const placed of mayLackStart(draft)) {
    const edge = firstWord(placed.block);
    if (edge === undefined || !mayStartInTheMiddle(draft, placed.index, edge)) continue;
    style ??= getStyle(draft);
    if (!style.starts) continue;
    const says = wording("this starts in mid-sentence. Write the words before it.");
    reports.push({
      ...missingWords(draft, placed, edge, ["before"], says, context.placeholder),
      ...(edge.isCertain ? {} : { severity: "hint" as const }),
    });
  }
  return reports;
}

/** A paragraph's first word, if words before it seem to be missing; memoized per block. */
const firstWord = perBlock(
  (block): Edge | undefined => toParagraph(block) && startEdge(block, getTokens(block)),
);

const mayLackStart = blocksWhere((block) => firstWord(block) !== undefined);

function startEdge(block: Block, tokens: Tokens): Edge | undefined {
  if (tokens.kinds[0] !== TokenKind.word) return undefined;
  const text = tokenText(tokens, 0);
  if (!isWordlike(tokens.kinds[1])) return undefined;
  // A component or a template may supply the first words.
  if (holdsComponent(block.source.slice(0, sourceSpan(block.prose, { start: 0, end: 1 }).start))) {
    return undefined;
  }
  const sure = GOES_ON.has(text);
  if (!sure && !PLAIN_ENGLISH.test(text)) return undefined;
  return { start: tokens.starts[0] ?? 0, end: tokens.ends[0] ?? 0, text, isCertain: sure };
}

/** Endings that are rare in names of programs and their authors. */
const PLAIN_ENGLISH =
  /^\p{Ll}{3,}(?:ing|ed|tions?|sions?|ments?|ness|it(?:y|ies)|ly|ous|ives?|[ai]ble|[ae]nces?|ships?|ical|ful)$/u;

/** Words that continue a sentence, without those that names of programs and authors begin with. */
const GOES_ON = wordSet(
  "of to from with by at than and or but nor that which whose whom who because although whereas unless whether " +
    "is are was were be been has have had will would could should may might must its their his her our your my the a an " +
    "these those they he she we into onto upon during through between among against about after before under over toward towards",
);

/** Whether the text before the block is complete, so that the block should start a sentence. */
function mayStartInTheMiddle(draft: Draft, index: number, edge: Edge): boolean {
  const block = draft.blocks[index];
  // A comment is not read: a stet above the paragraph changes nothing in it.
  let before = index - 1;
  while (draft.blocks[before]?.kind === "comment") before--;
  const previous = draft.blocks[before];
  if (previous === undefined || block?.continues === true) return false;
  if (previous.kind === "heading") {
    // Plain text only guesses at headings. A word that a heading names may be code, and some headings are the subject
    // of the sentence below (“is a library for …”).
    if (draft.format.markup.guessesHeadings || isAnyOf(edge.text, WordClass.auxiliary))
      return false;
    return !previous.prose.text.toLowerCase().includes(edge.text);
  }
  if (!holdsProse(previous) || previous.kind !== "paragraph") return false;
  if (previous.listDepth > 0 || previous.quoteDepth > 0) return false;
  return (
    endsSentence(previous.prose.text) &&
    !/\b(?:etc|vs|e\.g|i\.e)\.\s*$|\.\.\.\s*$/.test(previous.prose.text)
  );
}
