import type { Services } from "../services.ts";

/** `workspace/didChangeWorkspaceFolders`. */
export function handleFolders({ connection, store }: Services): void {
  // The library registers for the notification, which it can do only after `initialized`.
  void store
    .until(({ phase }) => phase !== "new" && phase !== "connected")
    .then(() => {
      if (!store.state.client.changesFolders) return;
      connection.workspace.onDidChangeWorkspaceFolders(({ added, removed }) => {
        store.dispatch({
          type: "folders-changed",
          added: added.map(({ uri }) => uri),
          removed: removed.map(({ uri }) => uri),
        });
      });
    });
}
