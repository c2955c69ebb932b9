import { TokenKind, spaceBefore, type Tokens } from "../../language/tokens.ts";
import { isClosingMark } from "../marks.ts";
import { LONGEST, VIEWS, type Reading, type Sentence } from "./forward.ts";
import { Edge, writeEdge, writeWord, type Tables } from "./words.ts";
import type { Stretch } from "./sentences.ts";

/** The kind of paragraph: which edges come before and after it, from 0 to 3 each. */
export interface ParagraphEdges {
  readonly start: number;
  readonly end: number;
}

/**
 * Reads a stretch, and writes the results for its own tokens into `into`, the reading of the whole paragraph, including
 * its end, at `tokens.count`.
 */
export function readStretch(
  tables: Tables,
  read: (sentence: Sentence) => Reading,
  tokens: Tokens,
  facets: Int32Array,
  edges: ParagraphEdges,
  { start, end, from, to }: Stretch,
  into: Reading,
): void {
  const { count } = tokens;
  const isLast = to === count + 1;
  const size = 1 + (to - from) + (isLast ? 0 : 1);
  const rows = new Int32Array(LONGEST * VIEWS);
  const spaces = new Uint8Array(LONGEST);
  writeEdge(tables, from === 0 ? Edge.paragraphStart + edges.start : Edge.before, rows, 0);
  for (let at = from; at < Math.min(to, count); at++) {
    const place = at - from + 1;
    writeWord(tables, tokens.lexicon, facets, tokens.words[at] ?? 0, rows, place * VIEWS);
    spaces[place] = !isClosing(tokens.kinds[at]) && spaceBefore(tokens, at) ? 1 : 0;
  }
  writeEdge(tables, isLast ? Edge.paragraphEnd + edges.end : Edge.after, rows, (size - 1) * VIEWS);
  const own = { start: start - from + 1, end: end - from + 1 };
  const { gaps, leftover, lost, phrase } = read({ count: size, rows, spaces, ...own });
  into.gaps.set(gaps.subarray(own.start, own.end), start);
  into.lost.set(lost.subarray(own.start, own.end), start);
  into.phrase.set(phrase.subarray(own.start, own.end), start);
  into.leftover.set(leftover.subarray(own.start, Math.min(end, count) - from + 1), start);
}

/** The net must learn grammar, not stray spaces, so the space before a closing mark is hidden from it. */
export function isClosing(kind: number | undefined): boolean {
  return isClosingMark(kind) || kind === TokenKind.closeQuote || kind === TokenKind.closeBracket;
}
