import { FORMAT_IDS, getFormat, formatForExtension } from "../formats/registry.ts";
import type { SkipReason } from "./skipped.ts";

/** A kind of file that is read only where a pattern asks for it. */
export interface FileKind {
  /** What people call it: “HTML”, or “.org” where no format knows it. */
  readonly name: string;
  /** The pattern in `include` that asks for all files of the kind. */
  readonly pattern: string;
}

/**
 * The kind that would have to be included for a file to be a draft, by the reason why it is none; undefined if that
 * would not do. An extension that no format has is a kind of its own, if it is a plain word.
 */
export function kindIncluded(reason: SkipReason, path: string): FileKind | undefined {
  const extension = /[^/]\.([a-z0-9_-]{1,16})$/i.exec(path)?.[1];
  if (extension === undefined) return undefined;
  const format = formatForExtension(extension);
  if (format === undefined) {
    return reason === "other kind"
      ? { name: `.${extension}`, pattern: `**/*.${extension}` }
      : undefined;
  }
  if (!FORMAT_IDS.some((id) => reason === `only explicit ${id}`)) return undefined;
  const { name, files } = getFormat(format);
  // Patterns distinguish capitals from small letters.
  const all = [...new Set([...files.extensions, extension])];
  return { name, pattern: all.length === 1 ? `**/*.${extension}` : `**/*.{${all.join(",")}}` };
}
