import type { Input } from "@lezer/common";
import { objectCache } from "../../draft/incremental/memoize.ts";

/*
 * A template comment or code runs to its closer. Without a closer it is an ordinary line, so that the text below it is
 * read. Whether there is a closer may depend on all of the text below.
 */

/** A text as the parser reads it. All readers of the same text share one, and what was found out about it. */
export function sharedInput(original: string): Input {
  const text = withoutReturns(original);
  return {
    length: text.length,
    lineChunks: true,
    chunk: (from) => {
      const end = text.indexOf("\n", from);
      return text.slice(from, end < 0 ? text.length : Math.max(end, from + 1));
    },
    read: (from, to) => text.slice(from, to),
  };
}

/** A line of dashes with white space after its last bar, which Lezer takes for no table's. */
const DASHES = /^([>|: \t-]*-[: \t]*)\|([ \t]+)$/gm;

/**
 * The same text, unit for unit, with spaces for the carriage returns before line feeds: after a bar, Lezer takes them
 * for cells. Where one follows a backslash, it would see no line break; two spaces are the same break.
 */
function withoutReturns(text: string): string {
  if (!text.includes("\r\n")) return text;
  return text
    .replace(/\\\r(?=\n)(?<=[^\s>\\][ \t]*\\\r)/g, "  ")
    .replaceAll("\r\n", " \n")
    .replace(DASHES, "$1$2|");
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
