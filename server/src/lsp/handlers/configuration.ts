import type { Services } from "../services.ts";

/** The client's settings change. */
export function handleConfiguration({ connection, store }: Services): void {
  connection.onDidChangeConfiguration(({ settings }: { settings: unknown }) => {
    store.dispatch({ type: "configuration-changed", settings });
  });
}
