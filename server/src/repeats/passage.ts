import { type Block, blockAt, blockEnd, type Draft, holdsProse } from "../draft/draft.ts";
import { pairsIn } from "../formats/structure/pairs.ts";
import { lineAt, type LineIndex } from "../text/lines.ts";
import type { Span } from "../text/span.ts";
import * as scripts from "../language/scripts.ts";
import { blockOfWord } from "./row.ts";
import { spanOfWord, type Sequence } from "./sequence.ts";
import { getWords } from "./words.ts";
import { type Wording, wording } from "../text/wording.ts";

/** One of the two copies of a passage: its place in its draft, in UTF-16 units, and its content. */
export interface Passage extends Span {
  readonly draft: Draft;
  readonly firstBlock: number;
  readonly lastBlock: number;
  /** It begins where its first block does, and ends where its last does. */
  readonly startsBlock: boolean;
  readonly endsBlock: boolean;
  readonly paragraphs: number;
  readonly words: number;
}

/**
 * The passage of the words from `from` up to `to`, at least one. It neither begins nor ends with a block without words:
 * a rule, a picture or a page break beside both copies was there before.
 */
export function toPassage(sequence: Sequence, from: number, to: number): Passage {
  const { draft, first } = sequence;
  const [firstBlock, lastBlock] = wordedBlocks(sequence, from, to);
  const start = Math.max(from, first[firstBlock] ?? 0);
  const end = Math.min(to, first[lastBlock + 1] ?? to);
  const startsBlock = start === first[firstBlock];
  const endsBlock = end === first[lastBlock + 1];
  let paragraphs = 0;
  for (let index = firstBlock; index <= lastBlock; index++) {
    if (draft.blocks[index]?.kind === "paragraph") paragraphs++;
  }
  return {
    draft,
    start: startsBlock ? (draft.starts[firstBlock] ?? 0) : opening(sequence, start),
    end: endsBlock ? trimmedEnd(draft, blockEnd(draft, lastBlock)) : closing(sequence, end),
    firstBlock,
    lastBlock,
    startsBlock,
    endsBlock,
    paragraphs,
    words: end - start,
  };
}

/** The first and the last block with words among some, including the markup around them that opens and closes there. */
function wordedBlocks(sequence: Sequence, start: number, end: number): readonly [number, number] {
  const { draft } = sequence;
  const first = blockOfWord(sequence, start);
  const last = blockOfWord(sequence, end - 1);
  const worded = draft.blocks.slice(first, last + 1).map((block, at) => {
    if (!holdsProse(block)) return false;
    const { starts, ends } = getWords(block);
    const offset = sequence.first[first + at] ?? 0;
    const from = starts[Math.max(0, start - offset)];
    const shown = block.prose.text.slice(from, ends[Math.min(ends.length, end - offset) - 1]);
    return /[\p{L}\p{N}]/u.test(shown) || block.marks.some(({ kind }) => kind === "code");
  });
  if (!worded.includes(true)) return [first, last];
  let from = first + worded.indexOf(true);
  let to = first + worded.lastIndexOf(true);
  const { markup } = draft.format;
  const isFrame = (block: Block): boolean =>
    markup.isPairedMarkup(block) || markup.getLabel(block) !== undefined;
  const edges = [...draft.blocks.slice(first, from), ...draft.blocks.slice(to + 1, last + 1)];
  if (!edges.some(isFrame)) return [from, to];
  const opened = new Map<number, number>();
  for (const half of pairsIn(draft)) {
    // An end that is not written is where the last block in it ends.
    const block = blockAt(draft, Math.max(half.start, half.end - 1));
    const opener = opened.get(half.group);
    if (opener === undefined) opened.set(half.group, block);
    else if (half.role === "closes" && opener >= first && opener <= to && block >= from) {
      if (block > last) continue;
      from = Math.min(from, opener);
      to = Math.max(to, block);
    }
  }
  return [from, to];
}

/** A mark that may open a sentence: no word before it is, and no mark that ends or closes something. */
const BEFORE_OPENING = new RegExp(
  `[^\\s\\p{L}\\p{M}\\p{N}\\p{Terminal_Punctuation}.!?…,;:)\\]}>”’${scripts.STOPS}${scripts.CLOSING}${scripts.CLOSING_BRACKETS}]`,
  "u",
);
/** A mark that may close a sentence: no word after it is, and no mark that opens something. */
const AFTER_CLOSING = new RegExp(
  `[^\\s\\p{L}\\p{M}\\p{N}([{<“‘${scripts.OPENING}${scripts.OPENING_BRACKETS}]`,
  "u",
);

/** The start of a sentence whose first word is given: at the mark before it, if that opens it. */
function opening(sequence: Sequence, word: number): number {
  const text = sequence.draft.text;
  let at = spanOfWord(sequence, word).start;
  while (at > 0) {
    // A letter of two units is one.
    const isPair = at > 1 && (text.codePointAt(at - 2) ?? 0) > 0xffff;
    const mark = text.slice(at - (isPair ? 2 : 1), at);
    if (!BEFORE_OPENING.test(mark)) break;
    at -= mark.length;
  }
  return at;
}

/** The end of a sentence whose last word is before `end`: after the marks that close it. */
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
export function formatLines(passage: Passage, lines: LineIndex): Wording {
  const first = lineAt(lines, passage.start) + 1;
  const last = lineAt(lines, Math.max(passage.start, passage.end - 1)) + 1;
  return first === last ? wording("line {0}", first) : wording("lines {0}–{1}", first, last);
}
