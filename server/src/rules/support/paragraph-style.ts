import type { Block, Draft } from "../../draft/draft.ts";
import { perBlock } from "../../draft/incremental/per-block.ts";
import { perChunk, chunksOf } from "../../draft/incremental/chunks.ts";
import { isEnglish } from "../../language/english.ts";
import { mayEnd } from "../../language/sentences.ts";
import { isWordlike, TokenKind, tokensOf, tokenText } from "../../language/tokens.ts";
import type { Span } from "../../text/span.ts";

/** The first or the last word of a paragraph, in its prose. */
export interface Edge extends Span {
  readonly text: string;
  /** It can't be the first or the last word of anything. */
  readonly sure: boolean;
}

/** A paragraph of English prose that is long enough to have a beginning and an end. */
export interface Paragraph {
  /** How many words it has, `LONG` at most. */
  readonly words: number;
  /** The number of the token it ends on, but for what closes after it. */
  readonly last: number;
  /** It ends as sentences do. */
  readonly ended: boolean;
  /** Its first letter is small. */
  readonly small: boolean;
}

/** What is known of a block that is such a paragraph; undefined where it is none. */
export function paragraphOf(block: Block): Paragraph | undefined {
  const paragraph = cachedParagraph(block);
  return paragraph === NO_PARAGRAPH ? undefined : paragraph;
}

const NO_PARAGRAPH: Paragraph = { words: 0, last: 0, ended: true, small: false };

const cachedParagraph = perBlock((block): Paragraph =>
  block.kind === "paragraph" && block.listDepth === 0 && block.quoteDepth === 0 && isEnglish(block)
    ? readParagraph(block)
    : NO_PARAGRAPH,
);

const FEWEST_WORDS = 8;

/** A paragraph of so many words is long, and more need not be counted. */
export const LONG = 25;

function readParagraph(block: Block): Paragraph {
  const tokens = tokensOf(block);
  let words = 0;
  for (let at = 0; at < tokens.count && words < LONG; at++) {
    if (isWordlike(tokens.kinds[at])) words++;
  }
  if (words < FEWEST_WORDS || isOneLink(block)) return NO_PARAGRAPH;
  let last = tokens.count - 1;
  while (last > 0 && isClosing(tokens.kinds[last])) last--;
  const small = /^\p{Ll}/u.test(tokenText(tokens, 0));
  return { words, last, ended: mayEnd(tokens, last), small };
}

/** How a writer sets paragraphs. Some never end them, or never start them with a capital, and mean it. */
export interface ParagraphStyle {
  /** They end with an end mark. */
  readonly ends: boolean;
  /** They start with a capital. */
  readonly starts: boolean;
}

export function styleOf(draft: Draft): ParagraphStyle {
  let paragraphs = 0;
  let ended = 0;
  let small = 0;
  for (const stretch of chunksOf(draft)) {
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

const countsIn = perChunk((stretch) => {
  const known = stretch.flatMap((block) => paragraphOf(block) ?? []);
  return {
    paragraphs: known.length,
    ended: known.filter(({ ended }) => ended).length,
    small: known.filter(({ small }) => small).length,
  };
});

/** Whether a text ends with an end mark and whatever closes after it. */
export function endsSentence(text: string): boolean {
  return ENDED.test(text);
}

const ENDED = /[.!?]["”’)\]]{0,4}\s{0,4}$/;

function isClosing(kind: number | undefined): boolean {
  return kind === TokenKind.closeQuote || kind === TokenKind.closeBracket;
}

/** A block that is one link from end to end is a button. */
function isOneLink(block: Block): boolean {
  return block.marks.some(
    (mark) => mark.kind === "link" && mark.end - mark.start >= block.source.trim().length - 2,
  );
}

/** The words of a list that spaces part. */
export function wordSet(list: string): ReadonlySet<string> {
  return new Set(list.split(" "));
}
