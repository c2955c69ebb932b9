import { Tree } from "@lezer/common";
import { BlockContext, type MarkdownParser } from "@lezer/markdown";
import { sharedInput } from "./template-closers.ts";

/** A node of the document's own level, and where it starts, in UTF-16 units. */
export interface Node {
  readonly tree: Tree;
  readonly start: number;
}

/** What the parser builds of a text is many times its size, so it is given it in portions of so many UTF-16 units, or more. */
const PORTION = 65_536;

/**
 * Reads the nodes from a line on at which none is open, as they are asked for. Where the portions end makes no
 * difference: no node is open there, either.
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
      // It has gone beyond that, so its next step is its last.
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
