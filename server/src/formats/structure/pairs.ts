import { wordSet } from "../../text/word-set.ts";
import { memoizeOn } from "../../draft/incremental/memoize.ts";
import type { Draft } from "../../draft/draft.ts";
import type { Container, Half } from "../../draft/markup.ts";
import { type Prose, sourceSpan } from "../../draft/prose.ts";
import { shifted, type Span } from "../../text/span.ts";
import { INLINE } from "../support/tags.ts";

/** A half whose partner is not known yet. */
export interface Token extends Span {
  readonly name: string;
  readonly role: Half["role"];
  readonly bare: boolean;
  readonly known: boolean;
}

/**
 * The halves of all pairs of a draft, in order: tags, shortcodes and template statements, directives,
 * links, emphasis, quotation marks and brackets. Halves without a partner are left out. Linear in the text.
 */
export const pairsIn = memoizeOn<Draft>()((draft): readonly Half[] =>
  draft.format.markup.pairs(draft),
);

/** The containers of a draft, outer before inner. None in formats whose containers have end tags. */
export const containersIn = memoizeOn<Draft>()((draft): readonly Container[] =>
  draft.format.markup.containers(draft),
);

/** Matches halves by family. In each family, the last one opened is closed first. */
export class Pairing {
  readonly #found: Half[] = [];
  readonly #open = new Map<string, (Token & { parts: Token[] })[]>();
  #groups = 0;

  /** The open halves of each family, the innermost last. */
  open(family: string): (Token & { parts: Token[] })[] {
    let stack = this.#open.get(family);
    if (stack === undefined) this.#open.set(family, (stack = []));
    return stack;
  }

  add(family: string, token: Token): void {
    const stack = this.open(family);
    if (token.role === "opens") {
      stack.push({ ...token, parts: [] });
      return;
    }
    if (token.role === "parts") {
      stack.at(-1)?.parts.push(token);
      return;
    }
    const opener = stack.pop();
    if (opener !== undefined) this.pair(opener, token);
  }

  pair(opener: Token & { parts: readonly Token[] }, closer: Token): void {
    const group = this.#groups++;
    const { bare, known } = opener;
    for (const { start, end, role } of [opener, ...opener.parts, closer]) {
      this.#found.push({ start, end, role, group, bare, known });
    }
  }

  halves(): readonly Half[] {
    return this.#found.sort((a, b) => a.start - b.start || a.end - b.end);
  }
}

// ── Tags ──────────────────────────────────────────────────────────────────────────────────────────

export const VOID = wordSet(
  "area base basefont br col embed frame hr img input link meta param source track wbr",
);

/** Elements whose end tag may be left out, and the start tags that end them. */
const ENDED_BY: Readonly<Record<string, ReadonlySet<string>>> = {
  li: new Set(["li"]),
  dt: new Set(["dt", "dd"]),
  dd: new Set(["dt", "dd"]),
  option: new Set(["option", "optgroup"]),
  td: new Set(["td", "th", "tr", "tbody", "tfoot"]),
  th: new Set(["td", "th", "tr", "tbody", "tfoot"]),
  tr: new Set(["tr", "tbody", "tfoot"]),
  p: wordSet(
    "address article aside blockquote details div dl fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr li main nav ol p pre section table ul",
  ),
};

/** Elements that have a meaning even when empty, so that deleting them would change the rest. */
export const NEVER_BARE = wordSet(
  "html head body main td th tr table thead tbody tfoot script style iframe object video audio canvas svg textarea button select",
);

/** Attributes of layout or link targets, which are not missed when the element's text is deleted. */
export const LOOKS = /^(?:class|classname|style|dir|align|width|height|role|href|target|rel)$/i;

/** Reads tags in order and pairs them as HTML does, where an end tag may be left out. */
export class TagPairing {
  readonly #pairing: Pairing;
  readonly #counts = new Map<string, number>();

  constructor(pairing: Pairing) {
    this.#pairing = pairing;
  }

  tag(span: Span, name: string, closes: boolean, bare: boolean): void {
    const stack = this.#pairing.open("tag");
    const lower = name.toLowerCase();
    const known = lower !== "a" && (name === "" || INLINE.has(lower));
    const token = { start: span.start, end: span.end, name, bare, known };
    if (!closes) {
      for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
        if (ENDED_BY[top.name.toLowerCase()]?.has(lower) !== true) break;
        this.#end(span.start);
      }
      if (VOID.has(lower)) return;
      stack.push({ ...token, role: "opens", parts: [] });
      this.#count(name, 1);
      return;
    }
    if ((this.#counts.get(name) ?? 0) === 0) return;
    for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
      if (top.name === name) {
        stack.pop();
        this.#count(name, -1);
        this.#pairing.pair(top, { ...token, role: "closes" });
        return;
      }
      this.#end(span.start);
    }
  }

