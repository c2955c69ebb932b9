import { TokenKind, spaceBefore, type Tokens } from "../../language/tokens.ts";
import { LONGEST, VIEWS, type Reading, type Sentence } from "./forward.ts";
import type { ReaderModel } from "./model.ts";
import { Edge, writeEdge } from "./words.ts";
import type { Stretch } from "./sentences.ts";

/** What kind of paragraph it is: which edges stand before and after it, from 0 to 3 each. */
export interface ParagraphEdges {
  readonly start: number;
  readonly end: number;
}

/** What is read of a paragraph: at each boundary the log-odds of a loss, at each token those of one word too many. */
export type ParagraphReading = Reading;

/**
 * Reads a stretch, and writes what is said of its own tokens into `into`: that of the paragraph's end, at
 * `tokens.count`, too.
 */
export function readStretch(
  model: ReaderModel,
  read: (sentence: Sentence) => Reading,
  tokens: Tokens,
  wordRows: Int32Array,
  edges: ParagraphEdges,
  { start, end, from, to }: Stretch,
  into: ParagraphReading,
): void {
  const { count } = tokens;
  const isLast = to === count + 1;
  const size = 1 + (to - from) + (isLast ? 0 : 1);
  const rows = new Int32Array(LONGEST * VIEWS);
  const spaces = new Uint8Array(LONGEST);
  writeEdge(model, from === 0 ? Edge.paragraphStart + edges.start : Edge.before, rows, 0);
  for (let at = from; at < Math.min(to, count); at++) {
    const word = (tokens.words[at] ?? 0) * VIEWS;
    const place = at - from + 1;
    rows.set(wordRows.subarray(word, word + VIEWS), place * VIEWS);
    spaces[place] = !isClosing(tokens.kinds[at]) && spaceBefore(tokens, at) ? 1 : 0;
  }
  writeEdge(model, isLast ? Edge.paragraphEnd + edges.end : Edge.after, rows, (size - 1) * VIEWS);
  const { gaps, leftover } = read({ count: size, rows, spaces });
  into.gaps.set(gaps.subarray(start - from + 1, end - from + 1), start);
  into.leftover.set(leftover.subarray(start - from + 1, Math.min(end, count) - from + 1), start);
}

/** The net must learn grammar, not stray spaces: that before a closing mark is hidden from it. */
export function isClosing(kind: number | undefined): boolean {
  switch (kind) {
    case TokenKind.period:
    case TokenKind.comma:
    case TokenKind.semicolon:
    case TokenKind.colon:
    case TokenKind.question:
    case TokenKind.exclamation:
    case TokenKind.closeQuote:
    case TokenKind.closeBracket:
      return true;
    default:
      return false;
  }
}
