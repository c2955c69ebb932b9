import type { Block } from "../../draft/draft.ts";

/**
 * The label that a block is for what it contains, as `[!NOTE]` in a quotation, or `!!! note` and `=== "Tab"` above
 * indented lines: a plain label, or one with words of its own; undefined if it is neither.
 */
export function labelIn({ kind, source }: Block): "plain" | "worded" | undefined {
  if (kind !== "directive" || !/^(?:\[!|!!!|\?\?\?|===)/.test(source)) return undefined;
  return /^(?:\[![\w-]+\][+-]?|(?:!!!|\?\?\?\+?)[ \t]+[\w-]+)$/.test(source) ? "plain" : "worded";
}

/** Whether a line is the label of a callout, including the quotation marks of its container. */
export function isLabelLine(line: string): boolean {
  return /^[\s>]*\[![\w-]+\]/.test(line);
}

export function opensCallout({ source }: Block): boolean {
  return source.startsWith("[!");
}
