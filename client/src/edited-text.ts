/** An edit as VS Code describes it: lines and characters from 0, in UTF-16 units. */
export interface TextChange {
  readonly range: { readonly start: Position; readonly end: Position };
  readonly newText: string;
}

interface Position {
  readonly line: number;
  readonly character: number;
}

/**
 * Applies edits to a text. Positions are those before any of them; they don't overlap. Insertions at the same place
 * keep their order.
 */
export function editedText(text: string, edits: readonly TextChange[]): string {
  const starts = lineStarts(text);
  const offset = ({ line, character }: Position): number => {
    const start = starts[line];
    if (start === undefined) return text.length;
    return Math.min(start + character, starts[line + 1] ?? text.length);
  };
  const ordered = edits.map(({ range, newText }, index) => {
    return { start: offset(range.start), end: offset(range.end), newText, index };
  });
  ordered.sort((a, b) => a.start - b.start || a.index - b.index);
  const parts: string[] = [];
  let at = 0;
  for (const { start, end, newText } of ordered) {
    parts.push(text.slice(at, start), newText);
    at = Math.max(at, end);
  }
  return parts.join("") + text.slice(at);
}

/** Whether two texts are the same except for line endings, which an editor makes uniform. */
export function isSameText(one: string, other: string): boolean {
  return one.replace(LINE_END, "\n") === other.replace(LINE_END, "\n");
}

const LINE_END = /\r\n?/g;

function lineStarts(text: string): number[] {
  const starts = [0];
  for (const { 0: end, index } of text.matchAll(/\r\n|\r|\n/g)) starts.push(index + end.length);
  return starts;
}
