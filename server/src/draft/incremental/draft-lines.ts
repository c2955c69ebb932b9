import { lineIndex, type LineIndex } from "../../text/lines.ts";
import { attached } from "./attached.ts";

/** The index of a draft's text, made once for each draft. */
export function linesOfDraft(draft: { readonly text: string }): LineIndex {
  const known = kept.get(draft);
  if (known !== undefined) return known;
  const lines = lineIndex(draft.text);
  kept.set(draft, lines);
  return lines;
}

/** Keeps an index with the draft it belongs to, where somebody has it already. */
export function keepLines(draft: { readonly text: string }, lines: LineIndex): void {
  kept.set(draft, lines);
}

// A memo, not state.
const kept = attached<object, LineIndex>();
