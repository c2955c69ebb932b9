import type { Fix } from "../../draft/finding.ts";

/** The fix for lost words: something that can't be overlooked stands where they stood, selected, ready to be typed over. */
export function placeholderFix(at: number, placeholder: string, before = "", after = ""): Fix {
  return {
    title: `Mark the loss with ${placeholder}`,
    safe: false,
    edits: [{ start: at, end: at, newText: before + placeholder + after }],
    select: { start: before.length, end: before.length + placeholder.length },
  };
}
