import { keyOf, pathOf } from "../../project/places.ts";
import type { Services } from "../services.ts";

/** Document synchronization. */
export function handleDocuments({ connection, store, host: { clock } }: Services): void {
  connection.onDidOpenTextDocument(({ textDocument }) => {
    const { uri, languageId, version, text } = textDocument;
    const path = pathOf(keyOf(uri));
    store.dispatch({ type: "opened", path, uri, languageId, version, text, at: clock.now() });
  });

  connection.onDidChangeTextDocument(({ textDocument, contentChanges }) => {
    const { uri, version } = textDocument;
    const path = pathOf(keyOf(uri));
    store.dispatch({ type: "edited", path, version, changes: contentChanges, at: clock.now() });
  });

  connection.onDidSaveTextDocument(({ textDocument }) => {
    store.dispatch({ type: "saved", path: pathOf(keyOf(textDocument.uri)) });
  });

  connection.onDidCloseTextDocument(({ textDocument }) => {
    const path = pathOf(keyOf(textDocument.uri));
    store.dispatch({ type: "closed", path, at: clock.now() });
  });
}
