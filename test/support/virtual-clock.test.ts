import fc from "fast-check";
import { expect, test } from "vitest";
import { runs } from "./property.ts";
import { virtualClock } from "./virtual-clock.ts";
import { connect } from "./lsp.ts";

test("timers are called in order of time, at their time, and equal ones in the order they were set", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.nat(50), { maxLength: 12 }),
      fc.array(fc.nat(30), { maxLength: 6 }),
      async (delays, steps) => {
        const clock = virtualClock();
        const called: [number, number][] = [];
        for (const [number, delay] of delays.entries()) {
          clock.after(delay, () => called.push([clock.now(), number]));
        }
        let time = 0;
        for (const step of steps) {
          await clock.advance(step);
          time += step;
          expect(clock.now()).toBe(time);
          expect(called).toHaveLength(delays.filter((delay) => delay <= time).length);
        }
        await clock.runAll();
        expect(clock.pending).toBe(0);
        // A stable sort: equal times stay in order.
        const order = [...delays.entries()].sort(([, one], [, other]) => one - other);
        expect(called.map(([, number]) => number)).toEqual(order.map(([number]) => number));
      },
    ),
    runs(20),
  );
});

test("a timer set by a timer within the time is called too, and a disposed one is not", async () => {
  const clock = virtualClock();
  const called: string[] = [];
  clock.after(10, () => {
    clock.after(10, () => called.push(`inner at ${clock.now()}`));
  });
  clock.after(15, () => called.push("disposed")).dispose();
  await clock.advance(19);
  expect(called).toEqual([]);
  await clock.advance(1);
  expect(called).toEqual(["inner at 20"]);
});

test("work over many turns ends before time moves", async () => {
  const clock = virtualClock();
  const times: number[] = [];
  const work = async (): Promise<void> => {
    for (let turn = 0; turn < 200; turn++) await clock.turn();
    times.push(clock.now());
  };
  clock.after(5, () => void work());
  clock.after(6, () => times.push(clock.now()));
  expect(await clock.runAll()).toBe(6);
  expect(times).toEqual([5, 6]);
});

test("a server's delays pass when a test moves the clock, and only then", async () => {
  const clock = virtualClock();
  const client = await connect({ host: { clock } });
  await client.open("untitled:one", "The the market.\n");
  let isSettled = false;
  const settled = client.settled().then(() => (isSettled = true));
  // Work that follows an edit waits for typing to end.
  await clock.advance(200);
  expect([isSettled, clock.pending]).toEqual([false, 1]);
  await clock.until(settled);
  expect([isSettled, clock.pending]).toEqual([true, 0]);
  expect(clock.now()).toBe(300);
  await client.stop();
});
