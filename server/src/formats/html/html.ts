import type { Block, BlockKind, Mark } from "../../draft/draft.ts";
import { MASK, ProseBuilder } from "../../draft/prose.ts";
import type { Span } from "../../text/span.ts";
import {
  bareBlock,
  commentLabel,
  placed,
  proseBlock,
  shiftedMark,
  type BlockList,
} from "../support/blocks.ts";
import { withLineFeeds } from "../../text/lines.ts";
import {
  BLOCK,
  closed,
  type Context,
  HEADINGS,
  hidesContent,
  kindWithin,
  opened,
} from "./elements.ts";
import { isVerse, paragraphStarts } from "../support/paragraphs.ts";
import { CODE, endsClause, nestsIn, tokenize, type HtmlTokens, type Tag } from "../support/tags.ts";
import { isTemplateValue, templateEnd } from "../support/templates.ts";

/** The HTML in `source`, as blocks whose offsets start at its beginning. */
export function readHtml(source: string): BlockList {
  const text = withLineFeeds(source);
  const templates = templatesIn(text);
  const reader = new Reader(source, text, templates);
  tokenize(withoutTemplates(text, templates), reader);
  return reader.finish();
}

/** A template expression; with `value` it produces output. */
export interface Template extends Span {
  readonly value: boolean;
}

