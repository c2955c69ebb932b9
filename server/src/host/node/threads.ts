import { availableParallelism, constants, setPriority } from "node:os";
import { parentPort, type Worker } from "node:worker_threads";
import type { StoredFacts } from "../../project/facts.ts";
import type { Settings } from "../../settings/settings.ts";
import type { BatchDraft, Checker } from "../../project/host.ts";
import { checkDraft } from "../../project/in-thread.ts";

/** Starts this program again as a worker thread, with its data. */
export type StartWorker = (data: unknown) => Worker;

/** What a worker thread of this kind is started with. */
export const CHECKER_DATA = { galley: "check drafts" } as const;

const MOST_THREADS = 4;

interface Task {
  readonly settings: number;
  /** Sent once to each thread; afterwards the number stands for it. */
  readonly settingsValue: Settings | undefined;
  readonly drafts: readonly BatchDraft[];
}

interface Thread {
  readonly worker: Worker;
  readonly knows: Set<number>;
  /** The answers that are waited for, in the order of their tasks. */
  readonly waiting: ((facts: Facts) => void)[];
}

type Facts = readonly (StoredFacts | undefined)[];

/**
 * Judges drafts on worker threads: all cores but the one the keyboard has, at most four. They take
 * texts and give facts; nothing stays there. The threads end when the checker is disposed of.
 */
export function threads(startWorker: StartWorker): Checker {
  const width = Math.max(1, Math.min(MOST_THREADS, availableParallelism() - 1));
  const running: Thread[] = [];
  const numbers = new Map<Settings, number>();
  return {
    width,
    isApart: true,
    check: ({ settings, drafts }) => {
      const here = (): Facts => drafts.map((one) => checkDraft(one, settings));
      const free = running.find(({ waiting }) => waiting.length === 0);
      const thread =
        free ?? (running.length < width ? start(running, startWorker) : least(running));
      if (thread === undefined) return Promise.resolve(here());
      const number = numbers.get(settings) ?? numbers.size;
      numbers.set(settings, number);
      const settingsValue = thread.knows.has(number) ? undefined : settings;
      thread.knows.add(number);
      const owned = drafts.map((draft) => ({ ...draft, bytes: ownBytes(draft.bytes) }));
      const task: Task = { settings: number, settingsValue, drafts: owned };
      return new Promise((resolve) => {
        thread.waiting.push((facts) => {
          // A thread that broke down answers with nothing; then it is done here.
          resolve(facts.length === drafts.length ? facts : here());
        });
        thread.worker.postMessage(
          task,
          // The bytes of the drafts are kept here, should the thread break down: copies are sent.
          owned.map(({ bytes }) => bytes.buffer),
        );
      });
    },
    dispose: () => {
      for (const { worker } of running.splice(0)) void worker.terminate();
    },
  };
}

/** What a worker thread does that was started with `CHECKER_DATA`. */
export function answerTasks(): void {
  stepBack();
  const known = new Map<number, Settings>();
  parentPort?.on("message", ({ settings: number, settingsValue, drafts }: Task) => {
    if (settingsValue !== undefined) known.set(number, settingsValue);
    const settings = known.get(number);
    const facts = settings === undefined ? [] : drafts.map((one) => checkDraft(one, settings));
    parentPort?.postMessage(
      facts,
      facts.flatMap((one) => (one === undefined ? [] : buffersOf(one))),
    );
  });
}

/** Lets the server's own thread, which the keyboard waits for, go first. On Linux alone a thread has a priority of its own. */
function stepBack(): void {
  if (process.platform !== "linux") return;
  try {
    setPriority(constants.priority.PRIORITY_BELOW_NORMAL);
  } catch {
    // Then they are equals.
  }
}

function buffersOf({ lines, prints }: StoredFacts): ArrayBuffer[] {
  const arrays = [lines, prints.hashes, prints.places];
  return arrays.flatMap(({ buffer }) => (buffer instanceof ArrayBuffer ? [buffer] : []));
}

/** A new thread, or one that runs already where no more can be started; undefined where none can. */
function start(running: Thread[], startWorker: StartWorker): Thread | undefined {
  let worker: Worker;
  try {
    worker = startWorker(CHECKER_DATA);
  } catch {
    return least(running);
  }
  const thread: Thread = { worker, knows: new Set(), waiting: [] };
  thread.worker.on("message", (facts: Facts) => thread.waiting.shift()?.(facts));
  const broken = (): void => {
    const at = running.indexOf(thread);
    if (at >= 0) running.splice(at, 1);
    for (const answer of thread.waiting.splice(0)) answer([]);
  };
  thread.worker.on("error", broken);
  thread.worker.on("exit", broken);
  running.push(thread);
  return thread;
}

function least(running: readonly Thread[]): Thread | undefined {
  return [...running].sort((a, b) => a.waiting.length - b.waiting.length)[0];
}

function ownBytes(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  return new Uint8Array(bytes);
}
