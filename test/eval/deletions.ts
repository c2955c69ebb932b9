import { blockEnd, type Draft, holdsProse } from "../../server/src/draft/draft.ts";
import type { Finding, Fix, Report } from "../../server/src/draft/finding.ts";
import { applyEdits, type Edit } from "../../server/src/text/edits.ts";
import { safeEdits } from "../support/safe-edits.ts";
import { sourceSpan } from "../../server/src/draft/prose.ts";
import type { Span } from "../../server/src/text/span.ts";
import { getFormat, type FormatId } from "../../server/src/formats/registry.ts";
import { reportsWithin } from "../../server/src/repeats/report.ts";
import { repeatsWithin } from "../../server/src/repeats/judge.ts";
import { edited } from "../../server/training/judge/pasting.ts";
import { readLines } from "../../server/training/corpus.ts";
import { randomFor, type SiteFile } from "./corpus.ts";
import { inContext, inMap, printRow, readOptions, sorted } from "./report.ts";
import { say } from "../../server/src/text/wording.ts";

const OPTIONS = { minWords: 12 };

/**
 * Pastes passages of real drafts into them at random, deletes each copy that is told by each fix that is
 * offered, and looks whether the rest is the draft without it: the same blocks, the same nesting, tags as
 * balanced as they were, no word more gone and none less. The judge here reads blocks, words and tags by
 * itself; it knows nothing of how a deletion is made or tried.
 * `--corpus DIR` with `D5_sites.dev.jsonl.gz`; `--every K`: every Kth file; `--pastes N` in each;
 * `--show N` prints so many wrong cases.
 */
export function run(args: readonly string[]): void {
  const defaults = { corpus: "", every: 1, pastes: 4, show: 0 };
  const values = readOptions(args, defaults, "corpus");
  const tally = new Tally(values.show);
  const files = readLines<SiteFile>(values.corpus, "D5_sites.dev");
  for (const { id, path, text } of files.filter((_, index) => index % values.every === 0)) {
    const markdown = getFormat("markdown").parse(text);
    const random = randomFor(`${id} `);
    const rendered = {
      markdown: () => text,
      html: () => asHtml(markdown, random),
      plaintext: () => asPlain(markdown),
    };
    for (let paste = 0; paste < values.pastes; paste++) {
      const kind = KINDS[Math.floor(random() * KINDS.length)] ?? "sentence";
      const where = Math.floor(random() * 6);
      const format: FormatId = where === 0 ? "plaintext" : where < 3 ? "html" : "markdown";
      const plain = getFormat(format).parse(rendered[format]());
      const draft = kind === "beside a mark" ? withMarks(plain, random) : plain;
      const made = pasted(draft, kind, random);
      if (made !== undefined) judge(tally, `${id} ${path}`, kind, draft, made);
    }
  }
  tally.print();
}

// ── Pastes ────────────────────────────────────────────────────────────────────────────────────────

const KINDS = [
  "sentence",
  "sentence elsewhere",
  "paragraph",
  "paragraph elsewhere",
  "beside a mark",
  "run",
  "run in swapped order",
  "list item",
  "link text",
  "wrapped",
  "edited",
] as const;
type Kind = (typeof KINDS)[number];

interface Pasted {
  readonly text: string;
  /** The pasted text, without the space around it. */
  readonly copy: Span;
  /** It was pasted unchanged: without it the draft is what it was. */
  readonly exact: boolean;
}

