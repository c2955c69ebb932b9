import { Tree } from "@lezer/common";
import { BlockContext, type MarkdownParser } from "@lezer/markdown";
import { objectCache } from "../../draft/incremental/memoize.ts";
import type { Block, Draft, Format, Mark } from "../../draft/draft.ts";
import { upperBound } from "../../text/search.ts";
import {
  bareBlock,
  commentLabel,
  placed,
  proseBlock,
  shiftedMark,
  type BlockList,
  type Place,
} from "../support/blocks.ts";
import { findDifference, toDraft } from "../support/reread.ts";
import { withLineFeeds } from "../../text/lines.ts";
import { readHtml } from "../html/html.ts";
import { readInline, toAddress } from "./inline.ts";
import { isVerse } from "../support/paragraphs.ts";
import { holdsCloser } from "../support/templates.ts";
import { ALERT, isMdx, markdownParser, mdxParser } from "./syntax.ts";
import { INPUT_START, sharedInput } from "./template-closers.ts";

/** A text, and what the parser should make of it. */
interface Source {
  readonly text: string;
  /** The same, unit for unit, in the parser's form: no byte order mark, no lone carriage returns. */
  readonly body: string;
  /** Where the front matter ends. */
  readonly base: number;
  readonly parser: MarkdownParser;
}

/** The blocks, where the document's top-level nodes start, and the index of the first block of each. */
interface NodeBlocks extends BlockList {
  readonly nodes: number[];
  readonly firsts: number[];
}

interface Parsed {
  readonly source: Source;
  readonly nodes: readonly number[];
  readonly firsts: readonly number[];
}

const parsed = objectCache<Draft, Parsed>();

/**
 * Reads Markdown, as a draft of that format. After a change only the nodes around it are read again; the others come
 * from the previous version.
 */
export function parse(text: string, format: Format, previous?: Draft): Draft {
  const source = toSource(text);
  const old = previous && parsed.get(previous);
  const list = (previous && old && readAgain(source, previous, old)) ?? readAll(source);
  const draft = toDraft(format, text, list, previous);
  parsed.set(draft, { source, nodes: list.nodes, firsts: list.firsts });
  return draft;
}

function toSource(text: string): Source {
  const base = frontMatterEnd(text);
  const body = withLineFeeds(text.charCodeAt(0) === 0xfeff ? ` ${text.slice(1)}` : text);
  return { text, body, base, parser: isMdx(body.slice(base)) ? mdxParser : markdownParser };
}

function readAll(source: Source): NodeBlocks {
  const { text, base, parser, body } = source;
  const list: NodeBlocks = { blocks: [], starts: [], nodes: [], firsts: [] };
  if (base > 0) {
    list.blocks.push(bareBlock("metadata", text.slice(0, base).trimEnd()));
    list.starts.push(0);
  }
  for (const node of readNodes(parser, body, base)) addNode(source, node, list);
  return list;
}

/** How many UTF-16 units are read at a time, until a node is reached that was there before. */
const AHEAD = 1024;

/**
 * Reads from the node before the last one that begins above the change, because a paragraph's end may depend on the
 * next two lines, to the first one below the change that began there before. All top-level nodes start afresh.
 * Undefined if everything must be read: something open far above may end at a closer in the change.
 */
function readAgain(source: Source, previous: Draft, old: Parsed): NodeBlocks | undefined {
  const { body, base, parser } = source;
  const before = old.source;
  if (parser !== before.parser || body.slice(0, base) !== before.body.slice(0, before.base))
    return undefined;
  const { start, oldEnd, newEnd } = findDifference(before.body, body);
  const lineStart = body.lastIndexOf("\n", start - 1) + 1;
  const lineEnd = endOfLine(body, newEnd);
  if (holdsCloser(body.slice(lineStart, lineEnd))) return undefined;
  if (holdsCloser(before.body.slice(lineStart, endOfLine(before.body, oldEnd)))) return undefined;

  const moved = newEnd - oldEnd;
  const kept = Math.max(0, upperBound(old.nodes, lineStart - 1) - 2);
  const first = old.firsts[kept] ?? (base > 0 ? 1 : 0);
  const list: NodeBlocks = {
    blocks: previous.blocks.slice(0, first),
    starts: previous.starts.slice(0, first),
    nodes: old.nodes.slice(0, kept),
    firsts: old.firsts.slice(0, kept),
  };
  const from = kept === 0 ? base : body.lastIndexOf("\n", (old.nodes[kept] ?? 0) - 1) + 1;
  let rest = old.nodes.length;
  for (const node of readNodes(parser, body, from, AHEAD)) {
    addNode(source, node, list);
    const index = upperBound(old.nodes, node.start - moved) - 1;
    // Whether its first block may have gained or lost a blank line before it.
    if (node.start <= lineEnd || old.nodes[index] !== node.start - moved) continue;
    if (list.firsts.at(-1) === list.blocks.length) continue;
    rest = index + 1;
    break;
  }
  const firstOfRest = old.firsts[rest] ?? previous.blocks.length;
  const added = list.blocks.length - firstOfRest;
  return {
    blocks: list.blocks.concat(previous.blocks.slice(firstOfRest)),
    starts: list.starts.concat(previous.starts.slice(firstOfRest).map((start) => start + moved)),
    nodes: list.nodes.concat(old.nodes.slice(rest).map((start) => start + moved)),
    firsts: list.firsts.concat(old.firsts.slice(rest).map((index) => index + added)),
  };
}

