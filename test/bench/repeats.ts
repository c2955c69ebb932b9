import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import type { Draft } from "../../server/src/draft/draft.ts";
import { lint } from "../../server/src/engine/lint.ts";
import { settingsFrom } from "../../server/src/settings/settings.ts";
import { formatOf } from "../../server/src/formats/registry.ts";
import { repeatedElsewhere } from "../../server/src/rules/repeated-elsewhere.ts";
import { fingerprintsOf } from "../../server/src/repeats/fingerprints.ts";
import { RepeatIndex } from "../../server/src/repeats/index.ts";
import { reportsWithin } from "../../server/src/repeats/report.ts";
import { repeatsWithin } from "../../server/src/repeats/judge.ts";
import { articles, asMarkdown, asPlainText, countWords } from "../eval/corpus.ts";
import { edited } from "../../server/training/judge/pasting.ts";
import { randomFrom } from "../eval/repeats.ts";
import { RULES } from "../../server/src/rules/index.ts";

const WITHIN = { minWords: 12 };
const BETWEEN = { minWords: 12, maxDrafts: 3 };

/** How many passages of one draft others have too, the drafts being named by their numbers. */
function elsewhere(at: number, index: RepeatIndex, drafts: readonly Draft[]): number {
  const draftOf = (uri: string): Draft | undefined => drafts[Number(uri)];
  const draft = { uri: String(at), index, draftOf, nameOf: (uri: string) => uri };
  return repeatedElsewhere.check(draft, BETWEEN).length;
}
const JSCPD = "5.3.2";

/**
 * Times the repeat engine: its share of a whole check, its growth with texts made to be hard, a
 * keystroke in a long draft, the index, and jscpd on the same folder.
 */
export async function run(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      corpus: { type: "string", default: "." },
      articles: { type: "string", default: "D1_links" },
      jscpd: { type: "boolean", default: true },
      parts: { type: "string", default: "share,doubled,keystroke,index" },
    },
    allowNegative: true,
  });
  console.log(`Node ${process.version}, ${cpus().length} × ${cpus()[0]?.model ?? "?"}\n`);
  const texts: string[] = [];
  const plain: string[] = [];
  for await (const article of articles(values.corpus, values.articles)) {
    texts.push(asMarkdown(article));
    plain.push(asPlainText(article));
  }
  const parts = new Set(values.parts.split(","));
  if (parts.has("share")) share(texts);
  if (parts.has("doubled")) doubled(plain.join("\n"));
  if (parts.has("keystroke")) keystroke(texts);
  if (parts.has("index")) index(texts);
  if (values.jscpd) besideJscpd(texts);
}

/** How much of a whole check the engine takes. */
function share(texts: readonly string[]): void {
  const with_ = settingsFrom({});
  const without = settingsFrom({ rules: { "repeated-block": "off" } });
  let all = Infinity;
  let rest = Infinity;
  for (let round = 0; round < 4; round++) {
    rest = Math.min(
      rest,
      seconds(() => texts.map((text) => check(text, without))),
    );
    all = Math.min(
      all,
      seconds(() => texts.map((text) => check(text, with_))),
    );
  }
  const words = texts.reduce((sum, text) => sum + countWords(text), 0);
  console.log(
    `Whole check of ${texts.length} articles, ${words} words: ${all.toFixed(2)} s, without repeats ${rest.toFixed(2)} s: the engine takes ${((100 * (all - rest)) / all).toFixed(1)} %.\n`,
  );
}

function check(text: string, settings: ReturnType<typeof settingsFrom>): number {
  return lint(formatOf("markdown").parse(text), RULES, settings).length;
}

