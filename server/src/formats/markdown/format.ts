import type { Block, Format } from "../../draft/draft.ts";
import type { Span } from "../../text/span.ts";
import { COMMON_MARKUP, HTML_COMMENT } from "../structure/markup.ts";
import { markdownContainers } from "./containers.ts";
import { escapeMarkdown } from "./escape.ts";
import { isLabelLine, labelIn, opensCallout } from "./labels.ts";
import { parse } from "./markdown.ts";
import { markdownPairs } from "./pairs.ts";

/** Markdown: CommonMark and GFM, with front matter, footnotes, definitions, templates, directives, MDX and more. */
export const markdown: Format<"markdown"> = {
  id: "markdown",
  name: "Markdown",
  files: {
    extensions: ["md", "markdown", "mdx", "mdown", "mkd", "mkdn", "qmd", "rmd"],
    languageIds: ["markdown", "mdx", "quarto", "rmd", "pandoc"],
    byDefault: "every",
    vscode: {
      startsOn: { languageIds: ["markdown", "mdx"], extensions: ["md", "markdown", "mdx"] },
      sends: ["markdown", "mdx", "quarto", "rmd"],
    },
  },
  markup: {
    ...COMMON_MARKUP,
    pairs: markdownPairs,
    containers: markdownContainers,
    getLabel: labelIn,
    isLabelLine,
    opensCallout,
    isPairedMarkup: (block) =>
      COMMON_MARKUP.isPairedMarkup(block) ||
      (block.kind === "directive" && block.source.startsWith(":::")),
    escapeText: escapeMarkdown,
    // A backslash may break a line.
    toOneLine: (source) => COMMON_MARKUP.toOneLine(source.replace(/\\(?=[\r\n])/g, "")),
    headingWords,
    isSetByTags: ({ source }) => source.startsWith("<"),
    // MDX has no HTML comments.
    comment: ({ languageId, extension }) =>
      languageId === "mdx" || extension === "mdx" ? undefined : HTML_COMMENT,
  },
  parse: (text, previous) => parse(text, markdown, previous),
};

/** The text between the number signs, or above the line. */
function headingWords(block: Block): Span {
  const lines = block.source.trimEnd();
  const opened = /^[ \t]*#{1,6}[ \t]*/.exec(lines);
  if (opened === null) {
    const line = lines.lastIndexOf("\n");
    const isUnderlined = line > 0 && /^[^\n]*[-=][ \t]*$/.test(lines.slice(line + 1));
    return { start: 0, end: isUnderlined ? lines.slice(0, line).trimEnd().length : lines.length };
  }
  let end = lines.length;
  while (end > opened[0].length && lines[end - 1] === "#") end--;
  const title = lines.slice(opened[0].length, end).trimEnd();
  if (title === "") return { start: 0, end: lines.length };
  return { start: opened[0].length, end: opened[0].length + title.length };
}
