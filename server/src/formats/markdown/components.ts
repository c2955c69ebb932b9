import type { BlockParser, Line } from "@lezer/markdown";
import { isIndented, never, takeLines, takeThrough } from "./lines.ts";

/** A component's tag, which begins with a capital: `<Tab`, `</Tab`, `<Tabs.Item`. `<P>` and `<TABLE>` are HTML. */
const COMPONENT = /^<\/?[A-Z][\dA-Z_]*[a-z][\w.]*(?=[\s/>]|$)/;

const TAGS =
  /^(?:<\/?[A-Za-z][\w.]*(?:\s(?:[^<>"'{}]|"[^"]*"|'[^']*'|\{(?:[^{}]|\{[^{}]*\})*\})*)?>\s*)+$/;

/** The longest line that is searched for tags alone. */
const LONGEST = 2000;

/** Whether a text begins with a component. */
export function isComponent(text: string): boolean {
  return text.charCodeAt(0) === 60 && COMPONENT.test(text);
}

/** Whether a line has only tags, the first of which is a component's. What follows it is Markdown. */
export function isComponentLine(text: string): boolean {
  return isComponent(text) && text.length <= LONGEST && TAGS.test(text);
}

/** `<Chart`, or `<Chart data={[`: the first line of a component's tag, which ends on another. */
const OPEN = /^<[A-Z][\w.]{0,80}(?:\s*|\s[^<>]{0,300}=\{[^<>}]{0,300})$/;
/** The same for any tag alone on its line, above a line that has an attribute and nothing else. */
const OPEN_TAG = /^<[a-z][\w-]{0,80}\s*$/;
const ATTRIBUTE = /^\s{1,200}[\w:@-]{1,100}=[^<>]*$/;

/** A component with attributes on lines of their own. Everything up to the end of its tag is data. */
export const COMPONENTS: BlockParser = {
  name: "Component",
  before: "Directive",
  parse(cx, line) {
    if (line.next !== 60 || isIndented(line)) return false;
    const text = line.text.slice(line.pos);
    if (!OPEN.test(text) && !(OPEN_TAG.test(text) && ATTRIBUTE.test(cx.peekLine()))) return false;
    let depth = braces(text);
    const ends = (next: string): boolean => {
      // Tags in braces belong to an attribute.
      const outside = depth <= 0;
      depth += braces(next);
      return (outside && /^\s*\/?>/.test(next)) || (depth <= 0 && /[^=]>\s*$/.test(next));
    };
    return takeThrough(cx, line, "Directive", ends, { stops: interrupts });
  },
};

function braces(text: string): number {
  let open = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 123) open++;
    else if (code === 125) open--;
  }
  return open;
}

/** Whether a line ends HTML above it: it is blank, or opens fenced code. */
function interrupts(line: string): boolean {
  return line.trim() === "" || /^[\s>]{0,100}(?:```|~~~)/.test(line);
}

/** The kinds of HTML blocks, as numbered in CommonMark: how each begins, and the line that ends it. */
const STYLES: readonly (readonly [type: string, begins: RegExp, ends: RegExp])[] = [
  ["HTMLBlock", /^<(?:script|pre|style|textarea)(?:\s|>|$)/i, /<\/(?:script|pre|style|textarea)>/i],
  ["CommentBlock", /^<!--/, /-->/],
  ["ProcessingInstructionBlock", /^<\?/, /\?>/],
  ["HTMLBlock", /^<![A-Z]/, />/],
  ["HTMLBlock", /^<!\[CDATA\[/, /\]\]>/],
];

/** At least one comment, followed by something other than a tag. */
const COMMENTED = /^<!--(?!-?>)[^>]{0,1000}-->[ \t]*(?:<!--[^>]{0,1000}-->[ \t]*){0,20}[^\s<]/;

const BLOCK_TAG =
  /^<\/?(?:address|article|aside|base|basefont|blockquote|body|caption|center|col|colgroup|dd|details|dialog|dir|div|dl|dt|fieldset|figcaption|figure|footer|form|frame|frameset|h[1-6]|head|header|hr|html|iframe|legend|li|link|main|menu|menuitem|nav|noframes|ol|optgroup|option|p|param|section|source|summary|table|tbody|td|tfoot|th|thead|title|tr|track|ul)(?:\s|\/?>|$)/i;
const ONE_TAG =
  /^(?:<\/[a-z][\w-]*\s*>|<[a-z][\w-]*(?:\s+[a-z:_][\w.-]*(?:\s*=\s*(?:[^\s"'=<>`]+|'[^']*'|"[^"]*"))?)*\s*>)\s*$/i;

/**
 * HTML blocks as in CommonMark, with two exceptions that sites' tools and MDX make: a component is not one, and neither
 * is fenced code right after a tag.
 */
export const HTML_BLOCKS: BlockParser = {
  name: "HTMLBlock",
  parse(cx, line) {
    if (line.next !== 60 || isIndented(line)) return false;
    const text = line.text.slice(line.pos);
    // Words after a comment on its line belong to a paragraph.
    if (COMMENTED.test(text)) return false;
    for (const [type, begins, ends] of STYLES) {
      if (!begins.test(text)) continue;
      const isOpen = !ends.test(text);
      return takeThrough(cx, line, type, (next) => ends.test(next), { isOpen });
    }
    if (isComponent(text)) return isComponentLine(text) && takeLines(cx, line, "HTMLBlock", never);
    if (!BLOCK_TAG.test(text) && !ONE_TAG.test(text)) return false;
    return takeLines(cx, line, "HTMLBlock", (next) => !interrupts(next));
  },
  endLeaf: (_cx, line) => line.next === 60 && isComponentLine(line.text.slice(line.pos)),
};

/** Whether a line begins with a component or a comment and continues with words: a line of the paragraph around it. */
export function goesOn(line: Line): boolean {
  if (line.next !== 60) return false;
  const text = line.text.slice(line.pos);
  return isComponent(text) ? !isComponentLine(text) : COMMENTED.test(text);
}