/** Texts that are hard in one way each, and twice as much of them. */
function doubled(prose: string): void {
  const sentence =
    "The council voted on Monday to close the old bridge to lorries until the spring.";
  const random = randomFrom("letters");
  const letter = (): string => String.fromCharCode(97 + Math.floor(random() * 26));
  const letters = (length: number, spaces: number): string => {
    let text = "";
    while (text.length < length) text += random() < spaces ? " " : letter();
    return text;
  };
  const clean = prose.replace(/[^\p{L}\p{N}.,\n]+/gu, " ");
  const paragraphs = prose.split("\n").filter((line) => line !== "");
  const wordsOfFirst = countWords(paragraphs.slice(0, 4000).join(" "));
  // Articles differ in their paragraphs' length: twice as much is counted in words.
  const first = (times: number): string[] => {
    let words = 0;
    return paragraphs.filter((text) => {
      if (words >= wordsOfFirst * times) return false;
      words += countWords(text);
      return true;
    });
  };
  const cases: Readonly<Record<string, (times: number) => string>> = {
    "1 MB of prose": (times) => prose.slice(0, 1_000_000 * times),
    "1 MB in one line": (times) => clean.slice(0, 1_000_000 * times).replaceAll("\n", " "),
    "one sentence 20,000 times, in lines": (times) => `${sentence}\n`.repeat(20_000 * times),
    "one sentence 20,000 times, in one line": (times) => `${sentence} `.repeat(20_000 * times),
    "one sentence 20,000 times, a word changed in each": (times) =>
      Array.from({ length: 20_000 * times }, (_, at) => sentence.replace("Monday", `${at}`)).join(
        "\n\n",
      ),
    "1 MB of random letters": (times) => letters(1_000_000 * times, 0),
    "1 MB of random letters and spaces": (times) => letters(1_000_000 * times, 0.18),
    "1 MB of single random letters": (times) =>
      Array.from({ length: 500_000 * times }, letter).join(" "),
    "4,000 paragraphs, each pasted below": (times) => {
      const some = first(times);
      return [...some, ...some].join("\n\n");
    },
    "4,000 paragraphs, each pasted twice in a row": (times) =>
      first(times)
        .flatMap((text) => [text, text])
        .join("\n\n"),
  };
  console.log("| text | engine | twice as much | ratio | findings |\n|---|---|---|---|---|");
  for (const [name, make] of Object.entries(cases)) {
    const times = [1, 2].map((factor) => {
      const text = make(factor);
      let best = Infinity;
      let findings = 0;
      for (let round = 0; round < 7; round++) {
        // Blocks keep their words: each round reads the text anew.
        const draft = formatOf("plaintext").parse(text);
        // What was made before is not to be cleared away while this is timed.
        collectGarbage();
        best = Math.min(
          best,
          cpuSeconds(() => (findings = engine(draft))),
        );
      }
      return { best, findings };
    });
    const [one, two] = times;
    if (one === undefined || two === undefined) continue;
    console.log(
      `| ${name} | ${ms(one.best)} | ${ms(two.best)} | ${(two.best / one.best).toFixed(2)} | ${one.findings} |`,
    );
  }
  console.log("");
}

function engine(draft: Draft): number {
  const { sequence, runs } = repeatsWithin(draft, WITHIN);
  return reportsWithin(sequence, runs).length;
}

/** What a keystroke costs the engine in a draft of 100,000 words. */
function keystroke(texts: readonly string[]): void {
  let text = "";
  for (const more of texts) {
    text += `${more}\n`;
    if (text.length > 600_000) break;
  }
  const format = formatOf("markdown");
  let draft = format.parse(text);
  engine(draft);
  const random = randomFrom("keys");
  const times: number[] = [];
  const index: number[] = [];
  const drafts = new RepeatIndex();
  let prints = fingerprintsOf(draft);
  drafts.replace("draft", undefined, prints);
  for (let key = 0; key < 200; key++) {
    const at = Math.floor(random() * draft.text.length);
    const changed = `${draft.text.slice(0, at)}x${draft.text.slice(at)}`;
    draft = format.update(draft, changed, { start: at, end: at, newText: "x" });
    times.push(seconds(() => engine(draft)));
    index.push(
      seconds(() => {
        const after = fingerprintsOf(draft);
        drafts.replace("draft", prints, after);
        prints = after;
      }),
    );
  }
  console.log(
    `A keystroke in a draft of ${countWords(text)} words: repeats in it ${quantiles(times)}; fingerprints and index ${quantiles(index)}.\n`,
  );
}

/** Filling and asking the index of all drafts, and its memory. */
function index(texts: readonly string[]): void {
  const drafts = texts.map((text) => formatOf("markdown").parse(text));
  const words = texts.reduce((sum, text) => sum + countWords(text), 0);
  let prints: ReturnType<typeof fingerprintsOf>[] = [];
  const making = seconds(() => (prints = drafts.map((draft) => fingerprintsOf(draft))));
  collectGarbage();
  const before = memory();
  const index = new RepeatIndex();
  const filling = seconds(() => {
    prints.forEach((print, at) => index.replace(`${at}`, undefined, print));
  });
  collectGarbage();
  const grown = memory() - before;
  let findings = 0;
  const asking = seconds(() => {
    drafts.forEach((_, at) => {
      findings += elsewhere(at, index, drafts);
    });
  });
  const bytes = prints.reduce(
    (sum, { hashes, row }) => sum + 8 * hashes.length + row.byteLength,
    0,
  );
  console.log(
    `${drafts.length} drafts against each other: fingerprints ${making.toFixed(2)} s, index ${filling.toFixed(2)} s, ${findings} findings in ${asking.toFixed(2)} s. A million words: fingerprints ${(bytes / words).toFixed(1)} MB, index ${(grown / words).toFixed(1)} MB.\n`,
  );
}

