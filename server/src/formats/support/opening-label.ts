import { perBlock } from "../../draft/incremental/per-block.ts";
import type { OpeningLabel } from "../../draft/markup.ts";
import { sourceSpan } from "../../draft/prose.ts";

/** The label that a paragraph begins with in bold or as code, or a caption's words; memoized per block. */
export const openingLabel = perBlock((block): OpeningLabel => {
  const { kind, marks, prose, source } = block;
  if (kind === "caption") return { text: prose.text.trim().toLowerCase(), isAll: true };
  if (kind !== "paragraph") return NO_LABEL;
  const { start, end } = sourceSpan(prose, { start: 0, end: prose.text.trimEnd().length });
  const mark = marks.find((one) => one.start <= start && one.end > start);
  // Bold has its mark twice; what is set in italics is as often a sentence.
  const isBold = mark?.kind === "emphasis" && source[mark.start] === source[mark.start + 1];
  if (mark === undefined || (!isBold && mark.kind !== "code")) return NO_LABEL;
  const text = source.slice(mark.start, mark.end).toLowerCase();
  return text.length > LONGEST_LABEL ? NO_LABEL : { text, isAll: mark.end >= end };
});

const NO_LABEL: OpeningLabel = { text: "", isAll: false };

/** A longer one, in UTF-16 units, is a sentence that was set so. */
const LONGEST_LABEL = 80;
