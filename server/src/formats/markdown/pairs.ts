import { type Block, type Draft, holdsProse } from "../../draft/draft.ts";
import type { Container, Half } from "../../draft/markup.ts";
import type { Span } from "../../text/span.ts";
import {
  containersIn,
  LOOKS,
  NEVER_BARE,
  Pairing,
  proseTokens,
  TagPairing,
  templateToken,
} from "../structure/pairs.ts";
import { INLINE } from "../support/tags.ts";
import { templateEnd } from "../support/templates.ts";
import { labelIn } from "./labels.ts";

/** The halves of tags, shortcodes, directives, labels, links, emphasis, quotation marks and brackets. */
export function markdownPairs(draft: Draft): readonly Half[] {
  const pairing = new Pairing();
  markdownTokens(draft, pairing);
  labelTokens(draft, pairing);
  draft.blocks.forEach((block, index) => {
    const start = draft.starts[index] ?? 0;
    if (!holdsProse(block)) return;
    markTokens(block, start, pairing);
    proseTokens(block.prose, start, pairing);
  });
  return pairing.halves();
}

const COLONS = /^:{3,}/;

/** What may begin a tag or a template expression, and the escaping backslash. */
const MARKUP = /[\\<{]/g;

function markdownTokens(draft: Draft, pairing: Pairing): void {
  const { text } = draft;
  const tags = new TagPairing(pairing);
  const skipped = codeIn(draft);
  const directives = pairing.open("directive");
  let next = 0;
  for (let at = nextMarkup(text, 0); at >= 0; at = nextMarkup(text, at)) {
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
      if (tag !== undefined && !tag.selfCloses) {
        tags.tag({ start: at, end: tag.end }, tag.name, tag.closes, tag.bare);
      }
      at = tag?.end ?? at + 1;
    } else {
      const end = templateEnd(text, at);
      if (end > at) templateToken(text.slice(at, end), at, pairing);
      at = end > at ? end : at + 1;
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

/** The first place from `at` on where markup may begin; -1 if there is none. */
function nextMarkup(text: string, at: number): number {
  MARKUP.lastIndex = at;
  return MARKUP.exec(text)?.index ?? -1;
}

/** Labels open the text they stand above, whose end is not marked. */
function labelTokens(draft: Draft, pairing: Pairing): void {
  const holders = containersIn(draft).filter(({ kind }) => /^(?:quote|admonition)$/.test(kind));
  const open: Container[] = [];
  let next = 0;
  for (const [index, block] of draft.blocks.entries()) {
    const start = draft.starts[index] ?? 0;
    for (let one = holders[next]; one !== undefined && one.start <= start; one = holders[++next]) {
      open.push(one);
    }
    const label = labelIn(block);
    if (label === undefined) continue;
    for (let top = open.at(-1); top !== undefined && top.end <= start; top = open.at(-1))
      open.pop();
    const end = open.at(-1)?.end;
    if (end === undefined) continue;
    const token = { name: "label", bare: label === "plain", known: true };
    pairing.pair(
      { ...token, role: "opens", start, end: start + block.source.length, parts: [] },
      { ...token, role: "closes", start: end, end },
    );
  }
}

/** Where there is no markup: code, comments, front matter. In order. */
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

/** A tag with more units than this is taken for an accident. */
const LONGEST_TAG = 4000;

/** The tag of HTML or JSX at `start`: `<p>`, `</p>`, `<>`, `<Chart data={rows} />`; undefined if there is none. */
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
      // The delimiters of “***” belong to two marks; the outer one begins first.
      const inner = marks[index + 1];
      const gap = inner?.kind === "emphasis" ? inner.start - mark.start : 3;
      const run = /^(?:\*+|_+|~+)/.exec(source.slice(mark.start, mark.start + 3))?.[0].length ?? 1;
      const length = Math.min(gap > 0 ? gap : 3, run, 2);
      pair(mark.start + length, mark.end - length);
    } else if ((mark.kind === "link" || mark.kind === "reference") && mark.text !== undefined) {
      // Tags are paired separately.
      if (source.charAt(mark.start) === "[") pair(mark.text.start, mark.text.end);
    }
  }
}
