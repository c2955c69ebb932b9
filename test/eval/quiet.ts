import type { Draft } from "../../server/src/draft/draft.ts";
import type { Finding } from "../../server/src/draft/finding.ts";
import { lint } from "../../server/src/engine/lint.ts";
import { settingsFrom } from "../../server/src/settings/settings.ts";
import { getFormat, type FormatId } from "../../server/src/formats/registry.ts";
import { RULES } from "../../server/src/rules/index.ts";
import type { Article } from "../../server/training/corpus.ts";
import { say } from "../../server/src/text/wording.ts";
import {
  articles,
  asMarkdown,
  asPlainText,
  cleanFiles,
  countWords,
  markdownFiles,
} from "./corpus.ts";
import { inContext, inMap, isLoud, printRow, readOptions, sorted } from "./report.ts";

/** Published text keeps its repeats, and the corpus lost its code and tables, so these are not counted. */
const UNCOUNTED = new Set(["repeated-block", "empty-section"]);

/**
 * Counts the findings in published text, where each is taken for a false alarm. `--corpus DIR`: a corpus of articles,
 * or any folder of Markdown files. `--show N`: this many alarms of each rule, with the words around them. `--rule ID`,
 * `--only FILE`, `--format ID`: these alone (each may be repeated). `--every K`: every Kth article.
 */
export function run(args: readonly string[]): void {
  const lists = { rule: [], only: [], format: ["markdown", "plaintext"] };
  const defaults = { corpus: "", show: 0, every: 1, ...lists };
  const { corpus, show, every, rule, only, format } = readOptions(args, defaults, "corpus");
  const others = rule.length === 0 ? [] : RULES.filter(({ id }) => !rule.includes(id));
  const off = others.map(({ id }) => [id, "off"] as const);
  const settings = settingsFrom({ rules: Object.fromEntries(off) });

  const names = cleanFiles(corpus);
  if (names.length === 0) {
    const tally = new Tally("raw Markdown", show);
    for (const { path, text } of markdownFiles(corpus)) {
      judge(tally, path, getFormat("markdown").parse(text));
    }
    tally.print();
    return;
  }
  for (const name of names) {
    if (only.length > 0 && !only.includes(name)) continue;
    const tallies = FORMATS.filter(({ id }) => format.includes(id)).map((one) => ({
      ...one,
      tally: new Tally(`${name} as ${one.id}`, show),
    }));
    for (const article of articles(corpus, name, every)) {
      for (const { id, render, tally } of tallies) {
        judge(tally, article.id, getFormat(id).parse(render(article)));
      }
    }
    for (const { tally } of tallies) tally.print();
  }

  function judge(tally: Tally, name: string, draft: Draft): void {
    tally.add(name, draft, lint(draft, RULES, settings, { rethrow: true }));
  }
}

const FORMATS: readonly { id: FormatId; render: (article: Article) => string }[] = [
  { id: "markdown", render: asMarkdown },
  { id: "plaintext", render: asPlainText },
];

const WIDTHS = { name: 24, cell: 14 };

/** The findings in one set of drafts. */
class Tally {
  readonly #title: string;
  readonly #show: number;
  readonly #byRule = new Map<string, { loud: number; hints: number; shown: string[] }>();
  #words = 0;
  #drafts = 0;

  constructor(title: string, show: number) {
    this.#title = title;
    this.#show = show;
  }

  add(name: string, draft: Draft, findings: readonly Finding[]): void {
    this.#words += countWords(draft.text);
    this.#drafts++;
    for (const finding of findings) {
      const row = inMap(this.#byRule, finding.rule, () => ({ loud: 0, hints: 0, shown: [] }));
      if (isLoud(finding)) row.loud++;
      else row.hints++;
      const words = inContext(draft.text, finding, 70);
      this.#sample(row, `${finding.severity} ${name}: ${words}   {${say(finding.message)}}`);
    }
  }

  print(): void {
    console.log(`\n${this.#title}: ${this.#drafts} drafts, ${this.#words} words`);
    printRow("in 10,000 words", ["loud", "with hints", "(findings)"], WIDTHS);
    let loud = 0;
    let hints = 0;
    for (const [rule, row] of sorted(this.#byRule)) {
      this.#print(UNCOUNTED.has(rule) ? `(${rule})` : rule, row.loud, row.hints);
      if (UNCOUNTED.has(rule)) continue;
      loud += row.loud;
      hints += row.hints;
    }
    this.#print("all but those in ( )", loud, hints);
    for (const [rule, { shown }] of this.#byRule) {
      for (const text of shown) console.log(`  ${rule} ${text}`);
    }
  }

  #print(rule: string, loud: number, hints: number): void {
    const rate = (count: number): string => ((count * 10_000) / this.#words).toFixed(3);
    printRow(rule, [rate(loud), rate(loud + hints), `${loud} + ${hints}`], WIDTHS);
  }

  /** Keeps a sample that is spread evenly over all findings and the same in every run. */
  #sample(row: { loud: number; hints: number; shown: string[] }, text: string): void {
    if (row.shown.length < this.#show) {
      row.shown.push(text);
      return;
    }
    const slot = Math.imul(row.loud + row.hints, 0x9e3779b1) >>> 0;
    const place = slot % (row.loud + row.hints);
    if (place < this.#show) row.shown[place] = text;
  }
}