  /** Ends the innermost element without its tag. */
  #end(at: number): void {
    const top = this.#pairing.open("tag").pop();
    if (top === undefined) return;
    this.#count(top.name, -1);
    if (ENDED_BY[top.name.toLowerCase()] === undefined) return;
    this.#pairing.pair(top, { ...top, role: "closes", start: at, end: at });
  }

  /** Closes elements whose end tag is optional, at the end of the text. */
  finish(at: number): void {
    while (this.#pairing.open("tag").length > 0) this.#end(at);
  }

  #count(name: string, by: number): void {
    this.#counts.set(name, (this.#counts.get(name) ?? 0) + by);
  }
}

// ── Templates ─────────────────────────────────────────────────────────────────────────────────────

/** Adds a template expression if it opens, divides or closes a block. */
export function templateToken(expression: string, start: number, pairing: Pairing): void {
  const end = start + expression.length;
  const add = (family: string, role: Token["role"], bare = false): void => {
    pairing.add(family, { start, end, name: family, role, bare, known: true });
  };
  const shortcode = /^\{\{[<%]-?\s*(?:(\/)\s*)?([\w./-]+)/.exec(expression);
  if (shortcode !== null) {
    const [head, slash, name = ""] = shortcode;
    const rest = expression.slice(head.length).trimStart();
    if (/\/\s*[>%]\}\}$/.test(rest) || name === "/") return;
    add(`{{<${name}`, slash === "/" ? "closes" : "opens", /^-?[>%]\}\}$/.test(rest));
    return;
  }
  const statement = /^\{%[-+]?\s*(\w+)/.exec(expression)?.[1];
  if (statement !== undefined) {
    const ended = /^end(\w+)$/.exec(statement)?.[1];
    if (ended !== undefined) add(`{%${ended}`, "closes");
    else if (/^(?:else|elsif|elif|elseif|when|empty)$/.test(statement)) {
      for (const family of ["{%if", "{%unless", "{%case", "{%for"]) {
        if (pairing.open(family).length > 0) add(family, "parts");
      }
    } else add(`{%${statement}`, "opens");
    return;
  }
  const block = /^\{\{[-~]?\s*(?:([#^/])\s*)?([\w.-]+)/.exec(expression);
  const [, sign = "", word = ""] = block ?? [];
  if (sign === "#" || sign === "^") add(`{{#${word}`, "opens");
  else if (sign === "/") add(`{{#${word}`, "closes");
  else if (/^(?:if|range|with|define|block)$/.test(word)) add("{{if", "opens");
  else if (word === "else") add("{{if", "parts");
  else if (word === "end") add("{{if", "closes");
}

// ── Prose ─────────────────────────────────────────────────────────────────────────────────────────

const MARK = /[“”„«»‘’()[\]"]/g;

/** The families of quotation marks and brackets. */
const MARK_FAMILIES = ["(", "[", "„", "“", "»", "«", "‘", '"'];

/** The quotation marks and brackets of a block's prose that find their partner in it. */
export function proseTokens(prose: Prose, start: number, pairing: Pairing): void {
  const { text } = prose;
  for (const { 0: char, index } of text.matchAll(MARK)) {
    const half = toHalf(pairing, text, index, char);
    if (half === undefined) continue;
    const { family, role } = half;
    const span = shifted(sourceSpan(prose, { start: index, end: index + 1 }), start);
    pairing.add(family, { ...span, name: family, role, bare: true, known: true });
  }
  // What is open at the end of a block has no partner.
  for (const family of MARK_FAMILIES) pairing.open(family).length = 0;
}

function toHalf(
  pairing: Pairing,
  text: string,
  at: number,
  char: string,
): { readonly family: string; readonly role: "opens" | "closes" } | undefined {
  const open = (CLOSES[char] ?? "").split("").find((family) => pairing.open(family).length > 0);
  const after = text.charAt(at + 1);
  if (char === '"' && /^$|[\s([—–-]/.test(text.charAt(at - 1)) && /\S/.test(after)) {
    return { family: char, role: "opens" };
  }
  if (char === "’" && /[\p{L}\p{N}]/u.test(after)) return undefined;
  if (open !== undefined) return { family: open, role: "closes" };
  return char !== '"' && MARK_FAMILIES.includes(char) ? { family: char, role: "opens" } : undefined;
}

/** The families that a mark may close, the likeliest first. */
const CLOSES: Readonly<Record<string, string>> = {
  ")": "(",
  "]": "[",
  "“": "„",
  "”": "“„",
  "«": "»",
  "»": "«",
  "’": "‘",
  '"': '"',
};
