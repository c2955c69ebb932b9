import type { Input } from "@lezer/common";
import { closersIn, MAX_TEMPLATE_LENGTH, pairedTemplate } from "../support/templates.ts";
import { objectCache } from "../../draft/incremental/memoize.ts";
import type { Difference } from "../support/difference.ts";

/*
 * A comment or code of a template engine runs to its closer; one that has none is a line like any other, so that
 * what is under it is read. Whether a closer comes may depend on all of the text below.
 */

/** A text as the parser reads it; all that read the same text share one, and what was found out about it. */
export function sharedInput(text: string): Input {
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

interface Found {
  readonly from: number;
  readonly at: number;
}

/** For each text and closer where it was last looked for from, and the start of the first one after that. */
const storedClosers = objectCache<Input, Map<string, Found>>();

/**
 * Whether a closer comes at or after `from`, in UTF-16 units. The text is looked through but once for each closer
 * if the places come in order.
 */
export function closerFollows(input: Input, closer: RegExp, from: number): boolean {
  let known = storedClosers.get(input);
  if (known === undefined) storedClosers.set(input, (known = new Map<string, Found>()));
  const last = known.get(closer.source);
  if (last !== undefined && last.from <= from && from <= last.at) return last.at < Infinity;
  const at = indexFrom(input.read(from, input.length), closer);
  known.set(closer.source, { from, at: at < 0 ? Infinity : from + at });
  return at >= 0;
}

function indexFrom(text: string, closer: RegExp): number {
  return closer.exec(text)?.index ?? -1;
}

/**
 * The first expression that a change opens or closes because it adds or takes away the last closer of a kind, in
 * UTF-16 units; `Infinity` where there is none before the change's first line. One with another closer between, or
 * after the change, stays as it is.
 */
export function firstAlteredByClosers(before: string, after: string, change: Difference): number {
  const start = after.lastIndexOf("\n", change.start - 1) + 1;
  const old = closersIn(before.slice(start, lineEnd(before, change.oldEnd)));
  const end = lineEnd(after, change.newEnd);
  const now = closersIn(after.slice(start, end));
  let first = Infinity;
  for (const [source, closer] of new Map([...old, ...now])) {
    if (old.has(source) && now.has(source)) continue;
    if (indexFrom(after.slice(end), closer) >= 0) continue;
    first = Math.min(first, firstOpen(after.slice(0, start), source));
  }
  return first;
}

/** Where the first expression after the last closer of a kind is that it would close; `Infinity` where none is. */
function firstOpen(text: string, closer: string): number {
  let from = 0;
  for (const { index } of text.matchAll(new RegExp(closer, "g"))) from = index;
  for (let at = text.indexOf("{", from); at >= 0; at = text.indexOf("{", at + 1)) {
    if (pairedTemplate(text.slice(at, at + MAX_TEMPLATE_LENGTH))?.closer.source === closer)
      return at;
  }
  return Infinity;
}

function lineEnd(text: string, at: number): number {
  const end = text.indexOf("\n", at);
  return end < 0 ? text.length : end;
}
