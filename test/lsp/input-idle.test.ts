import fc from "fast-check";
import { expect, test } from "vitest";
import { INPUT_IDLE } from "../../server/src/lsp/disk-checks.ts";
import { quietTimer } from "../../server/src/lsp/quiet.ts";
import type { Checker, Clock } from "../../server/src/project/host.ts";
import { connect } from "../support/for-one-test.ts";
import { memoryFolder } from "../support/memory-folder.ts";
import { runs } from "../support/property.ts";
import { virtualClock } from "../support/virtual-clock.ts";

/* The server's own thread checks drafts on disk only while nobody types. */

test("whatever the pauses between inputs, idleness is reported once, after the last", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.nat(2 * INPUT_IDLE), { maxLength: 8 }), async (pauses) => {
      const clock = virtualClock();
      let end = 0;
      const ends: number[] = [];
      const timer = quietTimer(
        clock,
        () => end,
        () => ends.push(clock.now()),
      );
      const input = (): void => {
        end = clock.now() + INPUT_IDLE;
        timer.start();
      };
      const expected: number[] = [];
      input();
      for (const pause of pauses) {
        // At the very end of a pause either may come first.
        const length = pause === INPUT_IDLE ? pause + 1 : pause;
        if (length > INPUT_IDLE) expected.push(clock.now() + INPUT_IDLE);
        await clock.advance(length);
        // One timer, however much input there was.
        expect(clock.pending).toBe(length > INPUT_IDLE ? 0 : 1);
        input();
      }
      expected.push(clock.now() + INPUT_IDLE);
      await clock.runAll();
      expect(ends).toEqual(expected);
    }),
    runs(50),
  );
});

test("while somebody types, no timer checks repeatedly whether they have stopped", async () => {
  const time = virtualClock();
  const called: number[] = [];
  const clock: Clock = {
    ...time,
    after: (milliseconds, call) =>
      time.after(milliseconds, () => {
        called.push(milliseconds);
        call();
      }),
  };
  const texts = Array.from({ length: 70 }, (_, index) => [`d${index}.md`, "The the market.\n"]);
  const { files, uri } = memoryFolder(Object.fromEntries(texts) as Record<string, string>);
  let reads = 0;
  const read = (file: string): ReturnType<typeof files.read> => {
    reads++;
    return files.read(file);
  };
  // Threads that never finish.
  const checker: Checker = {
    width: 1,
    isOffThread: true,
    check: () => new Promise(() => undefined),
    dispose: () => undefined,
  };
  const client = await connect({
    folders: [uri],
    host: { clock, files: { ...files, read }, checker: () => checker },
  });
  await client.open("untitled:one", "");
  for (let key = 0; key < 50; key++) {
    await client.change("untitled:one", { text: "x".repeat(key) });
    await time.advance(100);
  }
  // The edit is processed, and after a while a progress bar appears: nothing else.
  expect(called.filter((milliseconds) => milliseconds < 300)).toEqual([]);
  const before = reads;
  await time.advance(INPUT_IDLE - 101);
  expect(reads).toBe(before);
  await time.advance(1);
  expect(reads).toBeGreaterThan(before);
});
