import { execFileSync, spawnSync } from "node:child_process";
import { closeSync, openSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { availableParallelism, cpus, loadavg } from "node:os";
import path from "node:path";
import { countWords } from "../eval/corpus.ts";
import { readOptions } from "../eval/report.ts";
import { newFolder } from "../support/folder.ts";
import { articleTexts, madeUpTexts } from "./texts.ts";

/**
 * Times `galley check` of a folder, with every rule, beside other linters of prose and Markdown on the
 * same folder: each as a whole process from start to end, in turns, so that whatever else the machine
 * does meets each of them. What counts is the processor's time, on all threads: the least of the rounds,
 * and beside it the middle one. harper.js, being slow, gets the first drafts only.
 *
 * `--corpus DIR`: over the articles of D1_links there instead of made-up drafts, whose words are few.
 * `--cli FILE`: of another build than that in dist/. `--against FILE`: beside one more build of Galley.
 * `--peers NAMES`: beside these only; “none”: beside none.
 */
export function run(args: readonly string[]): void {
  const {
    corpus,
    cli,
    against,
    peers: wanted,
    rounds,
    sample: most,
  } = readOptions(args, {
    ...{ corpus: "", cli: path.resolve(import.meta.dirname, "../../dist/cli.js"), against: "" },
    ...{ peers: PEERS.map(({ name }) => name).join(","), rounds: 5 },
    // Words for harper.js: a few seconds of work.
    sample: 20_000,
  });
  const root = newFolder();
  const home = root.path;
  try {
    const folder = path.join(home, "drafts");
    const texts = corpus === "" ? madeUpTexts(4, 1500, 970) : articleTexts(corpus);
    const drafts = texts.map((text, index) => {
      const name = `drafts/${Math.floor(index / 50)}/${index}.md`;
      root.write(name, text);
      return { file: path.join(home, name), words: countWords(text) };
    });
    const sample: Draft[] = [];
    for (const draft of drafts) {
      if (wordsIn(sample) >= most) break;
      sample.push(draft);
    }
    const peers = PEERS.filter(({ name }) => wanted.split(",").includes(name));
    install(home, peers);
    const runners = [
      galley("galley check", cli, folder, drafts),
      ...(against === "" ? [] : [galley("galley check, the other build", against, folder, drafts)]),
      ...peers.map((peer) => runnerOf(peer, home, folder, peer.isSlow ? sample : drafts)),
    ];
    const times = runners.map((): Time[] => []);
    const order = [...runners.keys()];
    for (let round = 0; round < rounds; round++) {
      for (const index of order) times[index]?.push(timed(home, runners[index]));
      order.reverse();
    }
    const load = loadavg()[0]?.toFixed(1) ?? "?";
    console.log(
      `Node ${process.version}, ${availableParallelism()} × ${cpus()[0]?.model ?? "?"}, load ${load}`,
    );
    console.log(
      `${drafts.length} drafts, ${thousands(wordsIn(drafts))} words; ${rounds} rounds in turns, whole processes\n`,
    );
    console.log(
      "| | processor: least (middle) | by the clock: least (middle) | words a second of processor | Galley is so many times as fast |\n|---|---:|---:|---:|---:|",
    );
    const rates = runners.map(
      ({ words }, index) => words / least(times[index]?.map(({ processor }) => processor)),
    );
    const [ours = 0, others = 0] = rates;
    runners.forEach(({ title }, index) => {
      const processor = both(times[index]?.map((time) => time.processor));
      const clock = both(times[index]?.map((time) => time.clock));
      const rate = rates[index] ?? 0;
      const faster = index === 0 ? "" : (ours / rate).toFixed(2);
      console.log(`| ${title} | ${processor} | ${clock} | ${thousands(rate)} | ${faster} |`);
    });
    if (against !== "") {
      const ratio = (others / ours).toFixed(3);
      console.log(`\nProcessor, as a part of what the other build takes: ${ratio}`);
    }
  } finally {
    root.dispose();
  }
}

interface Draft {
  readonly file: string;
  readonly words: number;
}

/** In seconds. */
interface Time {
  readonly clock: number;
  /** On all threads, including system calls. */
  readonly processor: number;
}

/** What a round runs: a program for Node, and the number of words it reads. */
interface Runner {
  readonly title: string;
  readonly script: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly words: number;
  /** The exit codes of a successful run. */
  readonly ends: readonly number[];
}

interface Peer {
  readonly name: string;
  readonly version: string;
  /** Its path in the folder where the peers are installed. */
  readonly script: string;
  /** The program to write there, if the peer is a library. */
  readonly source?: string;
  readonly args: (list: string, files: readonly string[]) => readonly string[];
  readonly ends: readonly number[];
  readonly isSlow?: boolean;
}

const PEERS: readonly Peer[] = [
  {
    name: "markdownlint-cli2",
    version: "0.22.1",
    script: "node_modules/markdownlint-cli2/markdownlint-cli2-bin.mjs",
    args: () => ["**/*.md"],
    ends: [0, 1],
  },
  {
    name: "markdownlint",
    version: "0.40.0",
    script: "markdownlint.mjs",
    source: `
      import { readFileSync } from "node:fs";
      import { lint } from "markdownlint/sync";
      const files = JSON.parse(readFileSync(process.argv[2], "utf8"));
      console.log(JSON.stringify(lint({ files })));`,
    args: (list) => [list],
    ends: [0],
  },
  {
    name: "write-good",
    version: "1.0.8",
    script: "node_modules/write-good/bin/write-good.js",
    args: (_, files) => ["--parse", ...files],
    // It exits with -1 if it found something.
    ends: [0, 255],
  },
  {
    name: "harper.js",
    version: "2.10.0",
    script: "harper.mjs",
    source: `
      import { readFileSync } from "node:fs";
      import { LocalLinter } from "harper.js";
      import { binaryInlined } from "harper.js/binaryInlined";
      const files = JSON.parse(readFileSync(process.argv[2], "utf8"));
      const linter = new LocalLinter({ binary: binaryInlined });
      await linter.setup();
      for (const file of files) {
        const lints = await linter.lint(readFileSync(file, "utf8"), { language: "markdown" });
        console.log(file, lints.length);
      }`,
    args: (list) => [list],
    ends: [0],
    isSlow: true,
  },
];

function galley(title: string, cli: string, folder: string, drafts: readonly Draft[]): Runner {
  const args = ["check", "--format", "json", "--fail-on", "never", "."];
  const script = path.resolve(cli);
  return { title, script, args, cwd: folder, words: wordsIn(drafts), ends: [0] };
}

function runnerOf(peer: Peer, home: string, folder: string, drafts: readonly Draft[]): Runner {
  const { name, version, isSlow = false } = peer;
  const files = drafts.map(({ file }) => path.relative(folder, file));
  const list = path.join(home, `${name}.json`);
  writeFileSync(list, JSON.stringify(files));
  return {
    title: `${name} ${version}${isSlow ? ` (${thousands(wordsIn(drafts))} words)` : ""}`,
    script: path.join(home, peer.script),
    args: peer.args(list, files),
    cwd: folder,
    words: wordsIn(drafts),
    ends: peer.ends,
  };
}

/** Runs a program to its end. Throws if it fails or writes nothing. */
function timed(home: string, runner: Runner | undefined): Time {
  if (runner === undefined) throw new Error("There is nothing to run.");
  const { title, script, args, cwd, ends } = runner;
  const [usage, output] = [path.join(home, "usage"), path.join(home, "output")];
  rmSync(usage, { force: true });
  const out = openSync(output, "w");
  const begun = performance.now();
  const { status } = spawnSync(
    process.execPath,
    ["--import", sayingUsage(usage), script, ...args],
    {
      cwd,
      stdio: ["ignore", out, out],
    },
  );
  const clock = (performance.now() - begun) / 1000;
  closeSync(out);
  if (!ends.includes(status ?? -1) || statSync(output).size === 0) {
    throw new Error(`${title} failed: ${readFileSync(output, "utf8").slice(0, 2000)}`);
  }
  return { clock, processor: Number(readFileSync(usage, "utf8")) / 1e6 };
}

/**
 * A module that writes, at the end of a process, how many microseconds of processor time it took, including its start
 * and all its threads. Node gives a parent no access to that.
 */
function sayingUsage(file: string): string {
  const source = `
    import { writeFileSync } from "node:fs";
    import { isMainThread } from "node:worker_threads";
    if (isMainThread) process.on("exit", () => {
      const { user, system } = process.cpuUsage();
      writeFileSync(${JSON.stringify(file)}, String(user + system));
    });`;
  return `data:text/javascript,${encodeURIComponent(source)}`;
}

/** Installs the other linters into the benchmark's own folder. */
function install(home: string, peers: readonly Peer[]): void {
  writeFileSync(path.join(home, "package.json"), '{ "type": "module", "private": true }');
  for (const { script, source } of peers) {
    if (source !== undefined) writeFileSync(path.join(home, script), source);
  }
  const wanted = peers.map(({ name, version }) => `${name}@${version}`);
  if (wanted.length === 0) return;
  execFileSync("npm", ["install", "--no-audit", "--no-fund", "--silent", ...wanted], { cwd: home });
}

function wordsIn(drafts: readonly Draft[]): number {
  return drafts.reduce((sum, { words }) => sum + words, 0);
}

function least(times: readonly number[] = []): number {
  return Math.min(...times);
}

/** The minimum, with the median in brackets. */
function both(times: readonly number[] = []): string {
  const sorted = [...times].sort((a, b) => a - b);
  return `${least(times).toFixed(2)} s (${(sorted[sorted.length >> 1] ?? 0).toFixed(2)})`;
}

function thousands(value: number): string {
  return Math.round(value).toLocaleString("en");
}
