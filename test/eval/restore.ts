import { execFileSync } from "node:child_process";
import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Draft } from "../../server/src/draft/draft.ts";
import type { Finding, Fix } from "../../server/src/draft/finding.ts";
import { lint } from "../../server/src/engine/lint.ts";
import { getFormat } from "../../server/src/formats/registry.ts";
import { gitOn } from "../../server/src/host/node/git.ts";
import { readVersions } from "../../server/src/host/node/git-history.ts";
import { timers } from "../../server/src/host/timers.ts";
import { fingerprint } from "../../server/src/repeats/fingerprints.ts";
import { RepeatIndex } from "../../server/src/repeats/index.ts";
import { isHole, type RestoreSource, restorationsFrom } from "../../server/src/repeats/restore.ts";
import { RULES } from "../../server/src/rules/index.ts";
import { settingsFrom } from "../../server/src/settings/settings.ts";
import { decode } from "../../server/src/text/decode.ts";
import { applyEdits } from "../../server/src/text/edits.ts";
import { readLines, unitsOf } from "../../server/training/corpus.ts";
import { randomFrom } from "../../server/training/random.ts";
import { oneLine, readOptions } from "./report.ts";

/**
 * How often lost words that another text has are offered, and how often the first offer is right to the letter. Of the
 * holes of D1_dropall that are found: in a second draft (the article with a new beginning, some paragraphs edited, left
 * out or moved), and in a git history made here (the whole article, edited, damaged, edited again, renamed). `--corpus
 * DIR`; `--every N`: one article in N; `--show`: what is wrong or missing.
 */
