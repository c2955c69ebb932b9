import type { Fix } from "../../draft/finding.ts";

/** The fix that inserts the placeholder at an offset, selected so that the user can type over it. */
export function placeholderFix(at: number, placeholder: string, before = "", after = ""): Fix {
  return {
    title: `Mark the loss with ${placeholder}`,
    safe: false,
    edits: [{ start: at, end: at, newText: before + placeholder + after }],
    select: { start: before.length, end: before.length + placeholder.length },
  };
}
