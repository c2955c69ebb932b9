import { Tree } from "@lezer/common";
import { objectCache } from "../../draft/incremental/memoize.ts";
import { newDraft, type Block, type Draft, type Format, type Mark } from "../../draft/draft.ts";
import type { Edit } from "../../text/edits.ts";
import {
  bareBlock,
  commentLabel,
  placed,
  proseBlock,
  TOP,
  type BlockList,
  type Place,
} from "../support/blocks.ts";
import { detached, difference, withLineFeeds } from "../support/difference.ts";
import { readHtml } from "../html/html.ts";
import { readInline } from "./inline.ts";
import { readNodes, readNodesAgain, type Nodes } from "./nodes.ts";
import { isVerse } from "../support/paragraphs.ts";
import { reuseEqualBlocks } from "../support/resume.ts";
import { ALERT, isMdx, markdownParser, mdxParser } from "./syntax.ts";

interface Parsed {
  /** The text after the front matter, as the parser saw it. The offsets here count in it. */
  readonly body: string;
  readonly mdx: boolean;
  readonly matter: Block | undefined;
  readonly nodes: Nodes;
  readonly list: NodeBlocks;
}

/** The blocks of a body; `firsts` has the index of each node's first. */
interface NodeBlocks extends BlockList {
  readonly firsts: number[];
}

/** The blocks of one node of the tree, as it was last seen. Most share their place with the one before. */
interface Leaf {
  readonly place: Place;
  readonly footnote: string;
  readonly list: BlockList;
}

const itself = <T>(value: T): T => value;

const parsed = objectCache<Draft, Parsed>();
const leaves = objectCache<Tree, Leaf>();

/** Reads Markdown from nothing, as a draft of that format. */
export function parse(text: string, format: Format): Draft {
  return toDraft(format, text, read(text));
}

function read(text: string): Parsed {
  const base = frontMatterEnd(text);
  const matter = base === 0 ? undefined : bareBlock("metadata", text.slice(0, base).trimEnd());
  const body = parseable(base === 0 ? text : text.slice(base));
  const mdx = isMdx(body);
  const nodes = readNodes(mdx ? mdxParser : markdownParser, body);
  const list: NodeBlocks = { blocks: [], starts: [], firsts: [] };
  walk({ text, base, body, keep: itself, recall: itself }, nodes, 0, list, () => false);
  return { body, mdx, matter, nodes, list };
}

export function update(previous: Draft, text: string, edit: Edit): Draft {
  const old = parsed.get(previous);
  const base = frontMatterEnd(text);
  const body = parseable(base === 0 ? text : text.slice(base));
  const mdx = isMdx(body);
  if (old === undefined || mdx !== old.mdx || base > 0 !== (old.matter !== undefined)) {
    return toDraft(previous.format, text, read(text), previous);
  }
  const front = text.slice(0, base).trimEnd();
  const matter =
    base === 0 || front === old.matter?.source
      ? old.matter
      : bareBlock("metadata", detached(front));
  const suffix = Math.min(previous.text.length - edit.end, old.body.length, body.length);
  const isInBody = base === previous.text.length - old.body.length && edit.start >= base;
  const change = difference(old.body, body, isInBody ? edit.start - base : 0, suffix);
  const nodes = readNodesAgain(mdx ? mdxParser : markdownParser, old.nodes, old.body, body, change);

  // Nodes from `rest` on are the old ones, `shift` further on.
  const { kept } = nodes;
  const rest = kept + nodes.read;
  const shift = old.nodes.trees.length - nodes.trees.length;
  const oldFirst = (node: number): number => old.list.firsts[node] ?? old.list.blocks.length;
  const list: NodeBlocks = {
    blocks: old.list.blocks.slice(0, oldFirst(kept)),
    starts: old.list.starts.slice(0, oldFirst(kept)),
    firsts: old.list.firsts.slice(0, kept),
  };
  const recall = reuseEqualBlocks(old.list.blocks.slice(oldFirst(kept), oldFirst(rest + shift)));
  const isAsBefore = (node: number): boolean => {
    const first = list.blocks[list.firsts[node] ?? -1];
    return node >= rest && first !== undefined && first === old.list.blocks[oldFirst(node + shift)];
  };
  const end = walk({ text, base, body, keep: detached, recall }, nodes, kept, list, isAsBefore);

  const moved = change.newEnd - change.oldEnd;
  const first = oldFirst(end + shift);
  const more = list.blocks.length - first;
  for (let index = first; index < old.list.blocks.length; index++) {
    const block = old.list.blocks[index];
    if (block === undefined) continue;
    list.blocks.push(block);
    list.starts.push((old.list.starts[index] ?? 0) + moved);
  }
  for (let node = end; node < nodes.trees.length; node++) {
    list.firsts.push(oldFirst(node + shift) + more);
  }
  return toDraft(previous.format, text, { body, mdx, matter, nodes, list }, previous);
}

/** The nodes that a draft of this format was read from, and where they count from, in UTF-16 units of its text. */
export function getTrees(draft: Draft): (Nodes & { readonly base: number }) | undefined {
  const known = parsed.get(draft);
  return known && { ...known.nodes, base: draft.text.length - known.body.length };
}

