import type { Finding } from "../../server/src/draft/finding.ts";
import { lint } from "../../server/src/engine/lint.ts";
import type { Sensitivity } from "../../server/src/missing/sensitivity.ts";
import { settingsFrom } from "../../server/src/settings/settings.ts";
import { getFormat, type FormatId } from "../../server/src/formats/registry.ts";
import { isHeldOut, readLines, unitsOf } from "../../server/training/corpus.ts";
import {
  articles,
  asMarkdown,
  asPlainText,
  cleanFiles,
  countWords,
  markdownFiles,
} from "./corpus.ts";
import { RULES } from "../../server/src/rules/index.ts";
import { inMap, isLoud, printRow, readOptions, sorted } from "./report.ts";

/** These have nothing to do with lost words: published text has them, and the corpus lost its code and tables. */
const UNCOUNTED = new Set(["repeated-block", "repeated-word", "empty-section"]);

/** One link in this many words is dropped by the measurement itself. */
const SPARSE = 150;

/**
 * Recall on drafts that lost words, and false alarms on the same texts undamaged, where every finding counts as one,
 * except repeats and `empty-section`. `--corpus DIR`: a corpus of damaged drafts, or any folder of Markdown, whose
 * links are dropped here. `--sensitivity quiet|normal|eager`; `--held-out`: only what the model was not trained on.
 */
export function run(args: readonly string[]): void {
  const defaults = { corpus: "", sensitivity: "normal", "held-out": false };
  const { corpus: folder, ...values } = readOptions(args, defaults, "corpus");
  const settings = settingsFrom({ sensitivity: values.sensitivity as Sensitivity });
  const wanted = (id: string, repo: string): boolean =>
    !values["held-out"] || isHeldOut({ id, repo });

  const judge = (text: string, format: FormatId): Finding[] =>
    lint(getFormat(format).parse(text), RULES, settings, { rethrow: true }).filter(
      ({ rule }) => !UNCOUNTED.has(rule),
    );

  const names = cleanFiles(folder);
  const recall = new Map<string, Recall>();
  const alarms = new Map<string, Alarms>();
  /** Findings in damaged drafts that are not beside a hole. */
  const damaged = new Map<string, Alarms>();
  const count = (set: string, text: string, format: FormatId, holes: readonly Hole[]): void => {
    const found = judge(text, format);
    for (const hole of holes) countHole(recall, set, hole, found);
    const elsewhere = found.filter((one) => !holes.some((hole) => isBeside(one, hole)));
    addAlarms(damaged, set, text, elsewhere);
  };
  const countAlarms = (set: string, text: string, format: FormatId): void => {
    addAlarms(alarms, set, text, judge(text, format));
  };

  if (names.length === 0) {
    for (const { text } of markdownFiles(folder)) {
      countAlarms("raw Markdown", text, "markdown");
      const { draft, holes } = withoutLinks(text);
      if (holes.length > 0) count("links of the folder", draft, "markdown", holes);
    }
  } else {
    for (const name of ["D1_links", "D1N_wikinews"]) {
      if (!names.includes(name)) continue;
      for (const article of articles(folder, name)) {
        if (!wanted(article.id, article.repo)) continue;
        countAlarms(`${name} as plain text`, asPlainText(article), "plaintext");
        countAlarms(`${name} as Markdown`, asMarkdown(article), "markdown");
      }
    }
    for (const name of ["D1_dropout", "D1_dropall", "D1N_dropout"]) {
      for (const record of readLines<Dropped>(folder, name)) {
        if (!wanted(record.id, record.repo)) continue;
        const units = unitsOf(record.draft);
        const holes = record.holes.map((hole) => ({
          at: units(hole.offset),
          kind: hole.typo_cue ? "with a cue" : "without",
        }));
        count(name, record.draft, "plaintext", holes);
        if (name === "D1_dropall") continue;
        const mended = mend(record.draft, holes);
        count(`${name}, mended`, mended.draft, "plaintext", mended.holes);
      }
    }
    for (const record of readLines<Attribution>(folder, "D1A_attribution")) {
      if (!wanted(record.article, record.repo)) continue;
      const at = unitsOf(record.draft)(record.offset);
      count("D1A_attribution", record.draft, "plaintext", [{ at, kind: "", source: true }]);
    }
    for (const record of readLines<Phrase>(folder, "D2_dropout")) {
      if (record.type === "modifier") continue;
      const at = unitsOf(record.draft)(record.offset);
      count("D2_dropout", record.draft, "plaintext", [{ at, kind: record.type }]);
    }
    for (const record of readLines<Inserted>(folder, "D3b_insertfix")) {
      const units = unitsOf(record.before);
      const holes = record.holes.map(({ offset, cls }) => ({ at: units(offset), kind: cls }));
      const lost = holes.filter(({ kind }) => kind === "article");
      const others = holes.filter(({ kind }) => kind !== "article");
      count("D3b_insertfix", record.before, "markdown", others);
      count("D3b_insertfix, articles", record.before, "markdown", lost);
    }
  }
  print(recall, alarms, damaged);
}

