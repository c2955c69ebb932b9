import { shifted, type Span } from "./span.ts";

/** One replacement: the span of the old text, in UTF-16 units, and its new text. */
export interface Edit extends Span {
  readonly newText: string;
}

/** A span after an edit, including what the edit puts into it or across an end; undefined if it replaces all of it. */
export function movedSpan<S extends Span>(span: S, { start, end, newText }: Edit): S | undefined {
  const by = newText.length - (end - start);
  if (end <= span.start) return shifted(span, by);
  if (start >= span.end) return span;
  if (start <= span.start && span.end <= end) return undefined;
  return { ...span, start: Math.min(span.start, start), end: Math.max(span.end, end) + by };
}

/** A span of the text after some edits, which are in order, in the text before them; undefined beside what they put in. */
export function spanBefore<S extends Span>(span: S, edits: readonly Edit[]): S | undefined {
  let by = 0;
  for (const { start, end, newText } of edits) {
    if (span.end < start + by) break;
    if (span.start <= start + by + newText.length) return undefined;
    by += newText.length - (end - start);
  }
  return shifted(span, -by);
}

/**
 * Applies edits to the text they were made for. If two overlap, the one that begins first is applied and the other is
 * left for the next round. Offsets are UTF-16 units.
 */
export function applyEdits(text: string, edits: readonly Edit[]): string {
  let result = "";
  let done = 0;
  for (const edit of [...edits].sort((a, b) => a.start - b.start || a.end - b.end)) {
    if (edit.start < done) continue;
    result += text.slice(done, edit.start) + edit.newText;
    done = edit.end;
  }
  return result + text.slice(done);
}

/**
 * One edit with the effect of two that are made one after the other; without a first one, the second alone. `second`
 * counts in the text after `first`, the result in the text before it; `text` is the text after both.
 */
export function joinEdits(first: Edit | undefined, second: Edit, text: string): Edit {
  if (first === undefined) return second;
  const grown = first.newText.length - (first.end - first.start);
  const start = Math.min(first.start, second.start);
  const end = Math.max(first.end, second.end - grown);
  const length = end - start + grown + second.newText.length - (second.end - second.start);
  return { start, end, newText: text.slice(start, start + length) };
}

/** One edit with the effect of several that were made for the same text; `text` is the text after them. */
export function spanningEdit(edits: readonly Edit[], before: string, text: string): Edit {
  let start = before.length;
  let end = 0;
  for (const edit of edits) {
    start = Math.min(start, edit.start);
    end = Math.max(end, edit.end);
  }
  if (edits.length === 0) return { start: 0, end: 0, newText: "" };
  return { start, end, newText: text.slice(start, text.length - (before.length - end)) };
}

/** The edits of a text that do what some edits of it do, and then others of what those make. */
export function followedBy(
  edits: readonly Edit[],
  more: readonly Edit[],
  text: string,
): readonly Edit[] {
  if (edits.length === 0 || more.length === 0) return [...edits, ...more];
  const between = applyEdits(text, edits);
  const after = applyEdits(between, more);
  const first = spanningEdit(edits, text, between);
  return [joinEdits(first, spanningEdit(more, between, after), after)];
}
