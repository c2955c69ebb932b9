import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { findDeletion } from "../../server/src/deletion/deletion.ts";
import { isCleanCut } from "../../server/src/deletion/clean-cut.ts";
import { type Draft, holdsProse } from "../../server/src/draft/draft.ts";
import type { Finding } from "../../server/src/draft/finding.ts";
import { safeEdits } from "../support/safe-edits.ts";
import { applyEdits } from "../../server/src/text/edits.ts";
import { lint } from "../../server/src/engine/lint.ts";
import { settingsFrom } from "../../server/src/settings/settings.ts";
import { repeatedBlock } from "../../server/src/rules/repeated-block.ts";
import { draftOf, findings, fixes, unmarked } from "../support/rules.ts";
import { runs } from "../support/property.ts";
import { RULES } from "../../server/src/rules/index.ts";
import { wording } from "../../server/src/text/wording.ts";

/*
 * Drafts are made as trees, so the tree without a passage says what its draft should be. This comparison doesn't use
 * the code that makes deletions.
 */

/** A part of a draft. Sentences are numbers; each is made of words that occur nowhere else. */
type Node =
  | { readonly type: "text"; readonly sentences: readonly Sentence[] }
  | { readonly type: "heading" | "table"; readonly id: number }
  | { readonly type: "mark"; readonly id: number; readonly source: string }
  | {
      readonly type: "list";
      readonly ordered: boolean;
      readonly items: readonly (readonly Node[])[];
    }
  | { readonly type: "frame"; readonly frame: Frame; readonly children: readonly Node[] };

interface Sentence {
  readonly id: number;
  readonly form: "plain" | "strong" | "quoted" | "link" | "holds";
}

/** Markup around other parts. One that is `plain` means nothing when it is empty, and is removed. */
interface Frame {
  readonly open: string;
  readonly close: string;
  /** Before each line in it; in that case `open` and `close` are lines of it, too. */
  readonly prefix?: string;
  readonly plain: boolean;
  readonly tight?: boolean;
}

/** The formats in which trees are written. */
type FormatId = "markdown" | "html" | "plaintext";

const FRAMES: Readonly<Record<FormatId, readonly Frame[]>> = {
  markdown: [
    { open: "", close: "", prefix: "> ", plain: true },
    { open: "[!NOTE]", close: "", prefix: "> ", plain: true },
    { open: "[!TIP] With a title", close: "", prefix: "> ", plain: false },
    { open: "<Steps>", close: "</Steps>", plain: true },
    { open: "<>", close: "</>", plain: true },
    { open: '<Tab title="One">', close: "</Tab>", plain: false },
    { open: "<div>", close: "</div>", plain: true },
    { open: ":::note", close: ":::", plain: true },
    { open: ":::tip[A title]", close: ":::", plain: false },
    { open: "{{< note >}}", close: "{{< /note >}}", plain: true },
    { open: '{{% tab "One" %}}', close: "{{% /tab %}}", plain: false },
    { open: "{% if x %}", close: "{% endif %}", plain: false },
    { open: "!!! note", close: "", prefix: "    ", plain: true },
    { open: '!!! note "A title"', close: "", prefix: "    ", plain: false },
    { open: '=== "A tab"', close: "", prefix: "    ", plain: false },
  ],
  html: [
    { open: "<div>", close: "</div>", plain: true },
    { open: '<section class="x">', close: "</section>", plain: true },
    { open: "<blockquote>", close: "</blockquote>", plain: true },
    { open: '<div id="here">', close: "</div>", plain: false },
    { open: "<table><tr><td>", close: "</td></tr></table>", plain: false },
    { open: "<div><div>", close: "</div></div>", plain: true, tight: true },
    { open: "{% if x %}", close: "{% endif %}", plain: false },
  ],
  plaintext: [{ open: "", close: "", prefix: "> ", plain: true }],
};

