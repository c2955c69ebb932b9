import { composedLength } from "../../text/composed.ts";
import type { Block, BlockKind, Mark } from "../../draft/draft.ts";
import { MASK, ProseBuilder, verbatim } from "../../draft/prose.ts";
import { endsSentence } from "../../language/sentences.ts";
import { bareBlock, type BlockList, placed, proseBlock, type Place } from "../support/blocks.ts";
import { withLineFeeds } from "../../text/lines.ts";
import { TOC } from "../support/block-marks.ts";
import {
  addLine,
  firstLine,
  isVerse,
  startsParagraph,
  type ParagraphLines,
} from "../support/paragraphs.ts";
import { isTemplateLine } from "../support/templates.ts";

/** A line of the text, without its line break. */
interface Line {
  readonly start: number;
  readonly end: number;
  /** Where the next line starts. */
  readonly next: number;
  readonly text: string;
}

/** The longest heading, in UTF-16 units and in words. */
const MAX_HEADING_LENGTH = 80;
const MAX_HEADING_WORDS = 12;

const QUOTE = /^[ \t]{0,3}(?:>[ \t]?){1,100}/;
const ITEM = /^([ \t]{0,40})(?:[-*+•‣◦▪●]|\d{1,3}[.)]|[a-z]\))(?:[ \t]+|$)/;
const UNDERLINE = /^(?:={3,}|-{3,}|~{3,})$/;
const HEADER = /^[A-Z][A-Za-z-]{1,30}:[ \t]/;
const MAIL_HEADER = /^(?:From|To|Subject|Date|Cc|Sent|Reply-To|Message-ID):[ \t]/;

const FENCE = /^`{3,}[\w+-]*$/;
/** A line of tags, a picture, a TeX command: written for a program that typesets the text. */
const MARKUP =
  /^(?:(?:<[/a-z][\w-]*(?:\s[^<>]*)?\/?>\s*)+|!\[[^\][]*\]\([^()\s]*\)|\\[a-z]{2,40}(?:\{[^{}]*\})*)$/i;

/** Reads plain text block by block. */
export function readPlainText(original: string): BlockList {
  const text = withLineFeeds(original);
  const list: BlockList = { blocks: [], starts: [] };
  const keep = (start: number, end: number): string => original.slice(start, end);
  for (let at = 0; ;) {
    let line = lineAt(text, at);
    let breaks = 0;
    // `at` is the end of a block, and the rest of its line is blank.
    while (isBlankLine(line)) {
      if (line.next === line.end) return list;
      line = lineAt(text, line.next);
      breaks++;
    }
    const next = block(text, line, at > 0 && breaks <= 1, keep);
    list.blocks.push(next.block);
    list.starts.push(next.start);
    at = next.start + next.block.source.length;
  }
}

function block(
  text: string,
  line: Line,
  continues: boolean,
  keep: (start: number, end: number) => string,
): { start: number; block: Block } {
  // Long, as each line is tested for every kind of block in turn.
  const place: Place = { listDepth: 0, quoteDepth: 0, startsItem: false, continues };
  const trimmed = line.text.trim();
  const from = line.start + leadingBlanks(line.text);

  if (from === leadingBlanks(text) && MAIL_HEADER.test(trimmed)) {
    const end = linesWhile(
      text,
      line,
      (next) => HEADER.test(next.text) || /^[ \t]/.test(next.text),
    );
    if (end.end > line.end) return bare("metadata", end.end);
  }
  if (FENCE.test(trimmed)) {
    let isOpen = true;
    const end = linesWhile(text, line, (next) => {
      const goesOn = isOpen;
      isOpen &&= !/^`{3,}$/.test(next.text.trim());
      return goesOn;
    });
    return bare("code", end.end);
  }
  if (isMarkup(trimmed)) return bare("directive", line.end);
  if (!/[\p{L}\p{N}]/u.test(trimmed)) {
    if (!/^[-+•‣◦▪●]$/.test(trimmed)) return bare("break", line.end);
    const empty = bareBlock("empty-item", trimmed);
    return { start: from, block: placed(empty, { ...place, listDepth: 1, startsItem: true }) };
  }
  if (isTable(trimmed)) {
    return bare("directive", linesWhile(text, line, (next) => isTable(next.text.trim())).end);
  }
  const after = lineAfter(text, line);
  if (
    after !== undefined &&
    UNDERLINE.test(after.text.trim()) &&
    composedLength(trimmed) <= MAX_HEADING_LENGTH
  ) {
    const level = after.text.trim().startsWith("=") ? 1 : 2;
    const source = keep(from, after.start + after.text.trimEnd().length);
    const prose = verbatim(trimmed);
    return { start: from, block: placed(proseBlock("heading", source, prose, [], level), place) };
  }

  const quote = QUOTE.exec(line.text)?.[0] ?? "";
  const rest = line.text.slice(quote.length);
  const item = quote === "" && rest.trim() !== "" ? ITEM.exec(rest) : null;
  const marker = item === null || !/[\p{L}\p{N}]/u.test(rest.slice(item[0].length)) ? "" : item[0];
  const indent = item === null ? 0 : (item[1] ?? "").replaceAll("\t", "    ").length;
  const quoteDepth = quote.split(">").length - 1;
  const inner: Place = {
    listDepth: marker === "" ? 0 : 1 + Math.min(5, indent >> 1),
    quoteDepth,
    startsItem: marker !== "",
    continues,
  };

  // The lines of the paragraph, without their prefixes.
  const first = line.start + quote.length + marker.length;
  const start = first + leadingBlanks(text.slice(first, line.end));
  const builder = new ProseBuilder();
  const marks: Mark[] = [];
  let lines: ParagraphLines = firstLine(text.slice(start, line.end));
  let last = line;
  let lastStart = start;
  let count = 1;
  for (;;) {
    const end = lastStart + text.slice(lastStart, last.end).trimEnd().length;
    addWords(text.slice(lastStart, end), lastStart - start, builder, marks);
    const next = lineAfter(text, last);
    if (next === undefined || isBlankLine(next)) break;
    const prefix = QUOTE.exec(next.text)?.[0] ?? "";
    if (prefix.split(">").length - 1 !== quoteDepth) break;
    const body = next.text.slice(prefix.length);
    if (body.trim() === "" || isTable(body.trim())) break;
    if (quoteDepth === 0 && ITEM.test(body) && !/^[ \t]*\d/.test(body)) break;
    if (marker !== "" && ITEM.test(body)) break;
    const following = lineAfter(text, next);
    const followingText = following === undefined ? "" : following.text.replace(QUOTE, "");
    if (UNDERLINE.test(followingText.trim())) break;
    if (!/[\p{L}\p{N}]/u.test(body) || FENCE.test(body.trim()) || isMarkup(body.trim())) break;
    if (startsParagraph(lines, body, () => followingText)) break;
    if (count === 1 && isLabel(lines.last) && composedLength(body) > 120 && quoteDepth === 0) break;
    lines = addLine(lines, body);
    count++;
    const bodyStart = next.start + prefix.length + leadingBlanks(body);
    builder.add("\n", end - start, bodyStart - start);
    last = next;
    lastStart = bodyStart;
  }
  const source = keep(start, lastStart + text.slice(lastStart, last.end).trimEnd().length);
  const prose = builder.build();

  let kind: BlockKind = "paragraph";
  let level = 0;
  if (marker === "" && quoteDepth === 0 && count === 1 && isLabel(prose.text)) {
    const below = lineAfter(text, last);
    const parted = !continues && (below === undefined || isBlankLine(below));
    if (parted || (below !== undefined && composedLength(below.text) > 120)) {
      kind = "heading";
      level = prose.text === prose.text.toUpperCase() ? 1 : 2;
    }
  } else if (isVerse(prose.text)) {
    kind = "verse";
  }
  return { start, block: placed(proseBlock(kind, source, prose, marks, level), inner) };

  function bare(kind: BlockKind, end: number): { start: number; block: Block } {
    const source = keep(from, from + text.slice(from, end).trimEnd().length);
    return { start: from, block: placed(bareBlock(kind, source), place) };
  }
}

