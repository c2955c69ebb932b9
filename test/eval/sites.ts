import type { Draft } from "../../server/src/draft/draft.ts";
import type { Finding } from "../../server/src/draft/finding.ts";
import { lint } from "../../server/src/engine/lint.ts";
import { findTopics } from "../../server/src/engine/topics.ts";
import { getFormat, formatForExtension, isNotProse } from "../../server/src/formats/registry.ts";
import { elsewhereFindings, elsewhereSetting } from "../../server/src/project/elsewhere.ts";
import { newTopicTotals, withTopicTotals } from "../../server/src/project/topic-totals.ts";
import { fingerprint } from "../../server/src/repeats/fingerprints.ts";
import { RepeatIndex } from "../../server/src/repeats/index.ts";
import { getSequence } from "../../server/src/repeats/sequence.ts";
import { RULES } from "../../server/src/rules/index.ts";
import { settingsFrom, type Settings } from "../../server/src/settings/settings.ts";
import { lineAt, lineIndex } from "../../server/src/text/lines.ts";
import type { Span } from "../../server/src/text/span.ts";
import { readLines } from "../../server/training/corpus.ts";
import { randomFrom } from "../../server/training/random.ts";
import { filesByRepository, type SiteFile } from "./corpus.ts";
import { inMap, isLoud, readOptions, sorted } from "./report.ts";
import { say } from "../../server/src/text/wording.ts";

interface Labelled {
  readonly repo: string;
  readonly path: string;
  readonly start: number;
  readonly end: number;
  readonly otherPath: string;
  readonly otherStart: number;
  readonly otherEnd: number;
  readonly label: string;
}

interface History {
  readonly repo: string;
  readonly path: string;
  readonly before: string;
  readonly removed: readonly [number, number];
  readonly other: readonly [number, number];
  readonly label: string;
}

/**
 * What all rules report in raw content repositories, each checked as a whole: loud findings and hints in 10,000 words
 * by rule and by repository, and how loudly labelled repeats are reported. `--corpus DIR` with D5 files. `--show N`
 * prints a random sample of loud findings, each with its surroundings and the other copy; `--seed S` draws others,
 * `--hints` draws hints, `--rule ID` draws from that rule alone.
 */
export function run(args: readonly string[]): void {
  const values = readOptions(args, { corpus: ".", show: 0, seed: 1, rule: "", hints: false });
  const settings = settingsFrom({});
  const byRule = new Map<string, Tally>();
  const byRepo = new Map<string, Tally>();
  const texts = new Map<string, string>();
  const pool: Found[] = [];
  const repeats = new Map<string, Told>();
  let words = 0;
  for (const name of ["D5_sites.dev", "D5_extra.dev"]) {
    for (const [repo, files] of filesByRepository(values.corpus, name)) {
      const site = checked(files, settings);
      for (const [path, { findings }] of site) repeats.set(`${repo} ${path}`, findings);
      // The others are only parts of their sites.
      if (name === "D5_extra.dev") continue;
      const own = tallyOf(byRepo, repo);
      for (const [path, { draft, findings }] of site) {
        texts.set(`${repo} ${path}`, draft.text);
        const count = getSequence(draft).words.length;
        words += count;
        own.words += count;
        for (const finding of findings) {
          add(tallyOf(byRule, finding.rule), finding);
          add(own, finding);
          const isAsked = values.rule === "" || finding.rule === values.rule;
          if (isLoud(finding) !== values.hints && isAsked) {
            pool.push({ repo, path, finding });
          }
        }
      }
    }
  }
  const in10k = (count: number, all: number): string =>
    ((count * 10_000) / Math.max(1, all)).toFixed(2);
  const table = (title: string, rows: Map<string, Tally>, wordsOf: (tally: Tally) => number) => {
    console.log(`\n| ${title} | loud in 10,000 words | hints | loud | hints |`);
    console.log("|---|---:|---:|---:|---:|");
    const sorted = [...rows].sort((a, b) => b[1].loud - a[1].loud || b[1].hints - a[1].hints);
    for (const [name, tally] of sorted) {
      const all = wordsOf(tally);
      console.log(
        `| ${name} | ${in10k(tally.loud, all)} | ${in10k(tally.hints, all)} | ${tally.loud} | ${tally.hints} |`,
      );
    }
  };
  const sum = { loud: 0, hints: 0, words: 0 };
  for (const { loud: more, hints } of byRule.values()) {
    sum.loud += more;
    sum.hints += hints;
  }
  console.log(`${words} words`);
  table("rule", new Map([...byRule, ["all rules", sum]]), () => words);
  table("repository", byRepo, (tally) => tally.words);

  const shares = new Map<string, { loud: number; hints: number; all: number }>();
  const count = (label: string, how: "loud" | "hints" | undefined): void => {
    const share = inMap(shares, label, () => ({ loud: 0, hints: 0, all: 0 }));
    share.all++;
    if (how !== undefined) share[how]++;
  };
  for (const one of readLines<Labelled>(values.corpus, "D5_repeats.dev")) {
    const findings = repeats.get(`${one.repo} ${one.path}`);
    if (findings === undefined) continue;
    const here = { path: one.path, start: one.start, end: one.end };
    const there = { path: one.otherPath, start: one.otherStart, end: one.otherEnd };
    const others = repeats.get(`${one.repo} ${one.otherPath}`) ?? [];
    count(one.label, loudest([...toldOf(findings, here, there), ...toldOf(others, there, here)]));
  }
  for (const one of readLines<History>(values.corpus, "D5_history.dev")) {
    const site = checked([{ path: one.path, text: one.before }], settings);
    const findings = site.get(one.path)?.findings ?? [];
    const here = { path: one.path, start: one.removed[0], end: one.removed[1] };
    const there = { path: one.path, start: one.other[0], end: one.other[1] };
    const label = `${one.label}, from histories`;
    count(label, loudest([...toldOf(findings, here, there), ...toldOf(findings, there, here)]));
  }
  console.log("\n| labelled repeats | told loudly | or as a hint | of |\n|---|---:|---:|---:|");
  for (const [label, share] of sorted(shares)) {
    const percent = (part: number): string => `${((100 * part) / share.all).toFixed(1)} %`;
    console.log(
      `| ${label} | ${percent(share.loud)} | ${percent(share.loud + share.hints)} | ${share.all} |`,
    );
  }
  const lot = drawn(pool, values.show, randomFrom(values.seed));
  for (const [at, found] of lot.entries()) {
    const textOf = (path: string): string | undefined => texts.get(`${found.repo} ${path}`);
    console.log(`\n--- ${at + 1} of ${lot.length}, ${shown(found, textOf)}`);
  }
}

