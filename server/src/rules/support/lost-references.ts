import type { Block, Draft, Mark } from "../../draft/draft.ts";
import type { Report } from "../../draft/finding.ts";
import { indexBlocks } from "../../draft/incremental/chunks.ts";
import { memoizeOn } from "../../draft/incremental/memoize.ts";
import { perBlock } from "../../draft/incremental/per-block.ts";
import type { Span } from "../../text/span.ts";
import { includesOthers } from "./includes.ts";
import { type Labels, labelsOf, normalLabel } from "./labels.ts";
import { keepText, SEEN_ANYWAY, showsImage } from "./link-fixes.ts";

/** The references of a draft. */
export interface References {
  /** The reports on those whose label is defined nowhere; offsets are the draft's. */
  readonly lost: readonly Report[];
  /** How many labels these have. */
  readonly lostLabels: number;
  /** How many labels are defined and referred to. */
  readonly foundLabels: number;
}

/** None are lost in a draft that includes other files: their definitions may be in one of them. */
export const referencesOf = memoizeOn<Draft>()((draft): References => {
  const labels = labelsOf(draft);
  const lost: Report[] = [];
  const lostLabels = new Set<string>();
  const foundLabels = new Set<string>();
  for (const index of includesOthers(draft) ? [] : referring(draft)) {
    const block = draft.blocks[index];
    if (block === undefined) continue;
    const start = draft.starts[index] ?? 0;
    for (const mark of block.marks) {
      if (mark.kind !== "reference") continue;
      const label = normalLabel(mark.label);
      if (labels.defined.has(label)) foundLabels.add(label);
      if (!isLost(block, mark, label, labels)) continue;
      lostLabels.add(label);
      const place = { start: start + mark.start, end: start + mark.end };
      lost.push(undefinedReference(block, mark, place));
    }
  }
  return { lost, lostLabels: lostLabels.size, foundLabels: foundLabels.size };
});

const referring = indexBlocks(({ marks }) => marks.some(({ kind }) => kind === "reference"));

/** Whether a mark is intended as a reference and has no definition; `key` is its normalized label. */
function isLost(block: Block, mark: Mark, key: string, labels: Labels): boolean {
  const label = mark.label ?? "";
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

function undefinedReference(block: Block, mark: Mark, place: Span): Report {
  const image = block.source[mark.start] === "!";
  const text = mark.text ?? { start: mark.start, end: mark.start };
  const shown = block.source.slice(text.start, text.end);
  const badge = showsImage(shown) || (image && textStarts(block).has(mark.start));
  return {
    ...place,
    ...(badge && SEEN_ANYWAY),
    message: `“${mark.label ?? ""}” is defined nowhere in this draft, so the ${image ? "image" : "link"} shows as brackets. Add the line [${mark.label ?? ""}]: address.`,
    fixes: image ? [] : [keepText(place, shown)],
  };
}

/** Where the texts of a block's links begin: what begins there is their first part. */
const textStarts = perBlock(
  ({ marks }): ReadonlySet<number> => new Set(marks.flatMap(({ text }) => text?.start ?? [])),
);