const ADDRESS = /\bhttps?:\/\/[^\s<>"]+/g;

/** Adds a line's words; an address counts as one. */
function addWords(line: string, at: number, builder: ProseBuilder, marks: Mark[]): void {
  let done = 0;
  if (line.includes("://")) {
    for (const match of line.matchAll(ADDRESS)) {
      const target = match[0].replace(/[.,;:!?)\]'”’]{1,10}$/, "");
      const start = match.index;
      const end = start + target.length;
      builder.add(line.slice(done, start), at + done, at + start);
      builder.add(MASK, at + start, at + end);
      marks.push({ kind: "link", start: at + start, end: at + end, target });
      done = end;
    }
  }
  builder.add(line.slice(done), at + done, at + line.length);
}

/** Whether a line is a heading or label: short, and without the punctuation that ends a sentence or clause. */
function isLabel(text: string): boolean {
  return (
    composedLength(text) <= MAX_HEADING_LENGTH &&
    !endsSentence(text) &&
    !/[.!?:;,…，、：；،؛፣፤]["'”’)\]]*$/.test(text) &&
    /^["'“‘([「『]?[\p{Lu}\p{Nd}\p{Lo}\u10D0-\u10FF]/u.test(text) &&
    text.split(/\s+/, MAX_HEADING_WORDS + 1).length <= MAX_HEADING_WORDS
  );
}

/** Whether a line has no words but those that a program reads. */
function isMarkup(trimmed: string): boolean {
  switch (trimmed.charAt(0)) {
    case "[":
      return TOC.test(trimmed);
    case "{":
      return isTemplateLine(trimmed);
    default:
      return MARKUP.test(trimmed);
  }
}

/** Whether a line is laid out in columns: with bars, tabs, or wide gaps between its words. */
function isTable(trimmed: string): boolean {
  const bars = trimmed.split("|", 4).length - 1;
  if (bars > 2 || (bars > 1 && trimmed.startsWith("|"))) return true;
  if (/\S\t+\S[^\t]*\t+\S/.test(trimmed)) return true;
  return trimmed.length < 400 && /\S {3,}\S(?:.*?\S)?? {3,}\S/.test(trimmed);
}

function linesWhile(text: string, line: Line, goesOn: (line: Line) => boolean): Line {
  let last = line;
  for (;;) {
    const next = lineAfter(text, last);
    if (next === undefined || isBlankLine(next) || !goesOn(next)) return last;
    last = next;
  }
}

function lineAfter(text: string, line: Line): Line | undefined {
  return line.next > line.end ? lineAt(text, line.next) : undefined;
}

/** The line, or the rest of it, from `start`. */
function lineAt(text: string, start: number): Line {
  const lineBreak = text.indexOf("\n", start);
  if (lineBreak < 0) return { start, end: text.length, next: text.length, text: text.slice(start) };
  const isReturn = lineBreak > start && text.charCodeAt(lineBreak - 1) === 13;
  const end = isReturn ? lineBreak - 1 : lineBreak;
  return { start, end, next: lineBreak + 1, text: text.slice(start, end) };
}

function isBlankLine(line: Line): boolean {
  return leadingBlanks(line.text) === line.text.length;
}

/** The number of leading UTF-16 units that `trim` would remove. */
function leadingBlanks(text: string): number {
  return text.length - text.trimStart().length;
}