function pasted(draft: Draft, kind: Kind, random: () => number): Pasted | undefined {
  const { text, blocks, starts } = draft;
  const pick = <T>(from: readonly T[]): T | undefined => from[Math.floor(random() * from.length)];
  const long = blocks.flatMap((block, index) =>
    block.kind === "paragraph" && words(block.prose.text).length >= 14 ? [index] : [],
  );
  const put = (at: number, before: string, copy: string, after: string, exact = true): Pasted => ({
    text: text.slice(0, at) + before + copy + after + text.slice(at),
    copy: { start: at + before.length, end: at + before.length + copy.length },
    exact,
  });
  const start = (index: number): number => starts[index] ?? 0;
  const end = (index: number): number => start(index) + (blocks[index]?.source.length ?? 0);
  const tops = topsOf(draft);

  switch (kind) {
    case "sentence":
    case "sentence elsewhere":
    case "link text": {
      const from = pick(long);
      const block = from === undefined ? undefined : blocks[from];
      if (from === undefined || block === undefined) return undefined;
      const sentence = pick(sentences(block.source).filter((one) => words(one).length >= 14));
      if (sentence === undefined) return undefined;
      const target = kind === "sentence" ? from : pick(long);
      const host = target === undefined ? undefined : blocks[target];
      if (target === undefined || host === undefined) return undefined;
      const parts = sentences(host.source);
      if (parts.length === 0) return undefined;
      const where =
        kind === "sentence"
          ? parts.indexOf(sentence) + 1
          : Math.floor(random() * (parts.length + 1));
      let at = 0;
      for (const part of parts.slice(0, where)) at = host.source.indexOf(part, at) + part.length;
      const lead = host.source.indexOf(parts[0] ?? "");
      if (where === 0) at = lead;
      if (kind === "link text" && draft.format.id === "plaintext") return undefined;
      const linked =
        draft.format.id === "html"
          ? `<a href="https://example.org/x">${sentence}</a>`
          : `[${sentence}](https://example.org/x)`;
      if (kind === "link text" && /[[\]<]/.test(sentence)) return undefined;
      const copy = kind === "link text" ? linked : sentence;
      return where === 0
        ? put(start(target) + at, "", copy, " ")
        : put(start(target) + at, " ", copy, "");
    }
    case "paragraph":
    case "paragraph elsewhere":
    case "beside a mark":
    case "edited":
    case "wrapped": {
      const from = pick(long.filter((index) => tops.includes(index)));
      if (from === undefined) return undefined;
      const source = text.slice(start(from), end(from));
      const before = kind === "paragraph" ? undefined : pick(tops);
      if (kind === "wrapped") {
        const frame = pick(FRAMES_OF[draft.format.id] ?? []);
        if (frame === undefined || before === undefined || /\n/.test(source)) return undefined;
        return put(start(before), frame[0], source, `${frame[1]}\n\n`);
      }
      const copy =
        kind === "edited" && draft.format.id !== "html"
          ? edited(source, 0.06, words(text), random)
          : source;
      return before === undefined
        ? put(end(from), "\n\n", copy, "", copy === source)
        : put(start(before), "", copy, "\n\n", copy === source);
    }
    case "run":
    case "run in swapped order": {
      const from = pick(tops.filter((index) => long.includes(index)));
      const before = pick(tops);
      if (from === undefined || before === undefined) return undefined;
      if (kind === "run") {
        let last = from;
        for (const index of tops) if (index > from && index <= from + 3) last = index;
        if (before > from && before <= last) return undefined;
        return put(start(before), "", text.slice(start(from), end(last)), "\n\n");
      }
      if (!tops.includes(from + 1) || before === from + 1) return undefined;
      const one = text.slice(start(from), end(from));
      const other = text.slice(start(from + 1), end(from + 1));
      return put(start(before), "", `${other}\n\n${one}`, "\n\n");
    }
    case "list item": {
      const from = pick(long.filter((index) => (blocks[index]?.listDepth ?? 0) > 0));
      if (from === undefined || !/^(?:[\r\n]|$)/.test(text.slice(end(from)))) return undefined;
      const line = text.lastIndexOf("\n", start(from) - 1) + 1;
      const item = text.slice(line, end(from));
      const next = blocks[from + 1];
      if (next?.continues === true && !next.startsItem) return undefined;
      if (!/^\s*(?:[-*+]|\d+[.)]|<li)/.test(item) || item.includes("\n")) return undefined;
      if (item.includes("<li") && !item.trimEnd().endsWith("</li>")) return undefined;
      return put(end(from), "\n", item, "");
    }
  }
}

/** The blocks before and after which a paragraph can be, on lines of its own. */
function topsOf({ text, blocks, starts, format }: Draft): number[] {
  return blocks.flatMap(({ kind, continues, listDepth, quoteDepth, source }, index) => {
    if (kind !== "paragraph" || continues || listDepth + quoteDepth > 0) return [];
    const start = starts[index] ?? 0;
    if (start > 0 && !/[\n\r]/.test(text.charAt(start - 1))) return [];
    const rest = text.slice(start + source.length, start + source.length + 40);
    const ownsEnd =
      format.id === "html"
        ? /^\s*(?:<|$)/.test(rest)
        : /^(?:[\r\n]|$)/.test(rest) && blocks[index + 1]?.continues !== true;
    return ownsEnd ? [index] : [];
  });
}

