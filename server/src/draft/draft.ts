/*
 * draft/: a text as its format read it (`Draft`), and what rules say about it (`Finding`).
 *
 * A `Block` does not know its place, so one object serves every version of the draft in which the block is unchanged.
 * Tokens, findings and fingerprints are stored on it. After a keystroke only the touched blocks are new, and only they
 * are checked again.
 *
 * A rule that sees the whole draft visits the blocks that pass a test (`blocksWhere`), which only changed blocks are put
 * to again. It looks at a block's neighbours as they are now, so nothing stored can be out of date.
 *
 * `incremental/` has the only three ways to store a value between calls, none of which changes an answer: `memoizeOn`
 * and `objectCache` on the object it was computed from, and `computeOnce`.
 */

import type { Container, Frame, Half } from "./markup.ts";
import type { Prose } from "./prose.ts";
import type { Span } from "../text/span.ts";
import { upperBound } from "../text/search.ts";

/**
 * The kind of a block. `paragraph`, `heading`, `caption`, `cell` and `verse` contain prose; the others don't. A list
 * item's text is a `paragraph` with `listDepth` above 0; a block quotation's has `quoteDepth` above 0.
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

/** The normalized label, which connects references with definitions: case and spacing are ignored. */
export function normalLabel(label: string | undefined): string {
  return (label ?? "").trim().replace(/\s+/g, " ").toLowerCase();
}

/**
 * The smallest part that is judged on its own. A block does not know its place, so the same block object serves every
 * version of a draft in which it is unchanged, and values computed from it can be memoised on it (see `perBlock`).
 */
export interface Block {
  readonly kind: BlockKind;
  /** Its slice of the draft's text: whole lines, except that its container's prefix is left out of the first. */
  readonly source: string;
  readonly prose: Prose;
  readonly marks: readonly Mark[];
  /** 1 to 6 for a heading, 0 otherwise. */
  readonly level: number;
  readonly listDepth: number;
  readonly quoteDepth: number;
  /** The first block of its list item. */
  readonly startsItem: boolean;
  /** There is no blank line between it and the block before it. */
  readonly continues: boolean;
}

/**
 * A draft as the rules see it: a function of its text and format alone. `starts[i]` is the offset in `text` of
 * `blocks[i]`, in UTF-16 units, ascending.
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

/**
 * Reads one format. Given the version before a change, unchanged blocks are the same objects again; the result equals a
 * fresh parse. Never throws: any text is a draft.
 */
export interface Format<Id extends string = string> {
  readonly id: Id;
  /** Its name for people, as in the middle of a sentence. */
  readonly name: string;
  readonly files: FormatFiles;
  readonly markup: Markup;
  parse(text: string, previous?: Draft): Draft;
}

/**
 * What a format knows about its markup beyond its blocks. `formats/structure/markup.ts` has the values for a format
 * without marks of its own. Offsets are UTF-16 units. Pure, and linear in the input.
 */
export interface Markup {
  /** The halves of all pairs of a draft, in order. Halves without a partner are left out. */
  pairs(draft: Draft): readonly Half[];
  /** What contains blocks through marks on their lines, outer before inner. What is closed by tags is in `pairs`. */
  containers(draft: Draft): readonly Container[];
  /** Whether a block is a label above its content, and whether it has words of its own. */
  getLabel(block: Block): "plain" | "worded" | undefined;
  /** Whether a line is such a label, including the marks of its container. */
  isLabelLine(line: string): boolean;
  /** Whether a block begins a callout, which looks like a quotation without being one. */
  opensCallout(block: Block): boolean;
  /** Whether a block is only markup that is in `pairs`, or an empty line of its container. */
  isPairedMarkup(block: Block): boolean;
  /** Whether there is only markup in a stretch of source between two blocks. */
  isOnlyMarkup(source: string): boolean;
  /** Whether a block is made by tags in a format that has other marks for it. */
  isSetByTags(block: Block): boolean;
  /** Source that reads as a text of one line, in the middle of a block or alone. */
  escapeText(text: string): string;
  /** A stretch of a block's source as one line. */
  toOneLine(source: string): string;
  /** The words of a heading in the block's source. */
  headingWords(block: Block): Span;
  /** Where words can go in a list item or quotation without any, counted in the block's source. */
  emptyPlace(block: Block): { readonly at: number; readonly gap: string };
  /** What turns words right after a heading into a paragraph. */
  readonly paragraph: Frame;
  /** Headings have no marks, so which lines are headings is a guess, and so are their levels. */
  readonly guessesHeadings: boolean;
  /** Blocks are on lines of their own, so one ends where the line of the next begins. */
  readonly blocksOwnLines: boolean;
  /** A line after an item's first is a paragraph of its own. */
  readonly itemsAreLines: boolean;
  /** Where the main text of a page begins, in UTF-16 units: after any menus. */
  mainTextStart(text: string): number;
  /** The language tag that a text gives itself, if the format has a place for it. It is not validated here. */
  readonly declaredLanguage?: (text: string) => string | undefined;
  /** How to write comments that stay out of print; undefined if there are none. */
  comment(document: Document): CommentSyntax | undefined;
}

/** Where a block ends in its draft. */
export function blockEnd(draft: Draft, index: number): number {
  return (draft.starts[index] ?? 0) + (draft.blocks[index]?.source.length ?? 0);
}

/** Whether a block has words to judge. */
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

/** The index of the block that contains `offset`, or of the last one before it; -1 before the first. */
export function blockAt(draft: Draft, offset: number): number {
  return upperBound(draft.starts, offset) - 1;
}

/** How to write a comment that stays out of print, such as a stet. */
export interface CommentSyntax {
  readonly open: string;
  readonly close: string;
}

/** What an editor or a file system knows about an open document. */
interface Document {
  /** The editor's name for its language. */
  readonly languageId: string;
  /** In lower case, without the dot; "" if it has none. */
  readonly extension: string;
}

/** The files of a format, and what editors call its languages. Plain data: the manifest is generated from it. */
interface FormatFiles {
  /** In lower case, without the dot. Each belongs to one format only. */
  readonly extensions: readonly string[];
  /** The names that editors, VS Code and others, have for its languages. Each belongs to one format only. */
  readonly languageIds: readonly string[];
  /** Which of its files are drafts by default: all, those that read as prose, or none. */
  readonly byDefault: "every" | "prose" | "none";
  /** Whether a text reads as prose; only asked if that decides which files are drafts by default. */
  readonly isProse?: (text: string, path: string) => boolean;
  /** Whether a file, judging by its name without the extension, is written for programs. */
  readonly isForPrograms?: (stem: string) => boolean;
  readonly vscode: {
    /** Documents in these languages, and files with these extensions in a folder, start Galley. */
    readonly startsOn: {
      readonly languageIds: readonly string[];
      readonly extensions: readonly string[];
    };
    /** Documents in these languages are sent to the server, which decides about each. */
    readonly sends: readonly string[];
  };
}
