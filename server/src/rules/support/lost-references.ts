import type { Block, Draft, Mark } from "../../draft/draft.ts";
import type { Report } from "../../draft/finding.ts";
import { perBlock } from "../../draft/incremental/per-block.ts";
import { beginning, messageAbout, oneLine } from "../../text/excerpt.ts";
import type { Span } from "../../text/span.ts";
import { addDefinition } from "./definition-fix.ts";
import { type Labels, normalLabel } from "./labels.ts";
import { keepText, SEEN_ANYWAY, showsImage } from "./link-fixes.ts";

/** The report on a reference to an undefined label, in the block of that index; offsets are the draft's. */
export function referenceReports(
  draft: Draft,
  index: number,
  mark: Mark,
  labels: Labels,
  placeholder: string,
): readonly Report[] {
  const block = draft.blocks[index];
  if (block === undefined || !isLost(block, mark, labels)) return [];
  const start = draft.starts[index] ?? 0;
  const place = { start: start + mark.start, end: start + mark.end };
  return [undefinedReference(draft, block, mark, place, placeholder)];
}

/** Whether a mark is intended as a reference and has no definition. */
function isLost(block: Block, mark: Mark, labels: Labels): boolean {
  const label = mark.label ?? "";
  const key = normalLabel(label);
  if (labels.defined.has(key) || labels.headings.has(key)) return false;
  const written = block.source.slice(mark.start, mark.end);
  if (!written.endsWith("]") || !written.includes("][") || mark.text === undefined) return false;
  if (mark.text.end <= mark.text.start || label.trim() === "") return false;
  // “a[i][j]” is code; so are names that a documentation tool looks up elsewhere, and citations.
  if (/[\p{L}\p{M}\p{N}_)\]]/u.test(block.source.charAt(mark.start - 1))) return false;
  if (/^[([]/.test(block.source.slice(mark.end, mark.end + 1))) return false;
  if (/::|\(\)|^[@#`!^,]|[\w]\.[\w]|[{}<>$|\\]/.test(label)) return false;
  if (
    /^\d+$|^.$/.test(block.source.slice(mark.text.start, mark.text.end)) &&
    /^\d+$|^.$/.test(label)
  )
    return false;
  // Where nothing is defined, a lone identifier may be another tool's.
  return labels.defined.size > 0 || !/[-_]/.test(label);
}

function undefinedReference(
  draft: Draft,
  block: Block,
  mark: Mark,
  place: Span,
  placeholder: string,
): Report {
  const image = block.source[mark.start] === "!";
  const text = mark.text ?? { start: mark.start, end: mark.start };
  const shown = block.source.slice(text.start, text.end);
  const badge = showsImage(shown) || (image && textStarts(block).has(mark.start));
  return {
    ...place,
    ...(badge && SEEN_ANYWAY),
    message: messageAbout(
      (most) => beginning(mark.label ?? "", most),
      (label) =>
        `“${label}”: no address for it is in this draft, so the ${image ? "image" : "link"} shows as brackets. Add it.`,
    ),
    fixes: [
      addDefinition(draft, `[${oneLine(mark.label ?? "")}]: `, placeholder, "Add the address"),
      ...(image ? [] : [keepText(place, shown)]),
    ],
  };
}

/** Where the texts of a block's links begin: what begins there is their first part. */
const textStarts = perBlock(
  ({ marks }): ReadonlySet<number> => new Set(marks.flatMap(({ text }) => text?.start ?? [])),
);
