import type { Clock, Disposable } from "../project/host.ts";
import type { Store } from "./store.ts";

/** Tells when the user neither types nor asks for anything. */
export interface InputIdle {
  readonly isIdle: boolean;
  /** Calls back once, when the input has ended. While one call waits, others are dropped. */
  whenIdle(call: () => void): void;
}

/** Milliseconds without an edit or a request after which the input has ended. */
export const INPUT_IDLE = 400;

/** Nothing polls: each edit or request starts the one timer anew, as long as a call waits. */
export function inputIdle(clock: Clock, store: Pick<Store, "state" | "until">): InputIdle {
  /** That of the call that waits. */
  let timer: Disposable | undefined;

  const remaining = (): number => INPUT_IDLE - (clock.now() - store.state.lastActivity);

  const start = (call: () => void): void => {
    const { lastActivity } = store.state;
    const own = clock.after(Math.max(0, remaining()), () => {
      timer = undefined;
      call();
    });
    timer = own;
    void store
      .until((state) => timer !== own || state.lastActivity !== lastActivity)
      .then(() => {
        if (timer !== own) return;
        own.dispose();
        start(call);
      });
  };

  return {
    get isIdle() {
      return remaining() <= 0;
    },
    whenIdle: (call) => {
      if (timer === undefined) start(call);
    },
  };
}
