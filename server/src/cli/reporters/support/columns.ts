import stringWidth from "string-width";
import wrapAnsi from "wrap-ansi";
import type { Excerpt } from "../../reported.ts";

/* What fits on a terminal. Widths are in its columns: wide characters take two, combining marks none. */

/** In fewer columns nothing is laid out. */
const FEWEST = 20;

/** The width of what is written to; undefined where that is no terminal and nothing says one. */
export function columnsOf(
  screen: { readonly isTTY?: boolean; readonly columns?: number },
  env: Readonly<Record<string, string | undefined>> = {},
): number | undefined {
  const said = /^[1-9]\d{0,8}$/.test(env["COLUMNS"] ?? "") ? Number(env["COLUMNS"]) : undefined;
  const columns = said ?? (screen.isTTY === true ? screen.columns : undefined);
  return columns === undefined || columns < 1 ? undefined : Math.max(FEWEST, columns);
}

/** A line, colours and all, as lines of at most so many columns. Those that go on with it begin two columns further in. */
export function wrapped(line: string, columns: number): string {
  if (stringWidth(line) <= columns) return line;
  const indent = /^ */.exec(line)?.[0] ?? "";
  const deeper = `${indent}  `;
  const text = wrapAnsi(line.slice(indent.length), columns - deeper.length, { hard: true });
  return indent + text.replaceAll("\n", `\n${deeper}`);
}

/** An excerpt in at most so many columns, of which one is left for the mark of a place without width. */
export function fitted(excerpt: Excerpt, columns: number): Excerpt {
  const { before, marked, after } = inCharacters(excerpt);
  const middle = beginning(marked, columns);
  const room = columns - Math.max(1, stringWidth(middle));
  const isWhole = middle === marked;
  const left = isWhole ? Math.min(stringWidth(before), Math.ceil(room / 2)) : room;
  const right = isWhole ? beginning(after, room - left) : "";
  return { before: ending(before, room - stringWidth(right)), marked: middle, after: right };
}

/** The line below an excerpt that marks what is meant in it. */
export function carets({ before, marked }: Excerpt, paint: (text: string) => string): string {
  return " ".repeat(stringWidth(before)) + paint("^".repeat(Math.max(1, stringWidth(marked))));
}

/** An excerpt that is cut between characters as they are drawn: a letter with its marks, an emoji of several. */
function inCharacters({ before, marked, after }: Excerpt): Excerpt {
  const parts = { before: "", marked: "", after: "" };
  const end = before.length + marked.length;
  for (const { segment, index } of charactersOf(before + marked + after)) {
    if (index + segment.length <= before.length) parts.before += segment;
    else parts[index < end ? "marked" : "after"] += segment;
  }
  return parts;
}

function beginning(text: string, columns: number): string {
  if (stringWidth(text) <= columns) return text;
  const characters = [...charactersOf(text)].map(({ segment }) => segment);
  return columns < 1 ? "" : `${first(characters, columns - 1).join("")}…`;
}

function ending(text: string, columns: number): string {
  if (stringWidth(text) <= columns) return text;
  const characters = [...charactersOf(text)].map(({ segment }) => segment).reverse();
  return columns < 1
    ? ""
    : `…${first(characters, columns - 1)
        .reverse()
        .join("")}`;
}

function first(characters: readonly string[], columns: number): string[] {
  let left = columns;
  const end = characters.findIndex((character) => (left -= stringWidth(character)) < 0);
  return characters.slice(0, end < 0 ? undefined : end);
}

function charactersOf(text: string): Intl.Segments {
  return new Intl.Segmenter("en").segment(text);
}
