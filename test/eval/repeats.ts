import type { Draft } from "../../server/src/draft/draft.ts";
import type { Report } from "../../server/src/draft/finding.ts";
import { markdown } from "../../server/src/formats/markdown/format.ts";
import { fingerprint } from "../../server/src/repeats/fingerprints.ts";
import { RepeatIndex } from "../../server/src/repeats/index.ts";
import { LEAST_WHOLE } from "../../server/src/repeats/elsewhere.ts";
import { repeatsWithin } from "../../server/src/repeats/judge.ts";
import { reportsWithin } from "../../server/src/repeats/report.ts";
import { repeatedElsewhere } from "../../server/src/rules/repeated-elsewhere.ts";
import type { Span } from "../../server/src/text/span.ts";
import {
  edited,
  paste,
  repeatsItself,
  type Article,
  type Pasted,
} from "../../server/training/judge/pasting.ts";
import { readLines } from "../../server/training/corpus.ts";
import { asMarkdown, countWords, randomFor } from "./corpus.ts";
import { isLoud, readOptions } from "./report.ts";

const OPTIONS = { minWords: 12, maxDrafts: 3 };

/**
 * Pastes passages into the articles of D1_links, each into its own article and into another, and counts those that are
 * found. Reports about unchanged drafts and real repeats are in `sites` and `quiet`. `--corpus DIR`; `--every K`: every
 * Kth article; `--seed N`: other passages; `--show`: those that are missed.
 */
export function run(args: readonly string[]): void {
  const values = readOptions(args, { corpus: ".", seed: "1", show: false, every: 1 });
  const articles = readLines<Article>(values.corpus, "D1_links").filter(
    (_, index) => (index + 1) % values.every === 0,
  );
  console.log("| | loud | or as a hint | as exactly one loud finding | of |");
  console.log("|---|---|---|---|---|");
  for (const rate of [0, 0.05, 0.15]) {
    const what = rate === 0 ? "pasted exactly" : `${rate * 100} % of the words edited`;
    printRow(what, pastedWithin(articles, rate, values));
  }
  const elsewhere = pastedElsewhere(articles, values);
  printRow("three paragraphs in another draft, 5 % edited: told on either side", elsewhere);
  for (const rate of [0, 0.01, 0.05]) {
    const what = rate === 0 ? "" : `, ${rate * 100} % edited`;
    printRow(
      `the whole article in a second file${what}: told in both`,
      copiedWhole(articles, rate),
    );
  }
}

interface Choice {
  readonly seed: string;
  readonly show: boolean;
}

/** Of all pastes, how many are reported loudly, at all, and by exactly one loud finding. */
interface Score {
  pastes: number;
  loud: number;
  found: number;
  one: number;
}

/** Counts a paste with these reports about it. `others` are the loud reports about something else. */
function count(score: Score, reports: readonly Report[], others = 0): void {
  const loud = reports.filter(isLoud).length;
  score.pastes++;
  if (reports.length > 0) score.found++;
  if (loud > 0) score.loud++;
  if (loud > 0 && loud + others === 1) score.one++;
}

function printRow(what: string, { pastes, loud, found, one }: Score): void {
  const percent = (part: number): string =>
    pastes === 0 ? "–" : `${((100 * part) / pastes).toFixed(1)} %`;
  console.log(`| ${what} | ${percent(loud)} | ${percent(found)} | ${percent(one)} | ${pastes} |`);
}

function pastedWithin(articles: readonly Article[], rate: number, choice: Choice): Score {
  const score: Score = { pastes: 0, loud: 0, found: 0, one: 0 };
  for (const article of articles) {
    if (repeatsItself(article)) continue;
    const random = randomFor(`${article.id}${rate}${choice.seed}`);
    for (const place of ["next", "further"] as const) {
      const draft = paste(article, rate, place, random);
      if (draft === undefined) continue;
      const { sequence, repeats } = repeatsWithin(markdown.parse(draft.text), OPTIONS);
      const reports = reportsWithin(sequence, repeats);
      const hits = reports.filter((report) => covers(report, draft));
      count(score, hits, reports.filter((one) => isLoud(one) && !hits.includes(one)).length);
      if (!choice.show || hits.some(isLoud)) continue;
      console.log(`--- ${article.id} ${rate} ${place}`);
      for (const { start, end } of [draft.copy, draft.original]) {
        console.log(draft.text.slice(start, end));
      }
    }
  }
  return score;
}

