import type { BlockContext, Line } from "@lezer/markdown";
import { TOC } from "../support/block-marks.ts";
import { isTemplateLine } from "../support/templates.ts";
import { never, takeLines } from "./lines.ts";

/** `import … from "…"` in MDX: no sentence has this shape. */
export const IMPORT = /^import\s+(?:[\w*{][^"'`;]{0,500}\sfrom\s+)?["'][^"']+["'];?\s*$/;
/** `!!! note`, `??? "Details"`, and `=== "Tab"`, the label of a tab: what is indented under it belongs to it. */
export const ADMONITION = /^(?:(?:!!!|\?\?\?\+?)\s+["\w]|===[!+]?\s+["“])/;
const ATTRIBUTES = /^\{:?\s*[#.:\w][^{}]{0,300}\}\s*$/;

/** Lines that site generators read and that put no words on the page, by the unit that they begin with. */
const LINES: Readonly<Record<string, RegExp>> = {
  // DocFX: the label of a tab.
  "#": /^#{1,6}[ \t]+\[[^\]\n]{0,200}\]\(#tab\//,
  // MyST: a place that can be linked to.
  "(": /^\([\w:./-]{1,200}\)=\s*$/,
  // MyST: a comment. Pandoc: a line of the title.
  "%": /^%(?:\s|$)/,
  // PHP Markdown Extra, kramdown and Python-Markdown: what an abbreviation stands for.
  "*": /^\*\[[^\]\n]{1,100}\]:\s(?![^\n]*\*\s*$)/,
  // MyST: where a cell ends.
  "+": /^\+\+\+(?:\s|$)/,
  // Python-Markdown: another file's text.
  "-": /^-{2,}8<-{2,}/,
  // Python-Markdown: a block of its own kind begins or ends.
  "/": /^\/{3,}(?:\s|$)/,
  // VitePress: another file's code.
  "<": /^<<<\s*[@./~{]/,
  // Pandoc: a command of TeX.
  "\\": /^\\[a-z]{2,40}(?:\{[^{}\n]{0,200}\})*\s*$/i,
  // DocFX: another file's text or code, a video.
  "[": /^\[![A-Za-z][\w-]{0,60}(?:[ \t]*\[[^\]\n]{0,300}\]\([^()\n]{0,300}\)|[ \t]+https?:[^\s\]]{1,500})[ \t]*\]\s*$/,
};

/** Whether a line is one that a site generator reads and no reader sees. */
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

/** These go on with words, and so may be a line of a paragraph that was wrapped: "45⏎% of the voters". */
const WORDS_FOLLOW = /^(?:%|\/{3,}\s*[^\s/]|\+{3}\s*[^\s{+])/;

/** Whether a line is a directive wherever it stands, right under the line of a paragraph too. */
export function directiveEndsParagraph(text: string): boolean {
  return isDirective(text) && !WORDS_FOLLOW.test(text);
}

/** `:::{figure} a.png`: MyST has options under it, each `:name: value`. */
const MYST = /^:{3,}\s*\{/;
const OPTION = /^[\s>]{0,100}:[\w-]{1,60}:(?:\s|$)/;
/** `{{< tabs >}}`: the labels may stand under it, as links, with or without a blank line between. */
const TABS = /^\{\{[<%]\s*[\w-]{0,60}tabs\b[^{}]{0,300}[>%]\}\}\s*$/;
const LABELS = /^\s*(?:\[[^\][\n]{0,200}\]\([^()\s]{0,200}\)\s*)*$/;

/** Takes a directive, with the lines under it that are part of it. */
export function takeDirective(cx: BlockContext, line: Line): true {
  const text = line.text.slice(line.pos);
  const more = MYST.test(text) ? OPTION : TABS.test(text) ? LABELS : undefined;
  return takeLines(cx, line, "Directive", more === undefined ? never : (next) => more.test(next));
}

const GRID = /^\+(?:[-=:]{2,}\+)+\s*$/;

/** Whether a line draws the top of a grid table, as Pandoc has it. */
export function opensGrid(text: string): boolean {
  return text.charCodeAt(0) === 43 && GRID.test(text);
}

/** Whether a line is a row of such a table, or draws its lines. */
export function isOfGrid(text: string): boolean {
  return /^[\s>]{0,100}[+|]/.test(text);
}
