import { isNotProse } from "../formats/registry.ts";
import { isTooLarge } from "../draft/largest.ts";
import type { Choice } from "../settings/select.ts";
import { decode } from "../text/decode.ts";

export interface Candidate extends Choice {
  /** Its path. The name helps decide whether it is prose. */
  readonly path: string;
}

/** The text of a draft, or what its bytes are not: text, of a draft's size, or prose. */
export type DraftText = { readonly text: string } | { readonly no: "text" | "draft" | "prose" };

/** Reads the bytes of a file as a draft. Never throws. */
export function draftText(
  bytes: Uint8Array,
  { path, format, explicitlyIncluded }: Candidate,
): DraftText {
  const text = decode(bytes);
  if (text === undefined) return { no: "text" };
  if (isTooLarge(text)) return { no: "draft" };
  return explicitlyIncluded || !isNotProse(format, text, path) ? { text } : { no: "prose" };
}
