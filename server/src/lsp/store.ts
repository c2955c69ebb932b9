import type { Effect } from "./effects.ts";
import { effectsOf } from "./effects.ts";
import type { Event } from "./events.ts";
import { INITIAL_STATE, type ServerState } from "./state.ts";
import { transition } from "./transition.ts";

/** The one place that knows what the state is now. */
export interface Store {
  readonly state: ServerState;
  /** Makes the next state, and has done what is to be done about the event. */
  dispatch(event: Event): void;
  /** Settles when the state is as wanted: now, or after an event. */
  until(isWanted: (state: ServerState) => boolean): Promise<void>;
}

/** A store that has what is to be done performed, each effect at once and in order. */
export function newStore(perform: (effect: Effect) => void): Store {
  let state = INITIAL_STATE;
  const waiting = new Set<() => void>();
  return {
    get state() {
      return state;
    },
    dispatch: (event) => {
      const before = state;
      state = transition(before, event);
      for (const look of [...waiting]) look();
      for (const effect of effectsOf(before, event, state)) perform(effect);
    },
    until: (isWanted) =>
      new Promise((resolve) => {
        const look = (): void => {
          if (!isWanted(state)) return;
          waiting.delete(look);
          resolve();
        };
        waiting.add(look);
        look();
      }),
  };
}
