import { availableParallelism } from "node:os";
import { type StartWorker, threadPool } from "../host/node/thread-pool.ts";
import type { Settings } from "../settings/settings.ts";
import {
  CHECK_FILES,
  checkFile,
  type FileOptions,
  type FileOutcome,
  type FileTask,
  toFileTask,
} from "./check-file.ts";
import type { Input } from "./inputs.ts";

/**
 * In so many bytes of drafts a second thread saves as much waiting as it costs processor time, by compiling all code
 * again (see docs/performance.md).
 */
const SECOND_THREAD_BYTES = 12_000_000;

/** Bytes in a batch: enough to amortize the message, few enough that all threads end together. */
const BATCH_BYTES = 100_000;

const MAX_THREADS = 8;

/** Batches sent to a thread ahead, so that it does not wait for this thread to send the next. */
const BATCHES_PER_THREAD = 2;

export interface ParallelCheck {
  readonly tasks: readonly ParallelTask[];
  readonly options: FileOptions;
  readonly startWorker: StartWorker | undefined;
  /** Called with the task's index, in no order. */
  readonly done: (index: number, outcome: FileOutcome) => void;
}

interface ParallelTask extends FileTask {
  readonly settings: Settings;
  /** In bytes. */
  readonly size: number;
}

/** The task of checking an input, as it is on disk or with this content. */
export function toTask(input: Input, bytes?: Uint8Array): ParallelTask {
  return {
    ...toFileTask(input, bytes),
    settings: input.resolved.settings,
    size: bytes?.length ?? input.size,
  };
}

/**
 * How many threads check so many bytes of drafts, this one among them, on a computer with so many cores: as many as
 * each save at least as much waiting as they cost. Each costs the same, and the n-th takes work ÷ n(n − 1) from the
 * wait, which was work ÷ (n − 1): what pays for a second thread once pays for an n-th from n(n − 1) ÷ 2 times as much.
 */
export function threadsFor(bytes: number, cores: number): number {
  const worthwhile = Math.floor((1 + Math.sqrt(1 + (8 * bytes) / SECOND_THREAD_BYTES)) / 2);
  return Math.max(1, Math.min(worthwhile, cores, MAX_THREADS));
}

/** Checks files on this thread, and on worker threads if there is enough to do. All take batches from one list. */
export async function checkInParallel({
  tasks,
  options,
  startWorker,
  done,
}: ParallelCheck): Promise<void> {
  const waiting = toBatches(tasks);
  const total = tasks.reduce((sum, task) => sum + task.size, 0);
  const others =
    startWorker === undefined
      ? 0
      : Math.max(0, Math.min(threadsFor(total, availableParallelism()), waiting.length) - 1);
  const workers: Promise<void>[] = [];
  const pool =
    startWorker === undefined || others === 0
      ? undefined
      : threadPool(CHECK_FILES, startWorker, others, options);
  try {
    const worker = async (): Promise<void> => {
      for (let next = waiting.shift(); pool !== undefined && next; next = waiting.shift()) {
        const { settings, indexes, files } = next;
        const outcomes = await pool.run(settings, files);
        outcomes.forEach((outcome, at) => {
          done(indexes[at] ?? 0, outcome);
        });
      }
    };
    for (let count = 0; count < others * BATCHES_PER_THREAD; count++) workers.push(worker());
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const { settings, indexes, files } = next;
      files.forEach((file, at) => {
        done(indexes[at] ?? 0, checkFile(file, settings, options));
      });
      // Yields, so that the workers' results are handled and the progress bar moves.
      await new Promise<void>((resolve) => setImmediate(resolve));
    }
    await Promise.all(workers);
  } finally {
    pool?.dispose();
  }
}

/** Files that are checked together, under the same settings. */
interface Batch {
  readonly settings: Settings;
  /** Their indices in the list of tasks. */
  readonly indexes: number[];
  readonly files: FileTask[];
}

function toBatches(tasks: readonly ParallelTask[]): Batch[] {
  const batches: Batch[] = [];
  /** For each settings, the batch that is not full, and its size in bytes. */
  const open = new Map<Settings, { readonly batch: Batch; bytes: number }>();
  tasks.forEach(({ path, format, explicitlyIncluded, bytes, settings, size }, index) => {
    let last = open.get(settings);
    if (last === undefined || last.bytes >= BATCH_BYTES) {
      last = { batch: { settings, indexes: [], files: [] }, bytes: 0 };
      open.set(settings, last);
      batches.push(last.batch);
    }
    last.batch.indexes.push(index);
    last.batch.files.push({ path, format, explicitlyIncluded, bytes });
    last.bytes += size;
  });
  return batches;
}