export function templatesIn(text: string): Template[] {
  const templates: Template[] = [];
  const opener = /\{[{%#]|<[?%]/g;
  let unclosed = Infinity;
  for (let match = opener.exec(text); match !== null; match = opener.exec(text)) {
    const start = match.index;
    let end: number;
    if (text.charAt(start) === "{") {
      end = templateEnd(text, start);
    } else {
      const closer = text.charAt(start + 1) + ">";
      const close = start > unclosed ? -1 : text.indexOf(closer, start + 2);
      if (close < 0 && closer === "?>") unclosed = start;
      end = close < 0 || (closer === "%>" && close > start + 4000) ? -1 : close + 2;
    }
    if (end < 0) continue;
    const source = text.slice(start, end);
    // A comment or script that ends in it began earlier.
    if (/-->|<\/script/.test(source)) continue;
    const value = source.startsWith("<") ? source.charAt(2) === "=" : isTemplateValue(source);
    templates.push({ start, end, value });
    opener.lastIndex = end;
  }
  return templates;
}

/** The text with templates replaced by letters, unit for unit, so that their quotes and tags are not parsed as HTML. */
export function withoutTemplates(text: string, templates: readonly Template[]): string {
  if (templates.length === 0) return text;
  const parts: string[] = [];
  let at = 0;
  for (const { start, end } of templates) {
    parts.push(text.slice(at, start), "x".repeat(end - start));
    at = end;
  }
  parts.push(text.slice(at));
  return parts.join("");
}

interface Piece extends Span {
  readonly text: string;
}

/** The text between two block boundaries, while it is being read. */
interface Run {
  readonly start: number;
  end: number;
  readonly pieces: Piece[];
  readonly marks: Mark[];
  /** White space that is added only if more text comes. */
  space: Piece | undefined;
  /** Only white space since the last line break. */
  broken: boolean;
}

/** The end of a list that is the last thing in a table's cell. */
const CELL_END = /\s*<\/(?:ul|ol|menu)>\s*<\/?t[abdfhr]/iy;

class Reader implements HtmlTokens {
  readonly #source: string;
  readonly #text: string;
  readonly #templates: readonly Template[];
  #nextTemplate = 0;
  readonly #out: BlockList = { blocks: [], starts: [] };
  #context: Context | undefined;
  /** The start tag of the paragraph or heading whose text has not begun or is being read. */
  #wrapper: Tag | undefined;
  /** The start tag of the list item that is still empty. */
  #item: Tag | undefined;
  /** Whether no text and no item was read since the last table cell began. */
  #isBareCell = false;
  #run: Run | undefined;
  #links: Tag[] = [];
  /** The skipped element, and how many elements of its name are open. */
  #passed: { readonly tag: Tag; open: number } | undefined;
  /** The skipped inline code, and how many elements of its name are open. */
  #code: { readonly tag: Tag; open: number } | undefined;

  constructor(source: string, text: string, templates: readonly Template[]) {
    this.#source = source;
    this.#text = text;
    this.#templates = templates;
  }

  finish(): BlockList {
    if (this.#passed?.tag.name === "pre")
      this.#bare("code", this.#passed.tag.start, this.#text.length);
    this.#flush();
    return this.#out;
  }

  text(start: number, end: number): void {
    if (this.#passed !== undefined) return;
    let at = start;
    for (;;) {
      const template = this.#templates[this.#nextTemplate];
      if (template === undefined || template.start >= end) break;
      this.#nextTemplate++;
      if (template.start < at) continue;
      this.#words(at, template.start);
      if (template.value) this.#add(MASK, template.start, template.end);
      else if (this.#run !== undefined) this.#run.end = template.end;
      at = template.end;
    }
    this.#words(at, end);
  }

  entity(words: string, start: number, end: number): void {
    if (this.#passed !== undefined) return;
    // A reference may represent two code points.
    const last = start === end ? this.#run?.pieces.pop() : undefined;
    this.#add((last?.text ?? "") + words, last?.start ?? start, end);
  }

  comment(start: number, end: number): void {
    if (this.#passed !== undefined || this.#code !== undefined) return;
    const label = commentLabel(this.#text.slice(start, end));
    if (this.#run === undefined) {
      this.#wrapper = undefined;
      this.#bare("comment", start, end, [{ kind: "comment", start: 0, end: end - start, label }]);
      return;
    }
    this.#run.marks.push({ kind: "comment", start, end, label });
    this.#run.end = end;
  }

  tag(tag: Tag): void {
    const { name, closes, start, end } = tag;
    if (this.#passed !== undefined) {
      this.#pass(this.#passed, tag);
    } else if (name === "pre" || hidesContent(tag)) {
      if (BLOCK.has(name) || name === "pre") this.#flush();
      else if (this.#run !== undefined) this.#run.end = end;
      if (!closes && !tag.selfCloses) this.#passed = { tag, open: 1 };
    } else if (BLOCK.has(name)) {
      if (closes) this.#closeBlock(tag);
      else this.#openBlock(tag);
    } else if (this.#code !== undefined) {
      const code = this.#code;
      if (name !== code.tag.name || tag.selfCloses) return;
      if (closes) code.open--;
      else if (nestsIn(this.#text, name, end, code.open)) code.open++;
      if (code.open === 0) this.#endCode(end);
    } else if (name === "br") {
      this.#lineBreak(start, end);
    } else {
      this.#inline(tag);
    }
  }

  #pass(passed: { readonly tag: Tag; open: number }, tag: Tag): void {
    if (tag.name !== passed.tag.name || tag.selfCloses) return;
    passed.open += tag.closes ? -1 : 1;
    if (passed.open > 0) return;
    this.#passed = undefined;
    if (tag.name === "pre") this.#bare("code", passed.tag.start, tag.end);
    else if (this.#run !== undefined) this.#run.end = tag.end;
  }

  #openBlock(tag: Tag): void {
    this.#flush();
    const { name, start, end } = tag;
    this.#context = opened(this.#context, name);
    if (name === "td" || name === "th") this.#isBareCell = true;
    if (name === "li") this.#item = tag;
    if (name === "hr") this.#bare("break", start, end);
    if (name === "p" || HEADINGS.has(name)) {
      this.#wrapper = tag;
      return;
    }
    const label = tag.attributes.get("id");
    if (label === undefined) return;
    this.#bare("directive", start, end, [{ kind: "anchor", start: 0, end: end - start, label }]);
  }

  #closeBlock(tag: Tag): void {
    const { name, end } = tag;
    if (this.#run !== undefined && this.#wrapper?.name === name) this.#run.end = end;
    this.#flush();
    const within = this.#context;
    this.#context = closed(within, name);
    if (name === "li" && within?.name === "li" && this.#item !== undefined) {
      CELL_END.lastIndex = end;
      // An item that is all of a table's cell makes it an empty cell.
      const isCell = this.#isBareCell && CELL_END.test(this.#text);
      this.#isBareCell = false;
      if (!isCell) this.#bare("empty-item", this.#item.start, end);
    }
    this.#item = undefined;
  }

  #begin(start: number): Run {
    this.#isBareCell = false;
    this.#run ??= {
      start: this.#wrapper?.start ?? start,
      end: start,
      pieces: [],
      marks: [],
      space: undefined,
      broken: false,
    };
    return this.#run;
  }

  #words(start: number, end: number): void {
    let from = start;
    while (from < end) {
      let to = from;
      while (to < end && isSpace(this.#text.charCodeAt(to))) to++;
      if (to > from) this.#blank(this.#text.slice(from, to), from, to);
      from = to;
      while (to < end && this.#text.charCodeAt(to) !== 10) to++;
      const next = to;
      while (to > from && isSpace(this.#text.charCodeAt(to - 1))) to--;
      if (to > from) this.#add(this.#text.slice(from, to), from, to);
      from = to === from ? next : to;
    }
  }

  #add(text: string, start: number, end: number): void {
    if (this.#code !== undefined) return;
    const run = this.#begin(start);
    if (run.space !== undefined && run.pieces.length > 0) run.pieces.push(run.space);
    run.space = undefined;
    run.broken = false;
    run.pieces.push({ text, start, end });
    run.end = end;
  }

  #blank(text: string, start: number, end: number): void {
    const run = this.#run;
    if (run === undefined || this.#code !== undefined) return;
    const words =
      text.includes("\n") || run.space?.text === "\n" ? "\n" : (run.space?.text ?? text);
    run.space = { text: words, start: run.space?.start ?? start, end };
  }

  #lineBreak(start: number, end: number): void {
    const { space, broken } = this.#run ?? {};
    if (space !== undefined && broken === true) {
      // Two in a row separate paragraphs.
      this.#flush();
      return;
    }
    this.#blank("\n", start, end);
    if (this.#run !== undefined) this.#run.broken = true;
  }

  #inline(tag: Tag): void {
    const { name, closes, start, end, attributes } = tag;
    const run = this.#begin(start);
    run.end = end;
    if (closes) {
      if (endsClause(this.#text.charCodeAt(end)) && this.#endsIn(run.space, start)) {
        run.space = undefined;
      }
      const open = name === "a" ? this.#links.pop() : undefined;
      const target = open?.attributes.get("href");
      if (open === undefined || target === undefined) return;
      const text = { start: open.end, end: start };
      run.marks.push({ kind: "link", start: open.start, end, text, target });
      return;
    }
    const id = attributes.get("id") ?? (name === "a" ? attributes.get("name") : undefined);
    if (id !== undefined) run.marks.push({ kind: "anchor", start, end, label: id });
    if (name === "a") this.#links.push(tag);
    if (name === "img") {
      run.marks.push({ kind: "image", start, end, target: attributes.get("src") ?? "" });
      this.#add(MASK, start, end);
    }
    if (CODE.has(name) && !tag.selfCloses) this.#code = { tag, open: 1 };
  }

  /** Whether there is white space right before a tag, inside the element that the tag closes. */
  #endsIn(space: Piece | undefined, tag: number): boolean {
    return space?.end === tag && !this.#text.slice(space.start, tag).includes("<");
  }

  #endCode(end: number): void {
    const code = this.#code;
    if (code === undefined) return;
    this.#code = undefined;
    this.#add(MASK, code.tag.start, end);
    this.#run?.marks.push({ kind: "code", start: code.tag.start, end });
  }

  /** Ends the current run, if any, and adds its blocks: one for each paragraph. */
  #flush(): void {
    if (this.#code !== undefined) this.#endCode(this.#code.tag.end);
    const run = this.#run;
    const wrapper = this.#wrapper;
    this.#run = this.#wrapper = undefined;
    this.#links = [];
    if (run === undefined) return;
    const { pieces, marks } = run;
    const label = wrapper?.attributes.get("id");
    if (wrapper !== undefined && label !== undefined) {
      marks.unshift({ kind: "anchor", start: wrapper.start, end: wrapper.end, label });
    }
    const within = wrapper !== undefined && HEADINGS.has(wrapper.name) ? wrapper.name : undefined;
    const { kind, level } = kindWithin(within, this.#context);
    const text = pieces.map((piece) => piece.text).join("");
    const wordless = text.split(MASK).join("").trim() === "";
    if (text === "" || (wordless && marks.every((mark) => mark.kind === "anchor"))) {
      this.#bare(
        "directive",
        run.start,
        run.end,
        marks.map((mark) => shiftedMark(mark, -run.start)),
      );
      return;
    }
    const verse = kind === "paragraph" && isVerse(text);
    const cuts = kind === "paragraph" && !verse ? paragraphStarts(text) : [0];
    for (const part of parted(run, cuts)) {
      const prose = new ProseBuilder();
      for (const { text, start, end } of part.pieces) {
        prose.add(text, start - part.start, end - part.start);
      }
      const marks = part.marks.map((mark) => shiftedMark(mark, -part.start));
      const source = this.#source.slice(part.start, part.end);
      const block = proseBlock(verse ? "verse" : kind, source, prose.build(), marks, level);
      this.#put(block, part.start, part.start > run.start);
    }
  }

  #bare(kind: BlockKind, start: number, end: number, marks: readonly Mark[] = []): void {
    this.#put(bareBlock(kind, this.#source.slice(start, end), marks), start);
  }

  #put(block: Block, start: number, continues = this.#isContinued(start)): void {
    const { listDepth = 0, quoteDepth = 0 } = this.#context ?? {};
    const startsItem = this.#item !== undefined;
    this.#out.blocks.push(placed(block, { listDepth, quoteDepth, startsItem, continues }));
    this.#out.starts.push(start);
    this.#item = undefined;
  }

  /** Whether there is no blank line between the last block and `start`. */
  #isContinued(start: number): boolean {
    const last = this.#out.blocks.at(-1);
    if (last === undefined) return false;
    const end = (this.#out.starts.at(-1) ?? 0) + last.source.length;
    return !/\n[ \t\r]*\n/.test(this.#text.slice(end, start));
  }
}

interface Part extends Span {
  end: number;
  readonly pieces: Piece[];
  readonly marks: Mark[];
}

/** The run, split at offsets of its text (UTF-16 units), without the line breaks before them. */
function parted(run: Run, cuts: readonly number[]): Part[] {
  const parts: Part[] = [];
  let length = 0;
  for (const piece of run.pieces) {
    const last = parts.at(-1);
    if (last === undefined || length >= (cuts[parts.length] ?? Infinity)) {
      if (last !== undefined) {
        last.pieces.pop();
        last.end = last.pieces.at(-1)?.end ?? last.start;
      }
      const start = last === undefined ? run.start : piece.start;
      parts.push({ start, end: run.end, pieces: [piece], marks: [] });
    } else {
      last.pieces.push(piece);
    }
    length += piece.text.length;
  }
  let at = 0;
  for (const mark of [...run.marks].sort((a, b) => a.start - b.start)) {
    while (at + 1 < parts.length && (parts[at + 1]?.start ?? 0) <= mark.start) at++;
    const part = parts[at];
    if (part === undefined || mark.start < part.start) continue;
    // Tags that close right after the words belong to them. A mark across two paragraphs is in neither.
    if (mark.end > (parts[at + 1]?.start ?? run.end)) continue;
    part.end = Math.max(part.end, mark.end);
    part.marks.push(mark);
  }
  return parts;
}

function isSpace(code: number): boolean {
  return code === 32 || code === 10 || code === 9 || code === 13 || code === 12;
}
