import { deletionFix } from "../../deletion/deletion.ts";
import { type Block, blockEnd, type Draft, type Mark, normalLabel } from "../../draft/draft.ts";
import type { Report } from "../../draft/finding.ts";
import { beginning, messageAbout } from "../../text/excerpt.ts";
import { lineEnd, lineStart } from "../../text/lines.ts";
import type { Span } from "../../text/span.ts";
import { isBareNote, type Labels } from "./labels.ts";
import { addDefinition } from "./link-fixes.ts";
import { type Wording, wording } from "../../text/wording.ts";

/** The report on a footnote reference without its text or the reverse, in the block of that index; offsets are the draft's. */
export function footnoteReports(
  draft: Draft,
  index: number,
  mark: Mark,
  labels: Labels,
  placeholder: string,
): readonly Report[] {
  const block = draft.blocks[index];
  if (block === undefined) return [];
  const start = draft.starts[index] ?? 0;
  const place = { start: start + mark.start, end: start + mark.end };
  const key = normalLabel(mark.label);
  if (labels.notesUnread.has(key)) return [];
  if (mark.kind === "footnote") {
    if (labels.notesDefined.has(key)) return [];
    if (isBareNote(block, mark)) return [bareNote(mark, place)];
    if (labels.notesBare.has(key)) return [];
    if (isLostNote(block, mark, labels)) return [undefinedNote(draft, mark, place, placeholder)];
    if (!isNamedNote(block, mark)) return [];
    return [{ ...undefinedNote(draft, mark, place, placeholder), severity: "information" }];
  }
  return labels.notesUsed.has(key) ? [] : [unusedNote(draft, index, mark, place)];
}

function isLostNote(block: Block, mark: Mark, labels: Labels): boolean {
  const label = mark.label ?? "";
  // “[^a-z]*” is a pattern.
  if (/[*+?{]/.test(block.source.charAt(mark.end)) || /[^\w.-]/.test(label)) return false;
  return labels.notesDefined.size > 0 ? !/^\w-\w/.test(label) : /^\d{1,3}$/.test(label);
}

/**
 * Whether a mark reads as a footnote with a name: it follows a word or its full stop, as in “two million.[^cost]”, and
 * nothing that belongs to a pattern follows it. A site's tools may define it elsewhere.
 */
function isNamedNote({ source }: Block, { start, end, label = "" }: Mark): boolean {
  return (
    /^\p{L}[\p{L}\p{N}_-]{2,}$/u.test(label) &&
    !/^\w-\w/.test(label) &&
    /[\p{L}\p{N}][\p{Po}\p{Pf}\p{Pe}"]{0,3}$/u.test(source.slice(Math.max(0, start - 5), start)) &&
    !/[\p{L}\p{N}*+?{|$^\\/(]/u.test(source.charAt(end))
  );
}

function aboutNote({ label = "" }: Mark, says: Wording): Wording {
  return messageAbout((most) => beginning(label, most), says);
}

function bareNote(mark: Mark, place: Span): Report {
  return {
    ...place,
    message: aboutNote(
      mark,
      wording("this footnote has no colon, so its text shows on the page. Add it."),
    ),
    fixes: [
      {
        title: wording("Add the colon"),
        safe: false,
        preferred: true,
        edits: [{ start: place.end, end: place.end, newText: ":" }],
      },
    ],
  };
}

function unusedNote(draft: Draft, index: number, mark: Mark, place: Span): Report {
  let last = index;
  while (isOfNote(draft, index, last + 1)) last++;
  let end = blockEnd(draft, last);
  // There is a mark after the last cell of a table row.
  if (last > index) end = lineEnd(draft.text, end);
  while (/\s/.test(draft.text.charAt(end - 1))) end--;
  const span = { start: place.start, end };
  return {
    ...place,
    message: aboutNote(mark, wording("nothing points to this footnote, so no reader sees it.")),
    fixes: [deletionFix({ title: wording("Delete the footnote"), draft, span })],
  };
}

/** Whether a block is part of a footnote above it: its next line, or indented below it as in CommonMark. */
function isOfNote(draft: Draft, note: number, index: number): boolean {
  const block = draft.blocks[index];
  if (block === undefined) return false;
  if (block.marks.some(({ kind }) => kind.endsWith("definition"))) return false;
  const margin = getMargin(draft, note);
  const here = getMargin(draft, index);
  if (here.startsWith(margin) && /^(?: {4}|\t)/.test(here.slice(margin.length))) return true;
  const { continues, kind, listDepth, quoteDepth } = block;
  const sameQuote = quoteDepth === draft.blocks[note]?.quoteDepth;
  return continues && kind === "paragraph" && listDepth === 0 && sameQuote;
}

/** The text before a block on its first line: white space, and the markers of its containers. */
function getMargin({ text, starts }: Draft, index: number): string {
  const start = starts[index] ?? 0;
  return text.slice(lineStart(text, start), start);
}

function undefinedNote(draft: Draft, mark: Mark, place: Span, placeholder: string): Report {
  return {
    ...place,
    message: aboutNote(mark, wording("this footnote has no text. Add it at the end of the draft.")),
    fixes: [
      addDefinition(
        draft,
        `[^${mark.label ?? ""}]: `,
        placeholder,
        wording("Add the footnote with {0}", placeholder),
      ),
    ],
  };
}
