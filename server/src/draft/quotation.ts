import type { Span } from "../text/span.ts";
import { beginning, excerpt, type Quote } from "../text/excerpt.ts";
import { withoutEnd } from "../text/trim.ts";
import type { Block } from "./draft.ts";
import { MASK, sourceSpan } from "./prose.ts";

/** How much of a block's prose is read on each side of a place, in UTF-16 units. */
const NEARBY = 240;
/** How much of code, an image or a template value a quotation shows, in UTF-16 units. */
const SHOWN = 24;

/**
 * The words of a block around a span of its prose (UTF-16 units), with `focus` in place of the span, as a quotation of
 * at most this many units. Code and images are quoted as written.
 */
export function quotationAround(
  block: Block,
  { start, end }: Span,
  focus = writtenWords(block, { start, end }),
): Quote {
  return (most) =>
    excerpt(
      writtenWords(block, { start: Math.max(0, start - NEARBY), end: start }),
      focus,
      writtenWords(block, { start: end, end: Math.min(block.prose.text.length, end + NEARBY) }),
      most,
    );
}

/** The first words of a block from an offset of its prose on, as a quotation of at most this many units. */
export function quotationFrom(block: Block, start = 0): Quote {
  const end = Math.min(block.prose.text.length, start + 2 * NEARBY);
  return (most) => beginning(writtenWords(block, { start, end }).trim(), most);
}

/** The words of a span of a block's prose, with masked parts as written. */
export function writtenWords({ prose, source }: Block, { start, end }: Span): string {
  const words = prose.text.slice(start, end);
  if (!words.includes(MASK)) return words;
  let text = "";
  let from = 0;
  for (let at = words.indexOf(MASK); at >= 0; at = words.indexOf(MASK, from)) {
    const masked = sourceSpan(prose, { start: start + at, end: start + at + 1 });
    const written = source.slice(masked.start, Math.min(masked.end, masked.start + NEARBY));
    text += words.slice(from, at) + beginning(withoutMarkup(written), SHOWN);
    from = at + 1;
  }
  return text + words.slice(from);
}

/** Code without its backticks or tags; anything whose only words are in its tags, such as an image, unchanged. */
function withoutMarkup(written: string): string {
  const code = withoutEnd(written, "`").replace(/^`+ ?/, "");
  const words = code.replace(/<\/?[a-z][^<>]*>/giu, "");
  return words.trim() === "" ? code : words;
}
