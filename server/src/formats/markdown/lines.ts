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

/** Takes lines up to the first that `ends` the node, or to one before which it `stops`. */
export function takeThrough(
  cx: BlockContext,
  line: Line,
  type: string,
  ends: (text: string) => boolean,
  { stops, isOpen = true }: { stops?: (text: string) => boolean; isOpen?: boolean } = {},
): true {
  let open = isOpen;
  return takeLines(cx, line, type, (next) => {
    if (!open || stops?.(next) === true) return false;
    open = !ends(next);
    return true;
  });
}

/** How many of the containers the line continues. The parser has this number, but its types do not. */
export function depth(line: Line): number {
  return (line as Line & { readonly depth: number }).depth;
}

export const never = (): boolean => false;

export function isBlank(text: string): boolean {
  return text.trim() === "";
}

/** Whether the indented lines of a definition or note continue. Its words begin in the column `width` after its mark. */
export function goesOnIndented(_cx: BlockContext, line: Line, width: number): boolean {
  if (line.next < 0) return true;
  const by = line.indent - line.baseIndent;
  if (by < 2) return false;
  line.moveBaseColumn(line.baseIndent + Math.min(width, by));
  return true;
}

/** Whether a line is indented like code, and so is no other markup. */
export function isIndented(line: Line): boolean {
  return line.indent >= line.baseIndent + 4;
}
