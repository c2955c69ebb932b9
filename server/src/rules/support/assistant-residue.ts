import { perBlock } from "../../draft/incremental/per-block.ts";
import type { Edit } from "../../text/edits.ts";
import type { Span } from "../../text/span.ts";

/*
 * What the answer of an assistant leaves behind where it is pasted: the marks of its sources, the mark that it
 * puts on addresses, and its opening words.
 */

/** Patterns of it in prose, for one expression; none can match in two ways from one place. */
export const RESIDUE_PATTERNS: readonly string[] = [
  // citeturn0search0, turn12news3turn12view1
  "(?<![\\p{L}\\p{N}_])(?:file|nav)?(?:cite)?(?:turn\\d{1,3}(?:search|news|view|image|fetch|file|forecast|finance|product|academia|reddit)\\d{1,3})+(?![\\p{L}\\p{N}_])",
  // :contentReference[oaicite:0]{index=0}
  "(?::?contentReference)?\\[oaicite:\\d{1,4}\\](?:\\{index=\\d{1,4}\\})?",
  // oai_citation:1‡example.org
  "(?<![\\p{L}\\p{N}_])oai_citation(?:_attribution)?(?:[:;]\\d{1,4})?(?:‡[^\\s\\][()]{0,80})?",
  "(?<![\\p{L}\\p{N}\"“'‘])As an? (?:AI|large) language model(?![\\p{L}\\p{N}]|[\"”'’])",
];

/** Whether a placeholder is one of these, and not what a writer put there. */
export function isResidue(text: string): boolean {
  return /^(?:(?:file|nav|cite)*turn\d|:?contentReference|\[oaicite|oai_citation|As an? )/.test(
    text,
  );
}

/** A part of an address that an assistant has added, and the edit that takes it out; offsets are those of the block's source. */
export interface MarkedAddress extends Span {
  readonly edit: Edit;
}

const MARK = /utm_source=(?:chatgpt\.com|openai|copilot\.com)(?![\w.-])/g;
const NONE: readonly MarkedAddress[] = [];

/** The addresses in a block that carry the mark of an assistant; kept with the block. */
export const markedAddresses = perBlock((block): readonly MarkedAddress[] => {
  if (block.kind === "code" || !block.source.includes("utm_source=")) return NONE;
  const found: MarkedAddress[] = [];
  const shown = block.marks.filter(({ kind }) => kind === "code");
  // Both are in order: what ends before this mark ends before all that follow.
  let next = 0;
  for (const { 0: mark, index: start } of block.source.matchAll(MARK)) {
    const end = start + mark.length;
    while ((shown[next]?.end ?? Infinity) <= start) next++;
    if ((shown[next]?.start ?? Infinity) > start)
      found.push({ start, end, edit: withoutMark(block.source, start, end) });
  }
  return found;
});

/** Takes a parameter out of an address, with the sign that parts it from the others. */
function withoutMark(source: string, start: number, end: number): Edit {
  // In HTML an ampersand is written out.
  const after = ["&amp;", "&"].find((sign) => source.startsWith(sign, end)) ?? "";
  if (source.charAt(start - 1) === "?" && after !== "")
    return { start, end: end + after.length, newText: "" };
  const before = ["&amp;", "&", "?"].find((sign) => source.endsWith(sign, start)) ?? "";
  return { start: start - before.length, end, newText: "" };
}
