import fc from "fast-check";
import { expect, test } from "vitest";
import { JOB_KINDS, jobQueue, type JobKind } from "../../server/src/lsp/queue.ts";
import { newGate } from "../support/lsp.ts";
import { runs } from "../support/property.ts";
import { virtualClock } from "../support/virtual-clock.ts";

/* Jobs of all kinds: each is done, in the order of urgency, and the queue knows when none is left. */

/** Lets everything happen that waits only for turns and promises. */
async function quiet(): Promise<void> {
  for (let turn = 0; turn < 8; turn++) await new Promise((resolve) => setImmediate(resolve));
}

test("the most urgent job begins first, and of one kind the one that was added first", async () => {
  const kinds = fc.array(fc.constantFrom(...JOB_KINDS), { maxLength: 20 });
  await fc.assert(
    fc.asyncProperty(kinds, async (added) => {
      const queue = jobQueue(virtualClock(), () => undefined);
      const begun: [JobKind, number][] = [];
      for (const [number, kind] of added.entries()) {
        queue.add({ kind, run: () => begun.push([kind, number]) });
      }
      await queue.whenIdle();
      const order = [...added.entries()]
        .map(([number, kind]): [JobKind, number] => [kind, number])
        .sort(([a, one], [b, other]) => JOB_KINDS.indexOf(a) - JOB_KINDS.indexOf(b) || one - other);
      expect(begun).toEqual(order);
    }),
    runs(100),
  );
});

test("message jobs start at once; all others let messages go first", () => {
  const queue = jobQueue(virtualClock(), () => undefined);
  const begun: JobKind[] = [];
  for (const kind of JOB_KINDS) queue.add({ kind, run: () => begun.push(kind) });
  expect(begun).toEqual(["message"]);
});

test("no job begins while another of its name runs or waits, and the last one added is done", async () => {
  const step = fc.constantFrom("add", "end", "fail");
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (steps) => {
      const errors: unknown[] = [];
      const queue = jobQueue(virtualClock(), (error) => errors.push(error));
      let running: { end: () => void; fail: () => void } | undefined;
      let isWanted = false;
      const run = (): Promise<void> => {
        expect(running).toBeUndefined();
        isWanted = false;
        return new Promise((resolve, reject) => {
          running = {
            end: resolve,
            fail: () => {
              reject(new Error("A job."));
            },
          };
        });
      };
      for (const what of steps) {
        if (what === "add") {
          isWanted = true;
          queue.add({ kind: "check", name: "check", run });
        } else {
          const ended = running;
          running = undefined;
          ended?.[what]();
        }
        await quiet();
      }
      while (running !== undefined) {
        const ended = running;
        running = undefined;
        ended.end();
        await quiet();
      }
      await queue.whenIdle();
      expect(isWanted).toBe(false);
      for (const error of errors) expect(String(error)).toBe("Error: A job.");
    }),
    runs(50),
  );
});

test("it is idle only when no job waits for its time, its turn or its end", async () => {
  const clock = virtualClock();
  const queue = jobQueue(clock, () => undefined);
  const ending = newGate();
  let isIdle = false;
  const compare = (): Promise<void> => ending.opened;
  const run = (): void => {
    queue.add({ kind: "compare", run: compare });
  };
  queue.add({ kind: "message", delay: 300, run });
  const idle = queue.whenIdle().then(() => {
    isIdle = true;
  });
  await quiet();
  clock.tick(299);
  await quiet();
  expect(isIdle).toBe(false);
  clock.tick(1);
  await quiet();
  expect(isIdle).toBe(false);
  ending.open();
  await idle;
  expect(isIdle).toBe(true);
  await queue.whenIdle();
});

/** A queue, and a function that adds a job of the same name that waits for 300 ms. */
function followed(longestDelay?: number) {
  const clock = virtualClock();
  const queue = jobQueue(clock, () => undefined);
  const counts = { runs: 0 };
  const run = (): number => counts.runs++;
  const longest = longestDelay === undefined ? {} : { longestDelay };
  const add = (): void => {
    queue.add({ kind: "message", name: "follow", delay: 300, ...longest, run });
  };
  return { clock, queue, add, counts };
}

test("jobs of the same name are merged with a delayed one", async () => {
  const { clock, queue, add, counts } = followed();
  for (let time = 0; time < 300; time += 100) {
    add();
    clock.tick(100);
  }
  await quiet();
  expect(counts.runs).toBe(1);
  add();
  clock.tick(300);
  await queue.whenIdle();
  expect(counts.runs).toBe(2);
});

test("a delay restarts with each job of its name, and ends at the latest when the longest does", async () => {
  const { clock, queue, add, counts } = followed(1000);
  const addAndPass = async (milliseconds: number): Promise<void> => {
    add();
    clock.tick(milliseconds);
    await quiet();
  };
  await addAndPass(200);
  await addAndPass(299);
  expect(counts.runs).toBe(0);
  clock.tick(1);
  await quiet();
  expect(counts.runs).toBe(1);
  for (let time = 0; time < 900; time += 100) await addAndPass(100);
  expect(counts.runs).toBe(1);
  await addAndPass(100);
  expect(counts.runs).toBe(2);
  await queue.whenIdle();
  expect(counts.runs).toBe(2);
});

test("an error of a job is reported, thrown or rejected, and the others go on", async () => {
  const errors: string[] = [];
  const queue = jobQueue(virtualClock(), (error) => errors.push(String(error)));
  let isDone = false;
  queue.add({
    kind: "message",
    run: () => {
      throw new Error("at once");
    },
  });
  queue.add({ kind: "report", run: () => Promise.reject(new Error("later")) });
  queue.add({
    kind: "save",
    run: () => {
      isDone = true;
    },
  });
  await queue.whenIdle();
  expect(errors).toEqual(["Error: at once", "Error: later"]);
  expect(isDone).toBe(true);
});
