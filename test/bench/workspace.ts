import { type ChildProcess, spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import {
  createMessageConnection,
  type MessageConnection,
  ProgressType,
  StreamMessageReader,
  StreamMessageWriter,
  type WorkspaceDiagnosticReport,
} from "vscode-languageserver/node";
import { LIKE_VSCODE } from "../support/lsp.ts";
import { madeUp } from "../support/made-up-drafts.ts";
import { reworded } from "./reworded.ts";
import { articleTexts } from "./texts.ts";

/*
 * How fast the whole workspace is checked, and how fast a keystroke is answered meanwhile: the built
 * server as a process of its own, over standard input and output, with a client that does what VS
 * Code's does. Drafts are made up: about 950 words each, 50 to a folder.
 *
 * `--only typing` leaves the passes out, `--formats markdown,plaintext,html` and `--words 100000` say what is typed
 * in, `--server FILE` is another build.
 *
 * `--corpus DIR`: the articles of D1_links there instead, each in VERSIONS versions, as archives have
 * them. Made-up drafts share hardly a passage; these share many.
 */

const SERVER = path.join(
  path.dirname(fileURLToPath(import.meta.url)),
  "../../dist/server/node.cjs",
);
const WORDS = 930;
const KEYSTROKES = 150;

/** The editor's settings: of HTML, only what is asked for is a draft. */
const SETTINGS = { include: ["**/*.md", "**/*.txt", "**/*.html"] };
const EXTENSIONS = new Map([
  ["markdown", "md"],
  ["plaintext", "txt"],
  ["html", "html"],
]);

/** Of each article of a corpus; a third of the words of each is other than in the one before. */
const VERSIONS = 5;

export async function run(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      drafts: { type: "string", default: "2000,10000" },
      corpus: { type: "string" },
      only: { type: "string", default: "changes,idle,typing" },
      formats: { type: "string", default: "markdown" },
      words: { type: "string", default: "10000,100000" },
      server: { type: "string", default: SERVER },
    },
  });
  const only = new Set(values.only.split(","));
  const { server } = values;
  const root = mkdtempSync(path.join(tmpdir(), "galley-bench-"));
  try {
    for (const asked of values.drafts.split(",").map(Number)) {
      const folder = path.join(root, String(asked));
      const texts =
        values.corpus === undefined ? madeUpTexts(asked) : archive(values.corpus, asked);
      const { drafts, words } = writeDrafts(folder, texts);
      console.log(`\n${drafts} drafts, ${(words / 1e6).toFixed(2)} million words`);
      const cache = path.join(root, `cache-${drafts}`);
      if (only.size > 1 || !only.has("typing")) {
        await measurePasses(server, folder, drafts, cache, only);
      }
      if (only.has("typing")) {
        for (const size of values.words.split(",").map(Number)) {
          for (const format of values.formats.split(",")) {
            await measureTyping(server, folder, drafts, { size, format });
          }
        }
      }
    }
  } finally {
    rmSync(root, { recursive: true, force: true });
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
  await cold.stop();
  const warm = await Client.start(server, folder, cache);
  row("first pass, with the cache", passOf(await warm.firstPass(drafts), warm));
  row("peak memory, with the cache", `${Math.round(warm.peakMebibytes())} MiB`);
  if (only.has("idle")) await measureIdle(warm);
  await warm.stop();
}

/** From the last report of a first pass until all is compared and put away. */
async function busyAfterwards(client: Client): Promise<string> {
  const start = performance.now();
  const before = client.cpuSeconds();
  await client.settled();
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
    changed.push(await client.timed(uri, () => client.watched(uri, 2)));
    rmSync(file);
    deleted.push(await client.timed(uri, () => client.watched(uri, 3)));
    writeFileSync(file, body);
    await client.timed(uri, () => client.watched(uri, 1));
  }
  row("a file changed → its report", spread(changed));
  row("a file deleted → its empty report", spread(deleted));
}

async function measureIdle(client: Client): Promise<void> {
  await client.settled();
  const before = client.cpuSeconds();
  const start = performance.now();
  await new Promise((resolve) => setTimeout(resolve, 10_000));
  const share = (client.cpuSeconds() - before) / ((performance.now() - start) / 1000);
  row(
    "idle",
    `${(share * 100).toFixed(2)} % of a core, held request ${client.answered ? "answered" : "open"}`,
  );
}

