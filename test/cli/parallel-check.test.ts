import path from "node:path";
import { Worker } from "node:worker_threads";
import { expect, test } from "vitest";
import { progressOn } from "../../server/src/cli/progress.ts";
import { checkInParallel, threadsFor } from "../../server/src/cli/parallel-check.ts";
import { DEFAULT_SETTINGS } from "../../server/src/settings/settings.ts";
import { CHECKS_ONLY, place, WRONG } from "./support.ts";

test("what a thread took that broke down is done all the same, each file once", async () => {
  const names = Array.from({ length: 12 }, (_, index) => `${index}.md`);
  const { folder } = place(Object.fromEntries(names.map((name) => [name, WRONG])));
  const done: number[] = [];
  await checkInParallel({
    tasks: names.map((name) => ({
      path: path.join(folder, name),
      format: "markdown" as const,
      explicitlyIncluded: false,
      settings: DEFAULT_SETTINGS,
      // As if they were large: each is a handful of its own.
      size: 3_000_000,
    })),
    options: CHECKS_ONLY,
    startWorker: (workerData) =>
      new Worker(
        `require("node:worker_threads").parentPort.on("message", () => {
           throw new Error("broken");
         });`,
        { eval: true, workerData },
      ),
    done: (index, outcome) => {
      expect(outcome).toHaveProperty("result");
      done.push(index);
    },
  });
  expect(done.sort((a, b) => a - b)).toEqual([...names.keys()]);
});

test.each([
  { bytes: 0, cores: 8, threads: 1 },
  { bytes: 1, cores: 64, threads: 1 },
  { bytes: 11_999_999, cores: 64, threads: 1 },
  { bytes: 12_000_000, cores: 64, threads: 2 },
  { bytes: 35_999_999, cores: 64, threads: 2 },
  { bytes: 36_000_000, cores: 64, threads: 3 },
  { bytes: 72_000_000, cores: 64, threads: 4 },
  { bytes: 336_000_000, cores: 64, threads: 8 },
  { bytes: 1e12, cores: 64, threads: 8 },
  { bytes: 1e12, cores: 4, threads: 4 },
  { bytes: 72_000_000, cores: 3, threads: 3 },
  { bytes: 12_000_000, cores: 2, threads: 2 },
  { bytes: 1e12, cores: 1, threads: 1 },
  { bytes: 0, cores: 1, threads: 1 },
])("$bytes bytes on $cores cores are worth $threads threads", ({ bytes, cores, threads }) => {
  expect(threadsFor(bytes, cores)).toBe(threads);
});

test("a bar is drawn on a terminal after a second, and wiped", () => {
  let text = "";
  let time = 0;
  const screen = { write: (more: string) => (text += more), isTTY: true, columns: 40 };
  const progress = progressOn(screen, () => time);
  progress.update(1, 10);
  expect(text).toBe("");
  time = 1500;
  progress.update(5, 10);
  expect(text).toMatch(/^\r█+░+ 5 of 10 drafts$/);
  expect(text.length).toBeLessThanOrEqual(40);
  time = 1550;
  progress.update(6, 10);
  expect(text).not.toContain("6 of 10");
  progress.end();
  expect(text.endsWith("\r\u001B[K")).toBe(true);
});

test("nothing is drawn where there is no terminal", () => {
  let text = "";
  let time = 0;
  const progress = progressOn({ write: (more) => (text += more) }, () => time);
  time = 5000;
  progress.update(5, 10);
  progress.end();
  expect(text).toBe("");
});
