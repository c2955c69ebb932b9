import type { Connection } from "vscode-languageserver";
import { expect, test } from "vitest";
import { toClient } from "../../server/src/lsp/client.ts";
import { countDone } from "../../server/src/lsp/disk-checks.ts";
import { startProgress } from "../../server/src/lsp/disk-checks.ts";
import { Disk } from "../../server/src/lsp/session.ts";
import { testHost } from "../support/lsp-host.ts";
import { virtualClock } from "../support/virtual-clock.ts";

function bar(showsProgress = true, refuses = false) {
  const clock = virtualClock();
  const told: string[] = [];
  let onCancel: (() => void) | undefined;
  const made = {
    begin: (title: string, percentage: number, message: string) =>
      told.push(`begin ${title}: ${percentage} ${message}`),
    report: (percentage: number, message: string) => told.push(`${percentage} ${message}`),
    done: () => told.push("done"),
    token: {
      onCancellationRequested: (call: () => void) => {
        onCancel = call;
      },
    },
  };
  const createWorkDoneProgress = (): Promise<typeof made> =>
    refuses ? Promise.reject(new Error("refused")) : Promise.resolve(made);
  const connection = { window: { createWorkDoneProgress } } as unknown as Connection;
  const capabilities = { window: { workDoneProgress: showsProgress } };
  const client = toClient({ capabilities, workspaceFolders: null });
  let cancelled = 0;
  const progress = startProgress(
    { client, connection, host: testHost({ clock }) },
    () => cancelled++,
  );
  return { clock, told, progress, cancel: () => onCancel?.(), cancelled: () => cancelled };
}

test("it is shown only after a while, with the latest message", async () => {
  const { clock, told, progress } = bar();
  progress.report(() => ({ done: 1, total: 10 }));
  progress.report(() => ({ done: 5, total: 10 }));
  await clock.advance(399);
  expect(told).toEqual([]);
  await clock.advance(1);
  expect(told).toEqual(["begin Galley: checking drafts: 50 5 of 10 drafts"]);
  progress.end();
  progress.end();
  expect(told.at(-1)).toBe("done");
  expect(told).toHaveLength(2);
});

test("a check that ends sooner is never shown", async () => {
  const { clock, told, progress } = bar();
  progress.end();
  await clock.runAll();
  expect(told).toEqual([]);
});

test("it is updated at most ten times a second, and never after its end", async () => {
  const { clock, told, progress } = bar();
  await clock.advance(400);
  for (let done = 0; done < 100; done++) {
    progress.report(() => ({ done, total: 100 }));
    await clock.advance(10);
  }
  expect(told.length).toBeGreaterThan(5);
  expect(told.length).toBeLessThan(13);
  progress.end();
  progress.report(() => ({ done: 100, total: 100 }));
  expect(told.at(-1)).toBe("done");
});

test("a draft queued again while it is read, or after it, counts once", () => {
  const disk = new Disk();
  const drafts = Array.from({ length: 31 }, (_, at) => `/a/${at}.md`);
  for (const path of drafts) {
    disk.backlog.add(path);
    disk.busy.add(path);
  }
  expect(countDone(disk)).toEqual({ done: 0, total: 31 });
  for (const path of drafts) disk.busy.delete(path);
  for (const path of drafts.slice(0, 9)) {
    disk.backlog.delete(path);
    disk.done.add(path);
  }
  expect(countDone(disk)).toEqual({ done: 9, total: 31 });
  disk.urgent.add("/a/0.md");
  expect(countDone(disk)).toEqual({ done: 8, total: 31 });
});

test("with nothing to do there is no division by zero", async () => {
  const { clock, told } = bar();
  await clock.advance(400);
  expect(told).toEqual(["begin Galley: checking drafts: 0 0 of 0 drafts"]);
});

test("the user may cancel it; a client without progress, or one that refuses, is left alone", async () => {
  const shown = bar();
  await shown.clock.advance(400);
  shown.cancel();
  expect(shown.cancelled()).toBe(1);
  for (const other of [bar(false), bar(true, true)]) {
    other.progress.report(() => ({ done: 1, total: 2 }));
    await other.clock.advance(500);
    other.progress.report(() => ({ done: 2, total: 2 }));
    other.progress.end();
    expect(other.told).toEqual([]);
  }
});
