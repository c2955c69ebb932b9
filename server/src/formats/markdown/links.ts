import { InlineContext, type InlineParser } from "@lezer/markdown";
import { templateTargetEnd } from "./template-blocks.ts";

const FOOTNOTE = /^\[\^[^\]\s[]{1,200}\]/;

/** The length of a footnote reference at `pos`, `[^1]`; 0 if there is none. */
function footnoteAt(cx: InlineContext, pos: number): number {
  if (cx.char(pos) !== 91 || cx.char(pos + 1) !== 94) return 0;
  return FOOTNOTE.exec(cx.slice(pos, Math.min(cx.end, pos + 210)))?.[0].length ?? 0;
}

export const FOOTNOTE_USE: InlineParser = {
  name: "Footnote",
  before: "Link",
  parse(cx, next, pos) {
    // “along![^1]” is not an image.
    if (next === 33) return footnoteAt(cx, pos + 1) > 0 ? pos + 1 : -1;
    if (next !== 91) return -1;
    const length = footnoteAt(cx, pos);
    return length === 0 ? -1 : cx.addElement(cx.elt("Footnote", pos, pos + length));
  },
};

/**
 * `[[Page]]`, `[[Page|the words shown]]` and `![[picture.png]]`, as in Obsidian and wikis. Not `[[1]](address)`, a
 * CommonMark link, nor `[[insert name]]`, a placeholder, nor `[[ -f x ]]`, a shell test.
 */
const WIKI_LINK =
  /^\[\[(?!\s|(?:insert|fill in|link to|TK)\b|(?:TODO|TBD|XXX|placeholder|links?|\d+)[:\]])[^[\]\n|]{1,200}(?:\|[^[\]\n|]{1,200})?\]\](?![([])/i;

export const WIKI_LINKS: InlineParser = {
  name: "WikiLink",
  before: "Escape",
  parse(cx, next, pos) {
    const from = next === 33 ? pos + 1 : pos;
    if (cx.char(from) !== 91 || cx.char(from + 1) !== 91) return -1;
    // “the plan[[2]]” is a note, `x[[1]]` code.
    if (/[\p{L}\p{N}\])]/u.test(String.fromCharCode(Math.max(32, cx.char(pos - 1))))) return -1;
    const length = WIKI_LINK.exec(cx.slice(from, Math.min(cx.end, from + 410)))?.[0].length ?? 0;
    if (length === 0) return -1;
    // A picture, or a directive of ikiwiki's: `[[!toc]]`.
    const isEmbedded = next === 33 || cx.char(from + 2) === 33;
    return cx.addElement(cx.elt(isEmbedded ? "Template" : "WikiLink", pos, from + length));
  },
};

const TITLE = /^\s*(?:(?:"[^"]{0,500}"|'[^']{0,500}')\s*)?\)/;

/** Where a link's target in parentheses and its title end, if it contains a template expression; otherwise -1. */
function templateLinkEnd(text: string, open: number): number {
  let start = open + 1;
  while (isWhiteAt(text, start)) start++;
  const end = templateTargetEnd(text, start);
  if (end < 0) return -1;
  const rest = TITLE.exec(text.slice(end, end + 1010));
  return rest === null ? -1 : end + rest[0].length;
}

function isWhiteAt(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return (code <= 32 || code > 127) && /\s/.test(text.charAt(at));
}

/**
 * Links that end differently from the parser's own: `[text]({% link page.md %})`, with blanks in its target, and
 * `[text][^1]`, a link in brackets followed by a footnote.
 */
export const LINK_ENDS: InlineParser = {
  name: "TemplateLinkEnd",
  before: "LinkEnd",
  parse(cx, next, pos) {
    if (next !== 93) return -1;
    const after = cx.char(pos + 1);
    let end: number;
    if (after === 40) {
      const local = templateLinkEnd(cx.text, pos + 1 - cx.offset);
      if (local < 0) return -1;
      end = local + cx.offset;
    } else if (footnoteAt(cx, pos + 1) > 0) {
      end = pos + 1;
    } else return -1;
    const index = Math.max(
      cx.findOpeningDelimiter(InlineContext.linkStart) ?? -1,
      cx.findOpeningDelimiter(InlineContext.imageStart) ?? -1,
    );
    const opener = index < 0 ? null : cx.getDelimiterAt(index);
    if (opener === null) return -1;
    // With nothing between the brackets, the parser's own rules apply.
    if (end === pos + 1 && cx.skipSpace(opener.to) === pos) return -1;
    const image = opener.type === InlineContext.imageStart;
    const content = cx.takeContent(index);
    const children = [
      cx.elt("LinkMark", opener.from, opener.to),
      ...content,
      cx.elt("LinkMark", pos, pos + 1),
    ];
    if (end > pos + 1) {
      const from = cx.skipSpace(pos + 2);
      const to = templateTargetEnd(cx.text, from - cx.offset) + cx.offset;
      children.push(
        cx.elt("LinkMark", pos + 1, pos + 2),
        cx.elt("URL", from, to),
        cx.elt("LinkMark", end - 1, end),
      );
    }
    return cx.addElement(cx.elt(image ? "Image" : "Link", opener.from, end, children));
  },
};
