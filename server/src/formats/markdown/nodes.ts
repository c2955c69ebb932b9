import { Tree } from "@lezer/common";
import { BlockContext, type MarkdownParser } from "@lezer/markdown";
import { sharedInput } from "./template-closers.ts";

/** A top-level node, and where it starts, in UTF-16 units. */
export interface Node {
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
    const parse = parser.startParse(input, [], [{ from: start, to: text.length }]);
    let end: number | undefined;
    let tree = parse.advance();
    for (; tree === null; tree = parse.advance()) {
      if (end !== undefined || parse.parsedPos < start + portion) continue;
      if (!(parse instanceof BlockContext) || parse.depth > 1) continue;
      end = parse.parsedPos;
      // It is past that point, so its next step is its last.
      parse.stopAt(end - 1);
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
