import type { ChildProcess } from "node:child_process";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { FileChangeType } from "vscode-languageserver/node";
import { countWords } from "../eval/corpus.ts";
import { readOptions } from "../eval/report.ts";
import { newFolder } from "../support/folder.ts";
import {
  begin,
  builtServer,
  BUNDLE,
  type TestClient,
  type WorkspacePull,
  EVERY_RULE,
} from "../support/lsp.ts";
import { madeUp } from "../support/made-up-drafts.ts";
import { reworded } from "./reworded.ts";
import { articleTexts, madeUpTexts } from "./texts.ts";
import { describeStrokes, spread, startTyping, type Stroke } from "./typing.ts";

/*
 * How fast the whole workspace is checked, and how fast a keystroke is answered meanwhile: the built
 * server as a process of its own, over standard input and output, with a client that does what VS
 * Code's does. Drafts are made up: about 950 words each, 50 to a folder.
 *
 * `--only changes,idle,typing`: what is measured besides the passes. `--server FILE` is another build.
 *
 * `--corpus DIR`: the articles of D1_links there instead, each in VERSIONS versions, as archives have
 * them. Made-up drafts share hardly a passage; these share many.
 */

const WORDS = 930;
const TYPED_WORDS = 10_000;

/** How many versions of each article of a corpus there are; each changes a third of the words of the one before. */
const VERSIONS = 5;

export async function run(args: readonly string[]): Promise<void> {
  const { server, corpus, ...lists } = readOptions(args, {
    ...{ drafts: "2000,10000", only: "changes,idle,typing", server: BUNDLE, corpus: "" },
  });
  const only = new Set(lists.only.split(","));
  const root = newFolder();
  try {
    for (const asked of lists.drafts.split(",").map(Number)) {
      const folder = path.join(root.path, String(asked));
      const texts = corpus === "" ? madeUpTexts(asked, asked, WORDS) : archive(corpus, asked);
      const { drafts, words } = writeDrafts(folder, texts);
      console.log(`\n${drafts} drafts, ${(words / 1e6).toFixed(2)} million words`);
      const cache = path.join(root.path, `cache-${drafts}`);
      await measurePasses(server, folder, drafts, cache, only);
      if (only.has("typing")) await measureTyping(server, folder, drafts);
    }
  } finally {
    root.dispose();
  }
}

async function measurePasses(
  server: string,
  folder: string,
  drafts: number,
  cache: string,
  only: ReadonlySet<string>,
): Promise<void> {
  const cold = await Client.start(server, folder, cache);
  row("first pass, no cache", passOf(await cold.firstPass(drafts), cold));
  row("busy afterwards", await busyAfterwards(cold));
  row("peak memory", `${Math.round(cold.peakMebibytes())} MiB`);
  if (only.has("changes")) await measureChanges(cold, folder);
  await cold.test.stop();
  const warm = await Client.start(server, folder, cache);
  row("first pass, with the cache", passOf(await warm.firstPass(drafts), warm));
  row("peak memory, with the cache", `${Math.round(warm.peakMebibytes())} MiB`);
  if (only.has("idle")) await measureIdle(warm);
  await warm.test.stop();
}

/** From the last report of a first pass until everything is compared and stored. */
async function busyAfterwards(client: Client): Promise<string> {
  const start = performance.now();
  const before = client.cpuSeconds();
  await client.test.settled();
  const processor = client.cpuSeconds() - before;
  return `${seconds(performance.now() - start)} s (${processor.toFixed(2)} s of processor time)`;
}

async function measureChanges(client: Client, folder: string): Promise<void> {
  const changed: number[] = [];
  const deleted: number[] = [];
  const text = madeUp(7);
  for (let round = 0; round < 20; round++) {
    const file = path.join(folder, "folder-3", `draft-${round}.md`);
    const uri = pathToFileURL(file).href;
    const body = `${text.draft(WORDS)}\nThe ferry left the the harbour.\n`;
    writeFileSync(file, body);
    changed.push(await client.timed(uri, FileChangeType.Changed));
    rmSync(file);
    deleted.push(await client.timed(uri, FileChangeType.Deleted));
    writeFileSync(file, body);
    await client.timed(uri, FileChangeType.Created);
  }
  row("a file changed → its report", spread(changed));
  row("a file deleted → its empty report", spread(deleted));
}

async function measureIdle(client: Client): Promise<void> {
  await client.test.settled();
  const before = client.cpuSeconds();
  const start = performance.now();
  await new Promise((resolve) => setTimeout(resolve, 10_000));
  const share = (client.cpuSeconds() - before) / ((performance.now() - start) / 1000);
  row(
    "idle",
    `${(share * 100).toFixed(2)} % of a core, held request ${client.answered ? "answered" : "open"}`,
  );
}

