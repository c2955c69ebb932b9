import { hasMoreLines } from "../text/lines.ts";

/**
 * The largest draft that is read. The limits come from the memory the command line needs: up to 350 bytes for each
 * UTF-16 unit of a long line, 5 KB for a list item or footnote of one letter, 2 KB for each mark of nested items. So no
 * draft took more than 530 MB, except 930 if each line begins with sixteen or more such marks.
 */
export const LARGEST_DRAFT = { units: 1_000_000, lines: 25_000 } as const;

/** Whether a text is too large to be a draft. If its lines are known, they need not be counted. */
export function isTooLarge(text: string, lines?: ArrayLike<unknown>): boolean {
  const most = LARGEST_DRAFT.lines;
  if (text.length > LARGEST_DRAFT.units) return true;
  return lines === undefined ? hasMoreLines(text, most) : lines.length > most;
}
