import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import {
  createMessageConnection,
  StreamMessageReader,
  StreamMessageWriter,
} from "vscode-languageserver/node";
import { LIKE_VSCODE } from "../support/lsp.ts";
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
  const { values } = parseArgs({
    args: [...args],
    options: {
      server: { type: "string", default: BUILT },
      against: { type: "string" },
      node: { type: "string", default: process.execPath },
      rounds: { type: "string", default: "15" },
      words: { type: "string", default: "1200" },
    },
  });
  const text = madeUp(1).draft(Number(values.words));
  const builds = [values.server, ...(values.against === undefined ? [] : [values.against])];
  const times = builds.map((): Start[] => []);
  const root = mkdtempSync(path.join(tmpdir(), "galley-bench-"));
  try {
    const programs = builds.map((build, index) => {
      const storage = path.join(root, String(index));
      return { node: values.node, build, storage, text };
    });
    for (const program of programs) await started(program);
    for (let round = 0; round < Number(values.rounds); round++) {
      for (const [index, program] of programs.entries()) times[index]?.push(await started(program));
    }
  } finally {
    rmSync(root, { recursive: true, force: true });
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
  /** Where it stores what was compiled of it, if it does. */
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
  const folder = mkdtempSync(path.join(tmpdir(), "galley-bench-"));
  const uri = pathToFileURL(path.join(folder, "draft.md")).href;
  const start = performance.now();
  const server = spawn(node, [build, storage, "--stdio"], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  const ended = new Promise<void>((resolve) =>
    server.once("exit", () => {
      resolve();
    }),
  );
  const connection = createMessageConnection(
    new StreamMessageReader(server.stdout),
    new StreamMessageWriter(server.stdin),
  );
  connection.onRequest("workspace/configuration", ({ items }: { items: unknown[] }) =>
    items.map(() => null),
  );
  connection.onRequest(() => null);
  connection.listen();
  try {
    await connection.sendRequest("initialize", {
      processId: null,
      rootUri: null,
      capabilities: LIKE_VSCODE,
      workspaceFolders: [{ uri: pathToFileURL(folder).href, name: "bench" }],
    });
    const ready = performance.now() - start;
    await connection.sendNotification("initialized", {});
    await connection.sendNotification("textDocument/didOpen", {
      textDocument: { uri, languageId: "markdown", version: 1, text },
    });
    await connection.sendRequest("textDocument/diagnostic", { textDocument: { uri } });
    const first = performance.now() - start;
    await connection.sendRequest("shutdown");
    await connection.sendNotification("exit");
    await ended;
    return { ready, first };
  } finally {
    connection.dispose();
    server.kill();
    rmSync(folder, { recursive: true, force: true });
  }
}

function ms(time: number | undefined): string {
  return `${(time ?? 0).toFixed(0)} ms`;
}
