import type { Draft } from "../../draft/draft.ts";
import type { Fix } from "../../draft/finding.ts";
import { memoizeOn } from "../../draft/incremental/memoize.ts";
import type { Span } from "../../text/span.ts";
import { placeholderFix } from "./placeholder.ts";
import { type Wording, wording } from "../../text/wording.ts";

/** Whether the text of a link is an image, such as a badge. */
export function showsImage(text: string): boolean {
  return IMAGE.test(text);
}

const IMAGE = /^!\[[^\n]*[\])]$/;

/** A badge is seen whether or not it leads anywhere. */
export const SEEN_ANYWAY = { severity: "hint" } as const;

/** The fix that replaces a link with its text. */
export function keepText(place: Span, text: string): Fix {
  return {
    title: wording("Keep the text, drop the link"),
    safe: false,
    edits: [{ start: place.start, end: place.end, newText: text }],
  };
}

/** The fix that adds the definition of a label at the end of a draft, with the placeholder as its content. */
export function addDefinition(
  draft: Draft,
  label: string,
  placeholder: string,
  title: Wording,
): Fix {
  const { text } = draft;
  const newline = getNewline(draft);
  const ends = text.endsWith(newline + newline) ? 2 : text.endsWith(newline) ? 1 : 0;
  const lead = newline.repeat(2 - ends) + label;
  return {
    ...placeholderFix(text, text.length, placeholder, lead, newline),
    title,
  };
}

/** A draft's line ending. Computed once, because the first one may be far away. */
const getNewline = memoizeOn<Draft>()(({ text }) => /\r\n|\r|\n/.exec(text)?.[0] ?? "\n");
