import { type Block, type Draft, blockAt, blockEnd } from "../draft/draft.ts";
import { linesOfDraft } from "../draft/incremental/draft-lines.ts";
import { lineAt } from "../text/lines.ts";
import type { Span } from "../text/span.ts";

/**
 * The paragraph that is being written when the caret is at `offset`: the blocks on the caret's line, as whole
 * lines; on a line without any, the block that the next letter would continue. While the caret's block has no
 * words of its own yet (a heading, an empty item, a blank line) the heading above it, with nothing between, is
 * part of it: what comes next decides whether its section is empty. Offsets are UTF-16 units.
 */
export function paragraphAt(draft: Draft, offset: number): Span {
  const lines = linesOfDraft(draft);
  const line = lineAt(lines, offset);
  const lineStart = lines[line] ?? 0;
  const nextLine = lines[line + 1] ?? draft.text.length + 1;
  const last = blockAt(draft, nextLine - 1);
  let first = last;
  while (first > 0 && blockEnd(draft, first - 1) > lineStart) first--;
  const isBlank =
    last < 0 || Math.max(blockEnd(draft, last), (draft.starts[last] ?? 0) + 1) <= lineStart;
  // Right under a block the next letter continues it; after a blank line it starts another one.
  if (isBlank && !(last >= 0 && isRightUnder(draft, last, line))) first = last + 1;
  const from = first > 0 && !isWritten(draft, first, last) ? withHeading(draft, first) : first;
  const start = Math.min(lineStart, draft.starts[from] ?? lineStart);
  const end = Math.max(nextLine - 1, first <= last ? blockEnd(draft, last) : 0);
  return { start: lines[lineAt(lines, start)] ?? 0, end: Math.min(end, draft.text.length) };
}

function isRightUnder(draft: Draft, index: number, line: number): boolean {
  const lines = linesOfDraft(draft);
  const start = draft.starts[index] ?? 0;
  const words = draft.blocks[index]?.source.trimEnd().length ?? 0;
  return lineAt(lines, start + words) === line - 1;
}

/** Whether one of the blocks is text that stands in a section. */
function isWritten({ blocks }: Draft, first: number, last: number): boolean {
  return blocks.slice(first, last + 1).some((block) => block.kind !== "heading" && !isEmpty(block));
}

/** The index of the heading before a block with nothing between the two; the block's own where there is none. */
function withHeading({ blocks }: Draft, index: number): number {
  let above = index - 1;
  for (let block = blocks[above]; block !== undefined && isEmpty(block); block = blocks[above])
    above--;
  return blocks[above]?.kind === "heading" ? above : index;
}

function isEmpty({ kind }: Block): boolean {
  return kind === "empty-item" || kind === "empty-quote" || kind === "break";
}
