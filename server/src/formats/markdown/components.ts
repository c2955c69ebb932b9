import type { BlockParser, Line } from "@lezer/markdown";
import { isIndented, never, takeLines } from "./lines.ts";

/** A component's tag, which begins with a capital: `<Tab`, `</Tab`, `<Tabs.Item`. `<P>` and `<TABLE>` are HTML's. */
const COMPONENT = /^<\/?[A-Z][\dA-Z_]*[a-z][\w.]*(?=[\s/>]|$)/;

/** Nothing but tags. */
const TAGS =
  /^(?:<\/?[A-Za-z][\w.]*(?:\s(?:[^<>"'{}]|"[^"]*"|'[^']*'|\{(?:[^{}]|\{[^{}]*\})*\})*)?>\s*)+$/;

/** The longest line that is looked through for nothing but tags. */
const LONGEST = 2000;

/** Whether a text begins with a component. */
export function isComponent(text: string): boolean {
  return text.charCodeAt(0) === 60 && COMPONENT.test(text);
}

/** Whether a line is nothing but tags, the first of them a component's: what is under it is Markdown. */
export function isComponentLine(text: string): boolean {
  return isComponent(text) && text.length <= LONGEST && TAGS.test(text);
}

const FENCE = /^[\s>]{0,100}(?:```|~~~)/;

/** Kinds of blocks of HTML, as CommonMark numbers them: how each begins, and the line that ends it. */
const STYLES: readonly (readonly [type: string, begins: RegExp, ends: RegExp])[] = [
  ["HTMLBlock", /^<(?:script|pre|style|textarea)(?:\s|>|$)/i, /<\/(?:script|pre|style|textarea)>/i],
  ["CommentBlock", /^<!--/, /-->/],
  ["ProcessingInstructionBlock", /^<\?/, /\?>/],
  ["HTMLBlock", /^<![A-Z]/, />/],
  ["HTMLBlock", /^<!\[CDATA\[/, /\]\]>/],
];

const BLOCK_TAG =
  /^<\/?(?:address|article|aside|base|basefont|blockquote|body|caption|center|col|colgroup|dd|details|dialog|dir|div|dl|dt|fieldset|figcaption|figure|footer|form|frame|frameset|h[1-6]|head|header|hr|html|iframe|legend|li|link|main|menu|menuitem|nav|noframes|ol|optgroup|option|p|param|section|source|summary|table|tbody|td|tfoot|th|thead|title|tr|track|ul)(?:\s|\/?>|$)/i;
const ONE_TAG =
  /^(?:<\/[a-z][\w-]*\s*>|<[a-z][\w-]*(?:\s+[a-z:_][\w.-]*(?:\s*=\s*(?:[^\s"'=<>`]+|'[^']*'|"[^"]*"))?)*\s*>)\s*$/i;

/**
 * Blocks of HTML as CommonMark has them, but that a component is none, and that code in a fence, which the site's own
 * tools and MDX let stand right after a tag, is no part of one.
 */
export const HTML_BLOCKS: BlockParser = {
  name: "HTMLBlock",
  parse(cx, line) {
    if (line.next !== 60 || isIndented(line)) return false;
    const text = line.text.slice(line.pos);
    for (const [type, begins, ends] of STYLES) {
      if (!begins.test(text)) continue;
      let open = !ends.test(text);
      return takeLines(cx, line, type, (next) => {
        if (!open) return false;
        open = !ends.test(next);
        return true;
      });
    }
    if (isComponent(text)) return isComponentLine(text) && takeLines(cx, line, "HTMLBlock", never);
    if (!BLOCK_TAG.test(text) && !ONE_TAG.test(text)) return false;
    return takeLines(cx, line, "HTMLBlock", (next) => next.trim() !== "" && !FENCE.test(next));
  },
  endLeaf: (_cx, line) => line.next === 60 && isComponentLine(line.text.slice(line.pos)),
};

/** Whether a line begins with a component and goes on with words: it belongs to the paragraph that it stands in. */
export function goesOn(line: Line): boolean {
  if (line.next !== 60) return false;
  const text = line.text.slice(line.pos);
  return isComponent(text) && !isComponentLine(text);
}
