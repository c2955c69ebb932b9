import { readdirSync, readFileSync } from "node:fs";
import type { Diagnostic } from "vscode-languageserver/node";
import { CARET, QUIET_TIME } from "../../server/src/protocol.ts";
import { lineIndex, offsetAt, positionAt } from "../../server/src/text/lines.ts";
import type { Span } from "../../server/src/text/span.ts";
import { randomFrom } from "../../server/training/random.ts";
import { connect, type TestClient, EVERY_RULE } from "../support/lsp.ts";
import { type VirtualClock, virtualClock } from "../support/virtual-clock.ts";
import { articles, asMarkdown, cleanFiles } from "./corpus.ts";
import { inContext, printRow, readOptions } from "./report.ts";

/**
 * Types drafts letter by letter into a language server, with pauses of 0.2 to 3 seconds on a virtual clock, and
 * counts the findings that appear and vanish again: what a writer would see flicker, with and without
 * `galley.quietWhileTyping`. Without options the drafts of `samples/`. `--corpus DIR`: the first `--articles N`
 * of every `--every K` in each clean file. `--only FILE`: of this one alone. `--show`: each such finding.
 */
export async function run(args: readonly string[]): Promise<void> {
  const values = readOptions(args, { corpus: "", articles: 10, every: 1, only: [], show: false });
  const drafts =
    values.corpus === ""
      ? samples()
      : fromCorpus(values.corpus, values.only, values.articles, values.every);
  const units = drafts.reduce((sum, { text }) => sum + text.length, 0);
  console.log(`${drafts.length} drafts, ${units} keystrokes; appear and vanish, and stay:`);
  for (const isQuiet of [false, true]) {
    const typed = await typeDrafts(drafts, isQuiet);
    console.log(`\nquietWhileTyping ${isQuiet ? "on" : "off"}`);
    const isLong = typed.length > 10;
    const print = (name: string, ...cells: number[]): void => {
      printRow(`  ${name}`, cells, { name: 30, cell: 6 });
    };
    for (const one of isLong ? [] : typed) print(one.name, one.vanished.length, one.stayed);
    const all = typed.flatMap(({ vanished }) => vanished);
    print(
      "all",
      all.length,
      typed.reduce((sum, { stayed }) => sum + stayed, 0),
    );
    const byRule = new Map<string, number>();
    for (const { rule } of all) byRule.set(rule, (byRule.get(rule) ?? 0) + 1);
    for (const [rule, count] of byRule) console.log(`    ${rule}: ${count}`);
    if (!values.show || !isQuiet) continue;
    for (const { name, vanished } of typed) {
      for (const one of vanished)
        console.log(`  ${name}: ${one.rule} (${one.severity}): ${one.words}`);
    }
  }
}

/** A draft to be typed. */
export interface TypedDraft {
  readonly name: string;
  readonly text: string;
}

/** What was seen while a draft was typed. */
export interface Typed {
  readonly name: string;
  /** The findings that appeared and vanished again. */
  readonly vanished: readonly Vanished[];
  /** The findings at the end. */
  readonly stayed: number;
}

export interface Vanished {
  readonly rule: string;
  readonly severity: number;
  /** The words around it when it was last seen, with ⟦ ⟧ around its own. */
  readonly words: string;
}

/** Types each draft, and at the end lets the server rest for longer than `QUIET_TIME`. */
export async function typeDrafts(
  drafts: readonly TypedDraft[],
  quietWhileTyping: boolean,
): Promise<Typed[]> {
  const clock = virtualClock();
  const client = await connect({
    host: { clock },
    settings: { galley: { quietWhileTyping, rules: EVERY_RULE } },
    initializationOptions: { caret: true },
  });
  const typed: Typed[] = [];
  for (const [index, draft] of drafts.entries()) {
    typed.push(await typeDraft(client, clock, draft, index));
  }
  await client.stop();
  return typed;
}

/** The delay after an edit before the client sends the caret's place, in milliseconds. */
const CARET_DELAY = 100;

async function typeDraft(
  client: TestClient,
  clock: VirtualClock,
  { name, text }: TypedDraft,
  index: number,
): Promise<Typed> {
  const uri = `untitled:${index}`;
  const language = name.endsWith(".txt") ? "plaintext" : "markdown";
  const random = randomFrom(index);
  await client.open(uri, "", language);
  let lines = lineIndex("");
  const seen = new Seen();
  for (let at = 0; at < text.length; at++) {
    const start = positionAt(lines, at);
    const letter = text.charAt(at);
    await client.change(uri, { range: { start, end: start }, text: letter });
    const sofar = text.slice(0, at + 1);
    lines = lineIndex(sofar);
    const { refreshes } = client;
    seen.look(sofar, await client.diagnostics(uri));
    await clock.advance(CARET_DELAY);
    const position = positionAt(lines, at + 1);
    await client.connection.sendNotification(CARET, { uri, version: at + 2, position });
    // Short between letters, longer between words, longest after a sentence.
    const longest = /\w/.test(letter) ? 400 : /[.!?\n]/.test(letter) ? 3000 : 1200;
    await clock.advance(200 + random() * (longest - 200) - CARET_DELAY);
    if (client.refreshes > refreshes) seen.look(sofar, await client.diagnostics(uri));
  }
  await clock.advance(2 * QUIET_TIME);
  seen.look(text, await client.diagnostics(uri));
  await client.close(uri);
  return { name, vanished: seen.vanished, stayed: seen.present.length };
}

interface SeenFinding extends Span {
  readonly rule: string;
  readonly severity: number;
  readonly words: string;
}

/** What a writer sees in a draft that grows at its end. */
class Seen {
  present: SeenFinding[] = [];
  readonly vanished: SeenFinding[] = [];

  look(text: string, diagnostics: readonly Diagnostic[]): void {
    const lines = lineIndex(text);
    const now = diagnostics.map(({ code, severity, range }): SeenFinding => {
      const start = offsetAt(lines, text, range.start);
      const end = offsetAt(lines, text, range.end);
      const words = inContext(text, { start, end }, 50);
      return { rule: String(code), severity: severity ?? 1, start, end, words };
    });
    for (const one of this.present) {
      const stays = now.some(
        ({ rule, start, end }) => rule === one.rule && start <= one.end && one.start <= end,
      );
      if (!stays) this.vanished.push(one);
    }
    this.present = now;
  }
}

const SAMPLES = new URL("../../samples/", import.meta.url);

function samples(): TypedDraft[] {
  return readdirSync(SAMPLES).map((name) => ({
    name,
    text: readFileSync(new URL(name, SAMPLES), "utf8"),
  }));
}

function fromCorpus(
  folder: string,
  only: readonly string[],
  count: number,
  every: number,
): TypedDraft[] {
  const drafts = cleanFiles(folder)
    .filter((name) => only.length === 0 || only.includes(name))
    .flatMap((name) => articles(folder, name, every).slice(0, count))
    .map((article) => ({ name: `${article.id}.md`, text: asMarkdown(article) }));
  if (drafts.length === 0) throw new Error(`${folder} has no articles.`);
  return drafts;
}
