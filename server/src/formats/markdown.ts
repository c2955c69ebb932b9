import { Tree, type NodeType } from "@lezer/common";
import type { Block, BlockKind, Draft, Format, Mark } from "../core/draft.ts";
import type { Prose } from "../core/prose.ts";
import { readInline } from "./markdown-inline.ts";
import { ALERT, isMdx, markdownParser, mdxParser } from "./markdown-syntax.ts";

/** Markdown: CommonMark and GFM, with front matter, footnotes, templates and MDX. */
export const markdown: Format = {
  id: "markdown",
  parse,
  update: (_before, text) => parse(text),
};

function parse(text: string): Draft {
  const matter = frontMatterEnd(text);
  const body = parseable(matter === 0 ? text : text.slice(matter));
  const tree = (isMdx(body) ? mdxParser : markdownParser).parse(body);
  const out: Collected = { blocks: [], starts: [] };
  if (matter > 0) {
    out.blocks.push(bare("metadata", text.slice(0, matter), false));
    out.starts.push(0);
  }
  walk(tree, body, matter, out);
  return { text, format: "markdown", blocks: out.blocks, starts: out.starts };
}

/** The same text, unit for unit, as the parser wants it: no byte order mark, no lone carriage returns. */
function parseable(text: string): string {
  let body = text;
  if (body.charCodeAt(0) === 0xfeff) body = ` ${body.slice(1)}`;
  return body.includes("\r") ? body.replace(/\r(?!\n)/g, "\n") : body;
}

/** Where the front matter ends (its line break not included), or 0. */
function frontMatterEnd(text: string): number {
  const match = /^\uFEFF?(---|\+\+\+)[ \t]*(?:\r\n?|\n)/.exec(text);
  if (match === null) return 0;
  const fence = match[1] ?? "---";
  const close = fence === "---" ? /^(?:---|\.\.\.)[ \t]*$/gm : /^\+\+\+[ \t]*$/gm;
  close.lastIndex = match[0].length;
  const end = close.exec(text);
  if (end === null) return 0;
  // A thematic break over a paragraph looks the same; metadata has no blank first line.
  if (/^[ \t]*(?:\r|\n|$)/.test(text.slice(match[0].length, match[0].length + 200))) return 0;
  return end.index + end[0].length;
}

interface Collected {
  readonly blocks: Block[];
  readonly starts: number[];
}

/** What a block stands in. */
interface Place {
  readonly listDepth: number;
  readonly quoteDepth: number;
}

const NO_PROSE: Prose = { text: "", starts: [], sourceStarts: [], sourceEnds: [] };

function bare(kind: BlockKind, source: string, continues: boolean, marks: Mark[] = []): Block {
  return {
    kind,
    source,
    prose: NO_PROSE,
    marks,
    level: 0,
    listDepth: 0,
    quoteDepth: 0,
    startsItem: false,
    continues,
  };
}

interface Frame {
  readonly tree: Tree;
  readonly at: number;
  readonly place: Place;
  index: number;
}

/** Goes over the block nodes in order, with a stack of its own: nesting has no bound. */
function walk(tree: Tree, body: string, base: number, out: Collected): void {
  const stack: Frame[] = [{ tree, at: 0, place: { listDepth: 0, quoteDepth: 0 }, index: 0 }];
  let startsItem = false;
  let footnote: Mark | undefined;
  for (let frame = stack.at(-1); frame !== undefined; frame = stack.at(-1)) {
    const child = frame.tree.children[frame.index];
    if (child === undefined) {
      stack.pop();
      continue;
    }
    const at = frame.at + (frame.tree.positions[frame.index] ?? 0);
    frame.index++;
    if (!(child instanceof Tree)) continue;
    const { place } = frame;
    switch (child.type.name) {
      case "":
        stack.push({ tree: child, at, place, index: 0 });
        continue;
      case "BulletList":
      case "OrderedList":
        stack.push({
          tree: child,
          at,
          place: { ...place, listDepth: place.listDepth + 1 },
          index: 0,
        });
        continue;
      case "Admonition":
        stack.push({ tree: child, at, place, index: 0 });
        continue;
      case "ListItem":
        if (isEmpty(child)) {
          const source = body.slice(at, at + child.length).trimEnd();
          push(out, body, base, at, bare("empty-item", source, false), place, true);
        } else {
          startsItem = true;
          stack.push({ tree: child, at, place, index: 0 });
        }
        continue;
      case "Blockquote":
        if (isEmpty(child)) {
          const source = body.slice(at, at + child.length).trimEnd();
          push(out, body, base, at, bare("empty-quote", source, false), place, startsItem);
          startsItem = false;
        } else {
          stack.push({
            tree: child,
            at,
            place: { ...place, quoteDepth: place.quoteDepth + 1 },
            index: 0,
          });
        }
        continue;
      case "FootnoteDefinition":
        stack.push({ tree: child, at, place, index: 0 });
        continue;
      case "FootnoteMark":
        footnote = {
          kind: "footnote-definition",
          start: at,
          end: at + child.length,
          label: body.slice(at + 2, at + child.length - 2),
        };
        continue;
      case "ListMark":
      case "QuoteMark":
        continue;
      default:
    }
    const found = leaf(child, child.type, body.slice(at, at + child.length), place);
    for (const [index, block] of found.blocks.entries()) {
      const start = at + (found.starts[index] ?? 0);
      const noted =
        footnote !== undefined && block.kind === "paragraph" && index === 0
          ? withFootnote(block, start, footnote, body)
          : { block, start };
      push(out, body, base, noted.start, noted.block, place, startsItem);
      startsItem = false;
    }
    footnote = undefined;
  }
}

