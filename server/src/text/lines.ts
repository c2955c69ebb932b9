import type { Span } from "./span.ts";
import type { Edit } from "./edits.ts";
import { upperBound } from "./search.ts";

/** A position as in LSP: both count from 0, `character` in UTF-16 units. */
export interface Position {
  readonly line: number;
  readonly character: number;
}

/**
 * The starts of a text's lines, in UTF-16 offsets. A line ends at \n, \r\n or \r, as in LSP. A value: an edit gives a
 * new one from the old by reading only the changed stretch.
 */
export type LineIndex = readonly number[];

/** Line starts for looking up positions, however they are stored. */
export type Lines = ArrayLike<number>;

export function lineIndex(text: string): LineIndex {
  const starts = [0];
  addLineStarts(text, 0, text.length, starts);
  return starts;
}

/** The index of `text`, which is the indexed text with `change` made. */
export function updatedLines(index: LineIndex, text: string, change: Edit): LineIndex {
  const grown = change.newText.length - (change.end - change.start);
  // One unit of slack on both sides, because \r and \n may have been joined or split.
  const first = lineAt(index, Math.max(0, change.start - 1));
  const last = lineAt(index, change.end + 1);
  const from = index[first] ?? 0;
  const to = index[last + 1];
  const changed: number[] = [];
  addLineStarts(text, from, to === undefined ? text.length : to + grown, changed);
  const starts = index.slice(0, first + 1).concat(changed, index.slice(last + 2));
  for (let line = first + 1 + changed.length; line < starts.length; line++) {
    starts[line] = (starts[line] ?? 0) + grown;
  }
  return starts;
}

/** Whether a text has more lines than this. It is read no further than that. */
export function hasMoreLines(text: string, most: number): boolean {
  let lines = 1;
  for (let at = lineEnd(text, 0); at < text.length && lines <= most; lines++) {
    at = lineEnd(text, afterBreak(text, at));
  }
  return lines > most;
}

/** The line that contains `offset`, counted from 0. */
export function lineAt(index: Lines, offset: number): number {
  return Math.max(0, upperBound(index, offset) - 1);
}

export function positionAt(index: Lines, offset: number): Position {
  const line = lineAt(index, offset);
  return { line, character: offset - (index[line] ?? 0) };
}

/** The offset of a position. One beyond its line is at the line's end, one beyond the text at the text's end. */
export function offsetAt(index: Lines, text: string, position: Position): number {
  const start = index[position.line];
  if (start === undefined) return text.length;
  let end = index[position.line + 1] ?? text.length;
  while (end > start && isBreak(text.charCodeAt(end - 1)) && position.line + 1 < index.length)
    end--;
  return Math.min(start + position.character, end);
}

/** Where the line that contains an offset starts, in UTF-16 units. */
export function lineStart(text: string, offset: number): number {
  let at = offset;
  while (at > 0 && !isBreak(text.charCodeAt(at - 1))) at--;
  return at;
}

/** Where the line that contains an offset ends, before its line break, in UTF-16 units. */
export function lineEnd(text: string, offset: number): number {
  let at = offset;
  while (at < text.length && !isBreak(text.charCodeAt(at))) at++;
  return at;
}

/** The offset after the line break at an offset, in UTF-16 units. */
export function afterBreak(text: string, offset: number): number {
  if (text.charCodeAt(offset) === 13 && text.charCodeAt(offset + 1) === 10) return offset + 2;
  return Math.min(offset + 1, text.length);
}

/** The offset before the line break that ends at an offset, in UTF-16 units. */
export function beforeBreak(text: string, offset: number): number {
  if (text.charCodeAt(offset - 1) === 10 && text.charCodeAt(offset - 2) === 13) return offset - 2;
  return Math.max(0, offset - 1);
}

function addLineStarts(text: string, from: number, to: number, starts: number[]): void {
  for (let at = from; at < to; at++) {
    const unit = text.charCodeAt(at);
    if (!isBreak(unit)) continue;
    if (unit === 13 && text.charCodeAt(at + 1) === 10) {
      if (at + 1 >= to) continue;
      at++;
    }
    starts.push(at + 1);
  }
}

function isBreak(unit: number): boolean {
  return unit === 10 || unit === 13;
}

/** The same text, unit for unit, with line feeds in place of lone carriage returns. */
export function withLineFeeds(text: string): string {
  return text.includes("\r") && /\r(?!\n)/.test(text) ? text.replace(/\r(?!\n)/g, "\n") : text;
}

/**
 * The span extended to whole lines and the blank line after, if nothing else is on them. If there is no blank line
 * before, one stays: otherwise the text on both sides would become one paragraph.
 */
export function wholeLines(text: string, span: Span): Span {
  const start = spaceStart(text, span.start);
  const isAlone = start === 0 || isBreak(text.charCodeAt(start - 1));
  const after = /([^\S\r\n]*)(\r\n?|\n|$)([^\S\r\n]*(?:\r\n?|\n))?/uy;
  after.lastIndex = span.end;
  const rest = after.exec(text);
  if (!isAlone || rest === null) return span;
  const [all, space = "", lineBreak = "", blank = ""] = rest;
  const before = spaceStart(text, beforeBreak(text, start));
  const isParted = before === 0 || isBreak(text.charCodeAt(before - 1));
  if (isParted) return { start, end: span.end + all.length };
  const end = span.end + space.length;
  const isLast = end + lineBreak.length === text.length;
  return { start, end: blank !== "" || isLast ? end + lineBreak.length : end };
}

/**
 * Where the white space in a line before an offset begins. Only that is searched: a line may be as long as the text.
 */
function spaceStart(text: string, offset: number): number {
  let at = offset;
  while (at > 0 && /[^\S\r\n]/.test(text.charAt(at - 1))) at--;
  return at;
}
