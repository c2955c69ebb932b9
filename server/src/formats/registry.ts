/*
 * formats/: text to `Draft`. Each format has a folder, and declares itself in its `format.ts`.
 *
 * `files` says which files and languages belong to it. `Markup` answers every question about its markup, from how a
 * comment is written to what opens a tab. Nothing outside this folder compares names of formats.
 *
 * `parse` never fails and is linear in the text. Given the previous draft, it keeps each block that did not change
 * (`support/reread.ts`). HTML inside Markdown is read by the HTML format.
 *
 * `structure/pairs.ts` matches what must stay or go together: tags, shortcodes, directives, links, emphasis, quotation
 * marks, brackets. Only deletions and restored words need it.
 */

import type { CommentSyntax, Format } from "../draft/draft.ts";
import { html } from "./html/format.ts";
import { markdown } from "./markdown/format.ts";
import { plaintext } from "./plaintext/format.ts";

/** All formats. Formats are registered only here. */
export const FORMATS = [markdown, plaintext, html] as const;

export type FormatId = (typeof FORMATS)[number]["id"];

/** The format of an explicitly included file with an unknown extension. */
export const FALLBACK_FORMAT: FormatId = plaintext.id;

/** The format of a text without a file name. */
export const UNNAMED_FORMAT: FormatId = markdown.id;

export const FORMAT_IDS: readonly FormatId[] = FORMATS.map(({ id }) => id);

const ALL: readonly Format<FormatId>[] = FORMATS;
const BY_ID: ReadonlyMap<string, Format> = new Map(ALL.map((format) => [format.id, format]));
const BY_EXTENSION = by(({ files }) => files.extensions);
const BY_LANGUAGE = by(({ files }) => files.languageIds);

function by(getKeys: (format: Format) => readonly string[]): ReadonlyMap<string, FormatId> {
  return new Map(ALL.flatMap((format) => getKeys(format).map((key) => [key, format.id])));
}

export function getFormat(id: FormatId): Format {
  return BY_ID.get(id) ?? plaintext;
}

/** The format of a file extension, ignoring case; undefined if no format has it. */
export function formatForExtension(extension: string): FormatId | undefined {
  return BY_EXTENSION.get(extension.toLowerCase());
}

/** The format of a language id; undefined if no format has it. */
export function formatForLanguage(languageId: string): FormatId | undefined {
  return BY_LANGUAGE.get(languageId);
}

/** Whether a text that is not explicitly included is not a draft, because it reads like a list or data. */
export function isNotProse(id: FormatId, text: string, path: string): boolean {
  const { byDefault, isProse } = getFormat(id).files;
  return byDefault === "prose" && isProse?.(text, path) === false;
}

/** The comment syntax of a document; undefined if it has no comments that stay out of print. */
export function commentIn(
  { markup }: Format,
  languageId: string,
  path: string,
): CommentSyntax | undefined {
  const extension = /\.([^./\\]+)$/.exec(path)?.[1]?.toLowerCase() ?? "";
  return markup.comment({ languageId, extension });
}
