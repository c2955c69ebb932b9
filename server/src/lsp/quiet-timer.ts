import type { Clock, Disposable } from "../project/host.ts";
import type { Store } from "./store.ts";

/** Dispatches `quiet-over` when the paragraph that is held back has been quiet for long enough. */
export interface QuietTimer extends Disposable {
  /** Asks for it at this time, in milliseconds of the clock. */
  set(until: number): void;
}

/** One timer serves all keystrokes: when it is due, it looks whether one came meanwhile, and waits for the rest. */
export function newQuietTimer(clock: Clock, store: Store): QuietTimer {
  let pending: Disposable | undefined;

  const due = (): void => {
    pending = undefined;
    const { heldBack } = store.state;
    if (heldBack === undefined) return;
    const at = clock.now();
    if (heldBack.until > at) set(heldBack.until);
    else store.dispatch({ type: "quiet-over", at });
  };

  const set = (until: number): void => {
    pending ??= clock.after(Math.max(0, until - clock.now()), due);
  };

  return {
    set,
    dispose: () => {
      pending?.dispose();
      pending = undefined;
    },
  };
}