/** The draft with a mark without words before and after some of its paragraphs. */
function withMarks(draft: Draft, random: () => number): Draft {
  const marks = draft.format.id === "html" ? HTML_MARKS : MARKS;
  const mark = marks[Math.floor(random() * marks.length)] ?? "";
  const edits = topsOf(draft).flatMap((index): Edit[] => {
    const start = draft.starts[index] ?? 0;
    const end = blockEnd(draft, index);
    return [
      ...(random() < 0.5 ? [{ start, end: start, newText: `${mark}\n\n` }] : []),
      ...(random() < 0.5 ? [{ start: end, end, newText: `\n\n${mark}` }] : []),
    ];
  });
  return draft.format.parse(applyEdits(draft.text, edits));
}

const MARKS = [
  ...["---", "![A map](map.png)", "```\ncode\n```", "<br>", "[TOC]", "{{< hr >}}", "\\newpage"],
  ...["{% include divider.html %}", '<div style="page-break-after: always"></div>', "\f"],
];
const HTML_MARKS = [
  ...["<hr>", '<p><img src="map.png"></p>', "<pre>code</pre>", "<br>", "{{< hr >}}"],
  '<div style="page-break-after: always"></div>',
];

type Frame = readonly [before: string, after: string];

const FRAMES: readonly Frame[] = [
  ["<Tab>\n\n", "\n\n</Tab>"],
  ['<Tab title="Linux">\n\n', "\n\n</Tab>"],
  ["<div>\n\n", "\n\n</div>"],
  ["<>\n\n", "\n\n</>"],
  ["{{< note >}}\n", "\n{{< /note >}}"],
  ['{{% tab name="Linux" %}}\n', "\n{{% /tab %}}"],
  [":::note\n\n", "\n\n:::"],
  ["> [!NOTE]\n> ", ""],
  ["> ", ""],
  ["- ", ""],
  ["1. ", ""],
  ["!!! note\n    ", ""],
  ['=== "Linux"\n    ', ""],
  ["- A first item.\n- ", "\n- A last item."],
  ["> A first line.\n>\n> ", ""],
  ["“", "”"],
  ["**", "**"],
  ["<p>", "</p>"],
  ["<details>\n<summary>More</summary>\n\n", "\n\n</details>"],
];

const HTML_FRAMES: readonly Frame[] = [
  ["<div>", "</div>"],
  ["<blockquote>\n", "\n</blockquote>"],
  ['<section class="x"><div>\n', "\n</div></section>"],
  ["<ul>\n<li>", "</li>\n</ul>"],
  ["<ul>\n<li>One.</li>\n<li>", "</li>\n<li>Two.</li>\n</ul>"],
  ['<div id="x">', "</div>"],
  ["<table><tr><td>", "</td><td>Other</td></tr></table>"],
];

const FRAMES_OF: Readonly<Record<string, readonly Frame[]>> = {
  markdown: FRAMES,
  html: HTML_FRAMES,
  plaintext: FRAMES.filter(([before]) => ["- ", "> ", "“"].includes(before)),
};

/** The paragraphs of a draft as HTML, in several ways to write it. */
function asHtml({ blocks }: Draft, random: () => number): string {
  const out: string[] = ["<!doctype html>", "<html><body>", "<main>"];
  const close = random() < 0.85 ? "</p>" : "";
  let open: "" | "li" | "quote" = "";
  for (const block of blocks) {
    if (!holdsProse(block) || block.kind === "cell") continue;
    const safe = block.prose.text
      .replaceAll("\uFFFC", "x")
      .replace(/&/g, "&amp;")
      .replace(/</g, "&lt;");
    const now = block.listDepth > 0 ? "li" : block.quoteDepth > 0 ? "quote" : "";
    if (now !== open) {
      if (open !== "") out.push(open === "li" ? "</ul>" : "</blockquote>");
      if (now !== "") out.push(now === "li" ? "<ul>" : "<blockquote>");
      open = now;
    }
    if (block.kind === "heading") out.push(`<h${block.level}>${safe}</h${block.level}>`);
    else if (now === "li") out.push(`<li>${safe}</li>`);
    else out.push(random() < 0.2 ? `<div><p>${safe}</p></div>` : `<p>${safe}${close}`);
  }
  if (open !== "") out.push(open === "li" ? "</ul>" : "</blockquote>");
  return `${out.join("\n")}\n</main>\n</body></html>\n`;
}