/** Marks without words that can be between paragraphs. */
const TEXT_MARKS = [
  ...["---", "```\ncode\n```", "![A map](map.png)", "[TOC]", "\\newpage", "{{< hr >}}", "<br>"],
  ...["{% include divider.html %}", '<div style="page-break-after: always"></div>'],
];
const MARKS: Readonly<Record<FormatId, readonly string[]>> = {
  markdown: [...TEXT_MARKS, "***", "[[_TOC_]]", "<Divider />", "<hr />"],
  html: ["<hr>", "<pre>code</pre>", '<p><img src="map.png"></p>', "{{< hr >}}"],
  plaintext: TEXT_MARKS,
};
/** The same in formats without a block for it. */
const LOOSE_MARKS: Readonly<Record<FormatId, readonly string[]>> = {
  markdown: ["\f"],
  html: ["<br>", '<div style="page-break-after: always"></div>'],
  plaintext: ["\f"],
};

const sentenceOf: fc.Arbitrary<Omit<Sentence, "id">> = fc.record({
  form: fc.constantFrom("plain", "plain", "strong", "quoted", "link", "holds"),
});

const paragraph = fc.array(sentenceOf, { minLength: 1, maxLength: 3 }).map((sentences): Node => ({
  type: "text",
  sentences: sentences.map((one) => ({ ...one, id: 0 })),
}));

function markOf(sources: readonly string[]): fc.Arbitrary<Node> {
  return fc.constantFrom(...sources).map((source): Node => ({ type: "mark", id: 0, source }));
}

function nodes(format: FormatId, depth: number): fc.Arbitrary<Node[]> {
  const text = paragraph;
  const bare = fc
    .constantFrom("heading" as const, "table" as const)
    .map((type): Node => ({ type, id: 0 }));
  if (depth === 0) return fc.array(text, { minLength: 1, maxLength: 2 });
  const inner = nodes(format, depth - 1);
  const list = fc
    .record({
      ordered: fc.boolean(),
      // In plain text an item is a paragraph.
      items: fc.array(format === "plaintext" ? text.map((one) => [one]) : inner, {
        minLength: 1,
        maxLength: 3,
      }),
    })
    .map((one): Node => ({ type: "list", ...one }));
  const frame = fc
    .record({ frame: fc.constantFrom(...FRAMES[format]), children: inner })
    .map((one): Node => ({ type: "frame", ...one }));
  const options = [
    { weight: 5, arbitrary: text },
    { weight: 2, arbitrary: list },
    { weight: 4, arbitrary: frame },
    { weight: 2, arbitrary: markOf(MARKS[format]) },
  ];
  if (format === "markdown") options.push({ weight: 1, arbitrary: bare });
  return fc.array(fc.oneof(...options), { minLength: 1, maxLength: 4 });
}

/** The same tree with its sentences numbered. */
function numbered(tree: readonly Node[], next = { id: 1 }): Node[] {
  return tree.map((node): Node => {
    switch (node.type) {
      case "text":
        return { ...node, sentences: node.sentences.map((one) => ({ ...one, id: next.id++ })) };
      case "list":
        return { ...node, items: node.items.map((item) => numbered(item, next)) };
      case "frame":
        return { ...node, children: numbered(node.children, next) };
      default:
        return { ...node, id: next.id++ };
    }
  });
}

/** The numbers of all sentences in a tree, and those of other parts too if `of` is "all". */
function numbersIn(tree: readonly Node[], of: "sentences" | "all"): number[] {
  return tree.flatMap((node) => {
    switch (node.type) {
      case "text":
        return node.sentences.map(({ id }) => id);
      case "list":
        return node.items.flatMap((item) => numbersIn(item, of));
      case "frame":
        return numbersIn(node.children, of);
      default:
        return of === "all" ? [node.id] : [];
    }
  });
}

/**
 * The tree without the parts numbered `first` to `last`; undefined if that would empty a frame with words. A frame that
 * begins and ends within the passage is removed with it, whatever its words.
 */
function without(tree: readonly Node[], first: number, last: number): Node[] | undefined {
  const goes = (id: number): boolean => first <= id && id <= last;
  const left: Node[] = [];
  for (const node of tree) {
    if (node.type === "text") {
      const sentences = node.sentences.filter(({ id }) => !goes(id));
      if (sentences.length > 0) left.push({ ...node, sentences });
    } else if (node.type === "list") {
      const items: (readonly Node[])[] = [];
      for (const item of node.items) {
        const rest = without(item, first, last);
        if (rest === undefined) return undefined;
        if (rest.length > 0) items.push(rest);
      }
      if (items.length > 0) left.push({ ...node, items });
    } else if (node.type === "frame") {
      const numbers = numbersIn(node.children, "all");
      const most = Math.max(...numbers);
      const ends = node.frame.prefix === undefined ? most < last : most <= last;
      if (first < Math.min(...numbers) && ends) continue;
      const children = without(node.children, first, last);
      if (children === undefined) return undefined;
      if (children.length > 0) left.push({ ...node, children });
      else if (!node.frame.plain) return undefined;
    } else if (!goes(node.id)) left.push(node);
  }
  return left;
}

