/*
 * What a block's source may have between two of its words, whatever the format: tags, templates, marks of
 * links and notes. For rules that see a block by itself, and so not its format.
 */

/** Whether a stretch of a block's source has markup that may stand for words: a tag, a template, a link's or note's label. */
export function mayStandForWords(source: string): boolean {
  return /[<{]|\]\[|\[\^/.test(source);
}

/** Whether a stretch of a block's source begins a component or a template. */
export function holdsComponent(source: string): boolean {
  return /[<{]/.test(source);
}

/** Whether nothing stands between two words but white space, the marks of a quotation's lines, or what opens a link. */
export function isOnlySpacing(source: string): boolean {
  return /^[\s>[]*$/.test(source);
}