function asPlain({ blocks }: Draft): string {
  return `${blocks
    .flatMap((block) =>
      holdsProse(block) && block.kind !== "cell"
        ? [(block.listDepth > 0 ? "- " : "") + block.prose.text.replaceAll("\uFFFC", "x")]
        : [],
    )
    .join("\n\n")}\n`;
}

function sentences(source: string): string[] {
  return (source.match(/[^\s<>][^.!?<>]*[.!?]+(?=\s|$|<)/g) ?? []).map((one) => one.trim());
}

// ── Judging ───────────────────────────────────────────────────────────────────────────────────────

function judge(tally: Tally, name: string, kind: Kind, original: Draft, made: Pasted): void {
  const draft = original.format.parse(made.text);
  const row = tally.row(original.format.id, kind);
  row.made++;
  const { sequence, repeats } = repeatsWithin(draft, OPTIONS);
  const reports = reportsWithin(sequence, repeats);
  const touched = reports.filter((report) =>
    [report, ...(report.related ?? [])].some(
      (place) => place.start < made.copy.end && made.copy.start < place.end,
    ),
  );
  if (touched.length > 0) row.told++;
  for (const report of touched) {
    for (const fix of report.fixes ?? []) {
      const what = `${name}: ${kind}, ${say(fix.title)}${fix.safe ? ", SAFE" : ""}`;
      const span = spanOf(report, fix);
      const wrong = span && deleted(row, draft, fix, span);
      if (wrong !== undefined) tally.wrong(what, draft, fix.edits, wrong);
      // Text that was pasted unchanged leaves what was there before.
      const whole = made.exact && span !== undefined && takesWordsOf(draft, span, made.copy);
      if (wrong !== undefined || !whole || fix.edits.length === 0 || kind === "wrapped") continue;
      const after = draft.format.parse(applyEdits(draft.text, fix.edits));
      // Other passages may contain half of a link or a directive.
      const isBlock = /^(?:paragraph|beside)/.test(kind);
      const difference =
        differs(shape(original), shape(after)) ??
        (isBlock ? differs(lines(original), lines(after)) : undefined);
      if (difference !== undefined) {
        row.wrong++;
        tally.wrong(`${what}, not the draft before`, draft, fix.edits, difference);
      }
    }
  }
  // All safe deletions at once, as the command line makes them.
  const findings = reports.map((report): Finding => ({
    ...report,
    ...{ rule: "r", severity: "warning" },
  }));
  const edits = safeEdits(findings, () => true, draft);
  if (edits.length === 0) return;
  const spans = reports.filter(
    ({ fixes }) => fixes?.[0]?.safe === true && fixes[0].edits.every((one) => edits.includes(one)),
  );
  row.atOnce++;
  const wrong = fault(draft, edits, spans);
  if (wrong === undefined) return;
  row.wrongAtOnce++;
  tally.wrong(`${name}: ${kind}, all at once`, draft, edits, wrong);
}

/** What a fix says it deletes. */
function spanOf(report: Report, fix: Fix): Span | undefined {
  const title = say(fix.title);
  const keepsFuller = title.startsWith("Keep the fuller");
  if (keepsFuller && fix.edits.some(({ newText }) => newText !== "")) return undefined;
  return keepsFuller || title === "Delete the other copy" ? report.related?.[0] : report;
}

function deleted(row: Row, draft: Draft, fix: Fix, span: Span): string | undefined {
  if (fix.edits.length === 0) {
    row.refused++;
    return undefined;
  }
  if (fix.safe) row.safe++;
  row.offered++;
  const wrong = fault(draft, fix.edits, [span]);
  if (wrong === undefined) return undefined;
  row.wrong++;
  if (fix.safe) row.wrongSafe++;
  return wrong;
}

