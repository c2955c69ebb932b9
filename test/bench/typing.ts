import { readFileSync } from "node:fs";
import { readOptions } from "../eval/report.ts";
import { newFolder } from "../support/folder.ts";
import { begin, builtServer, BUNDLE, EVERY_RULE, type TestClient } from "../support/lsp.ts";
import { madeUp } from "../support/made-up-drafts.ts";
import { madeUpTexts } from "./texts.ts";

/*
 * How long a keystroke takes from its notification to the diagnostics, in the middle of a long draft: the built server
 * as a process of its own, every rule, a client that asks as VS Code's does, and a folder of other drafts that has been
 * checked.
 *
 * `--against FILE`: beside one more build, each key in one and then in the other. `--words 4000,10000`: of the drafts.
 * `--formats markdown,plaintext,html`. `--keys N`, after a third as many that compile the program. `--server FILE`:
 * another build.
 */

const OTHER_DRAFTS = 50;
const OTHER_WORDS = 930;
const EXTENSIONS = new Map([
  ["markdown", "md"],
  ["plaintext", "txt"],
  ["html", "html"],
]);

export async function run(args: readonly string[]): Promise<void> {
  const { server, against, keys, ...lists } = readOptions(args, {
    ...{ server: BUNDLE, against: "", keys: 300, words: "4000,10000,100000", formats: "markdown" },
  });
  const folder = newFolder();
  const texts = madeUpTexts(1, OTHER_DRAFTS, OTHER_WORDS);
  for (const [number, text] of texts.entries()) folder.write(`${number}.md`, text);
  const programs = [server, against].filter((program) => program !== "");
  const settings = { galley: { include: ["**/*.md", "**/*.txt", "**/*.html"], rules: EVERY_RULE } };
  try {
    for (const words of lists.words.split(",").map(Number)) {
      for (const format of lists.formats.split(",")) {
        console.log(`\nkeystrokes in ${words} words of ${format}`);
        const draft = madeUp(words).draft(words);
        const typists = await Promise.all(
          programs.map(async (program) => {
            const started = builtServer(program);
            const client = await begin(started, { folders: [folder.uri], settings });
            client.workspace();
            await client.settled();
            const uri = folder.uriOf(`typed.${EXTENSIONS.get(format) ?? format}`);
            const text = format === "html" ? asHtml(draft) : draft;
            return startTyping(client, started.process.pid, { uri, languageId: format, text });
          }),
        );
        for (let key = 0; key < keys / 3; key++) for (const { type } of typists) await type();
        const strokes = typists.map((): Stroke[] => []);
        for (let key = 0; key < keys; key++) {
          for (const [index, { type }] of typists.entries()) strokes[index]?.push(await type());
        }
        for (const [index, program] of programs.entries()) {
          console.log(program);
          for (const row of describeStrokes(strokes[index] ?? [])) console.log(`  ${row}`);
        }
        for (const { client } of typists) await client.stop();
      }
    }
  } finally {
    folder.dispose();
  }
}

/** Milliseconds from a keystroke to its diagnostics: by the clock, and of the main thread's processor time. */
export interface Stroke {
  readonly clock: number;
  readonly processor: number;
}

export interface Typist {
  readonly client: TestClient;
  /** Types one letter, and then rests as long as a fast typist. */
  readonly type: () => Promise<Stroke>;
}

/** Opens a draft, to type in its middle. `pid` is the process of the server. */
export async function startTyping(
  client: TestClient,
  pid: number | undefined,
  { uri, languageId, text }: { readonly [K in "uri" | "languageId" | "text"]: string },
): Promise<Typist> {
  await client.open(uri, text, languageId);
  let { resultId } = await client.pull(uri);
  const lines = text.split("\n");
  const line = lines.findIndex((one, index) => index > lines.length / 2 && one.length > 60);
  const words = " and then the rain came over the hill";
  let stroke = 0;
  const type = async (): Promise<Stroke> => {
    const at = { line, character: 20 + stroke };
    const letter = words.charAt(stroke % words.length);
    stroke++;
    const textDocument = { uri, version: stroke + 1 };
    const contentChanges = [{ range: { start: at, end: at }, text: letter }];
    const start = performance.now();
    const before = mainThreadMilliseconds(pid);
    void client.notify("textDocument/didChange", { textDocument, contentChanges });
    ({ resultId } = await client.pull(uri, resultId));
    const clock = performance.now() - start;
    const processor = mainThreadMilliseconds(pid) - before;
    await new Promise((resolve) => setTimeout(resolve, 30));
    return { clock, processor };
  };
  return { client, type };
}

export function describeStrokes(strokes: readonly Stroke[]): string[] {
  return [
    `by the clock: ${spread(strokes.map(({ clock }) => clock))}`,
    `main thread's processor time: ${spread(strokes.map(({ processor }) => processor))}`,
  ];
}

/** The middle and the slow end of some times in milliseconds. */
export function spread(times: readonly number[]): string {
  if (times.length === 0) return "none";
  const sorted = [...times].sort((a, b) => a - b);
  const at = (part: number): string =>
    (sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0).toFixed(1);
  return `median ${at(0.5)} ms, 95th percentile ${at(0.95)} ms, most ${at(1)} ms (${times.length})`;
}

function mainThreadMilliseconds(pid: number | undefined): number {
  const file = `/proc/${String(pid)}/task/${String(pid)}/schedstat`;
  return Number(readFileSync(file, "utf8").split(" ", 1)[0]) / 1e6;
}

/** The Markdown of the made-up drafts, as HTML. */
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
