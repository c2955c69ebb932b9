import { Worker } from "node:worker_threads";
import { expect, test } from "vitest";
import { type StartWorker, threads } from "../../server/src/host/node/threads.ts";
import { checkDraft } from "../../server/src/project/check-drafts.ts";
import { DEFAULT_SETTINGS } from "../../server/src/settings/settings.ts";

const BATCHES = Array.from({ length: 4 }, (_, batch) =>
  [0, 1].map((number) => ({
    path: `file:///${batch}-${number}.md`,
    format: "markdown" as const,
    explicitlyIncluded: false,
    bytes: new TextEncoder().encode(`Draft ${batch}-${number} has the the end.\n`),
  })),
);

/** Threads that answer this many batches, each draft with its path, and then fail. */
function answering(batches: number): StartWorker {
  return () =>
    new Worker(
      `const { parentPort } = require("node:worker_threads");
       let left = ${batches};
       parentPort.on("message", ({ drafts }) => {
         if (left-- === 0) throw new Error("broken");
         parentPort.postMessage(drafts.map(({ path }) => path));
       });`,
      { eval: true },
    );
}

const unstartable: StartWorker = () => {
  throw new Error("No more threads.");
};

test.each([
  ["that work", answering(1000), 8],
  ["that break down at their first batch", answering(0), 0],
  ["that break down at their third", answering(2), undefined],
  ["that can't be started", unstartable, 0],
] as const)(
  "with threads %s every draft is checked once, in order",
  async (_what, start, byThem) => {
    for (const width of [1, 3]) {
      const checker = threads(start, width);
      const answers = BATCHES.map((drafts) =>
        checker.check({ settings: DEFAULT_SETTINGS, drafts }),
      );
      const facts: readonly unknown[] = (await Promise.all(answers)).flat();
      checker.dispose();
      const done = facts.filter((one) => typeof one === "string").length;
      expect(done).toBe(byThem ?? done);
      BATCHES.flat().forEach((draft, at) => {
        const own =
          typeof facts[at] === "string" ? draft.path : checkDraft(draft, DEFAULT_SETTINGS);
        expect(facts[at]).toEqual(own);
      });
    }
  },
);

test("once disposed, drafts that no thread has answered are not checked", async () => {
  const silent: StartWorker = () =>
    new Worker('require("node:worker_threads").parentPort.on("message", () => undefined);', {
      eval: true,
    });
  for (const start of [silent, answering(0)]) {
    const checker = threads(start, 2);
    const answers = BATCHES.map((drafts) => checker.check({ settings: DEFAULT_SETTINGS, drafts }));
    checker.dispose();
    answers.push(...BATCHES.map((drafts) => checker.check({ settings: DEFAULT_SETTINGS, drafts })));
    for (const facts of await Promise.all(answers)) expect(facts).toEqual([undefined, undefined]);
  }
});

test("there are one to four threads, and none is started for nothing", () => {
  const checker = threads(() => {
    throw new Error("started");
  });
  expect(checker.isOffThread).toBe(true);
  expect(checker.width).toBeGreaterThanOrEqual(1);
  expect(checker.width).toBeLessThanOrEqual(4);
  checker.dispose();
});
