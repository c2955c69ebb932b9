import type { InlineContext, InlineParser } from "@lezer/markdown";

/** `:ref:` right before code in backticks: a role of Sphinx and MyST, which says what the code is. */
const ROLE = /^:[a-z][\w.+-]{0,40}(?::[a-z][\w.+-]{0,40}){0,3}:(?=`)/i;
/** `:sparkles:`, `:+1:`, `:material-check:` */
const EMOJI = /^:(?=[\d_+-]{0,40}[a-z+])[\w+-]{1,60}:(?![\w:])/i;
/** `:::image source="a.png" alt-text="…":::` within a line, as in DocFX. */
const TRIPLE = /^:::[a-z][\w-]{0,40}(?:[ \t][^\n]{0,1000}?)?:::/i;
/** `++ctrl+c++`: keys, as in Python-Markdown. */
const KEYS = /^\+\+[a-z\d"][\w"+-]{0,60}\+\+(?![\w+])/i;
/** `[!INCLUDE [name](file.md)]` within a line, as in DocFX. */
const EXTENSION = /^\[![A-Za-z][\w-]{0,60}[ \t]*\[[^\]\n]{0,300}\]\([^()\n]{0,300}\)[ \t]*\]/;

/** Text that site generators replace, other than templates. */
export const SHORTHANDS: InlineParser = {
  name: "Shorthand",
  before: "Escape",
  parse(cx, next, pos) {
    switch (next) {
      case 58: {
        if (isWord(cx.char(pos - 1)) || cx.char(pos - 1) === 58) return -1;
        if (cx.char(pos + 1) === 58) return take(cx, pos, "Template", TRIPLE);
        const role = take(cx, pos, "Attributes", ROLE);
        return role >= 0 ? role : take(cx, pos, "Emoji", EMOJI);
      }
      case 43:
        if (cx.char(pos + 1) !== 43) return -1;
        if (isWord(cx.char(pos - 1)) || cx.char(pos - 1) === 43) return -1;
        return take(cx, pos, "Template", KEYS);
      case 91:
        return cx.char(pos + 1) === 33 ? take(cx, pos, "Template", EXTENSION) : -1;
      default:
        return -1;
    }
  },
};

/** How many units from a mark on are searched. */
const AHEAD = 1100;

/** Takes what a pattern matches at a place as one node; -1 if it matches nothing. */
export function take(cx: InlineContext, pos: number, type: string, pattern: RegExp): number {
  const at = pos - cx.offset;
  const match = pattern.exec(cx.text.slice(at, at + AHEAD));
  return match === null ? -1 : cx.addElement(cx.elt(type, pos, pos + match[0].length));
}

function isWord(code: number): boolean {
  return code >= 0 && /\w/.test(String.fromCharCode(code));
}
