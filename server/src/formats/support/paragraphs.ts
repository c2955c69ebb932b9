import { composedLength } from "../../text/composed.ts";
import { endsSentence, startsSentence } from "../../language/sentences.ts";

/** The widest column at which hard-wrapped text breaks. */
const MAX_WRAP = 120;

/** The longest paragraph, in UTF-16 units; it is split at the next line. */
const MAX_LENGTH = 40_000;

/**
 * The state of reading a paragraph's lines, which decides where a new one starts without a blank line.
 *
 * A line that ends a sentence, before one that starts one, ends its paragraph. In hard-wrapped text that happens by
 * chance, so there the line must also have had room for the next word.
 */
export interface ParagraphLines {
  /** The length of the longest line so far, in UTF-16 units of NFC. */
  readonly widest: number;
  readonly last: string;
  /** A line before the last does not end a sentence, so the text is wrapped. */
  readonly runsOn: boolean;
  readonly length: number;
}

export function firstLine(line: string): ParagraphLines {
  const last = line.trimEnd();
  return { widest: composedLength(last), last, runsOn: false, length: line.length };
}

export function addLine(lines: ParagraphLines, line: string): ParagraphLines {
  const last = line.trim();
  return {
    widest: Math.max(lines.widest, composedLength(last)),
    last,
    runsOn: lines.runsOn || !endsSentence(lines.last),
    length: lines.length + line.length + 1,
  };
}

/**
 * Whether `line` starts a new paragraph after `lines`. `after` returns the line that follows, "" if the paragraph ends
 * with `line`. It is rarely called, because few lines look like a first line.
 */
export function startsParagraph(lines: ParagraphLines, line: string, after: () => string): boolean {
  if (lines.length > MAX_LENGTH) return true;
  if (!endsSentence(lines.last)) return false;
  const text = line.trim();
  if (!startsSentence(text)) return false;
  const next = after().trim();
  const widest = Math.max(lines.widest, composedLength(text), composedLength(next));
  if (widest > MAX_WRAP) return true;
  const wrapped = lines.runsOn || (next !== "" && !endsSentence(text));
  if (!wrapped) return true;
  return composedLength(lines.last) + 1 + firstWordLength(text) <= widest;
}

/** The offsets of a text's paragraphs, in UTF-16 units, by `startsParagraph`. */
export function paragraphStarts(text: string): number[] {
  const starts = [0];
  if (!text.includes("\n")) return starts;
  const rows = text.split("\n");
  let lines = firstLine(rows[0] ?? "");
  let at = (rows[0]?.length ?? 0) + 1;
  for (let index = 1; index < rows.length; index++) {
    const row = rows[index] ?? "";
    if (startsParagraph(lines, row, () => rows[index + 1] ?? "")) {
      starts.push(at);
      lines = firstLine(row);
    } else {
      lines = addLine(lines, row);
    }
    at += row.length + 1;
  }
  return starts;
}

function firstWordLength(text: string): number {
  const space = text.search(/\s/);
  return composedLength(space < 0 ? text : text.slice(0, space));
}

/** The longest line of verse, in UTF-16 units. */
const MAX_VERSE_LINE = 70;

/** Prose is never wrapped to so few columns. */
const MIN_WRAP = 40;

/**
 * Whether a paragraph's line breaks are intended, as in verse, addresses and signatures: three or more short
 * lines, most of which had room for the next word and begin with a capital.
 */
export function isVerse(text: string): boolean {
  if (!text.includes("\n")) return false;
  const lines = text.split("\n", 200).map((line) => line.trim());
  if (lines.length < 3) return false;
  let widest = 0;
  for (const line of lines) widest = Math.max(widest, line.length);
  if (widest > MAX_VERSE_LINE) return false;
  let meant = 0;
  let capitals = 0;
  for (let index = 1; index < lines.length; index++) {
    const line = lines[index] ?? "";
    const previous = lines[index - 1] ?? "";
    if (widest <= MIN_WRAP || previous.length + 1 + firstWordLength(line) <= widest) meant++;
    if (/^["'“‘(]?\p{Lu}/u.test(line)) capitals++;
  }
  const breaks = lines.length - 1;
  return meant * 3 >= breaks * 2 && capitals * 2 > breaks;
}
