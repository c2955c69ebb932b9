import type { Block } from "../../draft/draft.ts";
import { perBlock } from "../../draft/incremental/per-block.ts";
import { MASK, sourceSpan } from "../../draft/prose.ts";

/* What a single block, in the syntaxes of site generators or by its layout, says about the blocks that follow. */

const INCLUDE =
  /--8<--|\{%-?[ \t]*(?:include|render|import|extends)|\{\{[#<%>]?[ \t]*(?:include|partial|snippet|template|embed|import|readfile)|^[ \t]*(?:import[ \t][^\n]{1,200}[ \t]from[ \t]|include::|!!!?include|@include|@import|\.\.[ \t]*include)|\{include\}|\{![^!\n]{1,200}!\}|<!--[ \t]*#?include|\[!include|^\[[^\]\n]{0,200}\{[{%][^\]\n]{0,200}\]:/im;

/** Whether a block includes another file, in the syntaxes of site generators; memoized per block. */
export const isInclude = perBlock((block): boolean => INCLUDE.test(block.source.slice(0, 4000)));

/** A line that a table of contents replaces. */
export const TOC = /^(?:\[_?toc_?\]|\[\[_?toc_?\]\])\s*$/i;

/** Whether a block opens an aside: a directive, a shortcode or a component with such a name; memoized per block. */
export const opensAside = perBlock(({ source }): boolean =>
  /^\s*(?::{3,}\s*\{?[a-z]|(?:\{\{[<%]\s*|<)(?:admonition|alert|aside|callout|caution|danger|important|info|note|pitfall|tip|warn(?:ing)?)\b)/i.test(
    source,
  ),
);

/** Whether a block shows what follows only to some readers, in the syntaxes of site generators; memoized per block. */
export const isVariantMark = perBlock(({ source }): boolean =>
  /^[ \t]*(?:\{%-?\s*(?:if|elsif|elif|else|unless|case|when|endif|endcase|endunless)\b|\{\{[<%]\s*(?:\/\s*)?(?:if|show-in|hide-in|else|version|expand)|:::+\s*(?:moniker|zone|code-group|tabs?)\b|<\/?(?:If|Else|Show|Hide|Only|When|Variant|Version|Platform|Solution))/m.test(
    source,
  ),
);

/** What a block does to tabs, of which a reader sees one at a time. */
interface TabMark {
  /** The mark that opens a tab, as written; undefined if the block opens none. */
  readonly opens: string | undefined;
  readonly closes: boolean;
}

/** Whether a block starts or ends tabs, in the syntaxes of site generators; memoized per block. */
export const tabMark = perBlock((block): TabMark => ({
  opens: TAB_START.exec(block.source)?.[0],
  closes: TAB_END.test(block.source),
}));

// The markers of tabs, at the start of a block.
const TAB_START =
  /^\s*(?:(?::{1,4}\s*(?:\{\s*)?(?:begin_)?tab\b|:begin_tab:|\{\{?[<%]?\s*tabs?\b|<Tab(?:Item|Panel)?\b|===[!+]?\s*["“]|#+\s+\[[^\]\n]*\]\(#tab\/)[^\n]{0,120})/i;
const TAB_END = /(?:end_?tab|\/\s*tab(?:item|panel|s)?\b)/i;

/** A tag of an element that contains blocks: one that means nothing on its own, or a component of the site. */
const ELEMENT = /<(\/?)(div|section|[A-Z][\w.]{0,80})\b([^<>]{0,400})>/g;

/** A tag of an element that contains blocks: whether it is an end tag, and its class or component, "" for none. */
export interface ElementTag {
  readonly closes: boolean;
  readonly className: string;
}

/** The tags of such elements in a block, in order. */
export function elementTags({ source }: Block): readonly ElementTag[] {
  return [...source.matchAll(ELEMENT)].flatMap(([, slash = "", name = "", attributes = ""]) => {
    if (attributes.endsWith("/")) return [];
    const className = classIn(attributes) || (/^[A-Z]/.test(name) ? name : "");
    return [{ closes: slash !== "", className }];
  });
}

/** The class of the paragraph tag that a block begins with, "" if there is none; memoized per block. */
export const getClass = perBlock(({ kind, source }): string =>
  kind === "paragraph" ? classIn(/^\s*<p\b([^<>]{0,400})>/i.exec(source)?.[1] ?? "") : "",
);

function classIn(attributes: string): string {
  return /\bclass(?:Name)?\s{0,8}=\s{0,8}["']([^"']{1,200})/i.exec(attributes)?.[1] ?? "";
}

/** The label that a block begins with, ignoring case; "" for none. */
interface OpeningLabel {
  readonly text: string;
  /** The block is nothing else, so it belongs to what follows. */
  readonly isAll: boolean;
}

/** The label in bold or code that a paragraph begins with, or a caption's words; memoized per block. */
export const openingLabel = perBlock((block): OpeningLabel => {
  const { kind, marks, prose, source } = block;
  if (kind === "caption") {
    // Words in code are not prose, and are most of the names.
    const text = prose.text.includes(MASK) ? source : prose.text;
    return { text: text.trim().toLowerCase(), isAll: true };
  }
  if (kind !== "paragraph") return NO_LABEL;
  const { start, end } = sourceSpan(prose, { start: 0, end: prose.text.trimEnd().length });
  const mark = marks.find((one) => one.start <= start && one.end > start);
  // Bold has its mark twice. Italics are as often a sentence.
  const isBold = mark?.kind === "emphasis" && source[mark.start] === source[mark.start + 1];
  if (mark === undefined || (!isBold && mark.kind !== "code")) return NO_LABEL;
  const text = source.slice(mark.start, mark.end).toLowerCase();
  return text.length > LONGEST_LABEL ? NO_LABEL : { text, isAll: mark.end >= end };
});

const NO_LABEL: OpeningLabel = { text: "", isAll: false };

/** A longer one, in UTF-16 units, is a sentence in bold. */
const LONGEST_LABEL = 80;

/** The share of a block's words that are in links, from 0 to 1; memoized per block. */
export const linkShare = perBlock(({ marks, prose }): number => {
  const all = prose.text.replace(/\s/g, "").length;
  let linked = 0;
  for (const { kind, text } of marks) {
    if (kind === "link" && text !== undefined) linked += text.end - text.start;
  }
  return all === 0 ? 0 : Math.min(1, linked / all);
});
