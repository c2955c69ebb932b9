import { existsSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import type { Draft } from "../../server/src/draft/draft.ts";
import type { Report } from "../../server/src/draft/finding.ts";
import { formatOf, type FormatId } from "../../server/src/formats/registry.ts";
import { repeatedElsewhere } from "../../server/src/rules/repeated-elsewhere.ts";
import { fingerprintsOf, type Fingerprints } from "../../server/src/repeats/fingerprints.ts";
import { RepeatIndex } from "../../server/src/repeats/index.ts";
import { reportsWithin } from "../../server/src/repeats/report.ts";
import { repeatsWithin } from "../../server/src/repeats/judge.ts";
import { edited, repeatsItself } from "../../server/training/judge/pasting.ts";
import { type Random, randomFrom as randomFromNumber } from "../../server/training/random.ts";
import { articles, asMarkdown, countWords, records, type Article } from "./corpus.ts";

const OPTIONS = { minWords: 12 };

/**
 * Measures the repeat rules on a corpus: pastes passages into articles and looks whether they are
 * found, counts what is said of articles as they are, and scores real repeats from histories.
 */
export async function run(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      corpus: { type: "string", default: "." },
      articles: { type: "string", default: "D1_links" },
      limit: { type: "string", default: "1000000" },
      format: { type: "string", default: "markdown" },
      seed: { type: "string", default: "1" },
      show: { type: "string", default: "" },
      every: { type: "string", default: "1" },
      parts: { type: "string", default: "pasted,elsewhere,histories,alone" },
    },
  });
  const format: FormatId = values.format === "plaintext" ? "plaintext" : "markdown";
  const setting: Setting = {
    format,
    folder: values.corpus,
    name: values.articles,
    limit: Number(values.limit),
    seed: Number(values.seed),
    show: values.show,
    every: Number(values.every),
  };
  const parts = new Set(values.parts.split(","));
  console.log("| | loud | or as a hint | as exactly one loud finding | of |");
  console.log("|---|---|---|---|---|");
  if (parts.has("pasted")) await pasted(setting);
  if (parts.has("elsewhere")) await pastedElsewhere(setting);
  if (parts.has("histories") && existsSync(join(values.corpus, "D3a_repeats.jsonl.gz"))) {
    await histories(setting);
  }
  if (parts.has("alone")) await untouched(setting);
}

interface Setting {
  readonly format: FormatId;
  readonly folder: string;
  readonly name: string;
  readonly limit: number;
  readonly seed: number;
  /** What to print in full: `missed`, `several`, `alone`, `repeat`, `parallel`. */
  readonly show: string;
  /** Takes each so-manieth article only. */
  readonly every: number;
}

function isLoud({ severity }: Report): boolean {
  return severity !== "hint";
}

/** The findings of a text that repeats are judged by. */
function reportsOf(text: string, format: FormatId): readonly Report[] {
  const { sequence, runs } = repeatsWithin(formatOf(format).parse(text), OPTIONS);
  return reportsWithin(sequence, runs);
}

async function pasted(setting: Setting): Promise<void> {
  const rates = [0, 0.05, 0.15];
  const scores = rates.map(() => ({ drafts: 0, loud: 0, found: 0, one: 0 }));
  let count = 0;
  for await (const article of articles(setting.folder, setting.name)) {
    if (++count > setting.limit) break;
    if (count % setting.every !== 0) continue;
    if (repeatsItself(article)) continue;
    const random = randomFrom(`${article.id}${setting.seed}`);
    rates.forEach((rate, index) => {
      const score = scores[index];
      for (const place of ["next", "further"] as const) {
        const draft = paste(article, rate, place, random, setting.format);
        if (draft === undefined || score === undefined) continue;
        score.drafts++;
        const reports = reportsOf(draft.text, setting.format);
        const hits = reports.filter((report) => covers(report, draft));
        const found = hits.length > 0;
        const loud = hits.some(isLoud);
        if (found) score.found++;
        if (loud) score.loud++;
        if (loud && reports.filter(isLoud).length === 1) score.one++;
        if (
          (!loud && setting.show === "missed") ||
          (loud && reports.filter(isLoud).length > 1 && setting.show === "several")
        ) {
          console.log(
            `--- ${article.id} ${rate} ${place} copy ${draft.copy.join("-")} of ${draft.original.join("-")}`,
          );
          console.log(`COPY: ${draft.text.slice(...draft.copy)}`);
          console.log(`ORIGINAL: ${draft.text.slice(...draft.original)}`);
          for (const report of reports) {
            console.log(
              `  ${report.start}-${report.end} of ${report.related?.[0]?.start}-${report.related?.[0]?.end}: ${report.message} ${draft.text.slice(report.start, report.end).slice(0, 300)}`,
            );
          }
        }
      }
    });
  }
  rates.forEach((rate, index) => {
    const score = scores[index];
    if (score === undefined) return;
    const what = rate === 0 ? "pasted exactly" : `${rate * 100} % of the words edited`;
    console.log(
      `| ${what} | ${percent(score.loud, score.drafts)} | ${percent(score.found, score.drafts)} | ${percent(score.one, score.drafts)} | ${score.drafts} |`,
    );
  });
}

