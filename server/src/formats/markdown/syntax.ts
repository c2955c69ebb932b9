import {
  parser as commonMark,
  GFM,
  InlineContext,
  type BlockContext,
  type BlockParser,
  type Element,
  type InlineParser,
  type LeafBlock,
  type LeafBlockParser,
  type Line,
  type MarkdownConfig,
  type MarkdownParser,
} from "@lezer/markdown";
import { COMPONENTS, goesOn, HTML_BLOCKS } from "./components.ts";
import { DEFINITIONS } from "./definitions.ts";
import {
  ADMONITION,
  directiveEndsParagraph,
  IMPORT,
  isDirective,
  isOfGrid,
  opensGrid,
  takeDirective,
} from "./directives.ts";
import { depth, goesOnIndented, isBlank, never, takeLines, takeThrough } from "./lines.ts";
import { FOOTNOTE_USE, LINK_ENDS, WIKI_LINKS } from "./links.ts";
import { SHORTHANDS, take } from "./shorthands.ts";
import { TEMPLATE_BLOCKS, TEMPLATE_GROUP, TEMPLATE_REFERENCES } from "./template-blocks.ts";
import { addLine, firstLine, type ParagraphLines, startsParagraph } from "../support/paragraphs.ts";
import { pairedTemplateEnd, templateEnd } from "../support/templates.ts";

/** The line is a label: `[!NOTE]`, as at the top of a quotation in GitHub and Obsidian. */
export const ALERT = /^\[![A-Za-z][\w-]*(?:[ \t]+[\w-]+="[^"\]\n]{0,200}"){0,4}\][+-]?/;

