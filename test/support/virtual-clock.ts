import type { Clock } from "../../server/src/project/host.ts";

/**
 * A clock for tests: time stands still until a test moves it. Pass it to a server with `connect({ host: { clock } })`.
 * With files in memory, everything happens in the same order in each run.
 */
export interface VirtualClock extends Clock {
  /** Timers that are not due yet. */
  readonly pending: number;
  /**
   * Advances time by some milliseconds. Timers due by then are called in order, each at its own time, and once the work
   * before it is at rest.
   */
  advance(milliseconds: number): Promise<void>;
  /** Advances time at once: calls the timers that are due, and awaits nothing. */
  tick(milliseconds: number): void;
  /** Advances time from timer to timer until none is left. Returns the milliseconds that took. */
  runAll(): Promise<number>;
  /** Advances time from timer to timer until a promise settles, such as the answer to "galley/settled". */
  until<T>(promise: Promise<T>): Promise<T>;
}

/** Work is at rest after this many turns of the event loop without using the clock. */
const QUIET_TURNS = 20;

/** If `runAll` or `until` calls more timers than this, they wait for each other without end. */
const MOST_TIMERS = 100_000;

interface Timer {
  /** In milliseconds. */
  readonly due: number;
  readonly call: () => void;
}

/** Each look at the clock takes `cost()` milliseconds, so that work can take longer than a time slice. */
export function virtualClock(cost = (): number => 0): VirtualClock {
  let now = 0;
  let uses = 0;
  /** In the order in which they were set. */
  const waiting = new Set<Timer>();

  const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

  const atRest = async (): Promise<void> => {
    for (let quiet = 0; quiet < QUIET_TURNS; quiet++) {
      const before = uses;
      await turn();
      if (uses !== before) quiet = 0;
    }
  };

  /** The timer that is due first; of two at the same time, the one set first. */
  const first = (): Timer | undefined => {
    let found: Timer | undefined;
    for (const timer of waiting) if (found === undefined || timer.due < found.due) found = timer;
    return found;
  };

  const callNext = (timer: Timer): void => {
    waiting.delete(timer);
    now = Math.max(now, timer.due);
    timer.call();
  };

  return {
    now: () => (now += cost()),
    turn: () => {
      uses++;
      return turn();
    },
    after: (milliseconds, call) => {
      uses++;
      const timer = { due: now + milliseconds, call };
      waiting.add(timer);
      return {
        dispose: () => {
          waiting.delete(timer);
        },
      };
    },
    get pending() {
      return waiting.size;
    },
    advance: async (milliseconds) => {
      const end = now + milliseconds;
      await atRest();
      for (let next = first(); next !== undefined && next.due <= end; next = first()) {
        callNext(next);
        await atRest();
      }
      now = Math.max(now, end);
    },
    tick: (milliseconds) => {
      const end = now + milliseconds;
      for (let next = first(); next !== undefined && next.due <= end; next = first()) {
        callNext(next);
      }
      now = Math.max(now, end);
    },
    runAll: async () => {
      const start = now;
      await atRest();
      let count = 0;
      for (let next = first(); next !== undefined; next = first()) {
        if (count++ > MOST_TIMERS) throw new Error("Each timer sets another one.");
        callNext(next);
        await atRest();
      }
      return now - start;
    },
    until: async (promise) => {
      const state = { isSettled: false };
      const settle = (): void => {
        state.isSettled = true;
      };
      promise.then(settle, settle);
      for (let count = 0; ;) {
        await atRest();
        if (state.isSettled) return promise;
        const next = first();
        // Without a timer it waits for files or messages.
        if (next === undefined) continue;
        if (count++ > MOST_TIMERS) throw new Error("Each timer sets another one.");
        callNext(next);
      }
    },
  };
}
