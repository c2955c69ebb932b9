import type { Disposable, Host } from "../project/host.ts";
import { keyOf, schemeOf } from "../project/places.ts";

/** Watches folders where the client does not. */
export interface Watchers {
  /** Watches exactly these folders, by their paths. */
  watch(folders: readonly string[]): void;
}

/** `changed` is called with the URIs of what may have changed. */
export function newWatchers(
  { reads, watch }: Pick<Host, "reads" | "watch">,
  changed: (uris: readonly string[]) => void,
): Watchers {
  const watching = new Map<string, Disposable>();
  return {
    watch: (folders) => {
      for (const [folder, watcher] of watching) {
        if (folders.includes(folder)) continue;
        watcher.dispose();
        watching.delete(folder);
      }
      for (const folder of folders) {
        const uri = keyOf(folder);
        if (watch === undefined || watching.has(folder) || !reads(schemeOf(uri))) continue;
        watching.set(folder, watch(uri, changed));
      }
    },
  };
}
