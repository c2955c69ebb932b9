/*
 * Markup between two words of a block's source, in any format: tags, templates, markers of links and notes. For
 * block rules, which don't know the format.
 */

/** Whether a piece of a block's source has markup that may supply words: a tag, a template, a link's or note's label. */
export function mayStandForWords(source: string): boolean {
  return /[<{]|\]\[|\[\^/.test(withoutEmptyElements(source));
}

/** Whether a piece of a block's source contains the start of a component or a template. */
export function holdsComponent(source: string): boolean {
  return /[<{]/.test(withoutEmptyElements(source));
}

/** Whether the source between two words is only white space, quotation line markers, comments, or a link's opening. */
export function isOnlySpacing(source: string): boolean {
  return /^[\s>[]*$/.test(withoutEmptyElements(source).replace(COMMENT, ""));
}

/** Comments of a usual length: what may follow an unclosed one is read once. */
const COMMENT = /<!--[^<>]{0,400}-->/g;

/**
 * The source without elements that format nothing, which a paste or a deletion leaves: `<em></em>`, `<a href="x"> </a>`.
 * With a class, an id or data they may be an icon, or a script may fill them.
 */
function withoutEmptyElements(source: string): string {
  let [outer, inner] = ["", source];
  // Twice as deep as anyone nests them.
  for (let depth = 0; depth < 4 && outer !== inner && inner.includes("</"); depth++) {
    outer = inner;
    inner = outer.replace(EMPTY, "");
  }
  return inner;
}

const EMPTY =
  /<(em|i|b|strong|span|a|u|cite|q)(?![^<>]*\b(?:background|border))(?:\s+(?:href|target|rel|title|dir|lang|style)=(?:"[^"<>]*"|'[^'<>]*'))*\s*>(?:\s|&nbsp;)*<\/\1\s*>/gi;
