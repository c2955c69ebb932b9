import type { Fix } from "../../draft/finding.ts";
import { beginning } from "../../text/excerpt.ts";

/**
 * The fix that inserts the placeholder at an offset of a text (UTF-16 units), selected so that the user can type
 * over it. Spaces and tabs that it would leave stray before a line's end or a mark go.
 */
export function placeholderFix(
  text: string,
  at: number,
  placeholder: string,
  before = "",
  after = "",
): Fix {
  let start = at;
  if (before.startsWith(" ")) while (isBlank(text, start - 1)) start--;
  let end = at;
  while (isBlank(text, end)) end++;
  if (after === "" && !isStray(text, end)) end = at;
  return {
    title: markLoss(placeholder),
    safe: false,
    edits: [{ start, end, newText: before + placeholder + after }],
    stops: [{ start: before.length, end: before.length + placeholder.length }],
  };
}

/** The title of the fix that puts the placeholder where words were lost. */
export function markLoss(placeholder: string): string {
  return `Mark the loss with ${beginning(placeholder, 40)}`;
}

function isBlank(text: string, at: number): boolean {
  return /[ \t]/.test(text.charAt(at));
}

/** Whether a space before an offset parts nothing. */
function isStray(text: string, at: number): boolean {
  return /^[\r\n.,;:!?)\]]?$/.test(text.charAt(at));
}
