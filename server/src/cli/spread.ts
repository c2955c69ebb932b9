import { availableParallelism } from "node:os";
import { parentPort, type Worker, workerData } from "node:worker_threads";
import type { Settings } from "../settings/settings.ts";
import { checkFile, type FileOptions, type FileOutcome, type FileTask } from "./check-file.ts";

/** Starts this program again as a worker thread, with its data. */
export type StartWorker = (data: unknown) => Worker;

/** A start of another thread costs as long as checking about so many bytes. */
const WORTH_A_THREAD = 1_000_000;

/** How many bytes of drafts are taken at a time: enough that taking costs nothing, little enough that all end together. */
const HANDFUL = 200_000;

const MOST_THREADS = 8;

export interface Spread {
  readonly tasks: readonly (FileTask & { readonly size: number })[];
  readonly options: FileOptions;
  readonly startWorker: StartWorker | undefined;
  /** Called with the task's index, in no order. */
  readonly done: (index: number, outcome: FileOutcome) => void;
}

/**
 * Checks files on this thread, and on others where there is enough to do. The threads take handfuls
 * of files off one list by a counter they share, so none waits for another.
 */
export async function spread({ tasks, options, startWorker, done }: Spread): Promise<void> {
  const handfuls = handfulsOf(tasks);
  const counter = new Int32Array(new SharedArrayBuffer(4));
  const total = tasks.reduce((sum, task) => sum + task.size, 0);
  const helpers =
    startWorker === undefined || total < WORTH_A_THREAD
      ? 0
      : Math.min(availableParallelism(), MOST_THREADS, handfuls.length) - 1;
  const open = new Set(tasks.keys());
  const finish = (index: number, outcome: FileOutcome): void => {
    open.delete(index);
    done(index, outcome);
  };
  const others: Promise<void>[] = [];
  if (startWorker !== undefined && helpers > 0) {
    const data: WorkerData = {
      galley: "check files",
      ...packed(tasks),
      handfuls,
      counter,
      options,
    };
    for (let count = 0; count < helpers; count++) others.push(ended(startWorker(data), finish));
  }
  const checkHere = (index: number): void => {
    const task = tasks[index];
    if (task !== undefined) finish(index, checkFile(task, options));
  };
  for (let next = take(counter); next < handfuls.length; next = take(counter)) {
    handfuls[next]?.forEach(checkHere);
    // Lets what the other threads have found come in, and the progress bar move.
    await new Promise<void>((resolve) => setImmediate(resolve));
  }
  await Promise.all(others);
  // A thread that broke down took its handful with it.
  [...open].forEach(checkHere);
}

interface WorkerData {
  readonly galley: "check files";
  readonly files: readonly (Omit<FileTask, "settings"> & { readonly settings: number })[];
  readonly settings: readonly Settings[];
  readonly handfuls: readonly (readonly number[])[];
  readonly counter: Int32Array;
  readonly options: FileOptions;
}

/** Whether a worker thread was started by `spread`. */
export function isFileWork(data: unknown): boolean {
  return (data as Partial<WorkerData> | null)?.galley === "check files";
}

/** What a worker thread does that `spread` has started. */
export function work(): void {
  const { files, settings, handfuls, counter, options } = workerData as WorkerData;
  for (let next = take(counter); next < handfuls.length; next = take(counter)) {
    const outcomes: [number, FileOutcome][] = [];
    for (const index of handfuls[next] ?? []) {
      const file = files[index];
      const set = file && settings[file.settings];
      if (file === undefined || set === undefined) continue;
      outcomes.push([index, checkFile({ ...file, settings: set }, options)]);
    }
    parentPort?.postMessage(outcomes);
  }
}

/** Hears a worker out until it ends, well or not. */
function ended(
  worker: Worker,
  finish: (index: number, outcome: FileOutcome) => void,
): Promise<void> {
  return new Promise((resolve) => {
    worker.on("message", (outcomes: readonly [number, FileOutcome][]) => {
      for (const [index, outcome] of outcomes) finish(index, outcome);
    });
    worker.on("error", () => {
      resolve();
    });
    worker.on("exit", () => {
      resolve();
    });
  });
}

function take(counter: Int32Array): number {
  return Atomics.add(counter, 0, 1);
}

/** Equal settings are sent once, so that each thread keeps what it found with one object. */
function packed(tasks: readonly FileTask[]): Pick<WorkerData, "files" | "settings"> {
  const settings = [...new Set(tasks.map((task) => task.settings))];
  const numbers = new Map(settings.map((one, index) => [one, index]));
  return {
    settings,
    files: tasks.map(({ file, format, asked, settings: set }) => ({
      file,
      format,
      asked,
      settings: numbers.get(set) ?? 0,
    })),
  };
}

function handfulsOf(tasks: readonly { readonly size: number }[]): number[][] {
  const handfuls: number[][] = [];
  let bytes = HANDFUL;
  tasks.forEach(({ size }, index) => {
    if (bytes >= HANDFUL) {
      handfuls.push([]);
      bytes = 0;
    }
    handfuls.at(-1)?.push(index);
    bytes += size;
  });
  return handfuls;
}
