import type { InlineParser } from "@lezer/markdown";

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
    const take = (type: string, pattern: RegExp, most: number): number => {
      const match = pattern.exec(cx.slice(pos, Math.min(cx.end, pos + most)));
      return match === null ? -1 : cx.addElement(cx.elt(type, pos, pos + match[0].length));
    };
    switch (next) {
      case 58: {
        if (isWord(cx.char(pos - 1)) || cx.char(pos - 1) === 58) return -1;
        if (cx.char(pos + 1) === 58) return take("Template", TRIPLE, 1100);
        const role = take("Attributes", ROLE, 200);
        return role >= 0 ? role : take("Emoji", EMOJI, 70);
      }
      case 43:
        if (cx.char(pos + 1) !== 43) return -1;
        if (isWord(cx.char(pos - 1)) || cx.char(pos - 1) === 43) return -1;
        return take("Template", KEYS, 70);
      case 91:
        return cx.char(pos + 1) === 33 ? take("Template", EXTENSION, 800) : -1;
      default:
        return -1;
    }
  },
};

function isWord(code: number): boolean {
  return code >= 0 && /\w/.test(String.fromCharCode(code));
}
