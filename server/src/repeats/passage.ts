import type { Draft } from "../draft/draft.ts";
import { lineAt, type LineIndex } from "../text/lines.ts";
import type { Span } from "../text/span.ts";
import * as scripts from "../language/scripts.ts";
import { blockOfWord } from "./row.ts";
import { spanOfWord, type Sequence } from "./sequence.ts";

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

/** A mark that may open a sentence: none of the words before it, and none that ends or closes something. */
const BEFORE_OPENING = new RegExp(
  `[^\\s\\p{L}\\p{M}\\p{N}\\p{Terminal_Punctuation}.!?…,;:)\\]}>”’${scripts.STOPS}${scripts.CLOSING}${scripts.CLOSING_BRACKETS}]`,
  "u",
);
/** A mark that may close a sentence: none of the words after it, and none that opens something. */
const AFTER_CLOSING = new RegExp(
  `[^\\s\\p{L}\\p{M}\\p{N}([{<“‘${scripts.OPENING}${scripts.OPENING_BRACKETS}]`,
  "u",
);

/** Where a sentence starts whose first word is given: at the mark before it, where that opens it. */
function opening(sequence: Sequence, word: number): number {
  const text = sequence.draft.text;
  let at = spanOfWord(sequence, word).start;
  while (at > 0) {
    // A letter of two units is one.
    const isPair = at > 1 && (text.codePointAt(at - 2) ?? 0) > 0xffff;
    const before = text.slice(at - (isPair ? 2 : 1), at);
    if (!BEFORE_OPENING.test(before)) break;
    at -= before.length;
  }
  return at;
}

/** Where a sentence ends whose last word stands before `end`: after the marks that close it. */
function closing(sequence: Sequence, end: number): number {
  const text = sequence.draft.text;
  const from = spanOfWord(sequence, end - 1).end;
  const next = spanOfWord(sequence, end).start;
  let at = from;
  while (at < next && AFTER_CLOSING.test(text[at] ?? " ")) at++;
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