const LETTERS = "abcdefghijklmn";

function wordsOf(id: number): string[] {
  return Array.from(LETTERS, (letter) => `w${id}${letter}`);
}

function sentenceText({ id, form }: Sentence, format: FormatId): string {
  const words = `The ${wordsOf(id).join(" ")}.`;
  if (format === "plaintext") return form === "quoted" ? `“${words}”` : words;
  const html = format === "html";
  switch (form) {
    case "plain":
      return words;
    case "quoted":
      return `“${words}”`;
    case "strong":
      return html ? `<strong>${words}</strong>` : `**${words}**`;
    case "link":
      return html
        ? `<a href="https://example.org/${id}">${words}</a>`
        : `[${words}](https://example.org/${id})`;
    case "holds":
      return html
        ? words.replace(`w${id}c`, `<em>w${id}c</em>`)
        : words.replace(`w${id}c`, `*w${id}c*`);
  }
}

function lines(tree: readonly Node[], format: FormatId, style: Style): string[] {
  const parts = tree.map((node) => linesOf(node, format, style));
  return parts.flatMap((part, index) =>
    index > 0 && (format !== "html" || style.airy) ? ["", ...part] : part,
  );
}

interface Style {
  readonly airy: boolean;
  readonly closesP: boolean;
  /** Each sentence is on its own line. */
  readonly broken: boolean;
}

function linesOf(node: Node, format: FormatId, style: Style): string[] {
  const html = format === "html";
  switch (node.type) {
    case "text": {
      const sentences = node.sentences.map((one) => sentenceText(one, format));
      const text = style.broken ? sentences : [sentences.join(" ")];
      if (!html) return text;
      const [first = "", ...rest] = text;
      const all = [`<p>${first}`, ...rest];
      return style.closesP ? [...all.slice(0, -1), `${all.at(-1) ?? ""}</p>`] : all;
    }
    case "heading":
      return [`## Heading ${node.id}`];
    case "mark":
      return node.source.split("\n");
    case "table":
      return ["| a | b |", "| - | - |", `| t${node.id}a | t${node.id}b |`];
    case "list": {
      if (html) {
        const name = node.ordered ? "ol" : "ul";
        const items = node.items.map((item) => ["<li>", ...lines(item, format, style), "</li>"]);
        return [`<${name}>`, ...items.flat(), `</${name}>`];
      }
      return node.items.flatMap((item, index) => {
        const mark = node.ordered && format === "markdown" ? "1. " : "- ";
        const [first = "", ...rest] = lines(item, format, style);
        const all = [
          mark + first,
          ...rest.map((line) => (line === "" ? "" : `${" ".repeat(mark.length)}${line}`)),
        ];
        return index > 0 && style.airy ? ["", ...all] : all;
      });
    }
    case "frame": {
      const { open, close, prefix, tight } = node.frame;
      const inner = lines(node.children, format, style);
      if (prefix === undefined) {
        if (format !== "html") return [open, "", ...inner, "", close];
        return tight === true ? [open + inner.join("\n") + close] : [open, ...inner, close];
      }
      const quoted = (line: string): string => (prefix + line).trimEnd();
      if (prefix.trim() !== "") return [...(open === "" ? [] : [open]), ...inner].map(quoted);
      return [open, ...inner.map(quoted)];
    }
  }
}

function rendered(tree: readonly Node[], format: FormatId, style: Style): string {
  return `${lines(tree, format, style).join("\n")}\n`;
}

/** A text's words and marks, with spaces between words. A form feed is a mark. */
function bare(text: string, format: FormatId): string {
  const flat = text
    .replace(format === "html" ? /$^/g : /^[ \t>]+/gm, "")
    .replace(/[^\S\f]+/g, " ")
    .replace(/^ | $/g, "");
  return format === "html" ? flat.replace(/ ?(<\/?(?!strong|em|a\b)[^>]*>) ?/g, "$1") : flat;
}

