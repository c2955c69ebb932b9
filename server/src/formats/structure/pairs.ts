import { attached } from "../../draft/incremental/attached.ts";
import type { Block, Draft } from "../../draft/draft.ts";
import { holdsProse } from "../../draft/draft.ts";
import type { Prose } from "../../draft/prose.ts";
import { sourceSpan } from "../../draft/prose.ts";
import type { Span } from "../../text/span.ts";
import { templatesIn, withoutTemplates } from "../html/html.ts";
import { INLINE, tokenize } from "../support/tags.ts";
import { templateEnd } from "../support/templates.ts";

/**
 * A piece of markup that belongs to others: a start tag to its end tag, an opening shortcode to its
 * closing one, `{% else %}` to its `{% if %}`, a bracket to its bracket. Those of one `group` must stay
 * or go together. Offsets are UTF-16 units of the draft's text.
 */
export interface Half extends Span {
  readonly group: number;
  readonly role: "opens" | "parts" | "closes";
  /** With nothing left between, the pair says nothing: it may go. Where it has words or attributes, who knows. */
  readonly bare: boolean;
  /** It is a frame and no more: no link, which leads somewhere, and no component of the site's own. */
  readonly known: boolean;
}

/** A half as it is met, before its partner is. */
interface Token extends Span {
  readonly name: string;
  readonly role: Half["role"];
  readonly bare: boolean;
  readonly known: boolean;
}

const kept = attached<Draft, readonly Half[]>();

/**
 * The halves of all pairs of a draft, in order: tags, shortcodes and template statements, directives,
 * links, emphasis, quotation marks and brackets. What has no partner is in none. Linear in the text.
 */
export function pairsIn(draft: Draft): readonly Half[] {
  const known = kept.get(draft);
  if (known !== undefined) return known;
  const pairing = new Pairing();
  if (draft.format === "html") htmlTokens(draft.text, pairing);
  if (draft.format === "markdown") markdownTokens(draft, pairing);
  draft.blocks.forEach((block, index) => {
    const start = draft.starts[index] ?? 0;
    if (!holdsProse(block)) return;
    if (draft.format === "markdown") markTokens(block, start, pairing);
    proseTokens(block.prose, start, pairing);
  });
  const halves = pairing.halves();
  kept.set(draft, halves);
  return halves;
}

/** Matches halves by family: in each, the last that was opened is closed first. */
class Pairing {
  readonly #found: Half[] = [];
  readonly #open = new Map<string, (Token & { parts: Token[] })[]>();
  #groups = 0;

  /** What is open in a family, the innermost last. */
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

const VOID = new Set(
  "area base basefont br col embed frame hr img input link meta param source track wbr".split(" "),
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
  p: new Set(
    "address article aside blockquote details div dl fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr li main nav ol p pre section table ul".split(
      " ",
    ),
  ),
};

/** Elements that are something where they are empty, too: taken away, the rest would mean another thing. */
const NEVER_BARE = new Set(
  "html head body main td th tr table thead tbody tfoot script style iframe object video audio canvas svg textarea button select".split(
    " ",
  ),
);

/** Attributes that say how an element looks or where it leads, and nothing that a reader would miss with its text. */
const LOOKS = /^(?:class|classname|style|dir|align|width|height|role|href|target|rel)$/i;

/** Reads tags in order and pairs them as HTML does, where an end tag may be left out. */
class TagPairing {
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