function toDraft(format: Format, text: string, source: Parsed, previous?: Draft): Draft {
  const { body, matter, list } = source;
  const base = text.length - body.length;
  const whole = {
    blocks: matter === undefined ? list.blocks : [matter, ...list.blocks],
    starts: matter === undefined ? list.starts : [0, ...list.starts.map((start) => base + start)],
  };
  const draft = newDraft(format, text, whole, previous);
  parsed.set(draft, source);
  return draft;
}

/** The same text, unit for unit, as the parser wants it: no byte order mark, no lone carriage returns. */
function parseable(text: string): string {
  return withLineFeeds(text.charCodeAt(0) === 0xfeff ? ` ${text.slice(1)}` : text);
}

const FRONT_MATTER = /^\uFEFF?(---|\+\+\+)[ \t]*(?:\r\n?|\n)(?![ \t]*[\r\n])/;

/** Where the front matter ends (its last line break not included), or 0. */
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

/** A text, and what is done with what is read in it. */
interface Source {
  readonly text: string;
  readonly base: number;
  readonly body: string;
  readonly keep: (slice: string) => string;
  readonly recall: (block: Block) => Block;
}

/** Adds the blocks of the nodes from `first` up to one that is as before; gives the index after it. The stack is its own: nesting has no bound. */
function walk(
  { text, base, body, keep, recall }: Source,
  nodes: Nodes,
  first: number,
  out: NodeBlocks,
  isAsBefore: (node: number) => boolean,
): number {
  // Long, as each kind of node has its case, and changes what the next is read by.
  const top = { children: nodes.trees, positions: nodes.starts };
  const stack: Frame[] = [{ tree: top, at: 0, listDepth: 0, quoteDepth: 0, index: first }];
  let startsItem = false;
  let place = TOP;
  let footnote = "";
  let footnoteAt = 0;
  const last = out.blocks.at(-1);
  let end =
    last === undefined ? (base > 0 ? 0 : -1) : (out.starts.at(-1) ?? 0) + last.source.length;

  for (let frame = stack.at(-1); frame !== undefined; frame = stack.at(-1)) {
    if (stack.length === 1) {
      if (frame.index > first && isAsBefore(frame.index - 1)) return frame.index;
      out.firsts.push(out.blocks.length);
      startsItem = false;
    }
    const child = frame.tree.children[frame.index];
    if (child === undefined) {
      stack.pop();
      if (footnote !== "") {
        // A footnote without a text.
        const mark: Mark = footnoteMark(footnote);
        const continues = end >= 0 && !blankBetween(body, end, footnoteAt);
        out.blocks.push(
          recall(
            placed(bareBlock("definition", footnote, [mark]), { ...frame, startsItem, continues }),
          ),
        );
        out.starts.push(footnoteAt);
        end = footnoteAt + footnote.length;
        startsItem = false;
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

    const continues = end >= 0 && !blankBetween(body, end, footnote === "" ? at : footnoteAt);
    const here = { listDepth, quoteDepth, startsItem, continues };
    if (!isSamePlace(place, here)) place = here;
    let leaf = leaves.get(child);
    if (leaf === undefined || leaf.footnote !== footnote || !isSamePlace(leaf.place, place)) {
      const readAt = body.slice(at, at + child.length);
      const slice = keep(text.slice(base + at, base + at + child.length).trimEnd());
      const list = leafBlocks(child, slice, readAt, place);
      const { blocks, starts } =
        footnote === "" ? list : labelled(list, footnote, text, base + footnoteAt, base + at);
      leaf = { place, footnote, list: { blocks: blocks.map(recall), starts } };
      leaves.set(child, leaf);
    }
    const from = footnote === "" ? at : footnoteAt;
    const { blocks, starts } = leaf.list;
    for (let index = 0; index < blocks.length; index++) {
      const block = blocks[index];
      if (block === undefined) continue;
      const start = from + (starts[index] ?? 0);
      out.blocks.push(block);
      out.starts.push(start);
      end = start + block.source.length;
      startsItem = false;
    }
    footnote = "";
  }
  out.firsts.pop();
  return nodes.trees.length;
}

function isSamePlace(a: Place, b: Place): boolean {
  return (
    a.continues === b.continues &&
    a.startsItem === b.startsItem &&
    a.quoteDepth === b.quoteDepth &&
    a.listDepth === b.listDepth
  );
}

/** Whether a line between two places holds nothing, or nothing but quotation marks. */
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

/** Whether a list item or quotation holds nothing but its marks. */
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

/** The first block with the footnote's label before it: it then starts at the label. */
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
    marks: [
      footnoteMark(label),
      ...first.marks.map((mark) => ({
        ...mark,
        start: move(mark.start),
        end: move(mark.end),
        ...(mark.text && { text: { start: move(mark.text.start), end: move(mark.text.end) } }),
      })),
    ],
  };
  return {
    blocks: [block, ...rest],
    starts: list.starts.map((start, index) => (index === 0 ? 0 : start + at - labelAt)),
  };
}

/**
 * The blocks of a node that holds no other block node; starts count from the node's.
 * `read` is `source` as the parser saw it, with the white space at its end.
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

/** The prose in an HTML block; one that holds none is a directive. */
function htmlBlocks(source: string, read: string, place: Place): BlockList {
  // The marks of a quotation around it are no text.
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
  const target = (match[2] ?? "").replace(/^<(.*)>$/, "$1");
  return [{ kind: "definition", start: 0, end: source.length, label: match[1] ?? "", target }];
}