/** The blocks with their kind, their depths and their words. Paragraphs on consecutive lines count as one. */
function shape(draft: Draft): string[] {
  const out: string[] = [];
  let joins = false;
  for (const block of draft.blocks) {
    joins &&= block.continues && !block.startsItem;
    // In plain text, the empty line of a quotation.
    if (block.kind === "break" && block.source === ">") {
      joins = false;
      continue;
    }
    const kind = block.kind === "verse" ? "paragraph" : block.kind;
    const head = `${kind} ${block.level} ${block.listDepth} ${block.quoteDepth}:`;
    const text = (
      holdsProse(block) ? block.prose.text : block.source.replace(/[\s>]+/g, " ")
    ).trim();
    const words = text.replace(/\s+/g, " ");
    if (joins && kind === "paragraph" && out.at(-1)?.startsWith(head) === true) {
      out[out.length - 1] = `${out.at(-1) ?? ""} ${words}`;
    } else out.push(`${head} ${words}`);
    joins = kind === "paragraph";
  }
  return out;
}

/**
 * Whether the format reads a draft as it was made: its parser doesn't end a tag's lines at an empty line of a
 * quotation, a rule in an item is a rule, one below a title makes no heading of it, and a paragraph without its end tag contains the statement after it.
 */
function isReadAsMade(text: string, format: FormatId, { closesP }: Style): boolean {
  if (format === "html") return closesP || !/\{[%{]/.test(text);
  return !/^[-\d. ]*>[-\d. >]*<|- (?:---|\*\*\*)$|\[!TIP\].*\n[-\d. >]*---$/m.test(text);
}

const style: fc.Arbitrary<Style> = fc.record({
  airy: fc.boolean(),
  closesP: fc.boolean(),
  broken: fc.constantFrom(false, false, true),
});

const FORMATS: readonly FormatId[] = ["markdown", "html", "plaintext"];

/** A text with twenty paragraphs before and after it. */
function amidst(text: string, format: FormatId): string {
  const filler = Array.from({ length: 20 }, (_, at) => {
    const words = `Paragraph ${at} is about the weather of week ${at} in the valley.`;
    return format === "html" ? `<p>${words}</p>` : words;
  }).join("\n\n");
  return `${filler}\n\n${text}\n\n${filler.replaceAll("weather", "harvest")}\n`;
}

describe.each(FORMATS)("%s", (format) => {
  const trees = nodes(format, format === "plaintext" ? 1 : 2).map((tree) => numbered(tree));

  test("without a passage a draft is what it would be if that had never been there", () => {
    let asked = 0;
    let refused = 0;
    fc.assert(
      fc.property(trees, fc.nat(), fc.nat(4), style, fc.boolean(), (tree, from, more, how, far) => {
        // In a long draft, a deletion is checked with the passage's surroundings.
        const placed = (text: string): string => (far ? amidst(text, format) : text);
        const ids = numbersIn(tree, "sentences");
        fc.pre(ids.length > 0);
        const first = ids[from % ids.length] ?? 0;
        const last = ids[Math.min(ids.length - 1, (from % ids.length) + more)] ?? 0;
        const text = placed(rendered(tree, format, how));
        fc.pre(isReadAsMade(text, format, how));
        const draft = draftOf(text, format);
        const start = text.indexOf(wordsOf(first)[0] ?? "") - "The ".length;
        const lastWord = wordsOf(last).at(-1) ?? "";
        const end = text.indexOf(lastWord) + lastWord.length + 1;
        const rest = without(tree, first, last);
        const deletion = findDeletion(draft, { start, end });
        if (rest !== undefined && rest.length > 0) asked++;
        if (deletion === undefined) {
          if (rest !== undefined && rest.length > 0) refused++;
          return;
        }
        const left = applyEdits(text, deletion.edits);
        // A frame with words of its own is never emptied, and never removed.
        if (rest === undefined) {
          throw new Error(`${first} to ${last} emptied a frame:\n${text}\n\n${left}`);
        }
        const wanted = placed(rendered(rest, format, how));
        expect(bare(left, format)).toBe(bare(wanted, format));
        expect(shape(draftOf(left, format))).toEqual(shape(draftOf(wanted, format)));
      }),
      runs(150),
    );
    // Deleting nothing is not a solution.
    expect(asked).toBeGreaterThan(75);
    expect(refused / asked).toBeLessThan(0.12);
  });

  test("a pasted copy's neighbours stay in place", () => {
    const how = { airy: true, closesP: true, broken: false };
    let deleted = 0;
    fc.assert(
      fc.property(
        fc.array(fc.oneof(paragraph, markOf([...MARKS[format], ...LOOSE_MARKS[format]])), {
          minLength: 2,
          maxLength: 7,
        }),
        fc.nat(),
        fc.nat(),
        (parts, from, to) => {
          const tree = numbered(parts);
          const texts = tree.filter(({ type }) => type === "text");
          const copy = texts[from % Math.max(1, texts.length)];
          fc.pre(copy !== undefined);
          const at = to % (tree.length + 1);
          const pasted = [...tree.slice(0, at), copy, ...tree.slice(at)];
          const source = tree.indexOf(copy);
          const other = pasted.filter((_, index) => index !== source + (source < at ? 0 : 1));
          const wanted = [tree, other].map((one) => bare(rendered(one, format, how), format));
          const text = rendered(pasted, format, how);
          for (const finding of findings(repeatedBlock, text, { format })) {
            for (const { edits } of finding.fixes ?? []) {
              if (edits.length === 0) continue;
              deleted++;
              expect(wanted).toContain(bare(applyEdits(text, edits), format));
            }
          }
        },
      ),
      runs(60),
    );
    expect(deleted).toBeGreaterThan(60);
  });

  test("all safe deletions in a draft with pasted copies keep it well formed, and no words are lost", () => {
    const settings = settingsFrom({});
    let made = 0;
    fc.assert(
      fc.property(
        trees,
        fc.array(fc.tuple(fc.nat(), fc.nat()), { minLength: 1, maxLength: 3 }),
        style,
        (tree, pastes, how) => {
          let pasted = [...tree];
          for (const [from, to] of pastes) {
            const copy = pasted[from % pasted.length];
            if (copy === undefined) continue;
            const at = to % (pasted.length + 1);
            pasted = [...pasted.slice(0, at), copy, ...pasted.slice(at)];
          }
          const text = rendered(pasted, format, how);
          const draft = draftOf(text, format);
          const found: Finding[] = lint(draft, RULES, settings, { rethrow: true });
          const edits = safeEdits(found, () => true, draft);
          made += edits.length;
          const left = applyEdits(text, edits);
          const words = new Set(left.match(/w\d+[a-z]/g));
          for (const word of text.match(/w\d+[a-z]/g) ?? []) expect(words).toContain(word);
          expect(markup(left, format)).toEqual(balanced(left, format));
          expect(left).not.toMatch(/<(\w+)>\s*<\/\1>|“\s*”|\[\]\(|\*{4}|^[\s>]*-\s*$/m);
        },
      ),
      runs(40),
    );
    expect(made).toBeGreaterThan(5);
  });
});

/** The tags, shortcodes and directives of a text that have a partner, in order. */
function markup(text: string, format: FormatId): string[] {
  if (format === "plaintext") return [];
  const own =
    /<(?!\/?p\b)\/?(\w*)[^<>]*>|\{\{[<%] *\/?(\w+).*?\}\}|\{% *(?:end)?(\w+).*?%\}|^[-> \d.]*:::\S*/gm;
  const alone = /^<(?:[bh]r|img|Divider)\b|^\{\{< hr|^\{% include/;
  const halves = text.match(own)?.filter((one) => !alone.test(one)) ?? [];
  return halves.map((one) => one.replace(/^[^:<{]+(?=:)/, ""));
}

/** Those of them that pair up if the last one opened is closed first. */
function balanced(text: string, format: FormatId): string[] {
  const open: string[] = [];
  const nameOf = (half: string): string =>
    /[\w]+/.exec(half.replace("end", ""))?.[0] ?? half.slice(0, 3).replace("/", "");
  return markup(text, format).filter((half) => {
    const closes = /^<\/|^\{\{[<%] *\/|^\{% *end|^:::$/.test(half);
    if (!closes) {
      open.push(nameOf(half));
      return true;
    }
    const last = open.pop();
    return half === ":::" ? last !== undefined : last === nameOf(half);
  });
}

const A =
  "The council voted on Monday to close the old bridge to lorries until the spring of next year.";
const B = "Shops on the quay fear for their trade, and many of them wrote to the mayor last week.";

/** A draft, and what is left of it without the parts in ⟨ ⟩. */
function withoutMarked(marked: string): { text: string; left: string } {
  return { text: marked.replace(/[⟨⟩]/g, ""), left: marked.replace(/⟨[^⟩]*⟩/g, "") };
}

// The passage is in ⟦ ⟧, and what goes with it is in ⟨ ⟩.
test.each<readonly [what: string, FormatId, marked: string]>([
  ["the start of a paragraph", "html", `<p>⟨⟦${A}⟧ ⟩${B}</p>\n`],
  ["the end of a paragraph", "html", `<p>${B}⟨ ⟦${A}⟧⟩</p>\n`],
  ["an item, which goes", "html", `<ul>\n⟨<li>⟦${A}⟧</li>\n⟩<li>${B}</li>\n</ul>\n`],
  [
    "a quotation, which goes",
    "html",
    `<p>${B}</p>\n⟨<blockquote>\n<p>⟦${A}⟧</p>\n</blockquote>\n⟩`,
  ],
  ["steps, which stay", "markdown", `⟦⟨${A}\n\n⟩<Steps>\n\n⟧${B}\n\n</Steps>\n`],
  ["steps, which go", "markdown", `${B}\n⟨\n<Steps>\n\n⟦${A}⟧\n\n</Steps>\n⟩`],
  ["a fragment and its end", "markdown", `<>\n\n${B}\n\n⟦⟨${A}\n\n⟩</>⟧\n`],
  ["the end of a paragraph with a tag", "markdown", `<p>\n${B}\n\n⟦⟨${A}\n⟩</p>⟧\n`],
  ["a callout, which goes", "markdown", `⟨> [!NOTE]\n> ⟦${A}⟧\n\n⟩${B}\n`],
  ["a callout with more", "markdown", `> ⟦[!NOTE]\n> ⟨${A}⟧\n>\n> ⟩${B}\n`],
  [
    "a link’s text, which leaves its hole to be seen",
    "markdown",
    `${B} See ⟨[⟦${A}⟧](https://example.org)⟩.\n`,
  ],
  ["part of a quotation", "markdown", `“⟨⟦${A}⟧ ⟩${B}” she said.\n`],
  ["part of a German quotation", "markdown", `„⟨⟦${A}⟧ ⟩${B}“ sagte sie.\n`],
  [
    "a section under a heading with tags",
    "markdown",
    `${B}\n\n⟨⟦<h3 id="bridge">Bridge</h3>\n\n${A}⟧\n\n⟩C.\n`,
  ],
  ["the end of a quotation", "markdown", `“${B}⟨ ⟦${A}⟧⟩” she said.\n`],
  ["the first paragraph of an item", "markdown", `- ⟨⟦${A}⟧\n\n  ⟩${B}\n- C.\n`],
  ["the last item", "markdown", `- ${B}\n⟨- ⟦${A}⟧\n⟩\nC.\n`],
  [
    "a shortcode",
    "markdown",
    `{{< tab >}}\n${B}\n⟦⟨{{< /tab >}}\n{{< tab >}}\n${A}⟧\n⟩{{< /tab >}}\n`,
  ],
  [
    "the second half of one paragraph and the first of another",
    "markdown",
    `${B}⟨ ⟦${A}⟩\n\n⟨C d e.⟧ ⟩F g h.\n`,
  ],
  ["a wrapped quotation", "markdown", `> ${B}\n> ⟨⟦${A}⟧\n> ⟩C d e.\n`],
  ["a directive", "markdown", `:::note\n\n${B}\n\n⟦⟨${A}\n\n⟩:::⟧\n\nC.\n`],
  [
    "a directive’s only item, with which the directive goes",
    "markdown",
    `⟨:::note\n\n- ⟦${A}⟧\n\n:::\n\n⟩${B}\n`,
  ],
  [
    "a callout whose last words are strong, which goes",
    "markdown",
    `⟨> [!NOTE]\n> ⟦${A}\n>\n> **${B}⟧**\n\n⟩C.\n`,
  ],
  [
    "paragraphs without end tags, on several lines",
    "html",
    `⟨<div>\n<p>⟦${A}\n${B}\n<p>C.⟧\n</div>\n⟩<p>D.\n`,
  ],
])("a passage is deleted from %s", (_what, format, marked) => {
  const { text, spans } = unmarked(marked.replace(/[⟨⟩]/g, ""));
  const deletion = findDeletion(draftOf(text, format), spans[0] ?? { start: 0, end: 0 });
  const left = withoutMarked(marked).left.replace(/[⟦⟧]/g, "");
  expect(deletion && applyEdits(text, deletion.edits)).toBe(left);
});

test.each<readonly [what: string, FormatId, marked: string]>([
  ["a cell", "html", `<table><tr><td>⟦${A}⟧</td><td>${B}</td></tr></table>`],
  ["a tab with a title", "markdown", `<Tab title="One">\n\n⟦${A}⟧\n\n</Tab>\n\n${B}\n`],
  [
    "all items of a tab with a title",
    "markdown",
    `{{% tab "One" %}}\n\n- ⟦${A}\n\n  C.\n\nD.⟧\n\n{{% /tab %}}\n\n${B}\n`,
  ],
  [
    "a callout with a title, and the paragraph after it",
    "markdown",
    `> > [!TIP] With a title\n> > ⟦${A}\n>\n> ${B}⟧\n\nC.\n`,
  ],
])("a passage is not deleted if that would empty %s", (_what, format, marked) => {
  const { text, spans } = unmarked(marked);
  expect(findDeletion(draftOf(text, format), spans[0] ?? { start: 0, end: 0 })).toBeUndefined();
});

describe("a copy can be deleted, but not safely, if that leaves", () => {
  /** The text with a passage in place of each §. */
  function only(text: string, format: FormatId = "markdown"): Finding | undefined {
    const copy =
      "The harbour bridge was closed for eleven weeks last spring while engineers slept.";
    const draft = draftOf(text.replaceAll("§", copy), format);
    const found = lint(draft, RULES, settingsFrom({}), { rethrow: true });
    return found.find(({ rule }) => rule === "repeated-block");
  }

  const HTML = "<p>§</p>\n<p>More.</p>\n";
  test.each<readonly [what: string, FormatId, text: string]>([
    ["a heading over nothing", "markdown", "§\n\n## One\n\n§\n\n## Two\n\nMore.\n"],
    ["the last heading over nothing", "markdown", "§\n\nMore.\n\n## One\n\n§\n"],
    ["a list that begins with two", "markdown", "§\n\nMore.\n\n1. §\n2. Two\n3. Three\n"],
    ["a summary", "html", `${HTML}<details><summary>Sum</summary><p>§</p></details>\n<p>End.</p>`],
    [
      "a caption",
      "html",
      `${HTML}<figure><figcaption>C</figcaption><p>§</p></figure>\n<p>End.</p>`,
    ],
    ["a heading alone", "html", `${HTML}<section><h2>Head</h2><p>§</p></section>\n<p>End.</p>\n`],
  ])("%s", (_what, format, text) => {
    const fix = only(text, format)?.fixes?.[0];
    expect(fix).toMatchObject({ title: wording("Delete this copy"), safe: false });
    expect(fix?.edits).not.toEqual([]);
  });

  test("otherwise it is safe", () => {
    const text = "§\n\nMore.\n\n## One\n\nText.\n\n§\n\n## Two\n\nMore.\n";
    expect(only(text)?.fixes?.[0]?.safe).toBe(true);
  });
});

describe("a cut is not clean", () => {
  const cases: readonly [what: string, format: FormatId, text: string][] = [
    ["that takes one tag of two", "html", "<p>A b. ⟦C d.</p>⟧\n<p>E.</p>"],
    ["that leaves an empty item", "html", "<ul><li>⟦A b.⟧</li><li>C.</li></ul>"],
    ["that cuts a tag", "html", '<p class="⟦a">B c.⟧</p>'],
    ["that joins two paragraphs", "markdown", "A b.⟦\n\n⟧C d.\n"],
    ["that takes an item’s mark", "markdown", "- A b.\n⟦- ⟧C d.\n"],
    ["that makes a paragraph of an item", "markdown", "⟦- A b.\n\n⟧  C d.\n"],
    ["that leaves a callout’s label", "markdown", "> [!NOTE]\n⟦> A b.\n\n⟧C d.\n"],
    ["that lets the next paragraph into an item", "markdown", "- A b.\n⟦- C d.\n\n⟧E f.\n"],
    ["that takes half of an emphasis", "markdown", "A **b⟦** c⟧ d **e** f.\n"],
    ["that opens code", "markdown", "A.\n\n⟦```\n⟧code\n```\n\nB.\n"],
    ["that makes a heading of a paragraph", "markdown", "A b.\n⟦\nC d.\n\n⟧---\n"],
    ["that moves a directive into an item", "markdown", ":::note\n\nA.\n\n- ⟦B c.\n\n⟧:::\n"],
    [
      "that moves a statement into a quotation",
      "markdown",
      "- > ⟦A b.\n\n  ⟧{% if x %}\n\n  C.\n\n  {% endif %}\n",
    ],
    [
      "that moves a tag into an inner list",
      "markdown",
      "- - ⟦A.\n\n  ⟧<div>\n\n  B.\n\n  </div>\n",
    ],
    ["that moves a tag to a line of words", "markdown", "<div>\n\nA. ⟦B.\n\n⟧</div>\n"],
    ["that leaves an item between directives", "markdown", ":::note\n\n- ⟦A b.⟧\n\n:::\n"],
    ["that leaves a label over nothing, first in a draft", "markdown", "> [!NOTE]\n⟦> A b.⟧\n"],
  ];

  test.each(cases)("%s", (_what, format, marked) => {
    const { text, spans } = unmarked(marked);
    expect(spans).toHaveLength(1);
    expect(isCleanCut(draftOf(text, format), spans)).toBe(false);
  });
});

describe("deleting a reported copy", () => {
  const C = "It rained a lot in the town during the summer.";
  const TAB = `<Tab title="One">\n\n![a](b)\n\n${B}\n\n</Tab>`;

  // What goes is in ⟨ ⟩.
  test.each<readonly [what: string, FormatId, marked: string]>([
    [
      "leaves the steps around other text",
      "markdown",
      `<Steps>\n\n${A}\n\n</Steps>\n\n${B}\n\n<Steps>\n\n⟨${A}\n\n⟩${C}\n\n</Steps>\n`,
    ],
    ["takes a callout that held nothing else", "markdown", `${A}\n\n⟨> [!NOTE]\n> ${A}\n\n⟩${C}\n`],
    ["leaves the tag of its paragraph", "html", `<p>${A}</p>\n<p>${C}</p>\n<p>⟨${A} ⟩${B}</p>\n`],
    [
      "takes an item that held nothing else",
      "html",
      `<p>${A}</p>\n<ul>\n⟨<li>${A}</li>\n⟩<li>${B}</li>\n</ul>\n`,
    ],
    [
      "takes the tab that it fills, and leaves the rules beside it",
      "markdown",
      `${A}\n\n${TAB}\n\n---\n\n${C}\n\n---\n\n⟨${TAB}\n\n⟩---\n\nMore.\n`,
    ],
    [
      "leaves the picture after the sentence before it",
      "markdown",
      `${C} ![a](b)\n\n${A}\n\n${B} ![a](b)\n\n⟨${A}\n\n⟩More.\n`,
    ],
    ["leaves the mark of a quotation that goes on", "markdown", `${A}\n\n- “⟨${A} ⟩${B}”\n`],
  ])("%s", (_what, format, marked) => {
    const { text, left } = withoutMarked(marked);
    fixes(repeatedBlock, text, "Delete this copy", left, { format });
  });

  test("in another order deletes nothing of the next paragraph", () => {
    const text = [A, B, "The end of it.", B, A, "The other thing."].join("\n\n");
    const here = ["The end of it.", B, A, "The other thing."].join("\n\n");
    const there = [A, B, "The end of it.", "The other thing."].join("\n\n");
    fixes(repeatedBlock, text, "Delete this copy", there);
    fixes(repeatedBlock, text, "Delete the other copy", here);
  });

  test("is not offered if a titled tab would become empty", () => {
    const text = `${A}\n\n<Tab title="One">\n\n${A}\n\n</Tab>\n\n${C}\n`;
    const [finding] = findings(repeatedBlock, text);
    const offered = finding?.fixes?.filter(({ edits }) => edits.length > 0);
    expect(offered?.map(({ title }) => title)).toEqual([wording("Delete the other copy")]);
  });
});
