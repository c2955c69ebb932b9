import type { Block, Draft } from "../draft/draft.ts";
import { incremental } from "../draft/incremental/incremental.ts";
import { perBlock } from "../draft/incremental/per-block.ts";
import { sourceSpan } from "../draft/prose.ts";

/** For each block of a draft, what stands before it. */
interface Outline {
  /** The index of the heading that it stands under, -1 for none. */
  readonly heading: Int32Array;
  /** The last caption or line in bold or code alone above it in its section, or itself; "" for none. */
  readonly label: readonly string[];
  /** How many marks of variants, other directives and code blocks stand before each block, and in all. */
  readonly markers: Uint32Array;
  readonly directives: Uint32Array;
  readonly codes: Uint32Array;
  /** The mark that opens the tab that it stands in, "" for none. */
  readonly tab: readonly string[];
  /** The class of the innermost element with one that holds it, where tags on lines of their own tell; "" for none. */
  readonly element: readonly string[];
}

export const outlineOf = incremental((draft: Draft): Outline => {
  const { blocks, format } = draft;
  const heading = new Int32Array(blocks.length);
  const markers = new Uint32Array(blocks.length + 1);
  const directives = new Uint32Array(blocks.length + 1);
  const codes = new Uint32Array(blocks.length + 1);
  const tab: string[] = [];
  const label: string[] = [];
  const element: string[] = [];
  const elements: string[] = [];
  let last = -1;
  let open = "";
  let over = "";
  blocks.forEach((block, index) => {
    heading[index] = last;
    const { opens, closes } = format.markup.tabMark(block);
    if (opens !== undefined || closes) open = opens ?? "";
    const isMarker = opens !== undefined || closes || isVariantMark(block);
    const own = openingLabel(block);
    if (block.kind === "heading") {
      last = index;
      over = "";
    } else if (own.isAll) over = own.text;
    label.push(over);
    tab.push(open);
    if (block.kind === "directive") enterAndLeave(elements, block);
    element.push(ownClass(block) || (elements.findLast((name) => name !== "") ?? ""));
    markers[index + 1] = (markers[index] ?? 0) + Number(isMarker);
    codes[index + 1] = (codes[index] ?? 0) + Number(block.kind === "code");
    directives[index + 1] =
      (directives[index] ?? 0) + Number(!isMarker && block.kind === "directive");
  });
  return { heading, label, markers, directives, codes, tab, element };
});

/** Opens and closes the elements whose tags a block holds; each stands in the row by its class. */
function enterAndLeave(elements: string[], { source }: Block): void {
  for (const [, closes = "", attributes = ""] of source.matchAll(ELEMENT)) {
    if (closes !== "") elements.pop();
    else if (elements.length < MOST_ELEMENTS) elements.push(classIn(attributes));
  }
}

/** A tag of an element that holds blocks and means nothing by itself. */
const ELEMENT = /<(\/?)(?:div|section)\b([^<>]{0,400})>/gi;

/** More elements in each other are not looked into. */
const MOST_ELEMENTS = 64;

/** The class of the tag that a block begins with. */
const ownClass = perBlock(({ kind, source }): string =>
  kind === "paragraph" ? classIn(/^\s*<p\b([^<>]{0,400})>/i.exec(source)?.[1] ?? "") : "",
);

function classIn(attributes: string): string {
  return /\bclass(?:Name)?\s{0,8}=\s{0,8}["']([^"']{1,200})/i.exec(attributes)?.[1] ?? "";
}

/** Whether a block is the mark of a callout: a directive, a shortcode or a component of that name. */
export const opensNote = perBlock(({ source }): boolean =>
  /^\s*(?::{3,}\s*\{?[a-z]|(?:\{\{[<%]\s*|<)(?:admonition|alert|aside|callout|caution|danger|important|info|note|pitfall|tip|warn(?:ing)?)\b)/i.test(
    source,
  ),
);

/** The label that a block begins with, in bold or as code, without case; "" for none. */
export function labelIn(block: Block | undefined): string {
  return block === undefined ? "" : openingLabel(block).text;
}

/** What a paragraph begins with in bold or as code, or a caption's words, without case; whether it is nothing else, and so stands over what follows. */
const openingLabel = perBlock((block): { readonly text: string; readonly isAll: boolean } => {
  const { kind, marks, prose, source } = block;
  if (kind === "caption") return { text: prose.text.trim().toLowerCase(), isAll: true };
  if (kind !== "paragraph") return NO_LABEL;
  const { start, end } = sourceSpan(prose, { start: 0, end: prose.text.trimEnd().length });
  const mark = marks.find((one) => one.start <= start && one.end > start);
  // Bold has its mark twice; what is set in italics is as often a sentence.
  const isBold = mark?.kind === "emphasis" && source[mark.start] === source[mark.start + 1];
  if (mark === undefined || (!isBold && mark.kind !== "code")) return NO_LABEL;
  const text = source.slice(mark.start, mark.end).toLowerCase();
  return text.length > LONGEST_LABEL ? NO_LABEL : { text, isAll: mark.end >= end };
});

const NO_LABEL = { text: "", isAll: false };

/** A longer one, in UTF-16 units, is a sentence that was set so. */
const LONGEST_LABEL = 80;

/** Whether a block is a mark that shows what follows to some readers only. */
const isVariantMark = perBlock(({ source }): boolean =>
  /^[ \t]*(?:\{%-?\s*(?:if|elsif|elif|else|unless|case|when|endif|endcase|endunless)\b|\{\{[<%]\s*(?:\/\s*)?(?:if|show-in|hide-in|else|version|expand)|:::+\s*(?:moniker|zone|code-group|tabs?)\b|<\/?(?:If|Else|Show|Hide|Only|When|Variant|Version|Platform|Solution))/m.test(
    source,
  ),
);
