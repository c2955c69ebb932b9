import type { Draft } from "../core/draft.ts";
import type { Edit } from "../core/finding.ts";
import { lineAt, type LineIndex } from "../core/lines.ts";
import type { Span } from "../core/span.ts";
import { blockOfWord, spanOfWord, type Sequence } from "./sequence.ts";

/** One of the two copies of a passage: its place in its draft, in UTF-16 units, and what is there. */
export interface Passage extends Span {
  readonly draft: Draft;
  /** The blocks that it touches. */
  readonly firstBlock: number;
  readonly lastBlock: number;
  /** It begins where its first block does, and ends where its last does. */
  readonly startsBlock: boolean;
  readonly endsBlock: boolean;
  readonly paragraphs: number;
  readonly words: number;
}

/** The passage of the words from `start` up to `end`, which must hold at least one. */
export function passageOf(sequence: Sequence, start: number, end: number): Passage {
  const { draft, first } = sequence;
  const firstBlock = blockOfWord(sequence, start);
  const lastBlock = blockOfWord(sequence, end - 1);
  const startsBlock = start === first[firstBlock];
  const endsBlock = end === first[lastBlock + 1];
  let paragraphs = 0;
  for (let index = firstBlock; index <= lastBlock; index++) {
    if (draft.blocks[index]?.kind === "paragraph") paragraphs++;
  }
  return {
    draft,
    start: startsBlock ? (draft.starts[firstBlock] ?? 0) : opening(sequence, start),
    end: endsBlock
      ? trimmedEnd(
          draft,
          (draft.starts[lastBlock] ?? 0) + (draft.blocks[lastBlock]?.source.length ?? 0),
        )
      : closing(sequence, end),
    firstBlock,
    lastBlock,
    startsBlock,
    endsBlock,
    paragraphs,
    words: end - start,
  };
}

/** Where a sentence starts whose first word is given: at the mark before it, where that opens it. */
function opening(sequence: Sequence, word: number): number {
  const text = sequence.draft.text;
  let at = spanOfWord(sequence, word).start;
  while (at > 0 && /[^\s\p{L}\p{N}.!?…,;:)\]}>”’]/u.test(text[at - 1] ?? " ")) at--;
  return at;
}

/** Where a sentence ends whose last word stands before `end`: after the marks that close it. */
function closing(sequence: Sequence, end: number): number {
  const text = sequence.draft.text;
  const from = spanOfWord(sequence, end - 1).end;
  const next = spanOfWord(sequence, end).start;
  let at = from;
  while (at < next && /[^\s\p{L}\p{N}([{<“‘]/u.test(text[at] ?? " ")) at++;
  return at;
}

function trimmedEnd(draft: Draft, end: number): number {
  let at = end;
  while (at > 0 && /\s/.test(draft.text[at - 1] ?? "")) at--;
  return at;
}

/** "line 12" or "lines 2–12". */
export function linesOf(passage: Passage, lines: LineIndex): string {
  const first = lineAt(lines, passage.start) + 1;
  const last = lineAt(lines, Math.max(passage.start, passage.end - 1)) + 1;
  return first === last ? `line ${first}` : `lines ${first}–${last}`;
}

/**
 * The edit that takes a passage out so that the rest reads as before: whole lines go with the blank
 * ones that part them from the next, a sentence goes with the space before or after it.
 */
export function removalOf(passage: Passage): Edit {
  const text = passage.draft.text;
  return passage.startsBlock && passage.endsBlock && ownsLines(passage)
    ? lineRemoval(text, passage)
    : sentenceRemoval(text, passage);
}

/** Whether nothing but the marks of its container stands with it on its first and last line. */
function ownsLines(passage: Passage): boolean {
  const text = passage.draft.text;
  const before = text.slice(lineStart(text, passage.start), passage.start);
  const after = text.slice(passage.end, lineEnd(text, passage.end));
  return (
    /^[\s>]*(?:(?:[-*+•]|\d{1,9}[.)])[\s>]*)?(?:\[[ xX]\]\s+)?$/.test(before) && after.trim() === ""
  );
}

function lineRemoval(text: string, span: Span): Edit {
  const start = lineStart(text, span.start);
  let end = afterBreak(text, lineEnd(text, span.end));
  // The blank lines after it go too; those before it part its neighbours.
  while (end < text.length) {
    const stop = lineEnd(text, end);
    if (!/^[\s>]*$/.test(text.slice(end, stop))) return { start, end, newText: "" };
    end = afterBreak(text, stop);
  }
  // Nothing follows: what parted it from the text before goes, and the last line's end stays.
  let from = start;
  while (from > 0) {
    const previous = lineStart(text, beforeBreak(text, from));
    if (!/^[\s>]*$/.test(text.slice(previous, beforeBreak(text, from)))) break;
    from = previous;
  }
  if (from === 0) return { start: 0, end: text.length, newText: "" };
  const endsLine = /[\n\r]$/.test(text);
  return { start: endsLine ? from : beforeBreak(text, from), end: text.length, newText: "" };
}

function sentenceRemoval(text: string, span: Span): Edit {
  let { start, end } = span;
  while (isSpace(text, end)) end++;
  const endsLine = end >= text.length || isBreak(text.charCodeAt(end));
  if (endsLine || end === span.end) {
    end = endsLine ? end : span.end;
    while (start > 0 && isSpace(text, start - 1)) start--;
    const startsLine = start === 0 || isBreak(text.charCodeAt(start - 1));
    // It stood alone on its line in a paragraph of several.
    if (startsLine && endsLine) end = afterBreak(text, end);
  }
  return { start, end, newText: "" };
}

function isSpace(text: string, at: number): boolean {
  return text[at] === " " || text[at] === "\t";
}

function lineStart(text: string, offset: number): number {
  let at = offset;
  while (at > 0 && !isBreak(text.charCodeAt(at - 1))) at--;
  return at;
}

function lineEnd(text: string, offset: number): number {
  let at = offset;
  while (at < text.length && !isBreak(text.charCodeAt(at))) at++;
  return at;
}

function afterBreak(text: string, offset: number): number {
  if (text.charCodeAt(offset) === 13 && text.charCodeAt(offset + 1) === 10) return offset + 2;
  return Math.min(offset + 1, text.length);
}

function beforeBreak(text: string, offset: number): number {
  if (text.charCodeAt(offset - 1) === 10 && text.charCodeAt(offset - 2) === 13) return offset - 2;
  return Math.max(0, offset - 1);
}

function isBreak(unit: number): boolean {
  return unit === 10 || unit === 13;
}
