import type { Block, Draft } from "../../draft/draft.ts";
import { perBlock } from "../../draft/incremental/per-block.ts";
import { isEnglish } from "../../language/english.ts";
import { mayEnd } from "../../language/sentences.ts";
import { isWordlike, TokenKind, getTokens, tokenText } from "../../language/tokens.ts";
import type { Span } from "../../text/span.ts";

/** The first or the last word of a paragraph, in its prose. */
export interface Edge extends Span {
  readonly text: string;
  /** It is never a first or last word. */
  readonly isCertain: boolean;
  /** It is one only at the end of the draft. */
  readonly endsDraft?: boolean;
}

/** A paragraph of English prose long enough to have a beginning and an end. */
export interface Paragraph {
  /** How many words it has, at most `LONG`. */
  readonly words: number;
  /** The index of its last token, without closing marks. */
  readonly last: number;
  readonly isEnded: boolean;
  readonly startsSmall: boolean;
}

/** The paragraph of a block; undefined if the block is not such a paragraph. */
export const toParagraph = perBlock((block): Paragraph | undefined =>
  block.kind === "paragraph" && block.listDepth === 0 && block.quoteDepth === 0 && isEnglish(block)
    ? readParagraph(block)
    : undefined,
);

const MIN_WORDS = 8;

/** A paragraph with this many words is long; counting stops there. */
export const LONG_PARAGRAPH = 25;

function readParagraph(block: Block): Paragraph | undefined {
  const tokens = getTokens(block);
  let words = 0;
  for (let at = 0; at < tokens.count && words < LONG_PARAGRAPH; at++) {
    if (isWordlike(tokens.kinds[at])) words++;
  }
  if (words < MIN_WORDS || isOneLink(block)) return undefined;
  let last = tokens.count - 1;
  while (last > 0 && isClosing(tokens.kinds[last])) last--;
  const small = /^\p{Ll}/u.test(tokenText(tokens, 0));
  return { words, last, isEnded: mayEnd(tokens, last), startsSmall: small };
}

/** The style of a draft's paragraphs. Some writers leave out end marks or capitals on purpose. */
export interface ParagraphStyle {
  /** They end with an end mark. */
  readonly ends: boolean;
  /** They start with a capital. */
  readonly starts: boolean;
}

export function getStyle(draft: Draft): ParagraphStyle {
  const paragraphs = draft.blocks.flatMap((block) => toParagraph(block) ?? []);
  const count = paragraphs.length;
  const ended = paragraphs.filter(({ isEnded }) => isEnded).length;
  const small = paragraphs.filter(({ startsSmall }) => startsSmall).length;
  return {
    ends: count >= 3 && ended >= 2 && count - ended <= Math.max(1, count / 10),
    starts: small <= Math.max(1, count / 20),
  };
}

/** Whether a text ends with an end mark, possibly with closing marks after it. */
export function endsSentence(text: string): boolean {
  return ENDED.test(text);
}

const ENDED = /[.!?]["”’)\]]{0,4}\s{0,4}$/;

function isClosing(kind: number | undefined): boolean {
  return kind === TokenKind.closeQuote || kind === TokenKind.closeBracket;
}

/** Whether the whole block is one link, which is a button, not a paragraph. */
function isOneLink(block: Block): boolean {
  return block.marks.some(
    (mark) => mark.kind === "link" && mark.end - mark.start >= block.source.trim().length - 2,
  );
}
