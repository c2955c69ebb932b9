/*
 * Markup between two words of a block's source, in any format: tags, templates, markers of links and notes. For
 * block rules, which don't know the format.
 */

/** Whether a piece of a block's source has markup that may supply words: a tag, a template, a link's or note's label. */
export function mayStandForWords(source: string): boolean {
  return /[<{]|\]\[|\[\^/.test(source);
}

/** Whether a piece of a block's source contains the start of a component or a template. */
export function holdsComponent(source: string): boolean {
  return /[<{]/.test(source);
}

/** Whether the source between two words is only white space, quotation line markers, or a link's opening. */
export function isOnlySpacing(source: string): boolean {
  return /^[\s>[]*$/.test(source);
}
