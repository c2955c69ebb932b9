import type { Span } from "../text/span.ts";

/**
 * A piece of markup that belongs with others: a start tag with its end tag, an opening shortcode with its closing one,
 * `{% else %}` with its `{% if %}`, a bracket with its bracket. Those of one `group` must stay or go together. Offsets
 * are UTF-16 units of the draft's text.
 */
export interface Half extends Span {
  readonly group: number;
  readonly role: "opens" | "parts" | "closes";
  /** With nothing between its halves, the pair means nothing and may go. If it has attributes, we can't know. */
  readonly bare: boolean;
  /** It is only a frame: not a link, which leads somewhere, and not a component of the site's own. */
  readonly known: boolean;
}

/**
 * What contains blocks through marks on their lines: a list, a list item, a quotation, an admonition, a table. Offsets
 * are UTF-16 units of the draft's text.
 */
export interface Container extends Span {
  readonly kind: string;
  /** For a numbered list: its first number, and the next one. */
  readonly number?: number;
  readonly next?: number;
}

/** What goes before and after words to make them part of a draft. */
export interface Frame {
  readonly before: string;
  readonly after: string;
}
