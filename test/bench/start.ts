import { spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { readOptions } from "../eval/report.ts";
import { newFolder } from "../support/folder.ts";
import { begin, connectionTo } from "../support/lsp.ts";
import { madeUp } from "../support/made-up-drafts.ts";

const BUILT = path.resolve(import.meta.dirname, "../../dist/server/start.cjs");

/**
 * How long it takes from the start of the built server's process to the first diagnostics of a draft that is
 * open, in a folder of its own: what somebody waits for who opens VS Code. By the clock; the parts are from the
 * start to the answer to `initialize`, and from that to the diagnostics. A start before those that are measured
 * has Node store what it compiles, from Node 22.1 on. What is shipped is minified:
 * `node scripts/build.mjs --minify`.
 *
 * `--server FILE`: another build, or `dist/server/node.cjs`, which is compiled at each start. `--against FILE`: beside
 * one more, in turns. `--node FILE`: another release of Node. `--words N`: of the draft.
 */
export async function run(args: readonly string[]): Promise<void> {
  const program = { server: BUILT, against: "", node: process.execPath };
  const values = readOptions(args, { ...program, rounds: 15, words: 1200 });
  const text = madeUp(1).draft(values.words);
  const builds = [values.server, values.against].filter((build) => build !== "");
  const times = builds.map((): Start[] => []);
  const root = newFolder();
  try {
    const programs = builds.map((build, index) => {
      const storage = path.join(root.path, String(index));
      return { node: values.node, build, storage, text };
    });
    for (const program of programs) await started(program);
    for (let round = 0; round < values.rounds; round++) {
      for (const [index, program] of programs.entries()) times[index]?.push(await started(program));
    }
  } finally {
    root.dispose();
  }
  console.log("| | ready: least (middle) | first diagnostics: least (middle) |\n|---|---:|---:|");
  builds.forEach((build, index) => {
    const both = (part: (one: Start) => number): string => {
      const sorted = (times[index] ?? []).map(part).sort((a, b) => a - b);
      return `${ms(sorted[0])} (${ms(sorted[sorted.length >> 1])})`;
    };
    console.log(`| ${build} | ${both(({ ready }) => ready)} | ${both(({ first }) => first)} |`);
  });
}

interface Program {
  readonly node: string;
  readonly build: string;
  /** Where Node stores compiled code, if it does. */
  readonly storage: string;
  readonly text: string;
}

/** Milliseconds since the start of the process. */
interface Start {
  readonly ready: number;
  readonly first: number;
}

/** Starts a server, and ends it after the first diagnostics. */
async function started({ node, build, storage, text }: Program): Promise<Start> {
  const folder = newFolder();
  const uri = folder.uriOf("draft.md");
  const start = performance.now();
  const server = spawn(node, [build, storage, "--stdio"], { stdio: ["pipe", "pipe", "inherit"] });
  const ended = once(server, "exit");
  const connection = connectionTo(server);
  connection.onRequest(() => null);
  // Compiled code is stored only by a process that ends by itself.
  const end = (): void => void connection.sendNotification("exit");
  try {
    const client = await begin({ connection, end }, { folders: [folder.uri], settings: null });
    const ready = performance.now() - start;
    await client.open(uri, text);
    await client.pull(uri);
    const first = performance.now() - start;
    await client.stop();
    await ended;
    return { ready, first };
  } finally {
    connection.dispose();
    server.kill();
    folder.dispose();
  }
}

function ms(time: number | undefined): string {
  return `${(time ?? 0).toFixed(0)} ms`;
}
