import type { Span } from "./span.ts";

/** One replacement: the span of the old text, in UTF-16 units, and what is put there. */
export interface Edit extends Span {
  readonly newText: string;
}

/**
 * Applies edits to the text they were made for. Where two overlap, the one that begins first is
 * applied and the other is left for the next round. Offsets are UTF-16 units.
 */
export function applyEdits(text: string, edits: readonly Edit[]): string {
  let result = "";
  let done = 0;
  for (const edit of [...edits].sort((a, b) => a.start - b.start || a.end - b.end)) {
    if (edit.start < done) continue;
    result += text.slice(done, edit.start) + edit.newText;
    done = edit.end;
  }
  return result + text.slice(done);
}
