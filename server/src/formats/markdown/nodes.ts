import { type Input, NodeType, Tree, TreeFragment } from "@lezer/common";
import { BlockContext, type MarkdownParser } from "@lezer/markdown";
import type { Difference } from "../support/difference.ts";
import { upperBound } from "../../text/search.ts";
import { firstAlteredByClosers, sharedInput } from "./template-closers.ts";

/** The nodes of a document's own level in order, and where each starts, in UTF-16 units. */
export interface Nodes {
  readonly trees: readonly Tree[];
  readonly starts: readonly number[];
}

/** The nodes of a text that was changed: first those before the change, then those read again, then the others. */
export interface ChangedNodes extends Nodes {
  readonly kept: number;
  readonly read: number;
}

/** A construct is told from the next by at most so many lines after its end. */
const LOOKAHEAD_LINES = 4;

/** What the parser builds of a text is many times its size, so it is given it in portions of so many UTF-16 units, or more. */
const PORTION = 65_536;

/** The most old nodes to whose end a portion is read again. */
const MOST_AHEAD = 4096;

/** Nodes that were read from one place on up to another. */
interface ReadNodes extends Nodes {
  readonly end: number;
}

/** Reads a text from nothing. Where its portions end makes no difference: no node is open there. */
export function readNodes(parser: MarkdownParser, text: string, portion = PORTION): Nodes {
  const trees: Tree[] = [];
  const starts: number[] = [];
  let from = 0;
  const input = sharedInput(text);
  do {
    const nodes = readPortion(parser, input, from, portion, []);
    for (const tree of nodes.trees) trees.push(tree);
    for (const start of nodes.starts) starts.push(start);
    from = nodes.end;
  } while (from < text.length);
  return { trees, starts };
}

/** Reads from such a line on up to the next at which no node is open, after so many units; else to the end of the text. */
function readPortion(
  parser: MarkdownParser,
  input: Input,
  from: number,
  portion: number,
  fragments: readonly TreeFragment[],
): ReadNodes {
  const parse = parser.startParse(input, fragments, [{ from, to: input.length }]);
  let end: number | undefined;
  let tree = parse.advance();
  for (; tree === null; tree = parse.advance()) {
    if (end !== undefined || parse.parsedPos < from + portion) continue;
    if (!(parse instanceof BlockContext) || parse.depth > 1) continue;
    end = parse.parsedPos;
    // It has gone beyond that, so its next step is its last.
    parse.stopAt(end - 1);
  }
  return topNodes(tree, from, end ?? input.length);
}

/**
 * Reads again what a change to `before` may alter: from the node that started some lines before it, or that has its
 * closer there, to the first that starts
 * where one started before, on a later line. A node of the document's own level starts afresh, so from there on all is
 * as it was. Until one does, portion after portion is read, each of twice as many nodes.
 */
export function readNodesAgain(
  parser: MarkdownParser,
  old: Nodes,
  previous: string,
  text: string,
  change: Difference,
): ChangedNodes {
  const input = sharedInput(text);
  const moved = change.newEnd - change.oldEnd;
  let margin = Math.min(change.start, firstAlteredByClosers(previous, text, change));
  for (let lines = 0; lines <= LOOKAHEAD_LINES && margin > 0; lines++) {
    margin = text.lastIndexOf("\n", margin - 1);
  }
  const kept = Math.max(0, upperBound(old.starts, margin) - 1);
  const newline = text.indexOf("\n", change.newEnd);
  const lineEnd = newline < 0 ? text.length : newline;
  let from = kept === 0 ? 0 : text.lastIndexOf("\n", (old.starts[kept] ?? 0) - 1) + 1;
  /** The old nodes that stand where the portion does. */
  let first = kept;
  let end = upperBound(old.starts, lineEnd - moved) + 1;
  const trees: Tree[] = [];
  const starts: number[] = [];
  let read = 0;
  let same: number | undefined;
  for (let ahead = 1; same === undefined; ahead = Math.min(2 * ahead, MOST_AHEAD)) {
    const portion = (old.starts[end] ?? Infinity) + moved + 1 - from;
    const fragments = reusable(old, first, end, change, margin);
    const nodes = readPortion(parser, input, from, portion, fragments);
    for (const tree of nodes.trees) trees.push(tree);
    for (const start of nodes.starts) starts.push(start);
    read = Math.max(read, upperBound(starts, lineEnd));
    for (; read < starts.length; read++) {
      const start = (starts[read] ?? 0) - moved;
      const index = upperBound(old.starts, start) - 1;
      if (old.starts[index] !== start) continue;
      same = index;
      break;
    }
    from = nodes.end;
    if (from >= text.length) break;
    first = Math.max(kept, upperBound(old.starts, from - moved) - 1);
    end = Math.max(end, first) + ahead;
  }
  const rest = old.starts.slice(same ?? old.starts.length);
  return {
    trees: old.trees.slice(0, kept).concat(trees.slice(0, read), old.trees.slice(same ?? Infinity)),
    starts: old.starts
      .slice(0, kept)
      .concat(starts.slice(0, read), moved === 0 ? rest : rest.map((start) => start + moved)),
    kept,
    read,
  };
}

/** The parts of old nodes that the parser may take over, if it finds itself in the same context there. */
function reusable(
  old: Nodes,
  first: number,
  end: number,
  change: Difference,
  margin: number,
): TreeFragment[] {
  const base = old.starts[first] ?? 0;
  const trees = old.trees.slice(first, end);
  const starts = old.starts.slice(first, end);
  const length = (starts.at(-1) ?? base) + (trees.at(-1)?.length ?? 0) - base;
  // Balanced, as the parser looks for its place from the first child on, again and again.
  const tree = new Tree(
    NodeType.none,
    trees,
    starts.map((start) => start - base),
    length,
  ).balance();
  const fragments: TreeFragment[] = [];
  const moved = change.newEnd - change.oldEnd;
  if (margin > base) fragments.push(new TreeFragment(base, margin, tree, -base, false, true));
  const from = Math.max(change.newEnd + 2, base + moved);
  const to = base + length + moved;
  if (from < to) fragments.push(new TreeFragment(from, to, tree, -base - moved, true));
  return fragments;
}

/** The nodes of the document's own level. Many may be in a node without a name. */
function topNodes(document: Tree, base: number, end: number): ReadNodes {
  const trees: Tree[] = [];
  const starts: number[] = [];
  const add = ({ children, positions }: Tree, at: number): void => {
    children.forEach((child, index) => {
      if (!(child instanceof Tree)) return;
      const start = at + (positions[index] ?? 0);
      if (child.type.isAnonymous) {
        add(child, start);
      } else {
        trees.push(lean(child));
        starts.push(start);
      }
    });
  };
  add(document, base);
  return { trees, starts, end };
}

/** Of a node of at most so many UTF-16 units none is taken over from within: it is soon read again. */
const SHORT = 2048;

/** The node without its context, which weighs more than a short node does, and without the room that its lists have to grow. */
function lean({ type, children, positions, length }: Tree): Tree {
  const inner =
    length > SHORT
      ? children.slice()
      : children.map((child) => (child instanceof Tree ? lean(child) : child));
  return new Tree(type, inner, positions.slice(), length);
}
