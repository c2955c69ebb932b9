import type { Clock } from "../project/host.ts";

/**
 * Kinds of jobs by priority, the highest first: handling a message, sending reports, comparing drafts,
 * walking folders, checking drafts on disk, and writing the cache.
 */
export const JOB_KINDS = ["message", "report", "compare", "scan", "check", "save"] as const;

export type JobKind = (typeof JOB_KINDS)[number];

export interface Job {
  readonly kind: JobKind;
  /**
   * Jobs with the same name are merged: one waits at a time, and none starts while another runs. A job
   * without a name is never merged.
   */
  readonly name?: string;
  /** Milliseconds before it is ready. */
  readonly delay?: number;
  /**
   * If given, each added job of this name restarts the delay, as long as it ends within this many milliseconds of the
   * first.
   */
  readonly longestDelay?: number;
  /** Reads what it needs when it runs, not when it was added. */
  readonly run: () => unknown;
}

/** The jobs that the server runs between two messages. */
export interface JobQueue {
  add(job: Job): void;
  /** Resolves when no job waits or runs. */
  whenIdle(): Promise<void>;
}

/** Errors in a job go to `failed`; the other jobs continue. */
export function jobQueue(clock: Clock, failed: (error: unknown) => void): JobQueue {
  // Long, as its functions share what waits and what runs.
  /** Jobs that are ready to run, by kind, first in first out. */
  const ready = new Map<JobKind, Set<Job>>(JOB_KINDS.map((kind) => [kind, new Set()]));
  /** Names of jobs that are delayed or ready. */
  const waiting = new Set<string>();
  /** By job name, for jobs whose delay can restart: what restarts it. */
  const delays = new Map<string, () => void>();
  /** Names of running jobs, each with the next job of that name. */
  const running = new Map<string, Job | undefined>();
  /** Jobs that are delayed, ready or running. */
  let count = 0;
  let isDraining = false;
  let idle: (() => void)[] = [];

  const begin = (job: Job): void => {
    const { name } = job;
    if (name !== undefined) {
      waiting.delete(name);
      running.set(name, undefined);
    }
    void attempt(job.run).then(() => {
      count--;
      if (name !== undefined) {
        const next = running.get(name);
        running.delete(name);
        if (next !== undefined) makeReady(next);
      }
      if (count > 0) return;
      const settled = idle;
      idle = [];
      for (const settle of settled) settle();
    });
  };

  const attempt = async (run: Job["run"]): Promise<void> => {
    try {
      await run();
    } catch (error) {
      failed(error);
    }
  };

  const makeReady = (job: Job): void => {
    if (job.name !== undefined && running.has(job.name)) {
      running.set(job.name, job);
    } else if (job.kind === "message") {
      // Its own work is short, because it mostly awaits other work.
      begin(job);
    } else {
      ready.get(job.kind)?.add(job);
      if (!isDraining) void drainReady();
    }
  };

  const makeReadyLater = (job: Job, delay: number): void => {
    const { name, longestDelay } = job;
    const end = (): void => {
      if (name !== undefined) delays.delete(name);
      makeReady(job);
    };
    let timer = clock.after(delay, end);
    if (name === undefined || longestDelay === undefined) return;
    const last = clock.now() + longestDelay;
    delays.set(name, () => {
      if (clock.now() + delay > last) return;
      timer.dispose();
      timer = clock.after(delay, end);
    });
  };

  /** Runs the ready jobs by priority, and yields to waiting messages before each. */
  const drainReady = async (): Promise<void> => {
    isDraining = true;
    for (;;) {
      await clock.turn();
      const job = mostUrgent();
      if (job === undefined) break;
      begin(job);
    }
    isDraining = false;
  };

  const mostUrgent = (): Job | undefined => {
    for (const jobs of ready.values()) {
      for (const job of jobs) {
        jobs.delete(job);
        return job;
      }
    }
    return undefined;
  };

  return {
    add: (job) => {
      const { name, delay } = job;
      if (name !== undefined) {
        if (waiting.has(name)) {
          delays.get(name)?.();
          return;
        }
        waiting.add(name);
      }
      count++;
      if (delay === undefined) makeReady(job);
      else makeReadyLater(job, delay);
    },
    whenIdle: async () => {
      while (count > 0) {
        await new Promise<void>((resolve) => {
          idle.push(resolve);
        });
      }
    },
  };
}
