import { type Block, type Format, type Draft, holdsProse } from "../../draft/draft.ts";
import { COMMON_MARKUP, HTML_COMMENT } from "../structure/markup.ts";
import { toDraft } from "../support/reread.ts";
import { readHtml, templatesIn, withoutTemplates } from "./html.ts";
import type { Half } from "../../draft/markup.ts";
import {
  LOOKS,
  NEVER_BARE,
  Pairing,
  proseTokens,
  TagPairing,
  templateToken,
} from "../structure/pairs.ts";
import { tokenize } from "../support/tags.ts";

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

/** What surrounds the text of a page: its menus, its name. */
const AROUND = new Set(["nav", "header", "aside", "footer"]);

const BEGINS = /^(?:main|article|h1)$/;

/**
 * Where the main text of a page begins, in UTF-16 units: at its `main`, at its first `article` or `h1` outside such
 * surroundings, or else at the start of the page.
 */
export function mainTextStart(text: string): number {
  const starts = new Map<string, number>();
  let depth = 0;
  tokenize(withoutTemplates(text, templatesIn(text)), {
    tag: ({ start, name, closes, selfCloses }) => {
      if (selfCloses) return;
      if (AROUND.has(name)) depth = Math.max(0, depth + (closes ? -1 : 1));
      else if (!closes && BEGINS.test(name) && !starts.has(name)) {
        if (name !== "h1" || depth === 0) starts.set(name, start);
      }
    },
  });
  const [article = Infinity, heading = Infinity] = [starts.get("article"), starts.get("h1")];
  const first = Math.min(article, heading);
  return starts.get("main") ?? (first === Infinity ? 0 : first);
}

/** The halves of tags, template statements, quotation marks and brackets. */
export function htmlPairs(draft: Draft): readonly Half[] {
  const pairing = new Pairing();
  htmlTokens(draft.text, pairing);
  draft.blocks.forEach((block, index) => {
    if (holdsProse(block)) proseTokens(block.prose, draft.starts[index] ?? 0, pairing);
  });
  return pairing.halves();
}

function htmlTokens(text: string, pairing: Pairing): void {
  const templates = templatesIn(text);
  for (const { start, end } of templates) templateToken(text.slice(start, end), start, pairing);
  const tags = new TagPairing(pairing);
  tokenize(withoutTemplates(text, templates), {
    tag: ({ start, end, name, closes, selfCloses, attributes }) => {
      if (selfCloses) return;
      const bare = !NEVER_BARE.has(name) && [...attributes.keys()].every((key) => LOOKS.test(key));
      tags.tag({ start, end }, name, closes, bare);
    },
  });
  tags.finish(text.length);
}
