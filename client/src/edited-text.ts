import { applyEdits } from "../../server/src/text/edits.ts";
import { lineIndex, offsetAt, type Position } from "../../server/src/text/lines.ts";

/** An edit as VS Code describes it: lines and characters from 0, in UTF-16 units. */
export interface TextChange {
  readonly range: { readonly start: Position; readonly end: Position };
  readonly newText: string;
}

/** Applies edits to a text. Positions are those before any of them; they don't overlap. */
export function editedText(text: string, edits: readonly TextChange[]): string {
  const lines = lineIndex(text);
  const toOffset = (position: Position): number => offsetAt(lines, text, position);
  return applyEdits(
    text,
    edits.map(({ range: { start, end }, newText }) => {
      return { start: toOffset(start), end: toOffset(end), newText };
    }),
  );
}

/** Whether two texts are the same except for line endings, which an editor makes uniform. */
export function isSameText(one: string, other: string): boolean {
  return one.replace(LINE_END, "\n") === other.replace(LINE_END, "\n");
}

const LINE_END = /\r\n?/g;
