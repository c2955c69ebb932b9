import type { BlockContext, Line } from "@lezer/markdown";
import { TOC } from "../support/block-marks.ts";
import { isTemplateLine } from "../support/templates.ts";
import { never, takeLines } from "./lines.ts";

/** `import … from "…"` in MDX: no sentence looks like this. */
export const IMPORT = /^import\s+(?:[\w*{][^"'`;]{0,500}\sfrom\s+)?["'][^"']+["'];?\s*$/;
/** `!!! note`, `??? "Details"`, and `=== "Tab"`, the label of a tab. The indented lines below belong to it. */
export const ADMONITION = /^(?:(?:!!!|\?\?\?\+?)\s+["\w]|===[!+]?\s+["“])/;
const ATTRIBUTES = /^\{:?\s*[#.:\w][^{}]{0,300}\}\s*$/;

/** Lines that site generators read and that print no words, by their first unit. */
const LINES: Readonly<Record<string, RegExp>> = {
  // DocFX: a tab's label.
  "#": /^#{1,6}[ \t]+\[[^\]\n]{0,200}\]\(#tab\//,
  // MyST: a link target.
  "(": /^\([\w:./-]{1,200}\)=\s*$/,
  // MyST: a comment. Pandoc: a title line.
  "%": /^%(?:\s|$)/,
  // PHP Markdown Extra, kramdown and Python-Markdown: the meaning of an abbreviation.
  "*": /^\*\[[^\]\n]{1,100}\]:\s(?![^\n]*\*\s*$)/,
  // MyST: the end of a cell.
  "+": /^\+\+\+(?:\s|$)/,
  // Python-Markdown: text from another file.
  "-": /^-{2,}8<-{2,}/,
  // Python-Markdown: the beginning or end of a custom block.
  "/": /^\/{3,}(?:\s|$)/,
  // VitePress: code from another file.
  "<": /^<<<\s*[@./~{]/,
  // Pandoc: a TeX command.
  "\\": /^\\[a-z]{2,40}(?:\{[^{}\n]{0,200}\})*\s*$/i,
  // DocFX: text or code from another file, or a video.
  "[": /^\[![A-Za-z][\w-]{0,60}(?:[ \t]*\[[^\]\n]{0,300}\]\([^()\n]{0,300}\)|[ \t]+https?:[^\s\]]{1,500})[ \t]*\]\s*$/,
};

/** Whether a line is for a site generator and no reader sees it. */
export function isDirective(text: string): boolean {
  switch (text.charCodeAt(0)) {
    case 58: // :
      return text.startsWith(":::");
    case 123: // {
      return ATTRIBUTES.test(text) || isTemplateLine(text);
    case 105: // i
      return IMPORT.test(text);
    case 33: // !
    case 61: // =
    case 63: // ?
      return ADMONITION.test(text);
    case 91: // [
      return TOC.test(text) || LINES["["]?.test(text) === true;
    default:
      return LINES[text.charAt(0)]?.test(text) === true;
  }
}

/** These continue with words, and so may be a line of a wrapped paragraph: "45\n% of the voters". */
const WORDS_FOLLOW = /^(?:%|\/{3,}\s*[^\s/]|\+{3}\s*[^\s{+])/;

/** Whether a line is a directive wherever it is, even right below a line of a paragraph. */
export function directiveEndsParagraph(text: string): boolean {
  return isDirective(text) && !WORDS_FOLLOW.test(text);
}

/** `:::{figure} a.png`: in MyST, options follow below, each as `:name: value`. */
const MYST = /^:{3,}\s*\{/;
const OPTION = /^[\s>]{0,100}:[\w-]{1,60}:(?:\s|$)/;
/** `{{< tabs >}}`: labels may follow below, as links, with or without a blank line between. */
const TABS = /^\{\{[<%]\s*[\w-]{0,60}tabs\b[^{}]{0,300}[>%]\}\}\s*$/;
const LABELS = /^\s*(?:\[[^\][\n]{0,200}\]\([^()\s]{0,200}\)\s*)*$/;

/** Takes a directive, with the lines below that belong to it. */
export function takeDirective(cx: BlockContext, line: Line): true {
  const text = line.text.slice(line.pos);
  const more = MYST.test(text) ? OPTION : TABS.test(text) ? LABELS : undefined;
  return takeLines(cx, line, "Directive", more === undefined ? never : (next) => more.test(next));
}

const GRID = /^\+(?:[-=:]{2,}\+)+\s*$/;

/** Whether a line is the top of a grid table, as in Pandoc. */
export function opensGrid(text: string): boolean {
  return text.charCodeAt(0) === 43 && GRID.test(text);
}

/** Whether a line is a row or a ruling of such a table. */
export function isOfGrid(text: string): boolean {
  return /^[\s>]{0,100}[+|]/.test(text);
}
