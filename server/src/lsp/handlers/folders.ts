import type { Services } from "../services.ts";

/** Folders of the workspace come and go. */
export function handleFolders({ connection, store }: Services): void {
  // Before `initialized` the library does not know yet whether it has to register for them.
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
