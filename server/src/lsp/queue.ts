import type { Clock } from "../project/host.ts";

/**
 * Kinds of jobs, the most urgent first: what follows from a message, what is sent to the client, the
 * comparison of drafts, the search for drafts, the judging of drafts on disk, and the writing of the cache.
 */
export const JOB_KINDS = ["message", "report", "compare", "scan", "judge", "save"] as const;

export type JobKind = (typeof JOB_KINDS)[number];

export interface Job {
  readonly kind: JobKind;
  /**
   * Of jobs with one name one waits at a time, so that it does not matter which was added, and none begins
   * while another runs. A job without a name stands for itself.
   */
  readonly name?: string;
  /** Milliseconds that it waits first; asked only if no other of its name waits. */
  readonly delay?: () => number;
  /** Reads what it needs when it runs, not when it was added. */
  readonly run: () => unknown;
}

/** All that the server does between two messages. */
export interface JobQueue {
  add(job: Job): void;
  /** Settles when no job waits or runs. */
  whenIdle(): Promise<void>;
}

/** Whatever a job throws is given to `failed`; the others go on. */
export function jobQueue(clock: Clock, failed: (error: unknown) => void): JobQueue {
  /** Jobs that could begin now, by kind, the longest waiting first. */
  const ready = new Map<JobKind, Set<Job>>(JOB_KINDS.map((kind) => [kind, new Set()]));
  /** Names of jobs that wait, for their time or their turn. */
  const waiting = new Set<string>();
  /** Names of jobs that run, each with the job of its name that comes next. */
  const running = new Map<string, Job | undefined>();
  /** How many jobs have been added and are not done. */
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

  /** Takes a job whose time has come. */
  const makeReady = (job: Job): void => {
    if (job.name !== undefined && running.has(job.name)) {
      running.set(job.name, job);
    } else if (job.kind === "message") {
      // It mostly waits for others, and what it does itself is short.
      begin(job);
    } else {
      ready.get(job.kind)?.add(job);
      if (!isDraining) void drainReady();
    }
  };

  /** Begins what is ready, the most urgent first, and lets waiting messages through before each. */
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
        if (waiting.has(name)) return;
        waiting.add(name);
      }
      count++;
      if (delay === undefined) makeReady(job);
      else {
        clock.after(delay(), () => {
          makeReady(job);
        });
      }
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
