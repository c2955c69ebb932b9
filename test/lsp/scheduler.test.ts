import fc from "fast-check";
import { expect, test } from "vitest";
import { scheduler } from "../../server/src/lsp/scheduler.ts";
import { runs } from "../support/property.ts";

/** Lets everything happen that waits for nothing but promises. */
function quiet(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

test("whatever happens, every piece is done once, and then it is idle", async () => {
  const step = fc.constantFrom("add", "done", "fail", "wake");
  await fc.assert(
    fc.asyncProperty(
      fc.array(step, { maxLength: 60 }),
      fc.integer({ min: 1, max: 4 }),
      fc.nat(3),
      async (steps, width, late) => {
        let waiting = 0;
        let added = 0;
        let begun = 0;
        let left = late;
        const errors: unknown[] = [];
        const running: { done: () => void; fail: () => void }[] = [];
        const one = scheduler({
          begin: (count) => {
            expect(count).toBe(running.length);
            const pieces: Promise<void>[] = [];
            for (; waiting > 0 && running.length < width; waiting--, begun++) {
              pieces.push(
                new Promise((resolve, reject) => {
                  running.push({
                    done: resolve,
                    fail: () => {
                      reject(new Error("A piece."));
                    },
                  });
                }),
              );
            }
            return pieces;
          },
          onIdle: () => {
            expect([waiting, running.length]).toEqual([0, 0]);
            if (left === 0) return;
            // What is made to do at the end is done as well, and waking from here does not begin it twice.
            left--;
            waiting++;
            added++;
            one.wake();
          },
          onError: (error) => errors.push(error),
        });
        const act = async (what: "add" | "done" | "fail" | "wake"): Promise<void> => {
          if (what === "add") {
            waiting++;
            added++;
          }
          if (what === "add" || what === "wake") one.wake();
          else running.shift()?.[what]();
          await quiet();
        };
        for (const what of steps) await act(what);
        while (running.length > 0) await act("done");
        expect(one.state).toBe("idle");
        expect(begun).toBe(added);
        expect(waiting).toBe(0);
        for (const error of errors) expect(String(error)).toBe("Error: A piece.");
      },
    ),
    runs(200),
  );
});

test("a task that fails is reported, and the others go on", async () => {
  const errors: unknown[] = [];
  let calls = 0;
  const one = scheduler({
    begin: () => {
      calls++;
      if (calls === 1) throw new Error("begin");
      return calls === 2 ? [Promise.resolve()] : [];
    },
    onIdle: () => {
      throw new Error("settle");
    },
    onError: (error) => errors.push(error),
  });
  one.wake();
  expect(one.state).toBe("idle");
  one.wake();
  await quiet();
  expect(one.state).toBe("idle");
  expect(errors.map(String)).toEqual(["Error: begin", "Error: settle"]);
});
