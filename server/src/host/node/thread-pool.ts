import { constants, setPriority } from "node:os";
import { parentPort, type Worker, workerData } from "node:worker_threads";
import type { Settings } from "../../settings/settings.ts";

/** Starts this program again as a worker thread, with its data. */
export type StartWorker = (data: unknown) => Worker;

/** A job for worker threads: a function of a task, the settings, and a value shared by all tasks. */
export interface ThreadJob<Task, Result, Shared> {
  /** Unique among the jobs. */
  readonly name: string;
  /** Whether the worker threads have a lower priority than the main thread. */
  readonly isBackground: boolean;
  /** Never throws. */
  run(task: Task, settings: Settings, shared: Shared): Result;
  /** A copy of a task to send, and its buffers to transfer; without it tasks are cloned. */
  outgoing?(task: Task): { readonly task: Task; readonly buffers: readonly ArrayBuffer[] };
  /** The buffers of a result to transfer. */
  buffersOf?(result: Result): readonly ArrayBuffer[];
}

/** Worker threads that run tasks; their only state is the settings. */
export interface ThreadPool<Task, Result> {
  /** The most threads. */
  readonly width: number;
  /**
   * Runs tasks with the same settings on a free thread, a new one, or the least busy one. The results are in
   * the order of the tasks. If no thread can be started, or the thread fails, the tasks run on this thread.
   * Never rejects.
   */
  run(settings: Settings, tasks: readonly Task[]): Promise<readonly Result[]>;
  /** Ends the threads. */
  dispose(): void;
}

/** A pool of at most `width` threads, which are started when needed. */
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
          // A thread that failed answers with an empty list.
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

/** The main function of a worker thread of a pool. */
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
  /** Sent once to each thread; afterwards only the number is sent. */
  readonly settingsValue: Settings | undefined;
  readonly tasks: readonly Task[];
}

interface Thread<Result> {
  readonly worker: Worker;
  readonly sentSettings: Set<number>;
  /** The callbacks of pending messages, in the order they were sent. */
  readonly waiting: ((results: readonly Result[]) => void)[];
}

/** A new thread, or the least busy one if none can be started; undefined if there is none. */
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

/** Lowers this thread's priority. Only Linux has priorities for threads. */
function lowerPriority(): void {
  if (process.platform !== "linux") return;
  try {
    setPriority(constants.priority.PRIORITY_BELOW_NORMAL);
  } catch {
    // Then the priorities stay equal.
  }
}