function endOfLine(text: string, at: number): number {
  const end = text.indexOf("\n", at);
  return end < 0 ? text.length : end;
}

/** The top-level nodes of a draft, read again; none for a draft of another format. */
export function rereadNodes(draft: Draft): Iterable<Node> {
  const source = parsed.get(draft)?.source;
  return source === undefined ? [] : readNodes(source.parser, source.body, source.base);
}

const FRONT_MATTER = /^\uFEFF?(---|\+\+\+)[ \t]*(?:\r\n?|\n)(?![ \t]*[\r\n])/;

/** Where the front matter ends (before its last line break), or 0. */
function frontMatterEnd(text: string): number {
  const match = FRONT_MATTER.exec(text);
  if (match === null) return 0;
  const close = match[1] === "---" ? /^(?:---|\.\.\.)[ \t]*$/gm : /^\+\+\+[ \t]*$/gm;
  close.lastIndex = match[0].length;
  const end = close.exec(text);
  return end === null ? 0 : end.index + end[0].length;
}

interface Frame {
  readonly tree: Pick<Tree, "children" | "positions">;
  readonly at: number;
  readonly listDepth: number;
  readonly quoteDepth: number;
  index: number;
}

/** Adds the blocks of a node. It uses its own stack, because nesting has no bound. */
function addNode({ text, body }: Source, node: Node, out: NodeBlocks): void {
  // Long, as each kind of node has its case, and decides how the next is read.
  out.nodes.push(node.start);
  out.firsts.push(out.blocks.length);
  const top = { children: [node.tree], positions: [0] };
  const stack: Frame[] = [{ tree: top, at: node.start, listDepth: 0, quoteDepth: 0, index: 0 }];
  let startsItem = false;
  let footnote = "";
  let footnoteAt = 0;
  const continuesAt = (at: number): boolean => {
    const last = out.blocks.at(-1);
    if (last === undefined) return false;
    return !blankBetween(body, (out.starts.at(-1) ?? 0) + last.source.length, at);
  };
  const put = ({ blocks, starts }: BlockList, from: number): void => {
    for (const block of blocks) out.blocks.push(block);
    for (const start of starts) out.starts.push(from + start);
    if (blocks.length > 0) startsItem = false;
  };

  for (let frame = stack.at(-1); frame !== undefined; frame = stack.at(-1)) {
    const child = frame.tree.children[frame.index];
    if (child === undefined) {
      stack.pop();
      if (footnote !== "") {
        // A footnote without text.
        const place = { ...frame, startsItem, continues: continuesAt(footnoteAt) };
        put(one(bareBlock("definition", footnote, [footnoteMark(footnote)]), place), footnoteAt);
        footnote = "";
      }
      continue;
    }
    const at = frame.at + (frame.tree.positions[frame.index] ?? 0);
    frame.index++;
    if (!(child instanceof Tree)) continue;
    const { listDepth, quoteDepth } = frame;
    switch (child.type.name) {
      case "ListMark":
      case "QuoteMark":
      case "DefinitionMark":
        continue;
      case "FootnoteMark":
        footnote = body.slice(at, at + child.length);
        footnoteAt = at;
        continue;
      case "":
      case "Admonition":
      case "FootnoteDefinition":
      case "TemplateGroup":
        stack.push({ tree: child, at, listDepth, quoteDepth, index: 0 });
        continue;
      case "BulletList":
      case "OrderedList":
        stack.push({ tree: child, at, listDepth: listDepth + 1, quoteDepth, index: 0 });
        continue;
      case "Definition":
        startsItem = true;
        stack.push({ tree: child, at, listDepth: listDepth + 1, quoteDepth, index: 0 });
        continue;
      case "ListItem":
        startsItem = true;
        if (isEmpty(child)) break;
        stack.push({ tree: child, at, listDepth, quoteDepth, index: 0 });
        continue;
      case "Blockquote":
        if (isEmpty(child)) break;
        stack.push({ tree: child, at, listDepth, quoteDepth: quoteDepth + 1, index: 0 });
        continue;
      default:
    }
    const from = footnote === "" ? at : footnoteAt;
    const place = { listDepth, quoteDepth, startsItem, continues: continuesAt(from) };
    const slice = text.slice(at, at + child.length).trimEnd();
    const list = leafBlocks(child, slice, body.slice(at, at + child.length), place);
    put(footnote === "" ? list : labelled(list, footnote, text, footnoteAt, at), from);
    footnote = "";
  }
}

