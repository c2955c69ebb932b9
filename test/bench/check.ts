import { execFileSync, spawnSync } from "node:child_process";
import { closeSync, openSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { availableParallelism, cpus, loadavg } from "node:os";
import path from "node:path";
import { countWords } from "../eval/corpus.ts";
import { readOptions } from "../eval/report.ts";
import { newFolder } from "../support/folder.ts";
import { articleTexts, madeUpTexts } from "./texts.ts";

const BUILT = path.resolve(import.meta.dirname, "../../dist/cli.js");
const PEER = "markdownlint-cli2";
const PEER_VERSION = "0.22.1";

/**
 * Times `galley check` of a folder, with every rule, beside a linter of Markdown on the same folder: each as a whole
 * process from start to end, in turns, so that whatever else the machine does meets each of them. What counts is the
 * processor's time, on all threads: the least of the rounds, and beside it the middle one.
 *
 * `--corpus DIR`: over the articles of D1_links there instead of made-up drafts, whose words are few.
 * `--cli FILE`: of another build than that in dist/. `--against FILE`: beside one more build of Galley.
 * `--peers none`: without the other linter.
 */
export function run(args: readonly string[]): void {
  const { corpus, cli, against, peers, rounds } = readOptions(args, {
    ...{ corpus: "", cli: BUILT, against: "", peers: PEER, rounds: 5 },
  });
  const root = newFolder();
  const home = root.path;
  try {
    const texts = corpus === "" ? madeUpTexts(4, 1500, 970) : articleTexts(corpus);
    for (const [index, text] of texts.entries()) {
      root.write(`drafts/${Math.floor(index / 50)}/${index}.md`, text);
    }
    const words = texts.reduce((sum, text) => sum + countWords(text), 0);
    const runners = [
      galley("galley check", cli),
      ...(against === "" ? [] : [galley("galley check, the other build", against)]),
      ...(peers === "none" ? [] : [installPeer(home)]),
    ];
    const times = runners.map((): Time[] => []);
    const order = [...runners.entries()];
    for (let round = 0; round < rounds; round++) {
      for (const [index, runner] of order) times[index]?.push(timed(home, runner));
      order.reverse();
    }
    const load = loadavg()[0]?.toFixed(1) ?? "?";
    console.log(
      `Node ${process.version}, ${availableParallelism()} × ${cpus()[0]?.model ?? "?"}, load ${load}`,
    );
    console.log(
      `${texts.length} drafts, ${thousands(words)} words; ${rounds} rounds in turns, whole processes\n`,
    );
    console.log(
      "| | processor: least (middle) | by the clock: least (middle) | words a second of processor | Galley is so many times as fast |\n|---|---:|---:|---:|---:|",
    );
    const least = times.map((all) => Math.min(...all.map(({ processor }) => processor)));
    const [ours = 0, others = 0] = least;
    runners.forEach(({ title }, index) => {
      const processor = both(times[index]?.map((time) => time.processor));
      const clock = both(times[index]?.map((time) => time.clock));
      const rate = thousands(words / (least[index] ?? 0));
      const faster = index === 0 ? "" : ((least[index] ?? 0) / ours).toFixed(2);
      console.log(`| ${title} | ${processor} | ${clock} | ${rate} | ${faster} |`);
    });
    if (against !== "") {
      const ratio = (ours / others).toFixed(3);
      console.log(`\nProcessor, as a part of what the other build takes: ${ratio}`);
    }
  } finally {
    root.dispose();
  }
}

/** In seconds. */
interface Time {
  readonly clock: number;
  /** On all threads, including system calls. */
  readonly processor: number;
}

/** What a round runs: a program for Node. */
interface Runner {
  readonly title: string;
  readonly script: string;
  readonly args: readonly string[];
  /** The exit codes of a successful run. */
  readonly ends: readonly number[];
}

function galley(title: string, cli: string): Runner {
  const args = ["check", "--format", "json", "--fail-on", "never", "."];
  return { title, script: path.resolve(cli), args, ends: [0] };
}

/** Installs the other linter into the benchmark's own folder. */
function installPeer(home: string): Runner {
  writeFileSync(path.join(home, "package.json"), '{ "private": true }');
  const wanted = ["install", "--no-audit", "--no-fund", "--silent", `${PEER}@${PEER_VERSION}`];
  execFileSync("npm", wanted, { cwd: home });
  const script = path.join(home, "node_modules", PEER, "markdownlint-cli2-bin.mjs");
  return { title: `${PEER} ${PEER_VERSION}`, script, args: ["**/*.md"], ends: [0, 1] };
}

/** Runs a program to its end. Throws if it fails or writes nothing. */
function timed(home: string, { title, script, args, ends }: Runner): Time {
  const [usage, output] = [path.join(home, "usage"), path.join(home, "output")];
  rmSync(usage, { force: true });
  const out = openSync(output, "w");
  const begun = performance.now();
  const { status } = spawnSync(
    process.execPath,
    ["--import", sayingUsage(usage), script, ...args],
    { cwd: path.join(home, "drafts"), stdio: ["ignore", out, out] },
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

/** The minimum, with the median in brackets. */
function both(times: readonly number[] = []): string {
  const sorted = [...times].sort((a, b) => a - b);
  return `${(sorted[0] ?? 0).toFixed(2)} s (${(sorted[sorted.length >> 1] ?? 0).toFixed(2)})`;
}

function thousands(value: number): string {
  return Math.round(value).toLocaleString("en");
}