function memory(): number {
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

/** The same folder for both: articles, each third with three of its paragraphs pasted at its end, a third of those edited. */
function besideJscpd(texts: readonly string[]): void {
  const home = mkdtempSync(join(tmpdir(), "galley-jscpd-"));
  try {
    const folder = join(home, "drafts");
    mkdirSync(folder);
    let planted = 0;
    const drafts = texts.map((text, at) => {
      const blocks = text.trim().split("\n\n");
      if (at % 3 !== 0 || blocks.length < 5) return text;
      planted++;
      const random = randomFrom(`${at}`);
      const words = text.split(/\s+/);
      const copy = blocks
        .slice(1, 4)
        .map((block) => (at % 9 === 0 ? edited(block, 0.05, words, random) : block));
      return `${[...blocks, ...copy].join("\n\n")}\n`;
    });
    drafts.forEach((text, at) => {
      writeFileSync(join(folder, `${at}.md`), text);
    });
    execFileSync("npm", ["init", "-y"], { cwd: home, stdio: "ignore" });
    execFileSync("npm", ["install", "--no-audit", "--no-fund", `jscpd@${JSCPD}`], {
      cwd: home,
      stdio: "ignore",
    });
    const report = join(home, "report");
    const theirs = seconds(() => {
      spawnSync(
        join(home, "node_modules/.bin/jscpd"),
        [folder, "--reporters", "json", "--output", report, "--format", "markdown"],
        { cwd: home, stdio: "ignore" },
      );
    });
    const file = join(report, "jscpd-report.json");
    const clones = existsSync(file)
      ? (JSON.parse(readFileSync(file, "utf8")) as { duplicates?: Clone[] }).duplicates
      : undefined;
    const within = clones?.filter(
      ({ firstFile, secondFile }) => firstFile.name === secondFile.name,
    );
    let own = 0;
    let between = 0;
    const ours = seconds(() => {
      const index = new RepeatIndex();
      const parsed = drafts.map((_, at) =>
        formatOf("markdown").parse(readFileSync(join(folder, `${at}.md`), "utf8")),
      );
      parsed.forEach((draft, at) => index.replace(`${at}`, undefined, fingerprintsOf(draft)));
      parsed.forEach((draft, at) => {
        own += engine(draft);
        between += elsewhere(at, index, parsed);
      });
    });
    console.log(
      `The same folder, ${drafts.length} drafts, ${planted} of them with three paragraphs pasted again:\n`,
    );
    console.log("| | in one draft | between drafts | seconds |\n|---|---|---|---|");
    console.log(
      `| Galley's engine, reading and parsing included | ${own} | ${between} (both sides) | ${ours.toFixed(2)} |`,
    );
    console.log(
      `| jscpd ${JSCPD}, its defaults | ${within?.length ?? "?"} | ${(clones?.length ?? 0) - (within?.length ?? 0)} | ${theirs.toFixed(2)} |`,
    );
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}

interface Clone {
  readonly firstFile: { readonly name: string };
  readonly secondFile: { readonly name: string };
}

function seconds(work: () => void): number {
  const start = performance.now();
  work();
  return (performance.now() - start) / 1000;
}

setFlagsFromString("--expose-gc");
const collectGarbage = runInNewContext("gc") as () => void;

/** The processor's time, which other work on the machine adds little to. */
function cpuSeconds(work: () => void): number {
  const start = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1e6;
}

function ms(value: number): string {
  return `${(value * 1000).toFixed(0)} ms`;
}

function quantiles(values: number[]): string {
  values.sort((a, b) => a - b);
  const at = (share: number): string =>
    ((values[Math.floor(share * (values.length - 1))] ?? 0) * 1000).toFixed(1);
  return `median ${at(0.5)} ms, 95th percentile ${at(0.95)} ms`;
}
