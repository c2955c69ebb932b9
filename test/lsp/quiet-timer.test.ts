import { expect, test } from "vitest";
import type { HeldBack } from "../../server/src/lsp/held-back.ts";
import { newQuietTimer } from "../../server/src/lsp/quiet-timer.ts";
import { INITIAL_STATE } from "../../server/src/lsp/state.ts";
import type { Store } from "../../server/src/lsp/store.ts";
import { virtualClock } from "../support/virtual-clock.ts";

function timer() {
  const clock = virtualClock();
  const over: number[] = [];
  let heldBack: HeldBack | undefined;
  const store: Store = {
    get state() {
      return { ...INITIAL_STATE, heldBack };
    },
    dispatch: (event) => {
      if (event.type === "quiet-over") over.push(event.at);
    },
    until: () => Promise.resolve(),
  };
  const hold = (until: number | undefined): void => {
    heldBack = until === undefined ? undefined : { path: "a", caret: 0, shown: [], until };
  };
  return { clock, over, hold, quiet: newQuietTimer(clock, store) };
}

test("the end of the quiet is told at its time", async () => {
  const { clock, over, hold, quiet } = timer();
  hold(50);
  quiet.set(50);
  await clock.advance(49);
  expect(over).toEqual([]);
  await clock.advance(1);
  expect(over).toEqual([50]);
  expect(clock.pending).toBe(0);
});

test("edits put it off, and there is one timer for all of them", async () => {
  const { clock, over, hold, quiet } = timer();
  for (const until of [50, 80, 120]) {
    hold(until);
    quiet.set(until);
    expect(clock.pending).toBe(1);
    await clock.advance(20);
  }
  await clock.runAll();
  expect(over).toEqual([120]);
});

test("nothing is told where nothing is held any more, or of one that is disposed of", async () => {
  const { clock, over, hold, quiet } = timer();
  hold(50);
  quiet.set(50);
  hold(undefined);
  await clock.runAll();
  hold(200);
  quiet.set(200);
  quiet.dispose();
  expect(clock.pending).toBe(0);
  await clock.runAll();
  expect(over).toEqual([]);
  // It may be set again.
  quiet.set(100);
  hold(100);
  await clock.runAll();
  expect(over).toEqual([100]);
});

test("a time that is past is now", async () => {
  const { clock, over, hold, quiet } = timer();
  await clock.advance(100);
  hold(50);
  quiet.set(50);
  await clock.advance(0);
  expect(over).toEqual([100]);
});