  /** Ends what needs no end tag at the end of the text. */
  finish(at: number): void {
    while (this.#pairing.open("tag").length > 0) this.#end(at);
  }

  #count(name: string, by: number): void {
    this.#counts.set(name, (this.#counts.get(name) ?? 0) + by);
  }
}

function htmlTokens(text: string, pairing: Pairing): void {
  const templates = templatesIn(text);
  for (const { start, end } of templates) templateToken(text.slice(start, end), start, pairing);
  const tags = new TagPairing(pairing);
  const ignored = (): void => undefined;
  tokenize(withoutTemplates(text, templates), {
    text: ignored,
    entity: ignored,
    comment: ignored,
    tag: ({ start, end, name, closes, selfCloses, attributes }) => {
      if (selfCloses || VOID.has(name)) return;
      const bare = !NEVER_BARE.has(name) && [...attributes.keys()].every((key) => LOOKS.test(key));
      tags.tag({ start, end }, name, closes, bare);
    },
  });
  tags.finish(text.length);
}

// ── Markdown ──────────────────────────────────────────────────────────────────────────────────────

const COLONS = /^:{3,}/;

function markdownTokens(draft: Draft, pairing: Pairing): void {
  const { text } = draft;
  const tags = new TagPairing(pairing);
  const skipped = codeIn(draft);
  const directives = pairing.open("directive");
  let next = 0;
  for (let at = 0; at < text.length;) {
    for (let one = skipped[next]; one !== undefined && one.end <= at; one = skipped[++next]);
    const over = skipped[next];
    if (over !== undefined && over.start <= at) {
      at = over.end;
      continue;
    }
    const code = text.charCodeAt(at);
    if (code === 92) {
      at += 2; // A backslash escapes what follows.
    } else if (code === 60) {
      const tag = readJsxTag(text, at);
      if (tag !== undefined && !tag.selfCloses && !VOID.has(tag.name)) {
        tags.tag({ start: at, end: tag.end }, tag.name, tag.closes, tag.bare);
      }
      at = tag?.end ?? at + 1;
    } else if (code === 123) {
      const end = templateEnd(text, at);
      if (end > at) templateToken(text.slice(at, end), at, pairing);
      at = end > at ? end : at + 1;
    } else {
      at++;
    }
  }
  tags.finish(text.length);
  draft.blocks.forEach(({ kind, source }, index) => {
    if (kind !== "directive") return;
    const colons = COLONS.exec(source)?.[0];
    if (colons === undefined) return;
    const label = source.slice(colons.length).trimStart();
    const start = draft.starts[index] ?? 0;
    const token = {
      start,
      end: start + source.length,
      name: colons,
      bare: /^(?:[\w-]+|\{[.\w -]+\})$/.test(label),
      known: true,
    };
    if (label !== "") {
      pairing.add("directive", { ...token, role: "opens" });
      return;
    }
    const same = directives.findLastIndex((one) => one.name === colons);
    if (same >= 0) directives.length = same + 1;
    pairing.add("directive", { ...token, role: "closes" });
  });
}

/** Where nothing is markup: code, comments, front matter. In order. */
function codeIn({ blocks, starts }: Draft): Span[] {
  const spans: Span[] = [];
  blocks.forEach((block, index) => {
    const start = starts[index] ?? 0;
    if (block.kind === "code" || block.kind === "comment" || block.kind === "metadata") {
      spans.push({ start, end: start + block.source.length });
      return;
    }
    for (const mark of block.marks) {
      if (mark.kind !== "code" && mark.kind !== "comment") continue;
      spans.push({ start: start + mark.start, end: start + mark.end });
    }
  });
  return spans.sort((a, b) => a.start - b.start);
}

interface JsxTag {
  /** As it is written; "" for a fragment. */
  readonly name: string;
  readonly closes: boolean;
  readonly selfCloses: boolean;
  readonly bare: boolean;
  readonly end: number;
}

/** A tag of more units is taken for an accident. */
const LONGEST_TAG = 4000;

/** The tag of HTML or JSX at `start`: `<p>`, `</p>`, `<>`, `<Chart data={rows} />`; undefined where there is none. */
function readJsxTag(text: string, start: number): JsxTag | undefined {
  const head = /<(\/?)([A-Za-z][\w.-]*(?::[\w-]+)?)?/y;
  head.lastIndex = start;
  const [whole = "", slash = "", name = ""] = head.exec(text) ?? [];
  if (whole === "") return undefined;
  let at = start + whole.length;
  if (!(name === "" ? /[>]/ : /[\s/>]/).test(text.charAt(at))) return undefined;
  const from = at;
  const limit = Math.min(text.length, start + LONGEST_TAG);
  let depth = 0;
  while (at < limit) {
    const char = text.charAt(at);
    if (char === "{") depth++;
    else if (char === "}") depth--;
    else if (char === '"' || char === "'") {
      const close = text.indexOf(char, at + 1);
      if (close < 0 || close >= limit) return undefined;
      at = close;
    } else if (depth <= 0 && char === ">") break;
    else if (depth <= 0 && char === "<") return undefined;
    at++;
  }
  if (at >= limit) return undefined;
  const inner = text.slice(from, at);
  const hasKeys = /[^\s=/"'{}](?:[\s=/]|$)/.test(inner);
  const attributes = inner.replace(/"[^"]*"|'[^']*'/g, "");
  const bare =
    !NEVER_BARE.has(name.toLowerCase()) &&
    (INLINE.has(name.toLowerCase())
      ? (attributes.match(/[\w:-]+/g) ?? []).every((key) => LOOKS.test(key))
      : !hasKeys);
  return { name, closes: slash !== "", selfCloses: inner.endsWith("/"), bare, end: at + 1 };
}

/** The halves of links and emphasis. */
function markTokens(block: Block, start: number, pairing: Pairing): void {
  const { marks, source } = block;
  for (const [index, mark] of marks.entries()) {
    const pair = (openEnd: number, closeStart: number): void => {
      if (openEnd > closeStart || openEnd < mark.start || closeStart > mark.end) return;
      const token = { name: mark.kind, bare: true, known: mark.kind === "emphasis" };
      pairing.pair(
        { ...token, role: "opens", start: start + mark.start, end: start + openEnd, parts: [] },
        { ...token, role: "closes", start: start + closeStart, end: start + mark.end },
      );
    };
    if (mark.kind === "emphasis") {
      // The delimiters of “***” are those of two marks, the outer of which begins first.
      const inner = marks[index + 1];
      const gap = inner?.kind === "emphasis" ? inner.start - mark.start : 3;
      const run = /^(?:\*+|_+|~+)/.exec(source.slice(mark.start, mark.start + 3))?.[0].length ?? 1;
      const length = Math.min(gap > 0 ? gap : 3, run, 2);
      pair(mark.start + length, mark.end - length);
    } else if ((mark.kind === "link" || mark.kind === "reference") && mark.text !== undefined) {
      // Those of tags are paired as tags.
      if (source.charAt(mark.start) === "[") pair(mark.text.start, mark.text.end);
    }
  }
}

// ── Templates ─────────────────────────────────────────────────────────────────────────────────────

/** Adds a template expression if it opens, parts or closes something. One that nothing closes has no partner. */
function templateToken(expression: string, start: number, pairing: Pairing): void {
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

/** The quotation marks and brackets of a block's prose that find their partner in it. */
function proseTokens(prose: Prose, start: number, pairing: Pairing): void {
  const { text } = prose;
  const own = new Pairing();
  MARK.lastIndex = 0;
  let found = false;
  for (const { 0: char, index } of text.matchAll(MARK)) {
    const half = halfOf(own, text, index, char);
    if (half === undefined) continue;
    found = true;
    const span = sourceSpan(prose, { start: index, end: index + 1 });
    own.add(half.family, {
      start: start + span.start,
      end: start + span.end,
      name: half.family,
      role: half.role,
      bare: true,
      known: true,
    });
  }
  if (!found) return;
  const halves = own.halves();
  const groups = new Map<number, Half[]>();
  for (const half of halves) {
    const group = groups.get(half.group);
    if (group === undefined) groups.set(half.group, [half]);
    else group.push(half);
  }
  for (const [opener, closer] of groups.values()) {
    if (opener === undefined || closer === undefined) continue;
    const name = "mark";
    pairing.pair({ ...opener, name, parts: [] }, { ...closer, name });
  }
}

function halfOf(
  pairing: Pairing,
  text: string,
  at: number,
  char: string,
): { readonly family: string; readonly role: "opens" | "closes" } | undefined {
  const isOpen = (family: string): boolean => pairing.open(family).length > 0;
  const opens = (family: string) => ({ family, role: "opens" as const });
  const closes = (family: string) => ({ family, role: "closes" as const });
  switch (char) {
    case "(":
    case "[":
      return opens(char);
    case ")":
      return isOpen("(") ? closes("(") : undefined;
    case "]":
      return isOpen("[") ? closes("[") : undefined;
    case "„":
      return opens("„");
    case "“":
      return isOpen("„") ? closes("„") : opens("“");
    case "”":
      return isOpen("“") ? closes("“") : isOpen("„") ? closes("„") : undefined;
    case "«":
      return isOpen("»") ? closes("»") : opens("«");
    case "»":
      return isOpen("«") ? closes("«") : opens("»");
    case "‘":
      return opens("‘");
    case "’":
      return isOpen("‘") && !/[\p{L}\p{N}]/u.test(text.charAt(at + 1)) ? closes("‘") : undefined;
    default: {
      const before = text.charAt(at - 1);
      const after = text.charAt(at + 1);
      if (/^$|[\s([—–-]/.test(before) && /\S/.test(after)) return opens('"');
      return isOpen('"') ? closes('"') : undefined;
    }
  }
}
