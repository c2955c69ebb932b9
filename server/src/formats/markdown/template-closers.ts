import type { Input } from "@lezer/common";
import { objectCache } from "../../draft/incremental/memoize.ts";

/*
 * A template comment or code runs to its closer. Without a closer it is an ordinary line, so that the text below it is
 * read. Whether there is a closer may depend on all of the text below.
 */

/**
 * Where a text begins in the parser's input. Lezer adds the negative of a leaf's place to places in it, and the sums
 * with -0 would be fractions to V8, and with them the fields of all objects of their kinds.
 */
export const INPUT_START = 1;

/** A text as the parser reads it. All readers of the same text share one, and what was found out about it. */
export function sharedInput(original: string): Input {
  const text = withoutReturns(original);
  const read = (from: number, to: number): string =>
    text.slice(from - INPUT_START, to - INPUT_START);
  return {
    length: INPUT_START + text.length,
    lineChunks: true,
    chunk: (from) => {
      const end = INPUT_START + text.indexOf("\n", from - INPUT_START);
      const line = read(from, end < INPUT_START ? Infinity : Math.max(end, from + 1));
      return line.replace(DASHES, "$1$2|");
    },
    read,
  };
}

/** A line of dashes with white space after its last bar, which Lezer takes for no table's, unlike GitHub. */
const DASHES = /^([>|: \t-]*-[: \t]*)\|([ \t]+)$/;

/**
 * The same text, unit for unit, with spaces for the carriage returns before line feeds: after a bar, Lezer takes them
 * for cells. Where one follows a backslash, it would see no line break; two spaces are the same break.
 */
function withoutReturns(text: string): string {
  if (!text.includes("\r\n")) return text;
  return text.replace(/\\\r(?=\n)(?<=[^\s>\\][ \t]*\\\r)/g, "  ").replaceAll("\r\n", " \n");
}

interface Search {
  readonly from: number;
  readonly at: number;
}

/** For each text and closer: where it was last searched from, and the start of the first one after that. */
const storedClosers = objectCache<Input, Map<string, Search>>();

/**
 * Whether there is a closer at or after `from`, in UTF-16 units. The text is searched only once for each closer, if the
 * places come in order.
 */
export function closerFollows(input: Input, closer: RegExp, from: number): boolean {
  let known = storedClosers.get(input);
  if (known === undefined) storedClosers.set(input, (known = new Map<string, Search>()));
  const last = known.get(closer.source);
  if (last !== undefined && last.from <= from && from <= last.at) return last.at < Infinity;
  const at = closer.exec(input.read(from, input.length))?.index ?? -1;
  known.set(closer.source, { from, at: at < 0 ? Infinity : from + at });
  return at >= 0;
}