/** What is wrong with a draft after edits that should delete some spans; undefined if nothing. */
function fault(draft: Draft, edits: readonly Edit[], spans: readonly Span[]): string | undefined {
  const text = applyEdits(draft.text, edits);
  const after = draft.format.parse(text);
  const difference = differs(shape(draft, spans), shape(after));
  if (difference !== undefined) return difference;
  const before = markupOf(draft);
  const now = markupOf(after);
  if (now.faults > before.faults)
    return `${now.faults} tags without partners, ${before.faults} before`;
  if (now.shells > before.shells)
    return `${now.shells} pairs around nothing, ${before.shells} before`;
  const left = otherBlocks(after);
  for (const one of otherBlocks(draft, spans)) {
    const at = left.indexOf(one);
    if (at < 0) return `${one} is gone`;
    left.splice(at, 1);
  }
  return undefined;
}

function words(text: string): string[] {
  return text.match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];
}

/**
 * The blocks of prose with their kind, depths and words, without the words in some spans. Paragraphs on consecutive
 * lines count as one.
 */
function shape(draft: Draft, without: readonly Span[] = []): string[] {
  const out: string[] = [];
  let joins = false;
  draft.blocks.forEach((block, index) => {
    joins &&= block.continues && !block.startsItem;
    if (!holdsProse(block)) {
      if (/^empty/.test(block.kind)) out.push(block.kind);
      if (block.kind !== "comment") joins = false;
      return;
    }
    const start = draft.starts[index] ?? 0;
    const { text } = block.prose;
    const left = [...text.matchAll(/[\p{L}\p{M}\p{N}]+/gu)].filter((match) => {
      const word = { start: match.index, end: match.index + match[0].length };
      const own = sourceSpan(block.prose, word);
      const [from, to] = [start + own.start, start + own.end];
      return !without.some((span) => span.start <= from && to <= span.end);
    });
    if (left.length === 0) return;
    const kind = block.kind === "verse" ? "paragraph" : block.kind;
    const head = `${kind} ${block.level} ${block.listDepth} ${block.quoteDepth}:`;
    const line = left.map((match) => match[0]).join(" ");
    const last = out.at(-1);
    if (kind === "paragraph" && joins && last?.startsWith(head) === true) {
      out[out.length - 1] = `${last} ${line}`;
    } else out.push(`${head} ${line}`);
    joins = kind === "paragraph";
  });
  return out;
}

function differs(wanted: readonly string[], got: readonly string[]): string | undefined {
  const at = wanted.findIndex((one, index) => one !== got[index]);
  if (at < 0 && wanted.length === got.length) return undefined;
  const place = at < 0 ? wanted.length : at;
  return `wanted: ${wanted[place] ?? "(end)"}\n  got:    ${got[place] ?? "(end)"}`;
}

/** Whether a span has all words of a copy, and no others. */
function takesWordsOf(draft: Draft, span: Span, copy: Span): boolean {
  const covers = span.start <= copy.start && copy.end <= span.end;
  return covers && differs(shape(draft, [copy]), shape(draft, [span])) === undefined;
}

/** The lines of a draft, without white space. */
function lines({ text }: Draft): string[] {
  const bare = text.split(/[\r\n]+/).map((line) => line.replace(/[^\S\f]+/g, ""));
  return bare.filter((line) => line !== "");
}

/** Code, comments and other blocks without prose, except those in the spans. */
function otherBlocks({ blocks, starts }: Draft, spans: readonly Span[] = []): string[] {
  return blocks.flatMap((block, index) => {
    const start = starts[index] ?? 0;
    const isIn = spans.some((span) => span.start <= start && start < span.end);
    return isIn || holdsProse(block) || /^(?:directive|empty)/.test(block.kind)
      ? []
      : [block.source.replace(/\s+/g, " ")];
  });
}

const NO_END = /^(?:br|hr|img|input|meta|link|wbr|source|col|p|li|td|tr|th|dt|dd)$/;

