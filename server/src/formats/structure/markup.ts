import { type CommentSyntax, type Draft, holdsProse, type Markup } from "../../draft/draft.ts";
import type { Half } from "../../draft/markup.ts";
import { Pairing, proseTokens } from "./pairs.ts";

export const HTML_COMMENT: CommentSyntax = { open: "<!--", close: "-->" };

/**
 * The markup of a format without marks of its own. A format spreads it and overrides what differs.
 */
export const COMMON_MARKUP: Markup = {
  pairs,
  containers: () => [],
  getLabel: () => undefined,
  isLabelLine: () => false,
  opensCallout: () => false,
  isPairedMarkup: ({ kind, source }) =>
    kind === "break" ? /^[\s>]*$/.test(source) : kind === "directive" && /^[<{]/.test(source),
  isOnlyMarkup: () => true,
  isSetByTags: () => false,
  escapeText: (text) => text,
  toOneLine,
  headingWords: ({ source }) => ({ start: 0, end: source.trimEnd().length }),
  emptyPlace: ({ source }) => ({ at: source.length, gap: /\s$/.test(source) ? "" : " " }),
  paragraph: { before: "\n\n", after: "" },
  guessesHeadings: false,
  blocksOwnLines: true,
  itemsAreLines: false,
  mainTextStart: () => 0,
  comment: () => undefined,
};

function pairs(draft: Draft): readonly Half[] {
  const pairing = new Pairing();
  draft.blocks.forEach((block, index) => {
    if (holdsProse(block)) proseTokens(block.prose, draft.starts[index] ?? 0, pairing);
  });
  return pairing.halves();
}

/** Lines of a quotation or a list start with marks of their own. */
function toOneLine(source: string): string {
  const lines = source.split(/[\r\n][\s>]*/);
  const last = lines.pop() ?? "";
  return [...lines.map((line) => line.trimEnd()), last].join(" ");
}

/** Whether a piece of source is nothing but one caption element, which belongs to what follows. */
export function isOnlyCaption(source: string): boolean {
  const text = source.trim();
  const name = /^<(summary|figcaption|caption|legend|dt|th|h[1-6])\b/i.exec(text)?.[1];
  if (name === undefined) return false;
  const end = text.toLowerCase().indexOf(`</${name.toLowerCase()}`);
  return end >= 0 && /^<\/\w+\s*>$/.test(text.slice(end));
}
