import { toKey, toPath } from "../../project/places.ts";
import { CARET, type CaretParams, VERSIONS_FOUND } from "../../protocol.ts";
import { shownBeforeEdit } from "../open-drafts.ts";
import type { Session } from "../session.ts";
import { TextDocumentSaveReason } from "../protocol-library.ts";
import { holdsBack } from "../state.ts";

export function handleDocuments(session: Session): void {
  const { connection, store } = session;
  const { clock } = session.host;

  connection.onDidOpenTextDocument(({ textDocument }) => {
    const { uri, languageId, version, text } = textDocument;
    const path = toPath(toKey(uri));
    store.dispatch({ type: "opened", path, uri, languageId, version, text, at: clock.now() });
  });

  connection.onDidChangeTextDocument(({ textDocument, contentChanges }) => {
    const { uri, version } = textDocument;
    const path = toPath(toKey(uri));
    const shown = holdsBack(store.state) ? shownBeforeEdit(session, path) : undefined;
    const at = clock.now();
    store.dispatch({ type: "edited", path, version, changes: contentChanges, at, shown });
  });

  connection.onNotification(CARET, ({ uri, version, position }: CaretParams) => {
    const path = toPath(toKey(uri));
    store.dispatch({ type: "caret-moved", path, version, position: position ?? undefined });
  });

  connection.onNotification(VERSIONS_FOUND, () => {
    store.dispatch({ type: "versions-found" });
  });

  connection.onWillSaveTextDocument(({ textDocument, reason }) => {
    if (reason === TextDocumentSaveReason.AfterDelay) return;
    store.dispatch({ type: "saving", path: toPath(toKey(textDocument.uri)) });
  });

  connection.onDidSaveTextDocument(({ textDocument }) => {
    store.dispatch({ type: "saved", path: toPath(toKey(textDocument.uri)) });
  });

  connection.onDidCloseTextDocument(({ textDocument }) => {
    const path = toPath(toKey(textDocument.uri));
    store.dispatch({ type: "closed", path, at: clock.now() });
  });
}
