/*
 * draft/: what a text was read as (`Draft`), and what rules say about it (`Finding`).
 *
 * A `Block` does not know its place, so one object serves every version of the draft in which the block is unchanged.
 * Tokens, findings and fingerprints are stored on it. After a keystroke only the blocks that were touched are new, and
 * only they are checked again.
 *
 * A rule that sees the whole draft asks each block what is stored on it whether it matters (`blocksWhere`), and looks
 * at its neighbours as they are now, so nothing stored can be out of date.
 *
 * `incremental/` has the only three ways to store a value between calls, none of which changes an answer: `memoizeOn`
 * and `objectCache` on the object it was computed from, and `computeOnce`.
 */

import type { CommentSyntax, Document, FormatFiles } from "./format-files.ts";
import type { Container, ElementTag, Frame, Half, OpeningLabel, TabMark } from "./markup.ts";
import type { Prose } from "./prose.ts";
import type { Span } from "../text/span.ts";
import { upperBound } from "../text/search.ts";

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
 * - `code`: `text` is what stands between its marks, where those are no tags.
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

/** The normalized label, by which references match definitions: case and spacing are ignored. */
export function normalLabel(label: string | undefined): string {
  return (label ?? "").trim().replace(/\s+/g, " ").toLowerCase();
}

/**
 * The smallest thing that is judged by itself. A block knows nothing of its place, so the same
 * block object serves every version of a draft it stands unchanged in, and what is computed
 * from it can be memoised on it (see `perBlock`).
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
  readonly format: Format;
  readonly blocks: readonly Block[];
  readonly starts: readonly number[];
}

/** A block of a draft, its index, and where it begins, in UTF-16 units. */
export interface PlacedBlock {
  readonly block: Block;
  readonly index: number;
  readonly start: number;
}

/** The blocks that pass a test, in order. All are asked at each keystroke: a test that reads words is `perBlock`. */
export function blocksWhere(
  { blocks, starts }: Pick<Draft, "blocks" | "starts">,
  test: (block: Block) => boolean,
): PlacedBlock[] {
  const passing: PlacedBlock[] = [];
  for (const [index, block] of blocks.entries()) {
    if (test(block)) passing.push({ block, index, start: starts[index] ?? 0 });
  }
  return passing;
}

/**
 * Reads one format. Given the version before a change, unchanged blocks are the same objects again; the result equals a
 * parse from nothing. Never throws: any text is a draft.
 */
export interface Format<Id extends string = string> {
  readonly id: Id;
  /** What people call it, as in the middle of a sentence. */
  readonly name: string;
  readonly files: FormatFiles;
  readonly markup: Markup;
  parse(text: string, previous?: Draft): Draft;
}

/**
 * What a format knows of its markup that a reading into blocks does not say. `formats/structure/markup.ts`
 * has what a format without marks of its own would say. Offsets are UTF-16 units. Pure, and linear in
 * what is handed in.
 */
export interface Markup {
  /** The halves of all pairs of a draft, in order. What has no partner is in none. */
  pairs(draft: Draft): readonly Half[];
  /** What holds blocks by the marks on their lines, the outer before what it holds. What is closed by tags is in `pairs`. */
  containers(draft: Draft): readonly Container[];
  /** Whether a block is a label that stands over what it holds, and whether it has words of its own. */
  getLabel(block: Block): "plain" | "worded" | undefined;
  /** Whether a line is such a label, with the marks of what holds it. */
  isLabelLine(line: string): boolean;
  /** Whether a block begins a callout, which is set like a quotation without being one. */
  opensCallout(block: Block): boolean;
  /** Whether a block is nothing but markup that is in `pairs`, or an empty line of what holds it. */
  isPairedMarkup(block: Block): boolean;
  /** Whether nothing but markup stands in a stretch of source between two blocks. */
  isOnlyMarkup(source: string): boolean;
  /** Whether nothing but the marks of lists and tables stands on a line, given what is before a block on it. `>` and blanks are one space. */
  isMargin(before: string): boolean;
  /** Whether the item whose text starts at `start` is numbered. */
  isNumberedItem(text: string, start: number): boolean;
  /** Whether a block is set by tags in a format that has other marks for it. */
  isSetByTags(block: Block): boolean;
  /** What a start tag at the start of a block is the block's own, as a paragraph's is. */
  isBlockTag(tag: string): boolean;
  /** Whether a stretch of source has the mark of inline code in it. */
  holdsCode(source: string): boolean;
  /** Source that reads as a text of one line, in the middle of a block or alone. */
  escapeText(text: string): string;
  /** A stretch of a block's source as one line. */
  toOneLine(source: string): string;
  tabMark(block: Block): TabMark;
  /** Whether a block shows what follows it to some readers only. */
  isVariantMark(block: Block): boolean;
  /** Whether a block opens an aside, such as a note or a warning, by a mark of its own. */
  opensAside(block: Block): boolean;
  /** The tags in a block of elements that hold blocks, in order. */
  elementTags(block: Block): readonly ElementTag[];
  /** The class of a paragraph that has one, "" for none. */
  getClass(block: Block): string;
  /** The label that a block begins with, set in bold, as code or as a caption. */
  openingLabel(block: Block): OpeningLabel;
  /** Whether a block puts another file in its place. */
  isInclude(block: Block): boolean;
  /** The words of a heading in the block's source. */
  headingWords(block: Block): Span;
  /** Where words can be written in a list item or quotation that has none, counted in the block's source. */
  emptyPlace(block: Block): { readonly at: number; readonly gap: string };
  /** What makes words that are put right after a heading a paragraph. */
  readonly paragraph: Frame;
  /** Headings have no marks: which lines are some is a guess, and their levels are, too. */
  readonly guessesHeadings: boolean;
  /** Blocks stand on lines of their own, so that one ends where the line of the next begins. */
  readonly blocksOwnLines: boolean;
  /** A line after an item's first is a paragraph of its own. */
  readonly itemsAreLines: boolean;
  /** Where the text that a page is about begins, in UTF-16 units: behind its menus, where it has any. */
  mainTextStart(text: string): number;
  /** The language tag that a text gives itself, where the format has a place for it; whether it is one is for others to say. */
  readonly declaredLanguage?: (text: string) => string | undefined;
  /** How comments are written in a document that stay out of print; undefined where there are none. */
  comment(document: Document): CommentSyntax | undefined;
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
