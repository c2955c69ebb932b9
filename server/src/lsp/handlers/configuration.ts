import type { Services } from "../services.ts";

/** `workspace/didChangeConfiguration`. */
export function handleConfiguration({ connection, store }: Services): void {
  connection.onDidChangeConfiguration(({ settings }: { settings: unknown }) => {
    store.dispatch({ type: "configuration-changed", settings });
  });
}
