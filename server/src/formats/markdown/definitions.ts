import type { BlockParser, Line } from "@lezer/markdown";
import { isIndented } from "./lines.ts";

/**
 * `: text` below a term, with or without a blank line between, and below or above a table as its caption: the
 * definition lists of PHP Markdown Extra, kramdown, Pandoc, Goldmark and Python-Markdown. A definition is treated as a
 * list item, and its term as the words that lead to it.
 */
const DEFINITION = /^:[ \t]+(?=\S)(?!:[ \t])/;

function opens(line: Line): boolean {
  return line.next === 58 && !isIndented(line) && DEFINITION.test(line.text.slice(line.pos));
}

export const DEFINITIONS: BlockParser = {
  name: "Definition",
  before: "LinkReference",
  parse(cx, line) {
    if (!opens(line)) return false;
    const content = line.skipSpace(line.pos + 1);
    const column = line.countIndent(content, line.pos, line.indent);
    const from = cx.lineStart + line.pos;
    cx.startComposite("Definition", line.pos, column - line.baseIndent);
    cx.addElement(cx.elt("DefinitionMark", from, from + 1));
    line.moveBase(content);
    return null;
  },
  endLeaf: (_cx, line) => opens(line),
};