/** The block with its label: it then starts at the label. */
function withFootnote(
  block: Block,
  start: number,
  footnote: Mark,
  body: string,
): { block: Block; start: number } {
  const by = start - footnote.start;
  const move = (offset: number): number => offset + by;
  const source = body.slice(footnote.start, start + block.source.length);
  return {
    start: footnote.start,
    block: {
      ...block,
      source,
      prose: {
        ...block.prose,
        sourceStarts: Array.from(block.prose.sourceStarts, move),
        sourceEnds: Array.from(block.prose.sourceEnds, move),
      },
      marks: [
        { ...footnote, start: 0, end: footnote.end - footnote.start },
        ...block.marks.map((mark) => ({
          ...mark,
          start: mark.start + by,
          end: mark.end + by,
          ...(mark.text && { text: { start: mark.text.start + by, end: mark.text.end + by } }),
        })),
      ],
    },
  };
}

function push(
  out: Collected,
  body: string,
  base: number,
  at: number,
  block: Block,
  place: Place,
  startsItem: boolean,
): void {
  const last = out.blocks.length - 1;
  const lastEnd = last < 0 ? -1 : (out.starts[last] ?? 0) + (out.blocks[last]?.source.length ?? 0);
  const continues = last >= 0 && !blankBetween(body, lastEnd - base, at);
  out.blocks.push({
    ...block,
    listDepth: place.listDepth,
    quoteDepth: place.quoteDepth,
    startsItem,
    continues,
  });
  out.starts.push(base + at);
}

/** Whether a line between two places holds nothing, or nothing but quotation marks. */
function blankBetween(body: string, from: number, to: number): boolean {
  let breaks = 0;
  for (let at = Math.max(0, from); at < to; at++) {
    const code = body.charCodeAt(at);
    if (code === 10) {
      if (++breaks > 1) return true;
    } else if (code !== 32 && code !== 9 && code !== 13 && code !== 62) {
      breaks = 0;
    }
  }
  return false;
}

function isEmpty(tree: Tree): boolean {
  for (const child of tree.children) {
    if (!(child instanceof Tree)) continue;
    if (child.type.name !== "ListMark" && child.type.name !== "QuoteMark") return false;
  }
  return true;
}

/** The blocks of a node that holds no other block; starts count from the node's. */
function leaf(tree: Tree, type: NodeType, source: string, place: Place): Collected {
  switch (type.name) {
    case "Paragraph":
    case "Task": {
      if (place.quoteDepth > 0 && ALERT.test(source)) return one(bare("directive", source, false));
      const { prose, marks } = readInline(tree, source, 0);
      return one({ ...bare("paragraph", source, false, marks), prose });
    }
    case "Table": {
      const cells: Collected = { blocks: [], starts: [] };
      tree.iterate({
        enter(node) {
          if (node.name !== "TableCell") return;
          const text = source.slice(node.from, node.to);
          const { prose, marks } = readInline(node.node.toTree(), text, 0);
          cells.blocks.push({ ...bare("cell", text, false, marks), prose });
          cells.starts.push(node.from);
          return false;
        },
      });
      return cells;
    }
    case "LinkReference":
      return one(bare("definition", source, false, definition(source)));
    case "FencedCode":
    case "CodeBlock":
    case "MathBlock":
      return one(bare("code", source, false));
    case "CommentBlock":
      return one(
        bare("comment", source, false, [
          {
            kind: "comment",
            start: 0,
            end: source.length,
            label: source
              .replace(/^\s*<!--/, "")
              .replace(/-->\s*$/, "")
              .trim(),
          },
        ]),
      );
    case "HorizontalRule":
      return one(bare("break", source, false));
    case "HTMLBlock":
    case "ProcessingInstructionBlock":
    case "Directive":
      return one(bare("directive", source, false));
    default: {
      const level = headingLevel(type.name);
      if (level === 0) return one(bare("directive", source, false));
      const { prose, marks } = readInline(tree, source, 0);
      return one({ ...bare("heading", source, false, marks), prose, level });
    }
  }
}

function one(block: Block): Collected {
  return { blocks: [block], starts: [0] };
}

function headingLevel(name: string): number {
  const match = /^(?:ATX|Setext)Heading(\d)$/.exec(name);
  return match === null ? 0 : Number(match[1]);
}

function definition(source: string): Mark[] {
  const match = /^\[((?:[^\]\\]|\\[^])*)\]:\s*(\S*)/.exec(source);
  if (match === null) return [];
  const target = (match[2] ?? "").replace(/^<(.*)>$/, "$1");
  return [{ kind: "definition", start: 0, end: source.length, label: match[1] ?? "", target }];
}