interface Hole {
  /** The UTF-16 offset of the gap. */
  readonly at: number;
  readonly kind: string;
  /** A source's name was lost here. */
  readonly source?: boolean;
}

interface Dropped {
  readonly id: string;
  readonly repo: string;
  readonly draft: string;
  readonly holes: readonly { readonly offset: number; readonly typo_cue: boolean }[];
}

interface Attribution {
  readonly article: string;
  readonly repo: string;
  readonly draft: string;
  readonly offset: number;
}

interface Phrase {
  readonly type: string;
  readonly draft: string;
  readonly offset: number;
}

interface Inserted {
  readonly before: string;
  readonly holes: readonly { readonly offset: number; readonly cls: string }[];
}

interface Recall {
  holes: number;
  loud: number;
  all: number;
  /** How many of those found were called an empty attribution. */
  named: number;
}

interface Alarms {
  words: number;
  loud: number;
  all: number;
}

function addAlarms(
  alarms: Map<string, Alarms>,
  set: string,
  text: string,
  found: readonly Finding[],
): void {
  const row = inMap(alarms, set, () => ({ words: 0, loud: 0, all: 0 }));
  row.words += countWords(text);
  row.all += found.length;
  row.loud += found.filter(isLoud).length;
}

function isBeside({ start, end }: Finding, { at }: Hole): boolean {
  return start <= at && at <= end + 1 && end - start < 120;
}

/** A hole is found if a finding's words are beside it. */
function countHole(
  recall: Map<string, Recall>,
  set: string,
  hole: Hole,
  found: readonly Finding[],
): void {
  const here = found.filter((one) => isBeside(one, hole));
  for (const key of hole.kind === "" ? [set] : [set, `${set}: ${hole.kind}`]) {
    const row = inMap(recall, key, () => ({ holes: 0, loud: 0, all: 0, named: 0 }));
    row.holes++;
    if (here.length > 0) row.all++;
    if (here.some(isLoud)) row.loud++;
    if (hole.source === true && here.some(({ rule }) => rule === "empty-attribution")) row.named++;
  }
}

/** Closes the spaces before punctuation that the losses left, as a spelling checker's fix does. */
function mend(draft: string, holes: readonly Hole[]): { draft: string; holes: Hole[] } {
  let mended = "";
  let from = 0;
  const moved: Hole[] = [];
  for (const hole of holes) {
    const { at } = hole;
    if (/[ \t]/.test(draft.charAt(at - 1)) && /[.,;:!?)]/.test(draft.charAt(at))) {
      mended += draft.slice(from, at - 1);
      from = at;
      moved.push({ ...hole, at: mended.length });
    } else {
      moved.push({ ...hole, at: mended.length + at - from });
    }
  }
  return { draft: mended + draft.slice(from), holes: moved };
}

/** Drops the words and markup of some links: one in about 150 words. */
function withoutLinks(text: string): { draft: string; holes: Hole[] } {
  const { blocks, starts } = getFormat("markdown").parse(text);
  let draft = "";
  let from = 0;
  let lastWords = 0;
  const holes: Hole[] = [];
  blocks.forEach((block, index) => {
    const start = starts[index] ?? 0;
    if (block.kind !== "paragraph") return;
    for (const mark of block.marks) {
      if (mark.kind !== "link" || mark.text === undefined) continue;
      const begin = start + mark.start;
      let end = start + mark.end;
      if (begin < from || countWords(text.slice(lastWords, begin)) < SPARSE) continue;
      lastWords = begin;
      if (/\s/.test(text.charAt(begin - 1)) && text.charAt(end) === " ") end++;
      draft += text.slice(from, begin);
      from = end;
      const cue = /\s$/.test(draft) && /[.,;:!?)]/.test(text.charAt(end));
      holes.push({ at: draft.length, kind: cue ? "with a cue" : "without" });
    }
  });
  return { draft: draft + text.slice(from), holes };
}

function print(
  recall: ReadonlyMap<string, Recall>,
  alarms: ReadonlyMap<string, Alarms>,
  damaged: ReadonlyMap<string, Alarms>,
): void {
  printAlarms("false alarms in 10,000 words", alarms);
  printAlarms("\nthe same beside the holes of a draft", damaged);
  printRow("\nrecall", ["holes", "loud", "with hints", "empty-attribution"], {
    name: 41,
    cell: 19,
  });
  for (const [set, { holes, loud, all, named }] of sorted(recall)) {
    const share = (found: number): string => (found / holes).toFixed(3);
    const called = named > 0 ? (named / all).toFixed(3) : "";
    printRow(set, [holes, share(loud), share(all), called], { cell: 19 });
  }
}

function printAlarms(title: string, alarms: ReadonlyMap<string, Alarms>): void {
  printRow(title, ["words", "loud", "with hints"]);
  for (const [set, { words, loud, all }] of alarms) {
    const rate = (found: number): string => ((found * 10_000) / words).toFixed(2);
    printRow(set, [words, rate(loud), rate(all)]);
  }
}