interface PastedDraft {
  readonly text: string;
  /** Offsets of the pasted run and of the run it was taken from. */
  readonly copy: [number, number];
  readonly original: [number, number];
}

/** An article with a run of one to six paragraphs in it again, right after the run or further down. */
function paste(
  article: Article,
  rate: number,
  place: "next" | "further",
  random: () => number,
  format: FormatId,
): PastedDraft | undefined {
  const paragraphs = article.paragraphs;
  const length = 1 + Math.floor(random() * Math.min(6, paragraphs.length));
  const start = Math.floor(random() * (paragraphs.length - length + 1));
  const end = start + length;
  const run = paragraphs.slice(start, end);
  if (!run.some(({ text, kind }) => kind !== "heading" && countWords(text) >= 12)) return undefined;
  const at = place === "next" ? end : end + Math.floor(random() * (paragraphs.length - end + 1));
  const words = paragraphs.flatMap(({ text }) => text.split(/\s+/));
  const copy = run.map((paragraph) =>
    rate === 0
      ? paragraph
      : { ...paragraph, links: [], text: edited(paragraph.text, rate, words, random) },
  );
  const blocks = [...paragraphs.slice(0, at), ...copy, ...paragraphs.slice(at)];
  const rendered = blocks.map((paragraph) =>
    format === "markdown"
      ? asMarkdown({ ...article, paragraphs: [paragraph] }).trim()
      : paragraph.text.trim(),
  );
  const spanOf = (from: number, to: number): [number, number] => {
    const before = rendered.slice(0, from).join("\n\n").length + (from > 0 ? 2 : 0);
    return [before, before + rendered.slice(from, to).join("\n\n").length];
  };
  return {
    text: `${rendered.join("\n\n")}\n`,
    copy: spanOf(at, at + length),
    original: spanOf(start, end),
  };
}

/** Whether a report and its related place are about the pasted run, for the most part of it. */
function covers(report: Report, draft: PastedDraft): boolean {
  const other = report.related?.[0];
  if (other === undefined) return false;
  return (
    share([report.start, report.end], draft.copy) >= 0.5 &&
    share([other.start, other.end], draft.original) >= 0.5
  );
}

function share(found: readonly [number, number], wanted: readonly [number, number]): number {
  const both = Math.min(found[1], wanted[1]) - Math.max(found[0], wanted[0]);
  return Math.max(0, both) / Math.max(1, wanted[1] - wanted[0]);
}

const ELSEWHERE = { minWords: 12, maxDrafts: 3 };

/**
 * Puts all articles on one desk, pastes a run of three paragraphs of one, 5 % edited, into another,
 * and looks whether one of the two is told. Says also what the articles as they are share with each other.
 */
