// Made from server/src/formats/registry.ts by npm run generate.

/** Languages in which drafts are written; the server decides about each document. */
export const LANGUAGES: readonly string[] = [
  "markdown",
  "mdx",
  "quarto",
  "rmd",
  "plaintext",
  "restructuredtext",
  "asciidoc",
  "latex",
  "html",
];
