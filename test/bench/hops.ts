import { Session } from "node:inspector/promises";
import { timers } from "../../server/src/host/timers.ts";
import { readOptions } from "../eval/report.ts";
import { newFolder } from "../support/folder.ts";
import { connect } from "../support/lsp.ts";
import { madeUp } from "../support/made-up-drafts.ts";

/*
 * How many files and functions of the server are visited for a keystroke and for a changed config, by V8's count of
 * calls: what a reader follows. The server runs in this process, from its sources, with a client like VS Code's, all
 * rules and a workspace that has been checked. `--list` names the files, with how many functions of each.
 */

const DRAFTS = 20;
const WORDS = 900;

export async function run(args: readonly string[]): Promise<void> {
  const { list } = readOptions(args, { list: false });
  const folder = newFolder({ ".galley.json": "{}" });
  const texts = Array.from({ length: DRAFTS }, (_, seed) => madeUp(seed).draft(WORDS));
  for (const [number, text] of texts.entries()) folder.write(`${number}.md`, text);
  const client = await connect({ folders: [folder.uri], settings: null, host: { clock: timers } });
  try {
    client.workspace();
    const uri = folder.uriOf("0.md");
    const [text = ""] = texts;
    await client.open(uri, text);
    const line = text.split("\n").findIndex((words) => words.length > 200);
    const type = async (letter: string): Promise<void> => {
      const at = { line, character: 100 };
      await client.change(uri, { range: { start: at, end: at }, text: letter });
      await client.pull(uri);
    };
    const configure = async (config: object): Promise<void> => {
      folder.write(".galley.json", JSON.stringify(config));
      await client.filesChanged(folder.uriOf(".galley.json"));
      await client.settled();
    };
    // Everything that is created at first use now exists.
    for (const letter of "again") await type(letter);
    await configure({ placeholder: "TODO" });
    const counted = await callCounter();
    for (const [what, work] of [
      ["a keystroke, until it is answered", () => type("x")],
      ["what follows at the pause", () => client.settled()],
      ["a changed config", () => configure({ placeholder: "TK" })],
    ] as const) {
      await counted();
      await work();
      report(what, await counted(), list);
    }
  } finally {
    await client.stop();
    folder.dispose();
  }
}

/** Starts counting; each call returns how many functions of each file were called since the last. */
async function callCounter(): Promise<() => Promise<ReadonlyMap<string, number>>> {
  const session = new Session();
  session.connect();
  await session.post("Profiler.enable");
  await session.post("Profiler.startPreciseCoverage", { callCount: true, detailed: false });
  return async () => {
    const { result } = await session.post("Profiler.takePreciseCoverage");
    const files = result.flatMap(({ url, functions }): [string, number][] => {
      const [, file] = url.split("/server/src/");
      // tsx calls the latter, to keep function names.
      const called = functions.filter(
        ({ ranges: [whole], functionName }) => (whole?.count ?? 0) > 0 && functionName !== "__name",
      );
      return file === undefined || called.length === 0 ? [] : [[file, called.length]];
    });
    return new Map(files);
  };
}

function report(what: string, files: ReadonlyMap<string, number>, lists: boolean): void {
  const functions = [...files.values()].reduce((sum, count) => sum + count, 0);
  console.log(`${what}: ${files.size} files, ${functions} functions`);
  if (!lists) return;
  for (const [file, count] of [...files].sort()) console.log(`  ${file}  ${count}`);
}