async function measureTyping(
  server: string,
  folder: string,
  drafts: number,
  { size, format }: { readonly size: number; readonly format: string },
): Promise<void> {
  const draft = madeUp(size).draft(size);
  const typed = { languageId: format, text: format === "html" ? asHtml(draft) : draft };
  const busy = await Client.start(server, folder, undefined);
  const pass = busy.firstPass(drafts);
  const what = `keystroke in ${size} words of ${format}`;
  rowsOf(`${what}, first pass`, await busy.type(typed, () => busy.passed));
  await pass;
  await busy.settled();
  rowsOf(`${what}, idle`, await busy.type(typed, () => false));
  await busy.stop();
}

/** The Markdown that made-up drafts have, as HTML. */
function asHtml(draft: string): string {
  const blocks = draft.split("\n\n").map((block) => {
    const html = block.replaceAll(/\[([^\]]+)\]\(([^)]+)\)/g, '<a href="$2">$1</a>');
    const [, marks, heading] = /^(#+) (.*)/.exec(html) ?? [];
    if (marks !== undefined) return `<h${marks.length}>${heading ?? ""}</h${marks.length}>`;
    if (!html.startsWith("- ")) return `<p>${html}</p>`;
    const items = html.split("\n").map((item) => `<li>${item.slice(2)}</li>`);
    return `<ul>\n${items.join("\n")}\n</ul>`;
  });
  return `<!doctype html>\n<html lang="en">\n<body>\n${blocks.join("\n")}\n</body>\n</html>\n`;
}

/** Milliseconds from each keystroke to its diagnostics, and those of the processor in the server's main thread. */
interface Typed {
  readonly clock: readonly number[];
  readonly processor: readonly number[];
}

function rowsOf(what: string, { clock, processor }: Typed): void {
  row(what, spread(clock));
  row("  of that, the main thread's processor time", spread(processor));
}

/** A client that does what VS Code's does, and takes the time. */
class Client {
  readonly #process: ChildProcess;
  readonly #connection: MessageConnection;
  readonly #seen = new Set<string>();
  readonly #waiting = new Map<string, () => void>();
  readonly #started: number;
  readonly #folder: string;
  #onSeen: () => void = () => undefined;
  #documents = 0;
  answered = false;
  passed = false;

  private constructor(
    server: ChildProcess,
    connection: MessageConnection,
    { started, folder }: { readonly started: number; readonly folder: string },
  ) {
    this.#process = server;
    this.#connection = connection;
    this.#started = started;
    this.#folder = folder;
  }

  static async start(
    program: string,
    folder: string,
    cacheDirectory: string | undefined,
  ): Promise<Client> {
    const server = spawn(process.execPath, [program, "--stdio"], {
      stdio: ["pipe", "pipe", "inherit"],
    });
    const connection = createMessageConnection(
      new StreamMessageReader(server.stdout),
      new StreamMessageWriter(server.stdin),
    );
    connection.onRequest("workspace/configuration", ({ items }: { items: unknown[] }) =>
      items.map(() => SETTINGS),
    );
    for (const method of [
      "client/registerCapability",
      "workspace/diagnostic/refresh",
      "window/workDoneProgress/create",
    ]) {
      connection.onRequest(method, () => null);
    }
    connection.listen();
    const started = performance.now();
    const client = new Client(server, connection, { started, folder });
    await connection.sendRequest("initialize", {
      processId: null,
      rootUri: null,
      capabilities: LIKE_VSCODE,
      workspaceFolders: [{ uri: pathToFileURL(folder).href, name: "bench" }],
      initializationOptions: cacheDirectory === undefined ? {} : { cacheDirectory },
    });
    await connection.sendNotification("initialized", {});
    client.#hold();
    return client;
  }

