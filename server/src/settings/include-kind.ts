import { FORMAT_IDS, getFormat, formatForExtension } from "../formats/registry.ts";
import type { SkipReason } from "./skipped.ts";

/** A kind of file that is read only if a pattern requests it. */
export interface FileKind {
  /** What people call it: “HTML”, or “.org” if no format knows it. */
  readonly name: string;
  /** The pattern in `include` that requests all files of the kind. */
  readonly pattern: string;
}

/**
 * The kind to include so that a file becomes a draft, by the reason why it is not one; undefined if that would not
 * help. An extension without a format is a kind of its own, if it is a plain word.
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
  // Patterns are case-sensitive.
  const all = [...new Set([...files.extensions, extension])];
  return { name, pattern: all.length === 1 ? `**/*.${extension}` : `**/*.{${all.join(",")}}` };
}
