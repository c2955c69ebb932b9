import { parseArgs } from "node:util";
import type { Draft } from "../../server/src/draft/draft.ts";
import { atLeast, type Finding } from "../../server/src/draft/finding.ts";
import { lint } from "../../server/src/engine/lint.ts";
import { settingsFrom } from "../../server/src/settings/settings.ts";
import { getFormat, type FormatId } from "../../server/src/formats/registry.ts";
import { RULES } from "../../server/src/rules/index.ts";
import type { Article } from "../../server/training/corpus.ts";
import {
  articles,
  asMarkdown,
  asPlainText,
  cleanFiles,
  countWords,
  markdownFiles,
} from "./corpus.ts";

/** Published text keeps its repeats, and the corpus lost its code and tables: these are not counted. */
const UNCOUNTED = new Set(["repeated-block", "empty-section"]);

/**
 * Counts what the rules say of published text, where everything they say is taken for a false alarm.
 * `--corpus DIR`: a corpus of articles, or any folder of Markdown files. `--show N`: so many alarms of
 * each rule with the words around them. `--rule ID`, `--only FILE`, `--format ID`: these alone (each may
 * be repeated). `--every K`: every Kth article.
 */
export function run(args: readonly string[]): void {
  const { values } = parseArgs({
    args: [...args],
    options: {
      corpus: { type: "string" },
      show: { type: "string", default: "0" },
      every: { type: "string", default: "1" },
      rule: { type: "string", multiple: true, default: [] },
      only: { type: "string", multiple: true, default: [] },
      format: { type: "string", multiple: true, default: ["markdown", "plaintext"] },
    },
  });
  const folder = values.corpus;
  if (folder === undefined) throw new Error("quiet needs --corpus DIR");
  const show = Number(values.show);
  const every = Number(values.every);
  const others = RULES.filter((rule) => !values.rule.includes(rule.id));
  const settings = settingsFrom(
    values.rule.length === 0
      ? {}
      : { rules: Object.fromEntries(others.map((rule) => [rule.id, "off" as const])) },
  );

  const names = cleanFiles(folder);
  if (names.length === 0) {
    const tally = new Tally("raw Markdown", show);
    for (const { path, text } of markdownFiles(folder)) {
      judge(tally, path, getFormat("markdown").parse(text));
    }
    tally.print();
    return;
  }
  for (const name of names) {
    if (values.only.length > 0 && !values.only.includes(name)) continue;
    const tallies = FORMATS.filter(({ id }) => values.format.includes(id)).map((format) => ({
      ...format,
      tally: new Tally(`${name} as ${format.id}`, show),
    }));
    for (const article of articles(folder, name, every)) {
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

/** What was found in one set of drafts. */
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
      let row = this.#byRule.get(finding.rule);
      if (row === undefined) {
        row = { loud: 0, hints: 0, shown: [] };
        this.#byRule.set(finding.rule, row);
      }
      if (atLeast(finding.severity, "information")) row.loud++;
      else row.hints++;
      this.#sample(row, `${finding.severity} ${name}: ${inContext(draft.text, finding)}`);
    }
  }

  print(): void {
    console.log(`\n${this.#title}: ${this.#drafts} drafts, ${this.#words} words`);
    console.log(line("in 10,000 words", "loud", "with hints", "(findings)"));
    let loud = 0;
    let hints = 0;
    for (const [rule, row] of [...this.#byRule].sort(([a], [b]) => (a < b ? -1 : 1))) {
      console.log(this.#row(UNCOUNTED.has(rule) ? `(${rule})` : rule, row.loud, row.hints));
      if (UNCOUNTED.has(rule)) continue;
      loud += row.loud;
      hints += row.hints;
    }
    console.log(this.#row("all but those in ( )", loud, hints));
    for (const [rule, { shown }] of this.#byRule) {
      for (const text of shown) console.log(`  ${rule} ${text}`);
    }
  }

  #row(rule: string, loud: number, hints: number): string {
    const rate = (count: number): string => ((count * 10_000) / this.#words).toFixed(3);
    return line(rule, rate(loud), rate(loud + hints), `${loud} + ${hints}`);
  }

  /** Keeps a sample that is spread over all findings and the same in every run. */
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

function line(rule: string, loud: string, hints: string, count: string): string {
  return `${rule.padEnd(24)}${loud.padStart(9)}${hints.padStart(12)}   ${count}`;
}

function inContext(text: string, { start, end, message }: Finding): string {
  const words = `${text.slice(Math.max(0, start - 70), start)}⟦${text.slice(start, end)}⟧${text.slice(end, end + 70)}`;
  return `${words.replace(/\s*\n\s*/g, " ⏎ ")}   {${message}}`;
}
