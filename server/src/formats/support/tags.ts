import { wordSet } from "../../text/word-set.ts";
import { Tokenizer } from "htmlparser2";
import type { Span } from "../../text/span.ts";

export interface Tag extends Span {
  /** In lower case. */
  readonly name: string;
  readonly closes: boolean;
  readonly selfCloses: boolean;
  readonly attributes: ReadonlyMap<string, string>;
}

/** Callbacks for HTML tokens; offsets are UTF-16 units of the text. */
export interface HtmlTokens {
  text?(start: number, end: number): void;
  /** A character reference, and its character. */
  entity?(words: string, start: number, end: number): void;
  comment?(start: number, end: number): void;
  tag(tag: Tag): void;
}

/** Elements of code, which count as one word in a sentence. */
export const CODE: ReadonlySet<string> = new Set(["code", "kbd", "samp", "tt", "var"]);

/** Inline elements that only format words. */
export const INLINE: ReadonlySet<string> = wordSet(
  "a abbr acronym address article aside b bdi bdo big blockquote body br center cite col dd del details dfn div dl dt em fieldset figcaption figure font footer form h1 h2 h3 h4 h5 h6 header hr html i ins label legend li link main mark meta nav ol p pre q rp rt ruby s script section small source span strike strong style sub summary sup table tbody td tfoot th thead time tr track u ul wbr",
);

/**
 * Tokenizes a text in order. Uses the library's tokenizer but not its parser, which is quadratic in the number of
 * unclosed tags.
 */
export function tokenize(text: string, on: HtmlTokens): void {
  // Long, as each kind of token has its callback, and all continue where the last one ended.
  /** Every token starts where the last one ended. */
  let at = 0;
  let name = "";
  let key = "";
  let value = "";
  let attributes = new Map<string, string>();

  const open = (end: number, selfCloses: boolean): void => {
    on.tag({ name, closes: false, selfCloses, attributes, start: at, end });
    at = end;
  };
  const skip = (_start: number, end: number): void => {
    at = Math.min(end + 1, text.length);
  };
  const tokenizer = new Tokenizer(
    {},
    {
      ontext(start, end) {
        // At the end of the text the tokenizer reports an unfinished closing tag again.
        const from = Math.max(start, at);
        if (end <= from) return;
        on.text?.(from, end);
        at = end;
      },
      ontextentity(codePoint, end) {
        on.entity?.(String.fromCodePoint(codePoint), at, end);
        at = end;
      },
      onopentagname(start, end) {
        name = text.slice(start, end).toLowerCase();
        attributes = new Map();
      },
      onattribname(start, end) {
        key = text.slice(start, end).toLowerCase();
        value = "";
      },
      onattribdata(start, end) {
        value += text.slice(start, end);
      },
      onattribentity(codePoint) {
        value += String.fromCodePoint(codePoint);
      },
      onattribend() {
        if (!attributes.has(key)) attributes.set(key, value);
      },
      onopentagend(end) {
        open(end + 1, false);
      },
      onselfclosingtag(end) {
        open(end + 1, true);
      },
      onclosetag(start, nameEnd) {
        const close = text.indexOf(">", nameEnd);
        const end = close < 0 ? text.length : close + 1;
        const closed = text.slice(start, nameEnd).toLowerCase();
        const none = new Map<string, string>();
        on.tag({ name: closed, closes: true, selfCloses: false, attributes: none, start: at, end });
        at = end;
      },
      oncomment(start, end) {
        const from = at;
        skip(start, end);
        if (text.startsWith("<!--", from)) on.comment?.(from, at);
      },
      ondeclaration: skip,
      onprocessinginstruction: skip,
      oncdata: skip,
      onend: () => undefined,
    },
  );
  tokenizer.write(text);
  tokenizer.end();
}

/** Parses one tag, `<a href="…">` or `</a>`; undefined if it is not a tag. */
export function readTag(source: string): Tag | undefined {
  let first: Tag | undefined;
  const tag = (found: Tag): void => {
    first ??= found;
  };
  tokenize(source, { tag });
  return first;
}

/**
 * Whether a start tag that ends at `from`, in UTF-16 units, is nested in `open` elements of its name, all of which are
 * closed soon. Otherwise it is a slip for an end tag.
 */
export function nestsIn(text: string, name: string, from: number, open: number): boolean {
  const tags = new RegExp(`<(/?)${name}\\b`, "gi");
  const window = text.slice(from, from + NESTED);
  let depth = open + 1;
  for (const [, slash] of window.matchAll(tags)) {
    depth += slash === "/" ? -1 : 1;
    if (depth === 0) return true;
  }
  return false;
}

/** Code in code is closed within this many UTF-16 units, or its start tag is a slip. */
const NESTED = 1000;

/**
 * Whether a UTF-16 unit is a punctuation mark without a space before it. White space at the end of an element,
 * before such a mark, is only source layout: `<a>the map </a>, which …`
 */
export function endsClause(code: number): boolean {
  return code === 0x2c || code === 0x2e || code === 0x3b || code === 0x3a || code === 0x29;
}
