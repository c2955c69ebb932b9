import { readdirSync, readFileSync, watch } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { newFolder } from "../support/for-one-test.ts";
import { partOfCells } from "../support/part-of-cells.ts";
import { start } from "./support/program.ts";
import { WRONG } from "./support/table.ts";

const ROUNDS = 20;
const KILLS_A_ROUND = 10;
const DRAFTS = 40;

/** Numbers from 0 to 1, the same in each run. */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

const rounds = Array.from({ length: ROUNDS }, (_, index) => index + 1);

test.each(partOfCells(rounds, 10))(
  "killed at random while it fixes, it leaves no damaged and no temporary file: round %d",
  async (round) => {
    const random = randomFrom(round);
    const before = `${WRONG}\n${"Shops on the quay fear for their trade. ".repeat(round * 40)}\n`;
    const after = before.replace("the the", "the");
    const names = Array.from({ length: DRAFTS }, (_, index) => `${index}.md`);
    const folder = newFolder();
    for (let kill = 0; kill < KILLS_A_ROUND; kill++) {
      for (const name of names) folder.write(name, before);
      const { child, ended } = start("cli.js", ["check", "--fix", "--format", "json"], {
        cwd: folder.path,
      });
      // From the first written draft on, after this many more.
      await seen(folder.path, Math.floor(random() * DRAFTS), random() * 4, ended);
      child.kill("SIGKILL");
      await ended;
      const texts = names.map((name) => readFileSync(path.join(folder.path, name), "utf8"));
      expect(texts.filter((text) => text !== before && text !== after)).toEqual([]);
    }
    // The next run deletes what is left, and writes what is missing.
    const { code } = await start("cli.js", ["check", "--fix", "--fail-on", "never"], {
      cwd: folder.path,
    }).ended;
    expect(code).toBe(0);
    expect(readdirSync(folder.path).sort()).toEqual([...names].sort());
    for (const name of names) {
      expect(readFileSync(path.join(folder.path, name), "utf8")).toBe(after);
    }
  },
  300_000,
);

/** Waits until a program has renamed this many drafts into place and a moment more, or has ended. */
async function seen(
  folder: string,
  wanted: number,
  milliseconds: number,
  ended: Promise<unknown>,
): Promise<void> {
  await new Promise<void>((resolve) => {
    const done = new Set<string>();
    const watcher = watch(folder, (_event, name) => {
      if (name?.endsWith(".md") === true) done.add(name);
      if (done.size < wanted && wanted > 0) return;
      watcher.close();
      setTimeout(resolve, milliseconds);
    });
    void ended.then(() => {
      watcher.close();
      resolve();
    });
  });
}
