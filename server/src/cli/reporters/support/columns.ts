import stringWidth from "string-width";
import wrapAnsi from "wrap-ansi";
import type { Excerpt } from "../../reported.ts";

/* Fitting text on a terminal. Widths are in its columns: wide characters take two, combining marks none. */

/** With fewer columns, nothing is laid out. */
const FEWEST = 20;

/** The width of the output; undefined if it is not a terminal and nothing else says. */
export function getColumns(
  screen: { readonly isTTY?: boolean; readonly columns?: number },
  env: Readonly<Record<string, string | undefined>> = {},
): number | undefined {
  const said = /^[1-9]\d{0,8}$/.test(env["COLUMNS"] ?? "") ? Number(env["COLUMNS"]) : undefined;
  const columns = said ?? (screen.isTTY === true ? screen.columns : undefined);
  return columns === undefined || columns < 1 ? undefined : Math.max(FEWEST, columns);
}

/**
 * A line, including colours, as lines of at most this many columns. Continuation lines are indented by two more
 * columns, and none begins with a build log's command, `::error`.
 */
export function wrapped(line: string, columns: number): string {
  if (getWidth(line) <= columns) return line;
  const indent = /^ */.exec(line)?.[0] ?? "";
  const deeper = `${indent}  `;
  const text = wrapAnsi(line.slice(indent.length), columns - deeper.length, { hard: true });
  return (
    indent + text.replaceAll("\n", `\n${deeper}`).replaceAll(`\n${deeper}::`, `\n${indent} \\::`)
  );
}

/** An excerpt in at most this many columns, one of which is kept for the mark of an empty range. */
export function fitted(excerpt: Excerpt, columns: number): Excerpt {
  const { before, marked, after } = inCharacters(excerpt);
  const middle = cut(marked, columns, "start");
  const room = columns - Math.max(1, getWidth(middle));
  const isWhole = middle === marked;
  const left = isWhole ? Math.min(getWidth(before), Math.ceil(room / 2)) : room;
  const right = isWhole ? cut(after, room - left, "start") : "";
  return { before: cut(before, room - getWidth(right), "end"), marked: middle, after: right };
}

/** The line below an excerpt that marks the range in it. */
export function carets({ before, marked }: Excerpt, paint: (text: string) => string): string {
  return " ".repeat(getWidth(before)) + paint("^".repeat(Math.max(1, getWidth(marked))));
}

/** An excerpt cut only between characters as they are drawn: a letter with its marks, an emoji of several. */
function inCharacters(excerpt: Excerpt): Excerpt {
  const { before, marked, after } = excerpt;
  if (PLAIN.test(before + marked + after)) return excerpt;
  const parts = { before: "", marked: "", after: "" };
  const end = before.length + marked.length;
  for (const { segment, index } of toCharacters(before + marked + after)) {
    if (index + segment.length <= before.length) parts.before += segment;
    else parts[index < end ? "marked" : "after"] += segment;
  }
  return parts;
}

/** As much of a text as fits, at its start or its end, with “…” for the rest, and whole words if one ends nearby. */
function cut(text: string, columns: number, kept: "start" | "end"): string {
  if (getWidth(text) <= columns) return text;
  if (columns < 1) return "";
  const all = [...toCharacters(text)].map(({ segment }) => segment);
  const characters = kept === "start" ? all : all.reverse();
  let left = columns - 1;
  const most = characters.findIndex((character) => (left -= getWidth(character)) < 0);
  const space = characters.lastIndexOf(" ", most);
  const fitting = characters.slice(0, space > Math.max(0, most - LONG_WORD) ? space : most);
  return kept === "start" ? `${fitting.join("")}…` : `…${fitting.reverse().join("")}`;
}

function getWidth(text: string): number {
  return PLAIN.test(text) ? text.length : stringWidth(text);
}

/** Text whose units are each one character and one column. Most text is; other text costs a hundred times as much. */
const PLAIN = /^[ -~…–—‘’“”▢╰]*$/;

/** A longer word is cut. In characters. */
const LONG_WORD = 15;

function toCharacters(text: string): Intl.Segments {
  return new Intl.Segmenter("en").segment(text);
}