async function pastedElsewhere(setting: Setting): Promise<void> {
  const list: Article[] = [];
  let read = 0;
  for await (const article of articles(setting.folder, setting.name)) {
    if (list.length >= setting.limit) break;
    if (++read % setting.every === 0) list.push(article);
  }
  const texts = new Map<string, string>();
  const index = new RepeatIndex(ELSEWHERE.maxDrafts);
  const textFor = (article: Article): string =>
    setting.format === "markdown"
      ? asMarkdown(article)
      : article.paragraphs.map(({ text }) => text).join("\n\n");
  const parsed = new Map<string, Draft>();
  const draftFor = (uri: string): Draft | undefined => {
    const text = texts.get(uri);
    if (text === undefined) return undefined;
    let draft = parsed.get(uri);
    if (draft?.text !== text) {
      draft = formatOf(setting.format).parse(text);
      parsed.set(uri, draft);
    }
    return draft;
  };
  const prints = new Map<string, Fingerprints>();
  const put = (uri: string, text: string): void => {
    texts.set(uri, text);
    const after = fingerprintsOf(formatOf(setting.format).parse(text));
    index.replace(uri, prints.get(uri), after);
    prints.set(uri, after);
  };
  const told = (uri: string): readonly Report[] =>
    repeatedElsewhere.check({ uri, index, draftOf: draftFor, nameOf: (one) => one }, ELSEWHERE);
  for (const article of list) put(article.id, textFor(article));

  let words = 0;
  let alone = 0;
  let aloneLoud = 0;
  for (const article of list) {
    words += countWords(texts.get(article.id) ?? "");
    for (const report of told(article.id)) {
      alone++;
      if (isLoud(report)) aloneLoud++;
      if (setting.show !== "elsewhere") continue;
      const other = report.related?.[0];
      console.log(`--- ${article.id} ${report.severity ?? ""} ${report.message}`);
      console.log(
        `  HERE: ${texts.get(article.id)?.slice(report.start, report.end).slice(0, 300)}`,
      );
      console.log(
        `  THERE: ${texts
          .get(other?.uri ?? "")
          ?.slice(other?.start, other?.end)
          .slice(0, 300)}`,
      );
    }
    parsed.clear();
  }

  const seen = new Map<string, number>();
  for (const { text } of list.flatMap(({ paragraphs }) => [...paragraphs])) {
    if (countWords(text) >= 12) seen.set(text, (seen.get(text) ?? 0) + 1);
  }
  let pastes = 0;
  let either = 0;
  let loud = 0;
  let one = 0;
  for (const [at, article] of list.entries()) {
    const random = randomFrom(`${article.id}elsewhere${setting.seed}`);
    const target = list[(at + 1 + Math.floor(random() * (list.length - 1))) % list.length];
    if (target === undefined || target === article || article.paragraphs.length < 3) continue;
    const start = Math.floor(random() * (article.paragraphs.length - 2));
    const run = article.paragraphs.slice(start, start + 3);
    if (!run.some(({ text, kind }) => kind !== "heading" && countWords(text) >= 12)) continue;
    // What stands in several articles already is boilerplate.
    if (run.some(({ text }) => (seen.get(text) ?? 0) > 1)) continue;
    const all = article.paragraphs.flatMap(({ text }) => text.split(/\s+/));
    const copy = run.map((paragraph) => ({
      ...paragraph,
      links: [],
      text: edited(paragraph.text, 0.05, all, random),
    }));
    const place = Math.floor(random() * (target.paragraphs.length + 1));
    const blocks = [
      ...target.paragraphs.slice(0, place),
      ...copy,
      ...target.paragraphs.slice(place),
    ];
    const before = texts.get(target.id) ?? "";
    put(target.id, textFor({ ...target, paragraphs: blocks }));
    const about = (uri: string, there: string): readonly Report[] =>
      told(uri).filter(({ related }) => related?.some((other) => other.uri === there) === true);
    pastes++;
    const reports = [...about(article.id, target.id), ...about(target.id, article.id)];
    const isTold = reports.some(isLoud);
    if (isTold) loud++;
    if (isTold && reports.filter(isLoud).length === 1) one++;
    if (reports.length > 0) either++;
    else if (setting.show === "missed") {
      const met = index.partnersOf(article.id).some(({ uri }) => uri === target.id);
      console.log(`--- elsewhere ${article.id} in ${target.id} ${met ? "met" : "not met"}`);
      console.log(copy.map(({ text }) => text).join("\n"));
    }
    put(target.id, before);
    parsed.clear();
  }
  console.log(
    `| three paragraphs in another draft, 5 % edited: told on either side | ${percent(loud, pastes)} | ${percent(either, pastes)} | ${percent(one, pastes)} | ${pastes} |`,
  );
  console.log(
    `| articles left alone, compared with each other: findings in 10,000 words | ${per10k(aloneLoud, words)} | ${per10k(alone, words)} | ${index.leftOut()} sentences left out as boilerplate | ${words} words |`,
  );
}

interface History {
  readonly id: string;
  readonly path: string;
  readonly eye: string;
  readonly words: number;
  readonly before: string;
  readonly removed: readonly [number, number];
  readonly other: readonly [number, number];
}

