import { availableParallelism, constants, setPriority } from "node:os";
import { parentPort, type Worker } from "node:worker_threads";
import type { StoredFacts } from "../../project/facts.ts";
import type { BatchDraft, Checker } from "../../project/host.ts";
import { checkDraft } from "../../project/check-drafts.ts";
import type { Settings } from "../../settings/settings.ts";

/** Starts this program again as a worker thread. */
export type StartWorker = () => Worker;

const MAX_THREADS = 4;

/**
 * A checker on worker threads: one for each core but one, at most four, each started on demand. A batch goes to a free
 * thread, a new one, or the least busy. If no thread can be started, or one fails, its drafts are checked on this
 * thread. The threads end when the checker is disposed.
 */
export function threads(startWorker: StartWorker, width = widthHere()): Checker {
  const running: Thread[] = [];
  const numbers = new Map<Settings, number>();
  let isDisposed = false;
  return {
    width,
    isOffThread: true,
    check: ({ settings, drafts }) => {
      const here = (): Facts =>
        drafts.map((draft) => (isDisposed ? undefined : checkDraft(draft, settings)));
      if (isDisposed) return Promise.resolve(here());
      const free = running.find(({ waiting }) => waiting.length === 0);
      const thread =
        free ?? (running.length < width ? start(running, startWorker) : leastBusy(running));
      if (thread === undefined) return Promise.resolve(here());
      const number = numbers.get(settings) ?? numbers.size;
      numbers.set(settings, number);
      const isKnown = thread.sentSettings.has(number);
      thread.sentSettings.add(number);
      const message: Message = {
        number,
        settings: isKnown ? undefined : settings,
        drafts,
      };
      return new Promise((resolve) => {
        thread.waiting.push((facts) => {
          // A failed thread answers with an empty list.
          resolve(facts.length === drafts.length ? facts : here());
        });
        thread.worker.postMessage(message);
      });
    },
    dispose: () => {
      isDisposed = true;
      for (const { worker } of running.splice(0)) void worker.terminate();
    },
  };
}

/** The main function of a worker thread. */
export function answerBatches(): void {
  lowerPriority();
  const known = new Map<number, Settings>();
  parentPort?.on("message", ({ number, settings: sent, drafts }: Message) => {
    if (sent !== undefined) known.set(number, sent);
    const settings = known.get(number);
    const facts: Facts =
      settings === undefined ? [] : drafts.map((draft) => checkDraft(draft, settings));
    parentPort?.postMessage(facts);
  });
}

type Facts = readonly (StoredFacts | undefined)[];

interface Message {
  /** The key of the settings. */
  readonly number: number;
  /** Sent once to each thread; later only the number is sent. */
  readonly settings: Settings | undefined;
  readonly drafts: readonly BatchDraft[];
}

interface Thread {
  readonly worker: Worker;
  readonly sentSettings: Set<number>;
  /** The callbacks of pending messages, in the order they were sent. */
  readonly waiting: ((facts: Facts) => void)[];
}

function widthHere(): number {
  return Math.max(1, Math.min(MAX_THREADS, availableParallelism() - 1));
}

/** A new thread, or the least busy one if none can be started; undefined if there is none. */
function start(running: Thread[], startWorker: StartWorker): Thread | undefined {
  let worker: Worker;
  try {
    worker = startWorker();
  } catch {
    return leastBusy(running);
  }
  const thread: Thread = { worker, sentSettings: new Set(), waiting: [] };
  worker.on("message", (facts: Facts) => thread.waiting.shift()?.(facts));
  const broken = (): void => {
    const at = running.indexOf(thread);
    if (at >= 0) running.splice(at, 1);
    for (const answer of thread.waiting.splice(0)) answer([]);
  };
  worker.on("error", broken);
  worker.on("exit", broken);
  running.push(thread);
  return thread;
}

function leastBusy(running: readonly Thread[]): Thread | undefined {
  return [...running].sort((a, b) => a.waiting.length - b.waiting.length)[0];
}

/** Lowers this thread's priority, because typing comes first. Only Linux has thread priorities. */
function lowerPriority(): void {
  if (process.platform !== "linux") return;
  try {
    setPriority(constants.priority.PRIORITY_BELOW_NORMAL);
  } catch {
    // Then the priorities stay equal.
  }
}
