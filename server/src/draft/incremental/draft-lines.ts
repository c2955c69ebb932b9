import { lineIndex, type LineIndex } from "../../text/lines.ts";
import { objectCache } from "./memoize.ts";

const cache = objectCache<object, LineIndex>();

/** The line index of a draft's text, made once per draft. */
export function linesOfDraft(draft: { readonly text: string }): LineIndex {
  const known = cache.get(draft);
  if (known !== undefined) return known;
  const lines = lineIndex(draft.text);
  cache.set(draft, lines);
  return lines;
}

/** Stores a draft's line index, if the caller already has it. */
export function cacheLines(draft: { readonly text: string }, lines: LineIndex): void {
  cache.set(draft, lines);
}