export async function run(args: readonly string[]): Promise<void> {
  const defaults = { corpus: "", every: 1, show: false };
  const { corpus, every, show } = readOptions(args, defaults, "corpus");
  const random = randomFrom(1);
  const articles = readLines<Damaged>(corpus, "D1_dropall").filter((_, at) => at % every === 0);
  const fromDrafts: Count = { holes: 0, offered: 0, right: 0 };
  const fromHistory = { ...fromDrafts };

  const index = new RepeatIndex();
  const seconds = new Map<string, Draft>();
  articles.forEach((article, number) => {
    const text = secondDraft(article.clean, random);
    seconds.set(`second-${number}.txt`, parsed(text));
  });
  for (const [name, draft] of seconds) index.add(name, fingerprint(draft));
  const folder = mkdtempSync(path.join(tmpdir(), "galley-eval-"));
  try {
    const present = makeHistory(folder, articles, random);
    const git = gitOn({ env: process.env, clock: timers });
    for (const [number, article] of articles.entries()) {
      const draft = parsed(article.draft);
      const name = `first-${number}.txt`;
      index.add(name, fingerprint(draft));
      const partners = index.comparedWith(name).flatMap((partner) => seconds.get(partner) ?? []);
      index.replace(name, undefined);
      measure(article, article.draft, partners.map(sourceOf), fromDrafts, "all", show);

      const { file, text } = present[number] ?? { file: "", text: "" };
      const versions = (await readVersions(git, folder, file, 10, 1_000_000)) ?? [];
      const drafts = versions.flatMap(({ bytes }) => parsed(decode(bytes) ?? ""));
      measure(article, text, drafts.map(sourceOf), fromHistory, "first", show);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  print("another draft", fromDrafts);
  print("git history", fromHistory);
}

/** A record of D1_dropall. Offsets are in code points. */
interface Damaged {
  readonly clean: string;
  readonly draft: string;
  readonly holes: readonly {
    readonly offset: number;
    readonly clean_offset: number;
    readonly dropped: string;
  }[];
}

interface Count {
  /** Holes found whose words are in one of the sources. */
  holes: number;
  offered: number;
  right: number;
}

const SETTINGS = settingsFrom({});

function parsed(text: string): Draft {
  return getFormat("plaintext").parse(text);
}

function findingsOf(draft: Draft): Finding[] {
  return lint(draft, RULES, SETTINGS, { rethrow: true });
}

function sourceOf(draft: Draft): RestoreSource {
  let findings: readonly Finding[] | undefined;
  return { draft, name: "elsewhere", findings: () => (findings ??= findingsOf(draft)) };
}

/** A place in the damaged text, with the white space around it, and the text that was there. UTF-16 offsets. */
interface Loss {
  readonly start: number;
  readonly end: number;
  readonly whole: string;
  /** That text with the beginning and end of its sentence, to look for it elsewhere. */
  readonly context: string;
}

/** The losses of an article in `text`, which is its damaged text, perhaps with other paragraphs added. */
function lossesOf({ clean, draft, holes }: Damaged, text: string): Loss[] {
  const units = unitsOf(draft);
  const cleanUnits = unitsOf(clean);
  const losses: Loss[] = [];
  for (const { offset, clean_offset, dropped } of holes) {
    const [start, end] = widened(draft, units(offset), units(offset));
    const from = cleanUnits(clean_offset);
    const [wholeStart, wholeEnd] = widened(clean, from, from + dropped.length);
    const before = draft.slice(Math.max(0, start - 12), start);
    const after = draft.slice(end, end + 12);
    // Neighbouring holes share the white space between them.
    const isExact =
      clean.slice(0, wholeStart).endsWith(before) && clean.startsWith(after, wholeEnd);
    const moved = shiftOf(draft, text, start);
    if (!isExact || moved === undefined) continue;
    losses.push({
      start: start + moved,
      end: end + moved,
      whole: clean.slice(wholeStart, wholeEnd),
      context: before + clean.slice(wholeStart, wholeEnd) + after,
    });
  }
  return losses;
}

/** How far a paragraph that both texts have has moved. */
function shiftOf(before: string, after: string, at: number): number | undefined {
  const start = before.lastIndexOf("\n\n", at) + 2;
  const end = before.indexOf("\n\n", at);
  const paragraph = before.slice(start === 1 ? 0 : start, end < 0 ? before.length : end);
  const there = after.indexOf(paragraph);
  if (there < 0 || after.indexOf(paragraph, there + 1) >= 0) return undefined;
  return there - (start === 1 ? 0 : start);
}

function widened(text: string, start: number, end: number): [number, number] {
  while (/[ \t]/.test(text.charAt(start - 1))) start--;
  while (/[ \t]/.test(text.charAt(end))) end++;
  return [start, end];
}

function measure(
  article: Damaged,
  text: string,
  sources: readonly RestoreSource[],
  count: Count,
  which: "all" | "first",
  shows: boolean,
): void {
  const draft = parsed(text);
  const losses = lossesOf(article, text);
  for (const hole of findingsOf(draft)) {
    if (!isHole(hole)) continue;
    const gaps = hole.fixes?.find(({ kind }) => kind === "placeholder")?.edits ?? [];
    const its = losses.filter((loss) =>
      gaps.some((gap) => loss.start <= gap.end && gap.start <= loss.end),
    );
    const stands = (loss: Loss): boolean =>
      sources.some(({ draft: other }) => spaced(other.text).includes(spaced(loss.context)));
    if (its.length === 0 || its.length !== gaps.length || !its.every(stands)) continue;
    count.holes++;
    let fixes: readonly Fix[] = [];
    for (const source of sources) {
      if (which === "all" || fixes.length === 0) {
        fixes = [...fixes, ...restorationsFrom(draft, hole, source)];
      }
    }
    const [fix] = fixes;
    const mended = fix && applyEdits(text, fix.edits);
    const edits = its.map(({ start, end, whole }) => ({ start, end, newText: whole }));
    const isRight = mended === applyEdits(text, edits);
    if (fix !== undefined) count.offered++;
    if (isRight) count.right++;
    if (isRight || !shows) continue;
    const from = Math.max(0, (its[0]?.start ?? 0) - 60);
    const told = (what: string, words: string): void => {
      console.log(`  ${what.padEnd(7)} ${oneLine(words)}`);
    };
    told(fix === undefined ? "none" : "wrong", text.slice(from, from + 150));
    told("wanted", its.map(({ context }) => context).join(" | "));
    if (mended !== undefined) told("made", mended.slice(from, from + 200));
  }
}

function spaced(text: string): string {
  return text.replace(/\s+/g, " ");
}

function print(name: string, { holes, offered, right }: Count): void {
  const rate = (part: number, all: number): string =>
    all === 0 ? "–" : `${((100 * part) / all).toFixed(1)} %`;
  console.log(
    `${name.padEnd(16)}${String(holes).padStart(6)} found holes  offered ${rate(offered, holes).padStart(7)}  first offer right ${rate(right, offered).padStart(7)}`,
  );
}

const OPENING =
  "This is an older piece of ours on the same matter, which we print again with a few changes for those who have missed it.";
const SENTENCE =
  "Readers have asked us for more on this, and we shall come back to it before long.";

/** Another draft about the same: with its own beginning, and paragraphs edited, left out, moved and added. */
function secondDraft(text: string, random: () => number): string {
  return [OPENING, ...edited(text.trimEnd().split("\n\n"), random)].join("\n\n") + "\n";
}

function edited(paragraphs: readonly string[], random: () => number): string[] {
  const result: string[] = [];
  for (const paragraph of paragraphs) {
    const chance = random();
    if (chance < 0.08) continue;
    if (chance < 0.16) result.splice(Math.max(0, result.length - 1), 0, paragraph);
    else result.push(chance < 0.32 ? wordChanged(paragraph, random) : paragraph);
    if (random() < 0.08) result.push(SENTENCE);
  }
  return result;
}

/** A paragraph with one of its words replaced. */
function wordChanged(paragraph: string, random: () => number): string {
  const words = paragraph.split(" ");
  const at = Math.floor(random() * words.length);
  return words.map((word, index) => (index === at ? "altogether" : word)).join(" ");
}

/**
 * A repository in which each article was committed whole, with other paragraphs, damaged, renamed, and with more
 * paragraphs. Returns the current files and texts.
 */
function makeHistory(
  folder: string,
  articles: readonly Damaged[],
  random: () => number,
): { file: string; text: string }[] {
  const git = (...args: string[]): void => {
    const author = ["-c", "user.name=x", "-c", "user.email=x@example.org"];
    execFileSync("git", [...author, ...args], { cwd: folder, stdio: "pipe" });
  };
  const write = (name: (number: number) => string, textOf: (article: Damaged) => string): void => {
    articles.forEach((article, number) => {
      writeFileSync(path.join(folder, name(number)), textOf(article));
    });
    git("add", "--all");
    git("commit", "--quiet", "--message=x");
  };
  mkdirSync(path.join(folder, "drafts"));
  mkdirSync(path.join(folder, "news"));
  git("init", "--quiet");
  const draft = (number: number): string => `drafts/${number}.txt`;
  const story = (number: number): string => `news/${number}.txt`;
  write(draft, ({ clean }) => clean);
  write(draft, ({ clean }) =>
    `${edited(clean.trimEnd().split("\n\n"), random).join("\n\n")}\n`.replaceAll("\n", "\r\n"),
  );
  write(draft, ({ clean }) => `${clean.trimEnd()}\n\n${SENTENCE}\n`);
  write(draft, (article) => article.draft);
  articles.forEach((_, number) => {
    git("mv", draft(number), story(number));
  });
  git("commit", "--quiet", "--message=x");
  write(story, (article) => `${OPENING}\n\n${article.draft}`);
  return articles.map((article, number) => ({
    file: story(number),
    text: `${OPENING}\n\n${article.draft.trimEnd()}\n\n${SENTENCE}\n`,
  }));
}