/** Whether most of a report and of its related place is about the pasted passage. */
function covers(report: Report, { copy, original }: Pasted): boolean {
  const other = report.related?.[0];
  return other !== undefined && share(report, copy) >= 0.5 && share(other, original) >= 0.5;
}

function share(found: Span, wanted: Span): number {
  const both = Math.min(found.end, wanted.end) - Math.max(found.start, wanted.start);
  return Math.max(0, both) / Math.max(1, wanted.end - wanted.start);
}

/** Drafts that are compared with each other. */
class Desk {
  readonly #index = new RepeatIndex(OPTIONS.maxDrafts);
  readonly #drafts = new Map<string, Draft>();

  put(uri: string, text: string): void {
    const draft = markdown.parse(text);
    this.#index.replace(uri, fingerprint(draft));
    this.#drafts.set(uri, draft);
  }

  /** The reports in a draft about another. */
  told(uri: string, there: string): readonly Report[] {
    const readDraft = (one: string): Draft | undefined => this.#drafts.get(one);
    const draft = { uri, index: this.#index, readDraft, getName: (one: string) => one };
    return repeatedElsewhere
      .check(draft, OPTIONS)
      .filter(({ related }) => related?.some((other) => other.uri === there) === true);
  }
}

/**
 * Compares all articles, pastes three paragraphs of one, 5 % edited, into another, and looks whether either is
 * reported.
 */
function pastedElsewhere(list: readonly Article[], choice: Choice): Score {
  const desk = new Desk();
  const seen = new Map<string, number>();
  for (const article of list) {
    desk.put(article.id, asMarkdown(article));
    for (const { text } of article.paragraphs) seen.set(text, (seen.get(text) ?? 0) + 1);
  }
  const score: Score = { pastes: 0, loud: 0, found: 0, one: 0 };
  for (const [at, { id, paragraphs }] of list.entries()) {
    const random = randomFor(`${id}elsewhere${choice.seed}`);
    const target = list[(at + 1 + Math.floor(random() * (list.length - 1))) % list.length];
    if (target === undefined || target.id === id || paragraphs.length < 3) continue;
    const start = Math.floor(random() * (paragraphs.length - 2));
    const run = paragraphs.slice(start, start + 3);
    if (!run.some(({ text, kind }) => kind !== "heading" && countWords(text) >= 12)) continue;
    // A passage that several articles already share is boilerplate.
    const isShared = (text: string): boolean => countWords(text) >= 12 && (seen.get(text) ?? 0) > 1;
    if (run.some(({ text }) => isShared(text))) continue;
    const words = paragraphs.flatMap(({ text }) => text.split(/\s+/));
    const copy = run.map((paragraph) => {
      const text = edited(paragraph.text, 0.05, words, random);
      return { ...paragraph, links: [], text };
    });
    const place = Math.floor(random() * (target.paragraphs.length + 1));
    const there = [...target.paragraphs];
    there.splice(place, 0, ...copy);
    desk.put(target.id, asMarkdown({ paragraphs: there }));
    const reports = [...desk.told(id, target.id), ...desk.told(target.id, id)];
    count(score, reports);
    if (choice.show && reports.length === 0) {
      console.log(`--- ${id} in ${target.id}\n${copy.map(({ text }) => text).join("\n")}`);
    }
    desk.put(target.id, asMarkdown(target));
  }
  return score;
}

/** Saves each article of 60 words or more a second time, edited, under an unrelated name. */
function copiedWhole(list: readonly Article[], rate: number): Score {
  const score: Score = { pastes: 0, loud: 0, found: 0, one: 0 };
  for (const article of list) {
    const words = article.paragraphs.flatMap(({ text }) => text.split(/\s+/));
    if (words.length < LEAST_WHOLE) continue;
    const random = randomFor(`${article.id}whole${rate}`);
    const copy = article.paragraphs.map((paragraph) =>
      rate === 0
        ? paragraph
        : { ...paragraph, links: [], text: edited(paragraph.text, rate, words, random) },
    );
    const desk = new Desk();
    desk.put("bridge.md", asMarkdown(article));
    desk.put("notes.md", asMarkdown({ paragraphs: copy }));
    const sides = [desk.told("bridge.md", "notes.md"), desk.told("notes.md", "bridge.md")];
    const isWhole = (reports: readonly Report[]): boolean => reports.some((one) => one.wholeDraft);
    score.pastes++;
    if (sides.some((reports) => reports.length > 0)) score.found++;
    if (!sides.every((reports) => isWhole(reports) && reports.some(isLoud))) continue;
    score.loud++;
    if (sides.every(({ length }) => length === 1)) score.one++;
  }
  return score;
}