async function histories(setting: Setting): Promise<void> {
  const tally = () => ({ loud: 0, found: 0, of: 0 });
  const scores = new Map<string, Record<"all" | "prose", ReturnType<typeof tally>>>();
  for await (const record of records<History>(setting.folder, "D3a_repeats")) {
    if (record.words < 12 || !/\.(?:md|markdown)$/i.test(record.path)) continue;
    const score = scores.get(record.eye) ?? { all: tally(), prose: tally() };
    scores.set(record.eye, score);
    const removed = units(record.before, record.removed);
    const other = units(record.before, record.other);
    const draft = formatOf("markdown").parse(record.before);
    const { sequence, runs } = repeatsWithin(draft, OPTIONS);
    const reports = reportsWithin(sequence, runs);
    const hits = reports.filter((report) => {
      const related = report.related?.[0];
      if (related === undefined) return false;
      const here: [number, number] = [report.start, report.end];
      const there: [number, number] = [related.start, related.end];
      // Of three copies the later two are told, each with the one before it, whichever of them the record names.
      return (
        (touches(here, removed) && (touches(there, other) || same(there, other))) ||
        (touches(here, other) && (touches(there, removed) || same(there, removed)))
      );

      function same(a: readonly [number, number], b: readonly [number, number]): boolean {
        return wordsIn(record.before.slice(...a)) === wordsIn(record.before.slice(...b));
      }
    });
    const loud = hits.some(isLoud);
    const prose = isProse(draft, removed) && isProse(draft, other);
    for (const one of prose ? [score.all, score.prose] : [score.all]) {
      one.of++;
      if (hits.length > 0) one.found++;
      if (loud) one.loud++;
    }
    if (setting.show === record.eye && loud === (record.eye === "parallel")) {
      console.log(`--- ${record.id} ${record.path} ${record.words} words`);
      console.log(`REMOVED: ${record.before.slice(...removed).slice(0, 500)}`);
      console.log(`OTHER: ${record.before.slice(...other).slice(0, 500)}`);
      for (const report of reports) {
        console.log(
          `  ${report.message} | ${report.related?.[0]?.message ?? ""} | ${record.before.slice(report.start, report.end).slice(0, 300)}`,
        );
      }
    }
  }
  for (const [eye, { all, prose }] of scores) {
    for (const [what, { loud, found, of }] of [
      [`from histories: ${eye}`, all],
      ["– both copies in paragraphs", prose],
    ] as const) {
      console.log(`| ${what} | ${percent(loud, of)} | ${percent(found, of)} | – | ${of} |`);
    }
  }
}

/** Whether most of a stretch stands in paragraphs: not in a table, a comment, a template or front matter. */
function isProse(draft: Draft, [start, end]: readonly [number, number]): boolean {
  let prose = 0;
  draft.blocks.forEach((block, index) => {
    const from = draft.starts[index] ?? 0;
    if (block.kind !== "paragraph") return;
    prose += Math.max(0, Math.min(end, from + block.source.length) - Math.max(start, from));
  });
  return prose > 0.5 * (end - start);
}

function wordsIn(text: string): string {
  return (text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []).join(" ");
}

/** Half of the shorter is shared. */
function touches(a: readonly [number, number], b: readonly [number, number]): boolean {
  const both = Math.min(a[1], b[1]) - Math.max(a[0], b[0]);
  return both >= 0.5 * Math.min(a[1] - a[0], b[1] - b[0]);
}

/** A span in code points as one in UTF-16 units. */
function units(text: string, span: readonly [number, number]): [number, number] {
  const points = Array.from(text);
  const start = points.slice(0, span[0]).join("").length;
  return [start, start + points.slice(span[0], span[1]).join("").length];
}

/** What is said of articles as they are. */
async function untouched(setting: Setting): Promise<void> {
  let words = 0;
  let loud = 0;
  let findings = 0;
  let count = 0;
  let seconds = 0;
  for await (const article of articles(setting.folder, setting.name)) {
    if (++count > setting.limit) break;
    if (count % setting.every !== 0) continue;
    const text =
      setting.format === "markdown"
        ? asMarkdown(article)
        : article.paragraphs.map((paragraph) => paragraph.text).join("\n\n");
    words += countWords(text);
    const draft = formatOf(setting.format).parse(text);
    const start = performance.now();
    const { sequence, runs } = repeatsWithin(draft, OPTIONS);
    const reports = reportsWithin(sequence, runs);
    seconds += (performance.now() - start) / 1000;
    findings += reports.length;
    loud += reports.filter(isLoud).length;
    if (setting.show === "alone") {
      for (const report of reports) {
        const other = report.related?.[0];
        console.log(`--- ${article.id} ${report.message}`);
        console.log(`  HERE: ${text.slice(report.start, report.end).slice(0, 400)}`);
        console.log(`  THERE: ${text.slice(other?.start, other?.end).slice(0, 400)}`);
        console.log(`  ${other?.message ?? ""}`);
      }
    }
  }
  console.log(
    `| articles left alone: findings in 10,000 words | ${per10k(loud, words)} | ${per10k(findings, words)} | – | ${words} words |`,
  );
  console.log(`\n${(words / seconds / 1e6).toFixed(2)} million words a second.`);
}

function per10k(count: number, words: number): string {
  return ((count * 10_000) / words).toFixed(2);
}

function percent(part: number, whole: number): string {
  return whole === 0 ? "–" : `${((100 * part) / whole).toFixed(1)} %`;
}

/** Random numbers from 0 up to 1 that are the same for the same seed (mulberry32 by Tommy Ettinger, public domain). */
export function randomFrom(seed: string): Random {
  let state = 0;
  for (const unit of seed) state = (Math.imul(state, 31) + unit.charCodeAt(0)) | 0;
  return randomFromNumber(state);
}
