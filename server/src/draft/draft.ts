import type { Prose } from "./prose.ts";
import type { Edit } from "../text/edits.ts";
import type { Span } from "../text/span.ts";
import { upperBound } from "../text/search.ts";

/** The formats that Galley reads. */
export type FormatId = "markdown" | "plaintext" | "html";

/**
 * What a block is.
 * `paragraph`, `heading`, `caption`, `cell` and `verse` hold prose; the others hold none.
 * A list item's text is a `paragraph` with `listDepth` above 0, a block quotation's one with `quoteDepth` above 0.
 */
export type BlockKind =
  | "paragraph"
  | "heading"
  | "caption"
  | "cell"
  | "verse"
  | "code"
  | "comment"
  | "definition"
  | "directive"
  | "metadata"
  | "break"
  | "empty-item"
  | "empty-quote";

/**
 * A part of a block that is more than text. Offsets count from the start of the block's source.
 *
 * - `link`, `image`: `text` is the span between the brackets or tags, `target` what it leads to
 *   (undefined where a reference is used, "" where there is none).
 * - `reference`: a link, image or bare bracket that names a definition by `label`.
 * - `footnote`: a use of the footnote `label`.
 * - `definition`, `footnote-definition`: where `label` is defined.
 * - `anchor`: a place that can be linked to, named `label`.
 * - `comment`: `label` is its trimmed text.
 */
export interface Mark extends Span {
  readonly kind:
    | "link"
    | "image"
    | "reference"
    | "footnote"
    | "definition"
    | "footnote-definition"
    | "anchor"
    | "comment"
    | "code"
    | "emphasis";
  readonly text?: Span;
  readonly target?: string;
  readonly label?: string;
}

/**
 * The smallest thing that is judged by itself. A block knows nothing of its place, so the same
 * block object serves every version of a draft it stands unchanged in, and what is computed
 * from it can be kept with it (see `perBlock`).
 */
export interface Block {
  readonly kind: BlockKind;
  /** The slice of the draft's text that it covers: whole lines less their container's prefix at the first. */
  readonly source: string;
  readonly prose: Prose;
  readonly marks: readonly Mark[];
  /** 1 to 6 for a heading, 0 otherwise. */
  readonly level: number;
  readonly listDepth: number;
  readonly quoteDepth: number;
  /** The first block of its list item. */
  readonly startsItem: boolean;
  /** No blank line stands between it and the block before it. */
  readonly continues: boolean;
}

/**
 * A draft as the rules see it: a function of its text and format alone.
 * `starts[i]` is the offset in `text` of `blocks[i]`, in UTF-16 units, rising.
 */
export interface Draft {
  readonly text: string;
  readonly format: FormatId;
  readonly blocks: readonly Block[];
  readonly starts: readonly number[];
}

/**
 * Reads one format. Given the draft before a change, unchanged blocks are the same objects again
 * and the work is that of the change; the result equals a parse from nothing.
 * Never throws: any text is a draft.
 */
export interface Format {
  readonly id: FormatId;
  parse(text: string): Draft;
  update(before: Draft, text: string, changes: readonly Edit[]): Draft;
}

/** Where a block ends in its draft. */
export function blockEnd(draft: Draft, index: number): number {
  return (draft.starts[index] ?? 0) + (draft.blocks[index]?.source.length ?? 0);
}

/** Whether a block holds words to be judged. */
export function holdsProse(block: Block): boolean {
  switch (block.kind) {
    case "paragraph":
    case "heading":
    case "caption":
    case "cell":
    case "verse":
      return true;
    default:
      return false;
  }
}

/** The index of the block that holds `offset`, or of the last one before it; -1 before the first. */
export function blockAt(draft: Draft, offset: number): number {
  return upperBound(draft.starts, offset) - 1;
}
