import { keyOf, pathOf } from "../../project/places.ts";
import type { Services } from "../services.ts";

/** `workspace/didChangeWatchedFiles`. */
export function handleFiles({ connection, store }: Services): void {
  connection.onDidChangeWatchedFiles(({ changes }) => {
    const paths = changes.map(({ uri }) => pathOf(keyOf(uri)));
    store.dispatch({ type: "files-changed", paths });
  });
}
