import { endsSentence, startsSentence } from "../language/sentences.ts";

/** No one wraps lines by hand or by tool beyond this many columns. */
const WIDEST_WRAP = 120;

/** A paragraph of more units than this is parted at the next line, whatever the line says. */
const LONGEST = 40_000;

/**
 * The lines of one paragraph as they come, to tell where a new paragraph starts without a blank line.
 *
 * A line that ends a sentence, before one that starts one, ends its paragraph. Hard-wrapped text has such lines
 * by chance: there, only a line that was left although the next word had room in it was ended on purpose.
 */
export interface ParagraphLines {
  /** The units of the widest line so far. */
  readonly widest: number;
  /** The last line. */
  readonly last: string;
  /** Some line before the last does not end a sentence: the text runs on over its line ends. */
  readonly runsOn: boolean;
  readonly length: number;
}

/** The state after a paragraph's first line. */
export function firstLine(line: string): ParagraphLines {
  const last = line.trimEnd();
  return { widest: last.length, last, runsOn: false, length: line.length };
}

/** The state after one more line. */
export function addLine(lines: ParagraphLines, line: string): ParagraphLines {
  const last = line.trim();
  return {
    widest: Math.max(lines.widest, last.length),
    last,
    runsOn: lines.runsOn || !endsSentence(lines.last),
    length: lines.length + line.length + 1,
  };
}

/**
 * Whether `line` starts a new paragraph after `lines`. `after` is the line that follows it, "" where the
 * paragraph ends with `line`.
 */
export function startsParagraph(lines: ParagraphLines, line: string, after: string): boolean {
  if (lines.length > LONGEST) return true;
  if (!endsSentence(lines.last)) return false;
  const text = line.trim();
  if (!startsSentence(text)) return false;
  const next = after.trim();
  const widest = Math.max(lines.widest, text.length, next.length);
  if (widest > WIDEST_WRAP) return true;
  const wrapped = lines.runsOn || (next !== "" && !endsSentence(text));
  if (!wrapped) return true;
  return lines.last.length + 1 + firstWordLength(text) <= widest;
}

function firstWordLength(text: string): number {
  const space = text.search(/\s/);
  return space < 0 ? text.length : space;
}
