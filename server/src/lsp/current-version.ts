import type { Clock } from "../project/host.ts";
import { isReady } from "./state.ts";
import type { Store } from "./store.ts";

/**
 * Waits until a document can be judged, and until the edits that wait behind a request are read: a
 * request that was overtaken answers for the newest version.
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
