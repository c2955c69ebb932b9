import type { Block } from "../../draft/draft.ts";
import { perBlock } from "../../draft/incremental/per-block.ts";
import type { ElementTag } from "../../draft/markup.ts";

/** A tag of an element that holds blocks and means nothing by itself. */
const ELEMENT = /<(\/?)(?:div|section)\b([^<>]{0,400})>/gi;

/** The tags in a block of elements that hold blocks, in order. */
export function elementTags({ source }: Block): readonly ElementTag[] {
  return [...source.matchAll(ELEMENT)].map(([, slash = "", attributes = ""]) => ({
    closes: slash !== "",
    className: classIn(attributes),
  }));
}

/** The class of the paragraph's tag that a block begins with, "" for none; memoized per block. */
export const classOf = perBlock(({ kind, source }): string =>
  kind === "paragraph" ? classIn(/^\s*<p\b([^<>]{0,400})>/i.exec(source)?.[1] ?? "") : "",
);

function classIn(attributes: string): string {
  return /\bclass(?:Name)?\s{0,8}=\s{0,8}["']([^"']{1,200})/i.exec(attributes)?.[1] ?? "";
}
