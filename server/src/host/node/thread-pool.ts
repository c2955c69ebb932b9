import { constants, setPriority } from "node:os";
import { parentPort, type Worker, workerData } from "node:worker_threads";
import type { Settings } from "../../settings/settings.ts";

/** Starts this program again as a worker thread, with its data. */
export type StartWorker = (data: unknown) => Worker;

/** Work that worker threads do: a function of a task, of the settings, and of what holds for all tasks. */
export interface ThreadJob<Task, Result, Shared> {
  /** No other job has it. */
  readonly name: string;
  /** Whether the main thread, which somebody waits for, goes first. */
  readonly isBackground: boolean;
  /** Never throws. */
  run(task: Task, settings: Settings, shared: Shared): Result;
  /** A task in a form that may be given away, and its buffers; what is not given away is copied. */
  outgoing?(task: Task): { readonly task: Task; readonly buffers: readonly ArrayBuffer[] };
  /** The buffers of a result, which are given away with it. */
  buffersOf?(result: Result): readonly ArrayBuffer[];
}

/** Threads that take tasks and give results; they keep nothing but settings. */
export interface ThreadPool<Task, Result> {
  /** How many threads there may be. */
  readonly width: number;
  /**
   * Has tasks done under the same settings, on a thread that is free, a new one, or the one with the least
   * to do. The results are in the order of the tasks. Where no thread can be started, or one breaks down,
   * all of them are done on this thread. Never rejects.
   */
  run(settings: Settings, tasks: readonly Task[]): Promise<readonly Result[]>;
  /** Ends the threads. */
  dispose(): void;
}

/** A pool of at most `width` threads, each of which is started when it is needed. */
export function threadPool<Task, Result, Shared>(
  job: ThreadJob<Task, Result, Shared>,
  startWorker: StartWorker,
  width: number,
  shared: Shared,
): ThreadPool<Task, Result> {
  const running: Thread<Result>[] = [];
  const numbers = new Map<Settings, number>();
  return {
    width,
    run: (settings, tasks) => {
      const here = (): readonly Result[] => tasks.map((task) => job.run(task, settings, shared));
      const free = running.find(({ waiting }) => waiting.length === 0);
      const data: ThreadData = { galley: job.name, shared };
      const thread =
        free ??
        (running.length < width ? start(running, () => startWorker(data)) : leastBusy(running));
      if (thread === undefined) return Promise.resolve(here());
      const number = numbers.get(settings) ?? numbers.size;
      numbers.set(settings, number);
      const settingsValue = thread.sentSettings.has(number) ? undefined : settings;
      thread.sentSettings.add(number);
      const sent = tasks.map((task) => job.outgoing?.(task) ?? { task, buffers: [] });
      const message: Message<Task> = {
        settings: number,
        settingsValue,
        tasks: sent.map(({ task }) => task),
      };
      return new Promise((resolve) => {
        thread.waiting.push((results) => {
          // A thread that broke down answers with nothing; then it is done here.
          resolve(results.length === tasks.length ? results : here());
        });
        thread.worker.postMessage(
          message,
          sent.flatMap(({ buffers }) => buffers),
        );
      });
    },
    dispose: () => {
      for (const { worker } of running.splice(0)) void worker.terminate();
    },
  };
}

/** What a worker thread does that a pool has started, for one of the jobs. */
export function answerTasks(jobs: readonly ThreadJob<unknown, unknown, unknown>[]): void {
  const { galley, shared } = workerData as ThreadData;
  const job = jobs.find(({ name }) => name === galley);
  if (job === undefined) return;
  if (job.isBackground) lowerPriority();
  const known = new Map<number, Settings>();
  parentPort?.on("message", ({ settings: number, settingsValue, tasks }: Message<unknown>) => {
    if (settingsValue !== undefined) known.set(number, settingsValue);
    const settings = known.get(number);
    const results: unknown[] =
      settings === undefined ? [] : tasks.map((task): unknown => job.run(task, settings, shared));
    parentPort?.postMessage(
      results,
      results.flatMap((result) => job.buffersOf?.(result) ?? []),
    );
  });
}

/** What a worker thread is started with. */
interface ThreadData {
  readonly galley: string;
  readonly shared: unknown;
}

interface Message<Task> {
  readonly settings: number;
  /** Sent once to each thread; afterwards the number stands for it. */
  readonly settingsValue: Settings | undefined;
  readonly tasks: readonly Task[];
}

interface Thread<Result> {
  readonly worker: Worker;
  readonly sentSettings: Set<number>;
  /** The answers that are waited for, in the order of their tasks. */
  readonly waiting: ((results: readonly Result[]) => void)[];
}

/** A new thread, or one that runs already where no more can be started; undefined where none can. */
function start<Result>(
  running: Thread<Result>[],
  startWorker: () => Worker,
): Thread<Result> | undefined {
  let worker: Worker;
  try {
    worker = startWorker();
  } catch {
    return leastBusy(running);
  }
  const thread: Thread<Result> = { worker, sentSettings: new Set(), waiting: [] };
  thread.worker.on("message", (results: readonly Result[]) => thread.waiting.shift()?.(results));
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

function leastBusy<Result>(running: readonly Thread<Result>[]): Thread<Result> | undefined {
  return [...running].sort((a, b) => a.waiting.length - b.waiting.length)[0];
}

/** Lets the main thread go first. On Linux alone a thread has a priority of its own. */
function lowerPriority(): void {
  if (process.platform !== "linux") return;
  try {
    setPriority(constants.priority.PRIORITY_BELOW_NORMAL);
  } catch {
    // Then they are equals.
  }
}
