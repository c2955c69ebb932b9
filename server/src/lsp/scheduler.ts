/** Runs tasks until none is left to start. */
export interface Scheduler {
  readonly state: "idle" | "working";
  /** Call it whenever there may be a new task; reentrant calls are allowed. */
  wake(): void;
}

export interface Work {
  /**
   * Starts the tasks that can run now, and returns a promise for each. Called again whenever a task is done.
   * It must not start a task twice.
   */
  begin(running: number): readonly Promise<void>[];
  /** Called when no task is running and none could be started. It may add more. */
  readonly onIdle: () => void;
  /** Called with what a task, `begin` or `onIdle` has thrown. */
  readonly onError: (error: unknown) => void;
}

/**
 * One loop that is never entered twice: while it runs, `wake` only makes it look again. Every iteration
 * awaits a running task, so it can't spin. `enter` runs the loop, at once or as a job of a queue.
 */
export function scheduler(
  work: Work,
  enter = (run: () => Promise<void>): void => void run(),
): Scheduler {
  let state: Scheduler["state"] = "idle";
  let running = 0;
  let look = (): void => undefined;

  const begin = (): void => {
    attempt(() => {
      for (const piece of work.begin(running)) {
        running++;
        void piece.catch(work.onError).finally(() => {
          running--;
          look();
        });
      }
    });
  };

  /** Reports an error, and the loop goes on. */
  const attempt = (step: () => void): void => {
    try {
      step();
    } catch (error) {
      work.onError(error);
    }
  };

  const run = async (): Promise<void> => {
    begin();
    while (running > 0) {
      await new Promise<void>((resolve) => {
        look = resolve;
      });
      begin();
      if (running > 0) continue;
      attempt(work.onIdle);
      begin();
    }
    state = "idle";
  };

  return {
    get state() {
      return state;
    },
    wake: () => {
      if (state === "working") {
        look();
        return;
      }
      state = "working";
      enter(run);
    },
  };
}
