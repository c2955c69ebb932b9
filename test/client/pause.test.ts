import { expect, onTestFinished, test, vi } from "vitest";
import type { Memento } from "vscode";
import { Pause } from "../../client/src/pause.ts";
import { PAUSED } from "../../server/src/protocol.ts";
import { desk, newDesk } from "../support/vscode.ts";

/** The state that survives a window. */
function newState(): Memento {
  const kept = new Map<string, unknown>();
  const update = (key: string, value: unknown): Promise<void> => {
    kept.set(key, value);
    return Promise.resolve();
  };
  return { get: (key: string) => kept.get(key), update, keys: () => [] };
}

const DAY = 24 * 60 * 60 * 1000;

/** A pause that began at some time, and how often it was announced to begin or end. */
async function paused(state: Memento, time: Date): Promise<[Pause, { times: number }]> {
  vi.useFakeTimers({ now: time, toFake: ["Date", "setTimeout", "clearTimeout"] });
  onTestFinished(() => {
    vi.useRealTimers();
  });
  newDesk();
  const pause = new Pause(state);
  const said = { times: 0 };
  pause.onDidChange(() => said.times++);
  await desk.commands.get("galley.pause")?.();
  expect([pause.isOn, said.times]).toEqual([true, 1]);
  return [pause, said];
}

test.each([0, 9, 23.999])("started at %d o’clock, it ends by itself at midnight", async (hours) => {
  const begun = new Date(2026, 1, 3).getTime() + hours * 60 * 60 * 1000;
  const [pause, said] = await paused(newState(), new Date(begun));
  const midnight = new Date(2026, 1, 4).getTime();
  vi.advanceTimersByTime(midnight - begun - 1);
  expect([pause.isOn, said.times]).toEqual([true, 1]);
  vi.advanceTimersByTime(1);
  expect([pause.isOn, said.times]).toEqual([false, 2]);
});

test("it ends on request, and a new window on the same day still has it", async () => {
  const state = newState();
  await paused(state, new Date(2026, 1, 3, 9));
  const again = new Pause(state);
  expect(again.isOn).toBe(true);
  await desk.commands.get("galley.resume")?.();
  expect(again.isOn).toBe(false);
});

test("after a sleep past midnight, it ends when the window gets the focus", async () => {
  const [pause, said] = await paused(newState(), new Date(2026, 1, 3, 9));
  vi.setSystemTime(Date.now() + DAY);
  desk.event("onDidChangeWindowState").fire(undefined);
  expect([pause.isOn, said.times]).toEqual([false, 2]);
});

test("the server gets it among its settings, with VS Code's values of all others", async () => {
  const [{ middleware }] = await paused(newState(), new Date(2026, 1, 3, 9));
  const items = ["galley", PAUSED, "files.exclude"].map((section) => ({ section }));
  const next = () => ["a", null, "b"];
  const asked = middleware.configuration?.({ items }, {} as never, next as never);
  expect(await asked).toEqual(["a", true, "b"]);
});
