import type { Edit } from "./finding.ts";

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
