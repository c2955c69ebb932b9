import { Worker } from "node:worker_threads";
import { expect, test } from "vitest";
import {
  type StartWorker,
  threadPool,
  type ThreadJob,
} from "../../server/src/host/node/thread-pool.ts";
import { DEFAULT_SETTINGS } from "../../server/src/settings/settings.ts";

/** Doubles numbers; a thread adds 1000, so that it shows where each was done. */
const DOUBLE: ThreadJob<number, number, undefined> = {
  name: "double",
  isBackground: false,
  run: (number) => number * 2,
};

/** Threads that answer so many groups of tasks and then break down. */
function answering(groups: number): StartWorker {
  return (workerData) =>
    new Worker(
      `const { parentPort } = require("node:worker_threads");
       let left = ${groups};
       parentPort.on("message", ({ tasks }) => {
         if (left-- === 0) throw new Error("broken");
         parentPort.postMessage(tasks.map((number) => number * 2 + 1000));
       });`,
      { eval: true, workerData },
    );
}

const unstartable: StartWorker = () => {
  throw new Error("No more threads.");
};

async function doubled(startWorker: StartWorker, width: number, count: number): Promise<number[]> {
  const pool = threadPool(DOUBLE, startWorker, width, undefined);
  try {
    const groups = Array.from({ length: count }, (_, group) => [group, group + 0.5]);
    const results = await Promise.all(groups.map((tasks) => pool.run(DEFAULT_SETTINGS, tasks)));
    return results.flat();
  } finally {
    pool.dispose();
  }
}

test.each([
  ["that work", answering(1000), true],
  ["that break down at their first task", answering(0), false],
  ["that break down at their third", answering(2), false],
  ["that can't be started", unstartable, false],
] as const)(
  "with threads %s every task is done once, in order",
  async (_what, start, onThreads) => {
    for (const width of [1, 3]) {
      for (const count of [0, 1, 4]) {
        const results = await doubled(start, width, count);
        expect(results.map((result) => result % 1000)).toEqual(
          Array.from({ length: count }, (_, group) => [group * 2, group * 2 + 1]).flat(),
        );
        if (onThreads) expect(results.every((result) => result >= 1000)).toBe(true);
      }
    }
  },
);
