import type { Block, Format } from "../../draft/draft.ts";
import { COMMON_MARKUP, HTML_COMMENT } from "../structure/markup.ts";
import { mainTextStart } from "./main-text.ts";
import { htmlPairs } from "./pairs.ts";
import { toDraft } from "../support/reread.ts";
import { readHtml } from "./html.ts";

export const html: Format<"html"> = {
  id: "html",
  name: "HTML",
  files: {
    extensions: ["html", "htm", "xhtml"],
    languageIds: ["html"],
    // Most HTML files are layouts or generated.
    byDefault: "none",
    vscode: { startsOn: { languageIds: ["html"], extensions: [] }, sends: ["html"] },
  },
  markup: {
    ...COMMON_MARKUP,
    pairs: htmlPairs,
    blocksOwnLines: false,
    isOnlyMarkup: (source) => TAGS.test(source) && !CONTENT.test(source),
    escapeText: (text) => text.replace(/[&<>]|\{(?=[{%#])/g, (mark) => `&#${mark.charCodeAt(0)};`),
    emptyPlace,
    paragraph: { before: "\n<p>", after: "</p>" },
    mainTextStart,
    declaredLanguage: (text) => LANGUAGE.exec(text.slice(0, HEAD))?.[1],
    comment: () => HTML_COMMENT,
  },
  parse: (text, previous) => toDraft(html, text, readHtml(text), previous),
};

const TAGS = /^(?:\s|<\/?[a-z][^<>]*>|\{%[^{}]*%\})*$/i;

/** Elements that are visible without text. */
const CONTENT = /<(?:script|style|svg|iframe|object|video|audio|canvas|select|textarea)\b/i;

/** Before the end tag, if there is one. */
function emptyPlace({ source }: Block): { readonly at: number; readonly gap: string } {
  const closing = source.lastIndexOf("</");
  return { at: closing < 0 ? source.length : closing, gap: "" };
}

/** How far to search for the first tag, in UTF-16 units. */
const HEAD = 4000;
const LANGUAGE = /<html(?:\s[^<>]*?)?\s(?:xml:)?lang\s*=\s*["']?([\w-]+)/i;
