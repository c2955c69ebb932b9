import { toKey, toPath } from "../../project/places.ts";
import { CARET, type CaretParams, GIT_FOUND } from "../../protocol.ts";
import { noteInput, type Session } from "../session.ts";
import { TextDocumentSaveReason } from "../protocol-library.ts";

export function handleDocuments(session: Session): void {
  const { connection, store } = session;

  connection.onDidOpenTextDocument(({ textDocument }) => {
    const { uri, languageId, version, text } = textDocument;
    const path = toPath(toKey(uri));
    noteInput(session);
    store.dispatch({ type: "opened", path, uri, languageId, version, text });
  });

  connection.onDidChangeTextDocument(({ textDocument, contentChanges }) => {
    const { uri, version } = textDocument;
    const path = toPath(toKey(uri));
    noteInput(session);
    const at = session.host.clock.now();
    store.dispatch({ type: "edited", path, version, changes: contentChanges, at });
  });

  connection.onNotification(CARET, ({ uri, version, position }: CaretParams) => {
    const path = toPath(toKey(uri));
    store.dispatch({ type: "caret-moved", path, version, position: position ?? undefined });
  });

  connection.onNotification(GIT_FOUND, ({ program }: { readonly program: string }) => {
    store.dispatch({ type: "git-found", program });
  });

  connection.onWillSaveTextDocument(({ textDocument, reason }) => {
    if (reason === TextDocumentSaveReason.AfterDelay) return;
    store.dispatch({ type: "saving", path: toPath(toKey(textDocument.uri)) });
  });

  connection.onDidSaveTextDocument(({ textDocument }) => {
    store.dispatch({ type: "saved", path: toPath(toKey(textDocument.uri)) });
  });

  connection.onDidCloseTextDocument(({ textDocument }) => {
    noteInput(session);
    store.dispatch({ type: "closed", path: toPath(toKey(textDocument.uri)) });
  });
}
