import type { Block } from "../../draft/draft.ts";

/**
 * What a block is that stands over what it holds, as `[!NOTE]` does in a quotation, `!!! note` and `=== "Tab"` over
 * indented lines: a plain label, or one with words of its own; undefined if it is neither.
 */
export function labelIn({ kind, source }: Block): "plain" | "worded" | undefined {
  if (kind !== "directive" || !/^(?:\[!|!!!|\?\?\?|===)/.test(source)) return undefined;
  return /^(?:\[![\w-]+\][+-]?|(?:!!!|\?\?\?\+?)[ \t]+[\w-]+)$/.test(source) ? "plain" : "worded";
}

/** Whether a line is the label of a callout, with the marks of the quotation that holds it. */
export function isLabelLine(line: string): boolean {
  return /^[\s>]*\[![\w-]+\]/.test(line);
}

export function opensCallout({ source }: Block): boolean {
  return source.startsWith("[!");
}
