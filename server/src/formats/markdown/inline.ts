import type { TreeCursor } from "@lezer/common";
import { decodeHTML } from "entities";
import type { Mark } from "../../draft/draft.ts";
import type { Span } from "../../text/span.ts";
import { MASK, ProseBuilder, type Prose } from "../../draft/prose.ts";
import { VOID } from "../structure/pairs.ts";
import { shiftedMark } from "../support/blocks.ts";
import { isTemplateValue } from "../support/templates.ts";
import { CODE, endsClause, INLINE, nestsIn, readTag, type Tag } from "../support/tags.ts";

/**
 * Reads the inline nodes of a block's node into prose and marks. The cursor's offsets count in `source`; those of the
 * result count from the start of the node.
 */
export function readInline(cursor: TreeCursor, source: string): InlineText {
  const { from, to } = cursor;
  const reader = new Reader(source, from, to);
  if (cursor.firstChild()) {
    reader.nodes(cursor);
    cursor.parent();
  }
  reader.text(to);
  return { prose: reader.prose(), marks: reader.marks };
}

/** Replaces, in prose, a face or sign that is written as a name. */
const EMOJI = "\u2728";

/** `<!-- md:version 9.7 -->`: a comment that a site's own tool replaces with something. */
const MACRO = /^<!--\s*md:[a-z]/;

/** An anchor or page of the same site. */
const FILLED_IN = /^(?!\w+:\/\/|mailto:|\/)\S/;

export interface InlineText {
  readonly prose: Prose;
  readonly marks: readonly Mark[];
}

/** The parts of a link or an image: `target` if it is written there, `label` if a reference has one of its own. */
interface LinkParts {
  readonly text: Span;
  readonly target: string | undefined;
  readonly label: string | undefined;
}

/** The start tag of a link. */
interface OpenLink extends Span {
  readonly target: string | undefined;
}

interface OpenCode {
  readonly name: string;
  readonly start: number;
  open: number;
}

class Reader {
  readonly marks: Mark[] = [];
  readonly #out = new ProseBuilder();
  readonly #source: string;
  readonly #base: number;
  /** Anything but white space has been read. */
  #hasWords = false;
  /** Everything before this has been read. */
  #at: number;
  readonly #links: OpenLink[] = [];
  /** The element of inline code that is being skipped, and how many of its name are open. */
  #code: OpenCode | undefined;
  /** Elements of code that are never closed after this place. */
  #unclosed: Set<string> | undefined;
  #lowered: string | undefined;
  readonly #end: number;
  /** The first line break at or after the last place searched from. A long line is thus searched only once. */
  #newline = -1;

  constructor(source: string, base: number, end: number) {
    this.#source = source;
    this.#end = end;
    this.#base = base;
    this.#at = base;
  }

  #add(text: string, start: number, end: number): void {
    if (this.#code !== undefined) return;
    this.#hasWords ||= /\S/.test(text);
    this.#out.add(text, start - this.#base, end - this.#base);
  }

