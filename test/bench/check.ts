import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { availableParallelism, cpus, loadavg, tmpdir } from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import { articles, asMarkdown, countWords } from "../eval/corpus.ts";
import { madeUp } from "../support/made-up-drafts.ts";

const MARKDOWNLINT = "0.40.0";
const HARPER = "2.10.0";

/**
 * Times `galley check` of a folder, with every rule, beside markdownlint and harper.js on the same
 * folder: words in a second, by the clock, the middle one of several runs. Galley's time is that of the
 * whole process from start to end; the others' is that of reading and linting alone, in a process that
 * has loaded them. harper.js, being slow, gets the first drafts only.
 *
 * `--corpus DIR`: over the articles of D1_links there instead of made-up drafts, whose words are few.
 * `--cli FILE`: of another build than that in dist/.
 */
export async function run(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      corpus: { type: "string" },
      cli: { type: "string", default: path.resolve(import.meta.dirname, "../../dist/cli.js") },
      rounds: { type: "string", default: "5" },
      // Words for harper.js: a few seconds' work.
      sample: { type: "string", default: "20000" },
    },
  });
  const rounds = Number(values.rounds);
  const home = mkdtempSync(path.join(tmpdir(), "galley-bench-"));
  try {
    const folder = path.join(home, "drafts");
    const texts = values.corpus === undefined ? madeUpTexts() : await corpusTexts(values.corpus);
    const drafts = texts.map((text, index) => {
      const file = path.join(folder, String(Math.floor(index / 50)), `${index}.md`);
      mkdirSync(path.dirname(file), { recursive: true });
      writeFileSync(file, text);
      return { file, words: countWords(text) };
    });
    const sample: Draft[] = [];
    for (const draft of drafts) {
      if (wordsIn(sample) >= Number(values.sample)) break;
      sample.push(draft);
    }
    install(home);
    const cli = path.resolve(values.cli);
    const galley: Round[] = [];
    const markdownlint: Round[] = [];
    const harper: Round[] = [];
    // In turns, so that whatever else the machine does meets each of them.
    for (let round = 0; round < rounds; round++) {
      galley.push(checkWithGalley(cli, folder));
      markdownlint.push(lintWith(home, "markdownlint", drafts));
      if (round < 3) harper.push(lintWith(home, "harper", sample));
    }
    const ours = wordsIn(drafts) / middle(galley);
    const rows: [string, number][] = [
      ["galley check", ours],
      [`markdownlint ${MARKDOWNLINT}`, wordsIn(drafts) / middle(markdownlint)],
      [
        `harper.js ${HARPER} (${thousands(wordsIn(sample))} words)`,
        wordsIn(sample) / middle(harper),
      ],
    ];
    console.log(
      `Node ${process.version}, ${availableParallelism()} × ${cpus()[0]?.model ?? "?"}, load ${loadavg()[0]?.toFixed(1) ?? "?"}`,
    );
    console.log(
      `${drafts.length} drafts, ${thousands(wordsIn(drafts))} words; the middle of ${rounds} runs\n`,
    );
    console.log("| | words a second | Galley is so many times as fast |\n|---|---:|---:|");
    for (const [name, rate] of rows) {
      console.log(`| ${name} | ${thousands(rate)} | ${(ours / rate).toFixed(1)} |`);
    }
    const processor = galley.map(({ processor = 0 }) => processor).sort((a, b) => a - b);
    console.log(
      `\nGalley's run: ${middle(galley).toFixed(2)} s by the clock, ${(processor[processor.length >> 1] ?? 0).toFixed(2)} s of processor`,
    );
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}

interface Draft {
  readonly file: string;
  readonly words: number;
}

interface Round {
  readonly seconds: number;
  readonly processor?: number;
}

function checkWithGalley(cli: string, folder: string): Round {
  const begun = performance.now();
  const { status, stderr } = spawnSync(
    process.execPath,
    ["--import", PROCESSOR, cli, "check", "--format", "json", "--fail-on", "never", folder],
    { encoding: "utf8", maxBuffer: 1 << 30 },
  );
  const seconds = (performance.now() - begun) / 1000;
  if (status !== 0) throw new Error(`galley check failed: ${stderr}`);
  return { seconds, processor: Number(/processor (\d+)/.exec(stderr)?.[1] ?? 0) / 1e6 };
}

/** Says at the end of a process how many microseconds of processor it took, on all threads. */
const PROCESSOR = `data:text/javascript,${encodeURIComponent(
  'import { isMainThread } from "node:worker_threads"; if (isMainThread) process.on("exit", () => { const { user, system } = process.cpuUsage(); process.stderr.write("processor " + (user + system)); });',
)}`;

/** Lints drafts in a process of their own, which says how long it took without the loading. */
function lintWith(home: string, linter: keyof typeof LINTERS, drafts: readonly Draft[]): Round {
  const list = path.join(home, "list.json");
  writeFileSync(list, JSON.stringify(drafts.map(({ file }) => file)));
  const said = execFileSync(process.execPath, [`${linter}.mjs`, list], {
    cwd: home,
    encoding: "utf8",
  });
  return { seconds: Number(said) / 1000 };
}

const LINTERS = {
  markdownlint: `
    import { readFileSync } from "node:fs";
    import { lint } from "markdownlint/sync";
    const files = JSON.parse(readFileSync(process.argv[2], "utf8"));
    const begun = performance.now();
    lint({ files });
    console.log(performance.now() - begun);`,
  harper: `
    import { readFileSync } from "node:fs";
    import { LocalLinter } from "harper.js";
    import { binaryInlined } from "harper.js/binaryInlined";
    const files = JSON.parse(readFileSync(process.argv[2], "utf8"));
    const linter = new LocalLinter({ binary: binaryInlined });
    await linter.setup();
    const begun = performance.now();
    for (const file of files) await linter.lint(readFileSync(file, "utf8"), { language: "markdown" });
    console.log(performance.now() - begun);`,
} as const;

/** Installs the others into the benchmark's own folder. */
function install(home: string): void {
  writeFileSync(path.join(home, "package.json"), '{ "type": "module", "private": true }');
  for (const [name, script] of Object.entries(LINTERS)) {
    writeFileSync(path.join(home, `${name}.mjs`), script);
  }
  const wanted = [`markdownlint@${MARKDOWNLINT}`, `harper.js@${HARPER}`];
  execFileSync("npm", ["install", "--no-audit", "--no-fund", "--silent", ...wanted], { cwd: home });
}

function wordsIn(drafts: readonly Draft[]): number {
  return drafts.reduce((sum, { words }) => sum + words, 0);
}

function middle(rounds: readonly Round[]): number {
  const sorted = rounds.map(({ seconds }) => seconds).sort((a, b) => a - b);
  return sorted[sorted.length >> 1] ?? 0;
}

function thousands(value: number): string {
  return Math.round(value).toLocaleString("en");
}

function madeUpTexts(): string[] {
  const drafts = madeUp(4);
  return Array.from({ length: 1500 }, () => drafts.draft(970));
}

async function corpusTexts(folder: string): Promise<string[]> {
  const texts: string[] = [];
  for await (const article of articles(folder, "D1_links")) texts.push(asMarkdown(article));
  return texts;
}
