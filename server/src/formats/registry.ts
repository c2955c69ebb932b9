import type { Format } from "../draft/draft.ts";
import type { CommentSyntax } from "../draft/format-files.ts";
import { html } from "./html/format.ts";
import { markdown } from "./markdown/format.ts";
import { plaintext } from "./plaintext/format.ts";

/** The formats that Galley reads: the only list of them. */
export const FORMATS = [markdown, plaintext, html] as const;

export type FormatId = (typeof FORMATS)[number]["id"];

/** What a file is read as that was asked for, and whose name tells of no format. */
export const FALLBACK: FormatId = plaintext.id;

/** What a text without a name is read as. */
export const NAMELESS: FormatId = markdown.id;

/** The names of all formats. */
export const FORMAT_IDS: readonly FormatId[] = FORMATS.map(({ id }) => id);

const ALL: readonly Format<FormatId>[] = FORMATS;
const BY_ID: ReadonlyMap<string, Format> = new Map(ALL.map((format) => [format.id, format]));
const BY_EXTENSION = by(({ files }) => files.extensions);
const BY_LANGUAGE = by(({ files }) => files.languageIds);

function by(keysOf: (format: Format) => readonly string[]): ReadonlyMap<string, FormatId> {
  return new Map(ALL.flatMap((format) => keysOf(format).map((key) => [key, format.id])));
}

/** The format of that name. */
export function formatOf(id: FormatId): Format {
  return BY_ID.get(id) ?? plaintext;
}

/** The format of the files that have an extension, in any case; undefined where it is of none that Galley reads. */
export function formatOfExtension(extension: string): FormatId | undefined {
  return BY_EXTENSION.get(extension.toLowerCase());
}

/** The format of an editor's language; undefined for those that Galley does not read. */
export function formatOfLanguage(languageId: string): FormatId | undefined {
  return BY_LANGUAGE.get(languageId);
}

/** Whether a text that nobody asked for is no draft, as it reads like a list or like data. */
export function isNotProse(id: FormatId, text: string, path: string): boolean {
  const { byDefault, isProse } = formatOf(id).files;
  return byDefault === "prose" && isProse?.(text, path) === false;
}

/** How comments are written in a document; undefined where there are none that stay out of print. */
export function commentIn(
  { markup }: Format,
  languageId: string,
  path: string,
): CommentSyntax | undefined {
  const extension = /\.([^./\\]+)$/.exec(path)?.[1]?.toLowerCase() ?? "";
  return markup.comment({ languageId, extension });
}
