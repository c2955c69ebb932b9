import type { Fix } from "../../draft/finding.ts";
import type { Span } from "../../text/span.ts";

/** Whether the text of a link is an image, such as a badge. */
export function showsImage(text: string): boolean {
  return IMAGE.test(text);
}

const IMAGE = /^!\[[^\n]*[\])]$/;

/** A badge is seen whether or not it leads anywhere. */
export const SEEN_ANYWAY = { severity: "hint" } as const;

/** The fix that replaces a link by its text. */
export function keepText(place: Span, text: string): Fix {
  return {
    title: "Keep the text, drop the link",
    safe: false,
    edits: [{ start: place.start, end: place.end, newText: text }],
  };
}