/** Whether the text between two places is empty, except for quotation marks of a quotation. */
function blankBetween(body: string, from: number, to: number): boolean {
  let breaks = 0;
  for (let at = from; at < to; at++) {
    const code = body.charCodeAt(at);
    if (code === 10) {
      if (++breaks > 1) return true;
    } else if (code !== 32 && code !== 9 && code !== 13 && code !== 62) {
      breaks = 0;
    }
  }
  return false;
}

/** Whether a list item or quotation contains only its marks. */
function isEmpty(tree: Tree): boolean {
  for (const child of tree.children) {
    if (!(child instanceof Tree)) continue;
    const { name } = child.type;
    if (name === "ListMark" || name === "QuoteMark") continue;
    if (name === "" && isEmpty(child)) continue;
    return false;
  }
  return true;
}

function footnoteMark(label: string): Mark {
  return { kind: "footnote-definition", start: 0, end: label.length, label: label.slice(2, -2) };
}

/** The first block, starting at the footnote's label before it. */
function labelled(
  list: BlockList,
  label: string,
  text: string,
  labelAt: number,
  at: number,
): BlockList {
  const [first, ...rest] = list.blocks;
  if (first === undefined) return list;
  const firstAt = at + (list.starts[0] ?? 0);
  const by = firstAt - labelAt;
  const move = (offset: number): number => offset + by;
  const { prose } = first;
  const block: Block = {
    ...first,
    source: text.slice(labelAt, firstAt) + first.source,
    prose: {
      text: prose.text,
      starts: prose.starts,
      sourceStarts: Array.from(prose.sourceStarts, move),
      sourceEnds: Array.from(prose.sourceEnds, move),
    },
    marks: [footnoteMark(label), ...first.marks.map((mark) => shiftedMark(mark, by))],
  };
  return {
    blocks: [block, ...rest],
    starts: list.starts.map((start, index) => (index === 0 ? 0 : start + at - labelAt)),
  };
}

/**
 * The blocks of a node that contains no other block node. Offsets count from the start of the node. `read` is `source`
 * as the parser saw it, with the white space at its end.
 */
function leafBlocks(tree: Tree, source: string, read: string, place: Place): BlockList {
  const { name } = tree.type;
  switch (name) {
    case "Paragraph":
    case "Task": {
      if (place.quoteDepth > 0 && ALERT.test(read))
        return one(bareBlock("directive", source), place);
      const { prose, marks } = readInline(tree.cursor(), read);
      const kind = isVerse(prose.text) ? "verse" : "paragraph";
      return one(proseBlock(kind, source, prose, marks), place);
    }
    case "ListItem":
      return one(bareBlock("empty-item", source), place);
    case "Blockquote":
      return one(bareBlock("empty-quote", source), place);
    case "Table":
      return cells(tree, source, read, place);
    case "LinkReference":
      return one(bareBlock("definition", source, definition(source)), place);
    case "TemplateComment":
      return one(bareBlock("comment", source, [commentMark(source, source)]), place);
    case "FencedCode":
    case "CodeBlock":
    case "MathBlock":
    case "TemplateCode":
      return one(bareBlock("code", source), place);
    case "HTMLBlock":
      return htmlBlocks(source, read, place);
    case "CommentBlock": {
      if (!source.endsWith("-->")) return htmlBlocks(source, read, place);
      return one(bareBlock("comment", source, [commentMark(source, commentLabel(source))]), place);
    }
    case "HorizontalRule":
      return one(bareBlock("break", source), place);
    default: {
      const level = headingLevel(name);
      if (level === 0) return one(bareBlock("directive", source), place);
      const { prose, marks } = readInline(tree.cursor(), read);
      return one(proseBlock("heading", source, prose, marks, level), place);
    }
  }
}

