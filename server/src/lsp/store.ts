import { type Effect, effectsOf } from "./effects.ts";
import type { Event } from "./events.ts";
import { INITIAL_STATE, type ServerState } from "./state.ts";
import { transition } from "./transition.ts";

/** Holds the present state. */
export interface Store {
  readonly state: ServerState;
  /** Replaces the state by `transition`, and performs the effects of the event. */
  dispatch(event: Event): void;
  /** Resolves when the state satisfies the predicate: now, or after an event. */
  until(isWanted: (state: ServerState) => boolean): Promise<void>;
}

/** A store that performs the effects of each event at once, in order. */
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