/** How many tags, shortcodes and directives have no partner, and how many pairs are empty. */
function markupOf(draft: Draft): { readonly faults: number; readonly shells: number } {
  let text = draft.text;
  draft.blocks.forEach((block, index) => {
    const start = draft.starts[index] ?? 0;
    const blank = (from: number, to: number): void => {
      text = text.slice(0, from) + "x".repeat(to - from) + text.slice(to);
    };
    if (block.kind === "code") blank(start, start + block.source.length);
    for (const mark of block.marks) {
      if (mark.kind === "code") blank(start + mark.start, start + mark.end);
    }
  });
  const counts = new Map<string, number>();
  for (const [, slash = "", name = "", rest = ""] of text.matchAll(
    /<(\/?)([A-Za-z][\w.]*|(?=>))((?:"[^"<>]*"|'[^'<>]*'|[^<>"'])*)>/g,
  )) {
    if (rest.endsWith("/") || NO_END.test(name)) continue;
    counts.set(`<${name}`, (counts.get(`<${name}`) ?? 0) + (slash === "" ? 1 : -1));
  }
  for (const [, slash = "", name = ""] of text.matchAll(/\{\{[<%]-?\s*(\/?)\s*([\w-]+)/g)) {
    if (!text.includes(`/${name}`)) continue;
    counts.set(`{{${name}`, (counts.get(`{{${name}`) ?? 0) + (slash === "" ? 1 : -1));
  }
  for (const [, colons = "", name = ""] of text.matchAll(/^[\s>]*(:{3,})[ \t]*(\S*)/gm)) {
    counts.set(colons, (counts.get(colons) ?? 0) + (name === "" ? -1 : 1));
  }
  let faults = 0;
  for (const count of counts.values()) faults += Math.abs(count);
  // Even where the end may be left out, a tag without a partner counts.
  for (const name of ["p", "li", "td", "tr"]) {
    const opens = text.match(new RegExp(`<${name}[\\s>]`, "g"))?.length ?? 0;
    const closes = text.match(new RegExp(`</${name}>`, "g"))?.length ?? 0;
    faults += Math.max(0, closes - opens);
  }
  const shells =
    (text.match(/<([\w.]*)[^<>/]*>[\s>]*<\/\1>/g) ?? []).length +
    (text.match(/\{\{[<%]\s*([\w-]+)[^{}]*\}\}[\s>]*\{\{[<%]\s*\/\1/g) ?? []).length +
    (text.match(/^(:{3,})[ \t]*\S.*\n\s*\1[ \t]*$/gm) ?? []).length +
    (text.match(/\[\]\(|^[\s>]*\[![A-Z]+\]\s*$(?!\n[ \t]*>[ \t>]*\S)/gm) ?? []).length +
    (text.match(/“\s*”|\(\s*\)/g) ?? []).length;
  return { faults, shells };
}

// ── The table ─────────────────────────────────────────────────────────────────────────────────────

const COLUMNS = {
  made: "copies",
  told: "told",
  offered: "offered",
  wrong: "wrong",
  safe: "safe",
  wrongSafe: "wrong",
  refused: "refused",
  atOnce: "at once",
  wrongAtOnce: "wrong",
};

type Row = Record<keyof typeof COLUMNS, number>;

class Tally {
  readonly #rows = new Map<string, Row>();
  #left: number;

  constructor(show: number) {
    this.#left = show;
  }

  row(format: string, kind: string): Row {
    const none = (): Row => Object.fromEntries(Object.keys(COLUMNS).map((one) => [one, 0])) as Row;
    return inMap(this.#rows, `${format.padEnd(10)} ${kind}`, none);
  }

  wrong(what: string, draft: Draft, edits: readonly Edit[], why: string): void {
    if (this.#left-- <= 0) return;
    console.log(`--- ${what} (${draft.format.id})\n  ${why}`);
    for (const edit of edits) console.log(`  ${inContext(draft.text, edit, 160)}`);
  }

  print(): void {
    const widths = { name: 36, cell: 9 };
    printRow("", Object.values(COLUMNS), widths);
    const all: number[] = [];
    for (const [key, row] of sorted(this.#rows)) {
      const cells = Object.values(row);
      cells.forEach((cell, at) => (all[at] = (all[at] ?? 0) + cell));
      printRow(key, cells, widths);
    }
    printRow("all", all, widths);
  }
}