function commentMark(source: string, label: string): Mark {
  return { kind: "comment", start: 0, end: source.length, label };
}

function one(block: Block, place: Place): BlockList {
  return { blocks: [placed(block, place)], starts: [0] };
}

/** The prose in an HTML block. A block without prose is a directive. */
function htmlBlocks(source: string, read: string, place: Place): BlockList {
  // The marks of a quotation around it are not text.
  const text =
    place.quoteDepth === 0
      ? read.slice(0, source.length)
      : read
          .slice(0, source.length)
          .replace(
            /\n[ \t]{0,100}(?:>[ \t]?){1,100}/g,
            (prefix) => `\n${" ".repeat(prefix.length - 1)}`,
          );
  const list = readHtml(text);
  if (list.blocks.length === 0) return one(bareBlock("directive", source), place);
  return {
    starts: list.starts,
    blocks: list.blocks.map((block, index) => {
      const start = list.starts[index] ?? 0;
      const own = source.slice(start, start + block.source.length);
      return placed(
        { ...block, source: own },
        {
          listDepth: block.listDepth + place.listDepth,
          quoteDepth: block.quoteDepth + place.quoteDepth,
          startsItem: block.startsItem || (index === 0 && place.startsItem),
          continues: index === 0 ? place.continues : block.continues,
        },
      );
    }),
  };
}

function cells(tree: Tree, source: string, read: string, place: Place): BlockList {
  const list: BlockList = { blocks: [], starts: [] };
  let at = place;
  const cursor = tree.cursor();
  while (cursor.next(cursor.name !== "TableCell")) {
    if (cursor.name !== "TableCell") continue;
    const { from, to } = cursor;
    const { prose, marks } = readInline(cursor, read);
    list.blocks.push(placed(proseBlock("cell", source.slice(from, to), prose, marks), at));
    list.starts.push(from);
    at = { ...place, startsItem: false, continues: true };
  }
  return list;
}

function headingLevel(name: string): number {
  return /^(?:ATX|Setext)Heading[1-6]$/.test(name) ? Number(name.slice(-1)) : 0;
}

function definition(source: string): Mark[] {
  const match = /^\[((?:[^\]\\]|\\[^])*)\]:\s*(\S*)/.exec(source);
  if (match === null) return [];
  const target = toAddress(match[2] ?? "");
  return [{ kind: "definition", start: 0, end: source.length, label: match[1] ?? "", target }];
}

/** A top-level node, and where it starts, in UTF-16 units. */
interface Node {
  readonly tree: Tree;
  readonly start: number;
}

/** The parser's output is many times the text's size, so it gets portions of at least this many UTF-16 units. */
const PORTION = 65_536;

/**
 * Reads the nodes on demand, from a line on where none is open. No node is open where portions end either, so their
 * ends make no difference.
 */
export function* readNodes(
  parser: MarkdownParser,
  text: string,
  from: number,
  portion = PORTION,
): Generator<Node> {
  const input = sharedInput(text);
  for (let start = from; ;) {
    const first = INPUT_START + start;
    const parse = parser.startParse(input, [], [{ from: first, to: input.length }]);
    let end: number | undefined;
    let tree = parse.advance();
    for (; tree === null; tree = parse.advance()) {
      if (end !== undefined || parse.parsedPos < first + portion) continue;
      if (!(parse instanceof BlockContext) || parse.depth > 1) continue;
      end = parse.parsedPos - INPUT_START;
      // It is past that point, so its next step is its last.
      parse.stopAt(parse.parsedPos - 1);
    }
    yield* topNodes(tree, start);
    if (end === undefined || end >= text.length) return;
    start = end;
  }
}

/** Many may be in a node without a name. */
function* topNodes({ children, positions }: Tree, base: number): Generator<Node> {
  for (const [index, tree] of children.entries()) {
    if (!(tree instanceof Tree)) continue;
    const start = base + (positions[index] ?? 0);
    if (tree.type.isAnonymous) yield* topNodes(tree, start);
    else yield { tree, start };
  }
}
