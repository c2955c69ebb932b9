import type { BlockContext, Line } from "@lezer/markdown";

/** Takes the current line, and following lines as long as `more` holds, as one node. */
export function takeLines(
  cx: BlockContext,
  line: Line,
  type: string,
  more: (text: string) => boolean,
): true {
  const from = cx.lineStart + line.pos;
  let to = cx.lineStart + line.text.trimEnd().length;
  while (cx.nextLine() && depth(line) >= cx.depth && more(line.text)) {
    to = cx.lineStart + line.text.trimEnd().length;
  }
  cx.addElement(cx.elt(type, from, Math.max(from, to)));
  return true;
}

/** How many of the containers the line continues. The parser has this number, but its types do not. */
export function depth(line: Line): number {
  return (line as Line & { readonly depth: number }).depth;
}

export const never = (): boolean => false;

/** Whether a line is indented like code, and so is no other markup. */
export function isIndented(line: Line): boolean {
  return line.indent >= line.baseIndent + 4;
}