async function measureTyping(server: string, folder: string, drafts: number): Promise<void> {
  const busy = await Client.start(server, folder);
  const pass = busy.firstPass(drafts);
  const uri = pathToFileURL(path.join(folder, "typed.md")).href;
  const text = madeUp(TYPED_WORDS).draft(TYPED_WORDS);
  const draft = { uri, languageId: "markdown", text };
  const { type } = await startTyping(busy.test, busy.pid, draft);
  const strokes: Stroke[] = [];
  while (!busy.passed) strokes.push(await type());
  await pass;
  for (const line of describeStrokes(strokes)) {
    row(`keystroke in ${TYPED_WORDS} words, first pass`, line);
  }
  await busy.test.stop();
}

/** A client that behaves as VS Code's does, and takes the time. */
class Client {
  readonly test: TestClient;
  readonly #pull: WorkspacePull;
  readonly #process: ChildProcess;
  readonly #started: number;
  passed = false;

  private constructor(test: TestClient, process: ChildProcess, started: number) {
    this.test = test;
    this.#pull = test.workspace();
    this.#process = process;
    this.#started = started;
  }

  static async start(program: string, folder: string, cacheDirectory?: string): Promise<Client> {
    const server = builtServer(program);
    const started = performance.now();
    const test = await begin(server, {
      folders: [pathToFileURL(folder).href],
      settings: { galley: { rules: EVERY_RULE } },
      initializationOptions: { cacheDirectory },
      answers: { "window/workDoneProgress/create": () => null },
    });
    return new Client(test, server.process, started);
  }

  get pid(): number | undefined {
    return this.#process.pid;
  }

  /** Whether the open request for the workspace's diagnostics was answered. */
  get answered(): boolean {
    return this.#pull.answered;
  }

  /** Milliseconds from `initialize` until every draft has been reported. */
  async firstPass(drafts: number): Promise<number> {
    const { items } = this.#pull;
    await this.test.until(
      () => items.length >= drafts && new Set(items.map(({ uri }) => uri)).size >= drafts,
    );
    this.passed = true;
    return performance.now() - this.#started;
  }

  /** Milliseconds from the notification about a file until it is reported. */
  async timed(uri: string, type: FileChangeType): Promise<number> {
    const start = performance.now();
    const before = this.#pull.items.length;
    await this.test.notify("workspace/didChangeWatchedFiles", { changes: [{ uri, type }] });
    await this.test.until(() => this.#pull.items.slice(before).some((item) => item.uri === uri));
    return performance.now() - start;
  }

  peakMebibytes(): number {
    const status = readFileSync(`/proc/${String(this.#process.pid)}/status`, "utf8");
    return Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024;
  }

  /** Of the whole process, including threads that have ended. */
  cpuSeconds(): number {
    const fields = readFileSync(`/proc/${String(this.#process.pid)}/stat`, "utf8")
      .replace(/^.*\) /, "")
      .split(" ");
    return (Number(fields[11]) + Number(fields[12])) / 100;
  }
}

function writeDrafts(
  folder: string,
  texts: Iterable<string>,
): { readonly drafts: number; readonly words: number } {
  let words = 0;
  let drafts = 0;
  for (const draft of texts) {
    const inner = path.join(folder, `folder-${Math.floor(drafts / 50)}`);
    if (drafts % 50 === 0) mkdirSync(inner, { recursive: true });
    words += countWords(draft);
    writeFileSync(path.join(inner, `draft-${drafts % 50}.md`), draft);
    drafts++;
  }
  return { drafts, words };
}

/** A limited number of drafts: all first versions of the articles, then all second ones, and so on. */
function archive(corpus: string, drafts: number): string[] {
  let version = articleTexts(corpus).slice(0, Math.ceil(drafts / VERSIONS));
  const texts = [...version];
  for (let round = 1; round < VERSIONS; round++) {
    version = version.map((text, index) => reworded(text, round * 100_000 + index));
    texts.push(...version);
  }
  return texts.slice(0, drafts);
}

function row(what: string, value: string): void {
  console.log(`  ${what.padEnd(52)} ${value}`);
}

/** On a shared machine, processor time is more reliable than the clock. */
function passOf(milliseconds: number, client: Client): string {
  return `${seconds(milliseconds)} s (${client.cpuSeconds().toFixed(2)} s of processor time)`;
}

function seconds(milliseconds: number): string {
  return (milliseconds / 1000).toFixed(2);
}
