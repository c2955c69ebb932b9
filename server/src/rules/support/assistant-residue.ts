import { perBlock } from "../../draft/incremental/per-block.ts";
import type { Edit } from "../../text/edits.ts";
import type { Span } from "../../text/span.ts";

/*
 * What remains of a pasted answer of an AI assistant: its source markers, its URL parameters, and its opening
 * words.
 */

/** Its patterns in prose, for one regular expression. At any place, each can match in only one way. */
export const RESIDUE_PATTERNS: readonly string[] = [
  // citeturn0search0, turn12news3turn12view1
  "(?<![\\p{L}\\p{N}_])(?:file|nav)?(?:cite)?(?:turn\\d{1,3}(?:search|news|view|image|fetch|file|forecast|finance|product|academia|reddit)\\d{1,3})+(?![\\p{L}\\p{N}_])",
  // :contentReference[oaicite:0]{index=0}
  "(?::?contentReference)?\\[oaicite:\\d{1,4}\\](?:\\{index=\\d{1,4}\\})?",
  // oai_citation:1‡example.org
  "(?<![\\p{L}\\p{N}_])oai_citation(?:_attribution)?(?:[:;]\\d{1,4})?(?:‡[^\\s\\][()]{0,80})?",
  "(?<![\\p{L}\\p{N}\"“'‘])As an? (?:AI|large) language model(?![\\p{L}\\p{N}]|[\"”'’])",
];

/** A URL parameter that an assistant added, and the edit that removes it; offsets are UTF-16 units of the block's source. */
export interface MarkedAddress extends Span {
  readonly edit: Edit;
}

/** It follows the character that begins a parameter, so no other name can end in it. */
const MARK = /(?<=[?&]|&amp;)utm_source=(?:chatgpt\.com|openai|copilot\.com)(?![\w.-])/g;
const NONE: readonly MarkedAddress[] = [];

/** The URLs in a block with an assistant's parameter; memoized per block. */
export const markedAddresses = perBlock((block): readonly MarkedAddress[] => {
  if (block.kind === "code" || !block.source.includes("utm_source=")) return NONE;
  const addresses: MarkedAddress[] = [];
  const shown = block.marks.filter(({ kind }) => kind === "code");
  // Both are in order: those that end before this mark also end before all later marks.
  let next = 0;
  for (const { 0: mark, index: start } of block.source.matchAll(MARK)) {
    const end = start + mark.length;
    while ((shown[next]?.end ?? Infinity) <= start) next++;
    if ((shown[next]?.start ?? Infinity) > start && isInAddress(block.source, start))
      addresses.push({ start, end, edit: withoutMark(block.source, start, end) });
  }
  return addresses;
});

/** Whether a place is in a written-out address, not in words about one. Looks back a bounded distance. */
function isInAddress(source: string, at: number): boolean {
  let first = at;
  while (first > 0 && at - first < MAX_ADDRESS && !/[\s"'<>]/.test(source.charAt(first - 1)))
    first--;
  return /https?:\/\/|www\./i.test(source.slice(first, at));
}

/** Addresses are searched no further back, in UTF-16 units. */
const MAX_ADDRESS = 500;

/**
 * Removes a parameter from a URL, with its separator. The unit before is written again, so that a changed address does
 * not count as a lost one.
 */
function withoutMark(source: string, start: number, end: number): Edit {
  // In HTML an ampersand is written out.
  const after = ["&amp;", "&"].find((sign) => source.startsWith(sign, end)) ?? "";
  if (source.charAt(start - 1) === "?" && after !== "")
    return { start: start - 1, end: end + after.length, newText: "?" };
  const sign = ["&amp;", "&", "?"].find((sign) => source.endsWith(sign, start)) ?? "";
  const from = start - sign.length - 1;
  return { start: from, end, newText: source.charAt(from) };
}