  #mark(
    kind: Mark["kind"],
    start: number,
    end: number,
    more: Partial<Mark> = {},
    index = this.marks.length,
  ): void {
    if (this.#code !== undefined) return;
    this.marks.splice(index, 0, shiftedMark({ kind, start, end, ...more }, -this.#base));
  }

  prose(): Prose {
    if (this.#code !== undefined) {
      // Its end was inside something that is not markup.
      const { start } = this.#code;
      this.#code = undefined;
      this.#add(MASK, start, this.#end);
    }
    return trimEnd(this.#out.build());
  }

  /** Reads the text up to `end`. Line breaks lose the blanks around them. */
  text(end: number): void {
    const source = this.#source;
    let at = this.#at;
    while (at < end) {
      if (this.#newline < at) {
        const end = source.indexOf("\n", at);
        this.#newline = end < 0 ? Infinity : end;
      }
      const newline = this.#newline;
      if (newline >= end) {
        this.#add(source.slice(at, end), at, end);
        break;
      }
      let stop = newline;
      while (stop > at && isBlank(source.charCodeAt(stop - 1))) stop--;
      if (stop > at) this.#add(source.slice(at, stop), at, stop);
      let next = newline + 1;
      while (next < end && isBlank(source.charCodeAt(next))) next++;
      this.#add("\n", stop, next);
      at = next;
    }
    this.#at = Math.max(this.#at, end);
  }

  /** Where the white space before `end` begins, within what is not read yet. */
  #wordsEnd(end: number): number {
    let at = end;
    while (at > this.#at && /\s/.test(this.#source.charAt(at - 1))) at--;
    return at;
  }

  /** Reads siblings from the cursor's position, and leaves it on the last of them. */
  nodes(cursor: TreeCursor): void {
    do {
      // “the council [^1].” is printed without the space.
      const ends = cursor.name === "Footnote" && endsClause(this.#source.charCodeAt(cursor.to));
      // Lezer has no node for the quotation’s mark in the line below a heading: “> ---”.
      const above = cursor.name === "HeaderMark" ? this.#source.lastIndexOf("\n", cursor.from) : -1;
      if (above > this.#at) this.text(above);
      else this.text(ends ? this.#wordsEnd(cursor.from) : cursor.from);
      this.#node(cursor);
    } while (cursor.nextSibling());
  }

  #node(cursor: TreeCursor): void {
    // Long, as each kind of node has its case.
    const { from, to, name } = cursor;
    switch (name) {
      case "Escape":
        this.#add(this.#source.slice(from + 1, to), from, to);
        break;
      case "Entity":
        this.#add(decodeHTML(this.#source.slice(from, to)), from, to);
        break;
      case "HardBreak":
        this.#at = this.#blanksEnd(to);
        this.#add("\n", from, this.#at);
        return;
      case "Emphasis":
      case "StrongEmphasis":
      case "Strikethrough":
        this.#mark("emphasis", from, to);
        if (cursor.firstChild()) {
          this.nodes(cursor);
          cursor.parent();
        }
        this.text(to);
        return;
      case "Link":
        this.#link(cursor);
        return;
      case "Image":
        this.#image(cursor);
        break;
      case "WikiLink":
        this.#wikiLink(from, to);
        break;
      case "InlineCode":
        this.#mark("code", from, to, { text: this.#withoutTicks(from, to) });
        this.#add(MASK, from, to);
        break;
      case "Autolink":
      case "URL": {
        // No address contains a quotation mark: the one a bare address runs into ends a quotation.
        const address = /^[^"“”]+/.exec(this.#source.slice(from, to))?.[0] ?? "";
        const end = name === "URL" ? from + address.length : to;
        const target = toAddress(this.#source.slice(from, end));
        this.#mark("link", from, end, { text: { start: from, end }, target });
        this.#add(MASK, from, end);
        this.#at = end;
        this.text(to);
        return;
      }
      case "Template":
        if (isTemplateValue(this.#source.slice(from, to))) this.#add(MASK, from, to);
        break;
      case "Emoji":
        // An icon may replace a word, as in “press the :material-plus: button”; a face does not.
        this.#add(this.#source.slice(from, to).includes("-") ? MASK : EMOJI, from, to);
        break;
      case "Footnote":
        this.#mark("footnote", from, to, { label: this.#source.slice(from + 2, to - 1) });
        break;
      case "Attributes": {
        const id = /^\{:?\s*#([\w:.-]+)/.exec(this.#source.slice(from, to))?.[1];
        if (id !== undefined) this.#mark("anchor", from, to, { label: id });
        break;
      }
      case "Comment":
        this.#mark("comment", from, to, { label: this.#source.slice(from + 4, to - 3).trim() });
        if (this.#hasWords && MACRO.test(this.#source.slice(from, to))) this.#add(MASK, from, to);
        break;
      case "HTMLTag":
        this.#tag(from, to);
        break;
      case "QuoteMark":
      case "HeaderMark":
      case "TaskMarker":
        this.#at = this.#blanksEnd(to);
        return;
      default:
    }
    this.#at = to;
  }

  #blanksEnd(from: number): number {
    let end = from;
    while (isBlank(this.#source.charCodeAt(end))) end++;
    return end;
  }

  #withoutTicks(from: number, to: number): Span {
    let ticks = 0;
    while (this.#source.charAt(from + ticks) === "`") ticks++;
    return { start: from + ticks, end: Math.max(from + ticks, to - ticks) };
  }

  #link(cursor: TreeCursor): void {
    const { from, to } = cursor;
    const { text, target, label } = this.#linkParts(cursor);
    const index = this.marks.length;
    // Bare brackets may be an editor's, as in "[sic]", so they stay.
    const isBare = target === undefined && label === undefined;
    if (isBare) this.text(text.start);
    this.#at = text.start;
    if (cursor.firstChild()) {
      do {
        if (cursor.from >= text.end) break;
        if (cursor.name === "LinkMark") continue;
        this.text(cursor.from);
        this.#node(cursor);
      } while (cursor.nextSibling());
      cursor.parent();
    }
    this.text(endsClause(this.#source.charCodeAt(to)) ? this.#wordsEnd(text.end) : text.end);
    if (isBare) this.text(to);
    this.#at = to;
    // The title of the target is filled in: “see [](#costs)”.
    if (from > this.#base && text.start === text.end && FILLED_IN.test(target ?? "")) {
      this.#add(MASK, from, to);
    }
    this.#linkMark("link", cursor, { text, target, label }, index);
  }

  #linkParts(cursor: TreeCursor): LinkParts {
    const { from } = cursor;
    const text = { start: from, end: -1 };
    let target: string | undefined;
    let label: string | undefined;
    if (cursor.firstChild()) {
      do {
        switch (cursor.name) {
          case "LinkMark":
            if (cursor.from === from) text.start = cursor.to;
            else if (text.end < 0) text.end = cursor.from;
            else target ??= "";
            break;
          case "URL":
            if (text.end >= 0) target = toAddress(this.#source.slice(cursor.from, cursor.to));
            break;
          case "LinkLabel":
            label = this.#source.slice(cursor.from + 1, cursor.to - 1);
            break;
          default:
        }
      } while (cursor.nextSibling());
      cursor.parent();
    }
    return { text, target, label };
  }

  #linkMark(
    kind: "link" | "image",
    { from, to }: TreeCursor,
    { text, target, label = "" }: LinkParts,
    index?: number,
  ): void {
    if (target !== undefined) this.#mark(kind, from, to, { text, target }, index);
    else {
      // The label of a reference may be its text.
      const own = label === "" ? this.#source.slice(text.start, text.end) : label;
      this.#mark("reference", from, to, { text, label: own }, index);
    }
  }

  /** The text of a wiki link: the words after its bar, or the name of the page. */
  #wikiLink(from: number, to: number): void {
    const bar = this.#source.slice(from, to).indexOf("|");
    const text = { start: from + (bar < 0 ? 2 : bar + 1), end: to - 2 };
    this.#at = text.start;
    this.text(text.end);
    this.#mark("link", from, to, { text });
  }

  #image(cursor: TreeCursor): void {
    const { from, to } = cursor;
    this.#linkMark("image", cursor, this.#linkParts(cursor));
    this.#add(MASK, from, to);
  }

  /**
   * Whether an element is closed in this block after `from`. After this many that are not, the search stops, because
   * each costs a pass through the rest of the block.
   */
  #isClosed(name: string, from: number): boolean {
    const unclosed = (this.#unclosed ??= new Set());
    if (unclosed.has(name) || unclosed.size > 50) return false;
    this.#lowered ??= this.#source.toLowerCase();
    const closed = this.#lowered.includes(`</${name}`, from);
    if (!closed) unclosed.add(name);
    return closed;
  }

  #isUnknown(name: string, from: number): boolean {
    return !INLINE.has(name) && !this.#isClosed(name, from);
  }

  #tagInCode(code: OpenCode, tag: Tag, end: number): void {
    if (tag.name !== code.name || tag.selfCloses) return;
    if (tag.closes) code.open--;
    else if (nestsIn(this.#source, tag.name, end, code.open)) code.open++;
    if (code.open > 0) return;
    this.#code = undefined;
    this.#mark("code", code.start, end);
    this.#add(MASK, code.start, end);
  }

  #tag(from: number, to: number): void {
    const tag = readTag(this.#source.slice(from, to));
    if (tag === undefined) return;
    if (this.#code !== undefined) {
      this.#tagInCode(this.#code, tag, to);
      return;
    }
    if (CODE.has(tag.name) && !tag.closes && this.#isClosed(tag.name, to)) {
      this.#code = { name: tag.name, start: from, open: 1 };
      return;
    }
    const id =
      tag.attributes.get("id") ?? (tag.name === "a" ? tag.attributes.get("name") : undefined);
    if (id !== undefined) this.#mark("anchor", from, to, { label: id });
    switch (tag.name) {
      case "br":
        this.#add("\n", from, to);
        return;
      case "img":
        this.#mark("image", from, to, { target: tag.attributes.get("src") ?? "" });
        this.#add(MASK, from, to);
        return;
      case "a": {
        if (!tag.closes) {
          this.#links.push({ start: from, end: to, target: tag.attributes.get("href") });
          return;
        }
        const { start, end, target } = this.#links.pop() ?? {};
        if (start === undefined || end === undefined || target === undefined) return;
        this.#mark("link", start, to, { text: { start: end, end: from }, target });
        return;
      }
      default:
        // `Vec<i32>` without code marks, a component, a badge: we don't know what it shows, but it is not a hole.
        if (tag.selfCloses ? !isPlace(tag) : !tag.closes && this.#isUnknown(tag.name, to)) {
          this.#add(MASK, from, to);
        }
    }
  }
}

/** An address, possibly in angle brackets. */
export function toAddress(written: string): string {
  return written.replace(/^<(.*)>$/, "$1");
}

/** Whether a self-closing tag shows nothing: it is a link target, or an element that is always empty. */
function isPlace({ name, attributes }: Tag): boolean {
  if (name === "a" || VOID.has(name)) return true;
  return INLINE.has(name) && (attributes.size === 0 || attributes.has("id"));
}

function trimEnd(prose: Prose): Prose {
  const text = prose.text.trimEnd();
  if (text.length === prose.text.length) return prose;
  const starts: number[] = [];
  const sourceStarts: number[] = [];
  const sourceEnds: number[] = [];
  for (let piece = 0; piece < prose.starts.length; piece++) {
    const from = prose.starts[piece] ?? 0;
    if (from >= text.length) break;
    const to = prose.starts[piece + 1] ?? prose.text.length;
    const sourceEnd = prose.sourceEnds[piece] ?? 0;
    starts.push(from);
    sourceStarts.push(prose.sourceStarts[piece] ?? 0);
    sourceEnds.push(to > text.length ? sourceEnd - (to - text.length) : sourceEnd);
  }
  return { text, starts, sourceStarts, sourceEnds };
}

function isBlank(code: number): boolean {
  return code === 32 || code === 9 || code === 13;
}
