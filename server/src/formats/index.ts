import type { Format, FormatId } from "../core/draft.ts";
import { html } from "./html.ts";
import { markdown } from "./markdown.ts";
import { plaintext } from "./plaintext.ts";

const FORMATS: Readonly<Record<FormatId, Format>> = {
  markdown,
  plaintext,
  html,
};

/** The format of that name. */
export function formatOf(id: FormatId): Format {
  return FORMATS[id];
}

const BY_LANGUAGE: Readonly<Record<string, FormatId>> = {
  markdown: "markdown",
  mdx: "markdown",
  quarto: "markdown",
  rmd: "markdown",
  plaintext: "plaintext",
  html: "html",
};

const BY_EXTENSION: Readonly<Record<string, FormatId>> = {
  md: "markdown",
  markdown: "markdown",
  mdown: "markdown",
  mkd: "markdown",
  mkdn: "markdown",
  mdwn: "markdown",
  mdx: "markdown",
  qmd: "markdown",
  rmd: "markdown",
  txt: "plaintext",
  text: "plaintext",
  html: "html",
  htm: "html",
  xhtml: "html",
};

/** The format for an editor's language id, or for a file's name or path; undefined where none reads it. */
export function formatFor(languageOrName: string): FormatId | undefined {
  const name = languageOrName.toLowerCase();
  if (Object.hasOwn(BY_LANGUAGE, name)) return BY_LANGUAGE[name];
  const extension = /\.([a-z]+)$/.exec(name)?.[1];
  return extension !== undefined && Object.hasOwn(BY_EXTENSION, extension)
    ? BY_EXTENSION[extension]
    : undefined;
}