interface Tally {
  loud: number;
  hints: number;
  words: number;
}

type Told = readonly Finding[];

interface Place {
  readonly path: string;
  readonly start: number;
  readonly end: number;
}

function tallyOf(rows: Map<string, Tally>, name: string): Tally {
  return inMap(rows, name, () => ({ loud: 0, hints: 0, words: 0 }));
}

function add(tally: Tally, finding: Finding): void {
  if (isLoud(finding)) tally.loud++;
  else tally.hints++;
}

/** The findings of all rules in each draft of a folder, as on the command line. */
function checked(
  files: readonly Pick<SiteFile, "path" | "text">[],
  settings: Settings,
): Map<string, { readonly draft: Draft; readonly findings: Told }> {
  const setting = elsewhereSetting(settings);
  const drafts = new Map<string, Draft>();
  const index = new RepeatIndex(setting?.maxDrafts);
  const totals = newTopicTotals();
  for (const { path, text } of files) {
    const id = formatForExtension(/\.([^./]+)$/.exec(path)?.[1] ?? "");
    if (id === undefined || id === "html" || isNotProse(id, text, path)) continue;
    const draft = getFormat(id).parse(text);
    drafts.set(path, draft);
    index.add(path, fingerprint(draft));
    totals.replace(path, { folder: "", topics: findTopics(draft, RULES, settings) });
  }
  totals.settle();
  const draftFor = (path: string): Draft | undefined => drafts.get(path);
  return new Map(
    [...drafts].map(([path, draft]) => {
      const elsewhere =
        setting === undefined
          ? []
          : elsewhereFindings(path, index, draftFor, setting, (one) => one);
      const found = lint(draft, RULES, settings, { elsewhere });
      return [path, { draft, findings: withTopicTotals(found, totals, "") }] as const;
    }),
  );
}

/** The findings about two places, of which the first is in their own draft. */
function toldOf(findings: Told, here: Place, there: Place): Told {
  const hits = (a: { start: number; end: number }, b: Place): boolean => {
    const shared = Math.min(a.end, b.end) - Math.max(a.start, b.start);
    return shared > 0 && shared >= 0.5 * Math.min(a.end - a.start, b.end - b.start);
  };
  return findings.filter(
    (finding) =>
      finding.rule.startsWith("repeated-") &&
      hits(finding, here) &&
      finding.related?.some(
        (other) => (other.uri ?? here.path) === there.path && hits(other, there),
      ) === true,
  );
}

function loudest(findings: Told): "loud" | "hints" | undefined {
  if (findings.some(isLoud)) return "loud";
  return findings.length > 0 ? "hints" : undefined;
}

/** A finding with its draft. */
interface Found {
  readonly repo: string;
  readonly path: string;
  readonly finding: Finding;
}

/** A random sample of a list: each item has the same chance, and the order is that of drawing. */
function drawn<T>(all: readonly T[], count: number, random: () => number): T[] {
  const pool = [...all];
  const lot: T[] = [];
  while (lot.length < count && pool.length > 0) {
    const at = Math.floor(random() * pool.length);
    const [one] = pool.splice(at, 1);
    if (one !== undefined) lot.push(one);
  }
  return lot;
}

/**
 * A finding for a human to judge: its place, its message, the marked words between ⟦ ⟧ with their surroundings, and
 * likewise every other place that it names. `textOf` returns a draft of the same folder by its path.
 */
function shown(found: Found, textOf: (path: string) => string | undefined): string {
  const { repo, path, finding } = found;
  const text = textOf(path) ?? "";
  const related = (finding.related ?? []).map((other) => {
    const where = other.uri ?? path;
    const there = textOf(where) ?? "";
    return `  ↔ ${where}:${lineOf(there, other)} ${say(other.message)}\n${withWordsAround(there, other, 80)}`;
  });
  return [
    `${repo} ${path}:${lineOf(text, finding)} ${finding.rule} ${finding.severity}`,
    `  ${say(finding.message)}`,
    withWordsAround(text, finding, 200),
    ...related,
  ].join("\n");
}

/** The most characters of a marked passage that are printed. */
const PASSAGE = 500;

function lineOf(text: string, { start }: Span): number {
  return lineAt(lineIndex(text), start) + 1;
}

function withWordsAround(text: string, { start, end }: Span, around: number): string {
  const marked = text.slice(start, end);
  const passage =
    marked.length <= PASSAGE
      ? marked
      : `${marked.slice(0, PASSAGE / 2)} … ${marked.slice(-PASSAGE / 2)}`;
  const before = text.slice(Math.max(0, start - around), start);
  return `${before}⟦${passage}⟧${text.slice(end, end + around)}`.replace(/^/gm, "    | ");
}
