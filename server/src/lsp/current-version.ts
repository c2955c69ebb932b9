import type { Clock } from "../project/host.ts";
import { isReady } from "./state.ts";
import type { Store } from "./store.ts";

/**
 * Waits until a document can be checked and no edit is left in the message queue, so that a request is
 * answered for the newest version.
 */
export async function currentVersion(store: Store, clock: Clock, path: string): Promise<void> {
  store.dispatch({ type: "requested", at: clock.now() });
  await store.until((state) => isReady(state) && !state.loading.has(path));
  const version = (): number | undefined => store.state.workspace.open.get(path)?.version;
  for (;;) {
    const before = version();
    await clock.turn();
    if (version() === before) return;
  }
}