const EXPORT =
  /^export\s+(?:default\b|const\b|let\b|var\b|function\b|async\b|class\b|type\b|interface\b|\{|\*)/;
const FOOTNOTE_LABEL = /^\[\^([^\]\s[]{1,200})\]:/;
const TABLE_DELIMITER = /^[>\s]*(?:\|\s*)?:?-+:?\s*(?:\|\s*(?:(?::?-+:?|::?)\s*)?)*$/;

/** Whether a text is MDX rather than Markdown: it has imports or exports at its top. */
export function isMdx(text: string): boolean {
  for (const line of text.slice(0, 1000).split("\n", 12)) {
    if (IMPORT.test(line.trimEnd())) return true;
    if (/^export\s+(?:const|default|function)\b/.test(line)) return true;
    if (line.trim() !== "" && !line.startsWith("import ")) return false;
  }
  return false;
}

/** Ends a paragraph if the next line starts another one without a blank line between. */
class ParagraphEnd implements LeafBlockParser {
  #lines: ParagraphLines | undefined;
  #table = false;
  #label = false;

  nextLine(cx: BlockContext, line: Line, leaf: LeafBlock): boolean {
    const text = line.text.slice(line.basePos);
    if (this.#lines === undefined) {
      this.#lines = firstLine(leaf.content);
      this.#label = ALERT.test(leaf.content);
      this.#table = TABLE_DELIMITER.test(text);
    }
    if (!this.#table && (this.#label || startsParagraph(this.#lines, text, () => lineAfter(cx)))) {
      finish(cx, leaf);
      return true;
    }
    this.#lines = addLine(this.#lines, text);
    return false;
  }

  finish(): boolean {
    return false;
  }
}

/** The line after the current one, without what may be the prefix of a quotation. */
function lineAfter(cx: BlockContext): string {
  return cx.peekLine().replace(/^[\s>]{1,1000}/, "");
}

/** Adds a leaf as if a blank line followed. */
function finish(cx: BlockContext, leaf: LeafBlock): void {
  for (const parser of leaf.parsers) if (parser.finish(cx, leaf)) return;
  const inline = cx.parser.parseInline(leaf.content, leaf.start);
  cx.addLeafElement(
    leaf,
    cx.elt("Paragraph", leaf.start, leaf.start + leaf.content.length, inline),
  );
}

/** Splits paragraphs at sentence ends. It is last in order, so that headings, tables and definitions come first. */
const PARAGRAPHS: BlockParser = {
  name: "ParagraphEnd",
  leaf: () => new ParagraphEnd(),
};

/**
 * How deep lists, quotations and notes may be nested. Each line is offered to everything it may continue, and each
 * offer begins with a pass through the line. (markdown-it has the same limit.) Anything deeper is not prose.
 */
const DEEPEST = 100;

const TOO_DEEP: BlockParser = {
  name: "TooDeep",
  before: "LinkReference",
  parse: (cx, line) => cx.depth > DEEPEST && takeLines(cx, line, "Directive", never),
};

const DIRECTIVES: BlockParser = {
  name: "Directive",
  before: "LinkReference",
  parse(cx, line) {
    if (line.indent >= line.baseIndent + 4) return false;
    const text = line.text.slice(line.pos);
    const code = text.charCodeAt(0);
    if (code === 33 || code === 61 || code === 63) {
      if (!ADMONITION.test(text)) return false;
      cx.startComposite("Admonition", line.pos, 4);
      cx.addElement(
        cx.elt("Directive", cx.lineStart + line.pos, cx.lineStart + line.text.trimEnd().length),
      );
      line.moveBase(line.text.length);
      return null;
    }
    if (isDirective(text)) return takeDirective(cx, line);
    if (opensGrid(text)) return takeLines(cx, line, "Directive", isOfGrid);
    // A shortcode or tag that spans several lines.
    if (code === 123 && /^\{(?:\{[<%]|%)/.test(text) && templateEnd(text, 0) < 0) {
      return takeThrough(cx, line, "Directive", (next) => /[%>}]\}/.test(next), { stops: isBlank });
    }
    return false;
  },
  endLeaf: (_cx, line) => directiveEndsParagraph(line.text.slice(line.pos)),
};

const MATH: BlockParser = {
  name: "Math",
  before: "Directive",
  parse(cx, line) {
    if (line.next === 92) return takeEnvironment(cx, line);
    return opensMath(line) && takeThrough(cx, line, "MathBlock", (next) => MATH_END.test(next));
  },
  endLeaf: (_cx, line) => opensMath(line),
};

function opensMath(line: Line): boolean {
  return line.next === 36 && line.text.slice(line.pos).trimEnd() === "$$";
}

/** The end of a formula, to which MyST adds a label and Quarto attributes. */
const MATH_END = /\$\$[ \t]*(?:(?:\([\w:.-]{1,100}\)|\{[^{}]{0,200}\})[ \t]*)?$/;

/** A formula between `\begin{…}` and `\end{…}`. */
function takeEnvironment(cx: BlockContext, line: Line): boolean {
  const name = /^\\begin\{([a-z]+\*?)\}/i.exec(line.text.slice(line.pos))?.[1];
  if (name === undefined) return false;
  const end = `\\end{${name}}`;
  const isOpen = !line.text.includes(end);
  const ends = (next: string): boolean => next.includes(end);
  return takeThrough(cx, line, "MathBlock", ends, { stops: isBlank, isOpen });
}

const FOOTNOTES: BlockParser = {
  name: "FootnoteDefinition",
  before: "LinkReference",
  parse(cx, line) {
    if (line.next !== 91 || line.indent >= line.baseIndent + 4) return false;
    const match = FOOTNOTE_LABEL.exec(line.text.slice(line.pos));
    if (match === null) return false;
    const from = cx.lineStart + line.pos;
    cx.startComposite("FootnoteDefinition", line.pos, 4);
    cx.addElement(cx.elt("FootnoteMark", from, from + match[0].length));
    line.moveBase(line.pos + match[0].length);
    return null;
  },
  endLeaf: (_cx, line) => line.next === 91 && FOOTNOTE_LABEL.test(line.text.slice(line.pos)),
};

/** ES module syntax in MDX, only in files that are MDX. */
const MDX_BLOCKS: BlockParser = {
  name: "Esm",
  before: "Directive",
  parse(cx, line) {
    if (line.indent > 0 || depth(line) > 1) return false;
    const text = line.text;
    if (EXPORT.test(text) || /^import[\s{]/.test(text)) {
      return takeLines(cx, line, "Directive", (next) => !isBlank(next));
    }
    return false;
  },
};

const TEMPLATES: InlineParser = {
  name: "Template",
  before: "Escape",
  parse(cx, next, pos) {
    if (next !== 123) return -1;
    const at = pos - cx.offset;
    const pairEnd = pairedTemplateEnd(cx.text, at);
    const end = pairEnd >= 0 ? pairEnd : templateEnd(cx.text, at);
    if (end >= 0) return cx.addElement(cx.elt("Template", pos, end + cx.offset));
    const silent = silentLength(cx.text, at);
    return silent === 0 ? -1 : cx.addElement(cx.elt("Attributes", pos, pos + silent));
  },
};

/**
 * Attributes of the element before: {:target="_blank"}, {#id}, { .class }; after a link, an image or code {width=50%},
 * {=html}. Not `{index=0}`, which belongs to an assistant's mark for a source.
 */
const ATTRIBUTES = /^\{(?::| {0,2}[#.][\w-])[^{}\n]{0,300}\}/;
const ATTRIBUTES_AFTER = /^\{(?:=\w| {0,2}(?!index=\d)[\w-]{1,60}=)[^{}\n]{0,300}\}/;
/** `{ref}` right before code in backticks: a role of MyST. */
const ROLE = /^\{[a-z][\w:.+-]{0,60}\}(?=`)/i;

/** The length of what prints no words at `at`: attributes, a role; 0 if there is none. */
function silentLength(text: string, at: number): number {
  const window = text.slice(at, at + 310);
  const match =
    ATTRIBUTES.exec(window) ??
    ROLE.exec(window) ??
    (/[)\]`>*_"]/.test(text.charAt(at - 1)) ? ATTRIBUTES_AFTER.exec(window) : null);
  return match === null ? 0 : match[0].length;
}

const EXPRESSIONS: InlineParser = {
  name: "Expression",
  after: "Template",
  parse(cx, next, pos) {
    return next === 123 ? take(cx, pos, "Template", /^\{(?:[^{}]|\{[^{}]*\})*\}/) : -1;
  },
};

/** JSX with attributes that HTML could not have: `<Chart data={rows} />`. */
function jsx(tag: RegExp): InlineParser {
  return {
    name: "Jsx",
    before: "HTMLTag",
    parse(cx, next, pos) {
      return next === 60 ? take(cx, pos, "HTMLTag", tag) : -1;
    },
  };
}

const ANY_TAG =
  /^<\/?[A-Za-z][\w.]*(?:\s+(?:[\w:-]+(?:=(?:"[^"]*"|'[^']*'|\{(?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*\}))?|\{\.\.\.[^{}]*\}))*\s*\/?>/;
/** If a text does not say that it is MDX, only a component has such attributes. */
const COMPONENT_TAG = new RegExp(ANY_TAG.source.replace("[A-Za-z]", "[A-Z]"));

/** `$x^2$`, but not "$5 and $6". */
const INLINE_MATH: InlineParser = {
  name: "InlineMath",
  before: "Escape",
  parse(cx, next, pos) {
    if (next !== 36) return -1;
    const match = /^(?:\$\$[^$]{1,500}\$\$|\$[^\s$](?:[^$\n]{0,200}[^\s$\\])?\$(?![\d\w]))/.exec(
      cx.slice(pos, Math.min(cx.end, pos + 520)),
    );
    if (match === null) return -1;
    if (!match[0].startsWith("$$") && !/[\\^_={}<>]|^\$[A-Za-z]\$$/.test(match[0])) return -1;
    return cx.addElement(cx.elt("Template", pos, pos + match[0].length));
  },
};

const GALLEY: MarkdownConfig = {
  defineNodes: [
    { name: "Directive", block: true },
    { name: "MathBlock", block: true },
    { name: "Admonition", composite: goesOnIndented },
    { name: "FootnoteDefinition", composite: goesOnIndented },
    { name: "Definition", composite: goesOnIndented },
    // Its last line is the first that is read as Markdown.
    { name: TEMPLATE_GROUP, composite: () => false },
    { name: "TemplateComment", block: true },
    { name: "TemplateCode", block: true },
    "DefinitionMark",
    "FootnoteMark",
    "Template",
    "Attributes",
    "Emoji",
    "Footnote",
    "WikiLink",
  ],
  parseBlock: [
    DIRECTIVES,
    COMPONENTS,
    TEMPLATE_BLOCKS,
    MATH,
    FOOTNOTES,
    DEFINITIONS,
    TEMPLATE_REFERENCES,
    HTML_BLOCKS,
    PARAGRAPHS,
    TOO_DEEP,
  ],
  parseInline: [
    TEMPLATES,
    FOOTNOTE_USE,
    LINK_ENDS,
    WIKI_LINKS,
    SHORTHANDS,
    jsx(COMPONENT_TAG),
    INLINE_MATH,
  ],
};

const DIGITS = "0123456789";
const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

/**
 * The units that each inline parser begins with, by name. A parser that is not listed may begin anywhere. Lezer offers
 * each mark to all of them in turn. New syntax must add its units; tests compare this with Lezer's own loop.
 */
const INLINES: Readonly<Record<string, string>> = {
  Autolink: `${DIGITS}${LETTERS}_.+-`,
  Emphasis: "*_",
  Entity: "&",
  Escape: "\\",
  Expression: "{",
  Footnote: "![",
  HardBreak: "\\ ",
  HTMLTag: "<",
  Image: "!",
  InlineCode: "`",
  InlineMath: "$",
  Jsx: "<",
  Link: "[",
  LinkEnd: "]",
  Shorthand: ":+[",
  Strikethrough: "~",
  Template: "{",
  TemplateLinkEnd: "]",
  WikiLink: "![",
};

const MARKDOWN: MarkdownConfig[] = [...GFM, GALLEY];
const MDX: MarkdownConfig[] = [
  ...MARKDOWN,
  { parseBlock: [MDX_BLOCKS], parseInline: [EXPRESSIONS, jsx(ANY_TAG)] },
];

/** Reads Markdown with GFM, footnotes, templates and directives. */
export const markdownParser = quick(MARKDOWN);

/** The same for MDX. */
export const mdxParser = quick(MDX);

/** Reads the same with Lezer's own loops, against which tests check the fast ones. */
export function unoptimizedParser(isMdx: boolean): MarkdownParser {
  return whereComponentsGoOn(commonMark.configure(isMdx ? MDX : MARKDOWN));
}

/** Lezer takes a component for the HTML element of the same name. Here it does not end a paragraph. */
function whereComponentsGoOn(parser: MarkdownParser): MarkdownParser {
  const { endLeafBlock } = parser as unknown as Insides;
  endLeafBlock.forEach((ends, index) => {
    endLeafBlock[index] = (cx, line, leaf) => ends(cx, line, leaf) && !goesOn(line);
  });
  return parser;
}

/** The parts of the pinned parser that its types omit. */
interface Insides {
  readonly endLeafBlock: NonNullable<BlockParser["endLeaf"]>[];
  readonly inlineParsers: readonly (ParseInline | undefined)[];
  readonly inlineNames: readonly string[];
}
type ParseInline = InlineParser["parse"];
type NewInlineContext = new (parser: MarkdownParser, text: string, offset: number) => InlineContext;

/** Inline text is read in stretches of at most this many units, so that unclosed marks cost little. */
const STRETCH = 4000;
/** With this many marks in a stretch, the complete ones are put aside. */
const MANY = 400;
const TOO_MANY = 2000;

function quick(syntax: MarkdownConfig[]): MarkdownParser {
  const parser = whereComponentsGoOn(commonMark.configure(syntax));
  const parsersFor = inlineParsersByFirstUnit(parser);
  /*
   * Lezer offers every unit of a text to each of its inline parsers, which takes three quarters of its time. Only these
   * units can begin something; a test compares this with Lezer's own loop. What must come before them is left to the
   * parsers, because looking back takes longer.
   */
  const inlineStarts = /[\\`*_[\]<&!~{$:+]|(?<! ) {2,}\n|www\.|https?:\/\/|mailto:|xmpp:/g;
  const everyUnit = /[^]/g;

  parser.parseInline = (text, offset) => {
    // An address may begin at any letter before its "@".
    const places = text.includes("@") ? everyUnit : inlineStarts;
    places.lastIndex = 0;
    if (!places.test(text)) return [];
    if (text.length <= STRETCH) return read(text, offset, places);
    const elements: Element[] = [];
    for (let from = 0; from < text.length;) {
      const to = stretchEnd(text, from);
      for (const element of read(text.slice(from, to), offset + from, places))
        elements.push(element);
      from = to;
    }
    return elements;
  };

  function read(text: string, offset: number, places: RegExp): Element[] {
    const cx = new (InlineContext as unknown as NewInlineContext)(parser, text, offset);
    let done: Element[] = [];
    let hits = 0;
    let at = 0;
    for (;;) {
      places.lastIndex = at;
      const match = places.exec(text);
      if (match === null) break;
      const { index } = match;
      const next = text.charCodeAt(index);
      at = index + 1;
      for (const parse of parsersFor(next)) {
        const end = parse(cx, next, offset + index);
        if (end < 0) continue;
        at = end - offset;
        hits++;
        break;
      }
      if (hits > MANY && (hits > TOO_MANY || !cx.hasOpenLink)) {
        done = done.concat(cx.takeContent(0));
        hits = 0;
      }
    }
    const rest = cx.takeContent(0);
    return done.length === 0 ? rest : done.concat(rest);
  }

  return parser;
}

function stretchEnd(text: string, from: number): number {
  const limit = from + STRETCH;
  if (limit >= text.length) return text.length;
  for (const between of ["\n", ". ", " "]) {
    const place = text.lastIndexOf(between, limit - between.length);
    if (place > from + STRETCH / 2) return place + between.length;
  }
  return limit;
}

/** The inline parsers that may begin with a unit, in order. */
function inlineParsersByFirstUnit(
  parser: MarkdownParser,
): (unit: number) => readonly ParseInline[] {
  const { inlineParsers, inlineNames } = parser as unknown as Insides;
  const mayBegin = (char: string): ParseInline[] =>
    inlineParsers.flatMap((parse, index) => {
      const units = INLINES[inlineNames[index] ?? ""];
      return parse !== undefined && (units?.includes(char) ?? true) ? [parse] : [];
    });
  const table = Array.from({ length: 128 }, (_, unit) => mayBegin(String.fromCharCode(unit)));
  const beyond = mayBegin("\u0080");
  return (unit) => table[unit] ?? beyond;
}
