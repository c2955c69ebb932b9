import { NodeType, Tree, TreeFragment } from "@lezer/common";
import type { MarkdownParser } from "@lezer/markdown";
import type { Difference } from "../support/difference.ts";
import { upperBound } from "../../text/search.ts";

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

export function readNodes(parser: MarkdownParser, text: string): Nodes {
  return topNodes(parser.parse(text), 0);
}

/**
 * Reads again what a change may alter: from the node that started some lines before it to the first that starts
 * where one started before, on a later line. A node of the document's own level starts afresh, so from there on all is
 * as it was. If none does, twice as much is read.
 */
export function readNodesAgain(
  parser: MarkdownParser,
  old: Nodes,
  text: string,
  change: Difference,
): ChangedNodes {
  const moved = change.newEnd - change.oldEnd;
  let margin = change.start;
  for (let lines = 0; lines <= LOOKAHEAD_LINES && margin > 0; lines++) {
    margin = text.lastIndexOf("\n", margin - 1);
  }
  const kept = Math.max(0, upperBound(old.starts, margin) - 1);
  const from = kept === 0 ? 0 : text.lastIndexOf("\n", (old.starts[kept] ?? 0) - 1) + 1;
  const newline = text.indexOf("\n", change.newEnd);
  const lineEnd = newline < 0 ? text.length : newline;
  const after = upperBound(old.starts, lineEnd - moved);
  for (let ahead = 1; ; ahead *= 2) {
    const end = old.starts[after + ahead];
    const fragments = reusable(old, kept, after + ahead, change, margin);
    const parse = parser.startParse(text, fragments, [{ from, to: text.length }]);
    if (end !== undefined) parse.stopAt(end + moved);
    let tree = parse.advance();
    while (tree === null) tree = parse.advance();
    const { trees, starts } = topNodes(tree, from);
    let read = upperBound(starts, lineEnd);
    let same = old.starts.length;
    for (; read < starts.length; read++) {
      const start = (starts[read] ?? 0) - moved;
      const index = upperBound(old.starts, start) - 1;
      if (old.starts[index] !== start) continue;
      same = index;
      break;
    }
    if (same === old.starts.length && end !== undefined) continue;
    return {
      trees: old.trees.slice(0, kept).concat(trees.slice(0, read), old.trees.slice(same)),
      starts: old.starts
        .slice(0, kept)
        .concat(
          starts.slice(0, read),
          moved === 0
            ? old.starts.slice(same)
            : old.starts.slice(same).map((start) => start + moved),
        ),
      kept,
      read,
    };
  }
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
  const from = change.newEnd + 2;
  const to = base + length + moved;
  if (from < to) fragments.push(new TreeFragment(from, to, tree, -base - moved, true));
  return fragments;
}

/** The nodes of the document's own level: the parser puts many together in nodes without a name. */
function topNodes(document: Tree, base: number): Nodes {
  const trees: Tree[] = [];
  const starts: number[] = [];
  const add = (tree: Tree, at: number): void => {
    tree.children.forEach((child, index) => {
      if (!(child instanceof Tree)) return;
      const start = at + (tree.positions[index] ?? 0);
      if (child.type.isAnonymous) {
        add(child, start);
      } else {
        trees.push(child);
        starts.push(start);
      }
    });
  };
  add(document, base);
  return { trees, starts };
}