  #hold(): void {
    const partialResultToken = "workspace";
    this.#connection.onProgress(
      new ProgressType<WorkspaceDiagnosticReport>(),
      partialResultToken,
      ({ items }) => {
        for (const { uri } of items) {
          this.#seen.add(uri);
          this.#waiting.get(uri)?.();
        }
        this.#onSeen();
      },
    );
    void this.#connection
      .sendRequest("workspace/diagnostic", { previousResultIds: [], partialResultToken })
      .then(
        () => {
          this.answered = true;
        },
        () => undefined,
      );
  }

  /** Milliseconds from `initialize` until every draft has been reported. */
  firstPass(drafts: number): Promise<number> {
    return new Promise((resolve) => {
      this.#onSeen = () => {
        if (this.#seen.size < drafts || this.passed) return;
        this.passed = true;
        resolve(performance.now() - this.#started);
      };
      this.#onSeen();
    });
  }

  async timed(uri: string, act: () => Promise<void>): Promise<number> {
    const start = performance.now();
    const reported = new Promise<void>((resolve) => {
      this.#waiting.set(uri, resolve);
    });
    await act();
    await reported;
    this.#waiting.delete(uri);
    return performance.now() - start;
  }

  watched(uri: string, type: number): Promise<void> {
    return this.#connection.sendNotification("workspace/didChangeWatchedFiles", {
      changes: [{ uri, type }],
    });
  }

  /** Until everything has been compared and put away. */
  settled(): Promise<void> {
    return this.#connection.sendRequest("galley/settled");
  }

  /** Types in the middle of a draft. */
  async type(
    { languageId, text }: { readonly languageId: string; readonly text: string },
    isOver: () => boolean,
  ): Promise<Typed> {
    const name = `typing-${this.#documents++}.${EXTENSIONS.get(languageId) ?? languageId}`;
    const uri = pathToFileURL(path.join(this.#folder, name)).href;
    await this.#connection.sendNotification("textDocument/didOpen", {
      textDocument: { uri, languageId, version: 1, text },
    });
    let previousResultId: string | undefined;
    const pull = async (): Promise<void> => {
      const report = await this.#connection.sendRequest<{ resultId: string }>(
        "textDocument/diagnostic",
        { textDocument: { uri }, ...(previousResultId === undefined ? {} : { previousResultId }) },
      );
      previousResultId = report.resultId;
    };
    await pull();
    const lines = text.split("\n");
    const line = lines.findIndex((one, index) => index > lines.length / 2 && one.length > 60);
    const words = " and then the rain came over the hill";
    const clock: number[] = [];
    const processor: number[] = [];
    for (let stroke = 0; stroke < KEYSTROKES && !isOver(); stroke++) {
      const at = { line, character: 20 + stroke };
      const start = performance.now();
      const before = this.mainThreadMilliseconds();
      void this.#connection.sendNotification("textDocument/didChange", {
        textDocument: { uri, version: stroke + 2 },
        contentChanges: [
          { range: { start: at, end: at }, text: words.charAt(stroke % words.length) },
        ],
      });
      await pull();
      clock.push(performance.now() - start);
      processor.push(this.mainThreadMilliseconds() - before);
      // Nobody types faster than this.
      await new Promise((resolve) => setTimeout(resolve, 30));
    }
    await this.#connection.sendNotification("textDocument/didClose", { textDocument: { uri } });
    return { clock, processor };
  }

  peakMebibytes(): number {
    const status = readFileSync(`/proc/${String(this.#process.pid)}/status`, "utf8");
    return Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024;
  }

  mainThreadMilliseconds(): number {
    const pid = String(this.#process.pid);
    const nanoseconds = readFileSync(`/proc/${pid}/task/${pid}/schedstat`, "utf8").split(" ", 1)[0];
    return Number(nanoseconds) / 1e6;
  }

  /** Of the whole process, with the threads that have ended. */
  cpuSeconds(): number {
    const fields = readFileSync(`/proc/${String(this.#process.pid)}/stat`, "utf8")
      .replace(/^.*\) /, "")
      .split(" ");
    return (Number(fields[11]) + Number(fields[12])) / 100;
  }

  async stop(): Promise<void> {
    await this.#connection.sendRequest("shutdown");
    await this.#connection.sendNotification("exit");
    this.#connection.dispose();
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
    words += draft.split(/\s+/).length - 1;
    writeFileSync(path.join(inner, `draft-${drafts % 50}.md`), draft);
    drafts++;
  }
  return { drafts, words };
}

function* madeUpTexts(drafts: number): Generator<string> {
  const text = madeUp(drafts);
  for (let index = 0; index < drafts; index++) yield text.draft(WORDS);
}

/** At most so many drafts: all first versions of the articles, then all second ones, and so on. */
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

/** On a machine that is shared, the processor's time tells more than the clock's. */
function passOf(milliseconds: number, client: Client): string {
  return `${seconds(milliseconds)} s (${client.cpuSeconds().toFixed(2)} s of processor time)`;
}

function seconds(milliseconds: number): string {
  return (milliseconds / 1000).toFixed(2);
}

function spread(times: readonly number[]): string {
  if (times.length === 0) return "none";
  const sorted = [...times].sort((a, b) => a - b);
  const at = (part: number): string =>
    (sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0).toFixed(1);
  return `median ${at(0.5)} ms, 95th percentile ${at(0.95)} ms, most ${at(1)} ms (${times.length})`;
}
