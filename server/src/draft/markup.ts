import type { Span } from "../text/span.ts";

/**
 * A piece of markup that belongs to others: a start tag to its end tag, an opening shortcode to its
 * closing one, `{% else %}` to its `{% if %}`, a bracket to its bracket. Those of one `group` must stay
 * or go together. Offsets are UTF-16 units of the draft's text.
 */
export interface Half extends Span {
  readonly group: number;
  readonly role: "opens" | "parts" | "closes";
  /** With nothing left between, the pair says nothing: it may go. Where it has words or attributes, who knows. */
  readonly bare: boolean;
  /** It is a frame and no more: no link, which leads somewhere, and no component of the site's own. */
  readonly known: boolean;
}

/**
 * What holds blocks by the marks on their lines: a list, an item of one, a quotation, an admonition, a
 * table. Offsets are UTF-16 units of the draft's text.
 */
export interface Container extends Span {
  readonly kind: string;
  /** Of a numbered list: its first number, and the one that would come next. */
  readonly number?: number;
  readonly next?: number;
}

/** What a block does to tabs, of which a reader sees one at a time. */
export interface TabMark {
  /** The mark that opens a tab, as it is written; undefined where the block opens none. */
  readonly opens: string | undefined;
  readonly closes: boolean;
}

/** The label that a block begins with: without case, "" for none. */
export interface OpeningLabel {
  readonly text: string;
  /** The block is nothing else, so it stands over what follows. */
  readonly isAll: boolean;
}

/** A tag of an element that holds blocks: whether it is an end tag, and its class, "" for none. */
export interface ElementTag {
  readonly closes: boolean;
  readonly className: string;
}

/** What stands before and after words to make them part of a draft. */
export interface Frame {
  readonly before: string;
  readonly after: string;
}
