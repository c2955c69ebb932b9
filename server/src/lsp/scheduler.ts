/** Keeps pieces of work under way until nothing is left to begin. */
export interface Scheduler {
  readonly state: "idle" | "working";
  /** To be called whenever there may be something new to begin; at any time, also by what is called from here. */
  wake(): void;
}

export interface Work {
  /**
   * Begins whatever can be begun now, and gives a promise for each piece. Called again whenever a
   * piece is done. It must not begin the same piece twice.
   */
  begin(running: number): readonly Promise<void>[];
  /** Called when nothing is under way any more and nothing could be begun. May make more to do. */
  readonly onIdle: () => void;
  /** Called with what a piece, or a call of these, has thrown. */
  readonly onError: (error: unknown) => void;
}

/**
 * One loop, and no way to enter it twice: while it runs, waking it only has it look again. Every turn
 * of it waits for a piece that is under way, so it ends when no piece is, and can't spin. `enter` runs it:
 * at once, or as a job of a queue.
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

  /** What fails is told, and the rest goes on. */
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
